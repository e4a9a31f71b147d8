"""A session from its draft to its closing: prepared, approved by another, convened, closed."""

from datetime import date, time
from typing import Final

from django.db import transaction
from django.utils import timezone

from council.models import Council, Term, User
from council.rules import figures, periods
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit, versions
from sessions.models import AgendaItem, Session, SessionState, Sitting
from sessions.rules import lifecycle
from sessions.rules.lifecycle import SessionVerb
from sessions.services import agenda_tree, bundles, locks, notices, public_pages

FRAME: Final = ("number", "kind", "opens_on", "closes_on", "place")
STORY: Final = ("summary", "illustrative_note")
SIGNS: Final = ("submitted_by", "submitted_at", "approved_by", "approved_at")
FIRST_SITTING_STARTS: Final = time(8, 0)


def create(
    term: Term,
    *,
    kind: str,
    number: int,
    opens_on: date,
    closes_on: date,
    place: str,
    summary: str = "",
    has_confidence_vote: bool = False,
    has_election: bool = False,
    by: User,
) -> Session:
    """Prepare a session: its frame, a draft agenda from the template, its first sitting.

    The template hangs on `kind`; `has_confidence_vote` and `has_election` are personnel items
    that it shall hold.

    Raises:
        Refusal: ``access.denied``, ``date.outside_term``, ``session.ends_before_it_opens``,
            ``session.council_ended``, ``session.number_taken``.
    """
    access.authorise(by, "session.edit", term.council)
    check_days(term, opens_on, closes_on)
    with transaction.atomic():
        Term.objects.select_for_update().get(pk=term.pk)
        check_number(term, number)
        council_session = Session(
            term=term, kind=kind, number=number, opens_on=opens_on, closes_on=closes_on,
            place=place, summary=summary, created_by=by,
        )  # fmt: skip
        council_session.full_clean()
        council_session.save()
        agenda_tree.fill_from_template(
            council_session, has_confidence_vote=has_confidence_vote, has_election=has_election
        )
        first = Sitting(
            council_session=council_session, ordinal=1, held_on=opens_on,
            starts_at=FIRST_SITTING_STARTS,
        )  # fmt: skip
        first.full_clean()
        first.save()
        audit.record(
            "session.create", council_session, by=by, council=term.council,
            after=audit.snapshot(council_session, FRAME),
        )  # fmt: skip
    return council_session


def check_days(term: Term, opens_on: date, closes_on: date) -> None:
    """Both days lie in the term, in order, while the council exists."""
    for day, field in ((opens_on, "opens_on"), (closes_on, "closes_on")):
        periods.check_plausible(day, field=field)
        periods.check_within_term(day, periods.Interval(term.starts_on, term.ends_on), field=field)
    if closes_on < opens_on:
        raise Refusal(
            "session.ends_before_it_opens",
            gettext_noop("Ngày bế mạc %(last)s trước ngày khai mạc %(first)s."),
            params={"first": figures.date_short(opens_on), "last": figures.date_short(closes_on)},
            field="closes_on",
        )
    _check_council_exists(term.council, closes_on)


def _check_council_exists(council: Council, day: date) -> None:
    if council.existed_to and day > council.existed_to:
        raise Refusal(
            "session.council_ended",
            gettext_noop("%(council)s kết thúc hoạt động ngày %(day)s, không họp sau ngày đó."),
            params={
                "council": council.short_name, "day": figures.date_short(council.existed_to),
            },
            field="closes_on",
        )  # fmt: skip


def check_number(term: Term, number: int, *, mine: int | None = None) -> None:
    """No other session of the term has the number."""
    if term.sessions.filter(number=number).exclude(pk=mine or 0).exists():
        raise Refusal(
            "session.number_taken",
            gettext_noop("Nhiệm kỳ đã có kỳ họp thứ %(number)d. Chọn số khác."),
            params={"number": number},
            field="number",
        )


def edit(
    council_session: Session,
    *,
    number: int,
    kind: str,
    opens_on: date,
    closes_on: date,
    place: str,
    summary: str,
    version: int | None = None,
    by: User,
) -> Session:
    """Correct a draft's frame; its first sitting follows the opening day while nobody sat yet.

    Raises:
        Refusal: ``access.denied``, ``session.not_a_draft``, ``session.sitting_outside`` and those
            of `create`.
        StaleEdit: someone saved first.
    """
    council = council_session.term.council
    access.authorise(by, "session.edit", council)
    check_days(council_session.term, opens_on, closes_on)
    with transaction.atomic():
        held = locks.council_session(council_session.pk)
        versions.check(held, version)
        lifecycle.check_may_prepare(lifecycle.SessionState(held.state))
        check_number(held.term, number, mine=held.pk)
        before = audit.snapshot(held, (*FRAME, "summary"))
        _move_first_sitting(held, opens_on)
        held.number, held.kind, held.place, held.summary = number, kind, place, summary
        held.opens_on, held.closes_on = opens_on, closes_on
        _check_sittings_within(held)
        _save(held, [*FRAME, "summary"])
        audit.record(
            "session.edit", held, by=by, council=council,
            before=before, after=audit.snapshot(held, (*FRAME, "summary")),
        )  # fmt: skip
    return held


def describe(
    council_session: Session,
    *,
    summary: str,
    illustrative_note: str,
    version: int | None = None,
    by: User,
) -> Session:
    """Write the paragraph that opens the public page, in any state of the session.

    Raises:
        Refusal: ``access.denied``.
        StaleEdit: someone saved first.
    """
    access.authorise(by, "session.edit", council_session.term.council)
    with transaction.atomic():
        held = locks.council_session(council_session.pk)
        versions.check(held, version)
        before = audit.snapshot(held, STORY)
        held.summary, held.illustrative_note = summary, illustrative_note
        _save(held, [*STORY])
        audit.record(
            "session.describe", held, by=by, council=locks.council_of(held),
            before=before, after=audit.snapshot(held, STORY),
        )  # fmt: skip
        public_pages.changed(held)
    return held


def _move_first_sitting(held: Session, opens_on: date) -> None:
    held.sittings.filter(ordinal=1, held_on=held.opens_on, state=Sitting.State.PLANNED).update(
        held_on=opens_on
    )


def _check_sittings_within(held: Session) -> None:
    outside = (
        held.sittings.exclude(held_on__range=(held.opens_on, held.closes_on))
        .order_by("held_on")
        .first()
    )
    if outside:
        raise Refusal(
            "session.sitting_outside",
            gettext_noop(
                "Phiên họp ngày %(day)s nằm ngoài thời gian mới. Hãy dời phiên họp trước."
            ),
            params={"day": figures.date_short(outside.held_on)},
            field="closes_on",
        )


def submit(council_session: Session, *, by: User) -> Session:
    """Send the draft for approval by a second person. A second call is refused.

    Raises:
        Refusal: ``access.denied``, ``session.not_now``, ``session.empty_agenda``,
            ``session.no_sitting``.
    """
    access.authorise(by, "session.submit", council_session.term.council)
    with transaction.atomic():
        held = locks.council_session(council_session.pk)
        reached = _next(held, SessionVerb.SUBMIT)
        if not held.items.exclude(state=AgendaItem.State.DROPPED).exists():
            raise Refusal(
                "session.empty_agenda",
                gettext_noop("Chương trình chưa có nội dung nào. Thêm nội dung trước khi trình."),
            )
        if not held.sittings.exists():
            raise Refusal(
                "session.no_sitting",
                gettext_noop("Kỳ họp chưa có phiên họp nào. Lên lịch phiên họp trước khi trình."),
            )
        held.submitted_by, held.submitted_at, held.send_back_reason = by, timezone.now(), ""
        _enter(
            held,
            reached,
            "session.submit",
            ["submitted_by", "submitted_at", "send_back_reason"],
            by=by,
        )
    return held


def approve(council_session: Session, *, by: User) -> Session:
    """Approve what another person submitted. A second call is refused.

    Raises:
        Refusal: ``access.denied``, ``session.not_now``, ``session.own_approval``.
    """
    access.authorise(by, "session.approve", council_session.term.council)
    with transaction.atomic():
        held = locks.council_session(council_session.pk)
        reached = _next(held, SessionVerb.APPROVE)
        if held.submitted_by_id == by.pk:
            raise Refusal(
                "session.own_approval",
                gettext_noop("Bạn đã trình kỳ họp này, nên phải nhờ một người khác duyệt."),
            )
        held.approved_by, held.approved_at = by, timezone.now()
        _enter(held, reached, "session.approve", ["approved_by", "approved_at"], by=by)
    return held


def send_back(council_session: Session, *, reason: str, by: User) -> Session:
    """Give the draft back to those who prepare it, with the reason.

    Raises:
        Refusal: ``access.denied``, ``session.not_now``, ``session.reason_missing``.
    """
    access.authorise(by, "session.approve", council_session.term.council)
    if not reason.strip():
        raise Refusal(
            "session.reason_missing",
            gettext_noop("Ghi lý do trả lại để người soạn biết phải sửa gì."),
            field="reason",
        )
    with transaction.atomic():
        held = locks.council_session(council_session.pk)
        reached = _next(held, SessionVerb.RETURN)
        held.submitted_by = held.submitted_at = held.approved_by = held.approved_at = None
        held.send_back_reason = reason
        _enter(held, reached, "session.send_back", [*SIGNS, "send_back_reason"], by=by)
    return held


def convene(council_session: Session, *, notice_number: str, by: User) -> Session:
    """Convene the session: it becomes public, and each delegate is sent the notice.

    Convening late is not refused: today's law names no number of days, the council's own
    regulation does (`sessions.queries.sessions.convening_is_late` warns).

    Raises:
        Refusal: ``access.denied``, ``session.not_now``, ``session.notice_number_missing``.
    """
    access.authorise(by, "session.convene", council_session.term.council)
    if not notice_number.strip():
        raise Refusal(
            "session.notice_number_missing",
            gettext_noop("Ghi số của giấy triệu tập, ví dụ 15/GM-HĐND."),
            field="notice_number",
        )
    with transaction.atomic():
        held = locks.council_session(council_session.pk)
        reached = _next(held, SessionVerb.CONVENE)
        held.notice_number, held.convened_at = notice_number, timezone.now()
        _enter(held, reached, "session.convene", ["notice_number", "convened_at"], by=by)
        notices.address(held)
        notices.announce(held, by=by)
        public_pages.changed(held)
        bundles.follow(held)
    return held


def begin(council_session: Session, *, by: User) -> Session:
    """The first sitting opened: the session is in progress; a no-op where it already is.

    Called by `sessions.services.sittings` inside its transaction.

    Raises:
        Refusal: ``session.not_now``.
    """
    with transaction.atomic():
        held = locks.council_session(council_session.pk)
        if held.state != SessionState.IN_PROGRESS:
            _enter(held, _next(held, SessionVerb.BEGIN), "session.begin", [], by=by)
    return held


def close_session(council_session: Session, *, by: User) -> Session:
    """Close the session (bế mạc). A second call is refused.

    Raises:
        Refusal: ``access.denied``, ``session.not_now``, ``session.sitting_running``,
            ``session.item_running``.
    """
    access.authorise(by, "session.close", council_session.term.council)
    with transaction.atomic():
        held = locks.council_session(council_session.pk)
        reached = _next(held, SessionVerb.CLOSE)
        running = (Sitting.State.OPEN, Sitting.State.SUSPENDED)
        if held.sittings.filter(state__in=running).exists():
            raise Refusal(
                "session.sitting_running",
                gettext_noop("Còn một phiên họp chưa kết thúc. Kết thúc phiên đó rồi bế mạc."),
            )
        current = held.items.filter(state=AgendaItem.State.CURRENT).first()
        if current:
            raise Refusal(
                "session.item_running",
                gettext_noop("Nội dung “%(title)s” còn đang diễn ra. Ghi xong nội dung đó đã."),
                params={"title": current.title},
            )
        _enter(held, reached, "session.close", [], by=by)
    return held


def _next(held: Session, verb: SessionVerb) -> SessionState:
    return SessionState(lifecycle.next_session_state(lifecycle.SessionState(held.state), verb))


def _enter(held: Session, state: SessionState, verb: str, fields: list[str], *, by: User) -> None:
    """Lead a locked session to the state, with the fields that belong to it, and record it."""
    before = held.state
    held.state = state
    _save(held, ["state", *fields])
    audit.record(
        verb, held, by=by, council=locks.council_of(held),
        before={"state": before}, after=audit.snapshot(held, ["state", *fields]),
    )  # fmt: skip


def _save(held: Session, fields: list[str]) -> None:
    versions.bump(held)
    held.full_clean()
    held.save(update_fields=[*fields, "version"])
