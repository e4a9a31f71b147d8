"""States of a resolution, the verbs between them, and what signing demands.

The council adopts (open vote), then a second person approves the final paper, number and date on
it, then the chair signs. Approval, signature and publication are of the same bytes, which is why
none of them can come before the vote.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from council.rules.refusals import Refusal, gettext_noop


class ResolutionState(StrEnum):
    """draft → submitted → approved → signed → publishing → published → withdrawn."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    SIGNED = "signed"
    PUBLISHING = "publishing"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class ResolutionVerb(StrEnum):
    """What is done to a resolution."""

    EDIT = "edit"
    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    ADOPT = "adopt"
    REVOTE = "revote"
    SIGN = "sign"
    PUBLISH = "publish"
    FINISH = "finish"
    WITHDRAW = "withdraw"


VERBS: Final[Mapping[ResolutionState, Mapping[ResolutionVerb, ResolutionState]]] = {
    ResolutionState.DRAFT: {
        ResolutionVerb.EDIT: ResolutionState.DRAFT,
        ResolutionVerb.SUBMIT: ResolutionState.SUBMITTED,
        ResolutionVerb.ADOPT: ResolutionState.DRAFT,
        ResolutionVerb.REVOTE: ResolutionState.DRAFT,
    },
    ResolutionState.SUBMITTED: {
        ResolutionVerb.RETURN: ResolutionState.DRAFT,
        ResolutionVerb.APPROVE: ResolutionState.APPROVED,
        ResolutionVerb.ADOPT: ResolutionState.SUBMITTED,
    },
    ResolutionState.APPROVED: {
        ResolutionVerb.RETURN: ResolutionState.DRAFT,
        ResolutionVerb.SIGN: ResolutionState.SIGNED,
    },
    ResolutionState.SIGNED: {
        ResolutionVerb.PUBLISH: ResolutionState.PUBLISHING,
        ResolutionVerb.FINISH: ResolutionState.PUBLISHED,
    },
    ResolutionState.PUBLISHING: {
        ResolutionVerb.PUBLISH: ResolutionState.PUBLISHING,
        ResolutionVerb.FINISH: ResolutionState.PUBLISHED,
    },
    ResolutionState.PUBLISHED: {
        ResolutionVerb.FINISH: ResolutionState.PUBLISHED,
        ResolutionVerb.WITHDRAW: ResolutionState.WITHDRAWN,
    },
    ResolutionState.WITHDRAWN: {},
}
"""Publishing and finishing again lead to where they led: workers die and tasks come twice."""

_NOW: Final = {
    ResolutionState.DRAFT: gettext_noop(
        "Nghị quyết đang được soạn. Việc tiếp theo là trình duyệt."
    ),
    ResolutionState.SUBMITTED: gettext_noop(
        "Nghị quyết đang chờ duyệt. Hãy đợi người duyệt, hoặc nhờ trả lại để sửa."
    ),
    ResolutionState.APPROVED: gettext_noop(
        "Nghị quyết đã được duyệt. Muốn sửa thì trả lại bản soạn, rồi trình duyệt lại."
    ),
    ResolutionState.SIGNED: gettext_noop("Nghị quyết đã ký, nội dung không thay đổi được nữa."),
    ResolutionState.PUBLISHING: gettext_noop(
        "Nghị quyết đã ký và đang được ban hành, nội dung không thay đổi được nữa."
    ),
    ResolutionState.PUBLISHED: gettext_noop(
        "Nghị quyết đã ban hành. Có sai sót thì ban hành văn bản đính chính bên cạnh."
    ),
    ResolutionState.WITHDRAWN: gettext_noop("Nghị quyết đã được thu hồi."),
}


def next_state(
    state: ResolutionState | str, verb: ResolutionVerb | str, *, is_adopted: bool = False
) -> ResolutionState:
    """Where ``verb`` leads.

    An adopted text is the council's: it is neither edited nor adopted a second time. Where it
    must change before it is signed, it is returned to draft and its vote set aside (``revote``);
    then it is edited, and the council votes again.

    Raises:
        Refusal: ``resolution.not_now``; ``resolution.adopted`` for an edit after the vote;
            ``resolution.adopted_already``; ``resolution.not_adopted`` for an approval before it;
            ``resolution.not_adopted_yet``.
    """
    now, wanted = ResolutionState(state), ResolutionVerb(verb)
    reached = VERBS[now].get(wanted)
    if reached is None:
        raise Refusal("resolution.not_now", _NOW[now])
    _check_adoption(wanted, is_adopted=is_adopted)
    return reached


def _check_adoption(verb: ResolutionVerb, *, is_adopted: bool) -> None:
    if is_adopted and verb is ResolutionVerb.EDIT:
        raise Refusal(
            "resolution.adopted",
            gettext_noop(
                "Hội đồng đã thông qua nội dung này. Muốn sửa, hãy bỏ kết quả biểu quyết cũ "
                "và để Hội đồng biểu quyết lại."
            ),
        )
    if is_adopted and verb is ResolutionVerb.ADOPT:
        raise Refusal(
            "resolution.adopted_already", gettext_noop("Nghị quyết đã được Hội đồng thông qua.")
        )
    if not is_adopted and verb is ResolutionVerb.APPROVE:
        raise Refusal(
            "resolution.not_adopted",
            gettext_noop(
                "Hội đồng chưa thông qua nghị quyết này. Ghi kết quả biểu quyết trước; bản trình "
                "ký có số và ngày rồi mới duyệt."
            ),
        )
    if not is_adopted and verb is ResolutionVerb.REVOTE:
        raise Refusal(
            "resolution.not_adopted_yet",
            gettext_noop("Nghị quyết chưa được biểu quyết nên không có kết quả để bỏ."),
        )


def four_eyes(author: int, approver: int) -> None:
    """Whoever wrote or submitted a text does not approve it, whatever roles he or she holds.

    Args:
        author: account of who submitted it.
        approver: account of who approves.

    Raises:
        Refusal: ``resolution.own_draft``.
    """
    if author == approver:
        raise Refusal(
            "resolution.own_draft",
            gettext_noop(
                "Người soạn, trình không được tự duyệt. Hãy nhờ một người khác có quyền duyệt."
            ),
        )


@dataclass(frozen=True, slots=True)
class SigningCase:
    """What is known of a resolution when the chair is about to sign it.

    Attributes:
        state: of the resolution.
        text_digest: `resolutions.rules.layout.digest` of the text as it stands now.
        approved_digest: of the text that the second person approved; None without approval.
        author: account of who submitted it.
        approver: account of who approved it; None without approval.
        is_adopted: the council carried it by open vote.
        adopted_digest: of the text that the council voted on; None where it was not kept.
    """

    state: ResolutionState
    text_digest: str
    approved_digest: str | None
    author: int
    approver: int | None
    is_adopted: bool
    adopted_digest: str | None = None


def may_sign(case: SigningCase) -> tuple[Refusal, ...]:
    """Everything that still stands between a resolution and the chair's signature; empty if none.

    Codes: ``resolution.not_now``, ``resolution.not_approved``, ``resolution.own_draft``,
    ``resolution.changed_since_approval``, ``resolution.not_adopted``,
    ``resolution.changed_since_adoption``.
    """
    state = ResolutionState(case.state)
    if ResolutionVerb.SIGN not in VERBS[state] and state not in (
        ResolutionState.DRAFT, ResolutionState.SUBMITTED
    ):  # fmt: skip
        return (Refusal("resolution.not_now", _NOW[state]),)
    return (*_approval_problems(case), *_adoption_problems(case))


def check_may_sign(case: SigningCase) -> None:
    """Refuse to sign.

    Raises:
        Refusal: the first that `may_sign` finds.
    """
    problems = may_sign(case)
    if problems:
        raise problems[0]


def _approval_problems(case: SigningCase) -> tuple[Refusal, ...]:
    is_approved = case.state == ResolutionState.APPROVED
    if not is_approved or case.approved_digest is None or case.approver is None:
        return (
            Refusal(
                "resolution.not_approved",
                gettext_noop("Nghị quyết chưa có người thứ hai duyệt. Hãy trình duyệt trước."),
            ),
        )
    try:
        four_eyes(case.author, case.approver)
    except Refusal as refusal:
        return (refusal,)
    if case.approved_digest != case.text_digest:
        return (
            Refusal(
                "resolution.changed_since_approval",
                gettext_noop("Nội dung đã thay đổi sau khi duyệt. Hãy trình duyệt lại."),
            ),
        )
    return ()


def _adoption_problems(case: SigningCase) -> tuple[Refusal, ...]:
    if not case.is_adopted:
        return (
            Refusal(
                "resolution.not_adopted",
                gettext_noop(
                    "Nghị quyết chưa được Hội đồng biểu quyết thông qua. "
                    "Hãy ghi kết quả biểu quyết trước."
                ),
            ),
        )
    if case.adopted_digest is not None and case.adopted_digest != case.text_digest:
        return (
            Refusal(
                "resolution.changed_since_adoption",
                gettext_noop(
                    "Nội dung khác với bản Hội đồng đã thông qua. "
                    "Hãy khôi phục bản đã thông qua trước khi ký."
                ),
            ),
        )
    return ()
