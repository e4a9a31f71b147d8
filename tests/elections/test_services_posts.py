"""Several posts on one paper: written down, changed, voted on and filled each for itself."""

from datetime import date

import pytest

from council.models import AuditEntry, CouncilSetting, Office, Tenure
from council.rules.refusals import Refusal
from elections.models import Poll, PollPost
from elections.queries import exports, papers, results
from elections.queries import polls as queries_of_polls
from elections.queries import posts as queries
from elections.queries import rounds as round_queries
from elections.services import polls, posts, reelections, rounds
from resolutions.queries import outcomes as resolution_facts
from tests.elections import stage as staging
from tests.elections.stage import DAY, Stage

pytestmark = pytest.mark.django_db
VICE, HEAD = "council_vice_chair", "committee_head"


@pytest.fixture
def stage() -> Stage:
    return staging.build()


def free(stage: Stage, title: str) -> Office:
    """An office whose holder left before the day."""
    held = stage.cast.tenures[title]
    Tenure.objects.filter(pk=held.pk).update(ends_on="2028-12-01", end_reason="retired")
    return stage.cast.offices[title]


def two_posts(stage: Stage) -> tuple[Poll, PollPost, PollPost]:
    """One seat of a vice chair of the council, and a committee head, on one paper."""
    poll = staging.election(stage, kind=VICE)
    head = free(stage, "Trưởng Ban Pháp chế")
    second = posts.add(poll, office=head, seats=1, by=stage.user("clerk"))
    return poll, poll.posts.get(position=1), second


def stands(stage: Stage, poll: Poll, post: PollPost | None, person: int) -> str:
    entry = polls.nominate(
        poll, person=stage.cast.people[person],
        nominator=staging.nominator(stage, "council_chair"), nominated_on=DAY, post="Đại biểu",
        submission=None, summary=None, poll_post=post, by=stage.user("clerk"),
    )  # fmt: skip
    return entry.code


def refused(call, *args, **kwargs) -> str:
    with pytest.raises(Refusal) as refusal:
        call(*args, **kwargs)
    return refusal.value.code


def test_an_election_has_its_one_post_from_the_start(stage: Stage) -> None:
    poll = staging.election(stage, seats=2)
    (post,) = poll.posts.all()
    assert (post.office, post.seats, post.position) == (poll.office, 2, 1)
    assert not queries.has_several(poll)


def test_another_post_joins_the_paper_and_the_sum_of_seats_follows(stage: Stage) -> None:
    poll, first, second = two_posts(stage)
    poll.refresh_from_db()
    assert (poll.office, poll.seats) == (first.office, 2)
    assert (second.position, queries.has_several(poll)) == (2, True)
    assert "Trưởng Ban Pháp chế" in AuditEntry.objects.get(verb="poll.post_add").payload
    posts.remove(second, by=stage.user("clerk"))
    poll.refresh_from_db()
    assert (poll.seats, poll.posts.count()) == (1, 1)


def test_seats_of_a_post_change_within_what_is_free(stage: Stage) -> None:
    poll = staging.election(stage)
    post = poll.posts.get()
    posts.set_seats(post, seats=3, by=stage.user("clerk"))
    poll.refresh_from_db()
    assert poll.seats == 3
    assert refused(posts.set_seats, post, seats=4, by=stage.user("clerk")) == "office.no_free_seat"


def test_a_post_is_refused_where_it_does_not_fit(stage: Stage) -> None:
    poll, first, second = two_posts(stage)
    clerk = stage.user("clerk")
    taken = stage.cast.offices["Trưởng Ban Kinh tế - Ngân sách"]
    strange = Office.objects.create(
        council=stage.cast.other_council, kind="pc_chair", title="Chủ tịch"
    )
    add = {"seats": 1, "by": clerk}
    assert refused(posts.add, poll, office=first.office, **add) == "post.twice"
    assert refused(posts.add, poll, office=taken, **add) == "office.no_free_seat"
    assert refused(posts.add, poll, office=strange, **add) == "office.of_another_council"
    denied = {"office": taken, "seats": 1, "by": stage.user("delegate")}
    assert refused(posts.add, poll, **denied) == "access.denied"
    confidence = staging.confidence(stage)
    assert refused(posts.add, confidence, office=taken, **add) == "nomination.not_an_election"
    stands(stage, poll, second, 20)
    assert refused(posts.remove, second, by=clerk) == "post.has_candidates"
    alone = staging.election(stage)
    assert refused(posts.remove, alone.posts.get(), by=clerk) == "post.last"


def test_a_candidate_names_the_post_and_must_fit_it(stage: Stage) -> None:
    poll, first, second = two_posts(stage)
    assert refused(stands, stage, poll, None, 20) == "nomination.which_post"
    other = staging.election(stage).posts.get()
    assert refused(stands, stage, poll, other, 20) == "nomination.post_of_another_poll"
    assert refused(stands, stage, poll, second, 36) == "nomination.not_a_delegate"
    stands(stage, poll, second, 20)
    assert refused(stands, stage, poll, first, 20) == "entry.person_twice"


def test_lines_stand_post_by_post_and_by_name_within_each(stage: Stage) -> None:
    poll, first, second = two_posts(stage)
    for post, person in ((second, 21), (first, 30), (second, 20), (first, 22)):
        stands(stage, poll, post, person)
    rows = list(poll.entries.order_by("position").select_related("person", "poll_post"))
    assert [row.poll_post for row in rows] == [first, first, second, second]
    names = [row.person.sort_key for row in rows]
    assert names[:2] == sorted(names[:2])
    assert names[2:] == sorted(names[2:])


def test_a_list_is_not_closed_while_a_post_has_nobody(stage: Stage) -> None:
    poll, first, _second = two_posts(stage)
    stands(stage, poll, first, 20)
    assert refused(staging.approved, stage, poll) == "poll.empty_post"


def failed_second(stage: Stage) -> Poll:
    """The vice chair is elected; for the committee nobody of two."""
    poll, first, second = two_posts(stage)
    codes = [stands(stage, poll, first, 30), stands(stage, poll, first, 31)]
    others = [stands(stage, poll, second, 20), stands(stage, poll, second, 21)]
    votes = dict(zip([*codes, *others], (25, 7, 17, 15), strict=True))
    changes = {
        (code, option): count if option == "for" else 32 - count
        for code, count in votes.items()
        for option in ("for", "against")
    }
    return staging.agreed(stage, poll, changes=changes).poll


def test_each_post_has_its_own_majority_and_the_elected_takes_that_office(stage: Stage) -> None:
    poll = failed_second(stage)
    verdicts = {
        line.entry.person_id: line.verdict for line in poll.outcome.lines.select_related("entry")
    }
    people = stage.cast.people
    assert verdicts == {
        people[30].pk: "elected", people[31].pk: "not_elected",
        people[20].pk: "not_elected", people[21].pk: "not_elected",
    }  # fmt: skip
    (tenure,) = Tenure.objects.filter(outcome_line__outcome__poll=poll)
    assert (tenure.office.kind, tenure.approval) == (VICE, "to_send")
    assert poll.outcome.digest == results.digest_of(
        poll, poll.outcome.count, results.decide(poll, poll.outcome.count)
    )
    PollPost.objects.filter(poll=poll, position=2).update(seats=2)
    assert poll.outcome in results.wrong_outcomes(), "seats of a post belong to the fingerprint"


def test_the_paper_the_minutes_and_the_export_tell_the_posts_apart(stage: Stage) -> None:
    poll, first, second = two_posts(stage)
    one, two = stands(stage, poll, first, 30), stands(stage, poll, second, 20)
    sheet = papers.ballot_sheet(poll)
    assert [entry.code for entry in sheet.entries] == [one, two]
    outcome = staging.agreed(stage, poll, changes=staging.votes_for({one: 30, two: 20}))
    poll = queries_of_polls.polls_of(stage.cast.council).get(pk=poll.pk)
    outcome = queries_of_polls.outcome_of(poll)
    blocks = [line.block for line in papers.tally_sheet(poll, outcome).lines]
    assert blocks[0].startswith("Phó Chủ tịch Hội đồng nhân dân")
    assert blocks[1].startswith("Trưởng Ban Pháp chế")
    exported = exports.posts_of(poll, list(outcome.lines.all()))
    assert [(post.seats, post.entries) for post in exported] == [(1, (one,)), (1, (two,))]


def test_the_resolution_names_each_office_and_each_approver(stage: Stage) -> None:
    poll, first, second = two_posts(stage)
    one, two = stands(stage, poll, first, 30), stands(stage, poll, second, 20)
    poll = staging.agreed(stage, poll, changes=staging.votes_for({one: 30, two: 20})).poll
    facts = resolution_facts.election_facts(queries_of_polls.polls_of(stage.cast.council).get())
    assert facts.office == (
        "Phó Chủ tịch Hội đồng nhân dân tỉnh Thử, Trưởng Ban Pháp chế Hội đồng nhân dân tỉnh Thử"
    )
    assert [person.office for person in facts.elected] == facts.office.split(", ")
    assert facts.elected[0].named.endswith(
        "Đại biểu, giữ chức vụ Phó Chủ tịch Hội đồng nhân dân tỉnh Thử"
    )
    assert facts.approver == "Ủy ban Thường vụ Quốc hội"
    assert not facts.is_of_peoples_committee


def test_only_the_open_post_goes_on_with_its_candidates(stage: Stage) -> None:
    first = failed_second(stage)
    following = rounds.prepare_next(first, by=stage.user("clerk"))
    (post,) = following.posts.all()
    assert (post.office.title, post.seats) == ("Trưởng Ban Pháp chế", 1)
    assert (following.office, following.seats, following.round) == (post.office, 1, 2)
    people = stage.cast.people
    assert {entry.person_id for entry in following.entries.all()} == {people[20].pk, people[21].pk}
    assert all(entry.poll_post == post for entry in following.entries.all())
    assert all(entry.nomination.article for entry in following.entries.all())
    assert refused(
        posts.add, following, office=stage.cast.offices[VICE], seats=1, by=stage.user("clerk")
    ) == "post.in_a_round"  # fmt: skip


def test_the_council_may_let_fewer_go_on_but_nobody_else(stage: Stage) -> None:
    first, clerk, people = failed_second(stage), stage.user("clerk"), stage.cast.people
    elected, strange = {people[30].pk}, {people[5].pk}
    for wrong in (elected, strange, {people[31].pk}):
        assert refused(
            rounds.prepare_next, first, going_on=wrong, by=clerk
        ) == "round.not_a_candidate"  # fmt: skip
    assert refused(rounds.prepare_next, first, going_on=set(), by=clerk) == "round.post_left_empty"
    following = rounds.prepare_next(first, going_on={people[20].pk}, by=clerk)
    assert [entry.person_id for entry in following.entries.all()] == [people[20].pk]


def test_a_poll_prepared_before_there_were_posts_works_as_before(stage: Stage) -> None:
    poll = staging.election(stage)
    poll.posts.all().delete()
    entry = staging.candidate(stage, poll, 30)
    assert entry.poll_post is None
    assert [post.office for post in queries.posts_of(poll)] == [poll.office]
    added = posts.add(
        poll, office=free(stage, "Trưởng Ban Pháp chế"), seats=1, by=stage.user("clerk")
    )
    entry.refresh_from_db()
    assert (entry.poll_post, added.position) == (poll.posts.get(position=1), 2)


def test_a_post_with_nobody_left_to_go_on_comes_back_after_the_last_round(stage: Stage) -> None:
    """Both seats of vice chair were wanted, one was won by the only candidate: nobody goes on."""
    first = staging.election(stage, seats=2)
    head = posts.add(
        first, office=free(stage, "Trưởng Ban Pháp chế"), seats=1, by=stage.user("clerk")
    )
    one = staging.candidate_for(stage, first, first.posts.get(position=1), 30)
    two = stands(stage, first, head, 20)
    votes = {one.code: 30, two: 10}
    first = staging.agreed(stage, first, changes=staging.votes_for(votes)).poll
    second = rounds.prepare_next(first, by=stage.user("clerk"))
    assert [post.office for post in second.posts.all()] == [head.office]
    assert round_queries.offices_left(first) == []
    second = staging.agreed(stage, second, changes=staging.votes_for({"c01": 11})).poll
    assert {(office.title, seats) for office, seats in round_queries.offices_left(second)} == {
        ("Phó Chủ tịch Ủy ban nhân dân", 1), ("Trưởng Ban Pháp chế", 1),
    }  # fmt: skip
    new = reelections.after_rounds(second, by=stage.user("clerk"))
    assert (new.posts.count(), new.seats) == (2, 2)


def test_a_tie_that_must_be_renominated_does_not_keep_the_other_post_from_its_round(
    stage: Stage,
) -> None:
    CouncilSetting.objects.create(
        council=stage.cast.council, key="election_tie", value="renominate",
        effective_from=date(2026, 1, 1), source="Điều 9 Quy chế",
    )  # fmt: skip
    poll, first, second = two_posts(stage)
    tied = [stands(stage, poll, first, 30), stands(stage, poll, first, 31)]
    short = stands(stage, poll, second, 20)
    votes = {tied[0]: 25, tied[1]: 25, short: 10}
    poll = staging.agreed(stage, poll, changes=staging.votes_for(votes)).poll
    following = rounds.prepare_next(poll, by=stage.user("clerk"))
    assert [post.office for post in following.posts.all()] == [second.office]
    following = staging.agreed(stage, following, changes=staging.votes_for({"c01": 9})).poll
    left = round_queries.offices_left(following)
    assert {office for office, _seats in left} == {first.office, second.office}
