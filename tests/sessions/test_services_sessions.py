"""A session from draft to closing: each verb, each refusal, its audit row, the second call."""

from datetime import date
from typing import Any

import pytest

from council.models import Council, CouncilSetting, Job
from council.services.versions import StaleEdit
from sessions.models import NoticeDelivery, Session, SessionState, Sitting
from sessions.queries import sessions as queries
from sessions.services import sessions
from tests.cast import Cast
from tests.sessions.desk import CLOSES, OPENS, Desk, desk_of, refusal_of, verbs_of


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return desk_of(cast)


def frame(**changes: Any) -> dict[str, Any]:
    given = {
        "number": 5, "kind": "year_end", "opens_on": OPENS, "closes_on": CLOSES,
        "place": "Hội trường", "summary": "",
    }  # fmt: skip
    return {**given, **changes}


def test_a_new_session_has_the_agenda_of_its_template_and_a_first_sitting(cast: Cast) -> None:
    desk = desk_of(cast, has_confidence_vote=True, has_election=True)
    titles = [item.title for item in desk.roots]
    assert titles[0] == "Khai mạc kỳ họp"
    assert titles[-1] == "Bế mạc kỳ họp"
    kinds = set(desk.council_session.items.values_list("kind", flat=True))
    assert {"confidence_vote", "election", "questioning"} <= kinds
    sitting = desk.council_session.sittings.get()
    assert (sitting.held_on, sitting.ordinal, sitting.part) == (OPENS, 1, "morning")
    assert desk.council_session.state == SessionState.DRAFT
    assert verbs_of(desk.council_session) == ["session.create"]


@pytest.mark.parametrize("kind", ["mid_year", "thematic", "urgent", "organising"])
def test_every_kind_of_session_has_a_template(cast: Cast, kind: str) -> None:
    assert desk_of(cast, kind=kind).council_session.items.count() >= 8


def test_positions_of_the_template_are_gapless_among_siblings(cast: Cast) -> None:
    desk = desk_of(cast, has_confidence_vote=True)
    for parent in [None, *desk.council_session.items.all()]:
        found = desk.council_session.items.filter(parent=parent).order_by("position")
        assert [item.position for item in found] == list(range(1, len(found) + 1))


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"opens_on": date(2026, 3, 1)}, "date.outside_term", "opens_on"),
        ({"closes_on": date(2031, 4, 1)}, "date.outside_term", "closes_on"),
        ({"closes_on": date(9999, 12, 31)}, "date.implausible", "closes_on"),
        ({"closes_on": date(2026, 12, 9)}, "session.ends_before_it_opens", "closes_on"),
    ],
)
def test_days_outside_the_term_or_in_the_wrong_order_are_refused(
    cast: Cast, changes: dict[str, date], code: str, field: str
) -> None:
    refusal = refusal_of(desk_of, cast, **changes)
    assert (refusal.code, refusal.field) == (code, field)
    assert not Session.objects.exists()


def test_a_council_that_ended_meets_no_more(cast: Cast) -> None:
    Council.objects.filter(pk=cast.council.pk).update(existed_to=date(2026, 6, 30))
    cast.term.council.refresh_from_db()
    assert refusal_of(desk_of, cast).code == "session.council_ended"


def test_a_number_is_taken_once_in_a_term(desk: Desk) -> None:
    assert refusal_of(desk_of, desk.cast).code == "session.number_taken"
    assert queries.suggested_number(desk.cast.term) == 6


@pytest.mark.parametrize("name", ["chair", "delegate", "counter1", "admin", "outsider"])
def test_only_those_who_prepare_make_sessions(cast: Cast, name: str) -> None:
    assert refusal_of(desk_of, cast, by=cast.user[name]).code == "access.denied"


def test_the_first_sitting_follows_the_opening_day(desk: Desk) -> None:
    later = date(2026, 12, 15)
    sessions.edit(
        desk.council_session, **frame(opens_on=later, closes_on=later), version=1,
        by=desk.user("clerk"),
    )  # fmt: skip
    assert desk.reload().opens_on == later
    assert desk.council_session.sittings.get().held_on == later
    assert verbs_of(desk.council_session)[-1] == "session.edit"


def test_a_sitting_left_outside_the_new_days_is_named(desk: Desk) -> None:
    Sitting.objects.create(
        council_session=desk.council_session, ordinal=2, held_on=CLOSES, starts_at="08:00"
    )
    refusal = refusal_of(
        sessions.edit, desk.council_session, **frame(closes_on=OPENS), by=desk.user("clerk")
    )
    assert refusal.code == "session.sitting_outside"
    assert "11/12/2026" in str(refusal)
    assert desk.reload().closes_on == CLOSES


def test_who_saves_second_is_told_and_nothing_is_lost(desk: Desk) -> None:
    sessions.edit(
        desk.council_session, **frame(place="Nhà văn hóa"), version=1, by=desk.user("clerk")
    )
    with pytest.raises(StaleEdit) as caught:
        sessions.edit(
            desk.council_session, **frame(place="Sân vận động"), version=1, by=desk.user("clerk2")
        )
    assert caught.value.current.place == "Nhà văn hóa"  # type: ignore[attr-defined]
    assert desk.reload().place == "Nhà văn hóa"


def test_a_submitted_session_is_not_edited_but_described(desk: Desk) -> None:
    desk.submit()
    refusal = refusal_of(sessions.edit, desk.council_session, **frame(), by=desk.user("clerk"))
    assert refusal.code == "session.not_a_draft"
    sessions.describe(
        desk.council_session,
        summary="Kỳ họp cuối năm.",
        illustrative_note="",
        by=desk.user("clerk"),
    )
    assert desk.reload().summary == "Kỳ họp cuối năm."


def test_submitting_needs_items_and_a_sitting(desk: Desk) -> None:
    desk.council_session.sittings.all().delete()
    assert refusal_of(desk.submit).code == "session.no_sitting"
    desk.council_session.items.update(state="dropped")
    assert refusal_of(desk.submit).code == "session.empty_agenda"


def test_approval_is_a_second_persons(desk: Desk) -> None:
    sessions.submit(desk.council_session, by=desk.user("approver"))
    refusal = refusal_of(sessions.approve, desk.council_session, by=desk.user("approver"))
    assert refusal.code == "session.own_approval"
    sessions.approve(desk.council_session, by=desk.user("chair"))
    assert desk.reload().state == SessionState.APPROVED
    assert verbs_of(desk.council_session) == ["session.create", "session.submit", "session.approve"]


@pytest.mark.parametrize("verb", ["submit", "approve"])
def test_a_second_click_is_refused(desk: Desk, verb: str) -> None:
    desk.approve()
    name = "clerk" if verb == "submit" else "chair"
    refusal = refusal_of(getattr(sessions, verb), desk.council_session, by=desk.user(name))
    assert refusal.code == "session.not_now"


def test_a_clerk_does_not_approve(desk: Desk) -> None:
    desk.submit()
    refusal = refusal_of(sessions.approve, desk.council_session, by=desk.user("clerk2"))
    assert refusal.code == "access.denied"


def test_sent_back_with_a_reason_the_draft_may_be_submitted_again(desk: Desk) -> None:
    desk.approve()
    blank = refusal_of(
        sessions.send_back, desk.council_session, reason="  ", by=desk.user("approver")
    )
    assert (blank.code, blank.field) == ("session.reason_missing", "reason")
    sessions.send_back(desk.council_session, reason="Thiếu chất vấn", by=desk.user("approver"))
    held = desk.reload()
    assert (held.state, held.send_back_reason) == (SessionState.DRAFT, "Thiếu chất vấn")
    assert held.approved_by is None
    assert desk.submit().send_back_reason == ""


def test_convening_lists_every_delegate_and_asks_for_the_letters(desk: Desk) -> None:
    people = desk.cast.people
    people[3].email = ""
    people[3].save()
    held = desk.convene()
    assert held.state == SessionState.CONVENED
    assert held.deliveries.count() == 35
    assert held.deliveries.filter(state=NoticeDelivery.State.NO_ADDRESS).count() == 1
    assert Job.objects.get(key=f"sessions.send_notices.{held.pk}").args == [held.pk]
    assert verbs_of(held)[-1] == "session.convene"


def test_convening_needs_a_number_and_happens_once(desk: Desk) -> None:
    desk.approve()
    blank = refusal_of(
        sessions.convene, desk.council_session, notice_number=" ", by=desk.user("clerk")
    )
    assert blank.code == "session.notice_number_missing"
    sessions.convene(desk.council_session, notice_number="1/GM", by=desk.user("clerk"))
    again = refusal_of(
        sessions.convene, desk.council_session, notice_number="2/GM", by=desk.user("clerk")
    )
    assert again.code == "session.not_now"
    assert desk.reload().notice_number == "1/GM"


def test_late_convening_is_counted_against_the_councils_own_setting(desk: Desk) -> None:
    assert queries.days_late(desk.council_session, date(2026, 11, 20)) == 0
    assert queries.days_late(desk.council_session, date(2026, 11, 23)) == 3
    CouncilSetting.objects.create(
        council=desk.cast.council, key="convene_days_ordinary", value="10",
        effective_from=date(2026, 1, 1), source="Quy chế",
    )  # fmt: skip
    assert queries.days_late(desk.council_session, date(2026, 11, 23)) == 0


def test_the_first_sitting_begins_the_session_once(desk: Desk) -> None:
    held = desk.convene()
    sessions.begin(held, by=desk.user("chair"))
    sessions.begin(held, by=desk.user("chair"))
    assert desk.reload().state == SessionState.IN_PROGRESS
    assert verbs_of(held).count("session.begin") == 1


def test_closing_waits_for_sittings_and_items(desk: Desk) -> None:
    held = desk.convene()
    sessions.begin(held, by=desk.user("chair"))
    sitting = held.sittings.get()
    Sitting.objects.filter(pk=sitting.pk).update(state="open", opened_at=held.convened_at)
    assert refusal_of(sessions.close_session, held, by=desk.user("chair")).code == (
        "session.sitting_running"
    )
    Sitting.objects.filter(pk=sitting.pk).update(state="closed", closed_at=held.convened_at)
    held.items.filter(pk=desk.roots[0].pk).update(state="current")
    assert refusal_of(sessions.close_session, held, by=desk.user("chair")).code == (
        "session.item_running"
    )
    held.items.filter(pk=desk.roots[0].pk).update(state="done")
    sessions.close_session(held, by=desk.user("chair"))
    assert desk.reload().state == SessionState.CLOSED
    assert refusal_of(sessions.close_session, held, by=desk.user("chair")).code == "session.not_now"
