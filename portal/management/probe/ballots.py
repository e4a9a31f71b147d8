"""Polls and resolutions of a probe council, in every state that a reader may meet."""

from council.models import Tenure
from elections.models import Poll
from elections.services import committee, counts, polls
from portal.management.demo.stage import Stage, counters, work_off
from portal.management.probe.meetings import passed
from portal.management.probe.story import OFFICES, password_of
from portal.management.probe.words import Words
from resolutions.models import Resolution, SessionText
from resolutions.queries import session_texts as text_queries
from resolutions.queries import texts
from resolutions.rules import session_texts as text_rules
from resolutions.rules.grown_text import Edit, fingerprint
from resolutions.services import (
    adoption,
    approvals,
    drafts,
    session_text_approvals,
    session_texts,
    signing,
    signing_copies,
)
from sessions.models import Session, Sitting

PRINTED_MORE, MEMBERS = 4, 7


def elect_committee(stage: Stage, words: Words, held: Session, sitting: Sitting) -> None:
    """Five delegates count; the accounts of two of them are known."""
    members = committee.propose(held, members=counters(stage, MEMBERS), by=stage.clerk)
    committee.elect(members, vote=passed(stage, words, sitting, "committee"), by=stage.clerk)


def confidence(stage: Stage, words: Words, held: Session, sitting: Sitting) -> Poll:
    """A confidence vote whose list is approved."""
    poll = polls.prepare_confidence(
        held, item=held.items.filter(kind="confidence_vote").first(), held_on=held.opens_on,
        title=words.text("Kết quả lấy phiếu tín nhiệm"), by=stage.clerk,
    )  # fmt: skip
    vote = passed(stage, words, sitting, "subject_list")
    return polls.approve_list(poll, vote=vote, by=stage.clerk)


def election(stage: Stage, words: Words, held: Session, sitting: Sitting | None) -> Poll:
    """An election of one vice chair; without a sitting it stays a draft."""
    poll = polls.prepare_election(
        held, item=held.items.filter(kind="election").first(),
        office=stage.offices["pc_vice_chair"], seats=1,
        title=words.text("Bầu bổ sung Phó Chủ tịch"), held_on=held.opens_on, by=stage.clerk,
    )  # fmt: skip
    candidate = stage.delegates[len(OFFICES) + MEMBERS + words.number(1, 9)].person
    polls.nominate(
        poll, person=candidate, nominator=nominator(stage), nominated_on=held.opens_on,
        post=words.text("Giám đốc Sở"), submission=None, summary=None, by=stage.clerk,
    )  # fmt: skip
    if sitting is None:
        return poll
    vote = passed(stage, words, sitting, "personnel_list")
    return polls.approve_list(poll, vote=vote, by=stage.clerk)


def nominator(stage: Stage) -> Tenure:
    """Who may propose a member of the people's committee: its chair."""
    return next(tenure for tenure in stage.tenures if tenure.office.kind == "pc_chair")


def opened(stage: Stage, poll: Poll) -> Poll:
    """Papers printed, the poll open."""
    present = len(stage.delegates) - 3
    poll = polls.print_ballots(poll, printed=present + PRINTED_MORE, by=stage.clerk)
    return polls.open_poll(poll, by=stage.chair)


def counted(stage: Stage, words: Words, poll: Poll, *, low: int = 0) -> Poll:
    """Opened, closed, counted twice with remarks, agreed and confirmed.

    `low`: of how many papers the first person gets the lowest answer.
    """
    poll = polls.close_poll(opened(stage, poll), by=stage.chair)
    present = len(stage.delegates) - 3
    totals = {
        "printed": present + PRINTED_MORE, "issued": present, "unused": PRINTED_MORE, "spoiled": 0,
        "returned": present, "not_returned": 0, "valid": present, "invalid": 0,
    }  # fmt: skip
    lines = {}
    for place, entry in enumerate(poll.entries.order_by("position")):
        for option, number in shares(words, poll, present, low if place == 0 else 0).items():
            lines[entry.code, option] = number
    for key in ("kiemphieu1", "kiemphieu2"):
        user = stage.users[key]
        own = counts.start(poll, by=user)
        own = counts.save_figures(
            own, totals=totals, lines=lines, remarks=words.text("Ý kiến của đại biểu"),
            version=own.version, by=user,
        )  # fmt: skip
        counts.submit(own, by=user)
    counts.agree(poll, by=stage.users["kiemphieu1"])
    counts.confirm(poll, by=stage.users["kiemphieu2"])
    work_off()
    poll.refresh_from_db()
    return poll


def shares(words: Words, poll: Poll, present: int, low: int) -> dict[str, int]:
    """How the papers of one line divide."""
    few = words.number(1, 4)
    if poll.kind == "confidence":
        return {"high": present - low - few, "confidence": few, "low": low}
    return {"for": present - few, "against": few}


def draft(stage: Stage, words: Words, held: Session) -> Resolution:
    """A resolution whose first wording was another one: the version keeps what is gone."""
    made = drafts.create(
        held, title=words.text("Về nhiệm vụ"), decisions=words.text("Giao nhiệm vụ cho"),
        by=stage.clerk,
    )  # fmt: skip
    return reworded(stage, words, made)


def reworded(stage: Stage, words: Words, made: Resolution) -> Resolution:
    """The draft with other words in every text of its own."""
    made = drafts.edit(
        made, title=words.text("Về nhiệm vụ phát triển"),
        bases=f"{made.bases}\n{words.text('Xét Tờ trình của')};", body=texts.body_of(made),
        closing=words.text("Nghị quyết này được thông qua"),
        recipients=f"{made.recipients}\n{words.text('Sở')};", signatory_post=words.text("CHỦ TỊCH"),
        signatory_name=made.signatory_name, by=stage.clerk,
    )  # fmt: skip
    return Resolution.objects.get(pk=made.pk)


def adopted(stage: Stage, made: Resolution) -> Resolution:
    """Submitted and carried by the council; its signing copy made."""
    made = drafts.submit(made, by=stage.clerk)
    work_off()
    adoption.vote_on(
        made, for_count=len(stage.delegates) - 3, against_count=0, not_voting_count=0,
        by=stage.clerk,
    )  # fmt: skip
    work_off()
    made.refresh_from_db()
    return made


def sent_back(stage: Stage, words: Words, made: Resolution) -> Resolution:
    """Submitted, and given back with a reason."""
    made = drafts.submit(made, by=stage.clerk)
    return approvals.send_back(made, reason=words.text("Sửa lại"), by=stage.approver)


def published(stage: Stage, made: Resolution) -> Resolution:
    """Adopted, approved, signed; the worker's steps follow at once."""
    made = adopted(stage, made)
    copy = signing_copies.current(made)
    assert copy is not None  # noqa: S101 - the worker made it just now
    approvals.approve(
        made, text_digest=texts.digest_of(made), pdf_sha256=copy.sha256, by=stage.approver
    )
    signing.sign(made, password=password_of(stage.chair.username), by=stage.chair)
    work_off()
    made.refresh_from_db()
    return made


def minutes(stage: Stage, words: Words, held: Session) -> SessionText:
    """Drafted, the discussion added by the clerk, approved, signed on paper: delegates read it."""
    text = session_texts.start(
        held, kind="minutes", presiding=text_queries.default_presiding(held),
        secretaries=f"bà {words.person()}, chuyên viên", by=stage.clerk,
    )  # fmt: skip
    item = held.items.order_by("position", "pk").first()
    edits = [Edit("", words.text("Ý kiến thảo luận"), after=f"item.{item.pk}" if item else "")]
    head = {"number": (f"{words.number(1, 99)}/BB-HĐND", fingerprint(""))}
    text = agreed(stage, session_texts.save(text, edits=edits, head=head, by=stage.clerk))
    text = session_text_approvals.record_signature(
        text, signed_on=held.closes_on, presiding=text_rules.name_to_sign(text.presiding),
        secretary=text_rules.name_to_sign(text.secretaries), by=stage.clerk,
    )  # fmt: skip
    work_off()
    return text


def press(stage: Stage, words: Words, held: Session, *, is_public: bool) -> SessionText:
    """The press summary with a sentence of the clerk's; sent back unless everybody may read it."""
    text = session_texts.start(held, kind="press", by=stage.clerk)
    edits = [Edit("", words.text("Câu do thư ký viết"), after="")]
    text = session_texts.save(text, edits=edits, head={}, by=stage.clerk)
    if is_public:
        return agreed(stage, text)
    text = session_texts.submit(text, by=stage.clerk)
    return session_text_approvals.send_back(text, reason=words.text("Sửa"), by=stage.approver)


def agreed(stage: Stage, text: SessionText) -> SessionText:
    """Submitted and approved by a second person."""
    text = session_texts.submit(text, by=stage.clerk)
    session_text_approvals.approve(text, digest=text.digest, by=stage.approver)
    work_off()
    text.refresh_from_db()
    return text
