"""A text that grows: untouched paragraphs follow, touched ones stay, nothing of anybody is lost."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from resolutions.rules import grown_text as rules
from resolutions.rules.grown_text import Edit, Generated, Paragraph, Standing, fingerprint

words = st.text("ab ", min_size=1, max_size=6).map(str.strip).filter(bool)


@st.composite
def generated(draw: st.DrawFn) -> list[Generated]:
    keys = draw(st.lists(st.sampled_from("pqrstu"), max_size=5, unique=True))
    return [Generated(key, draw(st.sampled_from(["one", "two"])), draw(words)) for key in keys]


@st.composite
def saved(draw: st.DrawFn) -> list[Paragraph]:
    """What clerks made of an earlier generation: some changed, some left out, some of their own."""
    text = rules.settled(rules.grow([], draw(generated())))
    text = [
        replace(one, words=draw(words | st.just(""))) if draw(st.booleans()) else one
        for one in text
    ]
    for number in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(text)))
        text.insert(place, Paragraph(f"own-{number + 1}", "one", draw(words)))
    return text


@given(saved(), generated())
def test_untouched_paragraphs_say_what_the_data_say(text, fresh):
    touched = {one.key for one in text if one.is_touched}
    by_key = {one.paragraph.key: one for one in rules.grow(text, fresh)}
    for one in fresh:
        if one.key not in touched:
            assert by_key[one.key].words == one.words
            assert by_key[one.key].standing is Standing.FOLLOWS


@given(saved(), generated())
def test_words_of_a_person_are_never_overwritten(text, fresh):
    grown = {one.paragraph.key: one.words for one in rules.grow(text, fresh)}
    for one in text:
        if one.words and (one.is_own or one.is_touched):
            assert grown[one.key] == one.words


@given(saved(), generated())
def test_growing_twice_changes_nothing(text, fresh):
    once = rules.settled(rules.grow(text, fresh))
    assert rules.settled(rules.grow(once, fresh)) == once


@given(saved(), generated())
def test_a_page_sent_back_unchanged_changes_nothing(text, fresh):
    grown = rules.grow(text, fresh)
    edits = [Edit(one.paragraph.key, one.words, fingerprint(one.words)) for one in grown]
    after, conflicts = rules.apply(grown, edits)
    assert (after, conflicts) == (rules.settled(grown), ())


@given(saved(), generated(), st.data())
def test_two_people_on_one_page_lose_nothing(text, fresh, data):
    """Both opened the same page; whatever they typed stands in the text or in a conflict."""
    shown = rules.grow(text, fresh)
    pages = []
    for who in ("x", "y"):
        typed = [f"{who}{one.words}" if data.draw(st.booleans()) else one.words for one in shown]
        pages.append([
            Edit(one.paragraph.key, now, fingerprint(one.words))
            for one, now in zip(shown, typed, strict=True)
        ])  # fmt: skip
    first, _none = rules.apply(shown, pages[0])
    after, conflicts = rules.apply(rules.grow(first, fresh), pages[1])
    kept = {one.key: one.words for one in after}
    told = {one.key: one.typed for one in conflicts}
    for mine, theirs, one in zip(*pages, shown, strict=True):
        if mine.words != one.words and not one.paragraph.is_own:
            assert kept[mine.key] == mine.words
        if theirs.words != one.words:
            assert theirs.words in (kept.get(theirs.key), told.get(theirs.key))


def one(words: str = "34 đại biểu", key: str = "p") -> Generated:
    return Generated(key, "one", words)


def changed(words: str, base: str = "34 đại biểu") -> Paragraph:
    return Paragraph("p", "one", words, base)


def test_a_touched_paragraph_stands_beside_the_changed_data():
    (grown,) = rules.grow([changed("Có 34 đại biểu dự")], [one("33 đại biểu")])
    assert grown.standing is Standing.BEHIND
    assert (grown.words, grown.fresh) == ("Có 34 đại biểu dự", "33 đại biểu")
    (kept,) = rules.grow(rules.keep_words([grown], "p"), [one("33 đại biểu")])
    assert kept.standing is Standing.EDITED
    (followed,) = rules.grow(rules.follow_data([grown], "p"), [one("33 đại biểu")])
    assert (followed.standing, followed.words) == (Standing.FOLLOWS, "33 đại biểu")


def test_a_touched_paragraph_whose_fact_is_gone_waits_for_a_person():
    (orphan,) = rules.grow([changed("Lời của thư ký")], [])
    assert orphan.needs_a_look
    assert rules.follow_data([orphan], "p") == []
    (own,) = rules.keep_words([orphan], "p")
    assert own.is_own
    assert own.words == "Lời của thư ký"


def test_a_left_out_paragraph_stays_out_until_it_is_asked_for():
    (removed,) = rules.grow([changed("")], [one("33 đại biểu")])
    assert (removed.standing, removed.words) == (Standing.REMOVED, "")
    (back,) = rules.follow_data([removed], "p")
    assert back.words == "33 đại biểu"


def test_a_left_out_paragraph_voids_no_approval_when_its_fact_moves():
    text = [changed(""), Paragraph("q", "one", "x", "x")]
    before = rules.facts_digest(text, [one(), one("x", "q")])
    assert rules.facts_digest(text, [one("33 đại biểu"), one("x", "q")]) == before
    assert rules.facts_digest(text, [one(), one("y", "q")]) != before


def test_a_new_paragraph_keeps_its_place_behind_the_one_it_was_written_after():
    grown = rules.grow([], [one(), one("b", "q")])
    text, _conflicts = rules.apply(grown, [Edit("", "Thảo luận", after="p")])
    again = rules.grow(text, [one("35 đại biểu"), one("chen", "n"), one("b", "q")])
    assert [x.words for x in again] == ["35 đại biểu", "Thảo luận", "chen", "b"]


def test_two_new_paragraphs_get_names_of_their_own():
    grown = rules.grow([], [one()])
    text, _conflicts = rules.apply(grown, [Edit("", "Một", after="p"), Edit("", "Hai", after="p")])
    assert [x.words for x in text if x.is_own] == ["Một", "Hai"]
    assert len({x.key for x in text}) == 3


def test_typing_what_the_data_say_makes_it_follow_again():
    (grown,) = rules.grow([changed("Khác")], [one("33 đại biểu")])
    text, _conflicts = rules.apply([grown], [Edit("p", "33 đại biểu", fingerprint("Khác"))])
    (again,) = rules.grow(text, [one("32 đại biểu")])
    assert again.words == "32 đại biểu"


def test_changes_are_told_in_runs_of_words():
    assert rules.word_changes("có 34 đại biểu", "có 33 đại biểu") == [
        ("same", "có"), ("gone", "34"), ("new", "33"), ("same", "đại biểu"),
    ]  # fmt: skip


@given(saved())
def test_a_stored_text_comes_back_as_it_was(text):
    assert rules.from_data(rules.as_data(text)) == text
