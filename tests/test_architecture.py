"""The house style where a machine can hold it: who imports whom, who writes, sizes and names."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from tests.processes import ROOT

APPS = ("council", "sessions", "elections", "resolutions", "portal")
LABELS = ("council", "council_sessions", "elections", "resolutions", "portal")
MAX_LINES = 400
MAX_NAME_BYTES = 63  # PostgreSQL cuts longer names and says nothing
DRAWERS = {"utils", "helpers", "common", "misc", "manager", "functions"}

WRITES = {
    "save", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update",
    "acreate", "asave", "adelete", "aupdate", "delete", "update", "set_password",
}  # fmt: skip
QUERYSETS = {"objects", "all", "filter", "exclude", "select_related", "order_by", "using"}
# `signing` and `inspection` know no Django (contract): what they save are fonts and pictures.
MAY_WRITE = {"services", "migrations", "signing", "inspection"}
# The demo's accounts are there before anybody who could invite them; the probe fills what no verb
# reaches, so that each text has its canary.
WRITES_FIRST = {
    "portal/management/demo/stage.py", "portal/management/probe/rows.py",
    "portal/management/probe/sweep.py",
}  # fmt: skip


def python_files(*folders: str) -> Iterator[Path]:
    """Our Python files, without migrations."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def named(path: Path) -> str:
    """The path as people write it."""
    return str(path.relative_to(ROOT))


def is_write(call: ast.Call) -> bool:
    """Whether a call writes to the database, as far as its text tells.

    `x.save()` and `bulk_create` always do; `update` and `delete` are also words of dicts, sets and
    caches, so they count at the end of a chain of querysets or without arguments. A verb of our
    services says who acts (`notes.save(…, by=user)`).
    """
    if any(keyword.arg == "by" for keyword in call.keywords):
        return False
    function = call.func
    if not isinstance(function, ast.Attribute) or function.attr not in WRITES:
        return False
    if function.attr == "save":
        return True
    if function.attr in {"create", "update", "delete"}:
        return ends_a_queryset(function.value) or (function.attr == "delete" and not call.args)
    return True


def ends_a_queryset(value: ast.expr) -> bool:
    """Whether the expression before the verb looks like a manager or a queryset."""
    for node in ast.walk(value):
        if isinstance(node, ast.Attribute) and node.attr in QUERYSETS | {"_set"}:
            return True
    return False


def writes_in(source: str) -> list[int]:
    """Lines of a module that write to the database."""
    found = ast.walk(ast.parse(source))
    return [node.lineno for node in found if isinstance(node, ast.Call) and is_write(node)]


@pytest.mark.parametrize(
    "source",
    [
        "person.save()",
        "form.save(commit=False)",
        "Person.objects.create(name='x')",
        "Person.objects.filter(pk=1).update(name='x')",
        "person.mandates.all().delete()",
        "person.delete()",
        "Person.objects.bulk_create([])",
        "with x:\n    Person.objects.get_or_create(pk=1)",
    ],
)
def test_the_eye_for_writes_sees_them(source: str) -> None:
    assert writes_in(source)


@pytest.mark.parametrize(
    "source",
    [
        "counts.update({1: 2})",
        "context.update(a=1)",
        "polls.create(council, by=user)",
        "notes.save(session, by=user)",
    ],
)
def test_the_eye_for_writes_is_not_fooled(source: str) -> None:
    assert not writes_in(source)


def test_only_services_write_to_the_database() -> None:
    found = [
        f"{named(path)}:{line}"
        for path in python_files(*APPS)
        if not MAY_WRITE & set(path.relative_to(ROOT).parts)
        if named(path) not in WRITES_FIRST
        for line in writes_in(path.read_text())
    ]
    assert found == []


def test_import_contracts_are_kept() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=ROOT,
        text=True,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]


def test_no_relative_imports_and_no_wildcards() -> None:
    found = [
        f"{named(path)}:{node.lineno}"
        for path in python_files("config", "tools", "tests", *APPS)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom)
        and (node.level or any(alias.name == "*" for alias in node.names))
        and named(path) != "tests/settings.py"
    ]
    assert found == []


def test_no_file_is_a_drawer() -> None:
    everything = list(python_files("config", "tools", *APPS))
    assert [named(path) for path in everything if path.stem in DRAWERS] == []


def test_no_file_is_longer_than_400_lines() -> None:
    long = {
        named(path): lines
        for path in python_files("config", "tools", "tests", *APPS)
        if (lines := path.read_text().count("\n")) > MAX_LINES
    }
    assert long == {}


def test_no_open_ends_in_the_code() -> None:
    words = ("TO" + "DO", "FIX" + "ME", "XX" + "X")
    found = [
        f"{named(path)}: {word}"
        for path in python_files("config", "tools", "tests", *APPS)
        for word in words
        if word in path.read_text()
    ]
    assert found == []


def test_rules_ask_no_clock() -> None:
    """A rule gets its day as an argument: old results must still recompute."""
    forbidden = {"today", "now", "utcnow", "time", "monotonic"}
    found = [
        f"{named(path)}:{node.lineno}"
        for app in APPS
        for path in python_files(f"{app}/rules")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in forbidden
    ]
    assert found == []


def our_models() -> list[type[models.Model]]:
    return [model for label in LABELS for model in apps.get_app_config(label).get_models()]


def names_in_the_database(model: type[models.Model]) -> Iterator[str]:
    """Names of the table and of its named constraints and indexes."""
    yield model._meta.db_table
    for part in (*model._meta.constraints, *model._meta.indexes):
        yield part.name


def test_names_in_the_database_fit_postgresql() -> None:
    long = [
        name
        for model in our_models()
        for name in names_in_the_database(model)
        if len(name.encode()) > MAX_NAME_BYTES
    ]
    assert long == []


def test_names_of_constraints_say_whose_they_are() -> None:
    odd = [
        constraint.name
        for model in our_models()
        for constraint in model._meta.constraints
        if not constraint.name.startswith(f"{model._meta.app_label}_{model._meta.model_name}_")
    ]
    assert odd == []


def test_models_neither_override_save_nor_listen_to_signals() -> None:
    overriding = [model.__name__ for model in our_models() if "save" in vars(model)]
    assert overriding == []
    listening = [
        named(path)
        for path in python_files(*APPS)
        if "django.db.models.signals" in path.read_text()
    ]
    assert listening == []


def test_every_test_folder_is_a_package() -> None:
    """Without it `tests/sessions` would hide our package `sessions`."""
    folders = {path.parent for path in (ROOT / "tests").rglob("*.py")}
    assert [named(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_only_tasks_are_announced_through_the_outbox() -> None:
    """A message outside the Job row would be lost with its broker: nobody calls `.delay()`."""
    found = [
        f"{named(path)}:{node.lineno}"
        for path in python_files(*APPS)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"delay", "apply_async", "send_task"}
        and named(path) != "council/services/jobs.py"
    ]
    assert found == []
