"""`make html`: the Nu Html Checker over every page of the demo, in both languages.

Public pages, each working page as the first account that gets in, and what a form answers when
nothing was typed. Needs Java and the jar of the npm package `vnu-jar`; VNU_JAR= names one that is
there already.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import console
import services

if TYPE_CHECKING:
    from django.test import Client

    from portal.management.probe.addresses import Target

VNU = "vnu-jar@26.9.27"
ACCOUNTS = ("", "thuky", "vanphong", "chutoa", "kiemphieu1", "daibieu", "quantri")
LANGUAGES = ("vi", "en")


def main() -> int:
    """Load the demo, write its pages into a folder, check them; 1 where one has an error."""
    console.install("requirements-dev.txt")
    console.install_scanning()
    console.continue_in_environment()
    jar = jar_of_the_checker()
    with tempfile.TemporaryDirectory(prefix="nghitruong-html-") as name:
        folder = Path(name)
        pages = folder / "pages"
        pages.mkdir()
        names = write_pages(folder, pages)
        console.say(f"{len(names)} pages")
        return told(checked(jar, pages), names)


def jar_of_the_checker() -> Path:
    """The checker's jar: where VNU_JAR says, or from npm, kept beside the virtual environment."""
    given = os.environ.get("VNU_JAR")
    if given:
        services.require({"java": "default-jre-headless"})
        return Path(given)
    services.require({"java": "default-jre-headless", "npm": "npm"})
    folder = console.VENV / "vnu"
    jar = folder / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    if not jar.exists():
        console.run("npm", "install", "--prefix", folder, "--ignore-scripts", VNU, quiet=True)
    return jar


def write_pages(folder: Path, pages: Path) -> dict[str, str]:
    """Each page as a file; the file's name → whose page it is."""
    os.environ.update(DEBUG="1", DATA_DIR=str(folder), DJANGO_SETTINGS_MODULE="config.settings")
    for name in ("DATABASE_URL", "CACHE_URL", "CELERY_BROKER_URL"):
        os.environ.pop(name, None)
    sys.path.insert(0, str(console.ROOT))
    import django  # noqa: PLC0415 - after the environment is set

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("demo")
    names = {}
    for number, (title, content) in enumerate(rendered()):
        file = pages / f"{number:05d}.html"
        file.write_bytes(content)
        names[file.name] = title
    return names


def rendered() -> Iterator[tuple[str, bytes]]:
    """Title and bytes of every different page, as the first account that gets it."""
    from council.models import User  # noqa: PLC0415 - Django is set up by now
    from portal.management.probe import addresses  # noqa: PLC0415

    users = [User.objects.filter(username=name).first() if name else None for name in ACCOUNTS]
    visitors = [(addresses.reader_of(user), addresses.client_of(user), user) for user in users]
    seen = set()
    for target in addresses.targets():
        if target.path.startswith("/quan-tri/"):
            continue  # Django's own pages
        for reader, client, user in visitors:
            found = answers(client, target) if target.is_for(reader) else []
            for how, content in found:
                if content not in seen:
                    seen.add(content)
                    yield f"{how} {user or 'anybody'} {target.path}", content
            if found:
                break
    yield "404", visitors[0][1].get("/khong-co-trang-nay/").content


def answers(client: "Client", target: "Target") -> list[tuple[str, bytes]]:
    """The page in both languages, and what it answers to an empty form."""
    from django.db import transaction  # noqa: PLC0415 - Django is set up by now

    found = [(language, page_of(client, "get", target.path, language)) for language in LANGUAGES]
    if "POST" in target.address.methods:
        with transaction.atomic():
            found.append(("POST", page_of(client, "post", target.path, "vi")))
            transaction.set_rollback(True)
    return [(how, content) for how, content in found if content]


def page_of(client: "Client", method: str, path: str, language: str) -> bytes:
    """The answer where it is a whole page; empty where it is something else."""
    response = getattr(client, method)(path, headers={"accept-language": language})
    if response.streaming:
        list(response)
        return b""
    is_page = response.get("Content-Type", "").startswith("text/html")
    content: bytes = response.content
    return content if is_page and content.lstrip()[:15].lower() == b"<!doctype html>" else b""


def checked(jar: Path, pages: Path) -> list[dict[str, str]]:
    """What the checker says of the files."""
    command = ["java", "-Xmx1g", "-jar", str(jar), "--format", "json", "--exit-zero-always"]
    done = subprocess.run([*command, str(pages)], capture_output=True, text=True, check=False)
    try:
        return list(json.loads(done.stderr)["messages"])
    except (ValueError, KeyError):
        console.stop(f"The checker said:\n{done.stderr[-2000:]}")


def told(messages: list[dict[str, str]], names: dict[str, str]) -> int:
    """Print each kind of fault once with the pages that have it; 1 where there is an error."""
    faults: dict[str, list[str]] = {}
    for message in messages:
        said = message.get("message", "")
        if message.get("type") in {"error", "non-document-error"}:
            place = names.get(message.get("url", "").rpartition("/")[2], message.get("url", "?"))
            extract = " ".join(message.get("extract", "").split())
            faults.setdefault(said, []).append(f"{place}: {extract[:160]}")
    for said, places in sorted(faults.items(), key=lambda one: -len(one[1])):
        print(f"\n{len(places)} × {said}")
        for place in places[:3]:
            print(f"    {place}")
    print(f"\n{sum(map(len, faults.values()))} errors in {len(names)} pages")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
