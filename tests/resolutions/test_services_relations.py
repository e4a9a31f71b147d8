"""Relations: named on the draft, frozen with it, and what they make of the other text."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from council.models import AuditEntry
from council.rules.refusals import Refusal
from resolutions.models import Relation, Resolution
from resolutions.queries import relations as queries
from resolutions.queries import texts
from resolutions.rules import blocks
from resolutions.rules.amending import Change, Deed
from resolutions.rules.relations import RelationKind
from resolutions.rules.standing import Standing
from resolutions.services import amending, approvals, drafts, relations
from resolutions.services.relations import Typed
from tests.resolutions.amendments import fee_draft, published, with_quote
from tests.resolutions.stage import DAY, Stage, adopted, drafted

R = RelationKind


def words(body: object) -> list[str]:
    return [block.words for block in blocks.blocks_of(body)]  # type: ignore[arg-type]


def begun(
    stage: Stage, target: Resolution, *changes: Change, deed: Deed = Deed.AMEND
) -> Resolution:
    return amending.begin(
        target, council_session=stage.council_session, deed=deed, changes=changes,
        by=stage.user["clerk"],
    )  # fmt: skip


def test_an_amendment_writes_itself_and_is_carried_out_when_published(stage: Stage) -> None:
    target = published(stage)
    draft = begun(stage, target, Change(R.REPEALS, "n5"), Change(R.AMENDS, "n3"))
    said = words(texts.body_of(draft))
    assert said[1] == "1. Sửa đổi điểm a khoản 1 Điều 1 như sau:"
    assert said[2] == "“a) người lớn 20.000 đồng;”"
    assert said[3] == "2. Bãi bỏ khoản 2 Điều 1."
    assert "Nghị quyết số 01/NQ-HĐND ngày 10 tháng 7 năm 2026" in draft.title
    first = draft.relations.get(kind="amends")
    assert (first.target_words, first.source_key != "") == ("điểm a khoản 1 Điều 1", True)
    draft = with_quote(stage, draft, first.source_key, "người lớn 30.000 đồng;")
    assert words(queries.text_on(target, DAY).body) == words(texts.body_of(target))
    act = published(stage, draft)
    now = queries.text_on(target, DAY)
    assert now.standing is Standing.PARTLY
    assert not now.problems
    assert "a) người lớn 30.000 đồng;" in words(now.body)
    assert "2. (được bãi bỏ)" in words(now.body)
    assert now.events["n3"][0].action.act == act.symbol
    assert now.events["n3"][0].action.place == "khoản 1 Điều 1"
    assert words(texts.body_of(target))[2] == "a) người lớn 20.000 đồng;", "the row stays"


def test_a_second_amendment_starts_from_the_text_as_amended(stage: Stage) -> None:
    target = published(stage)
    draft = begun(stage, target, Change(R.SUPPLEMENTS, "n5"))
    key = draft.relations.get().source_key
    published(stage, with_quote(stage, draft, key, "Phí bến bãi 9.000 đồng."))
    brought = next(
        one for one in queries.pieces_to_name(queries.text_on(target, DAY).body)
        if one.words == "khoản 2a Điều 1"
    )  # fmt: skip
    assert brought.start == "Phí bến bãi 9.000 đồng."
    second = begun(stage, target, Change(R.AMENDS, brought.key))
    key = second.relations.get().source_key
    published(stage, with_quote(stage, second, key, "Phí bến bãi 8.000 đồng."))
    now = queries.text_on(target, DAY)
    assert "2a. Phí bến bãi 8.000 đồng." in words(now.body)
    assert len(now.events[brought.key]) == 2


def test_repealed_whole_and_replaced_whole(stage: Stage) -> None:
    target, other = published(stage), published(stage)
    published(stage, begun(stage, target, deed=Deed.REPEAL))
    new = published(stage, begun(stage, other, deed=Deed.REPLACE))
    assert queries.standing_on(target, DAY) is Standing.ENDED
    assert queries.standing_on(other, DAY) is Standing.ENDED
    assert queries.standing_on(new, DAY) is Standing.IN_FORCE
    assert words(texts.body_of(new))[0] == "Điều 1. Mức thu"
    with pytest.raises(Refusal) as refused:
        begun(stage, target, deed=Deed.REPEAL)
    assert refused.value.code == "relation.ended"


def test_a_later_day_waits(stage: Stage) -> None:
    target = published(stage)
    draft = begun(stage, target, deed=Deed.REPEAL)
    relation = draft.relations.get()
    relations.remove(relation, by=stage.user["clerk"])
    later = DAY + timedelta(days=30)
    typed = Typed("repeals", target=target, source_key=relation.source_key, effective_on=later)
    relations.add(draft, typed, by=stage.user["clerk"])
    published(stage, draft)
    assert queries.standing_on(target, later - timedelta(days=1)) is Standing.IN_FORCE
    assert queries.standing_on(target, later) is Standing.ENDED
    assert [one.standing for one in queries.periods_of(target)] == [
        Standing.NOT_YET, Standing.IN_FORCE, Standing.ENDED,
    ]  # fmt: skip


def test_an_act_that_is_repealed_before_it_begins_never_works(stage: Stage) -> None:
    target = published(stage)
    later = DAY + timedelta(days=30)
    act = begun(stage, target, deed=Deed.REPEAL)
    relation = act.relations.get()
    relations.remove(relation, by=stage.user["clerk"])
    relations.add(act, Typed("repeals", target=target, effective_on=later), by=stage.user["clerk"])
    act = published(stage, act)
    published(stage, begun(stage, act, deed=Deed.REPEAL))
    assert queries.standing_on(target, later) is Standing.IN_FORCE


def test_what_an_outside_text_or_the_archives_hold_is_named_in_words(stage: Stage) -> None:
    draft = drafted(stage)
    outside = Typed("implements", outside="Luật số 72/2025/QH15")
    relation = relations.add(draft, outside, by=stage.user["clerk"])
    assert queries.said(relation)["target"] == "Luật số 72/2025/QH15"
    entry = AuditEntry.objects.get(verb="relation.add")
    assert "Luật số 72/2025/QH15" in entry.payload


def refusal_of(stage: Stage, draft: Resolution, typed: Typed) -> tuple[str, str]:
    with pytest.raises(Refusal) as refused:
        relations.add(draft, typed, by=stage.user["clerk"])
    return refused.value.code, refused.value.field


def test_what_does_not_fit_is_refused(stage: Stage) -> None:
    target, draft = published(stage), drafted(stage)
    early = Typed("repeals", target=target, effective_on=DAY - timedelta(days=1))
    twice = Typed("repeals", target=target)
    relations.add(draft, twice, by=stage.user["clerk"])
    assert refusal_of(stage, draft, twice) == ("relation.twice", "kind")
    other = drafted(stage)
    assert refusal_of(stage, other, early) == ("relation.too_early", "effective_on")
    assert refusal_of(stage, draft, Typed("repeals")) == ("relation.no_target", "target")
    both = Typed("repeals", target=target, outside="Luật")
    assert refusal_of(stage, draft, both) == ("relation.no_target", "target")
    mine = Typed("repeals", target=draft)
    assert refusal_of(stage, draft, mine) == ("relation.itself", "target")
    unpublished = Typed("repeals", target=fee_draft(stage))
    assert refusal_of(stage, draft, unpublished) == ("relation.not_published", "target")
    foreign = Resolution.objects.get(pk=target.pk)
    foreign.council = stage.cast.other_council
    assert refusal_of(stage, draft, Typed("repeals", target=foreign)) == (
        "relation.other_council",
        "target",
    )
    gone = Typed("repeals", target=target, target_key="n99")
    assert refusal_of(stage, draft, gone) == ("relation.no_such_piece", "target_key")
    with pytest.raises(Refusal) as refused:
        relations.add(draft, Typed("implements", outside="Luật"), by=stage.user["delegate"])
    assert refused.value.code == "access.denied"


def test_relations_change_only_on_the_draft(stage: Stage) -> None:
    target = published(stage)
    draft = begun(stage, target, deed=Deed.REPEAL)
    resolution = adopted(stage, draft)
    relation = resolution.relations.get()
    with pytest.raises(Refusal) as refused:
        relations.remove(relation, by=stage.user["clerk"])
    assert refused.value.code == "relation.not_now"
    approvals.send_back(resolution, reason="Sửa quan hệ.", by=stage.user["approver"])
    relations.remove(relation, by=stage.user["clerk"])
    relations.remove(relation, by=stage.user["clerk"])
    assert AuditEntry.objects.filter(verb="relation.remove").count() == 1


def test_a_draft_whose_quote_is_gone_is_not_submitted(stage: Stage) -> None:
    target = published(stage)
    draft = begun(stage, target, Change(R.AMENDS, "n3"))
    Relation.objects.filter(resolution=draft).update(source_key="n77")
    with pytest.raises(Refusal) as refused:
        drafts.submit(draft, by=stage.user["clerk"])
    assert refused.value.code == "relation.text_missing"


def test_what_was_frozen_names_the_relations(stage: Stage) -> None:
    target = published(stage)
    act = published(stage, begun(stage, target, Change(R.REPEALS, "n5")))
    assert '"piece":"khoản 2 Điều 1"' in act.publication.frozen.replace('": "', '":"')


def test_the_database_keeps_the_relations_of_a_signed_resolution(stage: Stage) -> None:
    target = published(stage)
    act = published(stage, begun(stage, target, deed=Deed.REPEAL))
    row = act.relations.get()
    attempts = [
        lambda: Relation.objects.filter(pk=row.pk).update(kind="implements"),
        lambda: Relation.objects.filter(pk=row.pk).delete(),
        lambda: Relation.objects.create(resolution=act, kind="implements", outside="Luật"),
    ]
    for attempt in attempts:
        with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
            attempt()
    assert Relation.objects.get(pk=row.pk).kind == "repeals"


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "repeals"},
        {"kind": "repeals", "outside": "Luật", "old_words": "x"},
        {"kind": "rewords", "outside": "Luật"},
        {"kind": "withdraws", "outside": "Luật", "target_words": "Điều 1"},
        {"kind": "repeals", "outside": "Luật", "target_key": "n1", "target_words": "Điều 1"},
    ],
)
def test_the_database_refuses_a_relation_that_says_nothing(stage: Stage, wrong: dict) -> None:
    draft = drafted(stage)
    with pytest.raises(DatabaseError), transaction.atomic():
        Relation.objects.create(resolution=draft, **wrong)


def test_a_resolution_cannot_act_on_itself_in_the_database(stage: Stage) -> None:
    draft = drafted(stage)
    with pytest.raises(DatabaseError), transaction.atomic():
        Relation.objects.create(resolution=draft, kind="repeals", target=draft)


def test_the_beginning_counts_from_the_day_of_effect(stage: Stage) -> None:
    target = published(stage)
    assert queries.begins_on(target) == date(2026, 7, 10)
