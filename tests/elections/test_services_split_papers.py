"""A confidence vote on two papers: prepared and led together, counted apart, one resolution."""

import pytest
from django.test import Client
from django.urls import reverse

from council.rules.refusals import Refusal
from elections.models import Poll, PollEntry
from elections.queries import papers, preflight_confidence
from elections.queries import polls as queries
from elections.services import polls, results, split_papers
from resolutions.models import Resolution
from resolutions.queries import outcomes, texts
from resolutions.services import drafts
from resolutions.services import polls as resolved_polls
from sessions.models import OpenVote
from tests.elections import stage as staging
from tests.elections.split_stage import both, counted, prepared
from tests.elections.stage import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return staging.build()


def test_two_papers_hold_a_block_each_under_names_that_say_so(stage: Stage) -> None:
    council, committee = both(prepared(stage))
    assert (council.title, committee.title) == (
        "Lấy phiếu tín nhiệm, khối Hội đồng nhân dân",
        "Lấy phiếu tín nhiệm, khối Ủy ban nhân dân",
    )
    assert committee.split_from == council
    for poll in (council, committee):
        assert set(poll.entries.values_list("block", flat=True)) == {poll.block}
        assert poll.entries.first().code == "c01"
    sheet = papers.ballot_sheet(committee)
    assert sheet.subject.endswith("nhiệm kỳ 2026 - 2031, khối Ủy ban nhân dân")
    assert {entry.block for entry in sheet.entries} == {""}


def test_both_lists_together_are_the_one_that_the_law_gives(stage: Stage) -> None:
    _council, committee = both(prepared(stage))
    (line,) = preflight_confidence.list_lines(committee)
    assert line.is_met
    assert not line.is_reminder
    assert "(7 người)" in line.message


def test_one_vote_one_printing_one_click_lead_both(stage: Stage) -> None:
    first = prepared(stage)
    polls.approve_list_by_totals(
        first, for_count=30, against_count=2, not_voting_count=1, by=stage.user("clerk")
    )
    council, committee = both(first)
    assert (council.state, committee.state) == ("list_approved", "list_approved")
    assert council.list_vote == committee.list_vote
    assert OpenVote.objects.filter(matter="subject_list").count() == 1
    staging.elect_committee(stage)
    polls.print_ballots(committee, printed=40, by=stage.user("clerk"))
    assert [part.printed for part in both(first)] == [40, 40]
    polls.open_poll(committee, by=stage.user("chair"))
    assert {part.state for part in both(first)} == {"open"}
    polls.close_poll(council, by=stage.user("chair"))
    assert {part.state for part in both(first)} == {"counting"}


def test_what_one_paper_refuses_happens_to_neither(stage: Stage) -> None:
    first = prepared(stage)
    staging.approved(stage, first)
    with pytest.raises(Refusal):
        polls.open_poll(first, by=stage.user("chair"))
    assert {part.state for part in both(first)} == {"list_approved"}


def test_each_has_its_own_count_and_one_resolution_puts_them_together(stage: Stage) -> None:
    first = prepared(stage)
    staging.counting(stage, first)
    council, committee = both(first)
    counted(stage, council, 30)
    with pytest.raises(Refusal) as refused:
        drafts.from_poll(council, by=stage.user("clerk"))
    assert refused.value.code == "resolution.other_paper_not_agreed"
    counted(stage, committee, 20)
    resolution = drafts.from_poll(committee, by=stage.user("clerk"))
    assert resolution.poll == council
    assert drafts.from_poll(council, by=stage.user("clerk")) == resolution
    assert Resolution.objects.count() == 1
    said = texts.words_of(resolution)
    one, two = said.split("II. KHỐI ỦY BAN NHÂN DÂN")
    assert "I. KHỐI HỘI ĐỒNG NHÂN DÂN" in one
    assert "30 phiếu (chiếm 90,91% tổng số phiếu thu về)" in one
    assert "20 phiếu (chiếm 60,61% tổng số phiếu thu về)" in two
    assert one.count("Tổng số phiếu phát ra") == two.count("Tổng số phiếu phát ra") == 1
    people = PollEntry.objects.filter(poll__in=both(first)).count()
    assert f"đối với {people:02d} người giữ chức vụ" in said
    assert outcomes.missing_figures(resolution) == []
    results.mark_published(council)
    assert {part.state for part in both(first)} == {"published"}
    for part in both(first):
        shown = Client().get(part.get_absolute_url()).content.decode()
        assert all(entry.person.full_name in shown for entry in queries.standing_entries(part))
    session_page = Client().get(stage.council_session.get_absolute_url()).content.decode()
    assert all(part.get_absolute_url() in session_page for part in both(first))


def test_a_resolution_on_both_falls_with_the_paper_that_is_annulled(stage: Stage) -> None:
    first = prepared(stage)
    staging.counting(stage, first)
    for part in both(first):
        counted(stage, part, 30)
    resolution = drafts.from_poll(first, by=stage.user("clerk"))
    resolved_polls.check_stands(resolution)
    Poll.objects.filter(split_from=first).update(state="annulled")
    with pytest.raises(Refusal) as refused:
        resolved_polls.check_stands(resolution)
    assert refused.value.code == "resolution.poll_annulled"


def test_a_draft_is_thrown_away_whole(stage: Stage) -> None:
    _council, committee = both(prepared(stage))
    polls.discard(committee, by=stage.user("clerk"))
    assert Poll.objects.count() == 0


def test_a_session_has_one_confidence_vote_however_many_papers(stage: Stage) -> None:
    prepared(stage)
    with pytest.raises(Refusal) as refused:
        prepared(stage)
    assert refused.value.code == "poll.confidence_twice"


def test_more_than_one_sheet_holds_is_split_by_itself(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(split_papers, "ROWS_MAX", 6)  # the cast has seven holders
    made = staging.confidence(stage)
    assert [part.block for part in both(made)] == ["council", "committee"]


def test_a_block_that_no_sheet_holds_is_refused_with_its_number(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(split_papers, "ROWS_MAX", 3)
    with pytest.raises(Refusal) as refused:
        staging.confidence(stage)
    assert refused.value.code == "poll.block_too_long"
    assert "Khối Hội đồng nhân dân có 4 người" in str(refused.value)
    assert Poll.objects.count() == 0


@pytest.fixture
def page(stage: Stage) -> str:
    return reverse("elections:confidence-prepare", args=["tinh-thu", stage.council_session.pk])


@pytest.mark.parametrize(
    ("layout", "blocks"), [("one", [""]), ("blocks", ["council", "committee"])]
)
def test_the_clerk_chooses_while_preparing(
    stage: Stage, page: str, layout: str, blocks: list[str]
) -> None:
    client = staging.signed_in(stage, "clerk")
    assert "Tách theo khối: hai tờ" in client.get(page).content.decode()
    client.post(page, {"title": "Lấy phiếu", "held_on": "2028-12-12", "layout": layout})
    assert list(Poll.objects.order_by("pk").values_list("block", flat=True)) == blocks
    poll = Poll.objects.order_by("pk").first()
    assert poll is not None
    shown = client.get(reverse("elections:poll", args=["tinh-thu", poll.pk])).content.decode()
    assert ("tách thành hai tờ theo khối" in shown) is (layout == "blocks")
