"""The checklist of a session: what is due when, by which source, and how it stands today."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count as CountOf
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from council.models import Council, SettingKey
from council.rules import periods
from council.rules.law import Mark
from council.rules.work import DueDate
from sessions.models import ItemKind, Session, SessionState
from sessions.queries.facts import Facts
from sessions.rules import deadlines
from sessions.rules.agenda_templates import SessionKind
from sessions.rules.deadlines import Count, Deadline, DeadlineSettings

SOON: Final = 7
"""Days before a deadline from which it is marked as near."""
AFTER: Final = (Count.AFTER_ELECTION, Count.AFTER_CLOSING, Count.AFTER_CLOSING_WORKING)
WORKING: Final = (Count.AFTER_ELECTION, Count.AFTER_CLOSING_WORKING)
NOT_CHECKED: Final = gettext_noop("theo quy chế, chưa đối chiếu nguyên văn")
FROM_MEMORY: Final = gettext_noop("chưa đối chiếu nguyên văn")


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """One deadline as the page shows it; `state` is done, ok, soon, late or open."""

    deadline: Deadline
    state: str
    left: str
    source: str

    @property
    def due(self) -> DueDate:
        """The same for the first screen after login."""
        return DueDate(
            what=self.deadline.what, due_on=self.deadline.due_on, source=self.source,
            state=self.state, left=self.left,
        )  # fmt: skip


def settings_on(council: Council, day: date) -> DeadlineSettings:
    """The council's own days on the day, as far as it set them."""
    own = {
        row.key: row
        for row in council.settings.filter(effective_from__lte=day).order_by("effective_from")
        if row.effective_to is None or row.effective_to >= day
    }

    def days(key: SettingKey) -> int | None:
        return int(own[key].value) if key in own else None

    source = next((own[key].source for key in _KEYS if key in own), "")
    return DeadlineSettings(
        convene_days_ordinary=days(SettingKey.CONVENE_DAYS_ORDINARY),
        convene_days_other=days(SettingKey.CONVENE_DAYS_OTHER),
        papers_days=days(SettingKey.PAPERS_DAYS),
        send_up_days=days(SettingKey.SEND_UP_DAYS),
        source=source,
    )


_KEYS: Final = (
    SettingKey.CONVENE_DAYS_ORDINARY, SettingKey.CONVENE_DAYS_OTHER, SettingKey.PAPERS_DAYS,
    SettingKey.SEND_UP_DAYS,
)  # fmt: skip


def checklist(council_session: Session, facts: Facts, today: date) -> list[ChecklistLine]:
    """Everything due around the session, earliest first.

    A confidence vote or an election on the agenda brings deadlines of its own.
    """
    council = council_session.term.council
    kinds = {row.item.kind for row in facts.rows if row.label}
    found = deadlines.checklist(
        SessionKind(council_session.kind),
        council_session.opens_on,
        council.level,
        has_confidence_vote=ItemKind.CONFIDENCE_VOTE in kinds,
        has_election=ItemKind.ELECTION in kinds,
        settings=settings_on(council, council_session.opens_on),
        closes_on=council_session.closes_on,
    )
    done = _done(council_session, facts)
    if ItemKind.CONFIDENCE_VOTE in kinds and facts.polls:
        done |= _papers_done(council_session)
    unknown = _unknown(council_session, facts)
    return [_line(deadline, today, done, unknown) for deadline in found]


def _unknown(council_session: Session, facts: Facts) -> frozenset[Count]:
    """Kinds of deadline about which the books tell nothing any more; an alarm would be made up."""
    match SessionState(council_session.state):
        case SessionState.CLOSED:
            return frozenset(Count)
        case SessionState.IN_PROGRESS if not facts.waiting_papers:
            return frozenset({Count.BEFORE_OPENING})
        case _:
            return frozenset()


def _done(council_session: Session, facts: Facts) -> dict[str, date | None]:
    """Deadlines that the books say were met, and when (None: not known when)."""
    done: dict[str, date | None] = {}
    if council_session.convened_at:
        day = timezone.localdate(council_session.convened_at)
        done |= {"session.convene_ordinary": day, "session.convene_other": day}
        if facts.papers and not facts.waiting_papers:
            done["session.papers"] = None
    if facts.resolutions["published"] and not facts.open_resolutions:
        done["info.publish"] = None
    return done


def _papers_done(council_session: Session) -> dict[str, date | None]:
    """Steps before a confidence vote that are ticked off for everybody on its list.

    The elections app keeps them (`SubjectPaper`); read here through the poll's own relations.
    Voters' opinions are sent where there are any: of whom there are none, that is written down.
    """
    entries = (
        council_session.polls.filter(kind="confidence", entries__withdrawn_at=None)
        .exclude(state="annulled")
        .values_list("entries")
        .distinct()
        .count()
    )
    steps = (
        council_session.polls.filter(kind="confidence", entries__withdrawn_at=None)
        .exclude(state="annulled")
        .exclude(entries__subject_papers=None)
        .values("entries__subject_papers__step")
        .annotate(
            persons=CountOf("entries__subject_papers"), last=Max("entries__subject_papers__done_on")
        )
    )
    found = {row["entries__subject_papers__step"]: row for row in steps}
    done: dict[str, date | None] = {}
    for subject, wanted in _PAPER_STEPS.items():
        counted = [
            sum(found[step]["persons"] for step in alternatives if step in found)
            for alternatives in wanted
        ]
        if all(count >= max(entries, 1) for count in counted):
            days = [found[first]["last"] for first, *_instead in wanted if first in found]
            done[subject] = max(days, default=None)
    return done


_PAPER_STEPS: Final = {
    "confidence.t_minus_45": (("asked",),),
    "confidence.t_minus_30": (("report",), ("declaration",)),
    "confidence.t_minus_25": (("opinion", "no_opinion"),),
    "confidence.t_minus_20": (("sent",),),
}
"""Rule → its steps, each with what may be written down instead."""


def _line(
    deadline: Deadline,
    today: date,
    done: dict[str, date | None],
    unknown: frozenset[Count],
) -> ChecklistLine:
    if deadline.code in done:
        day = done[deadline.code]
        is_late = day is not None and day > deadline.due_on
        state, left = ("late", _("xong, trễ")) if is_late else ("done", _("xong"))
    elif deadline.counted in unknown and deadline.due_on < today:
        state, left = "open", _("đã qua")
    else:
        state, left = _standing(deadline, today)
    return ChecklistLine(deadline, state, left, _source(deadline))


def _standing(deadline: Deadline, today: date) -> tuple[str, str]:
    days = (deadline.due_on - today).days
    if days < 0:
        return "late", ngettext("quá hạn %(n)d ngày", "quá hạn %(n)d ngày", -days) % {"n": -days}
    if days == 0:
        return "soon", _("hạn hôm nay")
    if deadline.counted in WORKING:
        left = periods.working_days_between(today, deadline.due_on)
        words = ngettext("còn %(n)d ngày làm việc", "còn %(n)d ngày làm việc", left) % {"n": left}
    else:
        words = ngettext("còn %(n)d ngày", "còn %(n)d ngày", days) % {"n": days}
    if deadline.counted in AFTER and days > SOON:
        return "open", words
    return ("soon" if days <= SOON else "ok"), words


def _source(deadline: Deadline) -> str:
    """The source with what its mark leaves open."""
    if deadline.mark is Mark.TEXT:
        return deadline.source
    doubt = _(NOT_CHECKED) if deadline.is_setting else _(FROM_MEMORY)
    if deadline.source == deadlines.REGULATION:
        return doubt
    return f"{deadline.source} ({doubt})"


def convening(council_session: Session) -> Deadline | None:
    """The deadline of convening, by the law and the council's setting on the opening day."""
    council = council_session.term.council
    found = deadlines.checklist(
        SessionKind(council_session.kind), council_session.opens_on, council.level,
        settings=settings_on(council, council_session.opens_on),
    )  # fmt: skip
    return next((line for line in found if line.code.startswith("session.convene")), None)
