"""The last pass: a canary into each private text that the plot left without one.

Straight into the rows, since no verb reaches all of them; what a constraint, a trigger or a digest
holds fast stays as it is.
"""

from collections import defaultdict
from typing import Any, Final

from django.db import DatabaseError, models, transaction

from portal.management.probe import audience, places
from portal.management.probe.words import Words, canaries_in

SEALED: Final = {
    "council.AuditEntry",
    "resolutions.Resolution",
    "resolutions.SessionText",
    "resolutions.Publication",
    "resolutions.SigningCopy",
    "resolutions.TextVersion",
    "resolutions.SessionTextVersion",
    "resolutions.ArchivedResolution",
}
"""Models whose words a digest or a chain covers: their canaries come through the services."""


def into_all(words: Words) -> None:
    """Add what is missing."""
    verbs = places.table("TYPED")
    by_model = defaultdict(list)
    for model, one in places.text_fields():
        verb = verbs.get(f"{places.label_of(model)}.{one.name}", audience.PUBLIC)
        is_text = isinstance(one, models.CharField | models.TextField)
        if verb != audience.PUBLIC and is_text and places.label_of(model) not in SEALED:
            by_model[model].append(one)
    for model, fields in by_model.items():
        public = places.keys(model, audience.PUBLISHED.get(places.label_of(model)))
        for pk in places.rows_of(model).order_by("pk").values_list("pk", flat=True):
            if pk not in public:
                fill(model, pk, fields, words)


def fill(
    model: type[models.Model],
    pk: object,
    fields: "list[models.Field[Any, Any]]",
    words: Words,
) -> None:
    """A canary into each text of the row that has none."""
    row = places.rows_of(model).filter(pk=pk)
    texts = row.values_list(*(one.name for one in fields)).get()
    for one, text in zip(fields, texts, strict=True):
        said = str(text or "")
        if canaries_in(said) or said.startswith(("{", "[")):
            continue
        try:
            with transaction.atomic():
                row.update(**{one.name: changed(one, said, words)})
        except DatabaseError:
            continue  # the database keeps this text for another state of the row


def changed(one: "models.Field[Any, Any]", said: str, words: Words) -> str:
    """The text with a canary, no longer than the field."""
    if isinstance(one, models.EmailField):
        return f"{words.word()}@example.org"
    word = words.word()
    room = (one.max_length or 10_000) - len(word) - 1
    return f"{said[: max(room, 0)]} {word}".strip()
