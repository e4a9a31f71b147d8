"""Notices on a published resolution (đính chính, thu hồi): their course and what they may say.

A correction names a piece, the words as printed and the words as they have to read; it is checked
by carrying it out on the published text with the corrections before it.

Source: practice, no article; four eyes as for resolutions (product.md section 5).
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from council.rules.figures import date_short
from council.rules.refusals import Refusal, gettext_noop
from resolutions.rules import blocks, consolidation
from resolutions.rules import labels as numbering
from resolutions.rules.document import Body
from resolutions.rules.relations import Action, RelationKind

LINES_MAX: Final = 40
SYMBOL: Final = re.compile(r"(?:0[1-9]|[1-9][0-9]{0,4})/[A-ZĐ]{1,12}(?:-[A-ZĐ]{1,12}){0,4}")


class NoticeKind(StrEnum):
    """đính chính, thu hồi."""

    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"


class NoticeState(StrEnum):
    """draft → submitted → published."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    PUBLISHED = "published"


class NoticeVerb(StrEnum):
    """What can be done with a notice."""

    EDIT = "edit"
    DISCARD = "discard"
    SUBMIT = "submit"
    SEND_BACK = "send_back"
    SIGN = "sign"


_S, _V = NoticeState, NoticeVerb
_COURSE: Final = {
    (_S.DRAFT, _V.EDIT): _S.DRAFT,
    (_S.SUBMITTED, _V.EDIT): _S.DRAFT,
    (_S.DRAFT, _V.DISCARD): _S.DRAFT,
    (_S.DRAFT, _V.SUBMIT): _S.SUBMITTED,
    (_S.SUBMITTED, _V.SEND_BACK): _S.DRAFT,
    (_S.SUBMITTED, _V.SIGN): _S.PUBLISHED,
}
_NOT_NOW: Final = {
    _V.EDIT: gettext_noop("Văn bản đã ban hành thì không sửa được nữa."),
    _V.DISCARD: gettext_noop("Chỉ bỏ được bản đang soạn."),
    _V.SUBMIT: gettext_noop("Văn bản đã trình ký rồi. Tải lại trang để xem."),
    _V.SEND_BACK: gettext_noop("Chỉ trả lại được văn bản đang chờ ký."),
    _V.SIGN: gettext_noop("Văn bản không ở trạng thái chờ ký. Tải lại trang để xem."),
}


def next_state(state: str, verb: NoticeVerb) -> NoticeState:
    """Where the verb leads.

    Raises:
        Refusal: ``notice.not_now``.
    """
    reached = _COURSE.get((NoticeState(state), verb))
    if reached is None:
        raise Refusal("notice.not_now", _NOT_NOW[verb])
    return reached


def check_symbol(symbol: str) -> None:
    """Refuse what is no number and symbol of a letter: ``15/HĐND-VP``, ``02/TB-HĐND``.

    Raises:
        Refusal: ``notice.symbol_form``.

    Source: Decree 30/2020/NĐ-CP, Appendix I (number below 10 with a leading 0, "/" and "-").
    """
    if not SYMBOL.fullmatch(symbol):
        raise Refusal(
            "notice.symbol_form",
            gettext_noop("Ghi số, ký hiệu như 15/HĐND-VP hoặc 02/TB-HĐND."),
            field="symbol",
        )


def check_dated(dated: date, *, adopted_on: date | None, today: date | None) -> None:
    """A notice is not older than what it speaks of, and not signed before its own day.

    Args:
        dated: day of the notice.
        adopted_on: day of the resolution.
        today: the day of signing; None while it is drafted.

    Raises:
        Refusal: ``notice.too_early``, ``notice.in_future``.
    """
    if adopted_on is not None and dated < adopted_on:
        raise Refusal(
            "notice.too_early",
            gettext_noop("Nghị quyết ngày %(day)s; văn bản này không thể có trước đó."),
            params={"day": date_short(adopted_on)},
            field="dated",
        )
    if today is not None and dated > today:
        raise Refusal(
            "notice.in_future",
            gettext_noop("Văn bản ghi ngày %(day)s, chưa đến ngày đó nên chưa ký được."),
            params={"day": date_short(dated)},
            field="dated",
        )


def check_four_eyes(*, signer: int, authors: Collection[int]) -> None:
    """Refuse a signer who drafted, edited or submitted the notice.

    Args:
        signer: key of the account that signs.
        authors: keys of the accounts that wrote.

    Raises:
        Refusal: ``notice.own_text``.
    """
    if signer in authors:
        raise Refusal(
            "notice.own_text",
            gettext_noop("Bạn đã soạn, sửa hoặc trình văn bản này nên người khác phải ký."),
        )


@dataclass(frozen=True, slots=True)
class Correction:
    """One slip: where ("" is the whole text), the words as printed, as they have to read."""

    target_key: str
    old_words: str
    new_words: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """A passage that a correction changes: which, how it reads now, how it will read."""

    words: str
    before: str
    after: str


def check_corrections(
    body: Body, earlier: Sequence[Action], lines: Sequence[Correction]
) -> tuple[Corrected, ...]:
    """Carry the corrections out, one after the other; refuse the first that cannot be.

    Args:
        body: the published text.
        earlier: what was done to it; only the corrections count.
        lines: as typed, in order.

    Returns: what changes, in the order of the lines.

    Raises:
        Refusal: ``notice.no_lines``, ``notice.too_many_lines``, ``notice.words_missing``,
            ``notice.words_same``, ``notice.no_such_piece``, ``notice.words_not_found``; the field
            is ``lines.N.NAME``, N from 0.
    """
    if not lines:
        raise Refusal(
            "notice.no_lines", gettext_noop("Ghi ít nhất một chỗ cần đính chính."), field="lines"
        )
    if len(lines) > LINES_MAX:
        raise Refusal(
            "notice.too_many_lines",
            gettext_noop("Một văn bản đính chính ghi nhiều nhất %(most)d chỗ."),
            params={"most": LINES_MAX},
            field="lines",
        )
    done = [one for one in earlier if one.kind is RelationKind.CORRECTS]
    text = _carried_out(body, done).body
    found: list[Corrected] = []
    for place, line in enumerate(lines):
        _check_typed(line, place)
        after = _carried_out(text, [_action(line)])
        if after.problems:
            raise _misfit(after.problems[0].code, line, place)
        found += _changed(text, after)
        text = after.body
    return tuple(found)


def _carried_out(body: Body, actions: Sequence[Action]) -> consolidation.Consolidated:
    return consolidation.consolidated(body, actions, day=date.max, effective_on=None)


def _action(line: Correction) -> Action:
    return Action(
        RelationKind.CORRECTS, "", 0, date.min, target_key=line.target_key,
        old_words=line.old_words, new_words=line.new_words,
    )  # fmt: skip


def _changed(before: Body, after: consolidation.Consolidated) -> list[Corrected]:
    old = {block.key: block.words for block in blocks.blocks_of(before)}
    labels = numbering.labels_of(after.body)
    return [
        Corrected(
            labels[block.key].words if block.key in labels else "", old.get(block.key, ""),
            block.words,
        )
        for block in blocks.blocks_of(after.body)
        if block.key and block.words != old.get(block.key)
    ]  # fmt: skip


def _check_typed(line: Correction, place: int) -> None:
    if not line.old_words:
        raise Refusal(
            "notice.words_missing",
            gettext_noop("Ghi đúng cụm từ đã in sai."),
            field=f"lines.{place}.old_words",
        )
    if line.old_words == line.new_words:
        raise Refusal(
            "notice.words_same",
            gettext_noop("Cụm từ đúng giống cụm từ đã in."),
            field=f"lines.{place}.new_words",
        )


def _misfit(code: str, line: Correction, place: int) -> Refusal:
    if code == "gone":
        return Refusal(
            "notice.no_such_piece",
            gettext_noop("Nghị quyết không có điều, khoản này. Chọn lại."),
            field=f"lines.{place}.target_key",
        )
    return Refusal(
        "notice.words_not_found",
        gettext_noop(
            "Không thấy “%(words)s” ở chỗ đã chọn. Chép đúng từng chữ, kể cả chữ hoa và dấu."
        ),
        params={"words": line.old_words[:80]},
        field=f"lines.{place}.old_words",
    )
