"""On whom the confidence vote is taken on a given day, who is exempt and why.

Source: NQ 96/2023 Art. 2(2) offices and levels, 2(4) one poll for several posts, 2(5) exemptions.
Before 1 July 2023 the rulebook has no such rule, and the question is refused.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from council.rules import figures
from council.rules.law import RULEBOOK, Level, Provision
from council.rules.offices import Basis, Block, OfficeKind
from council.rules.refusals import gettext_noop

ELECTED_THIS_YEAR: Final = "elected_this_year"
APPOINTED_THIS_YEAR: Final = "appointed_this_year"
RETIREMENT_ANNOUNCED: Final = "retirement_announced"
ACTING_ONLY: Final = "acting_only"


@dataclass(frozen=True, slots=True)
class Holding:
    """One person in one office.

    Attributes:
        person: key by which the posts of one person are found together.
        name: as printed.
        office_kind: which office.
        title: as printed on the ballot: "Trưởng Ban Pháp chế".
        basis: elected, appointed or acting.
        elected_on: first day in the office (of election, appointment or acting).
        ends_on: last day, where it has one.
        retirement_announced_on: notice of leave pending retirement.
        position: order among holders of the same kind.
        key: the caller's own reference, e.g. the tenure's primary key.
    """

    person: str
    name: str
    office_kind: OfficeKind
    title: str
    basis: Basis
    elected_on: date
    ends_on: date | None = None
    retirement_announced_on: date | None = None
    position: int = 0
    key: int | None = None

    def runs_on(self, day: date) -> bool:
        """Whether the person holds the office that day."""
        return self.elected_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True)
class Subject:
    """One line of the ballot paper: a person with all posts, the highest first."""

    person: str
    name: str
    holdings: tuple[Holding, ...]

    @property
    def posts(self) -> tuple[str, ...]:
        """The titles, highest post first."""
        return tuple(holding.title for holding in self.holdings)

    @property
    def post_words(self) -> str:
        """All posts as the paper prints them."""
        return ", ".join(self.posts)

    @property
    def block(self) -> Block:
        """The block of the highest post."""
        return self.holdings[0].office_kind.block


@dataclass(frozen=True, slots=True)
class Exempt:
    """A holder on whom no vote is taken.

    Attributes:
        code: `ELECTED_THIS_YEAR`, `APPOINTED_THIS_YEAR`, `RETIREMENT_ANNOUNCED`, `ACTING_ONLY`.
        reason: Vietnamese msgid; ``params`` fill it.
    """

    person: str
    name: str
    posts: tuple[str, ...]
    code: str
    reason: str
    params: tuple[tuple[str, object], ...]
    article: str

    @property
    def sentence(self) -> str:
        """The reason with its dates, in Vietnamese."""
        return self.reason % dict(self.params)


@dataclass(frozen=True, slots=True)
class SubjectList:
    """The draft list of a confidence vote.

    Attributes:
        not_subject: set where the law names no vote at this level; then the lists are empty
            unless the council's own regulation takes one.
        by_regulation: True where the council's regulation, not the law, takes the vote.
        rule: what names the offices; ``None`` where no vote is taken.
    """

    subjects: tuple[Subject, ...]
    exempt: tuple[Exempt, ...]
    rule: Provision | None
    not_subject: Provision | None = None
    by_regulation: bool = False

    def of_block(self, block: Block) -> tuple[Subject, ...]:
        """The subjects of one block, in order."""
        return tuple(subject for subject in self.subjects if subject.block is block)


def derive(
    holdings: Iterable[Holding],
    *,
    on: date,
    level: Level | str,
    by_regulation: bool = False,
) -> SubjectList:
    """Who is voted on, in the order of the paper, and who is exempt with the reason.

    Args:
        holdings: tenures of this council and its people's committee; those that do not run that
            day are left out.
        on: the day of the vote.
        level: the council's level.
        by_regulation: the council's own regulation takes the vote although the law names none at
            this level (a commune); exemptions then follow the law by analogy.

    Raises:
        Refusal: ``law.no_rule`` before 1 July 2023 and for a level that has ended.
    """
    not_subject = RULEBOOK.find("confidence.level_not_subject", on, level)
    if not_subject is not None and not by_regulation:
        return SubjectList((), (), None, not_subject)
    law_level = Level.PROVINCE if not_subject is not None else Level(level)
    rule = RULEBOOK.provision_on("confidence.subjects", on, law_level)
    exemption = RULEBOOK.provision_on("confidence.exempt", on, law_level)
    subjects: list[Subject] = []
    exempt: list[Exempt] = []
    for posts in _by_person(holding for holding in holdings if holding.runs_on(on)):
        out = _exemption(posts, on=on, exemption=exemption, rule=rule)
        if out is not None:
            exempt.append(out)
        else:
            held = tuple(post for post in posts if post.basis is not Basis.ACTING)
            subjects.append(Subject(posts[0].person, posts[0].name, held))
    return SubjectList(
        tuple(sorted(subjects, key=lambda subject: _order(subject.holdings[0]))),
        tuple(exempt),
        rule,
        not_subject,
        by_regulation=not_subject is not None,
    )


def _order(holding: Holding) -> tuple[int, int, str]:
    """Blocks, then offices by rank, then the council's own order."""
    return (holding.office_kind.rank, holding.position, holding.name)


def _by_person(holdings: Iterable[Holding]) -> list[tuple[Holding, ...]]:
    """The posts of each person, highest first; persons by their highest post."""
    posts: dict[str, list[Holding]] = {}
    for holding in sorted(holdings, key=_order):
        posts.setdefault(holding.person, []).append(holding)
    return [tuple(held) for held in posts.values()]


def _exemption(
    posts: Sequence[Holding], *, on: date, exemption: Provision, rule: Provision
) -> Exempt | None:
    """Why no vote is taken on the person; None where one is.

    The exemption is the person's: one listed post taken this year is enough.
    """
    retiring = [
        post.retirement_announced_on
        for post in posts
        if post.retirement_announced_on is not None and post.retirement_announced_on <= on
    ]
    if retiring:
        day = figures.date_short(min(retiring))
        return _exempt(posts, RETIREMENT_ANNOUNCED, _RETIRING, exemption, day=day)
    lasting = [post for post in posts if post.basis is not Basis.ACTING]
    if not lasting:
        return _exempt(posts, ACTING_ONLY, _ACTING, rule)
    for post in lasting:
        if post.elected_on.year == on.year:
            return _exempt(
                posts,
                ELECTED_THIS_YEAR if post.basis is Basis.ELECTED else APPOINTED_THIS_YEAR,
                _ELECTED if post.basis is Basis.ELECTED else _APPOINTED,
                exemption,
                title=post.title,
                day=figures.date_short(post.elected_on),
                year=on.year,
            )
    return None


def _exempt(
    posts: Sequence[Holding], code: str, reason: str, provision: Provision, **params: object
) -> Exempt:
    first = posts[0]
    titles = tuple(post.title for post in posts)
    return Exempt(
        first.person, first.name, titles, code, reason, tuple(params.items()), provision.article
    )


_RETIRING: Final = gettext_noop(
    "Đã có thông báo nghỉ công tác chờ nghỉ hưu ngày %(day)s nên không lấy phiếu tín nhiệm."
)
_ELECTED: Final = gettext_noop(
    "Được bầu giữ chức vụ %(title)s ngày %(day)s, trong năm lấy phiếu (%(year)d), nên không lấy "
    "phiếu tín nhiệm."
)
_APPOINTED: Final = gettext_noop(
    "Được chỉ định, bổ nhiệm giữ chức vụ %(title)s ngày %(day)s, trong năm lấy phiếu (%(year)d), "
    "nên không lấy phiếu tín nhiệm."
)
_ACTING: Final = gettext_noop(
    "Đang được giao quyền, phụ trách, không phải người được bầu giữ chức vụ, nên không thuộc diện "
    "lấy phiếu tín nhiệm."
)
