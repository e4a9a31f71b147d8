"""`manage.py polls [--kind KIND] [--json]`: one poll a line; the id is POLL of other commands."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from elections.models import Poll, PollKind
from elections.queries import polls as queries


class Command(BaseCommand):
    """List the polls of all councils."""

    help = "One poll a line: id, council, kind, title, state."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which kind, and in which form."""
        parser.add_argument("--kind", choices=PollKind.values, default="")
        parser.add_argument("--json", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the polls, tab separated or as a JSON list."""
        rows = [described(poll) for poll in queries.polls_for_command(options["kind"])]
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        for row in rows:
            self.stdout.write("\t".join(str(value) for value in row.values()))


def described(poll: Poll) -> dict[str, object]:
    """What stands in the poll's line."""
    return {
        "id": poll.pk,
        "council": poll.council_session.term.council.slug,
        "kind": poll.kind,
        "title": poll.title,
        "state": poll.state,
    }
