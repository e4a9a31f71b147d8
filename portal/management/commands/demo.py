"""Load the demo: Hà Đông's 13th session, and two invented councils of today."""

import json
from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from council.models import Council, audit_triggers
from portal.management.demo import ha_dong, phuong_mau, stage, tinh_mau
from portal.management.probe import build
from portal.services import open_data, published_objects, search, search_index
from resolutions.models import immutability

DEMO_SLUGS = ("ha-dong", "tinh-mau", "phuong-mau")


class Command(BaseCommand):
    """Load the demo councils."""

    help = "Load the demo councils; what is loaded already is left alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reset", action="store_true", help="empty the installation first")
        parser.add_argument("--profile", choices=["demo", "probe"], default="demo")
        parser.add_argument("--seed", type=int, default=1, help="of the probe's words and numbers")
        parser.add_argument("--json", metavar="OUT", help="where the probe is described")
        parser.add_argument("--i-know", action="store_true", help="load it with DEBUG off")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG and not options["i_know"]:
            message = (
                "The demo brings accounts with a public password. With DEBUG off say --i-know."
            )
            raise CommandError(message)
        if options["profile"] == "probe":
            self.probe(options["seed"], options["json"])
            return
        if options["reset"]:
            empty()
        users, today = stage.accounts(), timezone.localdate()
        stories: dict[str, Callable[[], None]] = {
            "ha-dong": partial(ha_dong.tell, users),
            "tinh-mau": partial(tinh_mau.tell, users, today=today),
            "phuong-mau": partial(phuong_mau.tell, users, today=today),
        }
        for slug, tell in stories.items():
            if not Council.objects.filter(slug=slug).exists():
                self.stdout.write(f"{slug} …")
                tell()
        search.reindex()
        stage.work_off()
        search_index.catch_up()
        for council in Council.objects.all():
            published_objects.follow_council(council)
            open_data.make(council)
        self.stdout.write("Demo loaded.")

    def probe(self, seed: int, out: str | None) -> None:
        """Random councils for outside testers, on an empty database."""
        if not build.is_empty():
            message = "The probe fills an empty database; this one holds councils or accounts."
            raise CommandError(message)
        made = build.build(seed)
        text = json.dumps(build.described(made), ensure_ascii=False, indent=1)
        if out:
            Path(out).write_text(text, encoding="utf-8")
            self.stdout.write(f"Probe loaded, described in {out}.")
        else:
            self.stdout.write(text)


def empty() -> None:
    """Empty an installation that holds nothing but demo councils."""
    strangers = Council.objects.exclude(slug__in=DEMO_SLUGS)
    if strangers.exists():
        message = (
            "This installation holds other councils than the demo's; --reset would delete them."
        )
        raise CommandError(message)
    for guard in (audit_triggers, immutability):
        guard.remove(connection)
    call_command("flush", interactive=False)
    for guard in (audit_triggers, immutability):
        guard.install(connection)
