"""The plot of one probe council: what happens on which day, and what is never finished."""

from datetime import date, timedelta

from django.utils import timezone

from council.models import User
from council.services import mandates, offices, people, regulation
from elections.services import counts, polls
from portal.management.demo.stage import Stage, on, work_off
from portal.management.demo.tinh_mau import this_morning
from portal.management.probe import ballots, meetings, story
from portal.management.probe.words import Words
from resolutions.services import drafts, register
from sessions.models import Session, Visibility
from sessions.services import agenda, papers, sessions, sittings

DAYS_AGO, PREPARED, AHEAD = 60, 25, 40
"""The past session lies so many days back; papers go out so long before; the next one follows."""


def tell(words: Words, root: User, *, slug: str, today: date) -> Stage:
    """Found the council and play it up to this morning."""
    past = today - timedelta(days=DAYS_AGO)
    number = words.number(5, 12)
    with on(past - timedelta(days=PREPARED + 5)):
        stage = story.found(words, root, slug=slug, today=today)
    with on(past - timedelta(days=PREPARED)):
        books(stage, words, past)
        over = meetings.prepare(stage, words, number=number, opens_on=past)
        for readers in Visibility.values:
            meetings.add_paper(stage, words, over, readers=readers)
        over = meetings.convene(stage, words, over)
    with on(past):
        play(stage, words, over)
    with on(past + timedelta(days=1)):
        ballots.minutes(stage, words, over)
        ballots.press(stage, words, over, is_public=True)
        meetings.bind(stage, over)
    with on(today - timedelta(days=PREPARED)):
        running = meetings.prepare(stage, words, number=number + 1, opens_on=today)
        meetings.add_paper(stage, words, running, readers=Visibility.DELEGATES, is_table=True)
        running = meetings.convene(stage, words, running)
        meetings.prepare(stage, words, number=number + 2, opens_on=today + timedelta(days=AHEAD))
    hour, minute = this_morning(timezone.localtime())
    with on(today, hour, minute):
        run(stage, words, running)
    return stage


def books(stage: Stage, words: Words, past: date) -> None:
    """The council's books: a regulation, a suspension, somebody whom nobody knows."""
    regulation.set_regulation(
        stage.council, key="papers_days", value="5", effective_from=stage.term.starts_on,
        source=words.text("Quy chế số"), by=stage.admin,
    )  # fmt: skip
    register.start_series(
        stage.council, year=past.year, kind="individual", last=words.number(3, 40), by=stage.clerk
    )
    people.add(
        stage.council, honorific="ba", full_name=words.person(),
        occupation=words.text("Người chưa là ứng cử viên"), email=f"{words.word()}@example.org",
        by=stage.clerk,
    )  # fmt: skip
    offices.announce_retirement(
        stage.tenures[-1], announced_on=timezone.localdate(), by=stage.clerk
    )
    mandates.suspend(
        stage.delegates[-1], starts_on=past - timedelta(days=3),
        reason=words.text("Quyết định tạm đình chỉ"), by=stage.clerk,
    )  # fmt: skip
    work_off()


def play(stage: Stage, words: Words, held: Session) -> None:
    """The past session: results published, and some that never were."""
    sitting = meetings.open_day(stage, words, held)
    ballots.elect_committee(stage, words, held, sitting)
    shown = ballots.counted(stage, words, ballots.confidence(stage, words, held, sitting))
    ballots.published(stage, drafts.from_poll(shown, by=stage.clerk))
    ballots.published(stage, ballots.draft(stage, words, held))
    ballots.adopted(stage, ballots.draft(stage, words, held))
    ballots.sent_back(stage, words, ballots.draft(stage, words, held))
    gone = meetings.add_paper(stage, words, held, readers=Visibility.PUBLIC)
    papers.withdraw(gone, reason=words.text("Phát hành nhầm"), by=stage.approver)
    sittings.close_sitting(sitting, by=stage.clerk)
    sessions.close_session(held, by=stage.clerk)
    entry = register.reserve(
        stage.council, kind="individual", title=words.text("Giữ cho"), day=held.opens_on,
        by=stage.clerk,
    )  # fmt: skip
    register.void(entry, reason=words.text("Không ban hành"), by=stage.clerk)
    entry = register.reserve(
        stage.council, kind="individual", title=words.text("Văn bản giấy"), day=held.opens_on,
        by=stage.clerk,
    )  # fmt: skip
    register.use_on_paper(
        entry, issued_on=held.opens_on, signatory=words.person(), recipients=words.text("Sở"),
        by=stage.clerk,
    )  # fmt: skip
    work_off()


def run(stage: Stage, words: Words, held: Session) -> None:
    """The session of today: one poll is being counted, one is being prepared."""
    sitting = meetings.open_day(stage, words, held)
    first = held.items.filter(parent=None).order_by("position")[0]
    agenda.start_item(first, by=stage.clerk)
    ballots.elect_committee(stage, words, held, sitting)
    kept = ballots.counted(stage, words, ballots.election(stage, words, held, sitting))
    drafts.from_poll(kept, by=stage.clerk)  # the result stays in the house
    poll = ballots.opened(stage, ballots.election(stage, words, held, sitting))
    poll = polls.close_poll(poll, by=stage.chair)
    counter = stage.users["kiemphieu1"]
    own = counts.start(poll, by=counter)
    counts.save_figures(
        own, totals={}, lines={}, remarks=words.text("Ý kiến khi kiểm"), version=own.version,
        by=counter,
    )  # fmt: skip
    ballots.election(stage, words, held, None)
    ballots.press(stage, words, held, is_public=False)
    ballots.draft(stage, words, held)
    work_off()
