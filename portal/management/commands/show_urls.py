"""Every address of the site: pattern, name, methods, and the roles that may use it."""

import json
import logging
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, get_resolver

from council.models import RoleKind
from council.services.access import PERMISSIONS
from council.web.gates import ANY_ADMINISTRATOR, SIGNED_IN, SUPERUSER
from council.web.visitors import PUBLIC

EVERYBODY = "everybody"
NO_SUCH_METHOD = "PROBE"


@dataclass(frozen=True, slots=True)
class Address:
    """One URL pattern; `gate` is the verb of the permission table, or the kind of door."""

    pattern: str
    name: str
    methods: list[str]
    gate: str
    roles: list[str]


def walk(resolver: URLResolver, prefix: str = "", namespace: str = "") -> Iterator[Address]:
    """Every pattern below the resolver, in the order in which Django tries them."""
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from walk(entry, pattern, inner)
        else:
            yield address_of(entry, pattern, namespace)


def address_of(entry: URLPattern, pattern: str, namespace: str) -> Address:
    """What is known of one pattern."""
    is_admin = namespace == "admin:"
    gate = SUPERUSER if is_admin else getattr(entry.callback, "gate_verb", "")
    return Address(
        pattern=f"/{pattern}",
        name=f"{namespace}{entry.name or ''}",
        methods=["GET", "POST"] if is_admin else methods_of(entry.callback),
        gate=gate,
        roles=roles_of(gate),
    )


def methods_of(view: Callable[..., Any]) -> list[str]:
    """What the view's `require_http_methods` lets in: asked with a method that nobody has."""
    request = HttpRequest()
    request.method, request.user = NO_SUCH_METHOD, AnonymousUser()
    response = view(request)
    return sorted(method.strip() for method in response.headers.get("Allow", "").split(","))


def roles_of(gate: str) -> list[str]:
    """The roles behind a gate, in the order of the permission table; nobody behind no gate."""
    if gate in {PUBLIC, SUPERUSER}:
        return [EVERYBODY if gate == PUBLIC else SUPERUSER]
    if gate == ANY_ADMINISTRATOR:
        return [RoleKind.ADMINISTRATOR, SUPERUSER]
    allowed = (
        frozenset(RoleKind.values) if gate == SIGNED_IN else PERMISSIONS.get(gate, frozenset())
    )
    return [kind for kind in RoleKind.values if kind in allowed]


def addresses() -> list[Address]:
    """Every address of the site."""
    logger = logging.getLogger("django.request")
    logger.disabled = True  # the probes of `methods_of` are nobody's mistake
    try:
        return list(walk(get_resolver()))
    finally:
        logger.disabled = False


class Command(BaseCommand):
    """Print the table, or JSON."""

    help = "Every URL pattern with name, methods and the roles that may use it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        found = addresses()
        if options["json"]:
            rows = [asdict(address) for address in found]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for address in found:
            methods, roles = ",".join(address.methods), ",".join(address.roles)
            self.stdout.write(f"{address.pattern}\t{address.name}\t{methods}\t{roles}")
