"""Letters to the delegates about a published resolution: each at most once, none lost unseen.

A letter is claimed (committed), sent, and marked as sent (committed). A worker that dies between
claim and mark leaves a letter of which nobody knows whether it left; it is not sent again by
itself, and the resolution's page offers to do so.
"""

from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone, translation

from council import queries as council_queries
from council.models import User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit, jobs
from resolutions.models import Publication, PublicationMail, Resolution
from resolutions.services import locks

MAX_ATTEMPTS: Final = 3
RESEND_JOB: Final = "resolutions.resend"


class NotAllSentError(RuntimeError):
    """Some letters were not taken by the mail server; the job tries again later."""


def send_all(publication_pk: int) -> None:
    """Write the list of letters, then send those that nobody has claimed.

    Raises:
        NotAllSentError: some can be tried again.
    """
    _address(publication_pk)
    publication = Publication.objects.select_related(
        "resolution__council", "resolution__council_session__term"
    ).get(pk=publication_pk)
    waiting = publication.mails.filter(claimed_at=None, attempts__lt=MAX_ATTEMPTS).order_by("pk")
    connection: BaseEmailBackend = get_connection()
    try:
        for mail in waiting.select_related("mandate__person"):
            _send(mail, publication.resolution, connection)
    finally:
        connection.close()
    if publication.mails.filter(claimed_at=None, attempts__lt=MAX_ATTEMPTS).exists():
        message = "the mail server did not take all letters"
        raise NotAllSentError(message)


def _address(publication_pk: int) -> None:
    """One letter for each delegate with an address that day; a no-op the second time."""
    with transaction.atomic():
        publication = locks.publication(publication_pk)
        if publication.mails.exists():
            return
        resolution = publication.resolution
        day = resolution.adopted_on or timezone.localdate()
        delegates = council_queries.delegates_on(resolution.council_session.term, day)
        PublicationMail.objects.bulk_create(
            PublicationMail(publication=publication, mandate=mandate, email=mandate.person.email)
            for mandate in delegates
            if mandate.person.email
        )


def _send(mail: PublicationMail, resolution: Resolution, connection: BaseEmailBackend) -> None:
    mine = PublicationMail.objects.filter(pk=mail.pk, claimed_at=None).update(
        claimed_at=timezone.now(), attempts=F("attempts") + 1, error=""
    )
    if not mine:
        return
    try:
        _letter(mail, resolution, connection).send()
    except Exception as error:  # noqa: BLE001 - whatever the mail server says, the letter stays here
        said = f"{type(error).__name__}: {error}"[:300]
        PublicationMail.objects.filter(pk=mail.pk).update(claimed_at=None, error=said)
    else:
        PublicationMail.objects.filter(pk=mail.pk).update(sent_at=timezone.now())


def _letter(
    mail: PublicationMail, resolution: Resolution, connection: BaseEmailBackend
) -> EmailMessage:
    with translation.override("vi"):
        body = render_to_string(
            "resolutions/mail/published.txt",
            {
                "resolution": resolution,
                "person": mail.mandate.person,
                "address": f"{settings.BASE_URL}{resolution.get_absolute_url()}",
            },
        )
    subject = " ".join(f"Nghị quyết số {resolution.symbol}: {resolution.title}".split())
    # The same Message-ID for the same letter: a mail server that saw it once may drop a second.
    headers = {
        "Message-ID": f"<nghi-quyet.{mail.publication_id}.{mail.pk}.{mail.attempts}@nghi-truong>"
    }
    return EmailMessage(
        subject[:200], body, to=[mail.email], headers=headers, connection=connection
    )


def resend_unknown(resolution: Resolution, *, by: User) -> int:
    """Send again the letters of which nobody knows whether they left; returns how many.

    Raises:
        Refusal: ``access.denied``, ``announcement.none_unknown``.
    """
    access.authorise(by, "resolution.submit", resolution.council)
    with transaction.atomic():
        resolution = locks.resolution(resolution.pk)
        unknown = PublicationMail.objects.filter(
            publication__resolution=resolution, publication__finished_at__isnull=False, sent_at=None
        )
        count = unknown.update(claimed_at=None, attempts=0)
        if not count:
            raise Refusal(
                "announcement.none_unknown", gettext_noop("Không có thư nào cần gửi lại.")
            )
        audit.record(
            "announcement.resend",
            resolution,
            by=by,
            council=resolution.council,
            after={"count": count},
        )
        jobs.enqueue(
            RESEND_JOB, key=f"{RESEND_JOB}.{resolution.pk}",
            title=f"Gửi lại thư báo {resolution.symbol}",
            args=[resolution.publication.pk], council=resolution.council, by=by,
        )  # fmt: skip
    return count
