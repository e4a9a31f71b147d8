"""Files of others that we ship: what they are, that nobody changed them, that all can be served."""

import hashlib
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.management import call_command

from tests.processes import ROOT

STATIC = ROOT / "static"
VENDOR = STATIC / "vendor"
LINE = re.compile(r"(?P<sha256>[0-9a-f]{64})  (?P<path>\S+)  (?P<origin>.+ \d+\.\d+\.\d+ \(.+\).*)")
LISTED = [
    LINE.fullmatch(line)
    for line in (VENDOR / "vendor.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
OURS = sorted(path for path in STATIC.glob("css/*.css"))


def test_every_line_names_a_hash_a_file_an_origin_and_a_licence() -> None:
    assert all(LISTED)


@pytest.mark.parametrize("line", [line for line in LISTED if line], ids=lambda line: line["path"])
def test_a_vendored_file_is_as_it_came(line: re.Match[str]) -> None:
    content = (VENDOR / line["path"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == line["sha256"]


def test_no_vendored_file_goes_unlisted() -> None:
    found = {str(p.relative_to(VENDOR)) for p in VENDOR.rglob("*") if p.is_file()} - {"vendor.txt"}
    assert found == {line["path"] for line in LISTED if line}


def test_every_vendored_package_brings_its_licence() -> None:
    for folder in (path for path in VENDOR.iterdir() if path.is_dir()):
        assert list(folder.glob("LICENSE*")), folder.name


def test_no_file_points_to_a_source_map_that_is_not_there() -> None:
    for path in [*STATIC.rglob("*.css"), *STATIC.rglob("*.js")]:
        assert "sourceMappingURL" not in path.read_text("utf-8"), path.name


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_a_stylesheet_loads_nothing_from_elsewhere_and_nothing_missing(path: Path) -> None:
    for address in re.findall(r"url\(\"?([^\")]+)\"?\)", path.read_text("utf-8")):
        assert (path.parent / address).resolve().is_relative_to(STATIC)
        assert (path.parent / address).is_file(), address


def test_all_files_can_be_served_under_names_with_their_hash(tmp_path: Path, settings) -> None:
    settings.STATIC_ROOT = str(tmp_path)
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage",
            "OPTIONS": {"location": str(tmp_path)},
        }
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    storage = ManifestStaticFilesStorage(location=str(tmp_path), base_url="/static/")
    hashed = storage.stored_name("css/app.css")
    assert re.fullmatch(r"css/app\.[0-9a-f]{12}\.css", hashed)
    assert (tmp_path / hashed).is_file()
