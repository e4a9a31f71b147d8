"""Draft agendas: the usual order, for each kind of session and level."""

import pytest

from council.rules.law import Level
from council.rules.text import nfc
from sessions.rules import agenda_templates
from sessions.rules.agenda import DEPTH_MAX, ItemKind
from sessions.rules.agenda_templates import SessionKind

ORDER = [
    ItemKind.OPENING, ItemKind.REPORT, ItemKind.REPORT, ItemKind.SUBMISSION, ItemKind.DISCUSSION,
    ItemKind.QUESTIONING, ItemKind.PERSONNEL, ItemKind.RESOLUTION_VOTE, ItemKind.CLOSING,
]  # fmt: skip


def all_items(items):
    return [one for item in items for one in item.walk()]


def depth(item):
    return 1 + max((depth(child) for child in item.children), default=0)


def test_a_year_end_session_with_both_polls_is_in_the_order_of_practice():
    draft = agenda_templates.draft_agenda(
        SessionKind.YEAR_END, Level.DISTRICT, has_confidence_vote=True, has_election=True
    )
    assert [item.kind for item in draft] == ORDER
    personnel = draft[6].children
    assert [item.kind for item in personnel] == [
        ItemKind.PERSONNEL, ItemKind.CONFIDENCE_VOTE, ItemKind.ELECTION
    ]  # fmt: skip
    assert personnel[0].title == "Bầu Ban kiểm phiếu"


def test_a_confidence_vote_decides_its_list_before_the_ballot_and_confirms_after_it():
    draft = agenda_templates.draft_agenda(
        SessionKind.YEAR_END, Level.PROVINCE, has_confidence_vote=True
    )
    titles = [item.title for item in all_items(draft)]
    steps = [
        "Trình danh sách người được lấy phiếu tín nhiệm",
        "Biểu quyết danh sách người được lấy phiếu tín nhiệm",
        "Bỏ phiếu kín",
        "Công bố kết quả kiểm phiếu",
        "Biểu quyết nghị quyết xác nhận kết quả",
    ]
    assert [titles.index(step) for step in steps] == sorted(titles.index(step) for step in steps)


@pytest.mark.parametrize("kind", SessionKind)
@pytest.mark.parametrize("level", [Level.PROVINCE, Level.DISTRICT, Level.COMMUNE])
@pytest.mark.parametrize("polls", [(True, True), (True, False), (False, True), (False, False)])
def test_every_template_opens_adopts_its_agenda_and_closes(kind, level, polls):
    draft = agenda_templates.draft_agenda(
        kind, level, has_confidence_vote=polls[0], has_election=polls[1]
    )
    items = all_items(draft)
    assert draft[0].kind is ItemKind.OPENING
    assert draft[-1].kind is ItemKind.CLOSING
    assert "Thông qua chương trình kỳ họp" in [item.title for item in items]
    assert max(map(depth, draft)) <= DEPTH_MAX
    for item in items:
        assert item.title == nfc(item.title)
        assert len(item.title) <= 500
        assert item.children or (item.minutes or 0) > 0


def test_without_polls_there_is_no_personnel_item():
    draft = agenda_templates.draft_agenda(SessionKind.MID_YEAR, Level.PROVINCE)
    assert ItemKind.PERSONNEL not in [item.kind for item in all_items(draft)]


def test_a_commune_has_no_court_to_report():
    titles = {
        level: [i.title for i in all_items(agenda_templates.draft_agenda("year_end", level))]
        for level in (Level.COMMUNE, Level.PROVINCE)
    }
    assert "Báo cáo của Tòa án nhân dân" in titles[Level.PROVINCE]
    assert "Báo cáo của Tòa án nhân dân" not in titles[Level.COMMUNE]


def test_the_first_session_of_a_term_elects_the_chair_before_the_peoples_committee():
    titles = [i.title for i in agenda_templates.draft_agenda("organising", "commune")[2].children]
    assert titles.index("Bầu Chủ tịch Hội đồng nhân dân") < titles.index(
        "Bầu Chủ tịch Ủy ban nhân dân"
    )
