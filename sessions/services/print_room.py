"""The print room: files asked for by a person, made by the worker, kept by their content."""

import hashlib
import io
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any, Final

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from pypdf import PdfReader

from council.models import Job, User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit, jobs, versions
from sessions.models import PrintChoices, PrintedSheet, Session
from sessions.queries import print_page
from sessions.queries import print_room as queries
from sessions.services import locks
from sessions.typesetting import (
    agenda,
    attendance_sheet,
    covers,
    letters_docx,
    name_plates,
    notice,
    seating_list,
    voting_cards,
)

JOB: Final = "sessions.make_print"
Kind = PrintedSheet.Kind
TYPESET: Final[dict[PrintedSheet.Kind, Callable[..., bytes]]] = {
    Kind.NOTICE: notice.typeset,
    Kind.NOTICE_EACH: notice.typeset_each,
    Kind.NOTICE_EACH_DOCX: letters_docx.typeset,
    Kind.AGENDA: agenda.typeset,
    Kind.ATTENDANCE: attendance_sheet.typeset,
    Kind.SEATING: seating_list.typeset,
    Kind.PLATES: name_plates.typeset,
    Kind.CARDS: voting_cards.typeset,
    Kind.INVITATIONS: notice.typeset_each,
    Kind.INVITATIONS_DOCX: letters_docx.typeset,
    Kind.GUEST_PLATES: name_plates.typeset,
    Kind.LABELS: covers.typeset_labels,
    Kind.ENVELOPES_DL: partial(covers.typeset_envelopes, size="dl"),
    Kind.ENVELOPES_C5: partial(covers.typeset_envelopes, size="c5"),
}
CHOICES: Final = (
    "invitation_number", "invited_on", "contact", "sender_address", "cards_a_sheet",
)  # fmt: skip


def request(council_session: Session, *, kind: str, by: User) -> Job:
    """Have one paper made; a no-op for one that is being made.

    Raises:
        Refusal: ``access.denied``, ``print.nobody``.
    """
    access.authorise(by, "print.make", council_session.term.council)
    with transaction.atomic():
        held = locks.council_session(council_session.pk)
        if queries.is_empty(kind, queries.material(held)):
            raise Refusal(
                "print.nobody",
                gettext_noop("Chưa có ai trong danh sách để in “%(what)s”."),
                params={"what": Kind(kind).label},
            )
        return _enqueue(held, kind, by)


def request_all(council_session: Session, *, by: User) -> int:
    """Have every paper made that has its people and is not up to date; how many.

    Raises:
        Refusal: ``access.denied``.
    """
    access.authorise(by, "print.make", council_session.term.council)
    with transaction.atomic():
        held = locks.council_session(council_session.pk)
        lines = [line for part in print_page.page(held) for line in part.lines]
        wanted = [line.kind for line in lines if not (line.current or line.blocked)]
        for kind in wanted:
            _enqueue(held, kind, by)
    return len(wanted)


def _enqueue(held: Session, kind: str, by: User) -> Job:
    audit.record("print.make", held, by=by, council=locks.council_of(held), after={"kind": kind})
    return jobs.enqueue(
        JOB,
        key=print_page.JOB_KEY.format(session=held.pk, kind=kind),
        args=[held.pk, kind],
        title=_("Tạo bản in: %(what)s") % {"what": Kind(kind).label},
        council=locks.council_of(held),
        by=by,
    )


def make(job: Job, council_session_pk: int, kind: str) -> PrintedSheet:
    """Typeset the paper as its data are now; what was made from the same data is kept as it is.

    Raises:
        Refusal: ``document.letter_missing``.
    """
    jobs.progress(job, done=0, total=3, step=_("Gom dữ liệu"))
    held = Session.objects.select_related("term__council").get(pk=council_session_pk)
    sheet = queries.sheet_of(kind, queries.material(held))
    content = queries.digest(kind, sheet)
    made = PrintedSheet.objects.filter(
        council_session=held, kind=kind, content_digest=content
    ).first()
    if made is None:
        jobs.progress(job, done=1, total=3, step=_("Dàn trang"))
        printed = typeset(kind, sheet, created=queries.fixed_moment(held))
        jobs.progress(job, done=2, total=3, step=_("Lưu tệp"))
        made = _keep(held, kind, content, printed)
    jobs.progress(job, done=3, total=3)
    return made


def typeset(kind: str, sheet: Any, *, created: datetime) -> bytes:
    """The paper's bytes; the same data and moment give the same bytes."""
    return TYPESET[Kind(kind)](sheet, created=created)


def _keep(held: Session, kind: str, content: str, printed: bytes) -> PrintedSheet:
    is_word = kind in {Kind.NOTICE_EACH_DOCX, Kind.INVITATIONS_DOCX}
    suffix = "docx" if is_word else "pdf"
    row, _created = PrintedSheet.objects.get_or_create(
        council_session=held,
        kind=kind,
        content_digest=content,
        defaults={
            "file": ContentFile(printed, name=f"{kind}-{held.pk}-{content[:16]}.{suffix}"),
            "sha256": hashlib.sha256(printed).hexdigest(),
            "pages": None if is_word else len(PdfReader(io.BytesIO(printed)).pages),
            "made_at": timezone.now(),
        },
    )
    return row


def choose(
    council_session: Session,
    *,
    invitation_number: str,
    invited_on: date | None,
    contact: str,
    sender_address: str,
    cards_a_sheet: int,
    version: int | None,
    by: User,
) -> PrintChoices:
    """Write down what stands on the invitations and how cards are cut.

    Raises:
        Refusal: ``access.denied``. StaleEdit: someone saved first.
    """
    access.authorise(by, "session.edit", council_session.term.council)
    with transaction.atomic():
        held = locks.council_session(council_session.pk)
        chosen = queries.choices_of(held)
        before = audit.snapshot(chosen, CHOICES) if chosen.pk else None
        if chosen.pk:
            versions.check(chosen, version)
            versions.bump(chosen)
        chosen.invitation_number, chosen.invited_on = invitation_number, invited_on
        chosen.contact, chosen.sender_address = contact, sender_address
        chosen.cards_a_sheet = cards_a_sheet
        chosen.full_clean()
        chosen.save()
        audit.record(
            "print.choose", held, by=by, council=locks.council_of(held), before=before,
            after=audit.snapshot(chosen, CHOICES),
        )  # fmt: skip
    return chosen
