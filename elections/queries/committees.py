"""The smallest ballot committee that may count, and who says so."""

from council.models import SettingKey
from council.queries import setting_on
from council.rules.refusals import Refusal
from elections.rules import committee as rules
from sessions.models import Session


def minimum_size(council_session: Session) -> tuple[int, str] | None:
    """The least number of members and its source; None where neither law nor setting has one."""
    council, day = council_session.term.council, council_session.opens_on
    value, source = setting_on(council, SettingKey.BALLOT_COMMITTEE_SIZE, day)
    if value:
        return int(value), source
    try:
        rule = rules.minimum_size(level=council.level, on=day)
    except Refusal:
        return None
    return rule.needed_number, rule.article
