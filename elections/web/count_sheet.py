"""The counting sheet as it stands on the page: what was typed, and what the sums say about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from elections.forms.counts import CountEnterForm, cell_name, total_name
from elections.models import Count, Poll, PollEntry
from elections.queries import counts as queries
from elections.queries import figures
from elections.queries import polls as poll_queries
from elections.rules import polls as kinds
from elections.rules import tally
from elections.rules.suspects import Suspect
from elections.web import suspect_words

OK, WARN, BAD, EMPTY = "ok", "warn", "bad", ""


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One field: its name, what was typed, and the sentence about its shape."""

    name: str
    label: str
    typed: str
    error: str

    @property
    def id(self) -> str:
        """The field's id."""
        return f"id_{self.name}"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One person's row; `state` is ok, bad or empty, `total` the sum that stands in the tag."""

    entry: PollEntry
    number: int
    cells: tuple[SheetCell, ...]
    state: str
    total: int | None
    void: int | None
    sentence: str
    hint: str

    @property
    def errors(self) -> list[str]:
        """Sentences about single cells."""
        return [f"{cell.label}: {cell.error}" for cell in self.cells if cell.error]


@dataclass(frozen=True, slots=True)
class Sum:
    """One identity of the totals: as it holds, or the sentence why not."""

    is_met: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """All of it."""

    totals: tuple[SheetCell, ...]
    sums: tuple[Sum, ...]
    rows: tuple[SheetRow, ...]
    missing: int
    wrong: int
    bad_totals: frozenset[str]
    bad_cells: frozenset[str]
    suspicion: str

    @property
    def finished_rows(self) -> int:
        """Rows in which everything is typed and agrees."""
        return sum(row.state == OK for row in self.rows)

    @property
    def rows_left(self) -> int:
        """Rows still to be finished."""
        return len(self.rows) - self.finished_rows

    @property
    def may_submit(self) -> bool:
        """Whether everything is typed and every sum agrees."""
        return self.missing == 0 and self.wrong == 0

    @property
    def total_errors(self) -> list[str]:
        """Sentences about single totals."""
        return [f"{cell.label}: {cell.error}" for cell in self.totals if cell.error]


def initial_of(count: Count) -> dict[str, object]:
    """What was kept so far, for the form."""
    values: dict[str, object] = {
        total_name(name): value for name, value in figures.totals_of(count).items()
    }
    for cell, votes in queries.figures_of(count).items():
        values[cell_name(*cell)] = votes
    return {**values, "remarks": count.remarks, "version": count.version}


def form_for(poll: Poll, count: Count, data: object = None) -> CountEnterForm:
    """The form of this count: what was typed now, else what was kept."""
    codes = [entry.code for entry in poll_queries.standing_entries(poll)]
    return CountEnterForm(
        data or None,
        totals=tally.TOTAL_FIELDS,
        codes=codes,
        options=kinds.options_of(poll.kind),
        initial=initial_of(count),
    )


def sheet_of(poll: Poll, form: CountEnterForm) -> Sheet:
    """The sheet with a sentence for each sum that fails; unreadable cells count as empty."""
    totals, lines = readable(form)
    problems = figures.problems_in(poll, totals, lines)
    numbers = tally.SheetTotals(**totals)
    counted = {row.entry: row for row in figures.entry_counts(poll, lines)}
    totals_typed = tuple(
        cell_of(form, total_name(name), str(figures.TOTAL_CELL_LABELS[name]))
        for name in tally.TOTAL_FIELDS
    )
    rows = tuple(
        row_of(
            poll,
            form,
            entry,
            number=number,
            counted=counted[entry.code],
            totals=numbers,
            problems=problems,
        )
        for number, entry in enumerate(poll_queries.standing_entries(poll), start=1)
    )
    suspects = suspect_words.suspects_in(poll, numbers, list(counted.values()))
    cells = [cell for row in rows for cell in row.cells] + list(totals_typed)
    unreadable = sum(bool(cell.error) for cell in cells)
    return Sheet(
        totals=totals_typed,
        sums=tuple(sums_of(numbers, problems)),
        rows=rows,
        missing=figures.missing_in(totals, lines) - unreadable,
        wrong=sum(row.state == BAD for row in rows)
        + sum(not problem.entry for problem in tally.errors(problems))
        + sum(bool(cell.error) for cell in totals_typed),
        bad_totals=wrong_totals(problems, suspects),
        bad_cells=frozenset(
            cell_name(suspect.entry, suspect.field) for suspect in suspects if suspect.entry
        ),
        suspicion=suspect_words.sentence_of(poll, suspects),
    )


def wrong_totals(problems: Sequence[tally.Problem], suspects: Sequence[Suspect]) -> frozenset[str]:
    """The totals to look at: those that explain everything, else those beside which a sum fails."""
    named = [suspect.field for suspect in suspects if not suspect.entry]
    failing = [problem.field for problem in tally.errors(problems) if not problem.entry]
    return frozenset(total_name(name) for name in named or failing)


def readable(form: CountEnterForm) -> tuple[figures.Totals, figures.Lines]:
    """The numbers typed, or kept where the form was not sent."""
    if form.is_bound:
        form.is_valid()
        return form.totals(), form.lines()
    return (
        {name: form.initial.get(total_name(name)) for name in form.total_names},
        {cell: form.initial.get(cell_name(*cell)) for cell in form.cells},
    )


def cell_of(form: CountEnterForm, name: str, label: str) -> SheetCell:
    """A field with what was typed in it, word for word."""
    value = form[name].value()
    errors = [str(error) for error in form.errors.get(name, [])] if form.is_bound else []
    return SheetCell(name, label, "" if value is None else str(value), " ".join(errors))


def row_of(
    poll: Poll,
    form: CountEnterForm,
    entry: PollEntry,
    *,
    number: int,
    counted: tally.EntryCount,
    totals: tally.SheetTotals,
    problems: Sequence[tally.Problem],
) -> SheetRow:
    """One person's row with the first sum that fails."""
    cells = tuple(
        cell_of(form, cell_name(entry.code, option), _(label))
        for option, label in kinds.labels_of(poll.kind)
    )
    mine = [problem for problem in problems if problem.entry == entry.code]
    errors = tally.errors(mine)
    warnings = [problem for problem in mine if problem not in errors]
    void = tally.void_of(counted, totals)
    state = EMPTY
    if errors or any(cell.error for cell in cells):
        state = BAD
    elif counted.is_complete and void is not None:
        state = OK
    return SheetRow(
        entry=entry,
        number=number,
        cells=cells,
        state=state,
        total=sum_shown(counted, totals, state=state, is_wrong=bool(errors)),
        void=void if not errors else None,
        sentence=said(errors[0]) if errors else "",
        hint=said(warnings[0]) if warnings and not errors else "",
    )


def sum_shown(
    counted: tally.EntryCount, totals: tally.SheetTotals, *, state: str, is_wrong: bool
) -> int | None:
    """The number in the row's tag: the sum that fails, or the valid papers that it agrees with."""
    if is_wrong:
        return counted.known_sum
    return totals.valid if state == OK else None


def said(problem: tally.Problem) -> str:
    """The problem's sentence in the reader's language."""
    return _(problem.sentence) % problem.params


def sums_of(totals: tally.SheetTotals, problems: Sequence[tally.Problem]) -> list[Sum]:
    """Identities that hold, and sentences of those that do not."""
    wrong = [
        Sum(is_met=False, sentence=said(problem))
        for problem in tally.errors(problems)
        if not problem.entry
    ]
    return [*wrong, *(Sum(is_met=True, sentence=sentence) for sentence in holding(totals))]


def holding(totals: tally.SheetTotals) -> list[str]:
    """The identities whose numbers are all there and agree, in words."""
    identities = (
        (
            (totals.issued, totals.unused, totals.spoiled),
            totals.printed,
            _("%(a)d phát ra + %(b)d chưa dùng + %(c)d hỏng = %(sum)d phiếu in"),
        ),
        (
            (totals.returned, totals.not_returned),
            totals.issued,
            _("%(a)d thu về + %(b)d không thu về = %(sum)d phát ra"),
        ),
        (
            (totals.valid, totals.invalid),
            totals.returned,
            _("%(a)d hợp lệ + %(b)d không hợp lệ = %(sum)d thu về"),
        ),
    )
    found = []
    for parts, whole, sentence in identities:
        numbers = [part for part in parts if part is not None]
        if whole is not None and len(numbers) == len(parts) and sum(numbers) == whole:
            found.append(sentence % {**dict(zip("abc", numbers, strict=False)), "sum": whole})
    return found
