"""One line of the checklist before the voting opens: met, a reminder, or what still keeps it."""

from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _

from council.rules.law import RULEBOOK, Mark, Provision
from council.rules.refusals import Refusal, gettext_noop
from elections.models import Poll

FROM_MEMORY = gettext_noop("chưa đối chiếu nguyên văn")


class Page(StrEnum):
    """Where one sees to a line; the poll's page knows the addresses."""

    NONE = ""
    COMMITTEE = "committee"
    PAPERS = "papers"
    SITTINGS = "sittings"
    OFFICES = "offices"
    LIST = "list"
    SUBJECT_PAPERS = "subject_papers"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that must be so before the voting opens; a reminder never keeps it closed.

    Attributes:
        code: stable; the refusal's code where the line keeps the voting closed.
        sentence: one that is not met says what to do.
        cites: the article or the council's regulation; empty where it is practice.
        page: where one sees to it.
        mark: what of the cited rule was not read, a Vietnamese msgid; empty where all was.
    """

    code: str
    is_met: bool
    sentence: str
    params: dict[str, object] = field(default_factory=dict)
    cites: str = ""
    is_reminder: bool = False
    mark: str = ""
    page: Page = Page.NONE

    @property
    def message(self) -> str:
        """The sentence in the reader's language, with its numbers."""
        return _(self.sentence) % self.params if self.params else _(self.sentence)

    @property
    def state(self) -> str:
        """The word of the tag: met, remind or unmet."""
        if self.is_reminder:
            return "remind"
        return "met" if self.is_met else "unmet"

    def refusal(self) -> Refusal:
        """The same as a refusal."""
        return Refusal(self.code, self.sentence, params=self.params, cites=self.cites)


def met(code: str, sentence: str, params: dict[str, object] | None = None, cites: str = "") -> Line:
    """A line that is as it must be."""
    return Line(code, is_met=True, sentence=sentence, params=params or {}, cites=cites)


def unmet(
    code: str,
    sentence: str,
    params: dict[str, object] | None = None,
    cites: str = "",
    page: Page = Page.NONE,
) -> Line:
    """A line that keeps the voting from being opened."""
    return Line(code, is_met=False, sentence=sentence, params=params or {}, cites=cites, page=page)


def warning(
    code: str,
    sentence: str,
    params: dict[str, object] | None = None,
    cites: str = "",
    page: Page = Page.NONE,
) -> Line:
    """Something to see to, by practice or the council's regulation; never keeps it closed."""
    return Line(
        code,
        is_met=True,
        sentence=sentence,
        params=params or {},
        cites=cites,
        is_reminder=True,
        page=page,
    )


def remind(
    code: str,
    sentence: str,
    params: dict[str, object] | None,
    rule: Provision | None,
    page: Page = Page.NONE,
) -> Line:
    """Something to see to, by a rule that does not keep the voting closed."""
    return Line(
        code,
        is_met=True,
        sentence=sentence,
        params=params or {},
        cites=rule.article if rule else "",
        is_reminder=True,
        page=page,
        mark="" if rule is None or (rule.mark is Mark.TEXT and not rule.note) else FROM_MEMORY,
    )


def cited(subject: str, poll: Poll) -> str:
    """The article in force on the poll's day; empty where the rulebook has none."""
    rule = RULEBOOK.find(subject, poll.held_on, poll.council_session.term.council.level)
    return rule.article if rule else ""
