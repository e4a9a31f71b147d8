"""The request as our views see it, after a gate let it through."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from council.models import Council, User


class StaffRequest(HttpRequest):
    """A signed-in request to a council's page: the gate has set `council` and `roles`."""

    user: User
    htmx: HtmxDetails
    council: Council
    roles: frozenset[str]


class PublicRequest(HttpRequest):
    """An anonymous (or any) request to a public page."""

    htmx: HtmxDetails
