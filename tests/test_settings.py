"""Settings by environment: production refuses to start half configured, and says why."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes import ROOT

PRODUCTION = {
    "DEBUG": "0",
    "SECRET_KEY": "for-this-test-only-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    "ALLOWED_HOSTS": "nghitruong.example, www.nghitruong.example",
    "BASE_URL": "https://nghitruong.example/",
}
READ = """
import json
from django.conf import settings
names = "DEBUG ALLOWED_HOSTS BASE_URL SESSION_COOKIE_SECURE SECURE_HSTS_SECONDS EMAIL_HOST".split()
print(json.dumps({name: getattr(settings, name) for name in names}
    | {"engine": settings.DATABASES["default"]["ENGINE"], "key": settings.SECRET_KEY}))
"""


def run(folder: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the checkout with nothing in the environment but what is given."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings", "DATA_DIR": str(folder)}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=kept | settings | environment,
        text=True,
        capture_output=True,
        check=False,
    )


def read(folder: Path, **environment: str) -> dict[str, object]:
    """Some settings as a fresh process has them."""
    done = run(folder, "-c", READ, **environment)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS"])
@pytest.mark.parametrize(
    "command", [["manage.py", "check"], ["-m", "celery", "-A", "config", "report"]]
)
def test_production_stops_with_a_sentence_where_something_is_missing(
    name: str, command: list[str], tmp_path: Path
) -> None:
    environment = {key: value for key, value in PRODUCTION.items() if key != name}
    done = run(tmp_path, *command, **environment)
    assert done.returncode != 0
    assert f"{name} is not set. With DEBUG off" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_any_environment_the_product_is_in_production(tmp_path: Path) -> None:
    assert "SECRET_KEY is not set" in run(tmp_path, "manage.py", "check").stderr


def test_development_needs_nothing_but_debug(tmp_path: Path) -> None:
    found = read(tmp_path, DEBUG="1")
    assert found["DEBUG"] is True
    assert found["engine"] == "django.db.backends.sqlite3"


def test_the_deployment_check_has_nothing_to_say(tmp_path: Path) -> None:
    command = ("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    done = run(tmp_path, *command, **PRODUCTION)
    assert done.returncode == 0, done.stderr


def test_an_https_address_makes_cookies_secure_and_a_plain_one_does_not(tmp_path: Path) -> None:
    secure = read(tmp_path, **PRODUCTION)
    assert secure["BASE_URL"] == "https://nghitruong.example"
    assert secure["ALLOWED_HOSTS"] == ["nghitruong.example", "www.nghitruong.example"]
    assert secure["SESSION_COOKIE_SECURE"] is True
    assert secure["SECURE_HSTS_SECONDS"] == 31_536_000
    plain = read(tmp_path, **PRODUCTION | {"BASE_URL": "http://127.0.0.1:8000"})
    assert plain["SESSION_COOKIE_SECURE"] is False
    assert plain["SECURE_HSTS_SECONDS"] == 0


def test_secrets_may_come_from_files(tmp_path: Path) -> None:
    secret = tmp_path / "key"
    secret.write_text("from-a-file-" + "x" * 60)
    environment = {key: value for key, value in PRODUCTION.items() if key != "SECRET_KEY"}
    assert read(tmp_path, SECRET_KEY_FILE=str(secret), **environment)["key"] == secret.read_text()


def test_database_and_mail_come_by_url(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        **PRODUCTION,
        DATABASE_URL="postgres://nt:secret@db.example:5432/nt",
        EMAIL_URL="smtp+tls://user:secret@mail.example:587",
    )
    assert found["engine"] == "django.db.backends.postgresql"
    assert found["EMAIL_HOST"] == "mail.example"


def test_the_sample_environment_of_deploy_is_a_working_one(tmp_path: Path) -> None:
    lines = (ROOT / "deploy" / "nghitruong.env").read_text().splitlines()
    pairs = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    sample = {name: value.strip('"') for name, value in pairs.items()}
    done = run(
        tmp_path,
        "-c",
        "from django.conf import settings as s; d = s.DATABASES['default'];"
        "print(d['HOST'], d['NAME'], s.CACHES['default']['LOCATION'], end=' ');"
        "print(s.EMAIL_PORT, s.BEHIND_PROXY)",
        **sample | {"SECRET_KEY": PRODUCTION["SECRET_KEY"], "DATA_DIR": str(tmp_path)},
    )
    expected = "/var/run/postgresql nghitruong redis://127.0.0.1:6379/1 587 True\n"
    assert done.stdout == expected, done.stderr


def test_static_files_of_production_can_be_collected(tmp_path: Path) -> None:
    done = run(tmp_path, "manage.py", "collectstatic", "--no-input", "-v", "0", **PRODUCTION)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "static" / "staticfiles.json").exists()
