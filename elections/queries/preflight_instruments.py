"""Lines of the checklist that belong to a kind: confidence, no confidence, dismissal, removal."""

from collections.abc import Iterator

from council.queries import strength_on
from council.rules import figures
from council.rules.offices import OfficeKind
from council.rules.periods import Interval
from council.rules.refusals import Refusal, gettext_noop
from council.rules.short_council import Standing
from elections.models import Motion, Poll, PollEntry, PollKind, Resignation, Trigger, TriggerKind
from elections.queries import polls as queries
from elections.queries import preflight_confidence as confidence
from elections.queries.checklist_lines import Line, met, remind, unmet
from elections.rules import dismissal

SUBMITTED = (PollKind.NO_CONFIDENCE, PollKind.DISMISSAL, PollKind.REMOVAL)
"""Kinds whose list is submitted to the council: it discusses and votes on it, not about it."""


def lines(poll: Poll) -> Iterator[Line]:
    """What the poll's kind asks for on its day, and how the council stands by its numbers."""
    match PollKind(poll.kind):
        case PollKind.CONFIDENCE:
            yield from confidence.lines(poll)
        case PollKind.NO_CONFIDENCE:
            yield from trigger_lines(poll)
        case PollKind.DISMISSAL | PollKind.REMOVAL:
            yield from motion_lines(poll)
        case PollKind.ELECTION:
            pass
    yield from strength_lines(poll)


def strength_lines(poll: Poll) -> Iterator[Line]:
    """A council with too few delegates: refused, reminded, or by another majority."""
    found = strength_on(poll.council_session.term, poll.held_on)
    match found.standing:
        case Standing.FULL:
            return
        case Standing.TOO_FEW:
            yield unmet("council.too_few_delegates", found.sentence, found.params, found.article)
        case Standing.BY_ELECTION | Standing.SHORT:
            yield remind("open.short_council", found.sentence, found.params, found.provision)


def trigger_lines(poll: Poll) -> Iterator[Line]:
    """Each person on the paper still holds an office, and something obliges the vote."""
    found = {row.entry_id: row for row in Trigger.objects.filter(entry__poll=poll)}
    for entry in queries.standing_entries(poll):
        yield from still_held_lines(poll, entry)
        trigger = found.get(entry.pk)
        if trigger is None or not trigger.is_met:
            yield unmet(
                "open.no_trigger",
                gettext_noop("%(name)s: chưa có căn cứ để trình bỏ phiếu tín nhiệm."),
                {"name": entry.person.full_name},
                "Điều 13 khoản 2 Nghị quyết 96/2023/QH15",
            )
            continue
        yield met("open.no_trigger", *words_of_trigger(entry, trigger), trigger.article)


def words_of_trigger(entry: PollEntry, trigger: Trigger) -> tuple[str, dict[str, object]]:
    """The trigger as a sentence with its numbers."""
    said: dict[str, object] = {
        "name": entry.person.full_name,
        "day": figures.date_short(trigger.received_on),
    }
    match trigger.kind:
        case TriggerKind.DELEGATES:
            said |= {"n": trigger.petitioner_count, "total": trigger.total_delegates}
            return (
                gettext_noop("%(name)s: %(n)d/%(total)d đại biểu kiến nghị ngày %(day)s."),
                said,
            )
        case TriggerKind.FRONT:
            said |= {"document": trigger.document}
            return (
                gettext_noop("%(name)s: Ủy ban Mặt trận Tổ quốc kiến nghị (%(document)s)."),
                said,
            )
        case _:
            return gettext_noop("%(name)s: theo kết quả lấy phiếu tín nhiệm ngày %(day)s."), said


def still_held_lines(poll: Poll, entry: PollEntry) -> Iterator[Line]:
    """The office on the line is still held on the poll's day."""
    tenure = entry.tenure
    if tenure is None or tenure.ends_on is None or tenure.ends_on > poll.held_on:
        return
    yield unmet(
        "open.office_ended",
        gettext_noop("%(name)s đã thôi giữ chức vụ từ ngày %(day)s, không còn gì để bỏ phiếu."),
        {"name": entry.person.full_name, "day": figures.date_short(tenure.ends_on)},
    )


def motion_lines(poll: Poll) -> Iterator[Line]:
    """Each line rests on a proposal with authority, on a request with consent, or on a seat."""
    for entry in queries.standing_entries(poll):
        motion = getattr(entry, "motion", None)
        if motion is None:
            continue
        yield from still_held_lines(poll, entry)
        if motion.proposer is not None:
            yield proposer_line(poll, entry, motion)
        elif motion.resignation is not None:
            yield resignation_line(entry, motion.resignation)
        elif motion.mandate is not None:
            yield mandate_line(poll, entry, motion)


def proposer_line(poll: Poll, entry: PollEntry, motion: Motion) -> Line:
    """The proposer had the authority on the day of the proposal."""
    try:
        article = check_proposer(poll, entry, motion)
    except Refusal as refusal:
        return unmet(refusal.code, refusal.sentence, refusal.params, refusal.cites)
    return met(
        "open.proposer",
        gettext_noop("%(name)s: người đề nghị (%(post)s) có thẩm quyền vào ngày %(day)s."),
        {
            "name": entry.person.full_name,
            "post": motion.proposer.office.title if motion.proposer else "",
            "day": figures.date_short(motion.proposed_on),
        },
        article,
    )


def check_proposer(poll: Poll, entry: PollEntry, motion: Motion) -> str:
    """The article by which the proposer may propose this dismissal on that day.

    Raises:
        Refusal: ``dismissal.no_authority``, ``dismissal.not_in_office``, ``law.no_rule``.
    """
    proposer, tenure = motion.proposer, entry.tenure
    assert proposer is not None  # noqa: S101 - asked for proposals only
    assert tenure is not None  # noqa: S101 - a dismissal names the office
    rule = dismissal.check_proposer(
        OfficeKind(tenure.office.kind),
        OfficeKind(proposer.office.kind),
        Interval(proposer.starts_on, proposer.ends_on),
        motion.proposed_on,
        level=poll.council_session.term.council.level,
    )
    return rule.article


def resignation_line(entry: PollEntry, resignation: Resignation) -> Line:
    """The written request stands and has the consent of the cadre authority."""
    said: dict[str, object] = {
        "name": entry.person.full_name,
        "day": figures.date_short(resignation.requested_on),
        "consent": resignation.consent,
    }
    if resignation.state != Resignation.State.PENDING:
        return unmet(
            "open.resignation_decided",
            gettext_noop("%(name)s: đơn ngày %(day)s đã được quyết định hoặc đã rút."),
            said,
            resignation.article,
        )
    if not resignation.consent:
        return unmet(
            "open.resignation_without_consent",
            gettext_noop(
                "%(name)s: đơn ngày %(day)s chưa có văn bản đồng ý của cơ quan quản lý cán bộ."
            ),
            said,
            resignation.article,
        )
    return met(
        "open.resignation_without_consent",
        gettext_noop("%(name)s: đơn ngày %(day)s, đã có văn bản đồng ý (%(consent)s)."),
        said,
        resignation.article,
    )


def mandate_line(poll: Poll, entry: PollEntry, motion: Motion) -> Line:
    """The person is still a delegate on the poll's day."""
    mandate = motion.mandate
    assert mandate is not None  # noqa: S101 - asked for removals of delegates only
    said: dict[str, object] = {"name": entry.person.full_name}
    if mandate.ends_on is not None and mandate.ends_on <= poll.held_on:
        return unmet(
            "open.not_a_delegate",
            gettext_noop("%(name)s không còn là đại biểu vào ngày bỏ phiếu."),
            said,
            motion.article,
        )
    return met(
        "open.not_a_delegate",
        gettext_noop("%(name)s là đại biểu đương nhiệm."),
        said,
        motion.article,
    )
