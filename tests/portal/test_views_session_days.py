"""The day on which a session ended: the real one, on the page and in the summary alike."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from sessions.models import Session
from tests.resolutions.stage import DAY, Stage, build_stage

PLANNED = date(2026, 7, 11)
"""Made up: a session planned for two days that ends on its first."""


@pytest.fixture
def stage(db: None) -> Stage:
    return build_stage()


@pytest.mark.parametrize(
    ("state", "shown"), [("in_progress", "11/07/2026"), ("closed", "10/07/2026")]
)
def test_a_session_that_ended_early_says_so(stage: Stage, state: str, shown: str) -> None:
    moment = datetime(2026, 7, 10, 10, tzinfo=UTC)
    if state == "closed":
        type(stage.sitting).objects.update(state="closed", closed_at=moment)
    Session.objects.update(closes_on=PLANNED, state=state)
    held = Session.objects.get()
    page = Client().get(held.get_absolute_url(), HTTP_ACCEPT_LANGUAGE="vi").content.decode()
    _before, _word, after = page.partition("<dt>Bế mạc</dt>")
    assert after.startswith(f"<dd>{shown}</dd>"), (DAY, after[:40])
