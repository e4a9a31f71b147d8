"""A person's page: what the public may know of a delegate or an office holder, and no more."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from council.models import Committee, Job, Person, Tenure
from council.services import people
from elections.models import OutcomeLine, Poll
from portal.services import search_entries
from sessions.models import Excuse, Presence, Session, Sitting
from tests.cast import TERM_STARTS
from tests.portal.stage import DAY, MOMENT, published_poll
from tests.resolutions.stage import agreed_poll, build_stage

SECRET = "Bímậtriêngtư"


@pytest.fixture
def stage(db):
    cache.clear()
    return build_stage()


def page_of(client, person: Person) -> str:
    response = client.get(person.get_absolute_url())
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_it_tells_seat_committee_offices_and_results_with_their_base(stage, client) -> None:
    poll = published_poll(stage)
    person, mandate = stage.cast.people[0], stage.cast.mandates[0]
    committee = Committee.objects.get(name="Ban Pháp chế")
    committee.seats.create(mandate=mandate, starts_on=TERM_STARTS)
    page = page_of(client, person)
    assert "Tổ đại biểu số 1 (tổ trưởng)" in page
    assert "Ban Pháp chế" in page
    assert "Chủ tịch Hội đồng nhân dân" in page
    assert "trên tổng số phiếu thu về (35)" in page
    assert "85,71%" in page
    assert f'href="{poll.get_absolute_url()}"' in page


def test_an_election_is_told_with_its_result_once_it_is_published(stage, client) -> None:
    poll = agreed_poll(stage, kind="election", slug="bau")
    elected = poll.entries.get().person
    tenure = Tenure.objects.create(
        office=stage.cast.offices["pc_vice_chair"], person=elected, term=stage.cast.term,
        basis="elected", starts_on=DAY, fills_single_office=False,
    )  # fmt: skip
    OutcomeLine.objects.filter(outcome__poll=poll).update(tenure=tenure)
    assert client.get(elected.get_absolute_url()).status_code == 404
    Poll.objects.filter(pk=poll.pk).update(state="published", published_at=MOMENT)
    page = page_of(client, elected)
    assert "91,43%" in page
    assert "trên tổng số đại biểu (35)" in page
    assert page.count(f'href="{poll.get_absolute_url()}"') == 2  # at the office and at the result


def test_attendance_counts_closed_sessions_whose_roll_was_called(stage, client) -> None:
    session, person = stage.council_session, stage.cast.people[0]
    assert "Chưa có kỳ họp nào đã bế mạc mà hệ thống ghi điểm danh." in page_of(client, person)
    Sitting.objects.update(state="closed", closed_at=MOMENT)
    Session.objects.filter(pk=session.pk).update(state="closed")
    for ordinal, mandate in ((2, stage.cast.mandates[1]), (3, None)):  # the third: no roll
        sitting = Sitting.objects.create(
            council_session=session, ordinal=ordinal, held_on=DAY + timedelta(days=ordinal),
            starts_at="08:00", state="closed", opened_at=MOMENT, closed_at=MOMENT,
        )  # fmt: skip
        Excuse.objects.create(
            sitting=sitting, mandate=stage.cast.mandates[0], reason=SECRET,
            recorded_by=stage.user["clerk"],
        )  # fmt: skip
        if mandate:
            Presence.objects.create(
                sitting=sitting, mandate=mandate, arrived_at=MOMENT,
                recorded_by=stage.user["clerk"],
            )  # fmt: skip
    page = page_of(client, person)
    assert "Có mặt tại 1/1 kỳ họp" in page
    assert ">1/2</td>" in page
    assert SECRET not in page


def test_birthday_address_and_unpublished_results_stay_private(stage, client) -> None:
    poll = agreed_poll(stage)
    Poll.objects.filter(pk=poll.pk).update(title=SECRET)
    person = stage.cast.people[0]
    Person.objects.filter(pk=person.pk).update(email=f"{SECRET}@example.org", born_on="1961-02-03")
    page = page_of(client, person)
    assert SECRET not in page
    assert "1961" not in page
    assert "85,71%" not in page


def test_who_is_nothing_in_public_life_has_no_page(stage, client) -> None:
    nobody = stage.cast.people[38]
    assert client.get(nobody.get_absolute_url()).status_code == 404
    elsewhere = f"/{stage.cast.other_council.slug}/dai-bieu/{stage.cast.people[0].slug}/"
    assert client.get(elsewhere).status_code == 404


def test_lists_and_the_search_lead_to_the_page(stage, client) -> None:
    person = stage.cast.people[0]
    link = f'href="{person.get_absolute_url()}"'
    for path in ("/tinh-thu/dai-bieu/", "/tinh-thu/chuc-vu/", "/tinh-thu/"):
        assert link in client.get(path).content.decode(), path
    entry = search_entries.entry_of("person", person.pk)
    assert entry is not None
    assert entry.path == person.get_absolute_url()


def test_namesakes_have_addresses_of_their_own_which_a_new_name_does_not_change(stage) -> None:
    names = [
        people.add(
            stage.cast.council, honorific="ba", full_name="Lê Thị Ví Dụ", by=stage.user["clerk"]
        )
        for _one in range(3)
    ]
    assert [person.slug for person in names] == ["le-thi-vi-du", "le-thi-vi-du-2", "le-thi-vi-du-3"]
    edited = people.edit(
        names[1], honorific="ba", full_name="Lê Thị Đổi Tên", family_name="", middle_name="",
        given_name="", occupation="", email="", born_on=None, by=stage.user["clerk"],
    )  # fmt: skip
    assert edited.slug == "le-thi-vi-du-2"
    assert Job.objects.filter(name="portal.purge", args=["tinh-thu"]).count() == 1
