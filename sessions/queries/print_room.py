"""What stands on each paper that a session prints, as plain data for `sessions.typesetting`."""

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, time
from typing import Any, Final

from django.utils.timezone import make_aware
from django.utils.translation import override

from council import queries as council_queries
from council.models import Mandate
from council.rules import chain, figures, text
from sessions.models import Guest, PrintChoices, PrintedSheet, Session
from sessions.queries import sheets
from sessions.rules import print_lines
from sessions.rules.print_lines import Addressee
from sessions.typesetting.attendance_sheet import AttendanceGroup, AttendanceSheet
from sessions.typesetting.covers import Covers
from sessions.typesetting.name_plates import NamePlates, Plate
from sessions.typesetting.notice import Letters, NoticeSheet
from sessions.typesetting.seating_list import SeatingList
from sessions.typesetting.voting_cards import Card, VotingCards

Kind = PrintedSheet.Kind
FOR_GUESTS: Final = frozenset(
    {
        Kind.INVITATIONS, Kind.INVITATIONS_DOCX, Kind.GUEST_PLATES, Kind.LABELS,
        Kind.ENVELOPES_DL, Kind.ENVELOPES_C5,
    }
)  # fmt: skip
SHARED: Final = frozenset({Kind.NOTICE, Kind.AGENDA})
"""Papers that name nobody, and so need no list of people."""


@dataclass(frozen=True)
class Material:
    """Everything that the papers of one session are made from, read once."""

    held: Session
    delegates: list[Mandate]
    posts: dict[int, str]
    guests: list[Guest]
    choices: PrintChoices
    notice: NoticeSheet

    def post_of(self, mandate: Mandate) -> str:
        """The council's office of a delegate that day, else the occupation on record."""
        return self.posts.get(mandate.person_id) or mandate.person.occupation


def material(held: Session) -> Material:
    """Delegates of the opening day by given name, their posts, guests in order, the choices."""
    council, day = held.term.council, held.opens_on
    with override("vi"):
        letter = sheets.notice_sheet(held)
    posts: dict[int, str] = {}
    for tenure in council_queries.tenures_on(council, day):
        posts.setdefault(tenure.person_id, tenure.office.title)
    return Material(
        held,
        list(council_queries.delegates_on(held.term, day)),
        posts,
        list(held.guests.order_by("position", "pk")),
        choices_of(held),
        letter,
    )


def choices_of(held: Session) -> PrintChoices:
    """The clerk's choices; an unsaved row with the usual ones where none were made."""
    return PrintChoices.objects.filter(council_session=held).first() or PrintChoices(
        council_session=held
    )


def fixed_moment(held: Session) -> datetime:
    """The only moment that a printed file knows: two printings of the same are the same bytes."""
    return make_aware(datetime.combine(held.opens_on, time.min))


def sheet_of(kind: str, known: Material) -> Any:
    """The paper as plain data, always in Vietnamese."""
    with override("vi"):
        return _MAKERS[Kind(kind)](known)


def digest(kind: str, sheet: Any) -> str:
    """SHA-256 of what stands on the paper: the same data never make a second file."""
    return hashlib.sha256(f"{kind}\n{chain.canonical(asdict(sheet))}".encode()).hexdigest()


def is_empty(kind: str, known: Material) -> bool:
    """Whether there is nobody to print the paper for."""
    if kind in SHARED:
        return False
    return not (known.guests if kind in FOR_GUESTS else known.delegates)


# --- the papers -----------------------------------------------------------------------------------


def _notice_each(known: Material) -> Letters:
    letter = replace(known.notice, addressees=[])
    return Letters(
        letter,
        [
            [
                Addressee(
                    str(delegate.person.get_honorific_display()), delegate.person.full_name,
                    known.post_of(delegate),
                ).in_letter
            ]
            for delegate in known.delegates
        ],
    )  # fmt: skip


def _invitations(known: Material) -> Letters:
    held, choices = known.held, known.choices
    council = held.term.council
    like = known.notice
    contact = [f"Thông tin liên hệ: {choices.contact}."] if choices.contact else []
    letter = replace(
        like,
        symbol_number=choices.invitation_number or "…/GM-HĐND",
        dated=choices.invited_on,
        kind="GIẤY MỜI",
        addressees=[],
        salutation="Kính mời:",
        opening=f"Thường trực {council} trân trọng kính mời quý vị đến dự "
        f"{str(held).lower()} với thời gian, địa điểm sau:",
        facts=like.facts[:2],
        paragraphs=[*contact, "Rất mong quý vị sắp xếp thời gian đến dự để kỳ họp thành công."],
        is_draft=False,
    )
    return Letters(letter, [[_addressee(guest).in_letter] for guest in known.guests])


def _addressee(guest: Guest) -> Addressee:
    honorific = str(guest.get_honorific_display()) if guest.honorific else ""
    return Addressee(honorific, guest.full_name, guest.post, guest.organisation, guest.address)


def _attendance(known: Material) -> AttendanceSheet:
    held = known.held
    groups: dict[tuple[int, str], list[tuple[str, str]]] = {}
    for delegate in known.delegates:
        group = delegate.group
        key = (group.number, group.name) if group else (999, "Đại biểu chưa thuộc tổ nào")
        row = (delegate.person.full_name, known.post_of(delegate))
        groups.setdefault(key, []).append(row)
    sittings = [
        f"{str(sitting.get_part_display()).capitalize()} {sitting.held_on:%d/%m}"
        for sitting in held.sittings.order_by("held_on", "ordinal")
    ]
    return AttendanceSheet(
        issuer_lines=_issuer(held),
        title="Danh sách đại biểu ký tên",
        session_line=_session_line(held),
        sittings=sittings or ["Ký tên"],
        groups=[AttendanceGroup(name, rows) for (_n, name), rows in sorted(groups.items())],
        illustrative_note=_note(held),
    )


def _numbered(known: Material) -> list[tuple[int, Mandate]]:
    numbers = print_lines.numbers([delegate.seat_number for delegate in known.delegates])
    return sorted(zip(numbers, known.delegates, strict=True), key=lambda pair: pair[0])


def _seating(known: Material) -> SeatingList:
    return SeatingList(
        issuer_lines=_issuer(known.held),
        title="Danh sách chỗ ngồi",
        session_line=_session_line(known.held),
        rows=[
            (number, one.person.full_name, known.post_of(one), one.group.name if one.group else "")
            for number, one in _numbered(known)
        ],
        illustrative_note=_note(known.held),
    )


def _plates(known: Material) -> NamePlates:
    people = [Plate(one.person.full_name, known.post_of(one)) for one in known.delegates]
    return NamePlates(f"Biển tên đại biểu, {known.held}", _council_line(known.held), people)


def _guest_plates(known: Material) -> NamePlates:
    people = [
        Plate(guest.full_name, ", ".join(filter(None, (guest.post, guest.organisation))))
        if guest.full_name
        else Plate(guest.organisation, guest.post)
        for guest in known.guests
    ]
    return NamePlates(f"Biển tên khách mời, {known.held}", _council_line(known.held), people)


def _cards(known: Material) -> VotingCards:
    term = known.held.term
    return VotingCards(
        title=f"Thẻ biểu quyết, {known.held}",
        council=_council_line(known.held),
        term=f"Khóa {text.roman(term.number)}, nhiệm kỳ {term.label.replace('-', ' - ')}",
        a_sheet=known.choices.cards_a_sheet,
        cards=[
            Card(number, one.person.full_name, one.group.name if one.group else "")
            for number, one in _numbered(known)
        ],
    )


def _covers(known: Material) -> Covers:
    sender = [_council_line(known.held), known.choices.sender_address]
    return Covers(
        f"Địa chỉ khách mời, {known.held}",
        [line for line in sender if line],
        [_addressee(guest).on_cover for guest in known.guests],
    )


def _council_line(held: Session) -> str:
    return str(held.term.council).upper()


def _issuer(held: Session) -> list[str]:
    return ["HỘI ĐỒNG NHÂN DÂN", held.term.council.unit.upper()]


def _session_line(held: Session) -> str:
    return f"{held}, {figures.date_in_document(held.opens_on)}"


def _note(held: Session) -> str:
    return held.illustrative_note or held.term.council.notice


_MAKERS: Final[dict[PrintedSheet.Kind, Callable[[Material], Any]]] = {
    Kind.NOTICE: lambda known: known.notice,
    Kind.NOTICE_EACH: _notice_each,
    Kind.NOTICE_EACH_DOCX: _notice_each,
    Kind.AGENDA: lambda known: sheets.agenda_sheet(known.held),
    Kind.ATTENDANCE: _attendance,
    Kind.SEATING: _seating,
    Kind.PLATES: _plates,
    Kind.CARDS: _cards,
    Kind.INVITATIONS: _invitations,
    Kind.INVITATIONS_DOCX: _invitations,
    Kind.GUEST_PLATES: _guest_plates,
    Kind.LABELS: _covers,
    Kind.ENVELOPES_DL: _covers,
    Kind.ENVELOPES_C5: _covers,
}
