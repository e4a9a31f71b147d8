"""The ballot committee: proposed by the presiding person, elected by the council."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from council.models import Mandate, SettingKey, User
from council.queries import setting_on
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit, rulebook
from elections.models import BallotCommittee, BallotCommitteeMember
from elections.queries import polls as queries
from elections.rules import committee as rules
from elections.services import decisions, locks
from sessions.models import Matter, OpenVote, Session

Members = Sequence[tuple[Mandate, str]]


def propose(council_session: Session, *, members: Members, by: User) -> BallotCommittee:
    """Write down whom the presiding person proposes; proposing again replaces the proposal.

    After one was elected, a proposal is for a new committee (somebody of the old one stands).

    Raises:
        Refusal: ``access.denied``, and those of `elections.rules.committee.check`: too few, no
            head or secretary, a delegate twice, not a delegate that day, one who stands.
    """
    council = council_session.term.council
    access.authorise(by, "committee.edit", council)
    with transaction.atomic():
        rulebook.refresh()
        council_session = Session.objects.select_for_update().get(pk=council_session.pk)
        check_members(council_session, members)
        committee = BallotCommittee.objects.filter(
            council_session=council_session, state=BallotCommittee.State.PROPOSED
        ).first()
        if committee is None:
            committee = BallotCommittee(
                council_session=council_session, ordinal=next_ordinal(council_session)
            )
            committee.full_clean()
            committee.save()
        BallotCommitteeMember.objects.filter(committee=committee).delete()
        BallotCommitteeMember.objects.bulk_create(
            BallotCommitteeMember(committee=committee, mandate=mandate, post=post)
            for mandate, post in members
        )
        committee.version += 1
        committee.save(update_fields=["version"])
        audit.record(
            "committee.propose",
            committee,
            by=by,
            council=council,
            after={"members": [f"{mandate.person} ({post})" for mandate, post in members]},
        )
    return committee


def elect(committee: BallotCommittee, *, vote: OpenVote, by: User) -> BallotCommittee:
    """The council elected the proposed committee by this open vote.

    Electing twice is refused. Who stands is checked again: a poll may have been prepared since.

    Raises:
        Refusal: ``access.denied``, ``committee.already_elected``, ``vote.wrong_matter``,
            ``vote.not_passed``, ``vote.of_another_session``, ``vote.already_used``, and those of
            `propose`.
    """
    council = committee.council_session.term.council
    access.authorise(by, "committee.edit", council)
    with transaction.atomic():
        committee = locks.committee(committee.pk)
        check_proposed(committee)
        decisions.check_vote(
            vote, council_session=committee.council_session, matters=(Matter.COMMITTEE,)
        )
        check_members(committee.council_session, stored_members(committee))
        committee.state, committee.open_vote = BallotCommittee.State.ELECTED, vote
        committee.elected_at = vote.closed_at or timezone.now()
        committee.full_clean()
        committee.save(update_fields=["state", "open_vote", "elected_at"])
        audit.record("committee.elect", committee, by=by, council=council, after={"vote": vote.pk})
    return committee


def elect_by_totals(
    committee: BallotCommittee,
    *,
    for_count: int,
    against_count: int,
    not_voting_count: int,
    by: User,
) -> BallotCommittee:
    """Record the open vote on the proposed committee and elect it where the vote passed.

    A lost vote is recorded like any other; the committee then stays proposed.

    Raises:
        Refusal: those of `elections.services.decisions.take` and of `elect`.
    """
    access.authorise(by, "committee.edit", committee.council_session.term.council)
    with transaction.atomic():
        check_proposed(committee)
        vote = decisions.take(
            committee.council_session,
            item=None,
            matter=Matter.COMMITTEE,
            subject="Bầu Ban kiểm phiếu",
            for_count=for_count,
            against_count=against_count,
            not_voting_count=not_voting_count,
            by=by,
        )
        return elect(committee, vote=vote, by=by) if vote.passed else committee


def check_proposed(committee: BallotCommittee) -> None:
    """Refuse a committee that was elected already."""
    if committee.state != BallotCommittee.State.PROPOSED:
        raise Refusal(
            "committee.already_elected",
            gettext_noop("Ban kiểm phiếu này đã được Hội đồng nhân dân bầu."),
        )


def next_ordinal(council_session: Session) -> int:
    """Which committee of the session this is, from 1."""
    highest = BallotCommittee.objects.filter(council_session=council_session).aggregate(
        highest=Max("ordinal")
    )["highest"]
    return (highest or 0) + 1


def stored_members(committee: BallotCommittee) -> Members:
    """The members as written down."""
    rows = BallotCommitteeMember.objects.filter(committee=committee)
    return [(row.mandate, row.post) for row in rows.select_related("mandate__person")]


def check_members(council_session: Session, members: Members) -> None:
    """Refuse a committee that may not count; on the session's first day, as it is then."""
    council, day = council_session.term.council, council_session.opens_on
    value, _source = setting_on(council, SettingKey.BALLOT_COMMITTEE_SIZE, day)
    rules.check_committee(
        [
            rules.Member(str(mandate.person_id), mandate.person.full_name, rules.Post(post))
            for mandate, post in members
        ],
        standing={str(person) for person in queries.standing_in_session(council_session)},
        level=council.level,
        on=day,
        minimum=int(value) if value else None,
    )
    check_delegates(council_session, members)


def check_delegates(council_session: Session, members: Members) -> None:
    """Everybody on the committee is a delegate of this term on the session's days."""
    seated = set(
        Mandate.objects.on(council_session.opens_on)
        .filter(term=council_session.term)
        .values_list("pk", flat=True)
    )
    for mandate, _post in members:
        if mandate.pk not in seated:
            raise Refusal(
                "committee.not_a_delegate",
                gettext_noop("%(name)s không phải đại biểu đương nhiệm vào ngày họp."),
                params={"name": mandate.person.full_name},
                field="members",
            )
