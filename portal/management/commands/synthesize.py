"""Fill an installation with made-up resolutions, to measure how fast it is with millions."""

import multiprocessing
import os
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import django
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from portal.services import search, synthetic

A_COUNCIL = 12_000
"""So many a council has if nothing is said: some 500 a year."""

EVERY_SECONDS = 2.0


class Command(BaseCommand):
    """Write made-up resolutions until there are as many as asked for."""

    help = "Fill councils of their own with made-up resolutions (marked as such), for measuring."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--resolutions", type=int, required=True, help="how many in all")
        parser.add_argument("--councils", type=int, help="in how many councils (12,000 in each)")
        parser.add_argument(
            "--processes", type=int, default=os.cpu_count() or 1, help="how many write at once"
        )
        parser.add_argument("--i-know", action="store_true", help="write them with DEBUG off")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG and not options["i_know"]:
            message = "These resolutions are made up. To have them with DEBUG off say --i-know."
            raise CommandError(message)
        total = options["resolutions"]
        councils = options["councils"] or -(-total // A_COUNCIL)
        if total < 1 or councils < 1:
            message = "Say a number of at least 1."
            raise CommandError(message)
        try:
            portions = synthetic.portions(total, councils)
        except ValueError as error:
            raise CommandError(str(error)) from error
        written, started = 0, time.monotonic()
        said = started
        for count in self.written(portions, options["processes"]):
            written += count
            if time.monotonic() - said >= EVERY_SECONDS:
                said = time.monotonic()
                self.stdout.write(f"{written}, {written / (said - started):.0f} a second")
        search.begin_anew()
        seconds = time.monotonic() - started
        self.stdout.write(f"{written} resolutions written in {seconds:.1f} s; now reindex")

    def written(self, portions: list[synthetic.Portion], processes: int) -> Iterator[int]:
        """Portion by portion; SQLite lets one write at a time."""
        if connection.vendor == "sqlite" or processes == 1 or len(portions) == 1:
            yield from map(synthetic.write, portions)
            return
        connection.close()
        method = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(processes, mp_context=method, initializer=django.setup) as pool:
            yield from pool.map(synthetic.write, portions)
