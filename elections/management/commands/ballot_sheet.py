"""`manage.py ballot_sheet POLL --out DIR`: the ballot paper beside the map of its boxes."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from council.rules.refusals import Refusal
from elections.models import Poll
from elections.queries import papers
from elections.queries import polls as queries
from elections.typesetting import ballot


class Command(BaseCommand):
    """Write ballot.pdf and map.json; nothing in the database changes."""

    help = "Write DIR/ballot.pdf and DIR/map.json (contract omr-box-map/1) of a poll."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The poll's id (`manage.py polls`) and the folder."""
        parser.add_argument("poll", type=int)
        parser.add_argument("--out", type=Path, required=True)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Typeset and write both files."""
        poll = found(options["poll"])
        try:
            paper = ballot.typeset(papers.ballot_sheet(poll), created=papers.fixed_moment(poll))
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        folder: Path = options["out"]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "ballot.pdf").write_bytes(paper.pdf)
        text = json.dumps(paper.box_map, ensure_ascii=False, indent=1)
        (folder / "map.json").write_text(text + "\n", encoding="utf-8")
        self.stdout.write(f"{folder / 'ballot.pdf'}, {folder / 'map.json'}")


def found(poll_pk: int) -> Poll:
    """The poll, if it exists and somebody stands in it."""
    poll = queries.polls_for_command("").select_related("office").filter(pk=poll_pk).first()
    if poll is None:
        message = f"No poll {poll_pk}. `manage.py polls` lists them."
        raise CommandError(message)
    if not queries.standing_entries(poll).exists():
        message = f"Nobody stands in poll {poll_pk} yet: there is no paper to print."
        raise CommandError(message)
    return poll
