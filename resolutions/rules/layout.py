"""The text of a resolution as a plain structure, and the digest that an approval binds.

The digest is taken of canonical JSON (keys sorted, no blanks, NFC, UTF-8), so that the same text
has the same digest in any database, on any machine and in any version of the program.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

DIGEST_FORMAT: Final = "nghi-quyet/2"
"""Named inside the digest: a change of what is digested must never look like a change of text."""


@dataclass(frozen=True, slots=True)
class ArticleText:
    """An article (Điều): its heading, empty where it has none, and its paragraphs.

    A paragraph is one line of text: plain, a clause ("1. …"), a point ("a) …") or a dash ("- …").
    """

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftText:
    """The whole text between the state's motto and the signature.

    Attributes:
        title: abstract (trích yếu), without the word NGHỊ QUYẾT.
        bases: legal bases, each ending with ";" and the last with ".".
        articles: numbered from 1 by their order.
        closing: the formula of adoption, ending with "./.".
        recipients: lines of "Nơi nhận", without dash and sign at the end.
    """

    title: str
    bases: tuple[str, ...]
    articles: tuple[ArticleText, ...]
    closing: str
    recipients: tuple[str, ...]


def canonical(value: object) -> bytes:
    """A value of texts, numbers, lists and mappings as canonical JSON; all text NFC."""
    return json.dumps(
        _composed(value), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()


def _composed(value: object) -> object:
    match value:
        case str():
            return unicodedata.normalize("NFC", value)
        case Mapping():
            return {str(key): _composed(one) for key, one in value.items()}
        case list() | tuple():
            return [_composed(one) for one in value]
        case bool() | int() | None:
            return value
        case _:
            raise TypeError(f"{type(value).__name__} has no canonical form")


@dataclass(frozen=True, slots=True)
class WholeText:
    """The whole text as it is saved: what `DraftText` says, with the body as plain data.

    Attributes:
        title: abstract (trích yếu).
        bases: legal bases, each ending with ";" and the last with ".".
        body: `resolutions.rules.serial.data_of` the tree.
        closing: the formula of adoption.
        recipients: lines of "Nơi nhận".
    """

    title: str
    bases: tuple[str, ...]
    body: Mapping[str, object]
    closing: str
    recipients: tuple[str, ...]


def digest(text: WholeText, details: Mapping[str, object] | None = None) -> str:
    """SHA-256, in hexadecimal, of the text and of what is printed around it.

    Args:
        text: the text.
        details: what else the approval must bind: signatory, kind, date of effect. Values are
            texts, integers, booleans, None, lists and mappings; dates go in as ISO text.

    Raises:
        TypeError: a value has no canonical form (a float, a date).
    """
    content = {
        "format": DIGEST_FORMAT,
        "title": text.title,
        "bases": text.bases,
        "body": text.body,
        "closing": text.closing,
        "recipients": text.recipients,
        "details": details or {},
    }
    return hashlib.sha256(canonical(content)).hexdigest()
