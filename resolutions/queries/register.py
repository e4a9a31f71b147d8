"""The register of numbers as its page, its print and its spreadsheet show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from council.models import Council, Job
from council.rules import figures
from resolutions.models import (
    ArchivedResolution,
    NumberEntry,
    NumberSeries,
    RegisterPrint,
    Resolution,
)
from resolutions.queries import texts
from resolutions.rules import numbering, register
from resolutions.rules.register import NumberState, Span
from resolutions.typesetting.number_register import NumberRegister, RegisterRow

JOB_KEY: Final = "register:{series}"
SHOWN: Final[dict[str, frozenset[NumberState]]] = {
    "": frozenset(NumberState),
    "da-dung": frozenset({NumberState.USED}),
    "giu-so": frozenset({NumberState.RESERVED}),
    "da-huy": frozenset({NumberState.VOID}),
    "so-giay": frozenset({NumberState.PAPER}),
    "khuyet": frozenset({NumberState.MISSING}),
}
"""Which numbers a tab shows, by the word of its address."""


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One number (or a run of numbers without an entry), with everything known about it.

    `url` leads to the resolution, or is empty; `entry` is None where there is none.
    """

    span: Span
    symbol: str
    until: str
    entry: NumberEntry | None
    dated: date | None
    title: str
    signatory: str
    recipients: str
    kept_by: str
    url: str

    @property
    def state(self) -> str:
        """For the page's tags."""
        return self.span.state.value


def series_of(council: Council, year: int, kind: str) -> NumberSeries | None:
    """The series of a year and kind, or None where nothing was numbered yet."""
    return NumberSeries.objects.filter(council=council, year=year, kind=kind).first()


def years_of(council: Council) -> list[int]:
    """Years that have a register, and this year; newest first."""
    known = NumberSeries.objects.filter(council=council).values_list("year", flat=True)
    return sorted({*known, timezone.localdate().year}, reverse=True)


def spans_of(series: NumberSeries) -> list[Span]:
    """Every number of the series, ascending."""
    given = {
        number: NumberState(state)
        for number, state in series.entries.values_list("number", "state")
    }
    return register.spans(given, opened_after=series.opened_after, last=series.last)


def entries_for_staff(council: Council) -> QuerySet[NumberEntry]:
    """Entries of the council with what their pages show."""
    return NumberEntry.objects.filter(series__council=council).select_related(
        "series__council", "resolution", "taken_by"
    )


def lines_of(series: NumberSeries, found: Iterable[Span]) -> list[RegisterLine]:
    """The lines of these numbers, in the order given; three queries, however many."""
    wanted = list(found)
    numbers = [span.first for span in wanted]
    rows = series.entries.filter(number__in=numbers)
    heavy = [f"resolution__{name}" for name in ("bases", "body", "closing")]
    entries = {
        entry.number: entry
        for entry in rows.select_related("resolution", "taken_by", "voided_by").defer(*heavy)
    }
    past = ArchivedResolution.objects.filter(
        council=series.council, year=series.year, kind=series.kind, number__in=numbers
    )
    archived = {one.number: one for one in past.select_related("council").defer("text")}
    return [
        _line(series, span, entries.get(span.first), archived.get(span.first)) for span in wanted
    ]


def _line(
    series: NumberSeries,
    span: Span,
    entry: NumberEntry | None,
    archived: ArchivedResolution | None,
) -> RegisterLine:
    resolution = entry.resolution if entry else None
    names = [_symbol(series, number) for number in (span.first, span.last)]
    until = names[1] if span.count > 1 else ""
    if entry is None:
        return RegisterLine(span, names[0], until, None, None, "", "", "", "", "")
    if resolution is None:
        url = archived.get_absolute_url() if archived else ""
        return RegisterLine(
            span, names[0], until, entry, entry.issued_on, entry.title, entry.signatory,
            entry.recipients, "", url,
        )  # fmt: skip
    return _of_resolution(series, span, names[0], entry, resolution)


def _of_resolution(
    series: NumberSeries, span: Span, symbol: str, entry: NumberEntry, resolution: Resolution
) -> RegisterLine:
    received, kept = register.recipients(texts.lines_of(resolution.recipients))
    is_its_own = entry.state != NumberEntry.State.VOID
    return RegisterLine(
        span=span, symbol=symbol, until="", entry=entry,
        dated=resolution.adopted_on if is_its_own else None,
        title=entry.title,
        signatory=resolution.signatory_name if entry.state == NumberEntry.State.USED else "",
        recipients=received if is_its_own else "",
        kept_by=kept if is_its_own else "",
        url=reverse("resolutions:resolution-detail", args=[series.council.slug, resolution.pk]),
    )  # fmt: skip


def _symbol(series: NumberSeries, number: int) -> str:
    return str(numbering.symbol(number, series.year, series.kind))


def note_of(line: RegisterLine) -> str:
    """What the register says in its last column; empty for a number that was simply used."""
    match line.span.state:
        case NumberState.USED:
            return ""
        case NumberState.RESERVED:
            return _("Đang giữ số, chưa ban hành.")
        case NumberState.VOID:
            return _("Hủy số: %(reason)s") % {"reason": line.entry.reason if line.entry else ""}
        case NumberState.PAPER:
            return _("Đã cấp trên sổ giấy.")
        case NumberState.MISSING:
            return _("Khuyết số, cần kiểm tra.")


def kind_title(kind: str) -> str:
    """What the register registers."""
    words = {
        Resolution.Kind.INDIVIDUAL: _("Nghị quyết cá biệt"),
        Resolution.Kind.NORMATIVE: _("Nghị quyết quy phạm pháp luật"),
    }
    return words[Resolution.Kind(kind)]


def sheet_of(series: NumberSeries) -> NumberRegister:
    """The whole register of the series, for printing; call it in Vietnamese."""
    found = spans_of(series)
    sums = register.tally(found)
    return NumberRegister(
        issuer_lines=["HỘI ĐỒNG NHÂN DÂN", series.council.unit.upper()],
        council=str(series.council),
        year=series.year,
        kind=kind_title(series.kind),
        rows=[_row(line) for line in lines_of(series, found)],
        totals=[
            (label, sums[state])
            for state, label in (
                (NumberState.USED, "đã dùng"), (NumberState.RESERVED, "đang giữ"),
                (NumberState.VOID, "đã hủy"), (NumberState.PAPER, "trên sổ giấy"),
                (NumberState.MISSING, "khuyết"),
            )
        ],
        illustrative_note=series.council.notice,
    )  # fmt: skip


def _row(line: RegisterLine) -> RegisterRow:
    return RegisterRow(
        symbol=f"{line.symbol} đến\n{line.until}" if line.until else line.symbol,
        dated=figures.date_short(line.dated) if line.dated else "",
        title=register.named(line.title) if line.title else "",
        signatory=line.signatory,
        recipients=line.recipients,
        kept_by=line.kept_by,
        note=note_of(line),
        is_struck=line.span.state == NumberState.VOID,
    )


def table_of(series: NumberSeries) -> list[list[object]]:
    """The register as a table for a spreadsheet, in the reader's language."""
    head: list[object] = [
        _("Số, ký hiệu"), _("Đến số"), _("Tình trạng"), _("Ngày văn bản"), _("Trích yếu"),
        _("Người ký"), _("Nơi nhận"), _("Bản lưu"), _("Người lấy số"), _("Lấy số lúc"),
        _("Người hủy"), _("Hủy lúc"), _("Ghi chú"),
    ]  # fmt: skip
    return [head, *(_cells(line) for line in lines_of(series, spans_of(series)))]


def _cells(line: RegisterLine) -> list[object]:
    entry = line.entry
    return [
        line.symbol, line.until, state_words(line), line.dated, line.title, line.signatory,
        line.recipients, line.kept_by,
        entry.taken_by if entry else "", _moment(entry.taken_at if entry else None),
        (entry.voided_by or "") if entry else "", _moment(entry.voided_at if entry else None),
        note_of(line),
    ]  # fmt: skip


def _moment(at: object) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""  # type: ignore[arg-type]


def state_words(line: RegisterLine) -> str:
    """The state in a word or two, in the reader's language."""
    match line.span.state:
        case NumberState.PAPER:
            return _("trên sổ giấy")
        case NumberState.MISSING:
            return _("khuyết số")
        case NumberState.USED | NumberState.RESERVED | NumberState.VOID:
            return str(NumberEntry.State(line.state).label)


def print_of(series: NumberSeries, digest: str) -> RegisterPrint | None:
    """The PDF of exactly this content, or None."""
    return series.prints.filter(content_digest=digest).first()


def newest_print(series: NumberSeries) -> RegisterPrint | None:
    """The PDF that was made last, perhaps of an older content."""
    return series.prints.order_by("-made_at", "-pk").first()


def job_of(series: NumberSeries) -> Job | None:
    """The work that makes the PDF now, or did last."""
    return Job.objects.filter(key=JOB_KEY.format(series=series.pk)).first()
