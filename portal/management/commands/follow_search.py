"""Keep the index of a node that has no worker of its own up to date with the feed of changes."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from portal.services import search_index


class Command(BaseCommand):
    """Follow the feed of changes until stopped."""

    help = "Follow the feed of search changes on this node, for nodes without a Celery worker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="catch up once, then end")
        parser.add_argument("--every", type=float, default=1.0, help="seconds between two looks")

    def handle(self, *args: Any, **options: Any) -> None:
        while True:
            changes = search_index.catch_up()
            if changes:
                self.stdout.write(f"{changes} changes")
            if options["once"]:
                return
            time.sleep(options["every"])
