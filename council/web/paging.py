"""Lists come in pages; any nonsense in `page` shows a page, never an error."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PER_PAGE, DIGITS_MAX = 30, 8


def page_of(
    request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], *, per_page: int = PER_PAGE
) -> Page[Any]:
    """The page that `?page=` asks for; the first for nonsense, the last when it is beyond."""
    paginator = Paginator(rows, per_page)
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= DIGITS_MAX else 1
    return paginator.get_page(number)
