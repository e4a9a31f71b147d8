"""What a letter says: plain and HTML, in the reader's language, with whole addresses."""

from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.models import Letter
from portal.queries import following as queries
from portal.queries.records import absolute
from portal.rules.following import topic_of
from portal.services import follow_tokens

SUBJECT_MAX: Final = 160


def message(letter: Letter, connection: BaseEmailBackend) -> EmailMultiAlternatives | None:
    """The letter as it is sent; None where it has nothing to tell."""
    with translation.override(letter.language):
        if letter.kind == Letter.Kind.CONFIRM:
            return _confirmation(letter, connection)
        return _news(letter, connection)


def _confirmation(letter: Letter, connection: BaseEmailBackend) -> EmailMultiAlternatives:
    assert letter.subscription is not None  # noqa: S101 - a constraint of the row
    (words,) = queries.said([topic_of(letter.subscription.topic)])
    token = follow_tokens.to_confirm(letter)
    context = {
        "topic": words, "frequency": letter.get_frequency_display(),
        "days": follow_tokens.CONFIRM_DAYS,
        "confirm_address": absolute(reverse("portal:follow-confirm", args=[token])),
    }  # fmt: skip
    subject = _("Xác nhận theo dõi: %(topic)s") % {"topic": words}
    return _made(letter, connection, subject, "confirm", context)


def _news(letter: Letter, connection: BaseEmailBackend) -> EmailMultiAlternatives | None:
    entries, more = queries.told_by(letter)
    if not entries:
        return None
    count = len(entries) + more
    followed = queries.followed(letter.subscriber.key)
    context = {
        "entries": [(entry, absolute(entry.path)) for entry in entries], "more": more,
        "count": count, "followed": followed,
    }  # fmt: skip
    if count == 1:
        subject = entries[0].title
    else:
        subject = ngettext(
            "%(n)d văn bản, tin mới bạn theo dõi", "%(n)d văn bản, tin mới bạn theo dõi", count
        ) % {"n": count}
    return _made(letter, connection, subject, "news", context)


def _made(
    letter: Letter, connection: BaseEmailBackend, subject: str, name: str,
    context: dict[str, object],
) -> EmailMultiAlternatives:  # fmt: skip
    token = follow_tokens.to_leave(letter.subscriber)
    leave_address = absolute(reverse("portal:follow-leave", args=[token]))
    context |= {
        "leave_address": leave_address, "site_address": f"{settings.BASE_URL}/",
        "language": letter.language,
    }  # fmt: skip
    headers = {
        # One click out (RFC 8058); the address works for whoever has it, so it stands in no log.
        "List-Unsubscribe": f"<{leave_address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        # The same for the same letter: a mail server that saw it once may drop a second.
        "Message-ID": f"<thu.{letter.pk}.{letter.made_at:%Y%m%d%H%M%S}@{_host()}>",
    }
    made = EmailMultiAlternatives(
        " ".join(subject.split())[:SUBJECT_MAX],
        render_to_string(f"portal/mail/{name}.txt", context),
        to=[letter.subscriber.email], headers=headers, connection=connection,
    )  # fmt: skip
    made.attach_alternative(render_to_string(f"portal/mail/{name}.html", context), "text/html")
    return made


def _host() -> str:
    return urlsplit(settings.BASE_URL).hostname or "localhost"
