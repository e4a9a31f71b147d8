"""The office page: one drawing an office, and a table that says the same in words."""

import re
from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client

from council.models import Tenure
from portal import queries
from portal.web import office_page
from tests.cast import build


@pytest.fixture
def cast(db):
    cache.clear()
    return build()


def test_drawing_and_table_name_the_same_holders_and_days(cast) -> None:
    Tenure.objects.create(
        office=cast.offices["pc_chair"], person=cast.people[9], term=cast.term, basis="acting",
        starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 31), end_reason="acting_ended",
        fills_single_office=False,
    )  # fmt: skip
    page = Client().get("/tinh-thu/chuc-vu/").content.decode()
    spoken = "; ".join(re.findall(r"<desc[^>]*>(.*?)</desc>", page))
    rows = re.findall(r'<th scope="row"><a [^>]*>(.*?)</a></th><td>(.*?)</td><td>(.*?)</td>', page)
    assert len(rows) == Tenure.objects.count()
    for name, start, end in rows:
        assert f"{name}, {start} – {end.split(',')[0]}" in spoken
    assert page.count('class="timeline-acting"') == 1
    assert "style=" not in page


def test_the_later_holder_of_an_office_lies_right_of_the_earlier_one(cast) -> None:
    office = cast.offices["pc_chair"]
    Tenure.objects.create(
        office=office, person=cast.people[9], term=cast.term, basis="elected",
        starts_on=date(2020, 1, 1), ends_on=date(2021, 1, 1), end_reason="dismissed",
        fills_single_office=False,
    )  # fmt: skip
    chart = office_page.chart_of(queries.tenures(cast.council), date(2026, 11, 25))
    (group,) = [group for group in chart.groups if group.office == office]
    newer, older = group.holdings
    assert older.bar.left == 0
    assert older.bar.right < newer.bar.left
    assert newer.bar.is_open
    assert newer.ends_on is None


def test_a_council_without_offices_says_so(cast) -> None:
    page = Client().get(f"/{cast.other_council.slug}/chuc-vu/").content.decode()
    assert "Chưa có dữ liệu." in page
    assert '<svg class="timeline"' not in page
