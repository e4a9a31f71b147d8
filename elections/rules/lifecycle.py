"""States of a poll and the verbs that each allows.

draft → list_approved → open → counting → agreed → published. The chair may stop a poll on the way;
once its result is confirmed only a decision of the council, or of the authority above it, annuls
it: what was published stays, the decision stands beside it.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from council.rules.refusals import Refusal, gettext_noop


class PollState(StrEnum):
    """The same words as `elections.models.PollState`."""

    DRAFT = "draft"
    LIST_APPROVED = "list_approved"
    OPEN = "open"
    COUNTING = "counting"
    AGREED = "agreed"
    PUBLISHED = "published"
    ANNULLED = "annulled"

    @property
    def words(self) -> str:
        """The state in a Vietnamese sentence."""
        return _WORDS[self]


_WORDS: Final = {
    PollState.DRAFT: "đang lập danh sách",
    PollState.LIST_APPROVED: "đã chốt danh sách",
    PollState.OPEN: "đang bỏ phiếu",
    PollState.COUNTING: "đang kiểm phiếu",
    PollState.AGREED: "đã thống nhất kết quả",
    PollState.PUBLISHED: "đã công bố",
    PollState.ANNULLED: "đã bị hủy",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A verb: from which states, into which; ``to`` is None where the state stays."""

    sources: frozenset[PollState]
    to: PollState | None


def _step(*sources: PollState, to: PollState | None = None) -> Step:
    return Step(frozenset(sources), to)


VERBS: Final = {
    "edit_entries": _step(PollState.DRAFT),
    "approve_list": _step(PollState.DRAFT, to=PollState.LIST_APPROVED),
    "return_list": _step(PollState.LIST_APPROVED, to=PollState.DRAFT),
    "withdraw_entry": _step(PollState.DRAFT, PollState.LIST_APPROVED),
    "assign_committee": _step(PollState.DRAFT, PollState.LIST_APPROVED),
    # While counting, too: a run that nobody wrote down shows when the papers are accounted for.
    "print_ballots": _step(PollState.LIST_APPROVED, PollState.OPEN, PollState.COUNTING),
    "open": _step(PollState.LIST_APPROVED, to=PollState.OPEN),
    "close": _step(PollState.OPEN, to=PollState.COUNTING),
    "enter_count": _step(PollState.COUNTING),
    "submit_count": _step(PollState.COUNTING),
    "resolve_difference": _step(PollState.COUNTING),
    "agree": _step(PollState.COUNTING, to=PollState.AGREED),
    "print_minutes": _step(PollState.AGREED, PollState.PUBLISHED),
    "draft_resolution": _step(PollState.AGREED, PollState.PUBLISHED),
    "second_round": _step(PollState.AGREED, PollState.PUBLISHED),
    "publish": _step(PollState.AGREED, to=PollState.PUBLISHED),
    "stop": _step(
        PollState.LIST_APPROVED, PollState.OPEN, PollState.COUNTING, to=PollState.ANNULLED
    ),
    "annul": _step(PollState.AGREED, PollState.PUBLISHED, to=PollState.ANNULLED),
}


def is_allowed(verb: str, state: PollState | str) -> bool:
    """Whether the verb may be used in the state.

    Raises:
        KeyError: no such verb.
    """
    return PollState(state) in VERBS[verb].sources


def allowed_verbs(state: PollState | str) -> tuple[str, ...]:
    """All verbs of the state, in the order of a poll's life."""
    return tuple(verb for verb in VERBS if is_allowed(verb, state))


def check(verb: str, state: PollState | str) -> PollState:
    """The state after the verb.

    Raises:
        Refusal: ``poll.wrong_state``; nothing else may follow from here.
    """
    now = PollState(state)
    if not is_allowed(verb, now):
        raise Refusal(
            "poll.wrong_state",
            gettext_noop(
                "Cuộc bỏ phiếu %(state)s nên không làm được việc này. Tải lại trang để xem bước "
                "tiếp theo."
            ),
            params={"state": now.words},
        )
    return VERBS[verb].to or now
