"""The hall's screen: turnout before the result, the result page by page after it."""

import re

import pytest
from django.urls import reverse

from elections.models import PaperAccount, Poll
from elections.services import annulments
from elections.web import hall_screen
from tests.elections import stage as staging
from tests.elections.stage import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return staging.build()


def screen(stage: Stage, poll: Poll, query: str = "", who: str = "clerk") -> str:
    address = reverse("elections:hall-screen", args=["tinh-thu", poll.pk])
    response = staging.signed_in(stage, who).get(f"{address}{query}")
    assert response.status_code == 200
    return response.content.decode()


def words(text: str) -> str:
    """What is to be read on the screen itself."""
    body = text[text.index('id="hall"') : text.index('class="hall-nav"')]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", body[body.index(">") + 1 :]))


def test_while_voting_it_shows_who_is_present_and_nothing_else(stage: Stage) -> None:
    poll = staging.opened(stage, staging.confidence(stage))
    shown = words(screen(stage, poll))
    assert "Đang bỏ phiếu" in shown
    assert "33 /35" in shown


def test_while_counting_no_figure_of_any_count_is_on_it(stage: Stage) -> None:
    poll = staging.counting(stage, staging.confidence(stage))
    before = words(screen(stage, poll))
    odd = {("c01", "high"): 19, ("c01", "confidence"): 4, ("c01", "low"): 9}
    staging.typed(stage, poll, "counter1", changes=odd)
    staging.typed(stage, poll, "counter2", changes=odd)
    staging.counts.agree(poll, by=stage.user("counter1"))
    for who in ("clerk", "chair", "counter1", "admin"):
        assert words(screen(stage, poll, who=who)) == before
    assert "đang kiểm phiếu" in before


def test_while_counting_it_shows_papers_issued_and_returned_once_written_down(stage: Stage) -> None:
    poll = staging.counting(stage, staging.confidence(stage))
    assert "Thu về" not in words(screen(stage, poll))
    PaperAccount.objects.create(
        poll=poll, printed=40, issued=33, unused=6, spoiled=1, returned=31,
        recorded_by=stage.user("counter1"), recorded_at=poll.closed_at,
    )  # fmt: skip
    assert re.search(r"Phát ra 33 Thu về 31", words(screen(stage, poll)))


def test_once_agreed_names_counts_shares_base_and_bars_in_the_order_of_the_paper(
    stage: Stage,
) -> None:
    poll = staging.confidence(stage)
    staging.agreed(stage, poll)
    text = screen(stage, poll)
    shown = words(text)
    assert "Tỷ lệ trên tổng số phiếu thu về (33); phát ra 33, thu về 33" in shown
    assert "25 75,76%" in shown
    rest = screen(stage, poll, "?trang=2")
    assert (text + rest).count('class="bar"') == 7
    names = [entry.person.full_name for entry in poll.entries.order_by("position")]
    places = [(shown + words(rest)).index(name) for name in names]
    assert places == sorted(places)


def test_a_long_result_turns_its_pages_and_can_be_held(stage: Stage, monkeypatch) -> None:
    monkeypatch.setattr(hall_screen, "ROWS_ON_SCREEN", 3)
    poll = staging.confidence(stage)
    staging.agreed(stage, poll)
    seen = [screen(stage, poll, f"?trang={page}") for page in (1, 2, 3)]
    assert [text.count('class="bar"') for text in seen] == [3, 3, 1]
    assert 'hx-get="?trang=2"' in seen[0]
    assert 'url=?trang=1"' in seen[2]  # without JavaScript too
    held = screen(stage, poll, "?trang=2&giu=1")
    assert 'hx-get="?trang=2&amp;giu=1"' in held
    for odd in ("?trang=0", "?trang=9", "?trang=x", "?trang=٣"):
        assert words(screen(stage, poll, odd)) == words(seen[0])


def test_an_annulled_result_says_so_in_front_of_the_hall(stage: Stage) -> None:
    poll = staging.confidence(stage)
    staging.agreed(stage, poll)
    vote = staging.take_vote(stage, "annulment")
    annulments.by_vote(poll, vote=vote, reason="Phiếu in sai", by=stage.user("chair"))
    assert "Kết quả này đã bị hủy" in words(screen(stage, poll))
