"""Take the row that a verb changes, as it stands now.

On PostgreSQL nobody else changes it until the transaction ends; on SQLite the transaction itself
locks the whole database.
"""

from council.models import Council
from council.rules.refusals import Refusal, gettext_noop
from council.services import rulebook
from sessions.models import AgendaItem, Document, Session


def council_session(session_pk: int) -> Session:
    """The session, locked, with its term and council at hand; the law as approved now."""
    rulebook.refresh()
    return (
        Session.objects.select_for_update(of=("self",))
        .select_related("term__council")
        .get(pk=session_pk)
    )


def item(item_pk: int) -> AgendaItem:
    """The item; its session is locked, since the tree changes as a whole.

    Raises:
        Refusal: ``agenda.unknown_item``, where somebody removed it meanwhile.
    """
    session_pk = AgendaItem.objects.filter(pk=item_pk).values_list("council_session", flat=True)
    held = council_session(session_pk[0]) if session_pk else None
    found = held.items.filter(pk=item_pk).first() if held else None
    if found is None or held is None:
        raise Refusal(
            "agenda.unknown_item",
            gettext_noop(
                "Nội dung này không còn trong chương trình. Hãy tải lại trang rồi thử lại."
            ),
        )
    found.council_session = held
    return found


def document(document_pk: int) -> Document:
    """The paper, locked, with its session and council at hand."""
    return (
        Document.objects.select_for_update(of=("self",))
        .select_related("council_session__term__council")
        .get(pk=document_pk)
    )


def council_of(held: Session) -> Council:
    """The council whose session it is."""
    return held.term.council
