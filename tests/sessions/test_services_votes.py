"""Open votes: the sum must hold, the base is all delegates, what is recorded is final."""

import pytest
from django.core.exceptions import ValidationError

from council.models import AuditEntry
from council.rules.refusals import Refusal
from sessions.models import AgendaItem, OpenVote, OpenVoteChoice, Session
from sessions.services import attendance, sittings, votes
from tests.sessions.hall import Hall


def take(
    hall: Hall, yes: int, no: int = 0, idle: int = 0, *, matter: str = "agenda",
    subject: str = "Thông qua chương trình", item: AgendaItem | None = None,
    newest_seen: int | None = None, by: str = "clerk",
) -> OpenVote:  # fmt: skip
    return votes.take(
        hall.sitting, item=item, matter=matter, subject=subject, for_count=yes, against_count=no,
        not_voting_count=idle, newest_seen=newest_seen, by=hall.user(by),
    )  # fmt: skip


def refused(hall: Hall, *args: int, **kwargs: object) -> Refusal:
    before = OpenVote.objects.count()
    with pytest.raises(Refusal) as found:
        take(hall, *args, **kwargs)  # type: ignore[arg-type]
    assert OpenVote.objects.count() == before
    return found.value


def test_a_vote_by_totals_freezes_base_majority_and_article(hall: Hall) -> None:
    hall.open(30)
    vote = take(hall, 18, 10, 2, item=hall.item)
    assert (vote.state, vote.passed, vote.needed) == ("closed", True, 18)
    assert (vote.total_delegates, vote.present) == (35, 30)
    assert vote.rule_article == "Điều 35 khoản 2 Luật 72/2025/QH15"
    entry = AuditEntry.objects.get(verb="open_vote.take")
    assert entry.actor == hall.user("clerk")


def test_more_than_half_of_those_present_is_not_enough(hall: Hall) -> None:
    hall.open(30)
    assert take(hall, 17, 13).passed is False


def test_removing_a_delegate_needs_two_thirds_of_all(hall: Hall) -> None:
    hall.open(30)
    vote = take(hall, 23, 7, matter="remove_delegate")
    assert (vote.passed, vote.needed) == (False, 24)


@pytest.mark.parametrize(
    ("counts", "code", "field"),
    [
        ((20, 5, 6), "open_vote.exceeds_present", "for_count"),
        ((20, 5, 4), "open_vote.below_present", "not_voting_count"),
        ((31, -1, 0), "open_vote.negative", "against_count"),
    ],
)
def test_a_sum_that_fails_is_named(
    hall: Hall, counts: tuple[int, int, int], code: str, field: str
) -> None:
    hall.open(30)
    found = refused(hall, *counts)
    assert (found.code, found.field) == (code, field)


def test_no_vote_before_the_opening_in_a_break_or_after_the_end(hall: Hall) -> None:
    hall.tick(hall.cast.mandates)
    codes = [refused(hall, 35).code]
    hall.sitting = sittings.open_sitting(hall.sitting, by=hall.user("chair"))
    hall.sitting = sittings.suspend(hall.sitting, by=hall.user("chair"))
    codes.append(refused(hall, 35).code)
    hall.sitting = sittings.resume(hall.sitting, by=hall.user("chair"))
    hall.sitting = sittings.close_sitting(hall.sitting, by=hall.user("chair"))
    codes.append(refused(hall, 35).code)
    assert codes == ["open_vote.no_sitting"] * 3


def test_no_vote_without_a_quorum(hall: Hall) -> None:
    hall.open(24)
    attendance.leave(hall.sitting, mandate=hall.cast.mandates[0], by=hall.user("clerk"))
    assert refused(hall, 23).code == "quorum.not_met"


@pytest.mark.parametrize("name", ["delegate", "admin", "outsider", "counter1"])
def test_who_may_not_record_votes_is_refused(hall: Hall, name: str) -> None:
    hall.open(30)
    assert refused(hall, 30, by=name).code == "access.denied"


def test_an_item_of_another_session_is_refused(hall: Hall) -> None:
    hall.open(30)
    Session.objects.filter(pk=hall.council_session.pk).update(number=3)
    other = Session.objects.get(pk=hall.council_session.pk)
    other.pk, other.number = None, 5
    other.save()
    item = AgendaItem.objects.create(council_session=other, position=1, title="Khác", kind="other")
    assert refused(hall, 30, item=item).code == "open_vote.other_session"


def test_a_second_click_meets_the_first_vote(hall: Hall) -> None:
    hall.open(30)
    first = take(hall, 30, newest_seen=0)
    assert refused(hall, 30, newest_seen=0).code == "open_vote.just_recorded"
    assert take(hall, 30, newest_seen=first.pk).pk != first.pk


def test_a_vote_without_a_subject_or_of_an_unknown_matter_changes_nothing(hall: Hall) -> None:
    hall.open(30)
    with pytest.raises(ValidationError):
        take(hall, 30, subject="")
    with pytest.raises(ValueError, match="khong-co"):
        take(hall, 30, matter="khong-co")
    assert not OpenVote.objects.exists()


def by_name(hall: Hall) -> OpenVote:
    vote = votes.open_by_name(
        hall.sitting, item=hall.item, matter="resolution", subject="Dự thảo", by=hall.user("clerk")
    )
    hall.clock.shift(60)
    return vote


def test_a_vote_by_name_counts_the_names_and_the_silent_did_not_vote(hall: Hall) -> None:
    hall.open(30)
    vote = by_name(hall)
    seats = hall.cast.mandates
    choices = {one.pk: "for" for one in seats[:20]} | {one.pk: "against" for one in seats[20:25]}
    closed = votes.close_by_name(vote, choices=choices, by=hall.user("clerk"))
    assert (closed.for_count, closed.against_count, closed.not_voting_count) == (20, 5, 5)
    assert closed.passed is True
    assert OpenVoteChoice.objects.filter(vote=vote).count() == 30
    last = AuditEntry.objects.order_by("seq").values_list("verb", flat=True).last()
    assert last == "open_vote.close"


def test_a_latecomer_has_no_part_in_a_vote_that_was_opened_before(hall: Hall) -> None:
    hall.open(30)
    vote = by_name(hall)
    late = hall.cast.mandates[33]
    hall.tick([late])
    with pytest.raises(Refusal) as found:
        votes.close_by_name(vote, choices={late.pk: "for"}, by=hall.user("clerk"))
    assert found.value.code == "open_vote.absent_voter"


def test_closing_a_vote_twice_is_refused(hall: Hall) -> None:
    hall.open(30)
    vote = by_name(hall)
    votes.close_by_name(vote, choices={}, by=hall.user("clerk"))
    with pytest.raises(Refusal) as found:
        votes.close_by_name(vote, choices={}, by=hall.user("clerk"))
    assert found.value.code == "open_vote.closed"
    assert OpenVoteChoice.objects.count() == 30


def test_one_matter_at_a_time(hall: Hall) -> None:
    hall.open(30)
    by_name(hall)
    assert refused(hall, 30).code == "open_vote.another_open"
    with pytest.raises(Refusal) as found:
        by_name(hall)
    assert found.value.code == "open_vote.another_open"


def test_who_leaves_after_the_opening_still_counts_in_the_vote(hall: Hall) -> None:
    hall.open(30)
    vote = by_name(hall)
    gone = hall.cast.mandates[0]
    attendance.leave(hall.sitting, mandate=gone, by=hall.user("clerk"))
    closed = votes.close_by_name(vote, choices={gone.pk: "for"}, by=hall.user("clerk"))
    assert (closed.for_count, closed.present) == (1, 30)
