"""The front of a session's bundle: cover, contents, and the sheet of files that did not fit in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from council.typesetting.compile import compile_pdf

TEMPLATE: Final = "sessions/typesetting/bundle.typ"


@dataclass(frozen=True)
class BoundPaper:
    """A line of the contents.

    Args:
        name: kind and number, e.g. ``Báo cáo 394/BC-UBND``.
        part: its place among the bound files, from 0; the line becomes a jump to it.
        page: its first page, counted from 1 behind the front matter.
    """

    name: str
    title: str
    part: int
    page: int


@dataclass(frozen=True)
class BoundSection:
    """An agenda item and its bound papers; `label` is empty for the session's own papers."""

    label: str
    title: str
    depth: int
    papers: Sequence[BoundPaper]


@dataclass(frozen=True)
class AttachedFile:
    """A file that is only named, and why."""

    name: str
    title: str
    file: str
    reason: str


@dataclass(frozen=True)
class BundleFront:
    """Everything that stands in front of the papers.

    Args:
        council_upper: in capitals.
        session: ``Kỳ họp thứ 13 Hội đồng nhân dân quận Hà Đông khóa XXI``.
        days: when it is held.
        readers: for whom this bundle is, a sentence.
        standing: the moment of the youngest paper in it, a sentence.
        note: "made up" and the like; empty for none.
    """

    council_upper: str
    session: str
    days: str
    readers: str
    standing: str
    sections: Sequence[BoundSection]
    attached: Sequence[AttachedFile]
    note: str = ""


def typeset(front: BundleFront, *, created: datetime) -> bytes:
    """The front matter as a PDF.

    Raises:
        Refusal: ``document.letter_missing``.

    Source: practice, no article.
    """
    data: dict[str, object] = {
        "document_title": f"Tài liệu {front.session}",
        "draft": False,
        "note": front.note,
        "council_upper": front.council_upper,
        "session": front.session,
        "days": front.days,
        "readers": front.readers,
        "standing": front.standing,
        "sections": [
            {
                "label": section.label,
                "title": section.title,
                "depth": min(section.depth, 2),
                "papers": [vars(paper) for paper in section.papers],
            }
            for section in front.sections
        ],
        "attached": [vars(one) for one in front.attached],
    }
    return compile_pdf(TEMPLATE, data, created=created)
