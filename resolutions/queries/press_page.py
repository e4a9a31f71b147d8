"""The approved press summary on the session's public page, in the page's own query.

An approval rests on the books of its moment. `checked_seq` names the last entry of the audit log
against which the summary was compared; any later entry of the council makes the page compare it
again before it shows a word, so that a result that was annulled a second ago is told by nobody.
"""

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from resolutions.models import SessionText, SessionTextKind, SessionTextState
from resolutions.queries import session_texts
from sessions.models import Session


def with_summary(found: QuerySet[Session]) -> QuerySet[Session]:
    """The sessions, each with its approved summary and whether it must be compared again."""
    approved = SessionText.objects.press().filter(
        council_session=OuterRef("pk"), state=SessionTextState.APPROVED
    )
    later = session_texts.entries_after(OuterRef("term__council"), OuterRef("summary_checked"))
    return found.annotate(
        summary_text=Subquery(approved.values("public_text")[:1]),
        summary_checked=Subquery(approved.values("checked_seq")[:1]),
    ).annotate(summary_is_unchecked=Exists(later))


def summary_of(shown: Session) -> list[str]:
    """The summary of a session found by `with_summary`, headline first; empty for none."""
    text: str = getattr(shown, "summary_text", None) or ""
    if text and getattr(shown, "summary_is_unchecked", True) and not stands(shown):
        return []
    return text.split("\n") if text else []


def stands(held: Session) -> bool:
    """Whether the approved summary still says what the books say; reads them all."""
    text = session_texts.of_session(held, SessionTextKind.PRESS)
    if text is None or text.state != SessionTextState.APPROVED:
        return False
    return session_texts.read(text).stands
