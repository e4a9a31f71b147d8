"""Dates, figures, states and bars as templates write them, in both languages."""

import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from council.templatetags import nt

DAY = date(2023, 2, 5)
LATE_EVENING_UTC = datetime(2023, 12, 11, 18, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("write", "value", "vietnamese", "english"),
    [
        (nt.vi_date, DAY, "05/02/2023", "5 February 2023"),
        (nt.vi_date_long, DAY, "ngày 05 tháng 02 năm 2023", "5 February 2023"),
        (nt.vi_time, time(8, 2), "8 giờ 02", "08:02"),
        (nt.vi_percent, Decimal("90.35"), "90,35%", "90.35%"),
        (nt.vi_percent, "97.50", "97,5%", "97.5%"),
        (nt.vi_int, 34550, "34.550", "34,550"),
        (nt.vi_decimal, Decimal("1234.5"), "1.234,5", "1,234.5"),
        (nt.vi_money, 34550889, "34.550 tỷ 889 triệu đồng", "34,550.889 billion đồng"),
        (nt.vi_money, 889, "889 triệu đồng", "889 million đồng"),
    ],
)
def test_each_language_has_its_own_signs(write, value, vietnamese, english) -> None:
    assert write(value) == vietnamese
    with translation.override("en"):
        assert write(value) == english


@pytest.mark.parametrize(
    "write",
    [nt.vi_date, nt.vi_date_long, nt.vi_time, nt.vi_percent, nt.vi_int, nt.vi_decimal, nt.vi_money],
)
def test_what_is_not_known_is_a_dash(write) -> None:
    assert write(None) == "–"


def test_a_moment_is_shown_in_vietnamese_time() -> None:
    assert nt.vi_date(LATE_EVENING_UTC) == "12/12/2023"
    assert nt.vi_time(LATE_EVENING_UTC) == "1 giờ 05"


def test_a_moment_without_zone_keeps_its_day() -> None:
    assert nt.vi_date(datetime(2023, 12, 11, 18, 5)) == "11/12/2023"


def test_a_word_where_a_percentage_belongs_is_a_dash() -> None:
    assert nt.vi_percent("") == "–"


def test_a_document_is_dated_in_vietnamese_on_english_pages_too() -> None:
    with translation.override("en"):
        assert nt.document_date(DAY) == "ngày 05 tháng 02 năm 2023"
    assert nt.document_date(None) == "ngày … tháng … năm …"


def test_a_session_is_numbered_in_roman() -> None:
    assert nt.roman(13) == "XIII"


@pytest.mark.parametrize(
    ("state", "shape"),
    [
        ("published", "ok"),
        ("counting", "warn"),
        ("annulled", "bad"),
        ("draft", "quiet"),
        ("", "quiet"),
    ],
)
def test_a_state_has_a_shape_and_its_word(state, shape) -> None:
    assert nt.status_tag(state, "đang <đếm>") == (
        f'<span class="tag {shape}">đang &lt;đếm&gt;</span>'
    )


def test_no_state_has_two_shapes() -> None:
    shapes = (nt.DONE, nt.UNDER_WAY, nt.TROUBLE)
    assert len(frozenset().union(*shapes)) == sum(map(len, shapes))


def rects(svg: str) -> list[dict[str, str]]:
    """Attributes of the bar's parts, the ground first."""
    return [dict(part.attrib) for part in ET.fromstring(svg) if part.tag == "rect"]


def test_a_bar_stands_for_its_base_and_speaks() -> None:
    svg = nt.stacked_bar([("high", 27), ("mid", 5), ("low", 1)], 34, "Bà Lê Thị Ví Dụ: cao 27")
    assert ET.fromstring(svg).attrib["aria-label"] == "Bà Lê Thị Ví Dụ: cao 27"
    ground, high, mid, low = rects(svg)
    assert (ground["class"], ground["width"]) == ("bar-void", "1000")
    assert (high["class"], high["x"], high["width"]) == ("bar-high", "0.00", "794.12")
    assert (mid["x"], low["x"]) == ("794.12", "941.18")
    assert "style" not in svg


@given(st.lists(st.tuples(st.sampled_from(sorted(nt.SHADES)), st.integers(0, 200)), max_size=4))
def test_the_parts_of_a_bar_never_overlap_nor_leave_it(parts) -> None:
    base = sum(count for _shade, count in parts)
    end = 0.0
    for rect in rects(nt.stacked_bar(parts, base, ""))[1:]:
        assert abs(float(rect["x"]) - end) < 0.02
        end = float(rect["x"]) + float(rect["width"])
    assert end <= nt.BAR_WIDTH + 0.02


def test_low_and_middle_are_told_by_shape_as_well_as_by_shade() -> None:
    svg = ET.fromstring(nt.stacked_bar([("high", 4), ("mid", 1), ("low", 3)], 10, ""))
    shapes = [dict(part.attrib) for part in svg if part.tag == "path"]
    assert shapes == [
        {"class": "bar-shape-mid", "d": "M400.00 8h100.00"},
        {"class": "bar-shape-low", "d": "M500.00 8h300.00"},
    ]


def test_a_bar_of_nothing_is_only_its_ground() -> None:
    assert len(rects(nt.stacked_bar([("high", 0)], 0, "chưa có phiếu"))) == 1


def test_an_unknown_shade_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="red"):
        nt.stacked_bar([("red", 1)], 1, "")


def test_a_label_cannot_break_out_of_the_bar() -> None:
    svg = nt.stacked_bar([], 1, '"><script>alert(1)</script>')
    assert ET.fromstring(svg).attrib["aria-label"] == '"><script>alert(1)</script>'


def test_paging_keeps_what_was_asked() -> None:
    request = RequestFactory().get("/tim-kiem/", {"q": "hà đông", "page": "2", "year": "2023"})
    template = Template("{% query_with page=3 year=None %}")
    address = template.render(RequestContext(request, {}))
    assert address == "?q=h%C3%A0+%C4%91%C3%B4ng&amp;page=3"


def test_the_tags_need_no_loading_in_a_template() -> None:
    template = Template('{{ day|vi_date }} {% status_tag "done" "xong" %}')
    assert template.render(Context({"day": DAY})) == '05/02/2023 <span class="tag ok">xong</span>'


def test_recipients_have_one_dash_and_one_stop_however_they_were_typed() -> None:
    typed = "- Như Điều 3;\n\nThường trực HĐND\n- Lưu: VT."
    assert nt.recipients(typed) == ["- Như Điều 3;", "- Thường trực HĐND;", "- Lưu: VT."]
