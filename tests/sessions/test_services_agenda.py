"""The agenda: free while a draft, bound once adopted; each change uses up one decision."""

from typing import Any

import pytest

from council.models import AuditEntry
from council.services.versions import StaleEdit
from sessions.models import AgendaDecision, AgendaItem, Session, Sitting
from sessions.queries import agenda as queries
from sessions.services import agenda, agenda_decisions, agenda_votes, votes
from tests.cast import Cast
from tests.sessions.desk import Desk, desk_of, refusal_of
from tests.sessions.hall import Hall


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return desk_of(cast, kind="thematic")


def order(council_session: Session) -> list[str]:
    rows = queries.in_tree_order(council_session.items.all())
    return [f"{row.label} {row.item.title}".strip() for row in rows]


def add(desk: Desk, title: str, **values: object) -> AgendaItem:
    given = {"kind": "other", "by": desk.user("clerk"), **values}
    return agenda.add_item(desk.council_session, title=title, **given)  # type: ignore[arg-type]


def test_a_new_item_comes_last_or_where_it_is_told(desk: Desk) -> None:
    first = desk.roots[0]
    last = add(desk, "Việc khác")
    assert last.position == len(desk.roots)
    inside = add(desk, "Trao quà", parent=first, position=1)
    assert (inside.parent, inside.position) == (first, 1)
    assert "1.1 Trao quà" in order(desk.council_session)
    assert AuditEntry.objects.filter(verb="agenda.add").count() == 2


def test_items_go_three_levels_deep_and_no_deeper(desk: Desk) -> None:
    second = add(desk, "Hai", parent=desk.roots[0])
    third = add(desk, "Ba", parent=second)
    assert refusal_of(add, desk, "Bốn", parent=third).code == "agenda.too_deep"
    assert not AgendaItem.objects.filter(title="Bốn").exists()


def test_a_parent_or_sitting_of_another_session_is_refused(desk: Desk) -> None:
    other = desk_of(desk.cast, number=6)
    assert refusal_of(add, desk, "X", parent=other.roots[0]).code == "agenda.other_session"
    sitting = other.council_session.sittings.get()
    assert refusal_of(add, desk, "X", sitting=sitting).code == "agenda.other_session"


def test_moving_renumbers_both_sides_without_gaps(desk: Desk) -> None:
    first, second, *_rest = desk.roots
    moved = agenda.move_item(second, parent=first, position=1, by=desk.user("clerk"))
    assert (moved.parent, moved.position) == (first, 1)
    for parent in (None, first):
        found = desk.council_session.items.filter(parent=parent).order_by("position")
        assert [item.position for item in found] == list(range(1, len(found) + 1))


def test_steps_move_one_place_and_nowhere_at_the_edge(desk: Desk) -> None:
    first, second, *_rest = desk.roots
    agenda.step_item(second, direction="up", by=desk.user("clerk"))
    assert [item.pk for item in desk.roots[:2]] == [second.pk, first.pk]
    agenda.step_item(second, direction="up", by=desk.user("clerk"))
    assert desk.roots[0] == second
    assert AuditEntry.objects.filter(verb="agenda.move").count() == 1


def test_an_item_cannot_go_under_itself(desk: Desk) -> None:
    first = desk.roots[0]
    child = first.children.first()
    refusal = refusal_of(agenda.move_item, first, parent=child, position=1, by=desk.user("clerk"))
    assert refusal.code == "agenda.under_itself"


def test_editing_checks_the_version(desk: Desk) -> None:
    item = desk.roots[0]
    agenda.edit_item(item, title="Mới", kind="opening", version=1, by=desk.user("clerk"))
    with pytest.raises(StaleEdit) as caught:
        agenda.edit_item(item, title="Khác", kind="opening", version=1, by=desk.user("clerk2"))
    assert str(caught.value.current) == "Mới"


def test_dropping_from_a_draft_takes_the_branch_and_closes_the_gap(desk: Desk) -> None:
    before = len(desk.roots)
    gone = desk.roots[1]
    below = gone.children.count()
    agenda.drop_item(gone, by=desk.user("clerk"))
    assert below > 0
    assert [item.position for item in desk.roots] == list(range(1, before))
    assert refusal_of(agenda.drop_item, gone, by=desk.user("clerk")).code == "agenda.unknown_item"


def test_an_item_with_papers_is_not_dropped(desk: Desk) -> None:
    item = desk.roots[1]
    desk.paper(item=item.children.first())
    refusal = refusal_of(agenda.drop_item, item, by=desk.user("clerk"))
    assert refusal.code == "agenda.item_in_use"
    assert desk.council_session.items.filter(parent=item).exists()


def test_a_submitted_agenda_waits_but_its_staff_notes_do_not(desk: Desk) -> None:
    desk.submit()
    item = desk.roots[0]
    assert refusal_of(add, desk, "Thêm").code == "agenda.approved"
    same: dict[str, Any] = {
        "title": item.title,
        "kind": item.kind,
        "presenter": item.presenter,
    }
    agenda.edit_item(item, **same, staff_note="Gọi điện", by=desk.user("clerk"))
    item.refresh_from_db()
    assert item.staff_note == "Gọi điện"


@pytest.mark.parametrize("name", ["chair", "delegate", "counter1", "outsider"])
def test_only_those_who_prepare_edit_the_agenda(desk: Desk, name: str) -> None:
    assert refusal_of(add, desk, "X", by=desk.user(name)).code == "access.denied"


def adopted(hall: Hall) -> AgendaDecision:
    """The agenda adopted by 30 of 35."""
    hall.open(30)
    agenda_votes.decide(
        hall.council_session, what="Thông qua chương trình", for_count=30, against_count=0,
        not_voting_count=0, by=hall.user("clerk"),
    )  # fmt: skip
    hall.council_session.refresh_from_db()
    return AgendaDecision.objects.get(kind="adopted")


def change(hall: Hall, *, for_count: int = 30, what: str = "Thêm một nội dung") -> None:
    hall.clock.shift(60)
    agenda_votes.decide(
        hall.council_session, what=what, for_count=for_count, against_count=30 - for_count,
        not_voting_count=0, by=hall.user("clerk"),
    )  # fmt: skip


def hall_add(hall: Hall, title: str) -> AgendaItem:
    return agenda.add_item(hall.council_session, title=title, kind="other", by=hall.user("clerk"))


def test_adoption_freezes_the_agenda_with_its_digest(hall: Hall) -> None:
    decision = adopted(hall)
    assert hall.council_session.agenda_adopted_at == decision.decided_at
    assert decision.agenda_digest == agenda_decisions.digest(hall.council_session)
    refusal = refusal_of(hall_add, hall, "Chen vào")
    assert refusal.code == "agenda.needs_decision"
    assert "quyết định" in str(refusal)
    assert hall.council_session.items.count() == 1


def test_one_decision_allows_one_change(hall: Hall) -> None:
    adopted(hall)
    change(hall)
    assert queries.unused_decision(hall.council_session) is not None
    hall_add(hall, "Bổ sung")
    decision = AgendaDecision.objects.get(kind="changed")
    assert decision.used_at is not None
    assert decision.agenda_digest == agenda_decisions.digest(hall.council_session)
    assert refusal_of(hall_add, hall, "Nữa").code == "agenda.needs_decision"


def test_a_move_that_changes_nothing_uses_up_nothing(hall: Hall) -> None:
    adopted(hall)
    change(hall)
    agenda.move_item(hall.item, parent=None, position=1, by=hall.user("clerk"))
    assert queries.unused_decision(hall.council_session) is not None


def test_after_adoption_a_dropped_item_stays_in_the_books(hall: Hall) -> None:
    other = AgendaItem.objects.create(
        council_session=hall.council_session, position=2, title="Tham quan", kind="other"
    )
    adopted(hall)
    change(hall, what="Rút nội dung 2")
    agenda.drop_item(other, by=hall.user("clerk"))
    other.refresh_from_db()
    assert other.state == "dropped"
    assert order(hall.council_session) == ["1 Thông qua chương trình", "Tham quan"]
    again = refusal_of(agenda.drop_item, other, by=hall.user("clerk"))
    assert again.code == "agenda.item_dropped"


def test_a_change_that_is_voted_down_stays_a_vote_and_allows_nothing(hall: Hall) -> None:
    adopted(hall)
    change(hall, for_count=10)
    assert hall.council_session.open_votes.filter(passed=False).count() == 1
    assert refusal_of(hall_add, hall, "Thêm").code == "agenda.needs_decision"


def test_adopting_twice_or_by_a_wrong_vote_is_refused(hall: Hall) -> None:
    hall.open(30)
    clerk, held = hall.user("clerk"), hall.council_session
    totals: dict[str, Any] = {"for_count": 30, "against_count": 0, "not_voting_count": 0}
    wrong = votes.take(hall.sitting, matter="other", subject="Khác", **totals, by=clerk)
    assert refusal_of(agenda.adopt, held, vote=wrong, by=clerk).code == (
        "agenda.vote_of_another_matter"
    )
    lost = votes.take(
        hall.sitting, matter="agenda", subject="Không", for_count=5, against_count=25,
        not_voting_count=0, by=clerk,
    )  # fmt: skip
    assert refusal_of(agenda.adopt, held, vote=lost, by=clerk).code == "agenda.vote_not_passed"
    won = votes.take(hall.sitting, matter="agenda", subject="Có", **totals, by=clerk)
    agenda.adopt(held, vote=won, by=clerk)
    assert refusal_of(agenda.adopt, held, vote=won, by=clerk).code == "agenda.already_adopted"
    assert AuditEntry.objects.filter(verb="agenda.adopt").count() == 1


def test_a_change_needs_an_adopted_agenda_and_a_fresh_vote(hall: Hall) -> None:
    hall.open(30)
    clerk, held = hall.user("clerk"), hall.council_session
    totals: dict[str, Any] = {"for_count": 30, "against_count": 0, "not_voting_count": 0}
    early = votes.take(hall.sitting, matter="agenda_change", subject="Đổi", **totals, by=clerk)
    refusal = refusal_of(agenda.decide_change, held, vote=early, what="Đổi", by=clerk)
    assert refusal.code == "agenda.not_adopted"
    agenda_votes.decide(held, what="Thông qua", **totals, by=clerk)
    agenda.decide_change(held, vote=early, what="Đổi", by=clerk)
    again = refusal_of(agenda.decide_change, held, vote=early, what="Đổi", by=clerk)
    assert again.code == "agenda.vote_used"


def test_without_an_open_sitting_nothing_is_decided(hall: Hall) -> None:
    refusal = refusal_of(
        agenda_votes.decide, hall.council_session, what="X", for_count=1, against_count=0,
        not_voting_count=0, by=hall.user("clerk"),
    )  # fmt: skip
    assert refusal.code == "agenda.no_sitting_open"


def test_items_begin_and_end_one_after_the_other(hall: Hall) -> None:
    below = AgendaItem.objects.create(
        council_session=hall.council_session,
        parent=hall.item,
        position=1,
        title="Con",
        kind="other",
    )
    last = AgendaItem.objects.create(
        council_session=hall.council_session, position=2, title="Bế mạc", kind="closing"
    )
    chair = hall.user("chair")
    assert refusal_of(agenda.start_item, below, by=chair).code == "agenda.no_sitting_open"
    hall.open(30)
    agenda.start_item(below, by=chair)
    agenda.start_item(below, by=chair)
    agenda.start_item(last, by=chair)
    states = dict(hall.council_session.items.values_list("title", "state"))
    assert states == {"Thông qua chương trình": "done", "Con": "done", "Bế mạc": "current"}
    agenda.finish_item(last, by=chair)
    assert refusal_of(agenda.finish_item, last, by=chair).code == "agenda.item_not_current"
    assert AuditEntry.objects.filter(verb="agenda.start_item").count() == 2


def test_minutes_are_weighed_against_the_sittings(desk: Desk) -> None:
    sitting = desk.council_session.sittings.get()
    for item in desk.roots:
        AgendaItem.objects.filter(pk=item.pk).update(sitting=sitting)
    add(desk, "Dài", minutes=400, sitting=sitting)
    rows = queries.in_tree_order(desk.council_session.items.all())
    (load,) = queries.loads(rows, [sitting])
    assert load.length == 210
    assert load.planned >= 400
    assert load.over == load.planned - 210
    starts = queries.planned_starts(rows, [sitting])
    assert starts[rows[0].item.pk] == sitting.starts_at
    assert Sitting.objects.count() == 1


def test_going_into_a_heading_does_not_end_it(hall: Hall) -> None:
    first, second = (
        AgendaItem.objects.create(
            council_session=hall.council_session, parent=hall.item, position=place,
            title=f"Con {place}", kind="other",
        )
        for place in (1, 2)
    )  # fmt: skip
    chair = hall.user("chair")
    hall.open(30)
    agenda.start_item(hall.item, by=chair)
    agenda.start_item(first, by=chair)
    hall.item.refresh_from_db()
    assert hall.item.state == "planned"
    agenda.start_item(second, by=chair)
    agenda.finish_item(second, by=chair)
    hall.item.refresh_from_db()
    assert hall.item.state == "done"
