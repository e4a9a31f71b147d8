"""The course of minutes and summaries, and what each step asks for."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.rules.refusals import Refusal
from resolutions.rules import session_texts as rules
from resolutions.rules.grown_text import Grown, Paragraph, Standing
from resolutions.rules.session_texts import TextKind, TextState, TextVerb


def refused(call, *args, **values) -> str:
    with pytest.raises(Refusal) as raised:
        call(*args, **values)
    return raised.value.code


@pytest.mark.parametrize(
    ("state", "verb", "reached"),
    [
        ("draft", TextVerb.SUBMIT, "submitted"),
        ("submitted", TextVerb.APPROVE, "approved"),
        ("approved", TextVerb.SIGN, "signed"),
        ("approved", TextVerb.EDIT, "draft"),
        ("submitted", TextVerb.SEND_BACK, "draft"),
    ],
)
def test_each_step_leads_on(state, verb, reached):
    assert rules.next_state("minutes", state, verb) == reached


@given(st.sampled_from(TextKind), st.sampled_from(TextState), st.sampled_from(TextVerb))
def test_signed_minutes_never_move_and_a_summary_is_never_signed(kind, state, verb):
    if state is TextState.SIGNED or (verb is TextVerb.SIGN and kind is TextKind.PRESS):
        with pytest.raises(Refusal):
            rules.next_state(kind, state, verb)


def test_the_digest_knows_every_word_and_the_head():
    head = {"number": "05/BB-HĐND", "presiding": "A", "secretaries": "B"}
    text = [Paragraph("a", "one", "x"), Paragraph("b", "one", "")]
    before = rules.digest(text, **head)
    assert rules.digest(text[:1], **head) == before, "what is left out is no part of it"
    assert rules.digest([Paragraph("a", "one", "y")], **head) != before
    assert rules.digest(text, **{**head, "number": "06/BB-HĐND"}) != before


def test_nobody_approves_his_own_words():
    rules.check_four_eyes(approver=3, authors=frozenset({1, 2}))
    assert refused(rules.check_four_eyes, approver=2, authors=frozenset({2})) == (
        "session_text.own_text"
    )


def test_differences_are_settled_before_the_submission():
    behind = Grown(Paragraph("a", "one", "x", "y"), Standing.BEHIND, "z")
    assert refused(rules.check_settled, [behind]) == "session_text.differences_open"


COMPLETE = {
    "is_closed": True, "number": "05/BB-HĐND", "presiding": "ông A, Chủ tịch",
    "secretaries": "bà B, Chánh Văn phòng", "hidden_polls": 0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"is_closed": False}, "minutes.session_open"),
        ({"hidden_polls": 2}, "minutes.poll_not_published"),
        ({"number": ""}, "minutes.number"),
        ({"number": "5/BB"}, "minutes.number"),
        ({"presiding": " "}, "minutes.no_presiding"),
        ({"secretaries": ""}, "minutes.no_secretary"),
    ],
)
def test_minutes_are_complete_before_somebody_reads_them(change, code):
    rules.check_minutes_complete(**COMPLETE)
    assert refused(rules.check_minutes_complete, **{**COMPLETE, **change}) == code


def test_a_signature_comes_after_the_approval_and_not_tomorrow():
    approved, today = date(2026, 12, 12), date(2026, 12, 14)
    rules.check_signed_on(today, approved_on=approved, today=today)
    assert refused(
        rules.check_signed_on, date(2026, 12, 11), approved_on=approved, today=today
    ) == "minutes.signed_before_approval"  # fmt: skip
    assert refused(
        rules.check_signed_on, date(2026, 12, 15), approved_on=approved, today=today
    ) == "minutes.signed_in_future"  # fmt: skip


def test_the_name_below_a_signature_has_no_title():
    assert rules.name_to_sign("\nông Lê Văn Thử, Chủ tịch\nbà B") == "Lê Văn Thử"
    assert rules.name_to_sign("Y Thanh Hà Niê Kđăm") == "Y Thanh Hà Niê Kđăm"
    assert rules.name_to_sign("") == ""
