"""What the pages of a session's minutes and press summary show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, assert_never

from django.http import FileResponse, Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from council.services import access
from council.web.requests import StaffRequest
from resolutions.forms import session_texts as forms
from resolutions.models import SessionText, SessionTextFile, SessionTextState
from resolutions.queries import minutes_sheet
from resolutions.queries import session_texts as queries
from resolutions.queries.session_texts import Reading
from resolutions.rules import grown_text, minutes_words
from resolutions.rules import session_texts as rules
from resolutions.rules.figure_claims import Contradiction
from resolutions.rules.grown_text import Edit, Grown, Standing, fingerprint
from resolutions.rules.session_facts import Source
from sessions.models import Session, SessionState

OF_SESSION: Final = {
    "session": "sessions:session-detail",
    "agenda": "sessions:agenda-edit",
    "indicator": "sessions:indicator-list",
    "note": "sessions:note-list",
}
OF_ROW: Final = {
    "attendance": "sessions:attendance-roll",
    "paper": "sessions:paper-detail",
    "vote": "sessions:vote-detail",
    "poll": "elections:poll-result",
    "resolution": "resolutions:resolution-detail",
}
MEDIA_TYPES: Final = {
    SessionTextFile.Kind.PDF.value: "application/pdf",
    SessionTextFile.Kind.DOCX.value: (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ),
}
FROZEN: Final = (SessionTextState.SUBMITTED, SessionTextState.APPROVED, SessionTextState.SIGNED)


@dataclass(frozen=True, slots=True)
class Link:
    """Where a sentence was told from."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph on the page.

    Attributes:
        name: by which the page sends it back.
        words, shown: what stands in its field, and the fingerprint of what is saved.
        changes: from what the data say to what stands, in runs of words; empty where they agree.
        after: for a new paragraph, the one that it goes behind.
    """

    name: str
    words: str
    shown: str
    section: str = ""
    grown: Grown | None = None
    sources: tuple[Link, ...] = ()
    warnings: tuple[Contradiction, ...] = ()
    changes: tuple[tuple[str, str], ...] = ()
    error: str = ""
    after: str = ""

    @property
    def rows(self) -> int:
        """Lines of the field, so that nobody scrolls inside it."""
        lines = self.words.split("\n")
        return min(max(2, sum(1 + len(line) // 84 for line in lines)), 24)

    @property
    def is_heading(self) -> bool:
        """Whether it is the title of an item."""
        return self.grown is not None and self.grown.paragraph.style is grown_text.Style.HEADING

    @property
    def standing(self) -> str:
        """The paragraph's standing, for the tag beside it."""
        return self.grown.standing.value if self.grown else Standing.OWN.value


@dataclass(frozen=True, slots=True)
class Part:
    """A section with its rows; the summary is one section without a title."""

    title: str
    rows: list[Row]


def links(sources: Iterable[Source], held: Session) -> tuple[Link, ...]:
    """The pages behind a sentence, each once."""
    slug = held.term.council.slug
    found: dict[str, Link] = {}
    for source in sources:
        if source.kind in OF_SESSION:
            url = reverse(OF_SESSION[source.kind], args=[slug, held.pk])
        else:
            url = reverse(OF_ROW[source.kind], args=[slug, source.pk])
        found.setdefault(url, Link(source.label, url))
    return tuple(found.values())


def rows_of(reading: Reading, text: Sequence[Grown]) -> list[Row]:
    """The paragraphs with their sources, warnings and differences."""
    held, warnings = reading.text.council_session, reading.warnings()
    return [
        Row(
            name=one.paragraph.key,
            words=one.words,
            shown=fingerprint(one.words),
            section=one.paragraph.section,
            grown=one,
            sources=links(one.paragraph.sources, held),
            warnings=warnings.get(one.paragraph.key, ()),
            changes=changes_of(one),
        )
        for one in text
    ]


def changes_of(one: Grown) -> tuple[tuple[str, str], ...]:
    """From what the data say to the clerk's words, where they differ."""
    if not one.fresh or one.words == one.fresh or one.standing is Standing.REMOVED:
        return ()
    return tuple(grown_text.word_changes(one.fresh, one.words))


def edit_rows(
    reading: Reading,
    edits: Sequence[Edit] = (),
    wrong: Mapping[str, str] | None = None,
    *,
    settles: bool = False,
) -> list[Row]:
    """The rows with what was typed in them.

    Args:
        reading: the text as it is saved.
        edits: what the page sent back.
        wrong: sentences by the row's name.
        settles: after a conflict; the next save then writes over what stands now, on purpose.
    """
    typed, wrong = forms.by_key(edits), wrong or {}
    found: list[Row] = []
    new = [edit for edit in edits if not edit.key]
    for row in rows_of(reading, reading.grown):
        found.append(_typed(row, typed.get(row.name), wrong.get(row.name, ""), settles=settles))
        found.extend(_new_rows(new, row, wrong))
    return found


def _typed(row: Row, edit: Edit | None, error: str, *, settles: bool) -> Row:
    if edit is None or (fingerprint(edit.words) == edit.shown and not error):
        return row
    shown = row.shown if settles else edit.shown
    return Row(
        row.name, edit.words, shown, row.section, row.grown, row.sources, row.warnings,
        row.changes, error,
    )  # fmt: skip


def _new_rows(new: Sequence[Edit], row: Row, wrong: Mapping[str, str]) -> list[Row]:
    return [
        Row(f"{forms.NEW}{n}", edit.words, "", row.section, error=wrong.get(f"{forms.NEW}{n}", ""),
            after=row.name)
        for n, edit in enumerate(new)
        if edit.after == row.name
    ]  # fmt: skip


def parts_of(text: SessionText, rows: Sequence[Row]) -> list[Part]:
    """The rows by section."""
    if not text.is_minutes:
        return [Part("", list(rows))]
    return [
        Part(minutes_words.heading(section), [row for row in rows if row.section == section])
        for section in minutes_words.SECTIONS
    ]


# --- the page of one text -------------------------------------------------------------------------


def detail(request: StaffRequest, text: SessionText, **more: object) -> dict[str, Any]:
    """The reading page: the words, their differences from the books, what to do next."""
    reading = queries.read(text)
    approvals = queries.approvals_of(text)
    rows = rows_of(reading, reading.shown)
    sheet = minutes_sheet.sheet_of(text, reading) if text.is_minutes else None
    sheet_digest = minutes_sheet.digest(sheet) if sheet else ""
    return {
        "council": request.council,
        "nav_section": "sessions",
        "council_session": text.council_session,
        "text": text,
        "tab": text.kind,
        "said": said_next(request, text, reading),
        "parts": parts_of(text, [row for row in rows if row.words]),
        "behind": [row for row in rows if row.grown and row.grown.needs_a_look],
        "day": sheet.dated if sheet else None,
        "warnings": [row for row in rows if row.warnings],
        "approvals": approvals,
        "voided": next((one for one in approvals[:1] if one.voided_at), None),
        "moved": moved(reading) if text.state in FROZEN and not reading.stands else [],
        "is_own": request.user.pk in queries.authors_of(text),
        "may_edit": access.may(request.roles, "session_text.edit"),
        "may_approve": access.may(request.roles, "session_text.approve"),
        "may_sign": access.may(request.roles, "session_text.sign"),
        "is_session_closed": text.council_session.state == SessionState.CLOSED,
        "approve_form": forms.TextApproveForm(initial={"digest": text.digest}),
        "send_back_form": forms.TextSendBackForm(),
        "sign_form": forms.MinutesSignatureForm(
            initial={
                "signed_on": timezone.localdate(),
                "presiding": rules.name_to_sign(text.presiding),
                "secretary": rules.name_to_sign(text.secretaries),
            }
        ),
        "files": queries.files_of(text, sheet_digest) if text.is_minutes else {},
        "job": queries.render_job(text, sheet_digest) if text.is_minutes else None,
        **more,
    }


def moved(reading: Reading) -> list[dict[str, Any]]:
    """What the books changed since the text was submitted, paragraph by paragraph."""
    before = {one.key: one.base for one in reading.saved if not one.is_own}
    now = {one.key: one.words for one in reading.fresh}
    removed = {one.key for one in reading.saved if not one.words}
    return [
        {"changes": grown_text.word_changes(before.get(key, ""), now.get(key, ""))}
        for key in dict.fromkeys([*before, *now])
        if key not in removed and before.get(key, "") != now.get(key, "")
    ]


def said_next(request: StaffRequest, text: SessionText, reading: Reading) -> str:
    """The one sentence that says what is to be done now, and by whom."""
    state = SessionTextState(text.state)
    match state:
        case SessionTextState.DRAFT:
            return _of_draft(text, reading)
        case SessionTextState.SUBMITTED:
            if request.user.pk in queries.authors_of(text):
                return _("Đã trình. Bạn là người soạn, nên người khác phải duyệt.")
            return _("%(who)s đã trình. Đọc rồi duyệt hoặc trả lại.") % {"who": text.submitted_by}
        case SessionTextState.APPROVED:
            if text.is_minutes:
                return _("Đã duyệt. In, đưa thư ký và chủ tọa ký, rồi ghi việc ký ở đây.")
            return _("Đã duyệt. Bản tin đang hiện trên trang công khai của kỳ họp.")
        case SessionTextState.SIGNED:
            return _("Biên bản đã ký. Đại biểu đọc được; không sửa được nữa.")
        case _:
            assert_never(state)


def _of_draft(text: SessionText, reading: Reading) -> str:
    if any(one.needs_a_look for one in reading.grown):
        return _("Số liệu đã đổi ở những đoạn bạn từng sửa. Chọn từng đoạn bên dưới rồi trình.")
    if text.is_minutes and not _is_closed(text):
        return _(
            "Biên bản tự ghi tiếp theo diễn biến kỳ họp. Bổ sung thảo luận, kết luận; trình "
            "duyệt sau khi bế mạc."
        )
    return _("Đọc lại, sửa những chỗ cần sửa, rồi trình để người thứ hai duyệt.")


def _is_closed(text: SessionText) -> bool:
    return text.council_session.state == SessionState.CLOSED


def address(session_pk: int, kind: str, slug: str) -> str:
    """The page of a session's text."""
    return reverse(f"resolutions:session-{kind}", args=[slug, session_pk])


def for_delegates(request: StaffRequest, text: SessionText) -> dict[str, Any]:
    """Signed minutes as delegates read them: the words, nothing of how they came about."""
    reading = queries.read(text)
    rows = [
        Row(one.paragraph.key, one.words, "", one.paragraph.section, one)
        for one in reading.shown
        if one.words
    ]
    return {
        "council": request.council,
        "council_session": text.council_session,
        "text": text,
        "day": minutes_sheet.day_of(text),
        "parts": parts_of(text, rows),
    }


def file_response(text: SessionText, kind: str) -> FileResponse:
    """The file made from the words that stand now; 404 where there is none yet."""
    digest = minutes_sheet.digest(minutes_sheet.sheet_of(text)) if text.is_minutes else ""
    made = text.files.filter(kind=kind, digest=digest).first() if digest else None
    if made is None:
        raise Http404
    try:
        content = made.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    held = text.council_session
    name = f"bien-ban-ky-hop-{held.number}-{held.term.label}.{kind}"
    response = FileResponse(content, content_type=MEDIA_TYPES[made.kind])
    is_word = made.kind == SessionTextFile.Kind.DOCX
    shown = content_disposition_header(as_attachment=is_word, filename=name)
    response["Content-Disposition"] = shown or "inline"
    response["X-Content-Type-Options"] = "nosniff"
    return response
