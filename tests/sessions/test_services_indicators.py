"""Indicators: saved, mended, put in order, removed; stale forms and foreign rows refused."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from council.models import AuditEntry
from council.rules.refusals import Refusal
from council.services.versions import StaleEdit
from sessions.models import Indicator
from sessions.services import indicators
from tests.sessions.hall import Hall


def add(
    hall: Hall, name: str = "Giá trị sản xuất", *, by: str = "clerk", **values: object
) -> Indicator:
    given: dict[str, Any] = {
        "unit": "triệu đồng", "period": "11 tháng năm 2026", "plan_lower": Decimal(100),
        "plan_upper": Decimal(100), "result": Decimal(90), **values,
    }  # fmt: skip
    return indicators.save(hall.council_session, name=name, by=hall.user(by), **given)


def order() -> list[tuple[int, str]]:
    return list(Indicator.objects.order_by("position").values_list("position", "name"))


def test_a_new_indicator_stands_at_the_end(hall: Hall) -> None:
    add(hall, "một")
    assert add(hall, "hai").position == 2
    assert AuditEntry.objects.filter(verb="indicator.add").count() == 2


def test_a_stated_percentage_that_does_not_follow_is_saved_all_the_same(hall: Hall) -> None:
    assert add(hall, stated_plan=Decimal(95)).stated_plan == 95


def test_mending_counts_a_version_and_keeps_what_is_not_named(hall: Hall) -> None:
    row = add(hall)
    mended = indicators.save(
        hall.council_session, indicator=row, version=1, result=Decimal(91), by=hall.user("clerk")
    )
    assert (mended.version, mended.unit) == (2, "triệu đồng")
    assert mended.result == Decimal(91)
    assert AuditEntry.objects.filter(verb="indicator.edit").count() == 1


def test_who_saves_second_is_told(hall: Hall) -> None:
    row = add(hall)
    session = hall.council_session
    indicators.save(session, indicator=row, version=1, note="một", by=hall.user("clerk"))
    with pytest.raises(StaleEdit) as stale:
        indicators.save(session, indicator=row, version=1, note="hai", by=hall.user("clerk2"))
    assert stale.value.current.version == 2  # type: ignore[attr-defined]
    row.refresh_from_db()
    assert row.note == "một"


@pytest.mark.parametrize("name", ["chair", "delegate", "admin", "outsider"])
def test_only_those_who_prepare_write_indicators(hall: Hall, name: str) -> None:
    row = add(hall)
    user = hall.user(name)
    for call in (
        lambda: add(hall, by=name),
        lambda: indicators.move(row, position=1, by=user),
        lambda: indicators.remove(row, by=user),
    ):
        with pytest.raises(Refusal) as refused:
            call()
        assert refused.value.code == "access.denied"
    assert Indicator.objects.count() == 1


def test_a_plan_out_of_order_or_without_a_name_is_refused(hall: Hall) -> None:
    with pytest.raises(ValidationError, match="số đầu phải nhỏ hơn"):
        add(hall, plan_lower=Decimal(7), plan_upper=Decimal(6))
    with pytest.raises(ValidationError):
        add(hall, "")
    assert not Indicator.objects.exists()


def test_an_unknown_field_is_refused(hall: Hall) -> None:
    with pytest.raises(Refusal) as refused:
        add(hall, position=7)
    assert refused.value.code == "indicator.unknown_field"


@pytest.mark.parametrize(
    ("position", "names"), [(1, "cab"), (0, "cab"), (2, "acb"), (3, "abc"), (99999, "abc")]
)
def test_moving_leaves_no_gap(hall: Hall, position: int, names: str) -> None:
    rows = [add(hall, name) for name in "abc"]
    indicators.move(rows[2], position=position, by=hall.user("clerk"))
    assert order() == list(enumerate(names, start=1))


def test_removing_closes_the_gap_and_the_log_keeps_the_figures(hall: Hall) -> None:
    rows = [add(hall, name) for name in "abc"]
    indicators.remove(rows[0], by=hall.user("clerk"))
    assert order() == [(1, "b"), (2, "c")]
    assert '"name":"a"' in AuditEntry.objects.get(verb="indicator.remove").payload


def test_what_was_removed_is_gone_for_every_verb(hall: Hall) -> None:
    row = add(hall)
    clerk = hall.user("clerk")
    indicators.remove(Indicator.objects.get(), by=clerk)
    for call in (
        lambda: indicators.save(hall.council_session, indicator=row, note="x", by=clerk),
        lambda: indicators.move(row, position=1, by=clerk),
        lambda: indicators.remove(row, by=clerk),
    ):
        with pytest.raises(Refusal) as refused:
            call()
        assert refused.value.code == "indicator.gone"
