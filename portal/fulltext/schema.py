"""Fields of the index, and one document of it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from typing import Final, NamedTuple

import tantivy

from portal.rules import abbreviations
from portal.rules.terms import terms_of

FACETS: Final = ("council", "year", "kind", "status")
"""Fields by which results are counted and narrowed."""

_LAYOUT: Final = 1
"""Raise it when fields, terms or weights change: indexes made before are then made anew."""

_OLDEST, _A_YEAR, _IN_FORCE = 1990, 0.006, 1.08


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """What the index knows of one published page.

    Args:
        key: kind and number of the object, by which it is replaced or removed.
        entry: primary key of the row from which a hit is shown.
        text: title and everything else that can be found.
        symbols: ways to write its number (`portal.rules.asking.symbols_of`).
        moment: when it was published, in seconds; feeds are sorted by it.
    """

    key: str
    entry: int
    title: str
    text: str
    symbols: Sequence[str]
    council: str
    kind: str
    status: str
    year: int
    moment: int


@cache
def version() -> str:
    """Changes whenever an index made before must not be used any more."""
    made_of = f"{_LAYOUT} {metadata.version('tantivy')} {abbreviations.version()}"
    return hashlib.sha256(made_of.encode()).hexdigest()[:16]


@cache
def schema() -> tantivy.Schema:
    """The fields: terms with frequencies but without positions, facets as columns.

    A phrase is its pair, its triple, or all its triples: no positions to read, and a phrase of
    common words costs what a word costs.
    """
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("entry", fast=True)
    for name, option in (
        ("words", "freq"), ("pairs", "freq"), ("triples", "basic"), ("exact", "freq"),
        ("title", "freq"),
    ):  # fmt: skip
        builder.add_text_field(name, tokenizer_name="whitespace", index_option=option)
    builder.add_text_field("symbol", tokenizer_name="whitespace", index_option="basic")
    for name in ("council", "kind", "status"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_integer_field("year", indexed=True, fast=True)
    builder.add_integer_field("moment", fast=True)
    builder.add_float_field("weight", fast=True)
    return builder.build()


class Prepared(NamedTuple):
    """A document taken apart into terms, as it travels from one process to another."""

    texts: tuple[tuple[str, str], ...]
    numbers: tuple[tuple[str, int], ...]
    weight: float


def prepared(source: IndexedDocument) -> Prepared:
    """The terms of a document: most of the work of indexing it."""
    terms, title = terms_of(source.text), terms_of(source.title)
    texts = (
        ("key", source.key),
        *zip(terms._fields, terms, strict=True),
        ("title", f"{title.words} {title.pairs}"),
        ("symbol", " ".join(source.symbols)),
        *((name, getattr(source, name)) for name in ("council", "kind", "status")),
    )
    numbers = tuple((name, getattr(source, name)) for name in ("entry", "year", "moment"))
    return Prepared(texts, numbers, weight_of(source))


def document_of(prepared: Prepared) -> tantivy.Document:
    """The document in the form that the index takes."""
    made = tantivy.Document()
    for name, text in prepared.texts:
        made.add_text(name, text)
    for name, number in prepared.numbers:
        made.add_integer(name, number)
    made.add_float("weight", prepared.weight)
    return made


def weight_of(source: IndexedDocument) -> float:
    """A gentle preference: six thousandths for each year, eight hundredths for what is in force."""
    weight = 1.0 + _A_YEAR * max(source.year - _OLDEST, 0)
    return weight * _IN_FORCE if source.status == "in_force" else weight
