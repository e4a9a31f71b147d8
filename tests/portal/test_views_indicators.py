"""Indicators over the years: from public sessions only; years without a figure are told."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.cache import cache

from sessions.models import Indicator, Session
from tests.portal.stage import DAY, MOMENT
from tests.resolutions.stage import build_stage

PAGE = "/tinh-thu/chi-tieu/"


@pytest.fixture
def stage(db):
    cache.clear()
    return build_stage()


def session_of(stage, year: int, number: int, state: str = "closed") -> Session:
    held = stage.council_session
    return Session.objects.create(
        term=held.term, number=number, kind="year_end", opens_on=date(year, 12, 5),
        closes_on=date(year, 12, 5), place="Hội trường", state=state,
        created_by=held.created_by, submitted_by=held.submitted_by, submitted_at=MOMENT,
        approved_by=held.approved_by, approved_at=MOMENT,
        convened_at=MOMENT if state == "closed" else None,
    )  # fmt: skip


def told(session: Session, *, result: int, period: str, position: int = 1, **more) -> Indicator:
    plan = Decimal(200)
    return Indicator.objects.create(
        council_session=session, position=position, name="Thu ngân sách", unit="triệu đồng",
        period=period, result=Decimal(result), plan_lower=plan, plan_upper=plan, **more,
    )  # fmt: skip


def words_of(client) -> str:
    response = client.get(PAGE)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_whole_year_stands_before_a_part_of_it_and_missing_years_are_told(
    stage, client
) -> None:
    told(session_of(stage, 2027, 21), result=150, period="11 tháng năm 2027", is_whole_year=False)
    later = session_of(stage, 2029, 23)
    told(later, result=210, period="năm 2029")
    told(later, result=190, period="năm 2027", position=2)
    session_of(stage, 2028, 22)
    page = words_of(client)
    assert page.count('<svg class="series"') == 1
    assert "2027: 190 triệu đồng, 95% kế hoạch; 2028: không có số liệu; 2029: 210" in page
    assert "11 tháng năm 2027: 150 triệu đồng" in page  # the other report, below
    assert "chưa có chỉ tiêu nào được công bố cho năm: 2026, 2028." in page


def test_what_a_session_in_preparation_reports_is_not_told(stage, client) -> None:
    told(session_of(stage, 2027, 21, state="approved"), result=777, period="năm 2027")
    assert "777" not in words_of(client)
    assert "Chưa có chỉ tiêu nào được công bố." in words_of(client)


def test_without_a_plan_the_reports_percentage_is_drawn(stage, client) -> None:
    Indicator.objects.create(
        council_session=stage.council_session, position=1, name="Giá trị sản xuất",
        unit="triệu đồng", period=f"6 tháng năm {DAY.year}", is_whole_year=False,
        result=Decimal(34550889), stated_plan=Decimal("90.35"), stated_plan_form="ratio",
    )  # fmt: skip
    page = words_of(client)
    assert f"{DAY.year}: 90,35% kế hoạch" in page
    assert "34.550 tỷ 889 triệu đồng" in page
    assert "series-part" in page
    assert "series-plan" in page
