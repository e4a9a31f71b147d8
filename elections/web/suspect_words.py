"""The number that is likely wrong, in a sentence beside the sums."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from elections.models import Poll
from elections.queries import figures
from elections.queries import polls as poll_queries
from elections.rules import polls as kinds
from elections.rules import tally
from elections.rules.suspects import Suspect, suspects


def suspects_in(
    poll: Poll, totals: tally.SheetTotals, entries: Sequence[tally.EntryCount]
) -> tuple[Suspect, ...]:
    """The numbers of this poll's sheet that alone explain every failing sum.

    The papers printed are known from the printing where the sheet says the same.
    """
    return suspects(
        totals,
        entries,
        total_delegates=poll.total_delegates,
        present=poll.present,
        known=("printed",) if totals.printed == poll.printed else (),
    )


def sentence_of(poll: Poll, found: Sequence[Suspect]) -> str:
    """Which number to look at first; empty where none explains everything."""
    if not found:
        return ""
    words = [words_of(poll, suspect) for suspect in found]
    if len(words) == 1:
        return _("Một số giải thích hết các chỗ lệch: %(number)s. Kiểm tra số này trước.") % {
            "number": words[0]
        }
    return _("Nếu chỉ một số sai thì đó là %(numbers)s.") % {"numbers": _(" hoặc ").join(words)}


def words_of(poll: Poll, suspect: Suspect) -> str:
    """The number by its name, as typed and as it would fit."""
    pattern = (
        _("“%(name)s” %(value)d, nhiều nhất phải là %(mended)d")
        if suspect.is_limit
        else _("“%(name)s” %(value)d, phải là %(mended)d")
    )
    values = {"value": suspect.value, "mended": suspect.mended}
    return pattern % {"name": name_of(poll, suspect), **values}


def name_of(poll: Poll, suspect: Suspect) -> str:
    """A total by its label; a cell by the person and the option."""
    if not suspect.entry:
        return str(figures.TOTAL_CELL_LABELS[suspect.field])
    label = _(kinds.label_of(poll.kind, suspect.field))
    entry = poll_queries.standing_entries(poll).get(code=suspect.entry)
    return f"{entry.person.full_name}, {label}"
