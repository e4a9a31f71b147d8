"""The council's own regulation: dated values that never overlap, and the defaults behind them."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from council import queries
from council.models import AuditEntry, CouncilSetting, MandateSuspension, SettingKey
from council.rules import regulation as rules
from council.rules.law import RULEBOOK, Mark
from council.rules.majorities import Base, Threshold
from council.rules.refusals import Refusal
from council.services import regulation

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


def regulate(cast, key, value, day=MAY, *, who="admin", **changes):
    return regulation.set_regulation(
        cast.council, key=key, value=value, effective_from=day, source="Điều 9 Quy chế",
        by=cast.user[who], **changes,
    )  # fmt: skip


def code_of(verb, *args, **kwargs):
    with pytest.raises(Refusal) as refusal:
        verb(*args, **kwargs)
    return refusal.value.code


def test_every_setting_has_its_line_and_every_line_its_setting():
    assert set(rules.ITEMS) == set(SettingKey.values)


def test_a_setting_holds_from_its_day(cast):
    regulate(cast, "quorum", "3/4")
    before = queries.setting_on(cast.council, "quorum", date(2026, 4, 30))
    assert before[0] == "2/3"
    assert "mặc định" in before[1]
    after = queries.setting_on(cast.council, "quorum", MAY)
    assert after == ("3/4", "Điều 9 Quy chế")


def test_a_new_value_ends_the_one_before(cast):
    first = regulate(cast, "papers_days", "5")
    regulate(cast, "papers_days", "7", JUNE, who="clerk")
    first.refresh_from_db()
    assert first.effective_to == date(2026, 5, 31)
    assert queries.setting_on(cast.council, "papers_days", date(2026, 5, 31))[0] == "5"
    assert queries.setting_on(cast.council, "papers_days", JUNE)[0] == "7"
    verbs = AuditEntry.objects.filter(object_type="council.councilsetting").order_by("seq")
    assert [entry.verb for entry in verbs] == ["setting.set", "setting.end", "setting.set"]


def test_values_never_overlap(cast):
    regulate(cast, "papers_days", "5", JUNE)
    assert code_of(regulate, cast, "papers_days", "7", MAY) == "setting.overlaps"
    regulate(cast, "papers_days", "7", MAY, effective_to=date(2026, 5, 31))
    middle = date(2026, 5, 20)
    assert code_of(regulate, cast, "papers_days", "9", middle) == "setting.overlaps"
    assert CouncilSetting.objects.count() == 2


def test_a_slip_is_corrected_from_the_same_day_and_the_log_keeps_it(cast):
    regulate(cast, "quorum", "1/2")
    corrected = regulate(cast, "quorum", "2/3")
    assert CouncilSetting.objects.get() == corrected
    newest = AuditEntry.objects.latest("seq")
    assert newest.verb == "setting.correct"
    assert '"1/2"' in newest.payload
    assert '"2/3"' in newest.payload


def test_a_value_ends_and_the_default_holds_again(cast):
    setting = regulate(cast, "election_max_rounds", "3")
    clerk = cast.user["clerk"]
    early = code_of(regulation.end_regulation, setting, effective_to=date(2026, 4, 1), by=clerk)
    assert early == "period.end_before_start"
    regulation.end_regulation(setting, effective_to=date(2026, 5, 31), by=clerk)
    assert queries.setting_on(cast.council, "election_max_rounds", MAY)[0] == "3"
    assert queries.setting_on(cast.council, "election_max_rounds", JUNE)[0] == "2"
    again = code_of(regulation.end_regulation, setting, effective_to=JUNE, by=clerk)
    assert again == "setting.ended"


@pytest.mark.parametrize("who", ["chair", "counter1", "delegate", "outsider"])
def test_others_do_not_change_the_regulation(cast, who):
    setting = regulate(cast, "quorum", "2/3")
    assert code_of(regulate, cast, "quorum", "3/4", who=who) == "access.denied"
    user = cast.user[who]
    refused = code_of(regulation.end_regulation, setting, effective_to=JUNE, by=user)
    assert refused == "access.denied"


@pytest.mark.parametrize("value", ["", "1/0", "0/3", "1/4", "5/4", "nửa", "1e999999999", "0.9x"])
def test_a_quorum_is_a_share_between_a_third_and_all(cast, value):
    assert code_of(regulate, cast, "quorum", value) == "setting.bad_value"


@pytest.mark.parametrize("value", ["", "-1", "121", "9" * 20, "2/3", "٣"])
def test_days_are_whole_numbers(cast, value):
    assert code_of(regulate, cast, "papers_days", value) == "setting.bad_value"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("election_max_rounds", "0"),
        ("election_max_rounds", "11"),
        ("ballot_committee_size", "2"),
        ("confidence_at_commune", "2"),
        ("election_tie", "older"),
        ("election_tie", "lot"),
        ("scan_sample", "199"),
        ("data_licence", "mine"),
    ],
)
def test_each_setting_has_its_own_values(cast, key, value):
    assert code_of(regulate, cast, key, value) == "setting.bad_value"


def test_a_setting_that_there_is_not_is_refused(cast):
    assert code_of(regulate, cast, "bribes", "1") == "setting.unknown"


def test_a_setting_of_the_year_9999_is_a_slip(cast):
    assert code_of(regulate, cast, "quorum", "2/3", date(9999, 1, 1)) == "date.implausible"
    backwards = code_of(regulate, cast, "quorum", "2/3", effective_to=date(2026, 4, 1))
    assert backwards == "period.end_before_start"


def test_no_answer_to_a_tie_elects_one_of_the_tied():
    assert set(rules.Tie) == {"next_round", "renominate"}
    assert rules.default_of("election_tie", MAY, "province") == "next_round"


def test_the_defaults_are_the_rulebooks(cast):
    settings = queries.settings_on(cast.council, MAY)
    assert {key: value for key, (value, _source) in settings.items()} == {
        "quorum": "2/3", "convene_days_ordinary": "20", "convene_days_other": "7",
        "papers_days": "5", "send_up_days": "10", "ballot_committee_size": "",
        "election_max_rounds": "2", "election_tie": "next_round", "withdrawal_vote": "0",
        "confidence_at_commune": "0", "suspended_in_total": "1", "scan_sample": "200",
        "paper_signature": "1", "data_licence": "none",
    }  # fmt: skip
    assert rules.default_of("ballot_committee_size", MAY, "commune") == "3"


def test_a_changed_rule_changes_the_default(cast):
    like = RULEBOOK.by_id("session.quorum")
    half = Threshold(Fraction(1, 2), Base.TOTAL, strict=False)
    row = replace(
        like, id="session.quorum.v1", threshold=half, effective_from=JUNE, mark=Mark.MEMORY
    )
    RULEBOOK.take([(1, row)])
    assert queries.quorum_share_on(cast.council, MAY)[0] == Fraction(2, 3)
    assert queries.quorum_share_on(cast.council, JUNE)[0] == Fraction(1, 2)


def test_a_council_may_leave_suspended_delegates_out_of_the_total(cast, django_assert_num_queries):
    MandateSuspension.objects.create(mandate=cast.mandates[0], starts_on=MAY, reason="Bị khởi tố")
    assert queries.total_delegates(cast.term, JUNE) == 35
    regulate(cast, "suspended_in_total", "0", JUNE)
    with django_assert_num_queries(1):
        assert queries.total_delegates(cast.term, JUNE) == 34
    assert queries.total_delegates(cast.term, date(2026, 5, 31)) == 35
