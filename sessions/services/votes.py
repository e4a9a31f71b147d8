"""Open votes: by totals in one step, or by name; base all delegates, majority by the matter."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from council.models import User
from council.rules import short_council
from council.rules.law import Provision
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit
from sessions.models import AgendaItem, OpenVote, OpenVoteChoice, Sitting
from sessions.queries import sittings as queries
from sessions.queries import votes as vote_queries
from sessions.rules import open_votes as rules
from sessions.rules import quorum
from sessions.services import sittings

FIELDS = (
    "matter",
    "subject",
    "method",
    "state",
    "total_delegates",
    "present",
    "for_count",
    "against_count",
    "not_voting_count",
    "needed",
    "passed",
    "rule_id",
)


def take(
    sitting: Sitting,
    *,
    item: AgendaItem | None = None,
    matter: str,
    subject: str,
    for_count: int,
    against_count: int,
    not_voting_count: int,
    newest_seen: int | None = None,
    by: User,
) -> OpenVote:
    """Record an open vote by its totals, opened and closed in one step.

    Args:
        newest_seen: key of the sitting's newest vote when the form was opened, 0 for none; a
            second click then meets the first one's vote and is refused. None: do not ask.

    Raises:
        Refusal: ``access.denied``, ``open_vote.no_sitting``, ``open_vote.just_recorded``,
            ``open_vote.another_open``, ``open_vote.other_session``, ``quorum.not_met``, and those
            of `sessions.rules.open_votes.check` (the sum that fails is named).
    """
    access.authorise(by, "open_vote.edit", sittings.council_of(sitting))
    with transaction.atomic():
        sitting = sittings.lock(sitting)
        check_newest(sitting, newest_seen)
        vote = begin(
            sitting, item=item, matter=matter, subject=subject, method=OpenVote.Method.TOTALS, by=by
        )
        finish(vote, for_count, against_count, not_voting_count)
        vote.full_clean()
        vote.save()
        record("open_vote.take", vote, by=by)
    return vote


def open_by_name(
    sitting: Sitting, *, item: AgendaItem | None = None, matter: str, subject: str, by: User
) -> OpenVote:
    """Open a vote whose choices are written down by name; the hall as it is now is the base.

    Raises:
        Refusal: ``access.denied``, ``open_vote.no_sitting``, ``open_vote.another_open``,
            ``open_vote.other_session``, ``quorum.not_met``.
    """
    access.authorise(by, "open_vote.edit", sittings.council_of(sitting))
    with transaction.atomic():
        sitting = sittings.lock(sitting)
        vote = begin(
            sitting,
            item=item,
            matter=matter,
            subject=subject,
            method=OpenVote.Method.BY_NAME,
            by=by,
        )
        vote.full_clean()
        vote.save()
        record("open_vote.open", vote, by=by)
    return vote


def close_by_name(vote: OpenVote, *, choices: Mapping[int, str], by: User) -> OpenVote:
    """Close a vote by name. Closing twice is refused.

    `choices` is option by mandate key; who was present and is not named did not vote.

    Raises:
        Refusal: ``access.denied``, ``open_vote.closed``, ``open_vote.absent_voter``.
    """
    access.authorise(by, "open_vote.edit", sittings.council_of(vote.sitting))
    with transaction.atomic():
        vote = lock(vote)
        check_open(vote)
        there = frozenset(
            queries.presences_at(vote.sitting, vote.opened_at).values_list("mandate", flat=True)
        )
        counted = rules.tally(choices, there)
        finish(vote, *counted)
        vote.full_clean()
        vote.save()
        OpenVoteChoice.objects.bulk_create(
            OpenVoteChoice(
                vote=vote, mandate_id=pk, option=choices.get(pk, rules.VoteOption.NOT_VOTING)
            )
            for pk in sorted(there)
        )
        record("open_vote.close", vote, by=by)
    return vote


def begin(
    sitting: Sitting, *, item: AgendaItem | None, matter: str, subject: str, method: str, by: User
) -> OpenVote:
    """A vote on the hall as it is now: an open sitting, a quorum, all delegates as the base.

    Raises:
        Refusal: ``open_vote.no_sitting``, ``quorum.not_met``, ``council.too_few_delegates`` (less
            than a third of the statutory number, Law 72/2025 Art. 49(2)), and of what is checked.
    """
    if sitting.state != Sitting.State.OPEN:
        raise Refusal(
            "open_vote.no_sitting",
            gettext_noop(
                "Chỉ biểu quyết khi phiên họp đang mở. Mở phiên họp hoặc tiếp tục phiên đang nghỉ."
            ),
        )
    check_item(sitting, item)
    check_no_other(sitting)
    moment = timezone.now()
    here = queries.quorum_of(sitting, moment)
    quorum.check_quorum(here)
    short_council.check_may_decide(vote_queries.strength(sitting.council_session, sitting.held_on))
    return OpenVote(
        council_session=sitting.council_session,
        sitting=sitting,
        item=item,
        matter=matter,
        subject=subject,
        method=method,
        opened_at=moment,
        total_delegates=here.total,
        present=here.present,
        recorded_by=by,
    )


def check_item(sitting: Sitting, item: AgendaItem | None) -> None:
    """Refuse an item of another session's agenda."""
    if item is not None and item.council_session_id != sitting.council_session_id:
        raise Refusal(
            "open_vote.other_session",
            gettext_noop("Nội dung được chọn thuộc kỳ họp khác. Hãy chọn lại."),
            field="item",
        )


def check_no_other(sitting: Sitting) -> None:
    """Refuse while a vote by name still waits for its choices: one matter at a time."""
    other = sitting.open_votes.filter(state=OpenVote.State.OPEN).first()
    if other is not None:
        raise Refusal(
            "open_vote.another_open",
            gettext_noop("Đang biểu quyết “%(subject)s”. Ghi kết quả đó trước đã."),
            params={"subject": other.subject},
        )


def check_newest(sitting: Sitting, newest_seen: int | None) -> None:
    """Refuse when a vote was recorded after the form was opened: perhaps this very one."""
    newest = sitting.open_votes.order_by("-pk").first()
    if newest_seen is None or newest is None or newest.pk == newest_seen:
        return
    raise Refusal(
        "open_vote.just_recorded",
        gettext_noop(
            "Biểu quyết “%(subject)s” vừa được ghi lúc %(at)s. Nếu đây là một biểu quyết khác, hãy "
            "kiểm tra rồi bấm ghi lần nữa."
        ),
        params={"subject": newest.subject, "at": f"{timezone.localtime(newest.opened_at):%H:%M}"},
    )


def finish(vote: OpenVote, for_count: int, against_count: int, not_voting_count: int) -> None:
    """Set the counts, the rule and the result; refuse counts that cannot be true."""
    rule = rule_of(vote)
    count = rules.OpenCount(
        for_count, against_count, not_voting_count, vote.present, vote.total_delegates
    )
    result = rules.result(count, rule.needed_threshold)
    vote.for_count, vote.against_count, vote.not_voting_count = (
        for_count,
        against_count,
        not_voting_count,
    )
    vote.needed, vote.passed = result.needed, result.passed
    vote.rule_id, vote.rule_article = rule.id, rule.article[:200]
    vote.state, vote.closed_at = OpenVote.State.CLOSED, closing_moment(vote.opened_at)
    vote.version += 1


def closing_moment(opened_at: datetime) -> datetime:
    """Now, but never before the opening."""
    return max(opened_at, timezone.now())


def rule_of(vote: OpenVote) -> Provision:
    """The majority that the matter needs, by the law of the sitting's day."""
    return vote_queries.rule_for(vote.sitting, vote.matter)


def lock(vote: OpenVote) -> OpenVote:
    """The vote as it stands, locked."""
    return (
        OpenVote.objects.select_for_update(of=("self",))
        .select_related("sitting__council_session__term__council", "council_session__term__council")
        .get(pk=vote.pk)
    )


def check_open(vote: OpenVote) -> None:
    """Refuse to touch a vote that has its result."""
    if vote.state == OpenVote.State.CLOSED:
        raise Refusal(
            "open_vote.closed", gettext_noop("Biểu quyết này đã có kết quả, không sửa được.")
        )


def record(verb: str, vote: OpenVote, *, by: User) -> None:
    """Write the audit row; open votes are public, so their figures may stand in it."""
    council = vote.council_session.term.council
    audit.record(verb, vote, by=by, council=council, after=audit.snapshot(vote, FIELDS))
