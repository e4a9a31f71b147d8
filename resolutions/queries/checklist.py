"""The facts of the checklist, and its points in the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from council.rules.law import Level
from resolutions.models import Resolution, ResolutionPaper
from resolutions.queries import outcomes, texts
from resolutions.rules import blanks, checklist, editing
from resolutions.rules import labels as numbering
from resolutions.rules.blanks import Blank, Where
from resolutions.rules.checklist import CheckFacts, PointState
from resolutions.rules.document import Body

NOBODY = "…"


@dataclass(frozen=True)
class Line:
    """One point as the page shows it."""

    code: str
    what: str
    who: str
    state: PointState
    source: str


def lines_of(
    resolution: Resolution, papers: Sequence[ResolutionPaper], *, is_adopted: bool
) -> list[Line]:
    """The checklist of the resolution, what is still to do first."""
    facts = facts_of(resolution, papers, is_adopted=is_adopted)
    order = [PointState.OPEN, PointState.NOTE, PointState.DONE]
    found = sorted(checklist.points_of(facts), key=lambda point: order.index(point.state))
    return [
        Line(
            point.code,
            _(point.what) % told(point.params) if point.params else _(point.what),
            _(point.who), point.state,
            " · ".join(part for part in (point.cites, _(point.mark) if point.mark else "") if part),
        )
        for point in found
    ]  # fmt: skip


def facts_of(
    resolution: Resolution, papers: Sequence[ResolutionPaper], *, is_adopted: bool
) -> CheckFacts:
    """What the checklist has to know."""
    body = texts.body_of(resolution)
    documents = [paper.document for paper in papers]
    return CheckFacts(
        is_normative=resolution.kind == Resolution.Kind.NORMATIVE,
        is_of_poll=resolution.poll_id is not None, level=Level(resolution.council.level),
        adopted_on=resolution.adopted_on or resolution.council_session.closes_on,
        paper_kinds=frozenset(document.kind for document in documents),
        uncited=tuple(
            document.number for document in documents
            if document.number and document.number not in resolution.bases
        ),
        blanks=blanks_in(resolution), mentions=mentions_in(body),
        missing_figures=len(outcomes.missing_figures(resolution)),
        has_signatory=resolution.signatory_name not in ("", NOBODY),
        effective_on=resolution.effective_on, is_adopted=is_adopted,
    )  # fmt: skip


def told(params: Mapping[str, object]) -> dict[str, object]:
    """The parameters of a point in the reader's language."""
    return {
        name: place_words(value) if isinstance(value, Blank) else value
        for name, value in params.items()
    }


def place_words(blank: Blank) -> str:
    """Where a blank is, in the reader's language; labels of pieces are Vietnamese in both."""
    if blank.where == Where.BODY and blank.label:
        return blank.label
    return _(checklist.BLANK_AT[blank.where]) % {"label": blank.label}


def blanks_in(resolution: Resolution) -> tuple[Blank, ...]:
    """Every place of the text that is still to be filled in."""
    return blanks.blanks_of(
        title=resolution.title, bases=texts.lines_of(resolution.bases),
        body=texts.body_of(resolution), closing=resolution.closing,
        recipients=texts.lines_of(resolution.recipients),
    )  # fmt: skip


def mentions_in(body: Body) -> tuple[str, ...]:
    """Plain mentions of the text's own pieces, each once."""
    labels = numbering.labels_of(body)
    found = [
        mention
        for row in editing.rows_of(body.nodes)
        for mention in numbering.plain_mentions(row.text, labels)
    ]
    return tuple(dict.fromkeys(found))
