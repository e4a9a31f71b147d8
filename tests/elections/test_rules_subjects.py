"""On whom the confidence vote is taken, who is exempt, and the order of the paper."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.rules.offices import Basis, Block, OfficeKind
from council.rules.refusals import Refusal
from elections.rules import subjects
from elections.rules.subjects import Holding
from tests import rule_tables

DAY = date(2023, 12, 12)


def holding(person, kind, since=date(2021, 7, 1), **fields):
    office = OfficeKind(kind)
    values = {"name": f"Ví Dụ {person}", "title": office.words, "basis": Basis.ELECTED, **fields}
    return Holding(person=person, office_kind=office, elected_on=since, **values)


def day_or_none(cell):
    return date.fromisoformat(cell) if cell else None


@pytest.mark.parametrize("row", rule_tables.table("subjects.md", "subjects"))
def test_the_persons_of_the_page(row):
    held = holding(
        row["person"],
        row["office"],
        date.fromisoformat(row["since"]),
        basis=Basis(row["basis"]),
        ends_on=day_or_none(row["until"]),
        retirement_announced_on=day_or_none(row["retirement announced"]),
    )
    on = date.fromisoformat(row["on"])
    if row["answer"] == "law.no_rule":
        with pytest.raises(Refusal) as refusal:
            subjects.derive([held], on=on, level=row["level"])
        assert refusal.value.code == "law.no_rule"
        return
    found = subjects.derive([held], on=on, level=row["level"])
    answers: dict[str, tuple[int, list[str], str | None]] = {
        "subject": (1, [], None),
        "absent": (0, [], None),
        "level_not_subject": (0, [], "confidence.commune"),
    }
    expected = answers.get(row["answer"], (0, [row["answer"]], None))
    reason = found.not_subject.id if found.not_subject else None
    assert (len(found.subjects), [out.code for out in found.exempt], reason) == expected


def test_several_posts_are_one_line_with_all_of_them_highest_first():
    found = subjects.derive(
        [
            holding("A", "pc_member", title="Ủy viên Ủy ban nhân dân, Chỉ huy trưởng"),
            holding("B", "pc_chair"),
            holding("A", "committee_head", title="Trưởng Ban Pháp chế"),
        ],
        on=DAY,
        level="district",
    )
    assert [subject.person for subject in found.subjects] == ["A", "B"]
    assert found.subjects[0].post_words == (
        "Trưởng Ban Pháp chế, Ủy viên Ủy ban nhân dân, Chỉ huy trưởng"
    )
    assert found.subjects[0].block is Block.COUNCIL


def test_the_paper_lists_blocks_then_ranks_then_the_councils_own_order():
    found = subjects.derive(
        [
            holding("6", "pc_member", position=2),
            holding("5", "pc_member", position=1),
            holding("4", "pc_chair"),
            holding("3", "committee_head"),
            holding("2", "council_vice_chair"),
            holding("1", "council_chair"),
        ],
        on=DAY,
        level="province",
    )
    assert [subject.person for subject in found.subjects] == list("123456")
    assert [subject.person for subject in found.of_block(Block.COUNCIL)] == list("123")
    assert [subject.person for subject in found.of_block(Block.COMMITTEE)] == list("456")


def test_reasons_are_sentences_with_the_article():
    found = subjects.derive(
        [
            holding("A", "pc_vice_chair", date(2023, 3, 31)),
            holding("B", "council_chair", retirement_announced_on=date(2023, 11, 1)),
            holding("C", "pc_chair", basis=Basis.ACTING),
        ],
        on=DAY,
        level="province",
    )
    said = {out.person: (out.sentence, out.article) for out in found.exempt}
    assert said["A"] == (
        (
            "Được bầu giữ chức vụ Phó Chủ tịch Ủy ban nhân dân ngày 31/03/2023, trong năm lấy "
            "phiếu (2023), nên không lấy phiếu tín nhiệm."
        ),
        "Điều 2 khoản 5 Nghị quyết 96/2023/QH15",
    )
    assert "01/11/2023" in said["B"][0]
    assert said["C"][1] == "Điều 2 khoản 2 Nghị quyết 96/2023/QH15"


def test_one_post_taken_this_year_exempts_the_person():
    posts = [
        holding("A", "committee_head"),
        holding("A", "pc_member", date(2023, 1, 1), title="Ủy viên"),
    ]
    found = subjects.derive(posts, on=DAY, level="province")
    assert [out.code for out in found.exempt] == [subjects.ELECTED_THIS_YEAR]
    assert found.exempt[0].posts == ("Trưởng Ban của Hội đồng nhân dân", "Ủy viên")


def test_an_acting_post_does_not_exempt_from_the_vote_on_the_elected_one():
    posts = [
        holding("A", "pc_chair", date(2023, 6, 1), basis=Basis.ACTING, title="Quyền Chủ tịch"),
        holding("A", "pc_vice_chair", title="Phó Chủ tịch"),
    ]
    found = subjects.derive(posts, on=DAY, level="province")
    assert [subject.posts for subject in found.subjects] == [("Phó Chủ tịch",)]


def test_a_commune_takes_the_vote_only_by_its_own_regulation_and_the_list_says_so():
    posts = [holding("A", "council_chair"), holding("B", "pc_chair", date(2028, 2, 1))]
    on = date(2028, 12, 10)
    by_law = subjects.derive(posts, on=on, level="commune")
    assert (by_law.subjects, by_law.exempt, by_law.rule) == ((), (), None)
    own = subjects.derive(posts, on=on, level="commune", by_regulation=True)
    assert [subject.person for subject in own.subjects] == ["A"]
    assert [out.code for out in own.exempt] == [subjects.ELECTED_THIS_YEAR]
    assert own.by_regulation
    assert own.not_subject is by_law.not_subject
    province = subjects.derive(posts, on=on, level="province", by_regulation=True)
    assert not province.by_regulation


holdings = st.builds(
    holding,
    st.sampled_from("ABCDE"),
    st.sampled_from(OfficeKind),
    st.dates(date(2021, 7, 1), date(2024, 6, 30)),
    basis=st.sampled_from(Basis),
    ends_on=st.none() | st.dates(date(2022, 1, 1), date(2025, 1, 1)),
    retirement_announced_on=st.none() | st.dates(date(2023, 1, 1), date(2024, 1, 1)),
)


@given(st.lists(holdings, max_size=12))
def test_every_holder_of_the_day_is_either_voted_on_or_exempt_and_never_both(posts):
    found = subjects.derive(posts, on=DAY, level="province")
    voted = [subject.person for subject in found.subjects]
    exempt = [out.person for out in found.exempt]
    holders = {post.person for post in posts if post.runs_on(DAY)}
    assert sorted(voted + exempt) == sorted(holders)
