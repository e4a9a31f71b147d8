"""Tỉnh Mẫu: an invented province whose session runs on whatever day the demo is loaded.

All that is to be done by hand is left to do: the ballot committee, the confidence vote, the
by-election, the resolutions. Everything is made up.
"""

from datetime import date, datetime, timedelta

from django.utils import timezone

from council.models import User
from council.services import offices, structure
from portal.management.demo.papers import add_papers
from portal.management.demo.stage import (
    Stage,
    fill_offices,
    on,
    open_stage,
    seat_delegates,
    tie_accounts,
    work_off,
)
from sessions.models import Session, Visibility
from sessions.services import agenda, attendance, notes, sessions, sittings, votes

DELEGATES, PRESENT, NUMBER = 60, 54, 4
NOTE = "Số liệu minh họa: Tỉnh Mẫu là hội đồng hư cấu để dùng thử."
OFFICES = [
    ("council_chair", "Chủ tịch Hội đồng nhân dân tỉnh Mẫu", 1, 1),
    ("council_vice_chair", "Phó Chủ tịch Hội đồng nhân dân tỉnh Mẫu", 2, 2),
    ("committee_head", "Trưởng Ban Pháp chế", 1, 1),
    ("committee_head", "Trưởng Ban Kinh tế - Ngân sách", 1, 1),
    ("committee_head", "Trưởng Ban Văn hóa - Xã hội", 1, 1),
    ("pc_chair", "Chủ tịch Ủy ban nhân dân tỉnh Mẫu", 1, 1),
    ("pc_vice_chair", "Phó Chủ tịch Ủy ban nhân dân tỉnh Mẫu", 4, 3),
    ("pc_member", "Ủy viên Ủy ban nhân dân tỉnh Mẫu", 20, 19),
]
COMMITTEES = ("Ban Pháp chế", "Ban Kinh tế - Ngân sách", "Ban Văn hóa - Xã hội")


def tell(users: dict[str, User], *, today: date) -> None:
    """Play up to this morning: the sitting is open, the agenda adopted, the first item running.

    Those elected in the calendar year of the poll are exempt (Resolution 96/2023/QH15 Art. 2(5)),
    so the sample's term is taken to have begun in December of the year before, at the latest.
    """
    began = min(date(2026, 3, 20), date(today.year - 1, 12, 1))
    stage = found(users, began=began)
    with on(today - timedelta(days=25)):
        council_session = convened(stage, today)
    hour, minute = this_morning(timezone.localtime())
    with on(today, hour, minute):
        begin(stage, council_session)


def this_morning(now: datetime) -> tuple[int, int]:
    """A quarter to eight, or ten minutes ago where it is earlier: never in the future."""
    started = now.replace(hour=7, minute=45)
    earlier = max(now - timedelta(minutes=10), now.replace(hour=0, minute=0))
    moment = min(started, earlier)
    return moment.hour, moment.minute


def found(users: dict[str, User], *, began: date) -> Stage:
    """60 delegates, 29 holders of offices, one of them exempt: 28 on the confidence vote."""
    council = structure.found_council(
        slug="tinh-mau",
        unit_kind="tinh",
        unit_name="Mẫu",
        level="province",
        seat="Mẫu",
        existed_from=began,
        is_sample=True,
        notice="Hội đồng mẫu: tên người, số liệu, văn bản đều là minh họa.",
        by=users["quantri"],
    )
    term = structure.add_term(
        council,
        number=1,
        label="2026-2031",
        starts_on=began,
        ends_on=date(2031, 3, 19),
        statutory_delegates=DELEGATES,
        by=users["quantri"],
    )
    stage = open_stage(council, term=term, users=users)
    for place, name in enumerate(COMMITTEES, start=1):
        structure.add_committee(term, name=name, position=place, by=stage.admin)
    seat_delegates(stage, DELEGATES, groups=6, starts_on=began)
    fill_offices(stage, OFFICES, starts_on=began, outsiders=15)
    offices.announce_retirement(
        stage.tenures[-1], announced_on=began + timedelta(days=1), by=stage.clerk
    )
    tie_accounts(stage)
    return stage


def convened(stage: Stage, today: date) -> Session:
    """The session from the template, approved by a second person, convened."""
    council_session = sessions.create(
        stage.term,
        kind="year_end",
        number=NUMBER,
        opens_on=today,
        closes_on=today + timedelta(days=2),
        place="Hội trường tỉnh Mẫu",
        has_confidence_vote=True,
        has_election=True,
        summary="Kỳ họp thường lệ cuối năm của hội đồng mẫu, để dùng thử từng bước.",
        by=stage.clerk,
    )
    sessions.describe(
        council_session, summary=council_session.summary, illustrative_note=NOTE, by=stage.clerk
    )
    notes.save(
        council_session,
        note=None,
        kind="achieved",
        text="Hội đồng mẫu có 60 đại biểu ở 6 tổ (minh họa).",
        by=stage.clerk,
    )
    add_papers(stage, council_session, issued_on=timezone.localdate(), readers=Visibility.DELEGATES)
    sessions.submit(council_session, by=stage.clerk)
    sessions.approve(council_session, by=stage.approver)
    council_session = sessions.convene(council_session, notice_number="12/GTT-HĐND", by=stage.clerk)
    work_off()
    return council_session


def begin(stage: Stage, council_session: Session) -> None:
    """54 of 60 are there, the sitting is open, the agenda adopted, the first item under way."""
    sitting = council_session.sittings.order_by("ordinal")[0]
    attendance.arrive(sitting, mandates=stage.delegates[:PRESENT], by=stage.clerk)
    attendance.excuse(
        sitting, mandate=stage.delegates[PRESENT], reason="Ốm (minh họa)", by=stage.clerk
    )
    sitting = sittings.open_sitting(sitting, by=stage.chair)
    vote = votes.take(
        sitting,
        matter="agenda",
        subject="Thông qua chương trình kỳ họp thứ 4",
        for_count=PRESENT,
        against_count=0,
        not_voting_count=0,
        by=stage.clerk,
    )
    agenda.adopt(council_session, vote=vote, by=stage.clerk)
    first = council_session.items.filter(parent=None).order_by("position")[0]
    agenda.start_item(first, by=stage.clerk)
