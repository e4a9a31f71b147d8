"""The editor's page as a browser without script sees it: its fields, and what a button sends."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.test import Client
from django.urls import reverse
from lxml import html

from resolutions.models import Resolution

FORM = "application/x-www-form-urlencoded"
Pairs = list[tuple[str, str]]


def address(resolution: Resolution, name: str = "resolution-edit", *args: int) -> str:
    return reverse(f"resolutions:{name}", args=[resolution.council.slug, resolution.pk, *args])


def fields_of(response: Any) -> Pairs:
    """Names and values that the editor's form would send."""
    (form,) = html.fromstring(response.content.decode()).xpath("//form[@id='editor']")
    found: Pairs = []
    for field in form.xpath(".//input[@name]|.//textarea[@name]|.//select[@name]"):
        if field.tag == "select":
            chosen = field.xpath(".//option[@selected]") or field.xpath(".//option")
            found += [(field.get("name"), one.get("value") or "") for one in chosen[:1]]
        elif field.tag == "textarea":
            found.append((field.get("name"), (field.text or "").removeprefix("\n")))
        elif field.get("type") not in ("radio", "checkbox") or field.get("checked") is not None:
            found.append((field.get("name"), field.get("value") or ""))
    return found


def typed(pairs: Pairs, name: str, change: Callable[[str], str] | str) -> Pairs:
    """The fields after somebody typed into the one of this name."""
    assert name in dict(pairs), name
    return [
        (one, change if isinstance(change, str) else change(value)) if one == name else (one, value)
        for one, value in pairs
    ]


def chosen(pairs: Pairs, identity: str) -> Pairs:
    """The fields after somebody chose the node."""
    return [pair for pair in pairs if pair[0] != "at"] + [("at", identity)]


def sent(client: Client, url: str, pairs: Pairs, action: str = "save", **extra: Any) -> Any:
    """What comes back after a button was pressed."""
    body = urlencode([*pairs, ("action", action)])
    return client.post(url, body, content_type=FORM, **extra)


def named(pairs: Pairs, words: str) -> str:
    """The name of the field that says this."""
    return next(name for name, value in pairs if words in value)
