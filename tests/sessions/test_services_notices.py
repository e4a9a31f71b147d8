"""Convening notices: each delegate once, whatever happens to the worker."""

from collections.abc import Callable
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from icalendar import Calendar

from council.models import Job
from sessions.models import NoticeDelivery, Sitting
from sessions.queries import notices as queries
from sessions.services import notices
from tests.cast import Cast
from tests.sessions.desk import CLOSES, Desk, desk_of, refusal_of, verbs_of


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return desk_of(cast)


def job_of(desk: Desk) -> Job:
    found = queries.job_of(desk.council_session)
    assert found is not None
    return found


def test_each_delegate_gets_one_letter_with_a_calendar(
    desk: Desk, run_jobs: Callable[[], int]
) -> None:
    Sitting.objects.create(
        council_session=desk.council_session, ordinal=2, held_on=CLOSES, starts_at="13:30",
        part="afternoon",
    )  # fmt: skip
    desk.convene()
    run_jobs()
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted(
        mandate.person.email for mandate in desk.cast.mandates
    )
    letter = mail.outbox[0]
    assert "15/GM-HĐND" in letter.subject
    assert "Hội trường" in letter.body
    assert "/lam-viec/tinh-thu/dai-bieu/" in letter.body
    assert queries.tally(desk.council_session)["sent"] == 35
    assert (job_of(desk).state, job_of(desk).done_count) == (Job.State.DONE, 35)


def test_the_calendar_holds_the_sittings_in_vietnamese_time(
    desk: Desk, run_jobs: Callable[[], int]
) -> None:
    desk.convene()
    run_jobs()
    name, content, kind = mail.outbox[0].attachments[0]
    assert (name, kind) == ("ky-hop-5.ics", "text/calendar")
    calendar = Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    sitting = desk.council_session.sittings.get()
    assert event["uid"] == f"sitting-{sitting.pk}@tinh-thu.nghitruong"
    assert event.decoded("dtstart").isoformat() == "2026-12-10T08:00:00+07:00"
    assert event.decoded("dtend").isoformat() == "2026-12-10T11:30:00+07:00"
    assert calendar["method"] == "PUBLISH"
    assert [zone["tzid"] for zone in calendar.walk("VTIMEZONE")] == ["Asia/Ho_Chi_Minh"]


def test_running_the_job_again_sends_nothing_twice(desk: Desk, run_jobs: Callable[[], int]) -> None:
    held = desk.convene()
    run_jobs()
    notices.send_all(job_of(desk), held.pk)
    assert len(mail.outbox) == 35


def test_a_worker_killed_after_a_letter_left_sends_it_no_second_time(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = desk.convene()
    send = EmailBackend.send_messages
    left = 0

    class Killed(BaseException):
        pass

    def dying(self: Any, messages: Any) -> Any:
        nonlocal left
        left += 1
        sent = send(self, messages)
        if left == 3:
            raise Killed
        return sent

    monkeypatch.setattr(EmailBackend, "send_messages", dying)
    with pytest.raises(Killed):
        notices.send_all(job_of(desk), held.pk)
    notices.send_all(job_of(desk), held.pk)
    addresses = [letter.to[0] for letter in mail.outbox]
    assert len(addresses) == len(set(addresses)) == 35
    assert queries.tally(held)["unknown"] == 1
    assert queries.tally(held)["sent"] == 34


def test_a_refused_address_is_noted_and_the_others_go_out(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, run_jobs: Callable[[], int]
) -> None:
    held = desk.convene()
    bad = desk.cast.people[2].email
    send = EmailBackend.send_messages

    def picky(self: Any, messages: Any) -> Any:
        if messages[0].to == [bad]:
            raise SMTPRecipientsRefused({bad: (550, b"no such user")})
        return send(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", picky)
    run_jobs()
    assert len(mail.outbox) == 34
    failed = held.deliveries.get(state=NoticeDelivery.State.FAILED)
    assert failed.email == bad
    assert "SMTPRecipientsRefused" in failed.error


def test_a_lost_connection_is_tried_again_later(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = desk.convene()

    def gone(self: Any) -> None:
        raise SMTPServerDisconnected("bye")

    monkeypatch.setattr(EmailBackend, "open", gone)
    with pytest.raises(SMTPServerDisconnected):
        notices.send_all(job_of(desk), held.pk)
    assert queries.tally(held)["waiting"] == 35


def test_resending_reaches_those_who_got_nothing_with_todays_address(
    desk: Desk, run_jobs: Callable[[], int]
) -> None:
    person = desk.cast.people[3]
    person.email = ""
    person.save()
    held = desk.convene()
    early = refusal_of(notices.resend, held, by=desk.user("clerk"))
    assert early.code == "notice.still_sending"
    run_jobs()
    assert refusal_of(notices.resend, held, by=desk.user("clerk")).code == "notice.none_open"
    person.email = "moi@example.org"
    person.save()
    held.deliveries.filter(mandate=desk.cast.mandates[5]).update(state="failed", sent_at=None)
    assert notices.resend(held, by=desk.user("clerk")) == 2
    run_jobs()
    assert len(mail.outbox) == 36
    assert mail.outbox[-1].to == [desk.cast.people[5].email] or mail.outbox[-2].to == [
        desk.cast.people[5].email
    ]
    assert verbs_of(held)[-1] == "notice.resend"


def test_nothing_is_resent_before_convening_or_by_a_stranger(desk: Desk) -> None:
    held = desk.council_session
    assert refusal_of(notices.resend, held, by=desk.user("clerk")).code == "notice.not_convened"
    assert refusal_of(notices.resend, held, by=desk.user("delegate")).code == "access.denied"
