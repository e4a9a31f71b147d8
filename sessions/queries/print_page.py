"""The print room's page: what can be printed for a session, what is ready, what is missing."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from council.models import Job
from sessions.models import PrintedSheet, Session
from sessions.queries import print_room
from sessions.queries.print_room import FOR_GUESTS, SHARED, Kind, Material
from sessions.rules import print_lines

JOB_KEY: Final = "print:{session}:{kind}"
PARTS: Final = (
    (
        gettext_noop("Triệu tập, chương trình"),
        (Kind.NOTICE, Kind.NOTICE_EACH, Kind.NOTICE_EACH_DOCX, Kind.AGENDA),
    ),
    (
        gettext_noop("Trong hội trường"),
        (Kind.ATTENDANCE, Kind.SEATING, Kind.PLATES, Kind.CARDS),
    ),
    (
        gettext_noop("Khách mời"),
        (
            Kind.INVITATIONS, Kind.INVITATIONS_DOCX, Kind.GUEST_PLATES, Kind.LABELS,
            Kind.ENVELOPES_DL, Kind.ENVELOPES_C5,
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PrintLine:
    """One paper on the page: the file of today's content, an older one, the work under way.

    `blocked` says why it cannot be made; `notes` say what a reader should know before printing.
    """

    kind: str
    title: str
    for_whom: str
    current: PrintedSheet | None
    outdated: PrintedSheet | None
    job: Job | None
    blocked: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrintPart:
    """A heading of the page and its papers."""

    title: str
    lines: tuple[PrintLine, ...]


def page(held: Session) -> list[PrintPart]:
    """Everything that can be printed for the session, with what is ready and what is missing."""
    known = print_room.material(held)
    made: dict[str, list[PrintedSheet]] = {}
    for row in held.printed_sheets.order_by("-made_at", "-pk"):
        made.setdefault(row.kind, []).append(row)
    keys = {JOB_KEY.format(session=held.pk, kind=kind): kind for kind in Kind}
    jobs = {keys[job.key]: job for job in Job.objects.filter(key__in=keys)}
    found = []
    for title, kinds in PARTS:
        lines = [_line(kind, known, made.get(kind, []), jobs.get(kind)) for kind in kinds]
        found.append(PrintPart(_(title), tuple(lines)))
    return found


def _line(kind: str, known: Material, made: list[PrintedSheet], job: Job | None) -> PrintLine:
    blocked, current = "", None
    if print_room.is_empty(kind, known):
        blocked = (
            _("Chưa có khách mời nào trong danh sách.")
            if kind in FOR_GUESTS
            else _("Chưa có đại biểu nào vào ngày khai mạc.")
        )
    else:
        content = print_room.digest(kind, print_room.sheet_of(kind, known))
        current = next((row for row in made if row.content_digest == content), None)
    return PrintLine(
        kind, str(Kind(kind).label), _for_whom(kind, known), current,
        made[0] if made and current is None else None, job, blocked, tuple(_notes(kind, known)),
    )  # fmt: skip


def _for_whom(kind: str, known: Material) -> str:
    if kind in SHARED:
        return ""
    if kind in FOR_GUESTS:
        return _("%(n)d khách mời") % {"n": len(known.guests)}
    return _("%(n)d đại biểu") % {"n": len(known.delegates)}


def _notes(kind: str, known: Material) -> list[str]:
    """What a reader should know before the paper is printed."""
    match kind:
        case Kind.NOTICE | Kind.NOTICE_EACH | Kind.NOTICE_EACH_DOCX:
            is_draft = known.held.convened_at is None
            found = [(is_draft, _("Kỳ họp chưa được triệu tập: bản in có chữ DỰ THẢO."))]
        case Kind.AGENDA:
            is_draft = known.held.approved_at is None
            found = [(is_draft, _("Chương trình chưa được duyệt: bản in có chữ DỰ THẢO."))]
        case Kind.INVITATIONS | Kind.INVITATIONS_DOCX:
            found = _of_invitations(known)
        case Kind.LABELS | Kind.ENVELOPES_DL | Kind.ENVELOPES_C5:
            bare = sum(not guest.address for guest in known.guests)
            found = [(bare > 0, _("%(n)d khách chưa có địa chỉ.") % {"n": bare})]
        case Kind.ATTENDANCE:
            alone = sum(one.group_id is None for one in known.delegates)
            sentence = _("%(n)d đại biểu chưa thuộc tổ nào, in ở trang cuối.") % {"n": alone}
            found = [(alone > 0, sentence)]
        case Kind.SEATING | Kind.CARDS:
            seats = [one.seat_number for one in known.delegates]
            counted = print_lines.numbers(seats) != seats
            sentence = _("Chưa đủ số ghế riêng cho mọi đại biểu: số được đánh theo vần tên.")
            found = [(counted, sentence)]
        case _:
            found = []
    return [sentence for holds, sentence in found if holds]


def _of_invitations(known: Material) -> list[tuple[bool, str]]:
    chosen = known.choices
    return [
        (
            bool(known.guests) and not chosen.invitation_number,
            _("Chưa ghi số giấy mời: bản in để trống chỗ ghi số."),
        ),
        (
            bool(known.guests) and chosen.invited_on is None,
            _("Chưa ghi ngày ký giấy mời: bản in để trống ngày, tháng, năm."),
        ),
    ]
