"""The day on which a session ended: the real one, on the page and in the summary alike."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.test import Client

from sessions.models import Session, Sitting
from tests.resolutions.stage import Stage, build_stage

PLANNED = date(2026, 7, 13)
"""Made up: a session planned for four days that ends on its second."""


@pytest.fixture
def stage(db: None) -> Stage:
    return build_stage()


@pytest.mark.parametrize(
    ("state", "shown"), [("in_progress", "13/07/2026"), ("closed", "11/07/2026")]
)
def test_a_session_that_ended_early_says_so(stage: Stage, state: str, shown: str) -> None:
    held = Session.objects.get()
    Sitting.objects.update(state="closed", closed_at=datetime(2026, 7, 10, 10, tzinfo=UTC))
    opened = datetime(2026, 7, 11, 2, tzinfo=UTC)
    Sitting.objects.create(
        council_session=held, ordinal=2, held_on=opened.date(), starts_at=time(9), state="closed",
        opened_at=opened, closed_at=opened + timedelta(hours=4),
    )  # fmt: skip
    Session.objects.update(closes_on=PLANNED, state=state)
    page = Client().get(held.get_absolute_url(), HTTP_ACCEPT_LANGUAGE="vi").content.decode()
    after = page.partition("<dt>Bế mạc</dt>")[2]
    assert after.startswith(f"<dd>{shown}</dd>")
