"""Phường Mẫu: an invented ward that prepares its year-end session. Everything is made up."""

from datetime import date, timedelta

from council.models import User
from council.services import structure
from portal.management.demo.stage import (
    Stage,
    fill_offices,
    open_stage,
    seat_delegates,
    tie_accounts,
)
from sessions.services import sessions

BEGAN, DELEGATES = date(2026, 3, 20), 25
OFFICES = [
    ("council_chair", "Chủ tịch Hội đồng nhân dân phường Mẫu", 1, 1),
    ("council_vice_chair", "Phó Chủ tịch Hội đồng nhân dân phường Mẫu", 1, 1),
    ("committee_head", "Trưởng Ban Pháp chế", 1, 1),
    ("committee_head", "Trưởng Ban Kinh tế - Xã hội", 1, 1),
    ("pc_chair", "Chủ tịch Ủy ban nhân dân phường Mẫu", 1, 1),
    ("pc_vice_chair", "Phó Chủ tịch Ủy ban nhân dân phường Mẫu", 2, 2),
    ("pc_member", "Ủy viên Ủy ban nhân dân phường Mẫu", 6, 3),
]


def tell(users: dict[str, User], *, today: date) -> None:
    """A draft session a month ahead, waiting for papers and approval."""
    stage = found(users)
    sessions.create(
        stage.term,
        kind="year_end",
        number=3,
        opens_on=today + timedelta(days=30),
        closes_on=today + timedelta(days=30),
        place="Hội trường phường Mẫu",
        summary="Kỳ họp thường lệ cuối năm của phường mẫu.",
        by=stage.clerk,
    )


def found(users: dict[str, User]) -> Stage:
    """The council with 25 delegates and its offices."""
    council = structure.found_council(
        slug="phuong-mau",
        unit_kind="phuong",
        unit_name="Mẫu",
        level="commune",
        seat="Mẫu",
        existed_from=BEGAN,
        parent_name="Tỉnh Mẫu",
        is_sample=True,
        notice="Hội đồng mẫu: tên người, số liệu, văn bản đều là minh họa.",
        by=users["quantri"],
    )
    term = structure.add_term(
        council,
        number=1,
        label="2026-2031",
        starts_on=BEGAN,
        ends_on=date(2031, 3, 19),
        statutory_delegates=DELEGATES,
        by=users["quantri"],
    )
    stage = open_stage(council, term=term, users=users)
    for place, name in enumerate(("Ban Pháp chế", "Ban Kinh tế - Xã hội"), start=1):
        structure.add_committee(term, name=name, position=place, by=stage.admin)
    seat_delegates(stage, DELEGATES, groups=5, starts_on=BEGAN)
    fill_offices(stage, OFFICES, starts_on=BEGAN + timedelta(days=5), outsiders=3)
    tie_accounts(stage)
    return stage
