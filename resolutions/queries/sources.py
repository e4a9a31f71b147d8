"""What the session knows that a draft can be filled from: year, papers, indicators, items."""

from collections.abc import Sequence

from django.utils import translation

from council.rules import figures
from resolutions.queries import outcomes
from resolutions.rules.templates_session import IndicatorRow, TemplateFacts
from sessions.models import Document, DocumentKind, Session, SessionKind

PLACES = 4
CONSIDERED_KINDS = (
    DocumentKind.REPORT, DocumentKind.SUBMISSION, DocumentKind.RESPONSE_REPORT,
)  # fmt: skip


def template_facts(
    council_session: Session,
    *,
    title: str = "",
    decisions: Sequence[str] = (),
    papers: Sequence[Document] = (),
) -> TemplateFacts:
    """The facts of a session; its year-end session plans the year after."""
    is_year_end = council_session.kind == SessionKind.YEAR_END
    rows = council_session.indicators.order_by("position")
    dealt_with = council_session.documents.filter(
        kind__in=CONSIDERED_KINDS, withdrawn_at=None
    ).order_by("position", "pk")
    with translation.override(outcomes.VIETNAMESE):
        return TemplateFacts(
            title=title, year=council_session.closes_on.year + is_year_end,
            papers=tuple(outcomes.paper_ref(paper) for paper in papers),
            decisions=tuple(decisions),
            indicators=tuple(
                IndicatorRow(
                    row.name, row.unit,
                    "" if row.result is None else figures.decimal_vi(row.result, PLACES),
                )
                for row in rows
            ),
            considered=tuple(paper.title for paper in dealt_with),
        )  # fmt: skip
