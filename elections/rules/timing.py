"""When in a term the confidence vote is taken: a reminder, never a refusal.

Source: NQ 96/2023 Art. 9 (number from memory): at the regular session at the end of the third
year. In 2023 many provinces took it at a thematic session, hence only a reminder.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from council.rules import periods
from council.rules.law import RULEBOOK, Level, Provision
from council.rules.refusals import gettext_noop

YEAR_END: Final = "year_end"


@dataclass(frozen=True, slots=True)
class Timing:
    """Whether the day fits the rule; the sentence (msgid) and the rule say why not."""

    fits: bool
    sentence: str
    params: dict[str, object]
    provision: Provision


def confidence_vote(
    *, on: date, term_starts: date, session_kind: str, level: Level | str
) -> Timing | None:
    """How the day of a confidence vote stands to the third year; None where no rule names one."""
    rule = RULEBOOK.find("confidence.when", on, level)
    if rule is None or on < term_starts:
        return None
    year = periods.year_of_term(term_starts, on)
    said: dict[str, object] = {"year": year, "wanted": rule.needed_number}
    if year != rule.needed_number:
        sentence = gettext_noop(
            "Ngày bỏ phiếu thuộc năm thứ %(year)d của nhiệm kỳ; lấy phiếu tín nhiệm vào kỳ họp "
            "thường lệ cuối năm thứ %(wanted)d."
        )
        return Timing(fits=False, sentence=sentence, params=said, provision=rule)
    if session_kind != YEAR_END:
        sentence = gettext_noop(
            "Đây không phải kỳ họp thường lệ cuối năm; lấy phiếu tín nhiệm vào kỳ họp thường lệ "
            "cuối năm thứ %(wanted)d của nhiệm kỳ."
        )
        return Timing(fits=False, sentence=sentence, params=said, provision=rule)
    sentence = gettext_noop("Kỳ họp thường lệ cuối năm thứ %(year)d của nhiệm kỳ.")
    return Timing(fits=True, sentence=sentence, params=said, provision=rule)
