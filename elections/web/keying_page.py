"""The page on which a batch is read: one paper's rows, the keys, and the strokes so far."""

import json
from dataclasses import dataclass

from django.utils.translation import gettext as _

from elections.forms.papers import PaperForm, mark_name
from elections.models import PaperBatch, PaperReading, PollEntry
from elections.queries import batches as queries
from elections.queries import polls as poll_queries
from elections.rules import keying
from elections.rules import polls as kinds
from elections.rules.papers import BLANK, OVER
from elections.rules.polls import PollKind
from elections.web.strokes import Strokes, strokes_of

INITIALS = {PollKind.CONFIDENCE: {"c": "1", "n": "2", "t": "3"}}
"""Keys beside the digits: cao, (tín) nhiệm, thấp. No vowels and no d: a Vietnamese keyboard driver
would make another letter of two of them."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One mark of one row: its key, its name, whether it is chosen, and how often it came."""

    key: str
    initial: str
    label: str
    id: str
    is_chosen: bool
    strokes: Strokes | None


@dataclass(frozen=True, slots=True)
class Row:
    """One person's row of the paper."""

    entry: PollEntry
    number: int
    field: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class KeyingPage:
    """What the template and the script need."""

    rows: tuple[Row, ...]
    place: int
    keys: str
    keyed: int
    size: int
    initials: str

    is_whole: bool

    @property
    def is_full(self) -> bool:
        """Whether every paper of the batch is keyed."""
        return self.keyed == self.size

    @property
    def left(self) -> int:
        """Papers still to be keyed."""
        return self.size - self.keyed

    @property
    def before(self) -> int:
        """The place of the paper above."""
        return self.place - 1


def form_for(
    batch: PaperBatch, shape: queries.Shape, *, version: int, place: int, data: object = None
) -> PaperForm:
    """The form of the paper at this place of the pile."""
    return PaperForm(
        data or None,
        codes=shape.codes,
        options=shape.options,
        initial={"place": place, "version": version},
    )


def page_of(
    batch: PaperBatch, reading: PaperReading, shape: queries.Shape, *, place: int, form: PaperForm
) -> KeyingPage:
    """The paper at this place, and the strokes of the reader's own papers so far."""
    papers = shape.keys_in(reading)
    shown = papers[place - 1] if place <= len(papers) else ""
    strokes = shape.strokes(queries.papers_in(reading))
    labels = [*kinds.labels_of(batch.poll.kind)]
    marks = keying.marks_of(shape.options)
    names = {**{option: _(label) for option, label in labels}, **void_names()}
    letters = INITIALS.get(PollKind(batch.poll.kind), {})
    initials = {key: letter for letter, key in letters.items()}
    rows = []
    for at, entry in enumerate(poll_queries.standing_entries(batch.poll)):
        field = mark_name(entry.code)
        chosen = form[field].value() if form.is_bound else shown[at : at + 1]
        choices = tuple(
            Choice(
                key=key,
                initial=initials.get(key, ""),
                label=names[mark],
                id=f"{field}-{key}",
                is_chosen=chosen == key,
                strokes=strokes_of(strokes[entry.code, mark]) if mark in shape.options else None,
            )
            for key, mark in marks.items()
        )
        rows.append(Row(entry, at + 1, field, choices))
    return KeyingPage(
        rows=tuple(rows),
        place=place,
        keys=json.dumps(papers),
        keyed=len(papers),
        size=batch.size,
        initials=json.dumps(letters),
        is_whole=shown == keying.INVALID_KEY,
    )


def void_names() -> dict[str, str]:
    """Rows that count for nobody."""
    return {BLANK: _("Trống"), OVER: _("Thừa dấu")}
