"""OParl 1.1 as a client harvests it: valid, whole, in order, and silent about what is hidden."""

import json
from datetime import timedelta
from urllib.parse import quote, urlsplit

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from council.models import Committee, CommitteeSeat, DelegateGroup, Tenure
from council.services import jobs
from elections.models import Poll
from portal.models import PublishedObject
from portal.rules.oparl import LISTS, SCHEMA, TYPES, Kind
from portal.services import published_objects
from resolutions.models import ArchivedResolution, Notice, Resolution
from sessions.models import AgendaItem, Document, PersonalDataCheck, Presence, Session, Sitting
from sessions.services import papers
from tests.access_stage import archived_in, imported
from tests.portal.oparl_schemas import faults_of, inside, needs_schemas
from tests.portal.stage import MOMENT, paper, published_poll, published_resolution
from tests.portal.test_views_only_published import (
    CANARY,
    hide_inside_the_public_session,
    hide_people,
    hide_polls_and_drafts,
    hide_sessions,
)
from tests.resolutions.stage import build_stage

START = "/oparl/v1.1/system"


@pytest.fixture
def stage(db):
    """Public things of every kind with all that they can say, and canaries in everything else."""
    cache.clear()
    made = build_stage()
    published_poll(made)
    fill(made)
    hide_sessions(made)
    hide_inside_the_public_session(made)
    hide_polls_and_drafts(made)
    hide_people(made)
    published_objects.follow_council(made.cast.council)
    return made


def fill(made):
    """Every property that can be told has something to tell."""
    council, session = made.cast.council, made.council_session
    type(council).objects.filter(pk=council.pk).update(contact_email="lien-he@hoi-dong.example")
    committee, _new = Committee.objects.get_or_create(term=made.cast.term, name="Ban Pháp chế")
    group, _new = DelegateGroup.objects.get_or_create(term=made.cast.term, number=9, name="Tổ 9")
    mandate = made.cast.mandates[3]
    type(mandate).objects.filter(pk=mandate.pk).update(group=group)
    CommitteeSeat.objects.create(committee=committee, mandate=mandate, starts_on=MOMENT.date())
    item = session.items.first()
    AgendaItem.objects.filter(pk=item.pk).update(started_at=MOMENT, finished_at=MOMENT)
    published_resolution(made, item=item)
    paper(made, visibility="public", title="Báo cáo", number="1/BC", issuer="Ủy ban nhân dân",
          issued_on=MOMENT.date())  # fmt: skip
    for kind in ("notice", "annex"):
        general = paper(made, visibility="public", title="Giấy tờ chung")
        Document.objects.filter(pk=general.pk).update(item=None, kind=kind)
    archived_in(imported(made), number=3, year=2020, slug="3-nq-hdnd")


def get(client, address):
    response = client.get(address.removeprefix(settings.BASE_URL))
    assert response.status_code == 200, (address, response.content)
    return response.json()


def harvest(client, address):
    """All objects of a list, page after page."""
    found = []
    while address:
        page = get(client, address)
        found += page["data"]
        address = page["links"].get("next")
    return found


def lists(client):
    """Every list that the system leads to, by kind."""
    system = get(client, START)
    (body,) = (one for one in harvest(client, system["body"]) if "tinh-thu" in one["web"])
    return body, {kind: body[name] for kind, name in LISTS.items()}


def everything(client):
    body, found = lists(client)
    return [body, *(one for address in found.values() for one in harvest(client, address))]


def test_the_system_and_every_object_are_valid_and_every_kind_is_there(stage, client):
    needs_schemas()
    system = get(client, START)
    objects = everything(client)
    assert [fault for one in [system, *objects] for fault in faults_of(one)] == []
    assert {one["type"].removeprefix(SCHEMA) for one in objects} == set(TYPES.values())


def test_an_object_says_the_same_alone_as_in_its_list(stage, client):
    for one in everything(client):
        assert get(client, one["id"]) == one


def test_every_link_to_another_object_leads_to_a_public_one(stage, client):
    objects = everything(client)
    known = {one["id"] for one in objects} | {get(client, START)["id"]}
    prefix, dangling = f"{settings.BASE_URL}/oparl/v1.1/", []
    for one in objects:
        for part in [one, *inside(one)]:
            for name, value in part.items():
                links = value if isinstance(value, list) else [value]
                if name in {*LISTS.values(), "meeting", "consultation"} and "/" in str(value):
                    links = [] if part["type"].endswith(("Body", "Organization")) else links
                dangling += [
                    (part["id"], name, link)
                    for link in links
                    if str(link).startswith(prefix)
                    and not name.endswith("Url")
                    and link not in known
                ]
    assert dangling == []


def test_pages_for_people_and_bytes_of_files_are_where_objects_say(stage, client):
    objects = everything(client)
    for address in {one["web"] for one in objects if "web" in one}:
        path = urlsplit(address).path
        if not path.endswith("/doc/"):  # shown once the worker has drawn the pages
            assert client.get(path).status_code == 200, address
    files = [one for one in objects if one["type"].endswith("File")]
    assert {one["mimeType"] for one in files} >= {"application/pdf", "text/html"}
    for one in files:
        shown = client.get(urlsplit(one["accessUrl"]).path)
        saved = client.get(urlsplit(one["downloadUrl"]).path)
        assert shown["Content-Type"].startswith(one["mimeType"])
        assert shown["Content-Disposition"].startswith("inline")
        assert saved["Content-Disposition"].startswith("attachment; filename")
        assert shown["Content-Security-Policy"].startswith("sandbox")
        assert len(b"".join(shown.streaming_content)) == one["size"]
        assert b"".join(saved.streaming_content)
        again = client.get(
            urlsplit(one["accessUrl"]).path, headers={"if-none-match": shown["ETag"]}
        )
        assert again.status_code == 304


def test_optional_properties_are_told_where_something_is_known(stage, client):
    told = {}
    for one in everything(client):
        told.setdefault(one["type"].removeprefix(SCHEMA), set()).update(one)
    assert told["AgendaItem"] >= {
        "meeting", "number", "order", "name", "public", "consultation", "result", "resolutionText",
        "resolutionFile", "auxiliaryFile", "start", "end", "web",
    }  # fmt: skip
    assert told["Meeting"] >= {
        "name", "meetingState", "cancelled", "start", "location", "organization", "invitation",
        "auxiliaryFile", "agendaItem",
    }  # fmt: skip
    assert told["Paper"] >= {
        "body", "name", "reference", "date", "paperType", "mainFile", "auxiliaryFile",
        "originatorOrganization", "consultation",
    }  # fmt: skip
    assert told["Organization"] >= {
        "membership", "meeting", "consultation", "post", "subOrganizationOf", "organizationType",
        "classification", "startDate", "endDate", "location", "memberCount", "shortName",
    }  # fmt: skip
    assert told["Body"] >= {"contactEmail", "location", "mainOrganization", "classification"}
    assert told["Membership"] >= {"role", "votingRight", "startDate", "person", "organization"}
    assert told["File"] >= {"masterFile", "derivativeFile", "size", "paper", "agendaItem"}


def test_no_answer_holds_a_canary(stage, client):
    for one in everything(client):
        text = json.dumps(one, ensure_ascii=False)
        assert CANARY not in text
        assert "example.org" not in text
    draft = Resolution.objects.exclude(state="published").latest("pk")
    hidden = Session.objects.filter(place=CANARY).first()
    secret = Document.objects.filter(title=CANARY).first()
    for key in (
        f"paper/resolution-{draft.pk}", f"meeting/{hidden.pk}", f"paper/document-{secret.pk}",
        f"file/document-{secret.pk}/content", f"file/resolution-{draft.pk}-pdf/download",
        f"person/{stage.cast.people[38].pk}", "paper/document-0", "body/99999/person",
        "organization/committee-1/meeting", f"body/{'9' * 19}/person", "nowhere", "file/x",
    ):  # fmt: skip
        response = client.get(f"/oparl/v1.1/{key}")
        assert response.status_code == 404, key
        assert response["Access-Control-Allow-Origin"] == "*"
        assert CANARY not in response.content.decode()


def test_pages_hold_everything_once_in_the_order_in_which_it_came(stage, client):
    _body, found = lists(client)
    whole = [one["id"] for one in harvest(client, found[Kind.PERSON] + "?limit=100")]
    paged = [one["id"] for one in harvest(client, found[Kind.PERSON] + "?limit=7")]
    assert paged == whole
    assert len(set(whole)) == len(whole) > 7
    page = get(client, found[Kind.PERSON] + "?limit=7&modified_since=2020-01-01T00:00:00Z&x=1")
    query = "modified_since=2020-01-01T00%3A00%3A00Z&limit=7"
    assert page["links"]["first"].endswith(f"/person?{query}")
    assert f"?{query}&after=" in page["links"]["next"]


def test_filters_leave_what_they_name(stage, client):
    _body, found = lists(client)
    rows = PublishedObject.objects.filter(kind="person").order_by("pk")
    early, late = rows[0], rows[1]
    at = late.modified_at + timedelta(days=1)
    PublishedObject.objects.filter(pk=late.pk).update(modified_at=at)
    since = quote(at.isoformat())
    address = found[Kind.PERSON]
    assert [one["id"].rpartition("/")[2] for one in harvest(
        client, f"{address}?modified_since={since}"
    )] == [late.key]  # fmt: skip
    left = {one["id"].rpartition("/")[2] for one in harvest(
        client, f"{address}?modified_until={quote((at - timedelta(hours=1)).isoformat())}"
    )}  # fmt: skip
    assert early.key in left
    assert late.key not in left
    assert harvest(client, f"{address}?created_until=2001-01-01T00:00:00Z") == []
    assert harvest(client, f"{address}?created_since=2001-01-01T00:00:00Z") != []


@pytest.mark.parametrize(
    "query",
    ["modified_since=yesterday", "created_until=2026-07-10", "modified_since=2026-07-10T08:00:00",
     "created_since=0001-01-01T00:00:00%2B14:00", "limit=x", "limit=-1", "after=" + "9" * 40],
)  # fmt: skip
def test_nonsense_is_an_error_that_names_the_parameter(stage, client, query):
    response = client.get(f"/oparl/v1.1/body?{query}")
    assert response.status_code == 400
    assert response.json()["type"] == f"{SCHEMA}Error"
    assert response.json()["message"].startswith(query.partition("=")[0])


def test_internal_lists_are_left_out_where_that_is_asked(stage, client):
    _body, found = lists(client)
    for kind, name in ((Kind.MEETING, "agendaItem"), (Kind.PERSON, "membership")):
        (*_rest, whole) = harvest(client, found[kind])
        assert name in whole
        assert name not in get(client, f"{whole['id']}?omit_internal=true")
        short = harvest(client, f"{found[kind]}?omit_internal=true")
        assert all(name not in one for one in short)


def test_a_list_of_files_makes_the_same_queries_however_long_it_is(stage, client):
    address = f"/oparl/v1.1/body/{stage.cast.council.pk}/file?limit=100"
    with CaptureQueriesContext(connection) as few:
        before = len(get(client, address)["data"])
    for number in range(20, 30):
        paper(stage, visibility="public", title=f"Báo cáo {number}")
        published_resolution(stage, number=number)
    published_objects.follow_thing("session", stage.council_session.pk)
    with CaptureQueriesContext(connection) as many:
        assert len(get(client, address)["data"]) == before + 50
    assert len(many) == len(few)


def test_who_was_there_is_told_once_the_session_is_closed(stage, client):
    session, address = stage.council_session, f"/oparl/v1.1/meeting/{stage.council_session.pk}"
    there = {at.mandate.person_id for at in Presence.objects.select_related("mandate")}
    assert len(there) > 1
    assert "participant" not in get(client, address)
    Sitting.objects.filter(council_session=session).update(state="closed", closed_at=MOMENT)
    Session.objects.filter(pk=session.pk).update(state="closed")
    found = get(client, address)["participant"]
    assert {int(one.rpartition("/")[2]) for one in found} == there
    assert len(found) == len(there)


def test_nothing_changed_means_that_no_time_moves(stage):
    before = list(PublishedObject.objects.order_by("pk").values())
    assert published_objects.follow_council(stage.cast.council) == 0
    assert list(PublishedObject.objects.order_by("pk").values()) == before


def test_a_change_moves_the_times_of_the_object_and_of_what_it_is_embedded_in(stage):
    long_ago = MOMENT.replace(year=2020)
    PublishedObject.objects.update(created_at=long_ago, modified_at=long_ago)
    item = stage.council_session.items.first()
    AgendaItem.objects.filter(pk=item.pk).update(title="Tên mới")
    published_objects.follow_thing("session", stage.council_session.pk)
    moved = PublishedObject.objects.exclude(modified_at=long_ago)
    assert {f"{one}" for one in moved} == {
        f"agenda-item/{item.pk}", f"meeting/{stage.council_session.pk}"
    }  # fmt: skip


def test_what_is_withdrawn_leaves_a_tombstone_for_those_who_ask_for_changes(stage, client):
    _body, found = lists(client)
    document = Document.objects.get(title="Báo cáo")
    address = f"{settings.BASE_URL}/oparl/v1.1/paper/document-{document.pk}"
    before = get(client, address)
    Document.objects.filter(pk=document.pk).update(withdrawn_at=MOMENT, withdrawn_reason="Nhầm")
    assert get(client, address)["deleted"] is True, "at once, whether a worker looked or not"
    ids = [one["id"] for one in harvest(client, found[Kind.PAPER])]
    assert address not in ids
    published_objects.follow_thing("session", stage.council_session.pk)
    tombstone = get(client, address)
    assert set(tombstone) == {"id", "type", "created", "modified", "deleted"}
    assert tombstone["created"] == before["created"]
    assert address not in [one["id"] for one in harvest(client, found[Kind.PAPER])]
    since = f"{found[Kind.PAPER]}?modified_since={quote(before['modified'])}"
    assert tombstone in harvest(client, since)
    gone = client.get(f"/oparl/v1.1/file/document-{document.pk}/content")
    assert (gone.status_code, gone["Access-Control-Allow-Origin"]) == (410, "*")
    meeting = get(client, f"/oparl/v1.1/meeting/{stage.council_session.pk}")
    assert address not in json.dumps(meeting)
    Document.objects.filter(pk=document.pk).update(withdrawn_at=None, withdrawn_reason="")
    published_objects.follow_thing("session", stage.council_session.pk)
    assert "deleted" not in get(client, address)


def test_a_text_that_a_notice_hides_has_no_file(stage, client):
    target = Resolution.objects.published().get()
    clerk, chair = stage.user["clerk"], stage.user["chair"]
    Notice.objects.create(
        council=target.council, kind="withdrawal", target=target, symbol="1/TB", slug="1-tb",
        dated=MOMENT.date(), reason="Lộ thông tin", hides_text=True, signatory_post="CHỦ TỊCH",
        signatory_name="A", state="published", created_by=clerk, submitted_by=clerk,
        submitted_at=MOMENT, signed_by=chair, published_at=MOMENT, file="x.pdf", sha256="0" * 64,
    )  # fmt: skip
    found = get(client, f"/oparl/v1.1/paper/resolution-{target.pk}")
    assert "mainFile" not in found
    assert found["nghitruong:withdrawnOn"] == MOMENT.date().isoformat()
    assert client.get(f"/oparl/v1.1/file/resolution-{target.pk}-pdf/content").status_code == 410


def test_what_the_reader_has_is_answered_with_304(stage, client):
    for address in (START, "/oparl/v1.1/body", f"/oparl/v1.1/body/{stage.cast.council.pk}/person"):
        first = client.get(address)
        again = client.get(address, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert first["Access-Control-Allow-Origin"] == "*"
        assert "RateLimit" in first


def test_the_reader_s_language_changes_nothing(stage, client):
    address = f"/oparl/v1.1/body/{stage.cast.council.pk}/paper"
    vietnamese = client.get(address, headers={"accept-language": "vi"})
    english = client.get(address, headers={"accept-language": "en"})
    assert vietnamese.content == english.content


def test_who_was_elected_appears_with_the_result(stage, client):
    tenure, poll = Tenure.objects.get(approver=CANARY), Poll.objects.get(slug="dang-kin")
    address = f"/oparl/v1.1/membership/tenure-{tenure.pk}"
    assert client.get(address).status_code == 404
    Poll.objects.filter(pk=poll.pk).update(state="published", published_at=MOMENT)
    published_objects.follow_thing("poll", poll.pk)
    assert get(client, address)["role"] == tenure.office.title


def test_a_paper_is_followed_when_it_is_released_and_when_it_is_withdrawn(stage, client):
    document = paper(stage, visibility="delegates", title="Sắp công khai")
    version = document.versions.get()
    PersonalDataCheck.objects.create(version=version, checked_at=MOMENT)
    papers.release(document, visibility="public", by=stage.user["approver"])
    jobs.run_due()
    address = f"/oparl/v1.1/paper/document-{document.pk}"
    assert get(client, address)["name"] == "Sắp công khai"
    document.refresh_from_db()
    papers.withdraw(document, reason="Nhầm", by=stage.user["approver"])
    jobs.run_due()
    assert PublishedObject.objects.get(kind="paper", key=f"document-{document.pk}").is_deleted


def test_archived_resolutions_are_papers(stage, client):
    past = ArchivedResolution.objects.get()
    found = get(client, f"/oparl/v1.1/paper/archived-{past.pk}")
    assert found["reference"] == past.symbol
    assert found["mainFile"]["size"] == past.size
