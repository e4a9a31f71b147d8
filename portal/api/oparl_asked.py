"""What a question to an OParl list asks for, and the canonical address of a page."""

from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode

from portal.queries.oparl import Asked

LIMIT, LIMIT_MAX = 50, 100
DIGITS_MAX = 15
TIMES = ("created_since", "created_until", "modified_since", "modified_until")
KEPT = (*TIMES, "limit", "omit_internal")


class UnreadableError(Exception):
    """A parameter that is not of its form; the sentence says which."""


def asked_of(query: QueryDict) -> Asked:
    """What the parameters ask for; more than the longest page is the longest page.

    Raises:
        UnreadableError: one of them is not of its form.
    """
    moments = {name: moment_of(name, str(query[name])) for name in TIMES if name in query}
    limit = number_of("limit", str(query.get("limit", LIMIT)))
    after = number_of("after", str(query.get("after", 0)))
    return Asked(**moments, after=after, limit=min(max(limit, 1), LIMIT_MAX))


def omits_internal(query: QueryDict) -> bool:
    """Whether internal lists are to be left out."""
    return query.get("omit_internal") == "true"


def moment_of(name: str, text: str) -> datetime:
    """A moment with its zone; a plus sign that nobody encoded arrives as a blank.

    Raises:
        UnreadableError: it is none.
    """
    try:
        moment = parse_datetime(text.replace(" ", "+"))
        if moment is not None and moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    message = f"{name}: cần thời điểm có múi giờ, ví dụ 2026-07-10T08:00:00+07:00."
    raise UnreadableError(message)


def number_of(name: str, text: str) -> int:
    """A number that is not negative.

    Raises:
        UnreadableError: it is none.
    """
    if text.isascii() and text.isdecimal() and len(text) <= DIGITS_MAX:
        return int(text)
    message = f"{name}: cần một số nguyên không âm."
    raise UnreadableError(message)


def address_of_page(request: HttpRequest, after: int) -> str:
    """The page's one address: the filters asked for, always in the same order."""
    query = {name: request.GET[name] for name in KEPT if name in request.GET}
    if after:
        query["after"] = str(after)
    text = f"?{urlencode(query)}" if query else ""
    return f"{settings.BASE_URL}{request.path}{text}"
