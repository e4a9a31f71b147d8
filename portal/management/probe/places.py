"""Where in the database each canary stands, and so who may read it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.fields.json import JSONField

from council.models import Council, RoleKind
from council.services.access import PERMISSIONS
from portal.management.probe import audience
from portal.management.probe.words import canaries_in

TEXTS = (models.CharField, models.TextField, JSONField)
STEPS = 6
"""Foreign keys between a row and its council, at most."""


@dataclass(frozen=True, slots=True)
class Place:
    """A text of a row: whose council's it is (none: the installation's), and who may read it."""

    model: str
    field: str
    council: str
    verb: str


@dataclass(frozen=True, slots=True)
class Reader:
    """An account as the probe knows it: its roles by council's address."""

    roles: dict[str, frozenset[str]] = field(default_factory=dict)
    is_superuser: bool = False

    def may_read(self, place: Place) -> bool:
        """Whether the text at this place is for the reader."""
        if place.verb == audience.PUBLIC or self.is_superuser:
            return True
        if place.verb == audience.SIGNED_IN:
            return bool(self.roles)
        if place.verb == audience.ADMINISTRATORS:
            return any(RoleKind.ADMINISTRATOR in kinds for kinds in self.roles.values())
        allowed = PERMISSIONS.get(place.verb, frozenset())
        own = [kinds for slug, kinds in self.roles.items() if place.council in ("", slug)]
        return any(allowed & kinds for kinds in own)


def label_of(model: type[models.Model]) -> str:
    """The model's name as the tables write it."""
    return str(model._meta.label)  # noqa: SLF001 - Django's documented API


def fields_of(model: type[models.Model]) -> "Sequence[models.Field[Any, Any]]":
    """The model's own columns."""
    return model._meta.local_fields  # noqa: SLF001 - Django's documented API


def rows_of(model: type[models.Model]) -> "models.QuerySet[Any]":
    """All rows, whatever the model's manager hides."""
    return model._base_manager.all()  # noqa: SLF001 - Django's documented API


def text_fields() -> "Iterator[tuple[type[models.Model], models.Field[Any, Any]]]":
    """Every text field of every model; words of a list (`choices`) are the interface's."""
    for model in apps.get_models():
        for one in fields_of(model):
            if isinstance(one, TEXTS) and not one.choices:
                yield model, one


@cache
def table(name: str) -> dict[str, str]:
    """Field as app.Model.field → the last word of its line (typed), or nothing (made)."""
    found: dict[str, str] = {}
    for line in getattr(audience, name).strip().splitlines():
        model, *names = line.split()
        verb = names.pop() if name == "TYPED" else ""
        for one in names:
            key = f"{model}.{one}"
            if key in found:
                message = f"{key} stands twice in {name}"
                raise ValueError(message)
            found[key] = verb
    return found


@cache
def way_to_council(model: type[models.Model]) -> str | None:
    """The shortest lookup from a row to its council's address; none where there is no way.

    Through keys that every row has, where there is such a way.
    """
    if model is Council:
        return "slug"
    return way_through(model, may_miss=False) or way_through(model, may_miss=True)


def way_through(model: type[models.Model], *, may_miss: bool) -> str | None:
    """The shortest lookup, with or without keys that a row may lack."""
    reached: list[tuple[str, type[models.Model]]] = [("", model)]
    for _step in range(STEPS):
        further = []
        for prefix, here in reached:
            for one in fields_of(here):
                target = one.related_model
                if not isinstance(target, type) or label_of(target) == "council.User":
                    continue
                if one.null and not may_miss:
                    continue
                if target is Council:
                    return f"{prefix}{one.name}__slug"
                if f"{one.name}__" not in prefix:
                    further.append((f"{prefix}{one.name}__", target))
        reached = further
    return None


def places() -> dict[str, set[Place]]:
    """Every canary of the database with all its places."""
    found: dict[str, set[Place]] = defaultdict(set)
    by_model = defaultdict(list)
    for model, one in text_fields():
        if f"{label_of(model)}.{one.name}" in table("TYPED"):
            by_model[model].append(one.name)
    for model, names in by_model.items():
        for word, place in places_in(model, names):
            found[word].add(place)
    return found


def places_in(model: type[models.Model], names: list[str]) -> Iterator[tuple[str, Place]]:
    """Every canary in these texts of the model's rows, and its place."""
    label, way, verbs = label_of(model), way_to_council(model), table("TYPED")
    public = keys(model, audience.PUBLISHED.get(label))
    condition, wider = audience.RELEASED.get(label, (None, ""))
    released = keys(model, condition)
    for pk, council, *texts in rows_of(model).values_list("pk", way or "pk", *names).iterator():
        slug = str(council or "") if way else ""
        for name, text in zip(names, texts, strict=True):
            verb = verbs[f"{label}.{name}"]
            said = [verb.removesuffix("*")]
            if verb.endswith("*") and pk in public:
                said = [audience.PUBLIC]
            elif pk in released and said[0] in audience.HOUSE:
                said.append(wider)
            for word in canaries_in(str(text)):
                for one in said:
                    yield word, Place(label, name, slug, one)


def keys(model: type[models.Model], condition: models.Q | None) -> set[object]:
    """Keys of the rows that fulfil the condition; none where there is none."""
    if condition is None:
        return set()
    return set(rows_of(model).filter(condition).values_list("pk", flat=True))


def is_public(found: set[Place]) -> bool:
    """Whether everybody may read the canary."""
    return any(place.verb == audience.PUBLIC for place in found)
