"""Make this node's search index anew from the search table, and the table too where asked."""

import os
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from council.models import Council
from portal import fulltext
from portal.models import SearchEntry
from portal.services import published_objects, search, search_index

EVERY_SECONDS = 2.0


FEW = 20_000
"""So many entries one process takes apart sooner than others could be started."""


class Command(BaseCommand):
    """Rebuild the search index; searching goes on meanwhile."""

    help = "Rebuild this node's search index in a new folder, then read that one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--table", action="store_true", help="first make the search table anew, row by row"
        )

        parser.add_argument(
            "--processes",
            type=int,
            default=os.cpu_count() or 1,
            help="how many take texts apart at once (as many as there are cores)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["table"]:
            self.stdout.write(f"{search.reindex()} entries in the table")
            changed = sum(map(published_objects.follow_council, Council.objects.all()))
            self.stdout.write(f"{changed} objects of OParl appeared, changed or went")
        if not fulltext.is_installed():
            message = "tantivy is not installed; the database goes on answering searches."
            raise CommandError(message)
        from portal.fulltext.shelves import Busy  # noqa: PLC0415 - needs tantivy

        processes = 1 if SearchEntry.objects.count() < FEW else options["processes"]
        self._started = self._said = time.monotonic()
        try:
            count = search_index.rebuild(self._tell, processes=processes)
        except Busy as busy:
            message = "Another process is rebuilding the index."
            raise CommandError(message) from busy
        seconds = time.monotonic() - self._started
        self.stdout.write(f"{count} documents indexed in {seconds:.1f} s")

    def _tell(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._said >= EVERY_SECONDS:
            self._said = now
            rate = done / (now - self._started)
            self.stdout.write(f"{done} of {total}, {rate:.0f} a second")
