"""A session of the past, as the archives tell it: closed from the beginning, without sittings."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from council.models import Term, User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit
from sessions.models import Session, SessionState
from sessions.services import public_pages, sessions


@dataclass(frozen=True)
class Known:
    """What the archives know of a session."""

    number: int
    kind: str
    opens_on: date
    closes_on: date
    place: str


def record(term: Term, known: Known, *, submitted_by: User, by: User) -> Session:
    """Write a past session down, public at once; `by` approved what `submitted_by` handed in.

    Raises:
        Refusal: ``access.denied``, ``session.not_past``, those of
            `sessions.services.sessions.check_days` and `check_number`.
    """
    access.authorise(by, "archive.approve", term.council)
    if known.closes_on >= timezone.localdate():
        raise Refusal(
            "session.not_past",
            gettext_noop("Kỳ họp chưa qua: lập ở trang Kỳ họp, không nhập từ hồ sơ lưu."),
            field="closes_on",
        )
    sessions.check_days(term, known.opens_on, known.closes_on)
    with transaction.atomic():
        Term.objects.select_for_update().get(pk=term.pk)
        sessions.check_number(term, known.number)
        now = timezone.now()
        council_session = Session(
            term=term, number=known.number, kind=known.kind, opens_on=known.opens_on,
            closes_on=known.closes_on, place=known.place, state=SessionState.CLOSED,
            is_from_archive=True, created_by=submitted_by, submitted_by=submitted_by,
            submitted_at=now, approved_by=by, approved_at=now, convened_at=now,
        )  # fmt: skip
        council_session.full_clean()
        council_session.save()
        audit.record(
            "session.record_past", council_session, by=by, council=term.council,
            after={
                "number": known.number, "opens_on": known.opens_on.isoformat(),
                "closes_on": known.closes_on.isoformat(),
            },
        )  # fmt: skip
        public_pages.changed(council_session)
    return council_session
