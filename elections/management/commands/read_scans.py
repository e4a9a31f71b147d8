"""`manage.py read_scans POLL FILE… [--json OUT]`: what stands in the boxes of scanned papers."""

import json
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from council.rules.refusals import Refusal
from elections import scanning
from elections.management.commands.ballot_sheet import found
from elections.queries import scanned_papers

if TYPE_CHECKING:
    from elections.scanning.readings import SheetReading

CONTRACT = "omr-answers/1"


class Command(BaseCommand):
    """Read scans; nothing in the database changes."""

    help = "Read scanned papers of a poll (PDF, PNG, JPEG, TIFF) into omr-answers/1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The poll's id (`manage.py polls`), the files, and where the answers go."""
        parser.add_argument("poll", type=int)
        parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
        parser.add_argument("--json", type=Path, metavar="OUT", help="default: standard output")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Read all files and write the answers."""
        if not scanning.is_available():
            message = "Scans need more packages: pip install -r requirements-scan.txt"
            raise CommandError(message)
        missing = [str(path) for path in options["files"] if not path.is_file()]
        if missing:
            message = f"No such file: {', '.join(missing)}"
            raise CommandError(message)
        answers = read_all(options["poll"], options["files"])
        text = json.dumps(answers, ensure_ascii=False, indent=1) + "\n"
        if options["json"] is None:
            self.stdout.write(text, ending="")
            return
        options["json"].write_text(text, encoding="utf-8")
        statuses = Counter(image["status"] for image in answers["images"].values())
        said = ", ".join(f"{count} {status}" for status, count in sorted(statuses.items()))
        self.stdout.write(f"{options['json']}: {said}")


def read_all(poll_pk: int, files: list[Path]) -> dict[str, Any]:
    """The answers of all images, by name."""
    from elections.scanning import geometry, reader  # noqa: PLC0415 - needs the scan packages

    poll = found(poll_pk)
    try:
        box_map = scanned_papers.box_map_of(poll)
    except Refusal as refusal:
        raise CommandError(str(refusal)) from refusal
    style = geometry.style_of(poll.pk, box_map)
    images = {
        name: described(reading)
        for path, called in zip(files, names_of(files), strict=True)
        for name, reading in reader.read_file(path, box_map, style, called)
    }
    return {"contract": CONTRACT, "images": images}


def names_of(files: list[Path]) -> list[str]:
    """Each file's own name; its path as given where two have the same name."""
    counts = Counter(path.name for path in files)
    return [path.name if counts[path.name] == 1 else str(path) for path in files]


def described(reading: "SheetReading") -> dict[str, Any]:
    """What the contract says of one image."""
    if reading.status == "refused":
        return {"status": "refused", "why": reading.sentence}
    return {"status": "read", "answers": reading.answers}
