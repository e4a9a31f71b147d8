"""Kinds, options and labels of secret polls."""

import pytest

from elections.models import PollKind as ModelPollKind
from elections.rules.polls import PollKind, label_of, labels_of, options_of


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("confidence", ("high", "confidence", "low")),
        ("no_confidence", ("confidence", "no_confidence")),
        ("election", ("for", "against")),
        ("dismissal", ("for", "against", "abstain")),
        ("removal", ("for", "against", "abstain")),
    ],
)
def test_options_stand_in_the_order_of_the_paper(kind, options):
    assert options_of(kind) == options
    assert tuple(option for option, _label in labels_of(kind)) == options


def test_the_same_option_reads_differently_by_kind():
    assert label_of("confidence", "confidence") == "Tín nhiệm"
    assert label_of("election", "for") == "Đồng ý"
    assert label_of("dismissal", "for") == "Tán thành"
    with pytest.raises(KeyError):
        label_of("election", "abstain")


def test_no_option_looks_like_an_answer_of_the_scanner():
    assert not any(option.startswith("@") for kind in PollKind for option in options_of(kind))


def test_rules_and_models_use_the_same_words():
    assert {kind.value for kind in PollKind} == set(ModelPollKind.values)
    assert all(kind.words for kind in PollKind)
