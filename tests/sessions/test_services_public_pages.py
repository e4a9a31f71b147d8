"""A session that became public can be found; what changed on its public page is shown anew."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from council.models import Job
from portal.models import SearchEntry
from sessions.models import Session
from sessions.services import sessions
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def draft(cast: Cast) -> Session:
    today = timezone.localdate()
    return sessions.create(
        cast.term, kind="thematic", number=3, opens_on=today, closes_on=today, place="Hội trường",
        summary="Bàn về cấp nước.", by=cast.user["clerk"],
    )  # fmt: skip


def convened(cast: Cast) -> Session:
    council_session = draft(cast)
    sessions.submit(council_session, by=cast.user["clerk"])
    sessions.approve(council_session, by=cast.user["approver"])
    return sessions.convene(council_session, notice_number="1/GM-HĐND", by=cast.user["clerk"])


def test_a_draft_is_not_indexed(cast: Cast, run_jobs: Callable[..., int]) -> None:
    draft(cast)
    run_jobs()
    assert not SearchEntry.objects.filter(kind="session").exists()


def test_a_convened_session_is_found_by_its_words(cast: Cast, run_jobs: Callable[..., int]) -> None:
    convened(cast)
    run_jobs()
    assert "cap nuoc" in SearchEntry.objects.get(kind="session").body_folded


def test_a_new_introduction_is_found_and_shown(cast: Cast, run_jobs: Callable[..., int]) -> None:
    council_session = convened(cast)
    run_jobs()
    sessions.describe(
        council_session, summary="Bàn về thoát nước.", illustrative_note="", by=cast.user["clerk"]
    )
    assert Job.objects.filter(name="portal.purge", state="waiting").count() == 1
    run_jobs()
    assert "thoat nuoc" in SearchEntry.objects.get(kind="session").body_folded
