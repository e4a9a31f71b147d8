"""Legal bases that fit a resolution: known laws of the day, and its typed papers with numbers."""

from collections.abc import Sequence

from council.rules.refusals import Refusal
from resolutions.models import Resolution
from resolutions.queries import outcomes
from resolutions.rules import bases
from resolutions.rules.content import Content
from sessions.models import Document, DocumentKind

CITED_ORDER = (
    DocumentKind.SUBMISSION, DocumentKind.REPORT, DocumentKind.VERIFICATION_REPORT,
    DocumentKind.RESPONSE_REPORT,
)  # fmt: skip
CONSIDERED = "Xét "
KEY_MAX = 2**31


def known_bases(resolution: Resolution) -> list[str]:
    """Laws and decrees in force on the day of the session that the collection of law names."""
    day = resolution.adopted_on or resolution.council_session.closes_on
    try:
        found = list(bases.organisation(day))
    except Refusal:
        return []
    found += bases.election(day, of_peoples_committee=True)
    found += bases.confidence_vote(day)
    return [f"{line};" for line in found]


def papers_basis(documents: Sequence[Document]) -> str:
    """The line "Xét Tờ trình số … ngày … của …; Báo cáo thẩm tra số …"; empty without papers."""
    order = {kind: place for place, kind in enumerate(CITED_ORDER)}
    cited = [paper for paper in documents if paper.kind in order]
    cited.sort(key=lambda paper: (order[DocumentKind(paper.kind)], paper.position, paper.pk))
    if not cited:
        return ""
    named = "; ".join(str(outcomes.paper_ref(paper)) for paper in cited)
    return f"{CONSIDERED}{named}; ý kiến thảo luận của đại biểu Hội đồng nhân dân tại kỳ họp;"


def with_papers_cited(resolution: Resolution, content: Content) -> tuple[str, ...]:
    """The bases in which the line "Xét …" names the chosen papers as they are numbered now."""
    chosen = [int(key) for key in content.papers if key.isascii() and key.isdigit()]
    documents = Document.objects.filter(
        council_session=resolution.council_session_id, withdrawn_at=None,
        pk__in=[key for key in chosen if key < KEY_MAX],
    )  # fmt: skip
    line = papers_basis(list(documents))
    if not line:
        return content.bases
    places = [at for at, basis in enumerate(content.bases) if basis.startswith(CONSIDERED)]
    if not places:
        return (*content.bases, line)
    return tuple(line if at == places[0] else basis for at, basis in enumerate(content.bases))
