"""Make the search table anew from what is published."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.services import search


class Command(BaseCommand):
    """Rebuild the search table."""

    help = "Rebuild the search table from everything that is published."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{search.reindex()} entries")
