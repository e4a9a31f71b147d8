"""What stands on the paper: from the draft as it is now, or from the frozen text.

Number, date and the day of adoption are not known while a text is drafted; they are dots in the
draft and are filled in by the program when the text is frozen, so they are no part of what is
approved, and nobody has to edit the text after the vote.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils import translation

from council.rules import chain
from council.rules.text import roman
from resolutions.models import Resolution
from resolutions.queries import texts
from resolutions.typesetting.resolution import ResolutionArticle, ResolutionSheet
from sessions.models import Visibility

FROZEN_FORMAT: Final = "nghi-quyet/1"


def draft_sheet(resolution: Resolution) -> ResolutionSheet:
    """The draft as it stands: dots for number and date, DỰ THẢO across each page."""
    data = _data_of(resolution)
    return _sheet(data, symbol=f"…/{_abbreviation(resolution)}", dated=None, is_draft=True)


def final_sheet(frozen: Mapping[str, Any]) -> ResolutionSheet:
    """The published paper, from nothing but the frozen text."""
    dated = date.fromisoformat(frozen["adopted_on"])
    return _sheet(frozen, symbol=frozen["symbol"], dated=dated, is_draft=False)


def frozen_of(resolution: Resolution) -> dict[str, Any]:
    """The signed resolution as plain data, ready for canonical JSON; dates as ISO text.

    Only papers that the public may read are named in it.
    """
    adopted_on = resolution.adopted_on
    if adopted_on is None or resolution.adoption is None:
        message = "only an adopted resolution can be frozen"
        raise ValueError(message)
    data = _data_of(resolution)
    return data | {
        "format": FROZEN_FORMAT,
        "symbol": resolution.symbol,
        "number": resolution.number,
        "year": resolution.year,
        "slug": resolution.slug,
        "adopted_on": adopted_on.isoformat(),
        "effective_on": resolution.effective_on.isoformat() if resolution.effective_on else None,
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
        "articles": [
            {
                "label": f"Điều {number}.",
                "heading": article.heading,
                "paragraphs": list(article.paragraphs),
            }
            for number, article in enumerate(text.articles, start=1)
        ],
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
        articles=[
            ResolutionArticle(one["label"], one["heading"], one["paragraphs"])
            for one in data["articles"]
        ],
        closing=data["closing"],
        recipients=data["recipients"],
        signatory_posts=data["signatory"]["posts"],
        signatory_name=data["signatory"]["name"],
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
