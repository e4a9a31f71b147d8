"""Quorum: how many delegates must be in the hall for the council to sit and decide."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from council.rules.law import RULEBOOK, Level, Mark
from council.rules.majorities import Base, Threshold
from council.rules.refusals import Refusal, gettext_noop

SUBJECT: Final = "session.quorum"
REGULATION: Final = "quy chế của Hội đồng nhân dân"


@dataclass(frozen=True, slots=True)
class Quorum:
    """Delegates present against those needed, with the rule's source to be shown beside it.

    Attributes:
        present: delegates in the hall, ≥ 0.
        total: all delegates of the council that day, ≥ 0.
        needed: the smallest number present with which the council may sit.
        met: whether that number is reached; never with a total of 0.
        source: the article, or the council's own regulation.
    """

    present: int
    total: int
    needed: int
    met: bool
    source: str

    @property
    def missing(self) -> int:
        """How many delegates are still to come; 0 once the quorum is there."""
        return max(self.needed - self.present, 0)


@dataclass(frozen=True, slots=True)
class QuorumRule:
    """The share of all delegates, its source and mark, and whether it is a setting."""

    threshold: Threshold
    source: str
    mark: Mark
    is_setting: bool


def rule_on(
    day: date, level: Level | str, *, share: Fraction | None = None, source: str = ""
) -> QuorumRule:
    """The quorum's rule on a day: the council's own share where it set one, else the default.

    Args:
        day: of the sitting.
        level: of the council.
        share: the council's own, e.g. Fraction(2, 3); reaching it is enough.
        source: where the council's regulation says so.

    Raises:
        Refusal: ``law.no_rule``; ``quorum.share_out_of_range``.

    Source: the council's working regulation; two thirds is the customary default [memory].
    """
    provision = RULEBOOK.provision_on(SUBJECT, day, level)
    if share is None:
        return QuorumRule(
            threshold=provision.needed_threshold,
            source=provision.article or REGULATION,
            mark=provision.mark,
            is_setting=provision.setting,
        )
    if not 0 < share <= 1:
        raise Refusal(
            "quorum.share_out_of_range",
            gettext_noop("Tỷ lệ đại biểu có mặt phải lớn hơn 0 và không quá 1, ví dụ 2/3."),
            field="value",
        )
    own = Threshold(share=share, base=Base.TOTAL, strict=False)
    mark = Mark.TEXT if source else provision.mark
    return QuorumRule(own, source or REGULATION, mark, is_setting=True)


def quorum(present: int, total: int, threshold: Threshold, *, source: str = "") -> Quorum:
    """Present against needed, in integers.

    Raises:
        Refusal: ``quorum.more_present_than_delegates``.
    """
    if present > total:
        raise Refusal(
            "quorum.more_present_than_delegates",
            gettext_noop(
                "Có mặt %(present)d lớn hơn tổng số %(total)d đại biểu. Hãy kiểm tra lại điểm danh."
            ),
            params={"present": present, "total": total},
        )
    needed = threshold.votes_needed(total)
    return Quorum(present, total, needed, threshold.met(present, total), source)


def check_quorum(counted: Quorum) -> None:
    """Refuse to open or to vote without a quorum.

    Raises:
        Refusal: ``quorum.not_met``.
    """
    if counted.met:
        return
    raise Refusal(
        "quorum.not_met",
        gettext_noop(
            "Chưa đủ số đại biểu để họp: có mặt %(present)d trên %(total)d, cần ít nhất "
            "%(needed)d. Hãy đợi thêm %(missing)d đại biểu rồi làm lại."
        ),
        params={
            "present": counted.present,
            "total": counted.total,
            "needed": counted.needed,
            "missing": counted.missing,
        },
        cites=counted.source,
    )
