"""Clerks and approvers who press the same button, or move the same agenda, at the same moment."""

import threading
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from sessions.models import AgendaItem, NoticeDelivery
from sessions.services import agenda, papers, sessions
from tests import cast as casting
from tests.sessions.desk import PDF, Desk, desk_of

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*calls: Callable[[], object]) -> list[str]:
    """Make all calls at the same moment; "done" or the refusal's code for each."""
    together = threading.Barrier(len(calls))
    said: list[str] = []

    def make(call: Callable[[], object]) -> None:
        try:
            together.wait(20)
            call()
            said.append("done")
        except Exception as fault:  # noqa: BLE001 - told to the main thread
            said.append(getattr(fault, "code", repr(fault)))
        finally:
            connection.close()

    threads = [threading.Thread(target=make, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(50)
    return sorted(said)


@pytest.fixture
def desk(db: None) -> Desk:
    return desk_of(casting.build())


def test_two_who_approve_at_once_approve_once(desk: Desk) -> None:
    held = desk.submit()
    said = at_once(
        lambda: sessions.approve(held, by=desk.user("approver")),
        lambda: sessions.approve(held, by=desk.user("chair")),
    )
    assert said == ["done", "session.not_now"]


def test_two_who_convene_at_once_list_each_delegate_once(desk: Desk) -> None:
    held = desk.approve()
    said = at_once(
        lambda: sessions.convene(held, notice_number="1/GM", by=desk.user("clerk")),
        lambda: sessions.convene(held, notice_number="2/GM", by=desk.user("clerk2")),
    )
    assert said == ["done", "session.not_now"]
    assert NoticeDelivery.objects.count() == 35


def test_two_who_move_items_at_once_leave_no_gap(desk: Desk) -> None:
    first, second, third, *_rest = desk.roots
    said = at_once(
        lambda: agenda.move_item(first, parent=None, position=3, by=desk.user("clerk")),
        lambda: agenda.move_item(third, parent=second, position=1, by=desk.user("clerk2")),
        lambda: agenda.drop_item(desk.roots[-1], by=desk.user("approver")),
    )
    assert said == ["done", "done", "done"]
    for parent in [None, *AgendaItem.objects.all()]:
        found = AgendaItem.objects.filter(parent=parent).order_by("position")
        assert [item.position for item in found] == list(range(1, len(found) + 1))


def test_two_versions_at_once_get_two_ordinals(desk: Desk) -> None:
    document = desk.paper()

    def upload(content: bytes, name: str) -> object:
        file = SimpleUploadedFile("a.pdf", PDF + content)
        return papers.add_version(document, file=file, change_note="", by=desk.user(name))

    said = at_once(lambda: upload(b"2", "clerk"), lambda: upload(b"3", "clerk2"))
    assert said == ["done", "done"]
    assert set(document.versions.values_list("ordinal", flat=True)) == {1, 2, 3}
