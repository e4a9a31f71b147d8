"""What the agenda's pages show."""

from council.services import access
from council.web.requests import StaffRequest
from sessions.forms.agenda import AdoptForm, ChangeForm, DecideForm, ItemForm
from sessions.models import AgendaItem, Matter, Session, SessionState
from sessions.queries import agenda as queries
from sessions.queries import open_sitting_of, present_count
from sessions.queries import votes as vote_queries


def context(request: StaffRequest, council_session: Session, **forms: object) -> dict[str, object]:
    """The tree page; a form that was refused replaces the fresh one."""
    rows = queries.in_tree_order(queries.for_staff(council_session))
    sittings = list(council_session.sittings.order_by("ordinal"))
    decision = queries.unused_decision(council_session)
    is_free = council_session.state == SessionState.DRAFT and not council_session.agenda_adopted_at
    is_open = council_session.state != SessionState.CLOSED
    may_edit = access.may(request.roles, "agenda.edit")
    current, coming = queries.now_and_next(rows)
    return {
        "council": request.council,
        "nav_section": "sessions",
        "council_session": council_session,
        "lines": queries.with_starts(rows, sittings),
        "loads": queries.loads(rows, sittings),
        "total_minutes": sum(row.minutes for row in rows if row.depth == 0),
        "current": current,
        "coming": coming,
        "decision": decision,
        "decisions": list(queries.decisions(council_session)),
        "is_in_session": council_session.is_public and is_open,
        "may_change": may_edit and is_open and (is_free or decision is not None),
        "may_edit": may_edit and is_open,
        "may_run": access.may(request.roles, "agenda.run"),
        **decision_forms(request, council_session),
        **forms,
    }


def decision_forms(request: StaffRequest, council_session: Session) -> dict[str, object]:
    """The forms by which the council's decision is recorded, where a sitting is open."""
    sitting = open_sitting_of(council_session)
    if sitting is None or not access.may(request.roles, "agenda.run"):
        return {"sitting": sitting, "decide_form": None, "choice_form": None}
    is_adopted = council_session.agenda_adopted_at is not None
    matter = Matter.AGENDA_CHANGE if is_adopted else Matter.AGENDA
    votes = queries.votes_at_hand(council_session, matter)
    initial = {
        "what": "" if is_adopted else f"Thông qua chương trình {str(council_session).lower()}",
        "for_count": present_count(sitting),
        "newest_seen": vote_queries.newest_pk(sitting),
    }
    form = ChangeForm if is_adopted else AdoptForm
    return {
        "sitting": sitting,
        "decide_form": DecideForm(initial=initial),
        "choice_form": form(votes=votes) if votes else None,
    }


def item_context(
    request: StaffRequest,
    council_session: Session,
    form: ItemForm,
    *,
    item: AgendaItem | None = None,
) -> dict[str, object]:
    """The page of one item."""
    return {
        "council": request.council,
        "nav_section": "sessions",
        "council_session": council_session,
        "form": form,
        "item": item,
    }
