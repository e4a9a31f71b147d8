"""What would narrow the results: the values of each facet with their counts, and what is chosen."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from council.models import Council
from portal.models import SearchEntry
from portal.queries.found import Found
from resolutions.rules import standing

VALUES_MAX: Final = 12
_TITLES: Final = {
    "kind": _("Loại"), "status": _("Hiệu lực"), "council": _("Hội đồng"), "year": _("Năm"),
}  # fmt: skip
_PARAMETERS: Final = {"kind": "type", "status": "status", "council": "council", "year": "year"}


@dataclass(frozen=True)
class Value:
    """One value: as it stands in the address, as it is shown, and how many hits have it."""

    value: str
    label: str
    count: int
    is_chosen: bool = False


@dataclass(frozen=True)
class Facet:
    """One way to narrow the results; `parameter` is its name in the address."""

    parameter: str
    title: str
    values: tuple[Value, ...]

    @property
    def chosen(self) -> Value | None:
        """The value by which the results are narrowed."""
        return next((value for value in self.values if value.is_chosen), None)

    @property
    def narrows(self) -> bool:
        """Whether there is something to choose."""
        return self.chosen is not None or len(self.values) > 1


def shown(found: Found) -> list[Facet]:
    """The facets of these results, and at least what is chosen, however the search was answered."""
    chosen = {name: str(value) for name, value in found.wanted.filters}
    counted = {name: dict(found.facets.get(name, ())) for name in _TITLES}
    labels = _labels({*counted["council"], chosen.get("council", "")})
    return [
        _facet(name, counted[name], chosen.get(name, ""), labels.get(name, str))
        for name in _TITLES
        if counted[name] or name in chosen
    ]


def _facet(name: str, counts: dict[str, int], chosen: str, label: Callable[[str], str]) -> Facet:
    """The most frequent values, years newest first; the chosen one is always among them."""
    order = sorted(counts, key=lambda value: (-counts[value], value))
    if name == "year":
        order = sorted(counts, reverse=True)
    values = order[:VALUES_MAX]
    if chosen and chosen not in values:
        values.append(chosen)
    return Facet(
        parameter=_PARAMETERS[name],
        title=str(_TITLES[name]),
        values=tuple(
            Value(value, label(value), counts.get(value, 0), is_chosen=value == chosen)
            for value in values
        ),
    )


def _labels(slugs: set[str]) -> dict[str, Callable[[str], str]]:
    councils = {
        council.slug: council.short_name for council in Council.objects.filter(slug__in=slugs)
    }
    return {
        "kind": lambda value: str(SearchEntry.Kind(value).label).capitalize(),
        "status": lambda value: gettext(standing.NAMES[standing.Standing(value)]),
        "council": lambda value: councils.get(value, value),
    }
