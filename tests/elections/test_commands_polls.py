"""`polls` and `ballot_sheet`: what other programs read."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from elections.models import Poll
from tests.elections import stage as staging
from tests.elections.stage import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return staging.build()


def printed(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_one_poll_a_line(stage: Stage) -> None:
    confidence, election = staging.confidence(stage), staging.election(stage)
    lines = [line.split("\t") for line in printed("polls").splitlines()]
    assert lines == [
        [str(confidence.pk), "tinh-thu", "confidence", "Lấy phiếu tín nhiệm", "draft"],
        [str(election.pk), "tinh-thu", "election", "Bầu bổ sung Phó Chủ tịch", "draft"],
    ]


def test_polls_of_one_kind_as_json(stage: Stage) -> None:
    staging.confidence(stage)
    election = staging.election(stage)
    rows = json.loads(printed("polls", "--kind", "election", "--json"))
    assert [(row["id"], row["council"], row["state"]) for row in rows] == [
        (election.pk, "tinh-thu", "draft")
    ]


def test_without_polls_nothing_is_listed(stage: Stage) -> None:
    assert Poll.objects.count() == 0
    assert printed("polls") == ""
    assert json.loads(printed("polls", "--json")) == []


def test_the_ballot_paper_lies_beside_its_map(stage: Stage, tmp_path: Path) -> None:
    poll = staging.confidence(stage)
    printed("ballot_sheet", str(poll.pk), "--out", str(tmp_path / "in"))
    assert (tmp_path / "in" / "ballot.pdf").read_bytes().startswith(b"%PDF-")
    found = json.loads((tmp_path / "in" / "map.json").read_text(encoding="utf-8"))
    assert (found["contract"], found["units"], found["origin"]) == (
        "omr-box-map/1",
        "mm",
        "top-left",
    )
    assert found["pages"][0] == {"page": 1, "width": 210, "height": 297}
    pairs = [(box["entry"], box["option"]) for box in found["boxes"]]
    assert len(pairs) == len(set(pairs)) == 21
    assert {option for _entry, option in pairs} == {"high", "confidence", "low"}


def test_a_poll_that_is_not_there_or_empty_is_a_sentence(stage: Stage, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No poll 999"):
        printed("ballot_sheet", "999", "--out", str(tmp_path))
    empty = staging.election(stage)
    with pytest.raises(CommandError, match="Nobody stands"):
        printed("ballot_sheet", str(empty.pk), "--out", str(tmp_path))
