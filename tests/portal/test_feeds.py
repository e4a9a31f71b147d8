"""The Atom feed and the calendar, read as their readers read them."""

from datetime import UTC, datetime, timedelta

import pytest
from defusedxml import ElementTree
from django.conf import settings
from django.db.models import F
from icalendar import Calendar
from time_machine import travel

from elections.models import Poll
from resolutions.models import Relation, Resolution
from sessions.models import Session, Sitting
from tests.portal import stage as rows
from tests.portal.stage import DAY, MOMENT, published_poll, published_resolution
from tests.resolutions.stage import build_stage, drafted

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


def test_a_sitting_that_never_took_place_is_cancelled_under_its_own_uid(stage, client):
    """A session that closed without it; a sitting that was held stays confirmed."""

    def event_of(sitting):
        events = Calendar.from_ical(client.get(CALENDAR).content).walk("VEVENT")
        return next(
            event for event in events if str(event["uid"]).startswith(f"sitting-{sitting}@")
        )

    planned = Sitting.objects.create(
        council_session=stage.council_session, ordinal=2, held_on=DAY, starts_at="14:00",
        part="afternoon",
    )  # fmt: skip
    held = stage.sitting.pk
    before = event_of(planned.pk)
    assert str(before["status"]) == "CONFIRMED"
    closed_at = MOMENT + timedelta(hours=5)
    Sitting.objects.filter(pk=held).update(state="closed", opened_at=MOMENT, closed_at=closed_at)
    Session.objects.filter(pk=stage.council_session.pk).update(
        state="closed", version=F("version") + 1
    )
    after = event_of(planned.pk)
    assert str(after["status"]) == "CANCELLED"
    assert str(after["uid"]) == str(before["uid"])
    assert int(after["sequence"]) > int(before["sequence"])
    assert after.decoded("dtstamp") == after.decoded("last-modified") == closed_at
    assert after.decoded("dtstamp") > before.decoded("dtstamp")
    assert str(event_of(held)["status"]) == "CONFIRMED"


def test_the_calendar_describes_its_time_zone_and_is_the_same_when_nothing_changed(stage, client):
    first = client.get(CALENDAR)
    calendar = Calendar.from_ical(first.content)
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Ho_Chi_Minh"]
    for event in calendar.walk("VEVENT"):
        assert event["dtstart"].params["TZID"] == "Asia/Ho_Chi_Minh"
        assert event.decoded("dtstamp").tzinfo is not None
    with travel(datetime(2027, 1, 1, tzinfo=UTC), tick=False):
        again = client.get(CALENDAR, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304


def entries_of(client):
    feed = ElementTree.fromstring(client.get(FEED).content)
    return {entry.findtext(f"{ATOM}id"): entry for entry in feed.findall(f"{ATOM}entry")}


def test_an_entry_is_updated_when_something_happened_to_it_and_keeps_its_id(
    stage, client, monkeypatch
):
    before, later = entries_of(client), MOMENT + timedelta(days=30)
    acting = drafted(stage)
    target = Resolution.objects.published().get()
    Relation.objects.create(resolution=acting, kind="repeals", target=target)
    monkeypatch.setattr(rows, "MOMENT", later)
    rows.issued(stage, acting, number=13)
    after = entries_of(client)
    assert set(before) < set(after)
    old = after[f"{settings.BASE_URL}{target.get_absolute_url()}"]
    assert datetime.fromisoformat(old.findtext(f"{ATOM}updated")) == later
    assert datetime.fromisoformat(old.findtext(f"{ATOM}published")) == MOMENT
    poll = Poll.objects.published().get()
    Poll.objects.filter(pk=poll.pk).update(
        state="annulled", annulled_at=later, annulled_reason="Thử"
    )
    entry = entries_of(client)[f"{settings.BASE_URL}{poll.get_absolute_url()}"]
    assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated")) == later


def test_a_feed_without_entries_stays_the_same(stage, client):
    first = client.get("/tinh-khac/feed.atom")
    with travel(datetime(2027, 1, 1, tzinfo=UTC), tick=False):
        again = client.get("/tinh-khac/feed.atom", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304


def test_the_search_describes_itself_and_its_addresses_answer(stage, client):
    """OpenSearch 1.1: each template with its parameters filled in."""
    names = "{http://a9.com/-/spec/opensearch/1.1/}"
    tree = ElementTree.fromstring(client.get("/opensearch.xml").content)
    assert len(tree.findtext(f"{names}ShortName")) <= 16
    found = {url.get("type"): url.get("template") for url in tree.findall(f"{names}Url")}
    for template in found.values():
        path = template.removeprefix(settings.BASE_URL)
        filled = path.replace("{searchTerms}", "ngan%20sach").replace("{startPage?}", "1")
        assert client.get(filled).status_code == 200, filled
