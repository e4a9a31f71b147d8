"""A canary stands in every text of what is not published, and must never sing in public."""

import shutil

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from council.models import Person, Tenure
from elections.models import OutcomeLine, Poll
from portal.queries import index_door
from portal.services import search, search_index
from resolutions.models import Resolution
from resolutions.rules import parsing, serial
from resolutions.rules.layout import ArticleText
from sessions.models import AgendaItem, Session, SessionNote, Sitting
from tests.portal.stage import (
    DAY,
    MOMENT,
    add_version,
    agreed_poll,
    one_committee,
    paper,
    published_poll,
    published_resolution,
)
from tests.resolutions.stage import build_stage, drafted

CANARY = "Hoàngyếnbímật"
WORK = "/tinh-thu/"
SESSION = f"{WORK}ky-hop/2026-2031/4/"
PAGES = (
    "/", "/tim-kiem/", "/tim-kiem/?q=thu", "/tim-kiem/?q=hoangyen", f"/tim-kiem/?q={CANARY}",
    "/tim-kiem/?q=2027", "/tim-kiem/?q=phieu", WORK, f"{WORK}ky-hop/", SESSION,
    f"{SESSION}chuong-trinh/", f"{SESSION}phieu/lay-phieu/",
    f"{SESSION}phieu/lay-phieu/so-lieu.json", f"{WORK}nghi-quyet/",
    f"{WORK}nghi-quyet/?year=2026", f"{WORK}nghi-quyet/2026/12-nq-hdnd/", f"{WORK}dai-bieu/",
    f"{WORK}dai-bieu/nguyen-van-thu-an-0/",
    f"{WORK}chuc-vu/", f"{WORK}chi-tieu/", f"{WORK}feed.atom", f"{WORK}lich.ics", "/opensearch.xml",
)  # fmt: skip


@pytest.fixture
def stage(db):
    """One public session with public things, and beside them everything that is not."""
    stage = build_stage()
    published_poll(stage)
    published_resolution(stage)
    hide_sessions(stage)
    hide_inside_the_public_session(stage)
    hide_polls_and_drafts(stage)
    hide_people(stage)
    search.reindex()
    search_index.catch_up()
    cache.clear()
    return stage


def hide_sessions(stage):
    """Sessions that are being prepared, with all their texts."""
    signs = {
        "draft": {},
        "submitted": {"submitted_by": stage.user["clerk"], "submitted_at": MOMENT},
        "approved": {"approved_by": stage.user["approver"], "approved_at": MOMENT},
    }
    for number, (state, more) in enumerate(signs.items(), start=5):
        hidden = Session.objects.create(
            term=stage.cast.term, number=number, kind="year_end", opens_on=DAY, closes_on=DAY,
            place=CANARY, summary=CANARY, illustrative_note=CANARY, state=state,
            send_back_reason=CANARY, created_by=stage.user["clerk"], **more,
        )  # fmt: skip
        AgendaItem.objects.create(
            council_session=hidden, position=1, title=CANARY, presenter=CANARY, staff_note=CANARY
        )
        SessionNote.objects.create(council_session=hidden, kind="achieved", text=CANARY)
        Sitting.objects.create(council_session=hidden, ordinal=1, held_on=DAY, starts_at="08:00")


def hide_inside_the_public_session(stage):
    """Staff notes, dropped items, papers that are not for the public."""
    item = stage.council_session.items.first()
    item.staff_note = CANARY
    item.save(update_fields=["staff_note"])
    AgendaItem.objects.create(
        council_session=stage.council_session, position=9, title=CANARY, state="dropped"
    )
    for visibility in ("staff", "delegates"):
        paper(
            stage, visibility=visibility, title=CANARY, number=CANARY[:40], issuer=CANARY,
            withdrawn_reason="",
        )  # fmt: skip
    paper(stage, visibility="public", title=CANARY, withdrawn_at=MOMENT, withdrawn_reason=CANARY)


def hide_polls_and_drafts(stage):
    """A poll that is counted but not published, an annulled one, drafts of resolutions."""
    counted = agreed_poll(stage, kind="election", slug="dang-kin")
    one_committee(stage)
    Poll.objects.filter(pk=counted.pk).update(title=CANARY, illustrative_note=CANARY)
    counted.entries.update(post=CANARY)
    OutcomeLine.objects.filter(outcome__poll=counted).update(consequence=CANARY, article=CANARY)
    elected = counted.entries.get()
    Person.objects.filter(pk=elected.person_id).update(full_name=CANARY, occupation=CANARY)
    tenure = Tenure.objects.create(
        office=stage.cast.offices["pc_vice_chair"], person=elected.person, term=stage.cast.term,
        basis="elected", starts_on=DAY, fills_single_office=False, approval="to_send",
        approver=CANARY,
    )  # fmt: skip
    OutcomeLine.objects.filter(outcome__poll=counted).update(tenure=tenure)
    draft = drafted(stage, title=CANARY)
    body = parsing.body_of([ArticleText(CANARY, (CANARY,))])
    Resolution.objects.filter(pk=draft.pk).update(
        body=serial.dumps(body),
        bases=CANARY, recipients=CANARY, closing=CANARY, sent_back_reason=CANARY,
        signatory_name=CANARY,
    )  # fmt: skip


def hide_people(stage):
    """Addresses and birthdays of public persons; a person who is nothing here yet."""
    stage.cast.council.people.exclude(full_name=CANARY).update(
        email=f"{CANARY.encode('ascii', 'ignore').decode()}@example.org"
    )
    Person.objects.filter(pk=stage.cast.people[38].pk).update(
        full_name=CANARY, search_key="hoangyenbimat", occupation=CANARY
    )


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_public_page_knows_the_canary(stage, client, path, language):
    response = client.get(path, headers={"accept-language": language})
    assert response.status_code == 200
    text = response.content.decode()
    if CANARY in path or "hoangyen" in path:  # what was asked is shown in the search field
        assert response.context["page"].paginator.count == 0
        text = text.replace(f'value="{CANARY}"', "").replace(f"<title>{CANARY}", "")
    assert CANARY not in text
    assert "example.org" not in text
    headers = " ".join(f"{name}: {value}" for name, value in response.headers.items())
    assert CANARY not in headers


def test_neither_sitemaps_nor_linked_data_nor_the_page_to_follow_know_the_canary(stage, client):
    listed = [f"/sitemap-tinh-thu.{kind}.1.xml" for kind in ("trang", "nghi-quyet", "ky-hop")]
    listed += ["/sitemap-tinh-thu.phieu.1.xml", "/sitemap-tinh-thu.nguoi.1.xml", "/sitemap.xml"]
    for path in (*listed, f"{WORK}nghi-quyet/2026/12-nq-hdnd.jsonld", "/theo-doi/"):
        response = client.get(path)
        assert response.status_code == 200, path
        for hidden in (CANARY, "hoangyen", "example.org"):
            assert hidden not in response.content.decode(), path


@pytest.mark.parametrize("question", ["thu", "hoangyen", "hoang yen bi mat", CANARY, CANARY[:-1]])
def test_no_feed_of_a_search_knows_the_canary(stage, client, question):
    text = client.get("/tim-kiem/feed.atom", {"q": question}).content.decode()
    assert CANARY not in text.replace(f"Tìm: {CANARY}", "")
    assert ("<entry>" in text) == (question == "thu")


def test_neither_the_index_nor_its_suggestions_know_the_canary(stage, client):
    reader = index_door.opened().reader
    assert reader.endings("thu")
    assert reader.endings("hoangy") == []
    response = client.get("/tim-kiem/", {"q": "hoangyenbimaat"})
    assert response.context["results"].suggestion == ""


def test_the_database_that_answers_without_an_index_does_not_know_it_either(stage, client):
    shutil.rmtree(settings.SEARCH_DIR)
    for question in ("thu", "hoangyen", CANARY):
        response = client.get("/tim-kiem/", {"q": question})
        assert not response.context["results"].is_complete
        assert (response.context["page"].paginator.count > 0) == (question == "thu")


def test_addresses_of_what_is_not_published_answer_404(stage, client):
    hidden = [f"{WORK}ky-hop/2026-2031/{number}/" for number in (5, 6, 7)]
    hidden += [f"{address}chuong-trinh/" for address in hidden]
    hidden += [f"{SESSION}phieu/dang-kin/", f"{WORK}nghi-quyet/2026/0-nq-hdnd/"]
    papers = stage.council_session.documents.filter(title=CANARY)
    hidden += [f"{WORK}tai-lieu/{document.pk}/" for document in papers]
    assert len(papers) == 3
    for path in hidden:
        assert client.get(path).status_code == 404, path


def test_signing_in_opens_nothing_more_on_public_addresses(stage, client):
    client.force_login(stage.user["clerk"])
    for path in PAGES:
        text = client.get(path).content.decode()
        text = text.replace(f'value="{CANARY}"', "").replace(f"<title>{CANARY}", "")
        assert CANARY not in text, path


def test_a_newer_version_waits_for_its_own_release(stage, client):
    from datetime import timedelta

    document = paper(stage, visibility="public", title="Báo cáo công khai")
    later = MOMENT + timedelta(hours=1)
    add_version(document, 2, CANARY.encode(), later, stage.user["clerk"])
    response = client.get(f"{WORK}tai-lieu/{document.pk}/")
    assert b"".join(response.streaming_content) == "Báo cáo công khai".encode()
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_an_elected_person_holds_the_office_in_public_once_the_result_is_published(stage, client):
    poll = Poll.objects.get(slug="dang-kin")
    name = poll.entries.get().person.full_name
    assert name not in client.get(f"{WORK}chuc-vu/").content.decode()
    Poll.objects.filter(pk=poll.pk).update(state="published", published_at=MOMENT)
    assert name in client.get(f"{WORK}chuc-vu/").content.decode()
    assert name in client.get(WORK).content.decode()


def test_what_is_taken_back_leaves_the_search(stage):
    resolution = Resolution.objects.published().get()
    assert search.index("resolution", resolution.pk) is True
    Session.objects.filter(pk=stage.council_session.pk).update(state="approved", convened_at=None)
    assert search.index("session", stage.council_session.pk) is False
    assert search.index("poll", 0) is False
    assert search.index("person", 0) is False


@pytest.mark.django_db
def test_a_kept_page_is_asked_for_again_and_answered_with_304(client: Client) -> None:
    first = client.get("/")
    assert first.headers["Cache-Control"] == "public, no-cache"
    again = client.get("/", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
