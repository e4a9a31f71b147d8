"""Hà Đông's 13th session, December 2023: every reported fact; all else labelled as made up.

Reported (product.md section 7): the confidence vote and the by-election of bà Trần Thị Lương An,
the indicators, shortcomings and the theme of 2024. Not reported, therefore invented and labelled:
the exact days, delegates' names, counts, numbers and texts of papers and resolutions.
"""

import tomllib
from datetime import date, time
from decimal import Decimal
from pathlib import Path

from django.utils import timezone

from council.models import Mandate, Tenure, User
from council.services import mandates, offices, people, structure
from elections.models import Poll
from elections.services import committee, counts, polls
from portal.management.demo import session_texts
from portal.management.demo.papers import add_papers
from portal.management.demo.stage import (
    PASSWORD,
    Stage,
    counters,
    fill_offices,
    on,
    open_stage,
    seat_delegates,
    tie_accounts,
    work_off,
)
from resolutions.models import Resolution
from resolutions.queries import texts
from resolutions.services import adoption, approvals, drafts, register, signing, signing_copies
from sessions.models import AgendaItem, OpenVote, Session, Sitting, Visibility
from sessions.services import agenda, attendance, indicators, notes, sessions, sittings, votes

FIRST_DAY, LAST_DAY = date(2023, 12, 12), date(2023, 12, 13)
TERM_STARTS, ABOLISHED = date(2021, 6, 28), date(2025, 6, 30)
DELEGATES, PRESENT = 35, 34
OFFICES = [
    ("council_chair", "Chủ tịch Hội đồng nhân dân quận Hà Đông", 1, 1),
    ("council_vice_chair", "Phó Chủ tịch Hội đồng nhân dân quận Hà Đông", 2, 1),
    ("committee_head", "Trưởng Ban Pháp chế", 1, 1),
    ("committee_head", "Trưởng Ban Kinh tế - Xã hội", 1, 1),
    ("pc_chair", "Chủ tịch Ủy ban nhân dân quận Hà Đông", 1, 1),
    ("pc_vice_chair", "Phó Chủ tịch Ủy ban nhân dân quận Hà Đông", 3, 2),
    ("pc_member", "Ủy viên Ủy ban nhân dân quận Hà Đông", 16, 8),
]
VICE_CHAIR = "Phó Chủ tịch Ủy ban nhân dân quận Hà Đông"
FACTS = tomllib.loads((Path(__file__).parent / "ha_dong.toml").read_text(encoding="utf-8"))


def tell(users: dict[str, User]) -> None:
    """Play the whole story, from the council's founding to its end in 2025."""
    with on(TERM_STARTS):
        stage = found(users)
    with on(date(2023, 11, 6)):
        council_session = prepare(stage)
    with on(FIRST_DAY, 8, 0):
        sitting = open_first_day(stage, council_session)
        members = committee.propose(council_session, members=counters(stage, 5), by=stage.clerk)
        vote = passed(stage, sitting, "committee", "Bầu Ban kiểm phiếu")
        register.start_series(stage.council, year=2023, kind="individual", last=10, by=stage.clerk)
        committee.elect(members, vote=vote, by=stage.clerk)
        confidence = confidence_vote(stage, council_session, sitting)
        election = by_election(stage, council_session, sitting)
        work_off()
        publish(stage, sitting, drafts.from_poll(confidence, by=stage.clerk))
        publish(stage, sitting, drafts.from_poll(election, by=stage.clerk))
        publish(stage, sitting, plan_of_2024(stage, council_session))
    with on(FIRST_DAY, 11, 30):
        sittings.close_sitting(sitting, by=stage.clerk)
        sessions.close_session(council_session, by=stage.clerk)
    with on(date(2023, 12, 15)):
        elected = Tenure.objects.get(
            person__full_name="Trần Thị Lương An", office__council=stage.council
        )
        if elected.approval == Tenure.Approval.TO_SEND:
            offices.record_sent(elected, sent_on=date(2023, 12, 15), by=stage.clerk)
        session_texts.write_minutes(stage, council_session, number="05/BB-HĐND")
        session_texts.write_summary(stage, council_session)
    with on(ABOLISHED, 17):
        wind_up(stage)


def found(users: dict[str, User]) -> Stage:
    """The council, its term, 35 sample delegates and the holders of its offices."""
    council = structure.found_council(
        slug="ha-dong",
        unit_kind="quan",
        unit_name="Hà Đông",
        level="district",
        seat="Hà Đông",
        existed_from=date(2009, 5, 8),
        existed_to=ABOLISHED,
        parent_name="Thành phố Hà Nội",
        by=users["quantri"],
    )
    term = structure.add_term(
        council,
        number=21,
        label="2021-2026",
        starts_on=TERM_STARTS,
        ends_on=ABOLISHED,
        statutory_delegates=DELEGATES,
        by=users["quantri"],
    )
    stage = open_stage(council, term=term, users=users)
    for place, name in enumerate(("Ban Pháp chế", "Ban Kinh tế - Xã hội"), start=1):
        structure.add_committee(term, name=name, position=place, by=stage.admin)
    seat_delegates(stage, DELEGATES, groups=7, starts_on=TERM_STARTS)
    fill_offices(stage, OFFICES, starts_on=TERM_STARTS, outsiders=6)
    tie_accounts(stage)
    return stage


def prepare(stage: Stage) -> Session:
    """The session from its template, approved by a second person and convened."""
    council_session = sessions.create(
        stage.term,
        kind="year_end",
        number=13,
        opens_on=FIRST_DAY,
        closes_on=LAST_DAY,
        place="Hội trường Ủy ban nhân dân quận Hà Đông",
        summary=FACTS["summary"],
        has_confidence_vote=True,
        has_election=True,
        by=stage.clerk,
    )
    sessions.describe(
        council_session, summary=FACTS["summary"], illustrative_note=FACTS["note"], by=stage.clerk
    )
    for kind, sentences in FACTS["story"].items():
        for text in sentences:
            notes.save(council_session, note=None, kind=kind, text=text, by=stage.clerk)
    for row in FACTS["indicators"]:
        figures = {name: Decimal(row[name]) for name in ("result", "stated_plan", "stated_prior")}
        indicators.save(
            council_session,
            **{**row, **figures},
            unit=FACTS["unit"],
            source=FACTS["source"],
            by=stage.clerk,
        )
    add_papers(stage, council_session, issued_on=timezone.localdate(), readers=Visibility.PUBLIC)
    sessions.submit(council_session, by=stage.clerk)
    sessions.approve(council_session, by=stage.approver)
    council_session = sessions.convene(council_session, notice_number="28/GTT-HĐND", by=stage.clerk)
    work_off()
    return council_session


def open_first_day(stage: Stage, council_session: Session) -> Sitting:
    """34 of 35 delegates are there; the sitting opens; the agenda is adopted."""
    sitting = council_session.sittings.order_by("ordinal").first()
    if sitting is None:
        sitting = sittings.plan(
            council_session, held_on=FIRST_DAY, part="morning", starts_at=time(8), by=stage.clerk
        )
    attendance.arrive(sitting, mandates=stage.delegates[:PRESENT], by=stage.clerk)
    attendance.excuse(
        sitting, mandate=stage.delegates[PRESENT], reason="Đi công tác (minh họa)", by=stage.clerk
    )
    sitting = sittings.open_sitting(sitting, by=stage.chair)
    vote = passed(stage, sitting, "agenda", "Thông qua chương trình kỳ họp thứ 13")
    agenda.adopt(council_session, vote=vote, by=stage.clerk)
    return sitting


def passed(stage: Stage, sitting: Sitting, matter: str, subject: str) -> OpenVote:
    """A unanimous open vote of those present."""
    return votes.take(
        sitting,
        matter=matter,
        subject=subject,
        for_count=PRESENT,
        against_count=0,
        not_voting_count=0,
        by=stage.clerk,
    )


def item_of(council_session: Session, kind: str) -> AgendaItem | None:
    """The agenda item of this kind."""
    return council_session.items.filter(kind=kind).order_by("pk").first()


def confidence_vote(stage: Stage, council_session: Session, sitting: Sitting) -> Poll:
    """The confidence vote: unremarkable, made-up counts."""
    poll = polls.prepare_confidence(
        council_session,
        item=item_of(council_session, "confidence_vote"),
        held_on=FIRST_DAY,
        title="Kết quả lấy phiếu tín nhiệm",
        by=stage.clerk,
    )
    vote = passed(
        stage, sitting, "subject_list", "Thông qua danh sách người được lấy phiếu tín nhiệm"
    )
    poll = polls.approve_list(poll, vote=vote, by=stage.clerk)
    return count(
        stage, poll, {entry.code: confidence_votes(n) for n, entry in enumerate(poll.entries.all())}
    )


def confidence_votes(index: int) -> dict[str, int]:
    """Made-up and unremarkable: 27 to 31 high, 3 to 6 confidence, at most one low of 34."""
    low = index % 2
    middle = 3 + index % 4
    return {"high": PRESENT - low - middle, "confidence": middle, "low": low}


def by_election(stage: Stage, council_session: Session, sitting: Sitting) -> Poll:
    """Bà Trần Thị Lương An is elected Vice Chairperson; the figures are made up."""
    candidate = people.add(
        stage.council,
        honorific="ba",
        full_name="Trần Thị Lương An",
        family_name="Trần",
        middle_name="Thị Lương",
        given_name="An",
        occupation="Trưởng phòng Tài chính quận Hà Đông",
        by=stage.clerk,
    )
    office = stage.offices[VICE_CHAIR]
    poll = polls.prepare_election(
        council_session,
        item=item_of(council_session, "election"),
        office=office,
        seats=1,
        title="Bầu bổ sung Phó Chủ tịch Ủy ban nhân dân quận",
        held_on=FIRST_DAY,
        by=stage.clerk,
    )
    nominator = next(t for t in stage.tenures if t.office.kind == "pc_chair")
    polls.nominate(
        poll,
        person=candidate,
        nominator=nominator,
        nominated_on=FIRST_DAY,
        post="Trưởng phòng Tài chính quận Hà Đông",
        submission=None,
        summary=None,
        by=stage.clerk,
    )
    vote = passed(stage, sitting, "personnel_list", "Thông qua danh sách người ứng cử")
    poll = polls.approve_list(poll, vote=vote, by=stage.clerk)
    return count(
        stage, poll, {entry.code: {"for": 33, "against": 1} for entry in poll.entries.all()}
    )


def count(stage: Stage, poll: Poll, figures: dict[str, dict[str, int]]) -> Poll:
    """Print, open, close, two independent counts that agree, confirmed by both members."""
    poll = polls.print_ballots(poll, printed=40, by=stage.clerk)
    poll = polls.open_poll(poll, by=stage.chair)
    poll = polls.close_poll(poll, by=stage.chair)
    totals = {
        "printed": 40,
        "issued": PRESENT,
        "unused": 40 - PRESENT,
        "spoiled": 0,
        "returned": PRESENT,
        "not_returned": 0,
        "valid": PRESENT,
        "invalid": 0,
    }
    lines = {
        (code, option): votes_ for code, row in figures.items() for option, votes_ in row.items()
    }
    for username in ("kiemphieu1", "kiemphieu2"):
        user = stage.users[username]
        own = counts.start(poll, by=user)
        own = counts.save_figures(
            own, totals=totals, lines=lines, remarks="", version=own.version, by=user
        )
        counts.submit(own, by=user)
    counts.agree(poll, by=stage.users["kiemphieu1"])
    counts.confirm(poll, by=stage.users["kiemphieu2"])
    poll.refresh_from_db()
    return poll


def plan_of_2024(stage: Stage, council_session: Session) -> Resolution:
    """The resolution on the tasks of 2024; its words are made up and labelled."""
    return drafts.create(
        council_session,
        item=item_of(council_session, "resolution_vote"),
        title="Về nhiệm vụ phát triển kinh tế - xã hội năm 2024 của quận Hà Đông",
        decisions=FACTS["tasks_of_2024"],
        by=stage.clerk,
    )


def publish(stage: Stage, sitting: Sitting, resolution: Resolution) -> None:
    """Submit, adopt, approve, sign; the worker's steps follow at once."""
    resolution = drafts.submit(resolution, by=stage.clerk)
    work_off()
    adoption.vote_on(
        resolution, for_count=PRESENT, against_count=0, not_voting_count=0, by=stage.clerk
    )
    work_off()
    resolution.refresh_from_db()
    copy = signing_copies.current(resolution)
    if copy is None:
        message = "the worker made no signing copy to approve"
        raise RuntimeError(message)
    approvals.approve(
        resolution, text_digest=texts.digest_of(resolution), pdf_sha256=copy.sha256,
        by=stage.approver,
    )  # fmt: skip
    signing.sign(resolution, password=PASSWORD, by=stage.chair)
    work_off()


def wind_up(stage: Stage) -> None:
    """District councils ended on 30 June 2025 (Law 72/2025 Art. 51), and offices with them."""
    for tenure in Tenure.objects.filter(office__council=stage.council, ends_on=None):
        offices.end(tenure, ends_on=ABOLISHED, reason=Tenure.EndReason.TERM_ENDED, by=stage.clerk)
    for mandate in Mandate.objects.filter(term=stage.term, ends_on=None):
        mandates.end(
            mandate, ends_on=ABOLISHED, reason=Mandate.EndReason.TERM_ENDED, by=stage.clerk
        )
