"""Putting a person on the paper of a dismissal; what the lines of a paper rest on."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from council.models import OfficeKind
from council.rules.refusals import Refusal
from elections.forms.motions import (
    MotionForm,
    ProposeForm,
    PutResignationForm,
    RemoveDelegateForm,
)
from elections.models import Act, Poll, PollEntry, PollKind, Trigger
from elections.queries import follow_ups
from elections.queries.preflight_instruments import SUBMITTED, words_of_trigger
from elections.rules import dismissal
from elections.rules.nomination import Authority
from elections.services import motions

KINDS = (PollKind.DISMISSAL, PollKind.REMOVAL)


@dataclass(frozen=True, slots=True)
class MotionKind:
    """What a poll asks of whoever puts a person on its paper."""

    title: str
    form: type[MotionForm] | type[PutResignationForm]
    verb: Callable[..., PollEntry]
    has_proposer: bool = False


@dataclass(frozen=True, slots=True)
class Ground:
    """What a line of the paper rests on, in a sentence, with its article."""

    entry: PollEntry
    sentence: str
    article: str


def of(poll: Poll) -> MotionKind:
    """The form and the verb for the poll's kind and act."""
    if poll.kind == PollKind.REMOVAL:
        return MotionKind(
            _("Đề nghị bãi nhiệm đại biểu"), RemoveDelegateForm, motions.propose_removal
        )
    if poll.act == Act.RESIGNATION:
        return MotionKind(
            _("Đơn xin thôi giữ chức vụ"), PutResignationForm, motions.put_resignation
        )
    title = (
        _("Đề nghị bãi nhiệm chức vụ")
        if poll.act == Act.REMOVAL
        else _("Đề nghị miễn nhiệm chức vụ")
    )
    return MotionKind(title, ProposeForm, motions.propose, has_proposer=True)


def authorities_of(poll: Poll) -> list[tuple[str, Authority]]:
    """Who proposes for which offices on the poll's day; empty where the rulebook is silent."""
    level = poll.council_session.term.council.level
    groups = (
        (_("Chủ tịch, Phó Chủ tịch, Trưởng Ban của Hội đồng nhân dân"), OfficeKind.COUNCIL_CHAIR),
        (_("Chủ tịch Ủy ban nhân dân"), OfficeKind.PC_CHAIR),
        (_("Phó Chủ tịch, Ủy viên Ủy ban nhân dân"), OfficeKind.PC_MEMBER),
    )
    try:
        return [
            (words, dismissal.authority(kind.value, on=poll.held_on, level=level))
            for words, kind in groups
        ]
    except Refusal:
        return []


def context_of(poll: Poll, entries: list[PollEntry]) -> dict[str, object]:
    """What the poll's page shows of grounds and of the steps that the poll opened or settled."""
    return {
        "is_submitted": poll.kind in SUBMITTED,
        "grounds": grounds_of(poll, entries) if poll.kind in SUBMITTED else [],
        "follow_ups": follow_ups.of_poll(poll, timezone.localdate()),
    }


def grounds_of(poll: Poll, entries: list[PollEntry]) -> list[Ground]:
    """What each line rests on."""
    triggers = {row.entry_id: row for row in Trigger.objects.filter(entry__poll=poll)}
    found = []
    for entry in entries:
        trigger, motion = triggers.get(entry.pk), getattr(entry, "motion", None)
        if trigger is not None:
            sentence, said = words_of_trigger(entry, trigger)
            found.append(Ground(entry, _(sentence) % said, trigger.article))
        elif motion is not None:
            who = (
                f"{motion.proposer.person}, {motion.proposer.office.title}"
                if motion.proposer is not None
                else ""
            )
            said = {
                "name": entry.person.full_name,
                "who": who,
                "day": f"{motion.proposed_on:%d/%m/%Y}",
                "reason": motion.reason,
            }
            words = (
                _("%(name)s: %(who)s đề nghị ngày %(day)s. %(reason)s")
                if who
                else _("%(name)s: ngày %(day)s. %(reason)s")
            )
            found.append(Ground(entry, words % said, motion.article))
    return found
