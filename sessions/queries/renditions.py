"""The readable form of a file: its pages a screenful at a time, and where the pictures lie."""

from dataclasses import dataclass
from typing import Final

from council.models import Council, Job
from sessions.models import Rendition, RenditionPage
from sessions.models.renditions import WIDTHS

STEP: Final = 10
"""Pages on one screen; the browser loads their pictures as they come into view."""


@dataclass(frozen=True, slots=True)
class Sheaf:
    """Some pages in a row, and what is around them.

    Attributes:
        first, last: numbers of the shown pages; 0 where there is none.
        before, after: the first page of the screen before and after; 0 where there is none.
        unseen: pages of the file that are not rendered.
    """

    rendition: Rendition
    pages: list[RenditionPage]
    first: int
    last: int
    before: int
    after: int
    unseen: int


def of_content(sha256: str) -> Rendition | None:
    """The rendition of these bytes."""
    return Rendition.objects.filter(sha256=sha256).first()


def sheaf(rendition: Rendition, page: int) -> Sheaf:
    """The screen on which `page` lies; a number out of bounds gives the nearest."""
    shown = rendition.shown_count
    wanted = min(max(page, 1), max(shown, 1))
    first = (wanted - 1) // STEP * STEP + 1
    last = min(first + STEP - 1, shown)
    pages = list(rendition.pages.filter(number__gte=first, number__lte=last).order_by("number"))
    return Sheaf(
        rendition, pages, first if pages else 0, last,
        before=first - STEP if first > 1 else 0, after=first + STEP if last < shown else 0,
        unseen=rendition.page_count - shown,
    )  # fmt: skip


def picture_path(folder: str, number: int, width: int) -> str:
    """Where the picture of a page lies in the private storage."""
    return f"{folder}/{number}-{width}.webp"


def picture_of(sha256: str, number: int, width: int) -> str | None:
    """The path of a page's picture; None for a page or width that does not exist."""
    if width not in WIDTHS:
        return None
    rendition = of_content(sha256)
    if rendition is None or not 1 <= number <= rendition.shown_count:
        return None
    return picture_path(rendition.folder, number, width)


def texts(sha256: str) -> list[str] | None:
    """The text of every page; None where the file has not been read (yet)."""
    rendition = of_content(sha256)
    if rendition is None or rendition.problem:
        return None
    return list(rendition.pages.order_by("number").values_list("text", flat=True))


def job_of(sha256: str, council: Council) -> Job | None:
    """The rendering that is under way or failed."""
    found = Job.objects.filter(key=f"rendition:{sha256}", council=council).first()
    return None if found is None or found.state == Job.State.DONE else found
