"""One click from the outcome of every kind of poll to a draft that says it whole."""

import pytest

from elections.models import Act, Poll
from elections.services import posts
from resolutions.models import Resolution
from resolutions.queries import outcomes, texts
from resolutions.services import drafts
from tests.elections import grounds
from tests.elections import stage as staging
from tests.elections.stage import Stage

pytestmark = pytest.mark.django_db

NAMED = "Hội đồng nhân dân tỉnh Thử"


@pytest.fixture
def stage() -> Stage:
    return staging.build()


def drafted(stage: Stage, poll: Poll, votes: tuple[int, ...] | None = None) -> Resolution:
    """The poll led to its outcome, every line with these votes; then the click."""
    changes = grounds.lost(poll, votes) if votes else None
    staging.agreed(stage, poll, changes=changes)
    poll.refresh_from_db()
    return drafts.from_poll(poll, by=stage.user("clerk"))


def body(resolution: Resolution) -> str:
    return texts.words_of(resolution)


def vice(stage: Stage) -> str:
    """The vice chair of the people's committee with honorific."""
    person = stage.cast.tenures["pc_vice_chair"].person
    return f"{person.get_honorific_display()} {person.full_name}"


def test_a_dismissal(stage: Stage) -> None:
    resolution = drafted(stage, grounds.dismissal(stage), (25, 5, 2))
    said = body(resolution)
    assert resolution.title == (
        f"Về việc xác nhận kết quả miễn nhiệm người giữ chức vụ do {NAMED} bầu, "
        "nhiệm kỳ 2026 - 2031"
    )
    assert "- Tán thành: 25 phiếu (chiếm 71,43% tổng số đại biểu" in said
    assert (
        "Miễn nhiệm chức vụ Phó Chủ tịch Ủy ban nhân dân tỉnh Thử, nhiệm kỳ 2026 - 2031 đối với "
        f"{vice(stage)}." in said
    )
    assert "gửi kết quả đến Thủ tướng Chính phủ để phê chuẩn theo quy định tại" in said
    assert resolution.recipients.startswith("Thủ tướng Chính phủ")
    assert "Luật Tổ chức chính quyền địa phương số 72/2025/QH15" in resolution.bases
    assert "Nghị quyết số 96/2023" not in resolution.bases
    assert "Nghị định" not in resolution.bases
    assert outcomes.missing_figures(resolution) == []


def test_a_dismissal_that_was_refused_says_so_and_asks_nobody_for_approval(stage: Stage) -> None:
    said = body(drafted(stage, grounds.dismissal(stage), (10, 20, 2)))
    assert "Không miễn nhiệm chức vụ Phó Chủ tịch Ủy ban nhân dân tỉnh Thử" in said
    assert "phê chuẩn" not in said


def test_a_removal_from_office(stage: Stage) -> None:
    resolution = drafted(stage, grounds.dismissal(stage, act=Act.REMOVAL), (25, 5, 2))
    assert resolution.title.startswith("Về việc xác nhận kết quả bãi nhiệm người giữ chức vụ")
    assert "Bãi nhiệm chức vụ Phó Chủ tịch Ủy ban nhân dân tỉnh Thử" in body(resolution)


def test_a_resignation_names_the_request(stage: Stage) -> None:
    resolution = drafted(stage, grounds.resignation(stage), (25, 5, 2))
    who = vice(stage)
    assert resolution.title.startswith(
        "Về việc xác nhận kết quả cho thôi giữ chức vụ đối với người giữ chức vụ do"
    )
    assert f"Xét Đơn xin thôi giữ chức vụ ngày 01 tháng 11 năm 2028 của {who};" in resolution.bases
    assert f"Đồng ý cho {who} thôi giữ chức vụ Phó Chủ tịch Ủy ban nhân dân" in body(resolution)


def test_the_removal_of_a_delegate(stage: Stage) -> None:
    resolution = drafted(stage, grounds.removal(stage), (28, 3, 1))
    assert f"kết quả bãi nhiệm đại biểu {NAMED} khóa" in resolution.title
    assert f"Bãi nhiệm đại biểu {NAMED} khóa" in body(resolution)
    assert outcomes.missing_figures(resolution) == []


def test_no_confidence_rests_on_resolution_96_and_says_what_follows(stage: Stage) -> None:
    poll = grounds.no_confidence_poll(stage, grounds.petition(stage))
    resolution = drafted(stage, poll, (10, 22))
    said = body(resolution)
    assert "Nghị quyết số 96/2023/QH15" in resolution.bases
    assert "Luật Hoạt động giám sát" in resolution.bases  # after 1 March 2026
    assert "- Không tín nhiệm: 22 phiếu (chiếm 66,67% tổng số phiếu thu về)." in said
    assert f"Đối với {vice(stage)}: quá nửa tổng số phiếu thu về không tín nhiệm" in said
    assert outcomes.missing_figures(resolution) == []


def test_an_election_that_nobody_won(stage: Stage) -> None:
    poll = staging.election(stage)
    staging.candidate(stage, poll, 30)
    said = body(drafted(stage, poll, (10, 22)))
    assert "- Đồng ý: 10 phiếu (chiếm 28,57% tổng số đại biểu" in said
    assert "không được quá nửa tổng số đại biểu bầu: không trúng cử" in said


def test_an_election_to_several_posts_names_each_with_its_office(stage: Stage) -> None:
    poll = staging.election(stage)
    first = poll.posts.get()
    second = posts.add(
        poll, office=stage.cast.offices["pc_member"], seats=1, by=stage.user("clerk")
    )
    staging.candidate_for(stage, poll, first, 30)
    staging.candidate_for(stage, poll, second, 31)
    resolution = drafted(stage, poll, (30, 2))
    said = body(resolution)
    for person, office in ((30, first.office), (31, second.office)):
        assert stage.cast.people[person].full_name in said
        assert f"{office.title} tỉnh Thử" in said
    assert outcomes.missing_figures(resolution) == []


def test_a_confidence_vote_in_two_blocks(stage: Stage) -> None:
    said = body(drafted(stage, staging.confidence(stage)))
    assert said.index("I. KHỐI HỘI ĐỒNG NHÂN DÂN") < said.index("II. KHỐI ỦY BAN NHÂN DÂN")
