"""What can be done to another resolution, refused with a sentence beside the field."""

import pytest

from council.rules.refusals import Refusal
from resolutions.rules import relations
from resolutions.rules.document import Node, NodeKind
from resolutions.rules.relations import RelationKind, Wanted
from tests.resolutions.amendments import fees, quoting

K, R = NodeKind, RelationKind
ACTING, SOURCE = quoting(Node(K.POINT, text="người lớn 30.000 đồng;", number="a"))
PLAIN = "n1"


@pytest.mark.parametrize(
    ("wanted", "code", "field"),
    [
        (Wanted(R.IMPLEMENTS, "n1"), "relation.whole_only", "target_key"),
        (Wanted(R.WITHDRAWS, "n1"), "relation.whole_only", "target_key"),
        (Wanted(R.AMENDS, "", SOURCE), "relation.piece_missing", "target_key"),
        (Wanted(R.REPEALS, "n99"), "relation.no_such_piece", "target_key"),
        (Wanted(R.AMENDS, "n3", ""), "relation.text_missing", "source_key"),
        (Wanted(R.AMENDS, "n3", "n99"), "relation.text_missing", "source_key"),
        (Wanted(R.REPLACES, "n3", ""), "relation.text_missing", "source_key"),
        (Wanted(R.REWORDS, "n3"), "relation.words_missing", "old_words"),
        (Wanted(R.REWORDS, "n3", "", "thu", "thu"), "relation.words_same", "new_words"),
        (Wanted(R.REWORDS, "n3", "", "Thu", "x"), "relation.words_not_found", "old_words"),
        (Wanted(R.CORRECTS, "n5", "", "20.000", "x"), "relation.words_not_found",
         "old_words"),
    ],
)  # fmt: skip
def test_what_cannot_be_carried_out_is_refused_beside_its_field(
    wanted: Wanted, code: str, field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        relations.check(wanted, acting=ACTING, target=fees())
    assert (refused.value.code, refused.value.field) == (code, field)


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(R.AMENDS, "n3", SOURCE),
        Wanted(R.SUPPLEMENTS, "", SOURCE),
        Wanted(R.REPEALS),
        Wanted(R.REPEALS, "n3"),
        Wanted(R.REPLACES),
        Wanted(R.REPLACES, "n3", SOURCE),
        Wanted(R.REWORDS, "", "", "đồng", ""),
        Wanted(R.CORRECTS, "n3", "", "20.000", "25.000"),
        Wanted(R.IMPLEMENTS),
        Wanted(R.WITHDRAWS),
    ],
)
def test_what_can_be_carried_out_passes(wanted: Wanted) -> None:
    relations.check(wanted, acting=ACTING, target=fees())


def test_of_a_text_without_known_pieces_only_the_form_is_checked() -> None:
    relations.check(Wanted(R.REWORDS, "", "", "x", "y"), acting=ACTING, target=None)
    with pytest.raises(Refusal):
        relations.check(Wanted(R.AMENDS), acting=ACTING, target=None)


def test_only_places_that_quote_new_words_are_offered_for_them() -> None:
    assert relations.sources_of(ACTING) == (
        ("n1", "Điều 1", True),
        (SOURCE, "khoản 1 Điều 1", True),
    )
