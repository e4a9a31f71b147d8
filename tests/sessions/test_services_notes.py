"""The sentences of the session's story: written, moved, taken out, always in gapless order."""

import pytest

from sessions.models import SessionNote
from sessions.services import notes
from tests.cast import Cast
from tests.sessions.desk import Desk, desk_of, refusal_of, verbs_of


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return desk_of(cast)


def write(desk: Desk, text: str, kind: str = "achieved") -> SessionNote:
    return notes.save(desk.council_session, note=None, kind=kind, text=text, by=desk.user("clerk"))


def texts(desk: Desk, kind: str = "achieved") -> list[str]:
    found = desk.council_session.notes.filter(kind=kind).order_by("position")
    assert [note.position for note in found] == list(range(1, len(found) + 1))
    return [note.text for note in found]


def test_sentences_stand_in_the_order_in_which_they_were_written(desk: Desk) -> None:
    write(desk, "Một")
    write(desk, "Hai")
    write(desk, "Nợ đọng", "shortcoming")
    assert texts(desk) == ["Một", "Hai"]
    assert texts(desk, "shortcoming") == ["Nợ đọng"]


def test_a_sentence_moves_among_its_kind(desk: Desk) -> None:
    last = [write(desk, text) for text in ("Một", "Hai", "Ba")][-1]
    notes.move(last, position=1, by=desk.user("clerk"))
    assert texts(desk) == ["Ba", "Một", "Hai"]
    notes.move(last, position=99, by=desk.user("clerk"))
    assert texts(desk) == ["Một", "Hai", "Ba"]
    assert verbs_of(last) == ["note.save", "note.move", "note.move"]


def test_a_sentence_changes_its_words_and_its_kind(desk: Desk) -> None:
    first = write(desk, "Một")
    write(desk, "Hai")
    notes.save(
        desk.council_session, note=first, kind="direction", text="Tới", by=desk.user("clerk")
    )
    assert texts(desk) == ["Hai"]
    assert texts(desk, "direction") == ["Tới"]


def test_removing_closes_the_gap_and_happens_once(desk: Desk) -> None:
    first = write(desk, "Một")
    write(desk, "Hai")
    notes.remove(first, by=desk.user("clerk"))
    assert texts(desk) == ["Hai"]
    assert refusal_of(notes.remove, first, by=desk.user("clerk")).code == "note.gone"
    assert verbs_of(first) == ["note.save", "note.remove"]


def test_a_delegate_writes_no_story(desk: Desk) -> None:
    refusal = refusal_of(
        notes.save, desk.council_session, note=None, kind="achieved", text="X",
        by=desk.user("delegate"),
    )  # fmt: skip
    assert refusal.code == "access.denied"
