"""A text that grows from facts under a clerk's hands: what follows the data, what never may.

A generated paragraph that nobody touched follows the data. One that the clerk changed is never
overwritten: it stays, and what the data say now stands beside it. Paragraphs of the clerk's own
keep their place behind the paragraph that they were written after.

Source: practice, no article (minutes are written on the evening of the last day, and counts,
numbers and times are still being corrected while they are).
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, Final

from council.rules import chain
from resolutions.rules.session_facts import Source

OWN: Final = "own-"
"""Keys of paragraphs that no data stand behind begin with this."""


class Style(StrEnum):
    """How a paragraph stands on the page."""

    HEADING = "heading"
    TEXT = "text"


class Standing(StrEnum):
    """What is between a paragraph and the data."""

    FOLLOWS = "follows"
    """Generated, untouched: it says what the data say."""
    OWN = "own"
    EDITED = "edited"
    """Changed by the clerk, knowing what the data say now."""
    BEHIND = "behind"
    """Changed by the clerk, and the data changed afterwards."""
    ORPHAN = "orphan"
    """Changed by the clerk, and what it told of is gone from the data."""
    REMOVED = "removed"
    """Left out by the clerk on purpose."""


@dataclass(frozen=True, slots=True)
class Generated:
    """A paragraph as the data tell it; `key` stays the same while its words change."""

    key: str
    section: str
    words: str
    style: Style = Style.TEXT
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as it is saved; `base` is what the data said when its words were last settled."""

    key: str
    section: str
    words: str
    base: str = ""
    style: Style = Style.TEXT
    sources: tuple[Source, ...] = ()

    @property
    def is_own(self) -> bool:
        """Whether the clerk wrote it and no data stand behind it."""
        return self.key.startswith(OWN)

    @property
    def is_touched(self) -> bool:
        """Whether the clerk changed it."""
        return not self.is_own and self.words != self.base


@dataclass(frozen=True, slots=True)
class Grown:
    """A paragraph beside what the data say now; `fresh` is empty where they say nothing."""

    paragraph: Paragraph
    standing: Standing
    fresh: str = ""

    @property
    def words(self) -> str:
        """What stands in the text."""
        return self.paragraph.words

    @property
    def needs_a_look(self) -> bool:
        """Whether the data moved away under words that a person wrote."""
        return self.standing in (Standing.BEHIND, Standing.ORPHAN)


@dataclass(frozen=True, slots=True)
class Edit:
    """What came back from the page for one paragraph.

    Attributes:
        key: of the paragraph; empty for a new one.
        words: as typed.
        shown: fingerprint of the words that the page had shown.
        after: key of the paragraph behind which a new one goes.
    """

    key: str
    words: str
    shown: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A paragraph that two people changed; both wordings."""

    key: str
    typed: str
    current: str


def fingerprint(words: str) -> str:
    """Short digest of a paragraph's words, by which a page says what it had shown."""
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def grow(saved: Sequence[Paragraph], fresh: Sequence[Generated]) -> list[Grown]:
    """The saved text brought up to the data, in the order of the data."""
    known = {one.key: one for one in saved}
    grown = [_beside(known.get(one.key), one) for one in fresh]
    told = {one.key for one in fresh}
    last: str | None = None
    for one in saved:
        if one.key in told:
            last = one.key
        elif one.is_own or (one.is_touched and one.words):
            standing = Standing.OWN if one.is_own else Standing.ORPHAN
            grown.insert(_place(grown, last, one.section), Grown(one, standing))
            last = one.key
    return grown


def _beside(saved: Paragraph | None, fresh: Generated) -> Grown:
    settled = Paragraph(
        fresh.key, fresh.section, fresh.words, fresh.words, fresh.style, fresh.sources
    )
    if saved is None or not saved.is_touched:
        return Grown(settled, Standing.FOLLOWS, fresh.words)
    kept = replace(settled, words=saved.words, base=saved.base)
    if not saved.words:
        standing = Standing.REMOVED
    elif saved.words == fresh.words:
        return Grown(settled, Standing.FOLLOWS, fresh.words)
    else:
        standing = Standing.EDITED if saved.base == fresh.words else Standing.BEHIND
    return Grown(kept, standing, fresh.words)


def _place(grown: list[Grown], last: str | None, section: str) -> int:
    """Behind the paragraph named `last`, else before the section's first, else at the end."""
    for place, one in enumerate(grown):
        if one.paragraph.key == last:
            return place + 1
    for place, one in enumerate(grown):
        if one.paragraph.section == section:
            return place
    return len(grown)


def apply(
    grown: Sequence[Grown], edits: Iterable[Edit]
) -> tuple[list[Paragraph], tuple[Conflict, ...]]:
    """The text after these edits, and the edits that found other words than the page had shown.

    Where somebody else, or the data, changed the paragraph meanwhile, the words that stand stay.

    A paragraph that the page sent back as it had shown it is left alone, so a save touches only
    what its author changed. Typing what the data say makes a paragraph follow them again; empty
    words leave a generated paragraph out and delete an own one.
    """
    text = [one.paragraph for one in grown]
    fresh = {one.paragraph.key: one.fresh for one in grown}
    conflicts: list[Conflict] = []
    new: list[Edit] = []
    for edit in edits:
        if not edit.key:
            new.append(edit)
            continue
        place = next((n for n, one in enumerate(text) if one.key == edit.key), None)
        current = text[place].words if place is not None else ""
        if fingerprint(edit.words) == edit.shown or edit.words == current:
            continue
        if fingerprint(current) != edit.shown or place is None:
            conflicts.append(Conflict(edit.key, edit.words, current))
            continue
        text[place] = replace(text[place], words=edit.words, base=fresh[edit.key])
    for edit in reversed(new):  # each goes right behind its paragraph, so the first comes last
        _add(text, edit)
    return [one for one in text if one.words or not one.is_own], tuple(conflicts)


def _add(text: list[Paragraph], edit: Edit) -> None:
    """A new own paragraph behind the one that it was written after."""
    if not edit.words:
        return
    place = next((n for n, one in enumerate(text) if one.key == edit.after), len(text) - 1)
    section = text[place].section if text else ""
    taken = [int(one.key.removeprefix(OWN)) for one in text if one.is_own]
    key = f"{OWN}{max(taken, default=0) + 1}"
    text.insert(place + 1, Paragraph(key, section, edit.words))


def follow_data(grown: Sequence[Grown], key: str) -> list[Paragraph]:
    """The text with one paragraph as the data say it; one that the data no longer know goes."""
    return [
        replace(one.paragraph, words=one.fresh, base=one.fresh)
        if one.paragraph.key == key
        else one.paragraph
        for one in grown
        if one.paragraph.key != key or one.fresh
    ]


def keep_words(grown: Sequence[Grown], key: str) -> list[Paragraph]:
    """The text with the clerk's words confirmed against the data of now.

    Where the data no longer know the paragraph it becomes the clerk's own.
    """
    found: list[Paragraph] = []
    taken = [int(x.paragraph.key.removeprefix(OWN)) for x in grown if x.paragraph.is_own]
    for one in grown:
        if one.paragraph.key != key:
            found.append(one.paragraph)
        elif one.standing is Standing.ORPHAN:
            own = f"{OWN}{max(taken, default=0) + 1}"
            found.append(replace(one.paragraph, key=own, base="", sources=()))
        else:
            found.append(replace(one.paragraph, base=one.fresh))
    return found


def as_saved(saved: Sequence[Paragraph]) -> list[Grown]:
    """A text that was handed in, beside the data of that moment."""
    return [Grown(one, _kept_as(one), one.base) for one in saved]


def _kept_as(one: Paragraph) -> Standing:
    if one.is_own:
        return Standing.OWN
    if not one.words:
        return Standing.REMOVED
    return Standing.EDITED if one.is_touched else Standing.FOLLOWS


def settled(grown: Sequence[Grown]) -> list[Paragraph]:
    """The text as it is saved: every paragraph, the left-out ones too."""
    return [one.paragraph for one in grown]


def facts_digest(saved: Sequence[Paragraph], fresh: Sequence[Generated]) -> str:
    """SHA-256 of what the data say, left-out paragraphs aside: what an approval rests on."""
    removed = {one.key for one in saved if not one.words and not one.is_own}
    said = [[one.key, one.words] for one in fresh if one.key not in removed]
    return hashlib.sha256(chain.canonical(said).encode()).hexdigest()


def as_data(text: Sequence[Paragraph]) -> list[dict[str, Any]]:
    """The text as it is stored."""
    return [
        {
            "key": one.key, "section": one.section, "words": one.words, "base": one.base,
            "style": one.style.value,
            "sources": [[source.kind, source.pk, source.label] for source in one.sources],
        }
        for one in text
    ]  # fmt: skip


def from_data(stored: Sequence[Mapping[str, Any]]) -> list[Paragraph]:
    """The text as it was stored."""
    return [
        Paragraph(
            one["key"], one["section"], one["words"], one["base"], Style(one["style"]),
            tuple(Source(*source) for source in one["sources"]),
        )
        for one in stored
    ]  # fmt: skip


def word_changes(before: str, after: str) -> list[tuple[str, str]]:
    """Two wordings as runs of words: (``same``, ``gone`` or ``new``, the words)."""
    old, new = before.split(" "), after.split(" ")
    runs: list[tuple[str, str]] = []
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            runs.append(("same", " ".join(old[start:end])))
            continue
        if end > start:
            runs.append(("gone", " ".join(old[start:end])))
        if new_end > new_start:
            runs.append(("new", " ".join(new[new_start:new_end])))
    return runs
