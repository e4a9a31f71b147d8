"""Our DOCX files as LibreOffice opens and prints them: the PDF's words, the page of Decree 30."""

import io
import unicodedata
from collections import Counter
from dataclasses import dataclass

import pytest
from pypdf import PdfReader

from resolutions.typesetting import (
    resolution,
    resolution_docx,
    session_minutes,
    session_minutes_docx,
)
from resolutions.typesetting.session_minutes import MinutesLine, MinutesPart, MinutesSheet
from tests import libreoffice
from tests.council import pdf_probe
from tests.council.pdf_probe import Glyph
from tests.resolutions import test_four_renderings as renderings
from tests.resolutions import test_typesetting_session_minutes as sessions
from tests.resolutions.bodies import everything

pytestmark = [
    pytest.mark.broker,  # as slow as what needs a worker
    pytest.mark.skipif(libreoffice.SOFFICE is None, reason="LibreOffice is not installed"),
    pytest.mark.timeout(240),
    pytest.mark.pure,
]
MOMENT = renderings.MOMENT
TOP, BOTTOM, LEFT, RIGHT = 20, 297 - 20, 30, 210 - 15  # edges of the text in mm (law.md 5.1)
ROUNDING = 0.3
TABLE_HEAD = "NộidungSốtiềnĐơnvịtính"
BETWEEN = {"resolution": ("NGHỊQUYẾT", "Nơinhận:"), "minutes": ("BIÊNBẢN", "THƯKÝ")}
NUMBERED = {
    "resolution": {2: "2", 3: "3", 5: "2"},  # an annex counts from 1 again
    "minutes": {2: "2", 3: "3", 4: "4", 5: "5"},
}


def minutes_sheet() -> MinutesSheet:
    """Minutes of several pages; their content is made up."""
    line = MinutesLine("Đại biểu đề nghị làm rõ số liệu về thu ngân sách trên địa bàn. " * 8)
    lines = [MinutesLine("1. Thảo luận tại hội trường", is_heading=True), *[line] * 9]
    parts = [MinutesPart(f"{number}. NỘI DUNG", lines) for number in ("I", "II", "III")]
    return sessions.sheet(parts=parts)


@dataclass(frozen=True)
class Pair:
    """A document as we typeset it and as LibreOffice prints our DOCX of it."""

    name: str
    ours: bytes
    theirs: bytes


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Pair]:
    """One run of LibreOffice for all of them."""
    whole = renderings.sheet_of(everything(), closing="Đã được Hội đồng nhân dân thông qua.")
    minutes = minutes_sheet()
    made: dict[str, tuple[bytes, bytes]] = {
        "resolution": (
            resolution.typeset(whole, created=MOMENT),
            resolution_docx.typeset(whole, created=MOMENT),
        ),
        "minutes": (
            session_minutes.typeset(minutes, created=MOMENT),
            session_minutes_docx.typeset(minutes, created=MOMENT),
        ),
    }
    folder = tmp_path_factory.mktemp("libreoffice")
    for name, (_pdf, docx) in made.items():
        (folder / f"{name}.docx").write_bytes(docx)
    found = libreoffice.convert(
        sorted(folder.glob("*.docx")), "pdf", out=folder / "pdf", home=folder / "home"
    )
    assert [path.stem for path in found] == sorted(made)
    return {path.stem: Pair(path.stem, made[path.stem][0], path.read_bytes()) for path in found}


@pytest.fixture(params=["resolution", "minutes"])
def pair(request: pytest.FixtureRequest, pairs: dict[str, Pair]) -> Pair:
    return pairs[request.param]


def text_of(pdf: bytes) -> list[Glyph]:
    """Without the page numbers, which stand in the top margin."""
    return [one for one in pdf_probe.glyphs(pdf) if one.baseline > TOP]


def said(pdf: bytes) -> str:
    """All letters in their order; a table's head once, however many pages the table goes on."""
    letters = "".join(one.letter for one in text_of(pdf))
    return unicodedata.normalize("NFC", letters).replace(TABLE_HEAD, "")


def test_libreoffice_reads_the_words_of_our_pdf(pair: Pair) -> None:
    ours, theirs = said(pair.ours), said(pair.theirs)
    # The two columns at the head and at the foot are read in another order by each program.
    assert Counter(theirs) == Counter(ours)
    begin, end = (ours.index(words) for words in BETWEEN[pair.name])
    assert end - begin > 2000
    assert ours[begin:end] in theirs


def test_the_page_is_that_of_decree_30(pair: Pair) -> None:
    reader = PdfReader(io.BytesIO(pair.theirs))
    assert len(reader.pages) > 3
    for page in reader.pages:
        size = [float(edge) / pdf_probe.MM for edge in page.mediabox]
        assert size == pytest.approx([0, 0, 210, 297], abs=ROUNDING)
        assert not page.get("/Rotate")
    found = text_of(pair.theirs)
    assert min(one.left for one in found) == pytest.approx(LEFT, abs=ROUNDING)
    assert max(one.right for one in found) == pytest.approx(RIGHT, abs=ROUNDING)
    capital = 0.66  # a capital letter's share of its size, above the line
    assert min(one.baseline - capital * one.size / pdf_probe.MM for one in found) >= TOP
    assert max(one.baseline for one in found) <= BOTTOM


def test_pages_are_numbered_from_the_second_on_in_the_middle_of_the_top_margin(pair: Pair) -> None:
    numbers: dict[int, list[Glyph]] = {}
    for one in pdf_probe.glyphs(pair.theirs):
        if one.baseline <= TOP:
            numbers.setdefault(one.page, []).append(one)
    assert {page: "".join(one.letter for one in row) for page, row in numbers.items()} == (
        NUMBERED[pair.name]
    )
    for row in numbers.values():
        assert (row[0].left + row[-1].right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=1)


def test_it_is_set_in_the_typeface_and_sizes_of_the_decree(pair: Pair) -> None:
    sizes = {round(one.size) for one in text_of(pair.theirs)}
    assert sizes == {round(one.size) for one in text_of(pair.ours)}
    pages = PdfReader(io.BytesIO(pair.theirs)).pages
    fonts = [font.get_object() for page in pages for font in page["/Resources"]["/Font"].values()]
    assert {font["/BaseFont"].partition("+")[2].partition("-")[0] for font in fonts} == {"Tinos"}
