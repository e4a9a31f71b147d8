"""The published OParl schemas, and the two rules of the specification that they do not hold."""

import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from referencing import Registry
from referencing.jsonschema import DRAFT7

from portal.rules.oparl import SCHEMA, VENDOR

FOLDER = Path(os.environ.get("STANDARDS_DIR", "../shared/standards")) / "oparl"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
FORMS = {"date-time": MOMENT, "date": DAY, "url": re.compile(r"https?://\S+")}


def needs_schemas() -> None:
    """Where the published schemas are missing, say so loudly; in CI that is a failure."""
    if not FOLDER.is_dir():
        message = f"no OParl schemas in {FOLDER} (STANDARDS_DIR): nothing was validated"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)


@cache
def schemas() -> dict[str, Any]:
    """The schemas by type."""
    return {path.stem: json.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.json")}


@cache
def validator_of(name: str) -> Draft7Validator:
    """Validates one type; relative references are found under both of their names."""
    resources = [
        (f"{SCHEMA}{found}{suffix}", DRAFT7.create_resource(schema))
        for found, schema in schemas().items()
        for suffix in ("", ".json")
    ]
    return Draft7Validator(schemas()[name], registry=Registry().with_resources(resources))


def faults_of(made: dict[str, Any]) -> list[str]:
    """What is wrong with an object and with everything in it."""
    if made.get("deleted"):  # may keep nothing but these (chapter 2.8)
        missing = {"id", "type", "created", "modified"} - made.keys()
        return [f"{made['id']}: {missing}"] if missing else []
    name = made["type"].removeprefix(SCHEMA)
    found = [f"{made['id']}: {error.message}" for error in validator_of(name).iter_errors(made)]
    return found + [fault for one in [made, *inside(made)] for fault in own_faults(one)]


def own_faults(made: dict[str, Any]) -> list[str]:
    """What the text demands beyond the schemas: times, forms, no empty values, known keys."""
    properties, where = schemas()[made["type"].removeprefix(SCHEMA)]["properties"], made["id"]
    found = [f"{where}: no {name}" for name in ("created", "modified") if name not in made]
    for name, value in made.items():
        if name not in properties:
            found += [] if name.startswith(VENDOR) else [f"{where}: unknown {name}"]
        elif form := FORMS.get(properties[name].get("format", "")):
            good = isinstance(value, dict) or form.fullmatch(value)
            found += [] if good else [f"{where}: {name} is {value!r}"]
        if value in (None, ""):
            found.append(f"{where}: empty {name}")
    return found


def inside(made: dict[str, Any]) -> list[dict[str, Any]]:
    """All objects within an object, at any depth."""
    found = []
    for value in made.values():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict) and "type" in one:
                found += [one, *inside(one)]
    return found
