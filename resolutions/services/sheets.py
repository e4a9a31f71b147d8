"""What stands on the paper: from the draft as it is now, or from the frozen text.

Number, date and the day of adoption are not known while a text is drafted; they are dots in the
draft. After the vote the program reserves the number and fills all three in: that paper is what
is approved, signed and published, byte for byte, and nobody has to edit the text after the vote.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.utils import translation

from council.rules import chain
from council.rules.text import roman
from resolutions.models import Resolution
from resolutions.queries import relations, texts
from resolutions.rules import blocks, serial
from resolutions.typesetting.resolution import ResolutionSheet
from sessions.models import Visibility

FROZEN_FORMAT: Final = "nghi-quyet/2"


def draft_sheet(resolution: Resolution) -> ResolutionSheet:
    """The draft as it stands: dots for number and date, DỰ THẢO across each page."""
    data = _data_of(resolution)
    return _sheet(data, symbol=f"…/{_abbreviation(resolution)}", dated=None, is_draft=True)


def paper_of(resolution: Resolution) -> dict[str, Any]:
    """Everything that is printed on the final paper, as plain data; dates as ISO text.

    Known once the council adopted the text and a number is reserved for it.
    """
    adopted_on = resolution.adopted_on
    if adopted_on is None or resolution.adoption is None or resolution.number is None:
        message = "only an adopted resolution with a number has a final paper"
        raise ValueError(message)
    return _data_of(resolution) | {
        "format": FROZEN_FORMAT,
        "symbol": resolution.symbol,
        "number": resolution.number,
        "year": resolution.year,
        "slug": resolution.slug,
        "adopted_on": adopted_on.isoformat(),
        "effective_on": resolution.effective_on.isoformat() if resolution.effective_on else None,
        "closing": " ".join(texts.lines_of(texts.dated_closing(resolution))),
        "relations": [relations.said(one) for one in relations.relations_of(resolution)],
    }


def final_sheet(paper: Mapping[str, Any], *, code: str) -> ResolutionSheet:
    """The final paper, from nothing but its data and the code that verifies it."""
    dated = date.fromisoformat(paper["adopted_on"])
    sheet = _sheet(paper, symbol=paper["symbol"], dated=dated, is_draft=False)
    place = settings.BASE_URL.partition("://")[2]
    return replace(sheet, verification=f"Mã xác minh: {code} · {place}/xac-minh/")


def frozen_of(resolution: Resolution, paper: Mapping[str, Any], *, code: str) -> dict[str, Any]:
    """What is published: the signed paper, its vote, its poll and the papers behind it.

    Only papers that the public may read are named in it.
    """
    return {
        **paper,
        "code": code,
        "signed_at": chain.moment(resolution.signature.signed_at),
        "text_digest": resolution.signature.text_digest,
        "vote": _vote_of(resolution),
        "poll": _poll_of(resolution),
        "papers": _public_papers(resolution),
    }


def _data_of(resolution: Resolution) -> dict[str, Any]:
    with translation.override("vi"):  # a unit's kind is a translated word; the paper is Vietnamese
        unit = resolution.council.unit
    text = texts.text_of(resolution)
    council, term = resolution.council, resolution.council_session.term
    return {
        "council": {"slug": council.slug, "unit": unit, "level": council.level},
        "place": council.seat,
        "term": {"number": term.number, "label": term.label},
        "session": {"number": resolution.council_session.number},
        "kind": resolution.kind,
        "purpose": resolution.purpose,
        "title": text.title,
        "bases": list(text.bases),
        "body": text.body,
        "closing": text.closing,
        "recipients": list(text.recipients),
        "signatory": {"posts": texts.posts_of(resolution), "name": resolution.signatory_name},
        "illustrative_note": resolution.illustrative_note,
    }


def _sheet(
    data: Mapping[str, Any], *, symbol: str, dated: date | None, is_draft: bool
) -> ResolutionSheet:
    unit = data["council"]["unit"].upper()
    term, session = roman(data["term"]["number"]), roman(data["session"]["number"])
    return ResolutionSheet(
        council_name_lines=["HỘI ĐỒNG NHÂN DÂN", unit],
        symbol_number=symbol,
        place=data["place"],
        dated=dated,
        title=data["title"],
        authority_lines=[f"HỘI ĐỒNG NHÂN DÂN {unit}", f"KHÓA {term}, KỲ HỌP THỨ {session}"],
        bases=data["bases"],
        blocks=blocks.blocks_of(serial.body_of(data["body"])),
        closing=data["closing"],
        recipients=data["recipients"],
        signatory_posts=data["signatory"]["posts"],
        signatory_name=data["signatory"]["name"],
        council_name=f"Hội đồng nhân dân {data['council']['unit']}",
        is_draft=is_draft,
        illustrative_note=data["illustrative_note"],
    )


def _abbreviation(resolution: Resolution) -> str:
    """What follows the number: normative resolutions carry the year."""
    year = (
        f"{resolution.council_session.opens_on.year}/"
        if resolution.kind == Resolution.Kind.NORMATIVE
        else ""
    )
    return f"{year}NQ-HĐND"


def _vote_of(resolution: Resolution) -> dict[str, Any] | None:
    vote = resolution.adoption
    if vote is None:
        return None
    return {
        "total_delegates": vote.total_delegates, "present": vote.present, "for": vote.for_count,
        "against": vote.against_count, "not_voting": vote.not_voting_count, "needed": vote.needed,
        "article": vote.rule_article,
    }  # fmt: skip


def _poll_of(resolution: Resolution) -> dict[str, Any] | None:
    poll = resolution.poll
    if poll is None:
        return None
    return {"slug": poll.slug, "title": poll.title, "digest": poll.outcome.digest}


def _public_papers(resolution: Resolution) -> list[dict[str, Any]]:
    papers = resolution.papers.filter(
        document__visibility=Visibility.PUBLIC, document__withdrawn_at=None
    ).select_related("document")
    return [
        {
            "kind": paper.document.kind, "number": paper.document.number,
            "title": paper.document.title, "issuer": paper.document.issuer,
            "issued_on": paper.document.issued_on.isoformat() if paper.document.issued_on else None,
        }
        for paper in papers
    ]  # fmt: skip
