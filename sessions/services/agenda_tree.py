"""Write the agenda's tree: a whole template, new places, rows that go or are marked as dropped.

Parts of the verbs in `sessions.services.agenda`, which hold the session's lock and record.
"""

from django.db.models import F, ProtectedError

from council.rules.law import Level
from council.rules.refusals import Refusal, gettext_noop
from council.services import versions
from sessions.models import AgendaItem, Session
from sessions.queries import agenda as queries
from sessions.rules import agenda, agenda_templates
from sessions.rules.agenda_templates import TemplateItem

State = AgendaItem.State


def fill_from_template(
    council_session: Session, *, has_confidence_vote: bool, has_election: bool
) -> None:
    """Write the draft agenda of a new session; part of `sessions.services.sessions.create`."""
    templates = agenda_templates.draft_agenda(
        agenda_templates.SessionKind(council_session.kind),
        Level(council_session.term.council.level),
        has_confidence_vote=has_confidence_vote,
        has_election=has_election,
    )
    level: list[tuple[AgendaItem | None, TemplateItem, int]] = [
        (None, template, place) for place, template in enumerate(templates, start=1)
    ]
    while level:
        rows = AgendaItem.objects.bulk_create(
            AgendaItem(
                council_session=council_session, parent=parent, position=place,
                title=template.title, kind=template.kind, presenter=template.presenter,
                minutes=template.minutes,
            )
            for parent, template, place in level
        )  # fmt: skip
        level = [
            (row, child, place)
            for row, (_parent, template, _place) in zip(rows, level, strict=True)
            for place, child in enumerate(template.children, start=1)
        ]


def place(held: Session, item: AgendaItem, parent: AgendaItem | None, position: int | None) -> None:
    """Move a new item from the end of the root to its place."""
    tree = queries.places(held.items.all())
    target = agenda.Target(parent.pk if parent else None, position or len(tree) + 1)
    write(held, tree, agenda.move(tree, item.pk, target))
    item.refresh_from_db(fields=["parent", "position"])


def write(held: Session, tree: list[agenda.Place], moved: tuple[agenda.Place, ...]) -> None:
    """Write the new places; by way of negative positions, so that no two ever collide."""
    was = {place.item: place for place in tree}
    changed = [place for place in moved if place != was[place.item]]
    held.items.filter(pk__in=[place.item for place in changed]).update(position=-F("pk"))
    AgendaItem.objects.bulk_update(
        [
            AgendaItem(pk=place.item, parent_id=place.parent, position=place.position)
            for place in changed
        ],
        ["parent", "position"],
    )


def branch_of(held: Session, item: AgendaItem) -> list[AgendaItem]:
    """The item and all below it, deepest last."""
    rows = {row.pk: row for row in held.items.all()}
    tree = queries.places(rows.values())
    below = {item.pk}
    for pk in agenda.in_order(tree):
        if rows[pk].parent_id in below:
            below.add(pk)
    return [rows[pk] for pk in agenda.in_order(tree) if pk in below]


def remove(held: Session, branch: list[AgendaItem]) -> None:
    """Delete a branch of a draft and close the gap.

    Raises:
        Refusal: ``agenda.item_in_use``.
    """
    for item in reversed(branch):
        _delete(item)
    tree = queries.places(held.items.all())
    by_parent: dict[int | None, int] = {}
    closed_up = []
    for place in sorted(tree, key=lambda place: place.position):
        by_parent[place.parent] = by_parent.get(place.parent, 0) + 1
        closed_up.append(agenda.Place(place.item, place.parent, by_parent[place.parent]))
    write(held, tree, tuple(closed_up))


def _delete(item: AgendaItem) -> None:
    try:
        item.delete()
    except ProtectedError as error:
        raise Refusal(
            "agenda.item_in_use",
            gettext_noop(
                "“%(title)s” đang có tài liệu, biểu quyết hoặc cuộc bỏ phiếu gắn vào. Chuyển "
                "chúng sang nội dung khác trước khi xóa."
            ),
            params={"title": item.title},
        ) from error


def mark_dropped(branch: list[AgendaItem]) -> None:
    """Mark a branch of an adopted agenda as dropped.

    Raises:
        Refusal: ``agenda.item_began``.
    """
    began = next((one for one in branch if one.state in (State.CURRENT, State.DONE)), None)
    if began:
        raise Refusal(
            "agenda.item_began",
            gettext_noop("“%(title)s” đã được tiến hành, không rút khỏi chương trình được nữa."),
            params={"title": began.title},
        )
    for item in branch:
        item.state = State.DROPPED
        versions.bump(item)
        item.full_clean()
        item.save(update_fields=["state", "version"])
