"""What all demo stories share: the day they play on, the accounts, the sample people."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from unittest import mock

from django.utils import timezone

from council.models import Council, Mandate, Office, Person, RoleKind, Tenure, Term, User
from council.services import access, jobs, mandates, offices, people, structure

PASSWORD = "nghitruong"  # noqa: S105 - the public password of the demo accounts (contract.md)
ACCOUNTS = (
    ("thuky", "Đỗ Thị Thư Ký", RoleKind.CLERK),
    ("vanphong", "Ngô Văn Phòng", RoleKind.APPROVER),
    ("chutoa", "Chủ tọa kỳ họp", RoleKind.CHAIR),
    ("kiemphieu1", "Thành viên Ban kiểm phiếu 1", RoleKind.BALLOT_COMMITTEE),
    ("kiemphieu2", "Thành viên Ban kiểm phiếu 2", RoleKind.BALLOT_COMMITTEE),
    ("daibieu", "Đại biểu mẫu", RoleKind.DELEGATE),
    ("quantri", "Quản trị viên", RoleKind.ADMINISTRATOR),
    ("quantri2", "Quản trị viên thứ hai", RoleKind.ADMINISTRATOR),
)
FAMILIES = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Vũ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
)
FULL_TIME = 3
SAMPLES = (
    ("ong", "Văn", "Mẫu"),
    ("ba", "Thị Ví", "Dụ"),
    ("ong", "Minh", "Họa"),
    ("ba", "Thị", "Thử"),
    ("ong", "Văn Thí", "Dụ"),
)


@contextmanager
def on(day: date, hour: int = 8, minute: int = 0) -> Iterator[None]:
    """Play what follows on another day: the services' only clock is `timezone.now`.

    Only the demo does this, so that a past session carries the dates of its time.
    """
    moment = timezone.make_aware(datetime.combine(day, time(hour, minute)))
    started = timezone.now()
    with mock.patch("django.utils.timezone.now") as clock:
        real = clock  # the clock runs on from the moment, so that later is later

        def running() -> datetime:
            return moment + (datetime.now(tz=started.tzinfo) - started)

        real.side_effect = running
        yield


@dataclass
class Stage:
    """A council being told: its people by seat, its offices, the accounts."""

    council: Council
    term: Term
    users: dict[str, User]
    delegates: list[Mandate] = field(default_factory=list)
    offices: dict[str, Office] = field(default_factory=dict)
    tenures: list[Tenure] = field(default_factory=list)

    @property
    def clerk(self) -> User:
        return self.users["thuky"]

    @property
    def approver(self) -> User:
        return self.users["vanphong"]

    @property
    def chair(self) -> User:
        return self.users["chutoa"]

    @property
    def admin(self) -> User:
        return self.users["quantri"]


def accounts() -> dict[str, User]:
    """The demo accounts; made once, with the password of the contract."""
    found = {}
    for username, full_name, kind in ACCOUNTS:
        user, created = User.objects.get_or_create(
            username=username,
            defaults={
                "full_name": full_name,
                "email": f"{username}@example.org",
                "is_staff": kind == RoleKind.ADMINISTRATOR,
                "is_superuser": kind == RoleKind.ADMINISTRATOR,
            },
        )
        if created:
            user.set_password(PASSWORD)
            user.save()
        found[username] = user
    return found


def open_stage(council: Council, *, term: Term, users: dict[str, User]) -> Stage:
    """Give the accounts their roles in the council; persons follow with `tie_accounts`."""
    for username, _name, kind in ACCOUNTS:
        if kind not in (RoleKind.BALLOT_COMMITTEE, RoleKind.DELEGATE, RoleKind.CHAIR):
            access.grant(users[username], council=council, kind=kind)
    return Stage(council, term, users)


def seat_delegates(stage: Stage, count: int, *, groups: int, starts_on: date) -> None:
    """Seat invented delegates with evident sample names, spread over the groups."""
    numbered = [
        structure.add_group(stage.term, number=n, name=f"Tổ đại biểu số {n}", by=stage.admin)
        for n in range(1, groups + 1)
    ]
    for index in range(count):
        person = sample_person(stage, index)
        stage.delegates.append(
            mandates.seat(
                person,
                term=stage.term,
                starts_on=starts_on,
                group=numbered[index % groups],
                is_full_time=index < FULL_TIME,
                is_group_head=index < groups,
                by=stage.clerk,
            )
        )


def sample_person(stage: Stage, index: int, *, occupation: str = "") -> Person:
    """The index-th sample person of a council: the name says that it is one."""
    honorific, middle, given = SAMPLES[index % len(SAMPLES)]
    family = FAMILIES[index // len(SAMPLES) % len(FAMILIES)]
    extra = " Bổ Sung" if index >= len(SAMPLES) * len(FAMILIES) else ""
    return people.add(
        stage.council,
        honorific=honorific,
        full_name="",
        family_name=family,
        middle_name=middle + extra,
        given_name=given,
        occupation=occupation or "Đại biểu (tên minh họa)",
        email=f"daibieu{index + 1}@{stage.council.slug}.example.org",
        by=stage.clerk,
    )


def fill_offices(
    stage: Stage, plan: list[tuple[str, str, int, int]], *, starts_on: date, outsiders: int
) -> None:
    """Fill offices in order with delegates; the last `outsiders` holders are no delegates.

    `plan` rows: kind, title, seats, holders.
    """
    wanted = sum(holders for _k, _t, _s, holders in plan)
    inside = [mandate.person for mandate in stage.delegates[: wanted - outsiders]]
    outside = [
        sample_person(
            stage, len(stage.delegates) + n, occupation="Giám đốc, trưởng phòng (tên minh họa)"
        )
        for n in range(outsiders)
    ]
    holders_left = [*inside, *outside]
    for position, (kind, title, seats, holders) in enumerate(plan, start=1):
        office = offices.add(
            stage.council, kind=kind, title=title, seats=seats, position=position, by=stage.clerk
        )
        stage.offices[title] = office
        for _ in range(holders):
            stage.tenures.append(
                offices.begin(
                    office,
                    person=holders_left.pop(0),
                    term=stage.term,
                    basis=Tenure.Basis.ELECTED,
                    starts_on=starts_on,
                    by=stage.clerk,
                )
            )


def tie_accounts(stage: Stage) -> None:
    """Tie the chair to the council's chair, the counters and the delegate to plain delegates."""
    free = [m for m in stage.delegates if not m.person.tenures.exists()]
    ties = (
        ("chutoa", RoleKind.CHAIR, stage.delegates[0]),
        ("chutoa", RoleKind.DELEGATE, stage.delegates[0]),
        ("kiemphieu1", RoleKind.BALLOT_COMMITTEE, free[0]),
        ("kiemphieu1", RoleKind.DELEGATE, free[0]),
        ("kiemphieu2", RoleKind.BALLOT_COMMITTEE, free[1]),
        ("kiemphieu2", RoleKind.DELEGATE, free[1]),
        ("daibieu", RoleKind.DELEGATE, free[-1]),
    )
    for username, kind, mandate in ties:
        access.grant(
            stage.users[username], council=stage.council, kind=kind, person_id=mandate.person_id
        )


def counters(stage: Stage, size: int) -> list[tuple[Mandate, str]]:
    """A ballot committee of plain delegates: the two counters are its head and secretary."""
    free = [m for m in stage.delegates if not m.person.tenures.exists()]
    posts = ["head", "secretary", *["member"] * (size - 2)]
    return list(zip(free[:size], posts, strict=True))


def work_off() -> None:
    """Do the background work that the story asked for, here and now."""
    jobs.run_due(timezone.now() + timedelta(seconds=1))
