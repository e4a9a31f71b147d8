"""Kinds of secret polls, and the options each offers, in the order of the ballot paper.

Source: NQ 96/2023 Art. 10, 11, 16 for the levels of confidence; HD 883/HD-UBTVQH14 for elections;
Law 77/2015 Art. 91(1) for the three answers of a resolution, kept in practice.
"""

from enum import StrEnum
from typing import Final

from council.rules.refusals import gettext_noop


class PollKind(StrEnum):
    """Instruments decided by secret ballot.

    REMOVAL is the removal of a delegate (bãi nhiệm đại biểu), with its own majority; the removal
    from an office is a resolution like a dismissal and has no majority of its own.
    """

    CONFIDENCE = "confidence"
    NO_CONFIDENCE = "no_confidence"
    ELECTION = "election"
    DISMISSAL = "dismissal"
    REMOVAL = "removal"

    @property
    def words(self) -> str:
        """The kind in a Vietnamese sentence."""
        return _WORDS[self]


_WORDS: Final = {
    PollKind.CONFIDENCE: gettext_noop("lấy phiếu tín nhiệm"),
    PollKind.NO_CONFIDENCE: gettext_noop("bỏ phiếu tín nhiệm"),
    PollKind.ELECTION: gettext_noop("bầu"),
    PollKind.DISMISSAL: gettext_noop("miễn nhiệm"),
    PollKind.REMOVAL: gettext_noop("bãi nhiệm đại biểu"),
}


class Act(StrEnum):
    """What a poll of kind DISMISSAL puts to the vote; all three by the majority of a resolution."""

    DISMISSAL = "dismissal"
    REMOVAL = "removal"
    """Removal from an office (bãi nhiệm chức vụ); a delegate's removal is a kind of its own."""
    RESIGNATION = "resignation"

    @property
    def words(self) -> str:
        """The act in a Vietnamese sentence."""
        return _ACT_WORDS[self]


_ACT_WORDS: Final = {
    Act.DISMISSAL: gettext_noop("miễn nhiệm"),
    Act.REMOVAL: gettext_noop("bãi nhiệm chức vụ"),
    Act.RESIGNATION: gettext_noop("cho thôi giữ chức vụ"),
}

_ANSWERS: Final = {
    "for": gettext_noop("Tán thành"),
    "against": gettext_noop("Không tán thành"),
    "abstain": gettext_noop("Không biểu quyết"),
}

_LABELS: Final[dict[PollKind, dict[str, str]]] = {
    PollKind.CONFIDENCE: {
        "high": gettext_noop("Tín nhiệm cao"),
        "confidence": gettext_noop("Tín nhiệm"),
        "low": gettext_noop("Tín nhiệm thấp"),
    },
    PollKind.NO_CONFIDENCE: {
        "confidence": gettext_noop("Tín nhiệm"),
        "no_confidence": gettext_noop("Không tín nhiệm"),
    },
    PollKind.ELECTION: {
        "for": gettext_noop("Đồng ý"),
        "against": gettext_noop("Không đồng ý"),
    },
    PollKind.DISMISSAL: _ANSWERS,
    PollKind.REMOVAL: _ANSWERS,
}


def options_of(kind: PollKind | str) -> tuple[str, ...]:
    """The options of a kind, as data and as they stand on the paper from left to right."""
    return tuple(_LABELS[PollKind(kind)])


def label_of(kind: PollKind | str, option: str) -> str:
    """The option's Vietnamese label (a msgid).

    Raises:
        KeyError: the kind has no such option.
    """
    return _LABELS[PollKind(kind)][option]


def labels_of(kind: PollKind | str) -> tuple[tuple[str, str], ...]:
    """Option and label, in the order of the paper."""
    return tuple(_LABELS[PollKind(kind)].items())
