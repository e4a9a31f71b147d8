"""Drafts that act on another resolution write themselves, whatever that one says."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.rules.refusals import Refusal
from resolutions.rules import amending, blocks, consolidation, document, labels, relations
from resolutions.rules.amending import Change, Deed, Named
from resolutions.rules.document import Body, Node, NodeKind
from resolutions.rules.relations import Action, RelationKind
from tests.resolutions.amendments import LATER, fees
from tests.resolutions.bodies import bodies

K, R = NodeKind, RelationKind
NAMED = Named("12/NQ-HĐND", date(2026, 1, 1), "Hội đồng nhân dân tỉnh Mẫu", "Về mức thu phí")
FRAME = document.with_keys(
    Body((Node(K.ARTICLE, children=(Node(K.PARAGRAPH, text="Giao Ủy ban nhân dân."),)),))
)


def drafted(deed: Deed, text: Body, *changes: Change) -> amending.Amending:
    made = amending.drafted(deed, NAMED, text, changes, frame=FRAME)
    document.check(made.body)
    blocks.blocks_of(made.body)
    return made


def test_each_change_is_a_clause_in_the_order_of_the_text() -> None:
    made = drafted(
        Deed.AMEND, fees(), Change(R.REPEALS, "n6"), Change(R.SUPPLEMENTS, "n5"),
        Change(R.AMENDS, "n3"),
    )  # fmt: skip
    assert [block.words for block in blocks.blocks_of(made.body)] == [
        "Điều 1. Sửa đổi, bổ sung, bãi bỏ một số điều, khoản của Nghị quyết số 12/NQ-HĐND",
        "1. Sửa đổi điểm a khoản 1 Điều 1 như sau:",
        "“a) người lớn 20.000 đồng;”",
        "2. Bổ sung khoản 2a vào sau khoản 2 Điều 1 như sau:",
        "“2a. …”",
        "3. Bãi bỏ Điều 2.",
        "Điều 2. Giao Ủy ban nhân dân.",
    ]
    assert [one.target_words for one in made.relations] == [
        "điểm a khoản 1 Điều 1", "khoản 2 Điều 1", "Điều 2",
    ]  # fmt: skip


def test_only_what_is_done_stands_in_title_and_heading() -> None:
    made = drafted(Deed.AMEND, fees(), Change(R.REPEALS, "n6"))
    assert made.title.startswith("Bãi bỏ một số điều, khoản của Nghị quyết số 12/NQ-HĐND ngày")
    assert made.body.nodes[0].heading.startswith("Bãi bỏ một số điều, khoản của")


def test_what_is_no_change_or_no_piece_is_refused() -> None:
    for changes, code in (
        ((), "amending.nothing_chosen"),
        ((Change(R.REPEALS, "n99"),), "relation.no_such_piece"),
        ((Change(R.AMENDS, "n7"),), "relation.no_such_piece"),
        ((Change(R.AMENDS, "n10"),), "amending.not_quotable"),
    ):
        with pytest.raises(Refusal) as refused:
            drafted(Deed.AMEND, fees(), *changes)
        assert refused.value.code == code


def test_a_whole_repeal_names_the_other_in_full() -> None:
    made = drafted(Deed.REPEAL, fees())
    assert made.title == "Bãi bỏ Nghị quyết số 12/NQ-HĐND"
    assert blocks.blocks_of(made.body)[0].words == (
        "Điều 1. Bãi bỏ Nghị quyết số 12/NQ-HĐND ngày 01 tháng 01 năm 2026 của Hội đồng nhân dân "
        "tỉnh Mẫu về mức thu phí."
    )


@given(bodies())
def test_a_replacement_starts_with_every_word_of_the_old_text(body: Body) -> None:
    old = consolidation.numbered(body)
    made = drafted(Deed.REPLACE, old)
    kept = [block.words for block in blocks.blocks_of(made.body)]
    wanted = [block.words for block in blocks.blocks_of(body) if block.kind is not K.ANNEX]
    assert [words for words in wanted if words not in kept] == []
    assert made.relations[0].kind is R.REPLACES


@given(bodies(), st.data())
def test_an_amendment_carried_out_unchanged_changes_no_word(
    body: Body, data: st.DataObject
) -> None:
    named = labels.labels_of(body)
    keys = [
        node.key for node, _ in document.walk(body.nodes)
        if named[node.key].words and node.kind in document.MAY_HOLD[K.QUOTE]
    ]  # fmt: skip
    target = data.draw(st.sampled_from(keys))
    made = drafted(Deed.AMEND, body, Change(R.AMENDS, target))
    source = made.relations[0].source_key
    act = Action(
        R.AMENDS, "13/NQ-HĐND", 13, LATER, target_key=target,
        pieces=relations.pieces_of(made.body, source),
    )  # fmt: skip
    now = consolidation.consolidated(body, (act,), day=LATER, effective_on=None)
    assert not now.problems
    assert [block.words for block in blocks.blocks_of(now.body)] == [
        block.words for block in blocks.blocks_of(body)
    ]
    keys_before = [node.key for node, _ in document.walk(body.nodes)]
    assert [node.key for node, _ in document.walk(now.body.nodes)] == keys_before
