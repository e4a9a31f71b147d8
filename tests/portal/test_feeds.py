"""The Atom feed and the calendar, read as their readers read them."""

from datetime import UTC, datetime

import pytest
from defusedxml import ElementTree
from django.conf import settings
from icalendar import Calendar

from sessions.models import Session, Sitting
from tests.portal.stage import DAY, MOMENT, published_poll, published_resolution
from tests.resolutions.stage import build_stage

ATOM = "{http://www.w3.org/2005/Atom}"
FEED, CALENDAR = "/tinh-thu/feed.atom", "/tinh-thu/lich.ics"


@pytest.fixture
def stage(db):
    stage = build_stage()
    published_poll(stage)
    published_resolution(stage, title="Về ngân sách <năm> 2027 & sau đó")
    return stage


def test_the_feed_is_valid_atom(stage, client):
    response = client.get(FEED)
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)
    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert feed.findtext(f"{ATOM}{name}"), name
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Hội đồng nhân dân tỉnh Thử"
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 2
    for entry in entries:
        for name in ("id", "title", "updated", "published"):
            assert entry.findtext(f"{ATOM}{name}"), name
        assert entry.find(f"{ATOM}link").get("href").startswith(settings.BASE_URL)
        assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated")).tzinfo
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 2
    titles = [entry.findtext(f"{ATOM}title") for entry in entries]
    assert "12/NQ-HĐND Về ngân sách <năm> 2027 & sau đó" in titles


def test_the_feed_names_our_own_address_whatever_the_request_says(stage, client):
    feed = client.get(FEED, headers={"host": "localhost"}).content.decode()
    assert "//localhost/" not in feed
    assert f'href="{settings.BASE_URL}{FEED}"' in feed


def test_every_link_of_the_feed_opens(stage, client):
    feed = ElementTree.fromstring(client.get(FEED).content)
    for link in feed.iter(f"{ATOM}link"):
        path = link.get("href").removeprefix(settings.BASE_URL)
        assert client.get(path).status_code == 200, path


def test_the_feed_of_a_council_without_news_is_valid_too(stage, client):
    feed = ElementTree.fromstring(client.get("/tinh-khac/feed.atom").content)
    assert feed.findall(f"{ATOM}entry") == []
    assert feed.findtext(f"{ATOM}updated")


def test_the_calendar_has_one_event_a_sitting(stage, client):
    Sitting.objects.create(
        council_session=stage.council_session, ordinal=2, held_on=DAY, starts_at="14:00",
        part="afternoon",
    )  # fmt: skip
    response = client.get(CALENDAR)
    assert response["Content-Type"].startswith("text/calendar")
    events = Calendar.from_ical(response.content).walk("VEVENT")
    assert len(events) == 2
    first = min(events, key=lambda event: event.decoded("dtstart"))
    assert first.decoded("dtstart").astimezone(UTC) == datetime(2026, 7, 10, 1, 0, tzinfo=UTC)
    assert first.decoded("dtend") > first.decoded("dtstart")
    assert str(first["location"]) == "Hội trường"
    assert str(first["url"]).startswith(settings.BASE_URL)
    assert "Kỳ họp thứ 4" in str(first["summary"])
    assert len({str(event["uid"]) for event in events}) == 2


def test_lines_of_the_calendar_are_folded_for_old_readers(stage, client):
    Session.objects.filter(pk=stage.council_session.pk).update(place="Hội trường, " * 16)
    lines = client.get(CALENDAR).content.split(b"\r\n")
    assert max(map(len, lines)) <= 75


def test_a_changed_session_keeps_its_uid_and_raises_its_sequence(stage, client):
    def event():
        return Calendar.from_ical(client.get(CALENDAR).content).walk("VEVENT")[0]

    before = event()
    Session.objects.filter(pk=stage.council_session.pk).update(version=7, convened_at=MOMENT)
    after = event()
    assert str(before["uid"]) == str(after["uid"])
    assert int(after["sequence"]) > int(before["sequence"])
