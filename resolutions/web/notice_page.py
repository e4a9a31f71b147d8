"""What the pages of a notice show: the form with its rows of slips, and the letter."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, assert_never

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from council.rules.refusals import Refusal
from council.services import access
from council.web.refusals import sentence_of, shown_on
from council.web.requests import StaffRequest
from resolutions.forms.notices import (
    NoticeForm,
    NoticeSendBackForm,
    NoticeSignForm,
    SlipForm,
)
from resolutions.models import Notice, Resolution
from resolutions.queries import notices as queries
from resolutions.queries import relations, texts
from resolutions.queries.relations import PieceChoice
from resolutions.rules import consolidation
from resolutions.rules.notices import LINES_MAX, NoticeState
from resolutions.services.notices import Typed
from resolutions.typesetting import notice as typesetting

ROWS_AT_FIRST: Final = 2
MORE: Final = "more"
HEAD: Final = ("symbol", "dated", "reason", "signatory_post", "signatory_name")
SLIP: Final = ("target_key", "old_words", "new_words")
ROWS: Final = re.compile("[0-9]{1,3}")
OFFICE: Final = "TM. THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN"


@dataclass
class Pad:
    """The form of one notice: its head and its rows of slips (none for a withdrawal)."""

    form: NoticeForm
    slips: list[SlipForm] = field(default_factory=list)

    def is_valid(self) -> bool:
        """Every field of head and rows is of its form."""
        return all([self.form.is_valid(), *(one.is_valid() for one in self.slips)])

    def typed(self) -> Typed:
        """What was typed; empty rows are left out."""
        lines = [one.correction() for one in self.slips if not one.is_empty]
        return Typed(lines=lines, **self.form.values())

    def kept(self, verb: Callable[[Typed], Notice]) -> Notice | None:
        """Do the verb; a refusal is told beside its field, in its row where it is about one."""
        with shown_on(self.form):
            try:
                return verb(self.typed())
            except Refusal as refusal:
                if not self._told_in_row(refusal):
                    raise
        return None

    def _told_in_row(self, refusal: Refusal) -> bool:
        _lines, _dot, rest = refusal.field.partition("lines.")
        place, _dot, name = rest.partition(".")
        filled = [one for one in self.slips if not one.is_empty]
        if not place.isdigit() or int(place) >= len(filled):
            return False
        filled[int(place)].add_error(name, sentence_of(refusal))
        return True


def blank(target: Resolution, *, is_withdrawal: bool) -> Pad:
    """An empty form: today, and who signs for the standing committee today."""
    today = timezone.localdate()
    post, name = texts.signatory_on(target.council, today)
    initial = {
        "dated": today, "signatory_post": f"{OFFICE} / {post}".strip(" /"), "signatory_name": name
    }  # fmt: skip
    form = NoticeForm(initial=initial, is_withdrawal=is_withdrawal)
    return Pad(form, [] if is_withdrawal else _rows(target, [{}] * ROWS_AT_FIRST))


def filled(notice: Notice) -> Pad:
    """The form with what stands in the notice."""
    is_withdrawal = notice.kind == Notice.Kind.WITHDRAWAL
    initial: dict[str, Any] = {name: getattr(notice, name) for name in HEAD}
    initial |= {"hides_text": notice.hides_text, "version": notice.version}
    form = NoticeForm(initial=initial, is_withdrawal=is_withdrawal)
    if is_withdrawal:
        return Pad(form)
    lines = [{name: getattr(line, name) for name in SLIP} for line in notice.lines.all()]
    return Pad(form, _rows(notice.target, [*lines, {}]))


def typed(data: QueryDict, target: Resolution, *, is_withdrawal: bool) -> Pad:
    """The form as it came back."""
    form = NoticeForm(data, is_withdrawal=is_withdrawal)
    if is_withdrawal:
        return Pad(form)
    pieces = _pieces(target)
    return Pad(
        form,
        [SlipForm(data, prefix=f"slip-{place}", pieces=pieces) for place in range(_count(data))],
    )


def with_another_row(data: QueryDict, target: Resolution) -> Pad:
    """What was typed so far, not looked at yet, with one row more."""
    initial = {name: data.get(name, "") for name in (*HEAD, "version")}
    rows = [
        {name: data.get(f"slip-{place}-{name}", "") for name in SLIP}
        for place in range(_count(data))
    ]
    form = NoticeForm(initial=initial, is_withdrawal=False)
    return Pad(form, _rows(target, [*rows, {}]))


def _count(data: QueryDict) -> int:
    """How many rows the page had."""
    said = data.get("rows", "")
    return min(int(said), LINES_MAX) if ROWS.fullmatch(said) else ROWS_AT_FIRST


def _pieces(target: Resolution) -> list[PieceChoice]:
    return relations.pieces_to_name(consolidation.numbered(texts.body_of(target)))


def _rows(target: Resolution, rows: list[dict[str, Any]]) -> list[SlipForm]:
    pieces = _pieces(target)
    return [
        SlipForm(initial=row, prefix=f"slip-{place}", pieces=pieces)
        for place, row in enumerate(rows[:LINES_MAX])
    ]


def detail(request: StaffRequest, notice: Notice, **given: object) -> dict[str, Any]:
    """The page of one notice: the letter, what it changes, and what the reader may do now."""
    is_submitted = notice.state == NoticeState.SUBMITTED
    authors = queries.authors_of(notice)
    job = queries.render_job(notice) if is_submitted and not notice.file else None
    effects, problem = _effects(notice)
    may_edit = access.may(request.roles, "notice.edit")
    may_sign = access.may(request.roles, "notice.sign") and is_submitted
    return {
        "council": request.council, "nav_section": "resolutions", "notice": notice,
        "paper": typesetting.content(queries.sheet_of(notice)), "job": job,
        "said": said_next(request, notice, authors), "effects": effects, "problem": problem,
        "may_edit": may_edit and notice.state != NoticeState.PUBLISHED,
        "may_submit": may_edit and notice.state == NoticeState.DRAFT,
        "may_sign": may_sign and bool(notice.file) and request.user.pk not in authors,
        "may_send_back": may_sign, "send_back_form": NoticeSendBackForm(),
        "sign_form": NoticeSignForm(initial={"sha256": notice.sha256}), **given,
    }  # fmt: skip


def _effects(notice: Notice) -> tuple[object, str]:
    """What an unpublished correction would change, or why it cannot be carried out any more."""
    if notice.kind != Notice.Kind.CORRECTION or notice.state == NoticeState.PUBLISHED:
        return (), ""
    try:
        return queries.checked(notice, queries.corrections_in(notice.lines.all())), ""
    except Refusal as refusal:
        return (), sentence_of(refusal)


def said_next(request: StaffRequest, notice: Notice, authors: frozenset[int]) -> str:
    """The one sentence that says what is to be done now, and by whom."""
    state = NoticeState(notice.state)
    match state:
        case NoticeState.DRAFT:
            return _("Đọc lại bản dưới đây rồi trình ký.")
        case NoticeState.SUBMITTED:
            return _of_submitted(request, notice, authors)
        case NoticeState.PUBLISHED:
            return _("Đã ký và ban hành. Trang công khai của nghị quyết đã ghi việc này.")
        case _:
            assert_never(state)


def _of_submitted(request: StaffRequest, notice: Notice, authors: frozenset[int]) -> str:
    if not access.may(request.roles, "notice.sign"):
        return _("Đang chờ Chủ tịch, Phó Chủ tịch Hội đồng nhân dân ký.")
    if request.user.pk in authors:
        return _("Bạn đã soạn, sửa hoặc trình văn bản này nên người khác phải ký.")
    if not notice.file:
        return _("Bản PDF đang được dàn trang; đọc bản đó xong mới ký được.")
    return _("Đọc bản PDF, rồi ký hoặc trả lại. Ký xong, hệ thống công bố ngay.")
