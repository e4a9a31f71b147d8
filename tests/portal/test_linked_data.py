"""What pages say to machines: JSON-LD, canonical addresses, cards of links."""

import hashlib
import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from lxml import html
from time_machine import travel

from portal import queries
from portal.queries import linked
from portal.web import linked_data, reading
from resolutions.models import Notice, Relation
from tests.access_stage import archived_in, imported
from tests.portal.stage import CLAUSES, issued, published_resolution
from tests.portal.test_views_resolution_story import repealed
from tests.resolutions.stage import Stage, build_stage, drafted

PAGE = "/tinh-thu/nghi-quyet/2026/12-nq-hdnd/"
HERE = f"{settings.BASE_URL}{PAGE}"
SCHEMA_ORG = {
    "url", "name", "inLanguage", "datePublished", "workExample", "exampleOfWork", "encoding",
    "contentUrl", "encodingFormat", "sha256", "legislationIdentifier", "legislationType",
    "legislationDate", "legislationDateVersion", "legislationLegalForce", "legislationPassedBy",
    "legislationJurisdiction", "legislationChanges", "legislationConsolidates", "areaServed",
    "foundingDate", "dissolutionDate", "location", "startDate", "endDate", "address", "organizer",
    "description", "eventStatus", "eventAttendanceMode", "familyName", "givenName", "affiliation",
}  # fmt: skip
"""Terms of schema.org's vocabulary (its release of 2026, Legislation: issue 1156)."""

ELI = {
    "eli:first_date_entry_in_force", "eli:amends", "eli:repeals", "eli:corrects", "eli:implements",
    "eli:amended_by", "eli:repealed_by", "eli:corrected_by", "eli:implemented_by",
}  # fmt: skip


@pytest.fixture
def stage(db: None) -> Stage:
    cache.clear()
    return build_stage()


def head_of(client: Client, path: str) -> Any:
    response = client.get(path)
    assert response.status_code == 200, path
    return html.fromstring(response.content.decode()).find("head")


def data_of(client: Client, path: str) -> Any:
    (block,) = head_of(client, path).xpath("script[@type='application/ld+json']")
    return json.loads(block.text)


def terms_of(data: Any) -> set[str]:
    if isinstance(data, list):
        return {term for one in data for term in terms_of(one)}
    if not isinstance(data, dict):
        return set()
    own = {name for name in data if not name.startswith("@")}
    return own | {
        term for name, one in data.items() if name != "@context" for term in terms_of(one)
    }


def test_a_resolution_says_who_passed_what_when_and_whether_it_holds(
    stage: Stage, client: Client
) -> None:
    published_resolution(stage)
    data = data_of(client, PAGE)
    assert data["@id"] == HERE
    assert data["legislationIdentifier"] == ["12/NQ-HĐND", HERE]
    assert data["legislationDate"] == "2026-07-10"
    assert data["legislationLegalForce"] == "https://schema.org/InForce"
    assert data["legislationPassedBy"]["@id"] == f"{settings.BASE_URL}/tinh-thu/"
    assert terms_of(data) <= SCHEMA_ORG | ELI
    assert client.get(PAGE.rstrip("/") + ".jsonld").json() == data


def test_every_file_is_there_with_its_digest(stage: Stage, client: Client) -> None:
    published_resolution(stage)
    (text,) = data_of(client, PAGE)["workExample"]
    assert len(text["encoding"]) == 5
    for file in text["encoding"]:
        response = client.get(file["contentUrl"].removeprefix(settings.BASE_URL))
        content = response.getvalue()
        assert hashlib.sha256(content).hexdigest() == file["sha256"]
        assert response["Content-Type"].split(";")[0] == file["encodingFormat"]


def test_both_texts_tell_of_the_act_between_them(stage: Stage, client: Client) -> None:
    target = published_resolution(stage, articles=CLAUSES)
    act = repealed(stage, target)
    there = f"{settings.BASE_URL}{act.get_absolute_url()}"
    with travel(date(2026, 8, 1), tick=False):
        data = data_of(client, PAGE)
        assert data["legislationLegalForce"] == "https://schema.org/PartiallyInForce"
        assert data["eli:repealed_by"] == [{"@id": there, "name": act.symbol}]
        other = data_of(client, act.get_absolute_url())
        assert other["eli:repeals"] == other["legislationChanges"]
        assert other["eli:repeals"] == [{"@id": HERE, "name": "12/NQ-HĐND"}]
        _as_published, now = data["workExample"]
        assert now["legislationConsolidates"] == [{"@id": f"{HERE}#vi"}, {"@id": there}]
        assert client.get(now["url"].removeprefix(settings.BASE_URL)).status_code == 200
        assert terms_of([data, other]) <= SCHEMA_ORG | ELI


def test_a_text_that_a_notice_hides_has_no_files_in_the_data(stage: Stage) -> None:
    published_resolution(stage)
    shown = linked.with_hashes(queries.resolution("tinh-thu", 2026, "12-nq-hdnd")).get()
    story = replace(reading.story_of(shown, date(2026, 8, 1)), notices=(Notice(hides_text=True),))
    (text,) = linked_data.resolution_data(shown, story)["workExample"]
    assert "encoding" not in text


def test_no_title_ends_the_block(stage: Stage, client: Client) -> None:
    title = "Về </script><script>alert(1)</script> & <!-- “ngân sách”"
    published_resolution(stage, title=title)
    assert data_of(client, PAGE)["name"] == title
    assert head_of(client, PAGE).xpath("string(meta[@property='og:title']/@content)") == (
        f"12/NQ-HĐND {title}"
    )


def test_a_session_is_an_event_of_a_council_which_is_an_organisation(
    stage: Stage, client: Client
) -> None:
    event = data_of(client, "/tinh-thu/ky-hop/2026-2031/4/")
    assert (event["@type"], event["startDate"][:4]) == ("Event", "2026")
    council = data_of(client, "/tinh-thu/")
    assert council["@type"] == "GovernmentOrganization"
    assert event["organizer"]["@id"] == council["@id"]
    assert terms_of([event, council]) <= SCHEMA_ORG


def test_a_resolution_of_the_archives_names_its_file_and_who_repealed_it(
    stage: Stage, client: Client
) -> None:
    old = archived_in(imported(stage), number=7, year=2019, slug="7-nq-hdnd")
    draft = drafted(stage)
    Relation.objects.create(resolution=draft, kind="repeals", archived=old)
    act = issued(stage, draft, number=13)
    data = data_of(client, old.get_absolute_url())
    assert data["legislationLegalForce"] == "https://schema.org/NotInForce"
    there = f"{settings.BASE_URL}{act.get_absolute_url()}"
    assert data["eli:repealed_by"] == [{"@id": there, "name": act.symbol}]
    (file,) = data["encoding"]
    content = client.get(file["contentUrl"].removeprefix(settings.BASE_URL)).getvalue()
    assert (content, file["sha256"]) == (b"%PDF-1.7", old.sha256)
    assert terms_of(data) <= SCHEMA_ORG | ELI


def test_a_person_is_a_name_and_a_council_and_nothing_more(stage: Stage, client: Client) -> None:
    person = stage.cast.people[0]
    data = data_of(client, person.get_absolute_url())
    assert (data["@type"], data["name"]) == ("Person", person.full_name)
    assert terms_of(data) == {"url", "name", "familyName", "givenName", "affiliation"}


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("", ""), ("?lang=en", "?lang=en"), ("?lang=vi", ""), ("?utm_source=x", ""),
        ("?year=2026&x=1&lang=en", "?year=2026&lang=en"),
    ],
)  # fmt: skip
def test_each_page_names_its_one_address_and_its_languages(
    stage: Stage, client: Client, asked: str, canonical: str
) -> None:
    path = "/tinh-thu/nghi-quyet/"
    head = head_of(client, f"{path}{asked}")
    assert head.xpath("link[@rel='canonical']/@href") == [f"{settings.BASE_URL}{path}{canonical}"]
    bare = canonical.replace("&lang=en", "").replace("?lang=en", "")
    english = f"{bare}{'&' if bare else '?'}lang=en"
    assert head.xpath("link[@hreflang]/@href") == [
        f"{settings.BASE_URL}{path}{one}" for one in (bare, english)
    ]
