"""Minutes and press summary of a session: who may do what when, and what an approval binds.

Source: practice, no article (four eyes as for resolutions, product.md section 5); Law 77/2015/QH13
Art. 86 for the signatures of chair and secretary.
"""

import hashlib
import re
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Final

from council.rules import chain
from council.rules.figures import date_short
from council.rules.refusals import Refusal, gettext_noop
from resolutions.rules.grown_text import Grown, Paragraph

SYMBOL: Final = re.compile(r"[1-9][0-9]{0,3}/BB-HĐND|0[1-9]/BB-HĐND")


class TextKind(StrEnum):
    """What the text is; the words of the model."""

    MINUTES = "minutes"
    PRESS = "press"


class TextState(StrEnum):
    """draft → submitted → approved, and minutes → signed."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    SIGNED = "signed"


class TextVerb(StrEnum):
    """What can be done with the text."""

    EDIT = "edit"
    SUBMIT = "submit"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    SIGN = "sign"


_COURSE: Final = {
    (TextState.DRAFT, TextVerb.EDIT): TextState.DRAFT,
    (TextState.SUBMITTED, TextVerb.EDIT): TextState.DRAFT,
    (TextState.APPROVED, TextVerb.EDIT): TextState.DRAFT,
    (TextState.DRAFT, TextVerb.SUBMIT): TextState.SUBMITTED,
    (TextState.SUBMITTED, TextVerb.APPROVE): TextState.APPROVED,
    (TextState.SUBMITTED, TextVerb.SEND_BACK): TextState.DRAFT,
    (TextState.APPROVED, TextVerb.SEND_BACK): TextState.DRAFT,
    (TextState.APPROVED, TextVerb.SIGN): TextState.SIGNED,
}
_NOT_NOW: Final = {
    TextVerb.EDIT: gettext_noop("Biên bản đã ký thì không sửa được nữa."),
    TextVerb.SUBMIT: gettext_noop("Văn bản đã trình rồi. Tải lại trang để xem ai đang giữ."),
    TextVerb.APPROVE: gettext_noop("Văn bản không ở bước chờ duyệt. Tải lại trang để xem lại."),
    TextVerb.SEND_BACK: gettext_noop("Văn bản không ở bước trả lại được. Tải lại trang."),
    TextVerb.SIGN: gettext_noop("Biên bản phải được người thứ hai duyệt rồi mới ghi việc ký."),
}


def next_state(kind: TextKind | str, state: TextState | str, verb: TextVerb) -> TextState:
    """Where the verb leads from here.

    Raises:
        Refusal: ``session_text.not_now``, ``session_text.press_is_not_signed``.
    """
    if verb is TextVerb.SIGN and TextKind(kind) is TextKind.PRESS:
        raise Refusal(
            "session_text.press_is_not_signed",
            gettext_noop("Bản tin không phải ký: duyệt xong là hiện trên trang công khai."),
        )
    reached = _COURSE.get((TextState(state), verb))
    if reached is None:
        raise Refusal("session_text.not_now", _NOT_NOW[verb])
    return reached


def digest(text: Sequence[Paragraph], *, number: str, presiding: str, secretaries: str) -> str:
    """SHA-256 of everything that will be printed or shown: what an approval is given to."""
    words = [[one.section, one.style.value, one.words] for one in text if one.words]
    head = {"number": number, "presiding": presiding, "secretaries": secretaries}
    return hashlib.sha256(chain.canonical({**head, "text": words}).encode()).hexdigest()


def check_four_eyes(*, approver: int, authors: frozenset[int]) -> None:
    """Who submitted the text or saved it last does not approve it.

    Raises:
        Refusal: ``session_text.own_text``.
    """
    if approver in authors:
        raise Refusal(
            "session_text.own_text",
            gettext_noop("Bạn đã soạn hoặc trình văn bản này, nên phải nhờ một người khác duyệt."),
        )


def check_settled(grown: Sequence[Grown]) -> None:
    """No paragraph may wait for somebody to look at what the data say now.

    Raises:
        Refusal: ``session_text.differences_open``.
    """
    waiting = sum(one.needs_a_look for one in grown)
    if waiting:
        raise Refusal(
            "session_text.differences_open",
            gettext_noop(
                "Còn %(count)d đoạn mà số liệu đã đổi sau khi bạn sửa. Mỗi đoạn hãy chọn lấy theo "
                "số liệu hoặc giữ lời của bạn, rồi trình."
            ),
            params={"count": waiting},
        )


def check_minutes_complete(
    *, is_closed: bool, number: str, presiding: str, secretaries: str, hidden_polls: int
) -> None:
    """What minutes need before a second person reads them.

    Raises:
        Refusal: ``minutes.session_open``, ``minutes.poll_not_published``, ``minutes.number``,
            ``minutes.no_presiding``, ``minutes.no_secretary``.
    """
    if not is_closed:
        raise Refusal(
            "minutes.session_open",
            gettext_noop("Kỳ họp chưa bế mạc. Biên bản soạn dần được, nhưng bế mạc rồi mới trình."),
        )
    if hidden_polls:
        raise Refusal(
            "minutes.poll_not_published",
            gettext_noop(
                "Còn %(count)d cuộc bỏ phiếu chưa công bố kết quả. Đại biểu đọc được biên bản đã "
                "ký, nên công bố hoặc hủy các cuộc đó trước."
            ),
            params={"count": hidden_polls},
        )
    if not SYMBOL.fullmatch(number):
        raise Refusal(
            "minutes.number",
            gettext_noop("Ghi số và ký hiệu của biên bản theo mẫu 05/BB-HĐND."),
            field="number",
        )
    for field, said, code, sentence in (
        ("presiding", presiding, "minutes.no_presiding", _NO_PRESIDING),
        ("secretaries", secretaries, "minutes.no_secretary", _NO_SECRETARY),
    ):
        if not said.strip():
            raise Refusal(code, sentence, field=field)


_NO_PRESIDING: Final = gettext_noop("Ghi chủ tọa kỳ họp, mỗi người một dòng.")
_NO_SECRETARY: Final = gettext_noop("Ghi thư ký kỳ họp, mỗi người một dòng.")


def check_signed_on(day: date, *, approved_on: date, today: date) -> None:
    """Minutes are signed after they were approved, and not in the future.

    Raises:
        Refusal: ``minutes.signed_before_approval``, ``minutes.signed_in_future``.
    """
    if day < approved_on:
        raise Refusal(
            "minutes.signed_before_approval",
            gettext_noop("Biên bản được duyệt ngày %(day)s; ngày ký không thể trước ngày đó."),
            params={"day": date_short(approved_on)},
            field="signed_on",
        )
    if day > today:
        raise Refusal(
            "minutes.signed_in_future",
            gettext_noop("Ngày ký chưa đến. Ghi việc ký sau khi đã ký."),
            field="signed_on",
        )


def first_line(lines: str) -> tuple[str, str]:
    """Name and post of the first person of such a list: ``bà Lê Thị Mẫu, Chủ tịch …``."""
    first = next((line.strip() for line in lines.splitlines() if line.strip()), "")
    name, _comma, post = first.partition(",")
    return name.strip(), post.strip()


def name_to_sign(lines: str) -> str:
    """The name below a signature: without ``ông`` or ``bà``, as Decree 30/2020/NĐ-CP wants it."""
    name, _post = first_line(lines)
    head, _space, rest = name.partition(" ")
    return rest if head.lower() in {"ông", "bà"} and rest else name
