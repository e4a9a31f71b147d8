"""The words of a poll's papers by kind and act, and that no copy or printing knows its own time."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from pypdf import PdfReader
from time_machine import travel

from elections.models import Act, Poll, PollEntry, PollKind
from elections.queries import papers
from elections.services import entries, posts
from tests.elections import stage as staging
from tests.elections.stage import DAY, Stage

pytestmark = pytest.mark.django_db

YEARS = "nhiệm kỳ 2026 - 2031"
"""Of the cast."""


@pytest.fixture
def stage() -> Stage:
    return staging.build()


def poll_of(stage: Stage, kind: PollKind, act: str = "") -> Poll:
    """A poll with one line; how it was prepared does not change its words."""
    poll = Poll.objects.create(
        council_session=stage.council_session, kind=kind, act=act, slug=f"{kind}-{act}",
        title="Cuộc bỏ phiếu", held_on=DAY, created_by=stage.user("clerk"),
    )  # fmt: skip
    entries.add_line(poll, poll_post=None, person=stage.cast.people[5], post="Phó Chủ tịch")
    return poll


def unit(stage: Stage) -> str:
    return stage.cast.council.unit


@pytest.mark.parametrize(
    ("kind", "act", "title"),
    [
        (PollKind.NO_CONFIDENCE, "", "PHIẾU BỎ PHIẾU TÍN NHIỆM"),
        (PollKind.DISMISSAL, Act.DISMISSAL, "PHIẾU BIỂU QUYẾT MIỄN NHIỆM"),
        (PollKind.DISMISSAL, Act.REMOVAL, "PHIẾU BIỂU QUYẾT BÃI NHIỆM CHỨC VỤ"),
        (PollKind.DISMISSAL, Act.RESIGNATION, "PHIẾU BIỂU QUYẾT CHO THÔI GIỮ CHỨC VỤ"),
    ],
)
def test_a_paper_about_holders_says_what_is_asked_and_whom_it_concerns(
    stage: Stage, kind: PollKind, act: str, title: str
) -> None:
    sheet = papers.ballot_sheet(poll_of(stage, kind, act))
    assert sheet.title == title
    assert sheet.subject == (
        f"đối với người giữ chức vụ do Hội đồng nhân dân {unit(stage)} bầu, {YEARS}"
    )
    assert sheet.instructions == [
        "Đánh dấu X vào một ô. Để trống hoặc đánh dấu từ hai ô thì không được tính.",
        "Không viết thêm vào phiếu.",
    ]


def test_the_removal_of_a_delegate_is_about_delegates(stage: Stage) -> None:
    sheet = papers.ballot_sheet(poll_of(stage, PollKind.REMOVAL))
    assert sheet.title == "PHIẾU BIỂU QUYẾT BÃI NHIỆM"
    assert sheet.subject.startswith(f"đối với đại biểu Hội đồng nhân dân {unit(stage)} khóa ")
    assert [option.label for option in sheet.options] == [
        "Tán thành", "Không tán thành", "Không biểu quyết",
    ]  # fmt: skip


def test_a_confidence_paper_has_its_two_blocks(stage: Stage) -> None:
    sheet = papers.ballot_sheet(staging.confidence(stage))
    assert sheet.title == "PHIẾU LẤY PHIẾU TÍN NHIỆM"
    assert [entry.block for entry in sheet.entries][::6] == [
        "Khối Hội đồng nhân dân", "Khối Ủy ban nhân dân",
    ]  # fmt: skip


def test_an_election_to_one_post_names_the_office_with_its_unit_and_the_seats(
    stage: Stage,
) -> None:
    poll = staging.election(stage)
    staging.candidate(stage, poll, 30)
    sheet = papers.ballot_sheet(poll)
    office = stage.cast.offices["pc_vice_chair"].title
    assert sheet.subject == f"{office} {unit(stage)}, {YEARS}"
    assert sheet.instructions[0] == "Bầu 01 người."
    staging.candidate(stage, poll, 31)
    assert papers.ballot_sheet(poll).instructions[0] == "Bầu 01 người trong danh sách 02 người."
    assert {entry.block for entry in papers.ballot_sheet(poll).entries} == {""}


def test_an_election_to_several_posts_has_a_heading_with_seats_for_each(stage: Stage) -> None:
    poll = staging.election(stage)
    first = poll.posts.get()
    second = posts.add(
        poll, office=stage.cast.offices["pc_member"], seats=1, by=stage.user("clerk")
    )
    staging.candidate_for(stage, poll, first, 30)
    for person in (31, 32):
        staging.candidate_for(stage, poll, second, person)
    sheet = papers.ballot_sheet(poll)
    vice, member = first.office.title, second.office.title
    assert [entry.block for entry in sheet.entries] == [
        f"{vice} (bầu 01 người)", *[f"{member} (bầu 01 người)"] * 2,
    ]  # fmt: skip
    assert sheet.subject == f"các chức vụ của Ủy ban nhân dân {unit(stage)}, {YEARS}"
    assert sheet.instructions[0] == ("Bầu 02 chức vụ; số người cần bầu ghi bên cạnh từng chức vụ.")


def test_a_further_round_says_so(stage: Stage) -> None:
    poll = staging.election(stage)
    staging.candidate(stage, poll, 30)
    poll.round = 2
    assert papers.ballot_sheet(poll).subject.endswith(f"{YEARS}, vòng 2")


def test_two_printings_at_different_times_are_the_same_bytes(stage: Stage, tmp_path: Path) -> None:
    poll = staging.confidence(stage)
    made = []
    for moment in ("2028-12-01 08:00:00", "2028-12-11 16:43:21"):
        with travel(f"{moment}Z", tick=False):
            folder = tmp_path / moment[:10]
            call_command("ballot_sheet", str(poll.pk), "--out", str(folder))
            made.append((folder / "ballot.pdf").read_bytes())
    assert made[0] == made[1]
    told = PdfReader(io.BytesIO(made[0])).metadata
    assert told is not None
    assert told.creation_date == datetime(2028, 12, 11, 17, tzinfo=UTC)  # midnight in Việt Nam
    boxes = json.loads((tmp_path / "2028-12-01" / "map.json").read_text())["boxes"]
    assert len(boxes) == 3 * PollEntry.objects.filter(poll=poll).count()
