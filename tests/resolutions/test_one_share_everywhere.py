"""One agreed poll on every surface: the same counts and shares, each in its place's own writing."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from elections.models import Poll, PollFile
from elections.services import files
from resolutions.queries import texts
from resolutions.services import drafts
from tests.council import pdf_probe
from tests.elections import docx_probe
from tests.elections import stage as staging

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300)]
MARKS = {("c01", "high"): 12, ("c01", "confidence"): 13, ("c01", "low"): 7}
ON_PAGES = ("12 36,36%", "13 39,39%", "7 21,21%", "25 75,76%", "5 15,15%", "2 6,06%")


def words(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text))


def content_of(row: PollFile) -> bytes:
    with row.file.open("rb") as stream:
        return bytes(stream.read())


def test_page_screen_public_file_minutes_sheet_and_resolution_say_the_same() -> None:
    stage = staging.build()
    poll = staging.agreed(stage, staging.confidence(stage), changes=MARKS).poll
    clerk = staging.signed_in(stage, "clerk")
    pages = [
        (name, reverse(f"elections:{name}", args=["tinh-thu", poll.pk]))
        for name in ("poll-result", "hall-screen")
    ]
    found = {name: words(clerk.get(address).content.decode()) for name, address in pages}
    draft = drafts.from_poll(Poll.objects.get(pk=poll.pk), by=stage.user("clerk"))
    resolution = words(texts.words_of(draft))
    Poll.objects.filter(pk=poll.pk).update(state="published", published_at=poll.opened_at)
    found["public"] = words(Client().get(f"{poll.get_absolute_url()}?x").content.decode())
    for name, text in found.items():
        assert [share for share in ON_PAGES if share not in text] == [], name

    data = Client().get(f"{poll.get_absolute_url()}so-lieu.json").json()["polls"][0]
    assert data["outcome"]["entries"]["c01"]["percent"] == {
        "high": "36.36", "confidence": "39.39", "low": "21.21",
    }  # fmt: skip

    files.make_minutes(poll.pk)
    made = {row.kind: content_of(row) for row in PollFile.objects.filter(poll=poll)}
    papers = {
        "minutes": pdf_probe.text(made[PollFile.Kind.MINUTES]),
        "docx": docx_probe.text(made[PollFile.Kind.MINUTES_DOCX]),
        "reading": pdf_probe.text(made[PollFile.Kind.READING]),
        "resolution": resolution,
    }
    for name, text in papers.items():
        for share in ("36,36", "39,39", "21,21", "75,76", "15,15", "6,06"):
            assert share in text, (name, share)
        assert re.search(r"\b07\b", text), f"{name}: a count under ten has its zero"
        assert "tổng số phiếu thu về" in text, name
    assert "07 phiếu (chiếm 21,21% tổng số phiếu thu về)" in resolution
