"""A change of the rulebook before two administrators decide on it: is it sound, what gives way?

The shape of a rule stays: a majority is followed by a majority of a base that the product can
count, a deadline by a deadline. Another shape needs another version of the product.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from council.rules import figures, periods
from council.rules.law import Change, Ending, Level, Mark, Provision, Rulebook
from council.rules.majorities import Base
from council.rules.refusals import Refusal, gettext_noop

DAYS_MAX: Final = 365
NUMBER_MAX: Final = 500


@dataclass(frozen=True, slots=True)
class GivesWay:
    """A row that a change ends, at some levels.

    Attributes:
        rule: the row as it stands before.
        levels: where it gives way.
        last_day: its last day then; ``None``: it is replaced from its first day on.
    """

    rule: Provision
    levels: frozenset[Level]
    last_day: date | None


def check(book: Rulebook, row: Provision, *, like: Provision) -> None:
    """Refuse a new version that is not sound.

    Args:
        book: the rulebook as it stands.
        row: the version proposed.
        like: the rule of which it is a version; it has the subject and the shape.

    Raises:
        Refusal: ``rule.shape``, ``rule.base_unsupported``, ``rule.out_of_range``,
            ``rule.no_levels``, ``rule.no_source``, ``rule.no_article``, ``rule.uncertain``,
            ``rule.nothing_changes``, ``date.implausible``, ``period.end_before_start``.
    """
    periods.check_plausible(row.effective_from, field="effective_from")
    if row.effective_to is not None:
        periods.check_plausible(row.effective_to, field="effective_to")
        periods.Interval(row.effective_from, row.effective_to)
    _check_words(row)
    _check_shape(row, like)
    _check_values(book, row)
    if replace(row, id=like.id) == like:
        raise Refusal(
            "rule.nothing_changes",
            gettext_noop("Bản đề xuất giống hệt quy định đang có. Hãy sửa điều cần đổi rồi gửi."),
        )


def check_ending(book: Rulebook, ending: Ending) -> None:
    """Refuse an ending that changes nothing.

    Raises:
        Refusal: ``rule.unknown``, ``rule.ends_before_it_begins``, ``rule.already_ended``,
            ``date.implausible``.
    """
    periods.check_plausible(ending.last_day, field="effective_to")
    try:
        rule = book.by_id(ending.rule_id)
    except KeyError as error:
        raise Refusal("rule.unknown", gettext_noop("Sổ quy định không có quy định này.")) from error
    if ending.last_day < rule.effective_from:
        raise Refusal(
            "rule.ends_before_it_begins",
            gettext_noop("Quy định áp dụng từ %(day)s, nên không thể hết áp dụng trước ngày đó."),
            params={"day": figures.date_short(rule.effective_from)},
            field="effective_to",
        )
    if not gives_way(book, ending):
        raise Refusal(
            "rule.already_ended",
            gettext_noop(
                "Quy định này đã hết áp dụng vào ngày đó hoặc sớm hơn, nên không có gì thay đổi."
            ),
            field="effective_to",
        )


def gives_way(book: Rulebook, change: Change) -> tuple[GivesWay, ...]:
    """The rows that end by a change, in the order of the book."""
    after = book.changed_by(change)
    return tuple(found for row in book for found in _lost(row, after))


def _lost(row: Provision, after: Rulebook) -> Iterator[GivesWay]:
    """What a row loses: the levels at which it ends sooner than before."""
    left = {
        level: part.effective_to
        for part in after
        if part.id == row.id
        for level in part.levels & row.levels
    }
    by_end: dict[date | None, set[Level]] = {}
    for level in row.levels:
        if level not in left:
            by_end.setdefault(None, set()).add(level)
        elif left[level] != row.effective_to:
            by_end.setdefault(left[level], set()).add(level)
    for last_day, levels in by_end.items():
        yield GivesWay(row, frozenset(levels), last_day)


def first_day(change: Change) -> date:
    """The first day whose law a change makes different."""
    if isinstance(change, Ending):
        return change.last_day + timedelta(days=1)
    return change.effective_from


def _check_words(row: Provision) -> None:
    """What is said, where it stands, and how sure we are of it belong together."""
    if not row.source:
        raise Refusal(
            "rule.no_source",
            gettext_noop("Ghi nguồn: nơi đã đọc nguyên văn, để người khác kiểm tra được."),
            field="source",
        )
    if not row.article and not row.setting and row.mark is Mark.TEXT:
        raise Refusal(
            "rule.no_article",
            gettext_noop("Đã đọc nguyên văn thì phải ghi điều, khoản và tên văn bản."),
            field="article",
        )
    if row.mark is Mark.UNCERTAIN and not row.setting:
        raise Refusal(
            "rule.uncertain",
            gettext_noop(
                "Điều chưa rõ không thể là quy định cứng: chỉ có thể là giá trị mặc định cho quy "
                "chế của hội đồng."
            ),
            field="mark",
        )
    if not row.levels:
        raise Refusal(
            "rule.no_levels",
            gettext_noop("Chọn ít nhất một cấp mà quy định áp dụng."),
            field="levels",
        )


def _check_shape(row: Provision, like: Provision) -> None:
    for ours, theirs, field in (
        (row.threshold, like.threshold, "share"),
        (row.base, like.base, "base"),
        (row.days, like.days, "days"),
        (row.number, like.number, "number"),
    ):
        if (ours is None) != (theirs is None):
            raise Refusal(
                "rule.shape",
                gettext_noop(
                    "Bản mới phải cùng dạng với quy định cũ (đa số, mẫu số, số ngày hoặc số "
                    "lượng); dạng khác cần một phiên bản mới của phần mềm."
                ),
                field=field,
            )


def _check_values(book: Rulebook, row: Provision) -> None:
    base = _base_of(row)
    known = bases_of(book, row.subject)
    if base is not None and base not in known:
        raise Refusal(
            "rule.base_unsupported",
            gettext_noop(
                "Phần mềm chưa tính được việc này trên %(base)s. Mẫu số tính được: %(known)s."
            ),
            params={"base": base.words, "known": ", ".join(sorted(one.words for one in known))},
            field="base",
        )
    share = row.threshold.share if row.threshold else None
    days_wrong = row.days is not None and not 0 <= row.days <= DAYS_MAX
    number_wrong = row.number is not None and not 0 < row.number <= NUMBER_MAX
    if (share is not None and not 0 < share < 1) or days_wrong or number_wrong:
        field = "days" if days_wrong else "number" if number_wrong else "share"
        raise Refusal(
            "rule.out_of_range",
            gettext_noop(
                "Giá trị không hợp lý: tỷ lệ phải lớn hơn 0 và nhỏ hơn 1, số ngày không quá "
                "%(days)d, số lượng không quá %(number)d."
            ),
            params={"days": DAYS_MAX, "number": NUMBER_MAX},
            field=field,
        )


def _base_of(row: Provision) -> Base | None:
    return row.threshold.base if row.threshold else row.base


def bases_of(book: Rulebook, subject: str) -> frozenset[Base]:
    """The bases that the product can count for a subject: those of its rows so far."""
    return frozenset(
        base for row in book if row.subject == subject and (base := _base_of(row)) is not None
    )


def value_phrase(row: Provision) -> str:
    """The rule's value in Vietnamese: "quá nửa tổng số đại biểu", "20", empty for words only."""
    if row.threshold is not None:
        return row.threshold.phrase
    if row.base is not None:
        return row.base.words
    value = row.days if row.days is not None else row.number
    return "" if value is None else figures.integer_vi(value)
