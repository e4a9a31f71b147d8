"""The agenda's page tells attendance by sitting and the open votes that the public may know."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from sessions.models import OpenVote, Presence, Sitting
from tests.portal.stage import DAY, MOMENT, adoption_of, published_resolution
from tests.resolutions.stage import build_stage

SECRET = "Dựthảochưacôngbố"


@pytest.fixture
def stage(db):
    cache.clear()
    return build_stage()


def page_of(stage, client) -> str:
    response = client.get(f"{stage.council_session.get_absolute_url()}chuong-trinh/")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_each_sitting_has_its_attendance_of_all_delegates_that_day(stage, client) -> None:
    later = Sitting.objects.create(
        council_session=stage.council_session, ordinal=2, held_on=DAY + timedelta(days=1),
        starts_at="08:00", state="closed", opened_at=MOMENT, closed_at=MOMENT,
    )  # fmt: skip
    for mandate in stage.cast.mandates[:30]:
        Presence.objects.create(
            sitting=later, mandate=mandate, arrived_at=MOMENT, recorded_by=stage.user["clerk"]
        )
    last = stage.cast.mandates[34]
    last.ends_on, last.end_reason = DAY, "moved"
    last.save()
    page = page_of(stage, client)
    assert '10/07/2026</th><td class="num">35</td><td class="num">35</td>' in page
    assert '11/07/2026</th><td class="num">30</td><td class="num">34</td>' in page


def test_votes_on_published_resolutions_are_told_others_and_their_words_are_not(
    stage, client
) -> None:
    resolution = published_resolution(stage, title="Về dự toán")
    adoption_of(stage, SECRET)  # of a draft
    vote = adoption_of(stage, SECRET)
    OpenVote.objects.filter(pk=vote.pk).update(matter="agenda", for_count=33, against_count=2)
    other = adoption_of(stage, SECRET)
    OpenVote.objects.filter(pk=other.pk).update(matter="personnel_list")
    page = page_of(stage, client)
    assert SECRET not in page
    part = page[page.index('id="bieu-quyet"') :]
    assert part.count("<tr>") == 3  # the head, the agenda, the resolution
    assert "Thông qua chương trình" in part
    assert "94,29%" in part
    assert f'href="{resolution.get_absolute_url()}"' in part


def test_the_session_tells_how_each_resolution_was_adopted(stage, client) -> None:
    published_resolution(stage)
    page = client.get(stage.council_session.get_absolute_url()).content.decode()
    assert "35/35 đại biểu tán thành" in page
