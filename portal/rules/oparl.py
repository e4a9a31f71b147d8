"""OParl 1.1 as plain data: names of kinds, shapes of objects, what stands in which of them.

Source: OParl specification 1.1, chapters 2.4 (no empty values), 2.5 (lists), 2.8 (deleted objects)
and 3 (back references are left out of embedded objects). Keys of our own have the vendor's prefix.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple

PREFIX: Final = "/oparl/v1.1/"
SCHEMA: Final = "https://schema.oparl.org/1.1/"
VENDOR: Final = "nghitruong:"
Object = dict[str, Any]


class Kind(StrEnum):
    """Kinds of objects, as they stand in addresses."""

    BODY = "body"
    TERM = "legislative-term"
    ORGANIZATION = "organization"
    PERSON = "person"
    MEMBERSHIP = "membership"
    MEETING = "meeting"
    AGENDA_ITEM = "agenda-item"
    PAPER = "paper"
    CONSULTATION = "consultation"
    FILE = "file"
    LOCATION = "location"


class Ref(NamedTuple):
    """One object: its kind and its key within the kind."""

    kind: Kind
    key: str


TYPES: Final[Mapping[Kind, str]] = {
    Kind.BODY: "Body", Kind.TERM: "LegislativeTerm", Kind.ORGANIZATION: "Organization",
    Kind.PERSON: "Person", Kind.MEMBERSHIP: "Membership", Kind.MEETING: "Meeting",
    Kind.AGENDA_ITEM: "AgendaItem", Kind.PAPER: "Paper", Kind.CONSULTATION: "Consultation",
    Kind.FILE: "File", Kind.LOCATION: "Location",
}  # fmt: skip
LISTS: Final[Mapping[Kind, str]] = {
    Kind.ORGANIZATION: "organization", Kind.PERSON: "person", Kind.MEETING: "meeting",
    Kind.PAPER: "paper", Kind.AGENDA_ITEM: "agendaItem", Kind.CONSULTATION: "consultation",
    Kind.FILE: "file", Kind.LOCATION: "locationList", Kind.TERM: "legislativeTermList",
    Kind.MEMBERSHIP: "membership",
}  # fmt: skip
"""The property of a Body that leads to the list of a kind."""

BACK_REFERENCES: Final[Mapping[str, frozenset[str]]] = {
    "LegislativeTerm": frozenset({"body"}),
    "Membership": frozenset({"person"}),
    "AgendaItem": frozenset({"meeting"}),
    "Consultation": frozenset({"paper"}),
    "File": frozenset({"meeting", "agendaItem", "paper"}),
    "Location": frozenset({"bodies", "organizations", "meetings"}),
}
INTERNAL_LISTS: Final[Mapping[str, frozenset[str]]] = {
    "AgendaItem": frozenset({"auxiliaryFile"}),
    "Meeting": frozenset({"auxiliaryFile", "agendaItem"}),
    "Paper": frozenset({"auxiliaryFile"}),
    "Person": frozenset({"membership"}),
}
"""What `omit_internal=true` leaves out; `legislativeTerm` of a Body is mandatory and stays."""

NEVER_LEFT_OUT: Final = frozenset({"legislativeTerm", "order", "data"})


def address(base: str, kind: Kind, key: object) -> str:
    """The canonical address of an object, which is its `id`."""
    return f"{base}{PREFIX}{kind}/{key}"


def thing(base: str, kind: Kind, key: object, **fields: Any) -> Object:
    """An object without what is empty; days and moments as text, embedded objects shortened.

    Args:
        base: scheme and host, without a slash at the end.
        fields: properties by name; those of our own come in `own`, without the prefix.
    """
    made: Object = {"id": address(base, kind, key), "type": f"{SCHEMA}{TYPES[kind]}"}
    own = {f"{VENDOR}{name}": value for name, value in fields.pop("own", {}).items()}
    for name, value in {**fields, **own}.items():
        said = _said(value)
        if said in (None, "", []) and name not in NEVER_LEFT_OUT:
            continue
        made[name] = said
    return made


def _said(value: Any) -> Any:
    match value:
        case datetime():
            return value.isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case list() | tuple():
            return [_said(one) for one in value]
        case {"type": str()}:
            return without(value, BACK_REFERENCES)
        case _:
            return value


def without(made: Object, names: Mapping[str, frozenset[str]]) -> Object:
    """The object without the properties that its type names."""
    left_out = names.get(type_of(made), frozenset())
    return {name: value for name, value in made.items() if name not in left_out}


def type_of(made: Object) -> str:
    """The type's last word: ``Paper``."""
    return str(made["type"]).removeprefix(SCHEMA)


def ref_of(identifier: str) -> Ref:
    """Kind and key of an address that `address` made."""
    kind, _slash, key = identifier.partition(PREFIX)[2].partition("/")
    return Ref(Kind(kind), key)


def digest_of(made: Object) -> str:
    """What tells one state of the object from another; its own times are not in it."""
    text = json.dumps(made, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class Stamp(NamedTuple):
    """Since when an object is public, and when it changed last."""

    created: datetime
    modified: datetime


def stamped(made: Object, stamps: Mapping[str, Stamp]) -> Object:
    """The object with the times of itself and of all that is embedded; by `id`.

    Embedded objects that have no times are not known to be public yet and are left out.
    """
    stamp = stamps[made["id"]]
    found: Object = {}
    for name, value in made.items():
        match value:
            case {"type": str(), "id": identifier}:
                if identifier in stamps:
                    found[name] = stamped(value, stamps)
            case [{"type": str()}, *_]:
                known = [one for one in value if one["id"] in stamps]
                if known or name in NEVER_LEFT_OUT:
                    found[name] = [stamped(one, stamps) for one in known]
            case _:
                found[name] = value
    return {**found, "created": _said(stamp.created), "modified": _said(stamp.modified)}


def embedded_in(made: Object) -> Iterable[str]:
    """The addresses of all objects inside, at any depth."""
    for value in made.values():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict) and "type" in one:
                yield one["id"]
                yield from embedded_in(one)


def tombstone(base: str, ref: Ref, stamp: Stamp) -> Object:
    """What is left of an object that is no longer public."""
    return {
        **thing(base, *ref), "created": _said(stamp.created), "modified": _said(stamp.modified),
        "deleted": True,
    }  # fmt: skip
