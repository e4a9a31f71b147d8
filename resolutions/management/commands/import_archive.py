"""`manage.py import_archive DIR --council SLUG --by USER`: hand in a folder of the server.

The rows then wait on the pages of the archives: to be looked at, submitted, approved by a second
person and imported, as after an upload.
"""

import contextlib
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError, CommandParser

from council.models import Council, User
from council.rules.refusals import Refusal
from resolutions.queries import archives as queries
from resolutions.services import archive_reading, archives

TABLES = (".xlsx", ".csv")


class Command(BaseCommand):
    """Hand in a folder of files with its list."""

    help = "Hand in a folder of past resolutions (files and one .xlsx or .csv list) for review."

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder, whose it is, who answers for it, and the list where there are several."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--council", required=True, help="the council's slug")
        parser.add_argument("--by", required=True, help="the account that hands in")
        parser.add_argument("--table", type=Path, help="the list; by default the only one there")
        parser.add_argument("--sessions", type=Path, help="the list of past sessions, if any")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Take the folder in and say what was understood."""
        folder: Path = options["folder"]
        if not folder.is_dir():
            message = f"{folder} is not a folder"
            raise CommandError(message)
        council = Council.objects.filter(slug=options["council"]).first()
        user = User.objects.filter(username=options["by"]).first()
        if council is None or user is None:
            message = "No such council or account."
            raise CommandError(message)
        table: Path = options["table"] or the_only_table(folder)
        try:
            with contextlib.ExitStack() as opened:
                past = options["sessions"]
                archive = archives.hand_in(
                    council, title=folder.name[:160],
                    table=File(opened.enter_context(table.open("rb")), name=table.name),
                    session_table=File(opened.enter_context(past.open("rb")), name=past.name)
                    if past
                    else None,
                    bundle=None, by=user,
                )  # fmt: skip
            archive_reading.take_folder(archive, folder)
            archive_reading.settle(archive)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        found = queries.tally(archive)
        self.stdout.write(
            f"{found.total} rows: {found.ready} ready, {found.doubtful} of them to be looked at, "
            f"{found.troubled} wrong or without a file.\n"
            f"Go on at /lam-viec/{council.slug}/ho-so-luu/{archive.pk}/"
        )


def the_only_table(folder: Path) -> Path:
    """The folder's only spreadsheet at its top."""
    found = [path for path in sorted(folder.iterdir()) if path.suffix.lower() in TABLES]
    if len(found) != 1:
        message = f"{len(found)} spreadsheets in the folder; name the list with --table"
        raise CommandError(message)
    return found[0]
