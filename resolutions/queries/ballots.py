"""Facts for the resolution that confirms any secret ballot without a skeleton of its own."""

from collections.abc import Iterator
from typing import Final

from django.utils import translation

from council.models import EndApproval
from council.rules.majorities import Base
from elections.models import Act, Outcome, OutcomeLine, Poll, PollKind, PollPost
from elections.queries import paper_words, posts
from elections.rules.polls import labels_of
from resolutions.queries import outcomes
from resolutions.rules import bases
from resolutions.rules.ballots import VoteFacts, VoteLine
from resolutions.rules.facts import PaperRef

PASSED: Final = "passed"
VERBS: Final = {Act.DISMISSAL: "Miễn nhiệm", Act.REMOVAL: "Bãi nhiệm"}


def vote_facts(poll: Poll, outcome: Outcome) -> VoteFacts:
    """What the resolution confirming the poll says; the minutes bear the day of the poll."""
    with translation.override(outcomes.VIETNAMESE):
        count, written = outcome.count, posts.posts_of(poll)
        lines = outcomes.lines_of(poll)
        approvers = list(dict.fromkeys(approvals_of(poll, lines)))
        return VoteFacts(
            what=paper_words.subject_in_minutes(poll, written),
            lines=tuple(vote_line(poll, line, several=len(written) > 1) for line in lines),
            issued=count.issued or 0, returned=count.returned or 0, valid=count.valid or 0,
            invalid=count.invalid or 0, base=Base(outcome.base), base_value=outcome.base_value,
            counting_minutes_on=poll.held_on,
            decisions=tuple(decision for line in lines if (decision := decided(poll, line))),
            other_bases=other_bases(poll, written),
            papers=tuple(dict.fromkeys(papers_of(lines))),
            approver=" và ".join(approvers),
            send_article=outcomes.send_article(poll) if approvers else "",
            people=() if poll.kind == PollKind.ELECTION else tuple(map(called, lines)),
        )  # fmt: skip


def other_bases(poll: Poll, written: list[PollPost]) -> tuple[str, ...]:
    """What the law of the day adds to the law on organisation."""
    if poll.kind == PollKind.NO_CONFIDENCE:
        return bases.confidence_vote(poll.held_on)
    of_committee = [post.office.kind not in paper_words.COUNCIL_OFFICES for post in written]
    return bases.election(poll.held_on, of_peoples_committee=any(of_committee))


def vote_line(poll: Poll, line: OutcomeLine, *, several: bool) -> VoteLine:
    """The person with what was marked on the papers."""
    office = posts.office_of(poll, line.entry) if several else None
    post = f", {line.entry.post}" if line.entry.post else ""
    return VoteLine(
        named=f"{called(line)}{post}",
        votes=tuple(
            (label, int(line.votes.get(option, 0))) for option, label in labels_of(poll.kind)
        ),
        heading=office.title if office else "",
    )


def called(line: OutcomeLine) -> str:
    """``ông Nguyễn Văn Mẫu``."""
    person = line.entry.person
    return f"{person.get_honorific_display()} {person.full_name}".strip()


def decided(poll: Poll, line: OutcomeLine) -> str:
    """What the council decided of one person, by the verdict that is frozen."""
    match PollKind(poll.kind):
        case PollKind.DISMISSAL:
            return decided_on_holder(poll, line)
        case PollKind.REMOVAL:
            verb = "Bãi nhiệm" if line.verdict == PASSED else "Không bãi nhiệm"
            delegates = paper_words.delegates_of(poll.council_session.term)
            return f"{verb} {delegates} đối với {called(line)}"
        case PollKind.NO_CONFIDENCE | PollKind.ELECTION | PollKind.CONFIDENCE:
            cited = f" ({line.article})" if line.article else ""
            said = f"{line.consequence[:1].lower()}{line.consequence[1:]}".rstrip(".")
            return f"Đối với {called(line)}: {said}{cited}"


def decided_on_holder(poll: Poll, line: OutcomeLine) -> str:
    """Dismissed, removed from office or let go; or not."""
    term = poll.council_session.term
    tenure = line.entry.tenure
    office = paper_words.office_name(term.council, tenure.office) if tenure else line.entry.post
    where, act = f"{office}, {paper_words.years_of(term)}", Act(poll.act)
    if act is Act.RESIGNATION:
        verb = "Đồng ý" if line.verdict == PASSED else "Không đồng ý"
        return f"{verb} cho {called(line)} thôi giữ chức vụ {where}"
    verb = VERBS[act] if line.verdict == PASSED else f"Không {VERBS[act].lower()}"
    return f"{verb} chức vụ {where} đối với {called(line)}"


def papers_of(lines: list[OutcomeLine]) -> Iterator[PaperRef]:
    """What was put before the council: submissions and requests, in the order of the paper."""
    for line in lines:
        for ground in ("motion", "nomination"):
            submission = getattr(getattr(line.entry, ground, None), "submission", None)
            if submission is not None:
                yield outcomes.paper_ref(submission)
        motion = getattr(line.entry, "motion", None)
        if motion is not None and motion.resignation is not None:
            asked = motion.resignation
            yield PaperRef(
                name="Đơn xin thôi giữ chức vụ", issued_on=asked.requested_on, issuer=called(line)
            )


def approvals_of(poll: Poll, lines: list[OutcomeLine]) -> Iterator[str]:
    """Who approves what the poll ended, by name."""
    tenures = [line.entry.tenure_id for line in lines if line.verdict == PASSED]
    asked = EndApproval.objects.filter(tenure__in=tenures, ended_on=poll.held_on)
    for row in asked.exclude(state=EndApproval.State.VOID).order_by("pk"):
        yield outcomes.named_approver(poll.council_session.term.council, row.approver)
