"""The API as a program reads it: what is described holds, and nothing private is in it."""

import json
from urllib.parse import urlsplit

import pytest
import schemathesis
from django.conf import settings
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as tries
from schemathesis.config import SchemathesisConfig
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode

from config.wsgi import application
from council.models import Council
from portal.api import v1
from portal.web import machines
from resolutions.models import Notice, Resolution
from sessions.models import Indicator
from tests.access_notices import notice_rows
from tests.portal.stage import MOMENT, paper, published_poll, published_resolution
from tests.portal.test_views_only_published import (
    CANARY,
    hide_inside_the_public_session,
    hide_people,
    hide_polls_and_drafts,
    hide_sessions,
)
from tests.resolutions.stage import build_stage

API = "/api/v1/"
LISTS = [
    str(entry.pattern).removeprefix("api/v1/")
    for entry in v1.patterns()
    if "<" not in str(entry.pattern)
]


@pytest.fixture
def stage(db):
    """Public things of every kind, and canaries in everything else."""
    cache.clear()
    made = build_stage()
    published_poll(made)
    notice_rows(made, published_resolution(made))
    Notice.objects.filter(state="draft").update(reason=CANARY, symbol=CANARY)
    paper(made, visibility="public", title="Báo cáo công khai")
    Indicator.objects.create(
        council_session=made.council_session, position=1, name="Thu", unit="%", period="2026"
    )
    hide_sessions(made)
    hide_inside_the_public_session(made)
    hide_polls_and_drafts(made)
    hide_people(made)
    return made


def items(client, address):
    """All records of a list, page after page."""
    found, following = [], f"{API}{address}"
    while following:
        page = client.get(following).json()
        found += page["items"]
        following = page["next"] and page["next"].removeprefix(settings.BASE_URL)
    return found


@pytest.mark.parametrize("address", LISTS)
def test_every_list_holds_the_public_things_and_no_canary(stage, client, address):
    response = client.get(f"{API}{address}")
    assert response.status_code == 200
    assert response.json()["items"]
    for record in items(client, address):
        assert CANARY not in json.dumps(record, ensure_ascii=False)
    assert "example.org" not in response.content.decode()


def test_single_records_hold_no_canary_and_hidden_keys_answer_404(stage, client):
    for kind in ("sessions", "polls", "resolutions", "persons"):
        for record in items(client, f"{kind}?limit=3"):
            response = client.get(f"{API}{kind}/{record['id']}")
            assert response.status_code == 200
            assert CANARY not in response.content.decode()
    draft = Resolution.objects.exclude(state="published").latest("pk")
    hidden = stage.cast.people[38]
    for address in (f"resolutions/{draft.pk}", f"persons/{hidden.pk}", "sessions/999999"):
        response = client.get(f"{API}{address}")
        assert response.status_code == 404
        assert response["Content-Type"] == "application/problem+json"
        assert response.json() == {"type": "about:blank", "title": "Not Found", "status": 404}


def test_a_resolution_comes_with_its_body_as_a_tree(stage, client):
    record = Resolution.objects.published().get()
    found = client.get(f"{API}resolutions/{record.pk}").json()
    assert found["eli"] == f"{settings.BASE_URL}/tinh-thu/nghi-quyet/2026/12-nq-hdnd/"
    assert found["body"]["nodes"][0]["kind"] == "article"
    assert found["bases"] == ["Căn cứ Luật số 72/2025/QH15;"]
    assert found["withdrawn_on"] is None


def test_a_text_that_a_notice_hides_is_in_no_answer(stage, client):
    target = Resolution.objects.published().get()
    clerk, chair = stage.user["clerk"], stage.user["chair"]
    Notice.objects.create(
        council=target.council, kind="withdrawal", target=target, symbol="1/TB", slug="1-tb",
        dated=MOMENT.date(), reason="Lộ thông tin", hides_text=True, signatory_post="CHỦ TỊCH",
        signatory_name="A", state="published", created_by=clerk, submitted_by=clerk,
        submitted_at=MOMENT, signed_by=chair, published_at=MOMENT, file="x.pdf", sha256="0" * 64,
    )  # fmt: skip
    found = client.get(f"{API}resolutions/{target.pk}").json()
    assert (found["body"], found["bases"], found["closing"]) == (None, [], "")
    assert found["withdrawn_on"] == MOMENT.date().isoformat()


def test_pages_by_cursor_hold_everything_once(stage, client):
    whole = [record["id"] for record in items(client, "persons?limit=100")]
    paged = [record["id"] for record in items(client, "persons?limit=7")]
    assert paged == whole == sorted(set(whole))
    assert len(whole) > 7


def test_filters_leave_what_they_name(stage, client):
    assert items(client, "resolutions?year=2026") != []
    assert items(client, "resolutions?year=2025") == []
    assert items(client, "sessions?council=tinh-khac") == []
    assert {one["council"] for one in items(client, "delegates?council=tinh-thu")} == {"tinh-thu"}


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=1000", "cursor=-1", "cursor=x", "council=Ấ", "council=" + "a" * 61]
)
def test_nonsense_is_a_problem_that_names_the_parameter(stage, client, query):
    response = client.get(f"{API}terms?{query}")
    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["errors"][0]["parameter"] == query.partition("=")[0]


@pytest.mark.parametrize("address", ["nowhere", "", "councils/x/y", "terms?x=%00", "terms?x=%ff"])
def test_errors_are_problems_that_any_page_may_read(db, client, address):
    response = client.get(f"/api/{address}" if not address.startswith("terms") else API + address)
    if address:
        assert response["Content-Type"] == "application/problem+json"
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response.json()["status"] == response.status_code in {400, 404}


def test_what_the_reader_has_is_answered_with_304(stage, client):
    first = client.get(f"{API}terms")
    again = client.get(f"{API}terms", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    since = client.get(f"{API}terms", headers={"if-modified-since": first["Last-Modified"]})
    assert since.status_code == 304
    Council.objects.filter(slug="tinh-thu").update(slug="tinh-moi")
    assert client.get(f"{API}terms", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_head_and_options_answer_like_get(stage, client):
    read, head = client.get(f"{API}terms"), client.head(f"{API}terms")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", read["ETag"])
    asked = client.options(f"{API}terms")
    assert (asked.status_code, asked["Allow"]) == (204, "GET, HEAD, OPTIONS")
    refused = client.post(f"{API}terms")
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_limits_are_told_and_kept(db, client, monkeypatch):
    cache.clear()
    monkeypatch.setattr(machines, "QUOTA", 2)
    left = [client.get(f"{API}councils")["RateLimit"].split(";")[1] for _ in range(2)]
    assert left == ["r=1", "r=0"]
    refused = client.get(f"{API}councils")
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert refused.json()["title"] == "Too Many Requests"
    assert client.get(f"{API}councils", REMOTE_ADDR="10.0.0.9").status_code == 200


def test_the_description_names_every_address_and_no_other(db, client):
    described = client.get(f"{API}openapi.json").json()
    assert described["openapi"].startswith("3.1")
    addresses = {
        "/" + str(entry.pattern).replace("<int:pk>", "{pk}").replace("<slug:slug>", "{slug}")
        for entry in v1.patterns()
    }
    assert set(described["paths"]) == addresses
    for operations in described["paths"].values():
        assert set(operations["get"]["responses"]) == {"200", "400", "404", "422", "429"}
    for address in client.get(API).json()["lists"].values():
        assert client.get(urlsplit(address).path).status_code == 200


@pytest.fixture
def open_connection(db):
    """Requests through WSGI leave the test's own connection open."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def test_schemathesis_finds_nothing(stage, open_connection, monkeypatch):
    """Few examples of each operation, the same in every run; every check of the tool."""
    monkeypatch.setattr(machines, "QUOTA", 10**6)
    schema = schemathesis.openapi.from_dict(
        v1.description(), config=SchemathesisConfig.from_dict({})
    )
    schema.app = application
    described = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    assert len(described) == len(v1.patterns())
    for operation in described:
        for mode in GenerationMode:
            call_some(operation.as_strategy(generation_mode=mode))


def call_some(cases):
    """Call and validate a few of these cases."""

    @seed(2026)
    @tries(
        max_examples=4, deadline=None, database=None, phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=cases)
    def check(case):
        case.call_and_validate()

    check()
