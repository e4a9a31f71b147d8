"""Where the signatures stand: read from the typeset page itself, never guessed.

The signatory's post and name are looked for in the finished PDF: the last page on which the name
stands alone on a line of the right half with the post above it and nothing between them.
"""

import ctypes
import threading
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import pypdfium2 as pdfium
from pypdfium2 import raw

from council.rules.refusals import Refusal, gettext_noop

MM: Final = 72 / 25.4
PICTURE_WIDTH: Final = 50 * MM
"""A handwritten signature's picture is at most this wide."""

NOTE_HEIGHT: Final = 8 * MM
NOTE_WIDTH: Final = 80 * MM
"""Room under the name for who sealed and when."""

SEAL_MM_USUAL: Final = 36
SEAL_MM_MOST: Final = 42
"""Diameters: where the size was not told; the largest for which room is kept."""

_GAP_MIN: Final = 12 * MM
_GAP_MAX: Final = 70 * MM
_COLUMN_GAP: Final = 12.0
_pdfium_is_not_thread_safe: Final = threading.Lock()


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page: page from 0, edges in points from the page's bottom left corner."""

    page: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def corners(self) -> tuple[float, float, float, float]:
        """As a PDF annotation wants it."""
        return self.left, self.bottom, self.right, self.top


@dataclass(frozen=True, slots=True)
class Block:
    """The signature block: between the post (its lower edge) and the name (its upper edge)."""

    page: int
    center: float
    top: float
    bottom: float
    name_bottom: float


@dataclass(frozen=True, slots=True)
class _Run:
    """Letters that stand together on one line."""

    words: str
    left: float
    right: float
    baseline: float
    size: float

    @property
    def center(self) -> float:
        return (self.left + self.right) / 2


def find_block(pdf: bytes, *, post: str, name: str) -> Block:
    """The signature block of a typeset document.

    Args:
        pdf: our own typeset bytes; never bytes that came from outside.
        post: the line over the signature, CHỦ TỊCH or PHÓ CHỦ TỊCH.
        name: the line under it.

    Raises:
        Refusal: ``sign.no_block``.
    """
    wanted_post, wanted_name = _bare(post), _bare(name)
    with _pdfium_is_not_thread_safe, pdfium.PdfDocument(pdf) as document:
        for number in reversed(range(len(document))):
            page = document[number]
            runs, middle = _runs(page), page.get_width() / 2
            page.close()
            block = _block_on(runs, number, middle, wanted_post, wanted_name)
            if block:
                return block
    raise Refusal(
        "sign.no_block",
        gettext_noop(
            "Không tìm thấy chỗ ký của “%(name)s” trên văn bản. Hãy kiểm tra chức vụ và tên người "
            "ký, kết xuất lại rồi ký; chưa có gì được ký."
        ),
        params={"name": name},
    )


def person_box(block: Block) -> Box:
    """The place of the person's signature: centred between post and name.

    Source: Decree 30/2020/NĐ-CP, Appendix I, cell 7b.
    """
    half = PICTURE_WIDTH / 2
    return Box(block.page, block.center - half, block.bottom, block.center + half, block.top)


def seal_box(block: Block) -> Box:
    """The place of the seal and the note under the name.

    The box holds the largest seal and the note; a smaller seal stands inside it at its own size.

    Source: Decree 30/2020/NĐ-CP, Appendix I, cell 8.
    """
    circle = seal_circle(block, seal_mm=SEAL_MM_MOST)
    return Box(
        block.page,
        min(circle.left, block.center - NOTE_WIDTH / 2),
        min(circle.bottom, block.name_bottom - NOTE_HEIGHT),
        max(circle.right, block.center + NOTE_WIDTH / 2),
        circle.top,
    )


def seal_circle(block: Block, *, seal_mm: float) -> Box:
    """The seal's square: its right edge at one third of the signature, middles level.

    Source: Decree 30/2020/NĐ-CP Art. 33; Appendix I, cell 8.
    """
    person, size = person_box(block), seal_mm * MM
    right = person.left + person.width / 3
    middle = (person.top + person.bottom) / 2
    return Box(block.page, right - size, middle - size / 2, right, middle + size / 2)


def _bare(words: str) -> str:
    return unicodedata.normalize("NFC", "".join(words.split()))


def _block_on(
    runs: list[_Run], page: int, middle: float, wanted_post: str, wanted_name: str
) -> Block | None:
    right = sorted((run for run in runs if run.center > middle), key=lambda run: -run.baseline)
    for post, name in reversed(list(pairwise(right))):
        top, bottom = post.baseline - post.size * 0.25, name.baseline + name.size * 0.9
        is_block = post.words == wanted_post and name.words == wanted_name
        if is_block and _GAP_MIN <= top - bottom <= _GAP_MAX:
            center = (post.center + name.center) / 2
            return Block(page, center, top, bottom, name.baseline - name.size * 0.25)
    return None


def _runs(page: pdfium.PdfPage) -> list[_Run]:
    text = page.get_textpage()
    lines: dict[int, list[tuple[float, float, str, float, float]]] = {}
    for place in range(text.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(text, place))
        if letter.isspace() or raw.FPDFText_IsGenerated(text, place) == 1:
            continue
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(text, place, x, y)
        left, _bottom, right, _top = text.get_charbox(place, loose=True)
        size = raw.FPDFText_GetFontSize(text, place)
        lines.setdefault(round(y.value), []).append((left, right, letter, y.value, size))
    text.close()
    return [run for letters in lines.values() for run in _split(sorted(letters))]


def _split(letters: list[tuple[float, float, str, float, float]]) -> list[_Run]:
    groups = [[letters[0]]]
    for before, letter in pairwise(letters):
        if letter[0] - before[1] > _COLUMN_GAP:
            groups.append([])
        groups[-1].append(letter)
    return [
        _Run(
            words=_bare("".join(one[2] for one in group)),
            left=group[0][0], right=group[-1][1], baseline=group[0][3], size=group[0][4],
        )
        for group in groups
    ]  # fmt: skip
