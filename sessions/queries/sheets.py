"""What stands on the printed convening notice and the printed agenda of a session.

Source: Decree 30/2020/NĐ-CP, Appendix I (layout); the wording is practice, no article.
"""

from datetime import date, time

from django.utils import timezone

from council.models import Council, Tenure
from council.models.offices import OfficeKind
from council.rules import figures, text
from sessions.models import AgendaItem, DocumentKind, Session, Sitting
from sessions.queries import agenda, calendar
from sessions.typesetting.agenda import AgendaLine, AgendaPart, AgendaSheet
from sessions.typesetting.notice import NoticeSheet

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
CHAIR_POSTS = ("TM. THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN", "CHỦ TỊCH")


def session_title(held: Session) -> str:
    """The session in full: Kỳ họp thứ 13 Hội đồng nhân dân quận Hà Đông khóa XXI."""
    return f"{held} {held.term.council} khóa {text.roman(held.term.number)}"


def chair_on(council: Council, day: date) -> str:
    """The name of the council's chair on the day; empty where there is none, or only an acting."""
    tenure = (
        Tenure.objects.on(day)
        .filter(
            office__council=council, office__kind=OfficeKind.COUNCIL_CHAIR,
            basis=Tenure.Basis.ELECTED,
        )
        .select_related("person")
        .first()
    )  # fmt: skip
    return tenure.person.full_name if tenure else ""


def notice_sheet(held: Session) -> NoticeSheet:
    """The convening notice; a draft until the session is convened."""
    council = held.term.council
    day = timezone.localdate(held.convened_at) if held.convened_at else None
    sittings = calendar.sittings_of_session(held)
    return NoticeSheet(
        issuer_lines=["THƯỜNG TRỰC", "HỘI ĐỒNG NHÂN DÂN", council.unit.upper()],
        symbol_number=held.notice_number or "…/GM-HĐND",
        place=council.seat,
        dated=day,
        kind="GIẤY TRIỆU TẬP",
        abstract=f"Dự {_lowered(session_title(held))}",
        addressees=[f"Các vị đại biểu {council}"],
        opening=f"Thường trực {council} triệu tập đại biểu dự {_lowered(str(held))}:",
        facts=[
            ("Thời gian", "; ".join(_when(sitting) for sitting in sittings) or _days(held)),
            ("Địa điểm", held.place),
            ("Loại kỳ họp", str(held.get_kind_display())),
        ],
        paragraphs=[
            "Chương trình và tài liệu được gửi đến đại biểu trên hệ thống của kỳ họp.",
            "Đại biểu không dự được kỳ họp hoặc vắng mặt trong phiên họp xin báo cáo lý do.",
        ],
        recipients=["Như trên", "Lưu: VT"],
        signatory_posts=CHAIR_POSTS,
        signatory_name=chair_on(council, day or timezone.localdate()),
        is_draft=day is None,
        illustrative_note=held.illustrative_note or council.notice,
    )


def agenda_sheet(held: Session) -> AgendaSheet:
    """The agenda, sitting by sitting; what the council has not adopted says "Dự kiến"."""
    council = held.term.council
    items = list(agenda.for_staff(held))
    rows = agenda.in_tree_order(items)
    sittings = list(held.sittings.order_by("held_on", "ordinal"))
    adopted = held.agenda_adopted_at
    adopted_on = figures.date_short(timezone.localdate(adopted)) if adopted else ""
    return AgendaSheet(
        issuer_lines=["HỘI ĐỒNG NHÂN DÂN", council.unit.upper()],
        symbol_number="",
        place=council.seat,
        dated=timezone.localdate(held.approved_at) if held.approved_at else None,
        title=session_title(held),
        standing=f"Hội đồng thông qua ngày {adopted_on}" if adopted_on else "Dự kiến",
        introduction=[f"Thời gian: {_days(held)}.", f"Địa điểm: {held.place}."],
        parts=_parts(rows, sittings),
        is_draft=held.approved_at is None,
        illustrative_note=held.illustrative_note or council.notice,
    )


def _parts(rows: list[agenda.Row], sittings: list[Sitting]) -> list[AgendaPart]:
    places = agenda.whereabouts(rows, sittings)
    starts = agenda.planned_starts(rows, sittings)
    by_sitting: dict[int | None, list[AgendaLine]] = {}
    for row in rows:
        where = places.get(row.item.pk)
        by_sitting.setdefault(where, []).append(_line(row, starts.get(row.item.pk)))
    parts = [
        AgendaPart(_heading(sitting), by_sitting[sitting.pk])
        for sitting in sittings
        if sitting.pk in by_sitting
    ]
    if None in by_sitting:
        parts.append(AgendaPart("Nội dung của kỳ họp", by_sitting[None]))
    return parts


def _line(row: agenda.Row, starts: time | None) -> AgendaLine:
    item = row.item
    return AgendaLine(
        number=row.label,
        depth=row.depth,
        title=item.title,
        time=f"{starts:%H:%M}" if starts else "",
        presenter=item.presenter,
        papers=[paper_name(document.kind, document.number) for document in item.documents.all()],
        is_dropped=item.state == AgendaItem.State.DROPPED,
    )


def paper_name(kind: str, number: str) -> str:
    """A paper in few words: Báo cáo 394/BC-UBND."""
    return f"{DocumentKind(kind).label} {number}".strip()


def _heading(sitting: Sitting) -> str:
    weekday = WEEKDAYS[sitting.held_on.weekday()]
    part = str(sitting.get_part_display()).capitalize()
    return f"{part}, {weekday}, {figures.date_in_document(sitting.held_on)}"


def _when(sitting: Sitting) -> str:
    weekday = WEEKDAYS[sitting.held_on.weekday()]
    day = figures.date_in_document(sitting.held_on)
    return f"{figures.time_vi(sitting.starts_at)}, {weekday}, {day}"


def _days(held: Session) -> str:
    first, last = (figures.date_in_document(day) for day in (held.opens_on, held.closes_on))
    return first if held.opens_on == held.closes_on else f"từ {first} đến {last}"


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
