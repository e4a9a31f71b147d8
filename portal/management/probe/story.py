"""A council played through the services: every state of its objects, a canary in every text."""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Final

from council.models import Council, Person, RoleKind, Tenure, User
from council.services import accounts, mandates, offices, people, structure
from portal.management.demo.stage import Stage
from portal.management.probe.words import Words

OFFICES: Final = (
    ("council_chair", "Chủ tịch Hội đồng nhân dân", 1),
    ("council_vice_chair", "Phó Chủ tịch Hội đồng nhân dân", 2),
    ("committee_head", "Trưởng Ban Pháp chế", 1),
    ("pc_chair", "Chủ tịch Ủy ban nhân dân", 1),
    ("pc_vice_chair", "Phó Chủ tịch Ủy ban nhân dân", 4),
    ("pc_member", "Ủy viên Ủy ban nhân dân", 12),
)
LEAST, MOST = 31, 45
"""Delegates of a council: few enough to be quick, enough for every majority to be a real one."""
GROUPS, FULL_TIME = 3, 2


def found(words: Words, root: User, *, slug: str, today: date) -> Stage:
    """A province of random size with its term, committees, groups, delegates and offices."""
    began = date(today.year - 2, 12, 1)
    council = structure.found_council(
        slug=slug, unit_kind="tinh", unit_name=words.name(), level="province",
        seat=words.name(), existed_from=date(2016, 1, 1), parent_name=words.name(),
        is_sample=True, notice=words.text("Hội đồng hư cấu, mọi số liệu là minh họa:"), by=root,
    )  # fmt: skip
    size = words.number(LEAST, MOST)
    term = structure.add_term(
        council, number=words.number(11, 30), label=f"{began.year}-{began.year + 5}",
        starts_on=began, ends_on=date(began.year + 5, 11, 30), statutory_delegates=size, by=root,
    )  # fmt: skip
    stage = Stage(council, term, staff(words, council, root))
    for place in (1, 2):
        structure.add_committee(term, name=words.text("Ban"), position=place, by=stage.admin)
    seat_delegates(stage, words, size, began)
    fill_offices(stage, words, began)
    tie(stage, words)
    return stage


def staff(words: Words, council: Council, root: User) -> dict[str, User]:
    """The accounts that no delegate holds; `thuky` and so on, as the demo calls them."""
    wanted = (
        ("thuky", RoleKind.CLERK),
        ("vanphong", RoleKind.APPROVER),
        ("quantri", RoleKind.ADMINISTRATOR),
    )
    return {key: account(words, council, kinds=[kind], by=root) for key, kind in wanted}


def account(
    words: Words, council: Council, *, kinds: Sequence[str], by: User, person: Person | None = None
) -> User:
    """A new account; its name, address and password are canaries too."""
    username = words.word()
    return accounts.invite(
        council, username=username, full_name=words.person(), email=f"{words.word()}@example.org",
        password=password_of(username), kinds=kinds, person=person, by=by,
    )  # fmt: skip


def password_of(username: str) -> str:
    """The password of a probe account, made of its name, so that the seed decides it."""
    return hashlib.sha256(f"probe {username}".encode()).hexdigest()[:20]


def seat_delegates(stage: Stage, words: Words, size: int, began: date) -> None:
    """As many delegates as the law counts, in three groups."""
    groups = [
        structure.add_group(stage.term, number=n, name=words.text("Tổ"), by=stage.admin)
        for n in range(1, GROUPS + 1)
    ]
    for index in range(size):
        person = people.add(
            stage.council, honorific=("ong", "ba")[index % 2], full_name=words.person(),
            occupation=words.text("Cán bộ"), email=f"{words.word()}@example.org",
            born_on=date(1960 + words.number(0, 39), 1, 1), by=stage.clerk,
        )  # fmt: skip
        stage.delegates.append(
            mandates.seat(
                person,
                term=stage.term,
                starts_on=began,
                group=groups[index % GROUPS],
                is_full_time=index < FULL_TIME,
                is_group_head=index < GROUPS,
                by=stage.clerk,
            )
        )


def fill_offices(stage: Stage, words: Words, began: date) -> None:
    """One holder an office; nobody tells who else is in the books."""
    for place, (kind, title, seats) in enumerate(OFFICES, start=1):
        office = offices.add(
            stage.council, kind=kind, title=words.text(title), seats=seats, position=place,
            by=stage.clerk,
        )  # fmt: skip
        stage.offices[kind] = office
        stage.tenures.append(
            offices.begin(
                office,
                person=stage.delegates[place - 1].person,
                term=stage.term,
                basis=Tenure.Basis.ELECTED,
                starts_on=began,
                by=stage.clerk,
            )
        )


def tie(stage: Stage, words: Words) -> None:
    """Accounts of delegates: the chair, two counters, a plain delegate."""
    plain = [m for m in stage.delegates if not m.person.tenures.exists()]
    wanted = (
        ("chutoa", [RoleKind.CHAIR, RoleKind.DELEGATE], stage.delegates[0]),
        ("kiemphieu1", [RoleKind.BALLOT_COMMITTEE, RoleKind.DELEGATE], plain[0]),
        ("kiemphieu2", [RoleKind.BALLOT_COMMITTEE, RoleKind.DELEGATE], plain[1]),
        ("daibieu", [RoleKind.DELEGATE], plain[-1]),
    )
    for key, kinds, mandate in wanted:
        stage.users[key] = account(
            words, stage.council, kinds=kinds, person=mandate.person, by=stage.admin
        )


def root(words: Words) -> User:
    """The superuser who founds the councils."""
    username = words.word()
    return User.objects.create_superuser(
        username, f"{words.word()}@example.org", password_of(username), full_name=words.person()
    )
