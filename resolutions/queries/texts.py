"""The text of a resolution as its row holds it, its digests, and who signs it."""

import dataclasses
from datetime import date
from typing import Final

from council import queries as council_queries
from council.models import Council, OfficeKind
from council.rules import figures
from council.typesetting import wording
from resolutions.models import Resolution
from resolutions.rules import blanks, blocks, layout, serial
from resolutions.rules.blocks import Block
from resolutions.rules.document import Body

ADOPTION_DOTS: Final = blanks.DATE_DOTS

CHAIR_POST: Final = "CHỦ TỊCH"
ACTING_POST: Final = "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH"


def lines_of(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def posts_of(resolution: Resolution) -> list[str]:
    """The lines over the signatory's name: CHỦ TỊCH, or KT. CHỦ TỊCH and PHÓ CHỦ TỊCH."""
    return [part.strip() for part in resolution.signatory_post.split("/") if part.strip()]


def body_of(resolution: Resolution) -> Body:
    """The tree of its articles and annexes."""
    return serial.loads(resolution.body)


def blocks_of(resolution: Resolution) -> tuple[Block, ...]:
    """The body as it is printed, block by block."""
    return blocks.blocks_of(body_of(resolution))


def words_of(resolution: Resolution) -> str:
    """The body as plain words, a line a block: for search and for looking up figures."""
    return "\n".join(block.words for block in blocks_of(resolution))


def content_of(resolution: Resolution) -> dict[str, object]:
    """Everything that people wrote, as plain data: what a version keeps."""
    return {
        "title": resolution.title,
        "bases": lines_of(resolution.bases),
        "body": serial.data_of(body_of(resolution)),
        "closing": resolution.closing,
        "recipients": lines_of(resolution.recipients),
        "signatory_post": resolution.signatory_post,
        "signatory_name": resolution.signatory_name,
        "kind": resolution.kind,
        "effective_on": resolution.effective_on.isoformat() if resolution.effective_on else None,
    }


def text_of(resolution: Resolution) -> layout.WholeText:
    """The text as it stands in the row, in the form that is laid out and digested."""
    return layout.WholeText(
        title=resolution.title,
        bases=tuple(wording.legal_bases(lines_of(resolution.bases))),
        body=serial.data_of(body_of(resolution)),
        closing=" ".join(lines_of(resolution.closing)),
        recipients=tuple(lines_of(resolution.recipients)),
    )


def digest_of(resolution: Resolution) -> str:
    """The digest that approval and signature bind: the text and all that is printed around it."""
    session, text = resolution.council_session, text_of(resolution)
    return layout.digest(
        dataclasses.replace(text, closing=_undated(resolution, text.closing)),
        {
            "council": resolution.council.slug,
            "unit": [resolution.council.unit_kind, resolution.council.unit_name],
            "place": resolution.council.seat,
            "term": session.term.number,
            "session": session.number,
            "kind": resolution.kind,
            "purpose": resolution.purpose,
            "signatory_post": resolution.signatory_post,
            "signatory_name": resolution.signatory_name,
            "illustrative_note": resolution.illustrative_note,
        },
    )


def _undated(resolution: Resolution, closing: str) -> str:
    """The closing formula as it was before its day was filled in, so that its digest stays."""
    if resolution.adopted_on is None:
        return closing
    return closing.replace(figures.date_in_document(resolution.adopted_on), ADOPTION_DOTS)


def dated_closing(resolution: Resolution) -> str:
    """The closing formula with the day of adoption in it."""
    if resolution.adopted_on is None:
        return resolution.closing
    return resolution.closing.replace(
        ADOPTION_DOTS, figures.date_in_document(resolution.adopted_on)
    )


def enacted_digest_of(resolution: Resolution) -> str:
    """The digest of what the council votes on: title, bases, articles and annexes."""
    text = text_of(resolution)
    return layout.digest(
        layout.WholeText(
            title=text.title, bases=text.bases, body=text.body, closing="", recipients=()
        )
    )


def signatory_on(council: Council, day: date) -> tuple[str, str]:
    """Post and name of who signs by default: the chair in office, else the vice chair for her.

    Two empty strings where nobody holds either office; then a person has to be typed.
    """
    tenures = council_queries.tenures_on(council, day)
    chair = tenures.filter(office__kind=OfficeKind.COUNCIL_CHAIR).first()
    if chair:
        return CHAIR_POST, chair.person.full_name
    vice = tenures.filter(office__kind=OfficeKind.COUNCIL_VICE_CHAIR).first()
    return (ACTING_POST, vice.person.full_name) if vice else ("", "")


def resolution_to_render(resolution_pk: int) -> Resolution:
    """The resolution read once, so that digest and paper are of one text."""
    return Resolution.objects.select_related(
        "council", "council_session__term__council", "adoption", "poll"
    ).get(pk=resolution_pk)
