"""Councils that ended and the councils that took their place."""

from django.db.models import Q
from django.http import Http404

from council.models import Council


def with_predecessors(slug: str) -> tuple[Council, list[Council]]:
    """The council at this address and those whose place it took, by name: one query.

    Raises:
        Http404: no council has this address.
    """
    found = Council.objects.filter(Q(slug=slug) | Q(successor__slug=slug))
    rows = list(found.select_related("successor", "parent").order_by("unit_name", "pk"))
    shown = next((row for row in rows if row.slug == slug), None)
    if shown is None:
        raise Http404
    return shown, [row for row in rows if row is not shown]
