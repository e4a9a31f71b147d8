"""The register of numbers: taken in order, used once, void with a reason, never given again."""

from datetime import date
from typing import Final

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from council.models import Council, User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit
from resolutions.models import NumberEntry, NumberSeries, Resolution
from resolutions.rules import numbering
from resolutions.services import locks

State = NumberEntry.State
NUMBER_FIELDS: Final = ["year", "number", "symbol", "slug"]


def start_series(council: Council, *, year: int, kind: str, last: int, by: User) -> NumberSeries:
    """Say which number the paper register used last in a year; the next here is `last` + 1.

    Only before the first number of that series is taken here, and not below the number of a past
    resolution that was imported; the same call again is a no-op.

    Raises:
        Refusal: ``access.denied``, ``number.out_of_range``, ``register.already_used``,
            ``register.below_archive``.
    """
    access.authorise(by, "register.keep", council)
    numbering.symbol(last or 1, year, kind)
    with transaction.atomic():
        series = locks.series(council, year=year, kind=kind)
        if series.last != last:
            _check_start(series, last)
            series.last = series.opened_after = last
            series.full_clean()
            series.save(update_fields=["last", "opened_after"])
            audit.record(
                "register.start", series, by=by, council=council,
                after={"year": year, "kind": kind, "last": last},
            )  # fmt: skip
    return series


def _check_start(series: NumberSeries, last: int) -> None:
    if series.last != series.opened_after:
        raise Refusal(
            "register.already_used",
            gettext_noop("Sổ năm %(year)d đã cấp số trên hệ thống, không đặt lại số đầu được."),
            params={"year": series.year},
            field="last",
        )
    highest = series.entries.aggregate(highest=Max("number"))["highest"] or 0
    if last < highest:
        raise Refusal(
            "register.below_archive",
            gettext_noop("Sổ năm %(year)d đã có nghị quyết cũ mang số %(highest)d."),
            params={"year": series.year, "highest": highest},
            field="last",
        )


def take(
    council: Council, *, year: int, kind: str, resolution: Resolution | None, title: str, by: User
) -> NumberEntry:
    """Reserve the next number of the series, inside the caller's transaction.

    Source: Decree 30/2020/NĐ-CP Art. 15: numbers of a year without repetition.
    """
    series = locks.series(council, year=year, kind=kind)
    series.last += 1
    series.save(update_fields=["last"])
    entry = NumberEntry(
        series=series, number=series.last, resolution=resolution, title=title[:500],
        taken_by=by, taken_at=timezone.now(),
    )  # fmt: skip
    entry.full_clean()
    entry.save()
    audit.record(
        "register.reserve", entry, by=by, council=council,
        after={"year": year, "kind": kind, "number": entry.number,
               "resolution": resolution.pk if resolution else None},
    )  # fmt: skip
    return entry


def reserve(council: Council, *, kind: str, title: str, day: date, by: User) -> NumberEntry:
    """Keep a number for a resolution that is written outside the program.

    Raises:
        Refusal: ``access.denied``, ``register.title_missing``.
    """
    access.authorise(by, "register.keep", council)
    if not title.strip():
        raise Refusal(
            "register.title_missing",
            gettext_noop("Ghi trích yếu của văn bản mà số này giữ cho."),
            field="title",
        )
    with transaction.atomic():
        return take(council, year=day.year, kind=kind, resolution=None, title=title.strip(), by=by)


def number(resolution: Resolution, *, by: User) -> None:
    """Reserve the number of an adopted resolution, in the caller's transaction; once."""
    if resolution.number is not None or resolution.adopted_on is None:
        return
    year = resolution.adopted_on.year
    entry = take(
        resolution.council, year=year, kind=resolution.kind, resolution=resolution,
        title=resolution.title, by=by,
    )  # fmt: skip
    symbol = numbering.symbol(entry.number, year, numbering.ResolutionKind(resolution.kind))
    resolution.year, resolution.number = year, entry.number
    resolution.symbol, resolution.slug = str(symbol), symbol.slug
    resolution.save(update_fields=NUMBER_FIELDS)


def use(resolution: Resolution) -> None:
    """The number's resolution is signed, in the caller's transaction."""
    entry = resolution.number_entries.select_for_update().get(state=State.RESERVED)
    entry.state, entry.used_at = State.USED, timezone.now()
    entry.full_clean()
    entry.save(update_fields=["state", "used_at"])


def use_on_paper(
    entry: NumberEntry, *, issued_on: date, signatory: str, recipients: str, by: User
) -> NumberEntry:
    """The document that a kept number was for is issued, on paper and outside the program.

    Raises:
        Refusal: ``access.denied``, ``register.not_reserved``, ``register.has_resolution``,
            ``register.other_year``, ``register.not_yet``, ``register.signatory_missing``.

    Source: Decree 30/2020/NĐ-CP Art. 15: numbers restart each year, so the day is of that year.
    """
    access.authorise(by, "register.keep", entry.series.council)
    with transaction.atomic():
        entry = _locked(entry.pk)
        _check_reserved(entry, gettext_noop("Số này không còn ở trạng thái giữ số."))
        _check_paper(entry, issued_on, signatory)
        entry.state, entry.used_at, entry.issued_on = State.USED, timezone.now(), issued_on
        entry.signatory, entry.recipients = signatory.strip(), recipients.strip()
        entry.full_clean()
        entry.save(update_fields=["state", "used_at", "issued_on", "signatory", "recipients"])
        audit.record(
            "register.use_on_paper", entry, by=by, council=entry.series.council,
            after={"number": entry.number, "issued_on": issued_on.isoformat(),
                   "signatory": entry.signatory},
        )  # fmt: skip
    return entry


def _check_paper(entry: NumberEntry, issued_on: date, signatory: str) -> None:
    if entry.resolution_id is not None:
        raise Refusal(
            "register.has_resolution",
            gettext_noop(
                "Số này của một nghị quyết soạn trên hệ thống; ký xong thì số thành đã dùng."
            ),
        )
    if not signatory.strip():
        raise Refusal(
            "register.signatory_missing", gettext_noop("Ghi người ký văn bản."), field="signatory"
        )
    if issued_on.year != entry.series.year:
        raise Refusal(
            "register.other_year",
            gettext_noop("Số này thuộc sổ năm %(year)d nên ngày văn bản phải trong năm đó."),
            params={"year": entry.series.year},
            field="issued_on",
        )
    if issued_on > timezone.localdate():
        raise Refusal(
            "register.not_yet",
            gettext_noop("Ngày văn bản không thể sau hôm nay."),
            field="issued_on",
        )


def _locked(entry_pk: int) -> NumberEntry:
    return (
        NumberEntry.objects.select_for_update(of=("self",))
        .select_related("series__council")
        .get(pk=entry_pk)
    )


def _check_reserved(entry: NumberEntry, sentence: str) -> None:
    if entry.state != State.RESERVED:
        raise Refusal("register.not_reserved", sentence)


def void(entry: NumberEntry, *, reason: str, by: User) -> NumberEntry:
    """Strike a reserved number out, with the reason; its draft gets another when it is needed.

    Raises:
        Refusal: ``access.denied``, ``register.reason_missing``, ``register.not_reserved``,
            ``register.in_use``.
    """
    access.authorise(by, "register.keep", entry.series.council)
    if not reason.strip():
        raise Refusal("register.reason_missing", gettext_noop("Ghi lý do hủy số."), field="reason")
    with transaction.atomic():
        resolution = locks.resolution(entry.resolution_id) if entry.resolution_id else None
        entry = _locked(entry.pk)
        _check_reserved(
            entry, gettext_noop("Chỉ hủy được số đang giữ. Số đã dùng thì thu hồi chính văn bản.")
        )
        entry.state, entry.reason = State.VOID, reason.strip()
        entry.voided_by, entry.voided_at = by, timezone.now()
        entry.full_clean()
        entry.save(update_fields=["state", "reason", "voided_by", "voided_at"])
        if resolution is not None:
            _take_back(resolution)
        audit.record(
            "register.void", entry, by=by, council=entry.series.council,
            after={"number": entry.number, "reason": entry.reason},
        )  # fmt: skip
    return entry


def _take_back(resolution: Resolution) -> None:
    """The resolution stands without a number again; one that waits for approval goes back."""
    if resolution.state != "draft":
        raise Refusal(
            "register.in_use",
            gettext_noop("Nghị quyết giữ số này đang trình duyệt. Trả lại bản soạn rồi hủy số."),
        )
    resolution.year = resolution.number = None
    resolution.symbol = resolution.slug = ""
    resolution.save(update_fields=NUMBER_FIELDS)
