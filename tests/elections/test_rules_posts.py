"""Several posts on one paper: each for itself, and together nothing is lost or added."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elections.rules import outcome, posts, rounds, sentences
from elections.rules.outcome import Verdict
from elections.rules.posts import Decided, Post
from elections.rules.tally import EntryCount, SheetTotals
from tests import rule_tables

DAY = date(2026, 7, 1)
TOTAL = 60

Paper = list[tuple[int, list[int]]]
papers = st.lists(
    st.tuples(st.integers(1, 4), st.lists(st.integers(0, TOTAL), min_size=1, max_size=6)),
    min_size=1,
    max_size=5,
)


def decide(paper: Paper, *, total: int = TOTAL, on: date = DAY, level: str = "province") -> Decided:
    """The paper's posts, each with its seats and its candidates' votes."""
    rows, found, number = [], [], 0
    for key, (seats, votes) in enumerate(paper, start=1):
        codes = []
        for count in votes:
            number += 1
            codes.append(f"c{number:02d}")
            rows.append(EntryCount(codes[-1], f"Ví Dụ {number}", {"for": count, "against": 0}))
        found.append(Post(key, seats, frozenset(codes)))
    return posts.decide(
        found,
        on=on,
        level=level,
        totals=SheetTotals(returned=total, valid=total, invalid=0),
        entries=rows,
        total_delegates=total,
    )


def paper_of(cell: str) -> Paper:
    """``1: 20 31 / 2: 40`` as seats and votes."""
    parts = (part.split(":") for part in cell.split("/"))
    return [(int(seats), [int(vote) for vote in votes.split()]) for seats, votes in parts]


@pytest.mark.parametrize("row", rule_tables.table("elections.md", "posts"))
def test_the_papers_of_the_page(row: dict[str, str]) -> None:
    found = decide(
        paper_of(row["posts"]),
        total=int(row["total"]),
        on=date.fromisoformat(row["date"]),
        level=row["level"],
    )
    elected = [f"c{int(number):02d}" for number in row["elected"].split()]
    assert [entry.entry for entry in found.outcome.elected] == elected
    left = [int(count) for count in row["seats left, post by post"].split()]
    assert [result.seats_left for result in found.posts] == left
    notes = {"": "", "open": sentences.POSTS_OPEN, "tie": sentences.TIE_AT_LAST_SEAT}
    assert found.outcome.note == notes[row["note"]]


@pytest.mark.parametrize("row", rule_tables.table("elections.md", "rounds"))
def test_what_follows_a_round_as_the_page_says(row: dict[str, str]) -> None:
    pairs = (pair.split("/") for pair in row["posts after the round"].split())
    stands = [rounds.Standing(int(left), int(others)) for left, others in pairs]
    found = rounds.following(stands, number=int(row["round"]), max_rounds=int(row["allowed"]))
    assert found.value == row["what follows"]


@given(papers)
def test_each_post_is_decided_as_if_it_stood_alone(paper: Paper) -> None:
    together = decide(paper)
    for place, (seats, votes) in enumerate(paper):
        alone = decide([(seats, votes)])
        result = together.posts[place]
        assert len(result.elected) == len(alone.posts[0].elected)
        assert result.note == alone.outcome.note
        rows = [row for row in together.outcome.entries if row.entry in result.post.entries]
        assert [row.verdict for row in rows] == [row.verdict for row in alone.outcome.entries]


@given(papers)
def test_everybody_is_once_elected_or_not_and_no_post_gets_more_than_its_seats(
    paper: Paper,
) -> None:
    found = decide(paper)
    every = [code for result in found.posts for code in (*result.elected, *result.others)]
    assert sorted(every) == [row.entry for row in found.outcome.entries]
    for result in found.posts:
        assert 0 <= result.seats_left <= result.post.seats
        assert bool(result.note) is (result.seats_left > 0)
    assert bool(found.outcome.note) is bool(found.open_posts)
    assert {row.entry for row in found.outcome.elected} == {
        code for result in found.posts for code in result.elected
    }


@given(papers, st.data())
def test_one_more_vote_for_never_loses_the_office(paper: Paper, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(paper) - 1))
    mine = data.draw(st.integers(0, len(paper[place][1]) - 1))
    if paper[place][1][mine] == TOTAL:
        return
    before = decide(paper)
    more = [(seats, list(votes)) for seats, votes in paper]
    more[place][1][mine] += 1
    after = decide(more)
    number = sum(len(votes) for _seats, votes in paper[:place]) + mine
    was, became = before.outcome.entries[number], after.outcome.entries[number]
    assert was.verdict is not Verdict.ELECTED or became.verdict is Verdict.ELECTED
    for other, result in enumerate(after.posts):
        if other != place:
            assert result.elected == before.posts[other].elected, "another post is not touched"


@given(papers, st.data())
def test_one_vote_less_for_a_rival_never_loses_the_office(
    paper: Paper, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(paper) - 1))
    rivals = [at for at, votes in enumerate(paper[place][1]) if votes > 0]
    if not rivals:
        return
    rival = data.draw(st.sampled_from(rivals))
    before = decide(paper).posts[place]
    less = [(seats, list(votes)) for seats, votes in paper]
    less[place][1][rival] -= 1
    after = decide(less).posts[place]
    first = sum(len(votes) for _seats, votes in paper[:place])
    lost = set(before.elected) - set(after.elected)
    assert lost <= {f"c{first + rival + 1:02d}"}


@pytest.mark.parametrize("total", range(1, 151))
def test_exactly_half_fills_no_post_and_one_more_fills_it(total: int) -> None:
    half = total // 2
    found = decide([(1, [half]), (1, [half + 1]), (2, [half, half + 1])], total=total)
    assert [len(result.elected) for result in found.posts] == [0, 1, 1]
    assert found.outcome.needed == half + 1


def test_one_post_is_the_plain_election() -> None:
    rows = [
        EntryCount(f"c{n:02d}", "Ví Dụ", {"for": votes, "against": 0})
        for n, votes in enumerate((50, 40, 40), start=1)
    ]
    totals = SheetTotals(returned=60, valid=60, invalid=0)
    plain = outcome.elect(
        on=DAY, level="province", totals=totals, entries=rows, total_delegates=60, seats=2
    )
    post = Post(1, 2, frozenset(row.entry for row in rows))
    mine = posts.decide(
        [post], on=DAY, level="province", totals=totals, entries=rows, total_delegates=60
    )
    assert mine.outcome == plain


def test_unknown_votes_leave_their_own_post_undecided_only() -> None:
    rows = [
        EntryCount("c01", "Ví Dụ", {"for": None, "against": None}),
        EntryCount("c02", "Ví Dụ", {"for": 40, "against": 0}),
    ]
    found = posts.decide(
        [Post(1, 1, frozenset({"c01"})), Post(2, 1, frozenset({"c02"}))],
        on=DAY, level="province", totals=SheetTotals(returned=60), entries=rows, total_delegates=60,
    )  # fmt: skip
    assert [result.is_known for result in found.posts] == [False, True]
    assert [row.verdict for row in found.outcome.entries] == [None, Verdict.ELECTED]


@pytest.mark.parametrize("codes", [["c01"], ["c01", "c02", "c02"], ["c01", "c02", "c03"]])
def test_a_line_without_a_post_or_with_two_is_a_fault(codes: list[str]) -> None:
    rows = [EntryCount(code, "Ví Dụ", {"for": 1, "against": 0}) for code in ("c01", "c02")]
    listed = [Post(key, 1, frozenset({code})) for key, code in enumerate(codes)]
    with pytest.raises(ValueError, match="partition"):
        posts.decide(
            listed, on=DAY, level="province", totals=SheetTotals(), entries=rows, total_delegates=60
        )
