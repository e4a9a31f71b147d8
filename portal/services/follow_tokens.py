"""Signed words in the links of letters: unguessable, and good for one thing only.

The key of a row (128 random bits) is signed with the installation's secret, so neither a leaked
database nor a leaked secret alone makes a link. Rows that are gone take their links with them.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.core.signing import BadSignature, Signer, TimestampSigner

from portal.models import Frequency, Letter, Subscriber

CONFIRM_DAYS: Final = 7
"""So long a link to confirm works, and so long an address that nobody confirmed is kept."""

_SEPARATOR: Final = "~"
_CONFIRM: Final = TimestampSigner(salt="portal.follow.confirm", sep=_SEPARATOR)
_LEAVE: Final = Signer(salt="portal.follow.leave", sep=_SEPARATOR)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a link to confirm says yes to."""

    key: str
    frequency: str
    language: str


def to_confirm(letter: Letter) -> str:
    """The word in the link of a letter that asks for confirmation."""
    assert letter.subscription is not None  # noqa: S101 - a constraint of the row
    return _CONFIRM.sign(f"{letter.subscription.key}.{letter.frequency}.{letter.language}")


def asked_in(token: str) -> Asked | None:
    """What the word says yes to; None where it is not ours or too old."""
    try:
        value = _CONFIRM.unsign(token, max_age=timedelta(days=CONFIRM_DAYS))
    except BadSignature:
        return None
    key, frequency, language = value.split(".")
    return Asked(key, Frequency(frequency), language)


def to_leave(subscriber: Subscriber) -> str:
    """The word in the links to leave; it never grows old."""
    return _LEAVE.sign(subscriber.key)


def leaving_key(token: str) -> str | None:
    """The key of who leaves; None where the word is not ours."""
    try:
        return _LEAVE.unsign(token)
    except BadSignature:
        return None
