"""The council's own regulation as its page shows it: value, source, dates, default."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from council import queries
from council.forms.regulation import CHOICES
from council.models import Council, CouncilLevel, CouncilSetting, SettingKey
from council.rules import regulation as rules
from council.web.rule_pages import Shown


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that the regulation sets, on one day.

    Attributes:
        label: what it is.
        now: the value today, in words.
        source: who says so.
        own: the council's row in force today; None where the default holds.
        rule: the rulebook's row behind the default; None where the product itself sets it.
        default: the default, in words.
        rows: all values that the council entered, newest first, each with its words.
    """

    key: str
    label: str
    now: str
    source: str
    own: CouncilSetting | None
    rule: Shown | None
    default: str
    rows: tuple[tuple[CouncilSetting, str], ...]

    @property
    def is_default(self) -> bool:
        """Whether the council has not entered its own."""
        return self.own is None


def lines_for(council: Council, today: date) -> list[Line]:
    """Every line of the page, in the order of the rules; one query."""
    entered: dict[str, list[CouncilSetting]] = {}
    for row in council.settings.order_by("-effective_from"):
        entered.setdefault(row.key, []).append(row)
    return [
        line_for(council, key, entered.get(key, []), today)
        for key in rules.ITEMS
        if key != SettingKey.CONFIDENCE_AT_COMMUNE or council.level == CouncilLevel.COMMUNE
    ]


def line_for(council: Council, key: str, rows: list[CouncilSetting], today: date) -> Line:
    """One line; `rows` are the council's own values, newest first."""
    rule = rules.rule_of(key, today, council.level)
    default = rules.default_of(key, today, council.level)
    own = next((row for row in rows if holds(row, today)), None)
    return Line(
        key=key,
        label=str(SettingKey(key).label),
        now=in_words(key, own.value if own else default),
        source=own.source if own else _(queries.DEFAULT_SOURCE),
        own=own,
        rule=Shown(rule) if rule else None,
        default=in_words(key, default),
        rows=tuple((row, in_words(key, row.value)) for row in rows),
    )


def holds(row: CouncilSetting, day: date) -> bool:
    """Whether a value holds on the day."""
    return row.effective_from <= day and (row.effective_to is None or day <= row.effective_to)


def in_words(key: str, value: str) -> str:
    """A stored value as people read it."""
    kind = rules.ITEMS[key].kind
    if not value:
        return "–"
    match kind:
        case rules.ValueKind.SHARE:
            return _("ít nhất %(share)s tổng số đại biểu") % {"share": value}
        case rules.ValueKind.DAYS:
            return ngettext("%(n)s ngày", "%(n)s ngày", int(value)) % {"n": value}
        case rules.ValueKind.COUNT:
            return value
        case rules.ValueKind.YES_NO | rules.ValueKind.TIE | rules.ValueKind.LICENCE:
            return str(dict(CHOICES[kind]).get(value, value))
