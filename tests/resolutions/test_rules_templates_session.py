"""Drafts of the usual resolutions, from the session's facts."""

from dataclasses import replace
from datetime import date

import pytest

from council.rules.law import Level
from council.rules.refusals import Refusal
from resolutions.rules import document, parsing, templates_session
from resolutions.rules.document import Body
from resolutions.rules.facts import PaperRef, SessionFacts
from resolutions.rules.templates_session import (
    CHOICES,
    LOOK_UP,
    IndicatorRow,
    TemplateFacts,
    TemplateKind,
)

pytestmark = pytest.mark.pure
SESSION = SessionFacts("tỉnh Mẫu", Level.PROVINCE, 1, "2026-2031", 4, date(2026, 12, 10))
FACTS = TemplateFacts(
    year=2027, indicators=(IndicatorRow("Tốc độ tăng trưởng", "%", "7,5"),),
    papers=(PaperRef("Tờ trình", "01/TTr-UBND", date(2026, 11, 20), "Ủy ban nhân dân tỉnh Mẫu"),),
    considered=("Báo cáo kinh tế - xã hội",),
)  # fmt: skip


@pytest.mark.parametrize("kind", list(TemplateKind))
def test_each_template_is_a_resolution_that_can_be_saved(kind: TemplateKind) -> None:
    facts = replace(FACTS, title="Về chủ đề năm" if kind is TemplateKind.GENERAL else "")
    made = templates_session.drafted(kind, SESSION, facts)
    body = parsing.body_of(made.draft.articles)
    document.check(document.with_keys(Body((*body.nodes, *made.annexes), body.next_key)))
    assert made.draft.title.startswith("Về ")
    assert any("Tờ trình số 01/TTr-UBND ngày 20 tháng 11 năm 2026" in one
               for one in made.draft.bases)  # fmt: skip
    assert made.draft.closing.endswith("./.")


def test_every_template_has_a_sentence() -> None:
    assert [kind for kind, _sentence in CHOICES] == list(TemplateKind)


def test_the_indicators_of_the_session_become_the_annex_of_the_plan() -> None:
    made = templates_session.drafted(TemplateKind.YEAR_PLAN, SESSION, FACTS)
    (annex,) = made.annexes
    table = annex.children[0].table
    assert table is not None
    assert table.rows == (("1", "Tốc độ tăng trưởng", "%", "7,5", "…"),)
    bare = templates_session.drafted(TemplateKind.YEAR_PLAN, SESSION, replace(FACTS, indicators=()))
    assert bare.annexes == ()


@pytest.mark.parametrize("kind", [TemplateKind.BUDGET, TemplateKind.INVESTMENT])
def test_a_number_that_the_collection_lacks_is_left_to_be_looked_up(kind: TemplateKind) -> None:
    made = templates_session.drafted(kind, SESSION, FACTS)
    assert any(LOOK_UP in basis for basis in made.draft.bases)


def test_the_law_on_supervision_is_cited_from_its_day() -> None:
    def bases(day: date) -> str:
        session = replace(SESSION, adopted_on=day)
        return " ".join(
            templates_session.drafted(TemplateKind.SUPERVISION, session, FACTS).draft.bases
        )

    assert "121/2025/QH15" in bases(date(2026, 3, 1))
    assert "121/2025/QH15" not in bases(date(2026, 2, 28))
    assert LOOK_UP in bases(date(2026, 2, 28))


def test_a_frame_without_a_title_is_refused() -> None:
    with pytest.raises(Refusal):
        templates_session.drafted(TemplateKind.GENERAL, SESSION, TemplateFacts())
