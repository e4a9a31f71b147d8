"""The cast of most tests: one sample council on an ordinary day, and one other council.

Everything here is made up. Rows are written in bulk for speed; every later state is reached
through services.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from council.models import (
    Committee,
    Council,
    DelegateGroup,
    Mandate,
    Office,
    Person,
    Role,
    Tenure,
    Term,
    User,
)
from council.rules import text
from council.services import people

PASSWORD = "mat-khau-thu-nghiem"
GRANTED = datetime(2026, 3, 20, tzinfo=UTC)
TERM_STARTS, TERM_ENDS = date(2026, 3, 20), date(2031, 3, 19)
ELECTED_ON = date(2026, 3, 25)

GIVEN = [
    "An",
    "Ánh",
    "Bảo",
    "Bình",
    "Châu",
    "Chi",
    "Cường",
    "Dung",
    "Dũng",
    "Đạt",
    "Đức",
    "Giang",
    "Hà",
    "Hải",
    "Hạnh",
    "Hằng",
    "Hòa",
    "Hùng",
    "Hương",
    "Khánh",
    "Lan",
    "Linh",
    "Long",
    "Mai",
    "Minh",
    "Nam",
    "Nga",
    "Ngọc",
    "Phúc",
    "Quang",
    "Sơn",
    "Tâm",
    "Thảo",
    "Thủy",
    "Yến",
]
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng")

OFFICES = (
    ("council_chair", "Chủ tịch Hội đồng nhân dân", 1),
    ("council_vice_chair", "Phó Chủ tịch Hội đồng nhân dân", 2),
    ("committee_head", "Trưởng Ban Pháp chế", 1),
    ("committee_head", "Trưởng Ban Kinh tế - Ngân sách", 1),
    ("pc_chair", "Chủ tịch Ủy ban nhân dân", 1),
    ("pc_vice_chair", "Phó Chủ tịch Ủy ban nhân dân", 4),
    ("pc_member", "Ủy viên Ủy ban nhân dân", 20),
)


@dataclass
class Cast:
    """Who is who. `user["clerk"]` is an account; `mandates` are sorted by seat."""

    council: Council
    term: Term
    other_council: Council
    people: list[Person]
    mandates: list[Mandate]
    offices: dict[str, Office]
    tenures: dict[str, Tenure]
    user: dict[str, User] = field(default_factory=dict)


def build(*, level: str = "province", delegates: int = 35) -> Cast:
    """Write the cast: a council with `delegates` seats in five groups, its offices and accounts."""
    kind = {"province": "tinh", "district": "quan", "commune": "phuong"}[level]
    council = Council.objects.create(
        slug="tinh-thu",
        unit_kind=kind,
        unit_name="Thử",
        level=level,
        seat="Thử",
        existed_from=date(2016, 1, 1),
        is_sample=True,
        notice="Hội đồng thử nghiệm, số liệu minh họa.",
    )
    other = Council.objects.create(
        slug="tinh-khac",
        unit_kind="tinh",
        unit_name="Khác",
        level="province",
        seat="Khác",
        existed_from=date(2016, 1, 1),
        is_sample=True,
    )
    term = Term.objects.create(
        council=council,
        number=20,
        label="2026-2031",
        starts_on=TERM_STARTS,
        ends_on=TERM_ENDS,
        statutory_delegates=delegates,
    )
    groups = DelegateGroup.objects.bulk_create(
        DelegateGroup(term=term, number=n, name=f"Tổ đại biểu số {n}") for n in range(1, 6)
    )
    persons = Person.objects.bulk_create(
        [made_up_person(council, index) for index in range(delegates + 5)]
    )
    mandates = Mandate.objects.bulk_create(
        Mandate(
            person=person,
            term=term,
            starts_on=TERM_STARTS,
            group=groups[index % 5],
            is_group_head=index < 5,
            seat_number=index + 1,
        )
        for index, person in enumerate(persons[:delegates])
    )
    cast = Cast(council, term, other, persons, mandates, {}, {})
    add_offices(cast)
    add_accounts(cast)
    return cast


def made_up_person(council: Council, index: int) -> Person:
    """The index-th invented person, with a distinct name."""
    person = Person(
        council=council,
        honorific="ba" if index % 2 else "ong",
        occupation="Cán bộ",
        email=f"daibieu{index}@example.org",
    )
    given, family = GIVEN[index % len(GIVEN)], FAMILY[index % len(FAMILY)]
    people.set_name(person, "", family, "Văn Thử" if index < 35 else "Thị Mẫu", given)
    person.slug = f"{text.slug(person.full_name)}-{index}"
    return person


def add_offices(cast: Cast) -> None:
    """Offices with holders: the first seven delegates hold one each; two more committee members."""
    Committee.objects.bulk_create(
        Committee(term=cast.term, name=name, position=place)
        for place, name in enumerate(("Ban Pháp chế", "Ban Kinh tế - Ngân sách"), start=1)
    )
    for place, (kind, title, seats) in enumerate(OFFICES, start=1):
        office = Office.objects.create(
            council=cast.council, kind=kind, title=title, seats=seats, position=place
        )
        cast.offices[title] = office
        cast.offices.setdefault(kind, office)
        cast.tenures[title] = Tenure.objects.create(
            office=office,
            person=cast.people[place - 1],
            term=cast.term,
            basis="elected",
            starts_on=ELECTED_ON,
            fills_single_office=seats == 1,
        )
        cast.tenures.setdefault(kind, cast.tenures[title])


def add_accounts(cast: Cast) -> None:
    """One account a role; counters and the delegate are tied to seats that hold no office."""
    wanted: list[tuple[str, list[str], Person | None]] = [
        ("clerk", ["clerk"], None),
        ("clerk2", ["clerk"], None),
        ("approver", ["approver"], None),
        ("chair", ["chair", "delegate"], cast.people[0]),
        ("counter1", ["ballot_committee", "delegate"], cast.people[10]),
        ("counter2", ["ballot_committee", "delegate"], cast.people[11]),
        ("counter3", ["ballot_committee", "delegate"], cast.people[12]),
        ("delegate", ["delegate"], cast.people[20]),
        ("admin", ["administrator"], None),
    ]
    for name, kinds, person in wanted:
        user = User.objects.create_user(
            name, f"{name}@example.org", PASSWORD, full_name=f"Người {name}"
        )
        cast.user[name] = user
        Role.objects.bulk_create(
            Role(user=user, council=cast.council, kind=kind, person=person, granted_at=GRANTED)
            for kind in kinds
        )
    outsider = User.objects.create_user("outsider", "outsider@example.org", PASSWORD)
    cast.user["outsider"] = outsider
    Role.objects.create(user=outsider, council=cast.other_council, kind="clerk", granted_at=GRANTED)
