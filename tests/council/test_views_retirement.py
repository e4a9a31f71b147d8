"""The announcement of retirement: the form that exempts a holder from the confidence vote."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from council.models import AuditEntry, Tenure
from council.rules.refusals import Refusal
from council.services import offices
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def address(cast: Cast, tenure: Tenure) -> str:
    return reverse("council:tenure-retirement", args=[cast.council.slug, tenure.pk])


def test_the_clerk_writes_the_announcement_down(client: Client, cast: Cast) -> None:
    tenure = cast.tenures["pc_member"]
    client.force_login(cast.user["clerk"])
    assert client.get(address(cast, tenure)).status_code == 200
    done = client.post(address(cast, tenure), {"announced_on": "2026-06-01"})
    assert done.status_code == 302
    tenure.refresh_from_db()
    assert tenure.retirement_announced_on == date(2026, 6, 1)
    assert AuditEntry.objects.filter(verb="tenure.announce_retirement").exists()


def test_a_date_that_nobody_means_is_refused_beside_its_field(client: Client, cast: Cast) -> None:
    tenure = cast.tenures["pc_member"]
    client.force_login(cast.user["clerk"])
    page = client.post(address(cast, tenure), {"announced_on": "1026-06-01"})
    assert "không hợp lý" in page.content.decode()
    tenure.refresh_from_db()
    assert tenure.retirement_announced_on is None


def test_who_has_left_the_office_is_not_announced(cast: Cast) -> None:
    tenure = offices.end(
        cast.tenures["pc_member"],
        ends_on=date(2026, 5, 1),
        reason=Tenure.EndReason.RESIGNED,
        by=cast.user["clerk"],
    )
    with pytest.raises(Refusal) as refused:
        offices.announce_retirement(
            tenure, announced_on=date(2026, 6, 1), by=cast.user["clerk"]
        )  # fmt: skip
    assert refused.value.code == "tenure.already_ended"
