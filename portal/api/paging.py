"""Pages by cursor: the key of the last record; stable, whatever is published in between."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from portal.queries.records import absolute

Row = TypeVar("Row", bound=Model)
Record = TypeVar("Record")
LIMIT_MAX = 100
KEY_MAX = 10**18 - 1
Key = Annotated[int, Field(ge=1, le=KEY_MAX)]
Slug = Annotated[str, Field(pattern="^[a-z0-9-]{1,60}$")]


class Paging(Schema):
    """Where a page begins and how long it is."""

    cursor: Annotated[int, Field(ge=0, le=KEY_MAX, description="From `next`; 0 is the start.")] = 0
    limit: Annotated[int, Field(ge=1, le=LIMIT_MAX)] = 50


class OfCouncil(Paging):
    """A page of one council's records, or of all."""

    council: Annotated[Slug | None, Field(description="The council's word in addresses.")] = None


class OfSession(OfCouncil):
    """A page of one session's records, or of all."""

    session: Key | None = None


@dataclass
class PageOf(Generic[Record]):
    """A page of records; `next` is the address of the page after it, null at the end."""

    items: list[Record]
    next: str | None


def page_of(
    request: HttpRequest,
    rows: QuerySet[Row],
    asked: Paging,
    record_of: Callable[[Row], Record] | None = None,
    *,
    records_of: Callable[[Sequence[Row]], list[Any]] | None = None,
) -> dict[str, Any]:
    """The page; rows come in the order of their keys."""
    found = list(rows.filter(pk__gt=asked.cursor)[: asked.limit + 1])
    shown, more = found[: asked.limit], found[asked.limit :]
    if records_of is not None:
        items = records_of(shown)
    else:
        items = [record_of(row) for row in shown] if record_of else []
    return {"items": items, "next": next_address(request, shown[-1].pk) if more else None}


def next_address(request: HttpRequest, cursor: int) -> str:
    """The address asked for, with another cursor."""
    query = request.GET.copy()
    query["cursor"] = str(cursor)
    return absolute(f"{request.path}?{query.urlencode()}")
