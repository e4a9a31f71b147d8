"""The register's page: which book, which numbers, and what a clerk does with them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from resolutions.models import NumberEntry, NumberSeries, RegisterPrint
from resolutions.services import register
from tests.cast import Cast

DAY = date(2026, 7, 10)


@pytest.fixture
def desk(cast: Cast) -> Callable[..., Any]:
    """The clerk's browser: `desk(name, *args, data=…, query=…)`."""
    client = Client()
    client.force_login(cast.user["clerk"])

    def ask(name: str, *args: object, data: Any = None, query: str = "") -> Any:
        address = reverse(f"resolutions:{name}", args=[cast.council.slug, *args]) + query
        return client.get(address) if data is None else client.post(address, data, follow=True)

    return ask


def reserved(cast: Cast, title: str = "Về việc đặt tên đường") -> NumberEntry:
    return register.reserve(
        cast.council, kind="individual", title=title, day=DAY, by=cast.user["clerk"]
    )


def test_a_clerk_keeps_uses_and_strikes_out_numbers(cast: Cast, desk: Any) -> None:
    for title in ("Về việc thứ nhất", "Về việc thứ hai"):
        answer = desk("number-reserve", data={"kind": "individual", "title": title})
        assert title in answer.content.decode()
    first, second = NumberEntry.objects.order_by("number")
    year = first.series.year
    used = {"issued_on": f"{year}-01-02", "signatory": "Trần Thị Mẫu"}
    assert "đã dùng" in desk("number-use", first.pk, data=used).content.decode()
    desk("number-void", second.pk, data={"reason": "Rút tờ trình"})
    page = desk("number-register").content.decode()
    assert "Trần Thị Mẫu ký" in page
    assert "Rút tờ trình" in page
    assert "2 số: 1 đã dùng, 0 đang giữ, 1 đã hủy." in page


def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(cast: Cast, desk: Any) -> None:
    entry = reserved(cast)
    typed = {"issued_on": "2025-07-10", "signatory": "Trần Thị Mẫu"}
    answer = desk("number-use", entry.pk, data=typed)
    form = answer.context["form"]
    assert form.errors["issued_on"] == [
        "Số này thuộc sổ năm 2026 nên ngày văn bản phải trong năm đó."
    ]
    assert "Trần Thị Mẫu" in answer.content.decode()
    void = desk("number-void", entry.pk, data={"reason": ""})
    assert "reason" in void.context["form"].errors
    assert NumberEntry.objects.get().state == "reserved"


def test_a_year_goes_on_from_the_paper_register(cast: Cast, desk: Any) -> None:
    page = desk("series-start", data={"year": 2026, "kind": "individual", "last": 34})
    assert "01/NQ-HĐND đến 34/NQ-HĐND" in page.content.decode()
    reserved(cast)
    late = desk("series-start", data={"year": 2026, "kind": "individual", "last": 50})
    assert "last" in late.context["form"].errors
    wild = desk("series-start", data={"year": 2026, "kind": "individual", "last": 10**12})
    assert "last" in wild.context["form"].errors


@pytest.mark.parametrize(
    "query", ["?nam=x", "?nam=99999", "?nam=²²²²", "?loai=x", "?xem=x", "?page=-1", "?nam=0000"]
)
def test_nonsense_in_the_address_shows_a_book(cast: Cast, desk: Any, query: str) -> None:
    reserved(cast)
    assert desk("number-register", query=query).status_code == 200


def test_tabs_show_the_numbers_of_one_state_and_pages_all_of_them(cast: Cast, desk: Any) -> None:
    entries = [reserved(cast, f"Về việc số {n}") for n in range(1, 33)]
    register.void(entries[0], reason="Nhầm", by=cast.user["clerk"])
    book = "?nam=2026&loai=individual"
    first = desk("number-register", query=book)
    assert [line.span.first for line in first.context["page"]] == list(range(32, 2, -1))
    second = desk("number-register", query=book + "&page=2")
    assert [line.span.first for line in second.context["page"]] == [2, 1]
    void = desk("number-register", query=book + "&xem=da-huy")
    assert [line.span.first for line in void.context["page"]] == [1]
    other = desk("number-register", query="?nam=2026&loai=normative")
    assert list(other.context["page"]) == []


def test_the_print_and_the_spreadsheet_are_downloaded(cast: Cast, desk: Any, run_jobs: Any) -> None:
    reserved(cast)
    series = NumberSeries.objects.get()
    assert (
        desk("register-print", series.pk, data={}).context["job"].name
        == "resolutions.print_register"
    )
    run_jobs()
    page = desk("number-register", query="?nam=2026").content.decode()
    assert "Mở PDF để in" in page
    made = desk("register-file", RegisterPrint.objects.get().pk)
    assert made["Content-Type"] == "application/pdf"
    assert made.content.startswith(b"%PDF")
    sheet = desk("register-sheet", series.pk)
    assert sheet["Content-Disposition"] == 'attachment; filename="so-dang-ky-nq-2026.xlsx"'
    assert sheet.content.startswith(b"PK")


def test_a_chair_reads_the_book_and_is_offered_no_change(cast: Cast) -> None:
    entry, client = reserved(cast), Client()
    client.force_login(cast.user["chair"])
    address = reverse("resolutions:number-register", args=[cast.council.slug])
    page = client.get(address + "?nam=2026").content.decode()
    assert "05/NQ-HĐND" not in page
    assert "01/NQ-HĐND" in page
    assert "Giữ số</a>" not in page
    assert reverse("resolutions:number-void", args=[cast.council.slug, entry.pk]) not in page
