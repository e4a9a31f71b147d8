"""The pages on which a delegate's request to leave is written down and decided."""

import pytest
from django.urls import reverse

from council.models import Mandate
from elections.models import FollowUp, SeatRelease
from tests.elections import stage as staging
from tests.elections.stage import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return staging.build()


def at(name: str, *args: object) -> str:
    return reverse(f"elections:{name}", args=["tinh-thu", *args])


@pytest.mark.parametrize("ground", ["request", "moved"])
def test_from_the_request_to_the_report_that_waits(stage: Stage, ground: str) -> None:
    clerk, seat = staging.signed_in(stage, "clerk"), stage.cast.mandates[20]
    person = reverse("council:person-detail", args=["tinh-thu", seat.person_id])
    assert f"{at('seat-release-add')}?dai-bieu={seat.pk}" in clerk.get(person).text
    form = clerk.get(f"{at('seat-release-add')}?dai-bieu={seat.pk}").text
    assert f'value="{seat.pk}" selected' in form
    Mandate.objects.filter(term=stage.cast.term).update(starts_on="2026-03-20")
    ask = {
        "mandate": seat.pk, "ground": ground, "document": "Đơn ngày 01/11/2028",
        "requested_on": "2028-11-01", "reason": "Sức khỏe",
    }  # fmt: skip
    shown = clerk.post(at("seat-release-add"), {**ask, "document": ""}).text
    assert "Sức khỏe" in shown
    assert not SeatRelease.objects.exists()
    page = clerk.post(at("seat-release-add"), ask, follow=True).text
    assert "Ghi quyết định" in page
    found = SeatRelease.objects.get()
    address = at("seat-release", found.pk)
    decision = {
        "do": "decide", "decide-verdict": "granted", "decide-body": "standing_committee",
        "decide-decided_on": "2028-12-12", "decide-decision": "5/NQ-TTHĐND",
    }  # fmt: skip
    refused = clerk.post(address, decision).text
    assert "do Hội đồng nhân dân quyết định, không do Thường trực" in refused
    assert "5/NQ-TTHĐND" in refused
    page = clerk.post(address, {**decision, "decide-decided_on": "2028-11-15"}, follow=True).text
    assert "báo cáo Hội đồng nhân dân tại kỳ họp gần nhất" in page
    assert "5/NQ-TTHĐND (Thường trực Hội đồng nhân dân)" in page
    assert FollowUp.objects.get().mandate == seat
    assert "5/NQ-TTHĐND, Thường trực Hội đồng nhân dân" in clerk.get(person).text
    assert "được chấp thuận" in clerk.get(address).text.lower()


def test_a_request_is_refused_or_taken_back(stage: Stage) -> None:
    clerk, made = staging.signed_in(stage, "clerk"), []
    for seat in (20, 21):
        ask = {
            "mandate": stage.cast.mandates[seat].pk, "ground": "request", "document": "Đơn",
            "requested_on": "2028-11-01", "reason": "Sức khỏe",
        }  # fmt: skip
        clerk.post(at("seat-release-add"), ask)
        made.append(SeatRelease.objects.latest("pk"))
    decision = {
        "do": "decide", "decide-verdict": "refused", "decide-body": "council",
        "decide-decided_on": "2028-12-12", "decide-decision": "7/NQ-HĐND",
    }  # fmt: skip
    clerk.post(at("seat-release", made[0].pk), decision)
    taken_back = {"do": "withdraw", "withdraw-decided_on": "2028-11-02"}
    clerk.post(at("seat-release", made[1].pk), taken_back)
    states = list(SeatRelease.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["refused", "withdrawn"]
    assert "Ghi quyết định" not in clerk.get(at("seat-release", made[0].pk)).text


def test_the_form_of_a_seats_end_sends_the_clerk_to_the_request(stage: Stage) -> None:
    clerk, seat = staging.signed_in(stage, "clerk"), stage.cast.mandates[20]
    end = reverse("council:seat-end", args=["tinh-thu", seat.pk])
    shown = clerk.post(end, {"ends_on": "2028-12-12", "reason": "resigned"}).text
    assert "Ghi đề nghị và quyết định ở trang" in shown
