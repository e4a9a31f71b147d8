"""The convening notice by e-mail, with a calendar file: each delegate once, none lost unseen.

A letter is claimed (committed), sent, and marked as sent (committed). A worker that dies between
claim and mark leaves a letter of which nobody knows whether it left; it is not sent again by
itself, and the session's page offers to do so.
"""

from dataclasses import dataclass
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from council import queries as council_queries
from council.models import Job, User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit, jobs
from sessions.models import NoticeDelivery, Session
from sessions.queries import calendar as calendar_queries
from sessions.queries import notices as queries
from sessions.services import locks
from sessions.typesetting import calendar

JOB: Final = "sessions.send_notices"
NOT_TAKEN: Final = (
    SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError, UnicodeError, ValueError,
)  # fmt: skip
"""What says that this one letter did not leave, and that the next one may."""
State = NoticeDelivery.State


@dataclass(frozen=True, slots=True)
class Letter:
    """What all copies of one session's notice share."""

    council_session: Session
    subject: str
    calendar_file: bytes


def address(held: Session) -> None:
    """Write the list of copies: every delegate of the opening day, once; a no-op for those listed.

    Runs in the transaction of the verb that convenes.
    """
    listed = set(held.deliveries.values_list("mandate_id", flat=True))
    delegates = council_queries.delegates_on(held.term, held.opens_on)
    NoticeDelivery.objects.bulk_create(
        NoticeDelivery(
            council_session=held, mandate=mandate, email=mandate.person.email,
            state=State.WAITING if mandate.person.email else State.NO_ADDRESS,
        )
        for mandate in delegates
        if mandate.pk not in listed
    )  # fmt: skip


def announce(held: Session, *, by: User) -> Job:
    """Ask for the letters to be sent, once the transaction commits."""
    return jobs.enqueue(
        JOB, key=f"{JOB}.{held.pk}", args=[held.pk], council=locks.council_of(held), by=by,
        title=f"Gửi giấy triệu tập {held}",
    )  # fmt: skip


def resend(council_session: Session, *, by: User) -> int:
    """Send what did not arrive for sure: failed and unknown copies, and new addresses; how many.

    Raises:
        Refusal: ``access.denied``, ``notice.not_convened``, ``notice.still_sending``,
            ``notice.none_open``.
    """
    access.authorise(by, "session.convene", council_session.term.council)
    with transaction.atomic():
        held = locks.council_session(council_session.pk)
        if not held.is_public:
            raise Refusal(
                "notice.not_convened",
                gettext_noop("Kỳ họp chưa được triệu tập nên chưa có giấy triệu tập để gửi."),
            )
        _check_not_running(held)
        address(held)
        count = _reopen(held)
        if not count:
            raise Refusal(
                "notice.none_open",
                gettext_noop("Không có giấy triệu tập nào cần gửi lại."),
            )
        audit.record(
            "notice.resend", held, by=by, council=locks.council_of(held), after={"count": count}
        )
        announce(held, by=by)
    return count


def _check_not_running(held: Session) -> None:
    job = queries.job_of(held)
    if job and job.state in (Job.State.WAITING, Job.State.RUNNING):
        raise Refusal(
            "notice.still_sending",
            gettext_noop("Giấy triệu tập đang được gửi. Đợi gửi xong rồi xem còn ai chưa nhận."),
        )


def _reopen(held: Session) -> int:
    """Copies that did not arrive for sure wait again, with the address that is known today."""
    count = 0
    for delivery in held.deliveries.exclude(state=State.SENT).select_related("mandate__person"):
        delivery.email = delivery.mandate.person.email
        if not delivery.email:
            continue
        delivery.state, delivery.claimed_at, delivery.error = State.WAITING, None, ""
        delivery.save(update_fields=["state", "claimed_at", "error", "email"])
        count += 1
    return count


def send_all(job: Job, council_session_pk: int) -> None:
    """Send every copy that nobody has claimed, telling the job how far it is.

    An address that the mail server refuses is noted and passed by. A mail server that cannot be
    reached, or breaks off, raises OSError and the job tries again later; the letter that was under
    way then stays claimed, since it may have left.
    """
    held = Session.objects.select_related("term__council").get(pk=council_session_pk)
    waiting = list(queries.waiting(held))
    letter = compose(held)
    connection: BaseEmailBackend = get_connection()
    connection.open()
    try:
        for done, delivery in enumerate(waiting):
            name = str(delivery.mandate.person)
            jobs.progress(job, done=done, total=len(waiting), step=name)
            _send(delivery, letter, connection)
    finally:
        connection.close()
    jobs.progress(job, done=len(waiting), total=len(waiting))


def compose(held: Session) -> Letter:
    """The parts that all copies share: the subject and the calendar file."""
    sittings = calendar_queries.sittings_of_session(held)
    council = locks.council_of(held)
    return Letter(
        held,
        f"Giấy triệu tập số {held.notice_number}: {held}, {council.short_name}"[:200],
        calendar.typeset(f"{held}, {council.short_name}", calendar_queries.events(sittings)),
    )


def _send(delivery: NoticeDelivery, letter: Letter, connection: BaseEmailBackend) -> None:
    rows = NoticeDelivery.objects.filter(pk=delivery.pk)
    claimed = rows.filter(state=State.WAITING, claimed_at=None).update(claimed_at=timezone.now())
    if not claimed:
        return
    try:
        _message(delivery, letter, connection).send()
    except NOT_TAKEN as error:
        rows.update(state=State.FAILED, error=f"{type(error).__name__}: {error}"[:300])
    except OSError as error:
        rows.update(error=f"{type(error).__name__}: {error}"[:300])
        raise
    else:
        rows.update(state=State.SENT, sent_at=timezone.now())


def _message(
    delivery: NoticeDelivery, letter: Letter, connection: BaseEmailBackend
) -> EmailMessage:
    held = letter.council_session
    council = locks.council_of(held)
    with translation.override("vi"):
        body = render_to_string(
            "sessions/mail/notice.txt",
            {
                "council_session": held, "council": council, "person": delivery.mandate.person,
                "sittings": calendar_queries.sittings_of_session(held),
                "address": f"{settings.BASE_URL}{queries.delegate_path(council)}",
            },
        )  # fmt: skip
    # The same Message-ID for the same copy: a mail server that saw it once may drop a second.
    headers = {"Message-ID": f"<giay-trieu-tap.{held.pk}.{delivery.pk}@{council.slug}.nghitruong>"}
    message = EmailMessage(
        letter.subject, body, to=[delivery.email], headers=headers, connection=connection
    )
    message.attach(f"ky-hop-{held.number}.ics", letter.calendar_file.decode(), "text/calendar")
    return message
