"""The pages: who sees what, the one next action, and the way from the count to the public.

Clicks from the agreed count to the published resolution, over all roles (at most 12 allowed):

1. clerk, result page: "Lập nghị quyết xác nhận"    5. approver, resolution: "Duyệt bản trình ký"
2. clerk, resolution: "Trình duyệt"                 6. chair, home: "Đọc và ký"
3. clerk, resolution: "Ghi kết quả biểu quyết"      7. chair, resolution: "Ký và ban hành"
4. approver, home: "Đọc và duyệt"
and, where each of the three signs in anew, three times "Đăng nhập": 10.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from council.services import jobs
from resolutions.models import Resolution
from resolutions.queries import texts
from resolutions.queries.work import work_for
from resolutions.services import approvals, drafts, signing
from tests.cast import PASSWORD
from tests.resolutions.stage import (
    Stage,
    adopted,
    agreed_poll,
    copied,
    digests,
    drafted,
    ready_to_sign,
    submitted,
    voted,
)

Browse = Callable[[str], Any]


@pytest.fixture
def as_(stage: Stage) -> Browse:
    """A signed-in client by role."""

    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(stage.user[name])
        return client

    return sign_in


def url(stage: Stage, name: str, *args: object) -> str:
    return reverse(f"resolutions:{name}", args=[stage.cast.council.slug, *args])


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def messages_of(response: Any) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def test_from_the_count_to_the_public_page_through_the_pages(stage: Stage, as_: Browse) -> None:
    poll = agreed_poll(stage)
    clerk, approver, chair = as_("clerk"), as_("approver"), as_("chair")
    detail = clerk.post(url(stage, "from-poll", poll.pk)).url
    jobs.run_due()
    assert clerk.post(detail + "trinh/").url == detail
    votes = {"for_count": 35, "against_count": 0, "not_voting_count": 0}
    assert "35/35 đại biểu tán thành, cần 18: được thông qua." in messages_of(
        clerk.post(detail + "bieu-quyet/", votes, follow=True)
    )
    jobs.run_due()
    assert "Duyệt bản trình ký này" in page(approver, detail)
    read = digests(Resolution.objects.get())
    assert approver.post(detail + "duyet/", read).url == detail
    assert "Ký và ban hành" in page(chair, detail)
    assert "01/NQ-HĐND" in messages_of(
        chair.post(detail + "ky/", {"password": PASSWORD}, follow=True)
    )
    jobs.run_due()
    assert Resolution.objects.get().state == "published"
    assert "Xem trang công khai" in page(clerk, detail)


@pytest.mark.parametrize(
    ("who", "status"),
    [("clerk", 200), ("approver", 200), ("chair", 200), ("admin", 200), ("counter1", 403),
     ("delegate", 403), ("outsider", 404)],
)  # fmt: skip
def test_who_reads_unpublished_resolutions(
    stage: Stage, as_: Browse, who: str, status: int
) -> None:
    resolution = submitted(stage)
    for name in ("detail", "preview", "pdf", "progress"):
        response = as_(who).get(url(stage, f"resolution-{name}", resolution.pk))
        b"".join(response.streaming_content if response.streaming else [])  # and so closed
        assert response.status_code == status
    assert as_(who).get(url(stage, "resolution-list")).status_code == status


def test_nobody_reads_without_signing_in(stage: Stage) -> None:
    response: Any = Client().get(url(stage, "resolution-detail", drafted(stage).pk))
    assert (response.status_code, "dang-nhap" in response.url) == (302, True)


def test_a_resolution_of_another_council_is_not_there(stage: Stage, as_: Browse) -> None:
    resolution = drafted(stage)
    other = stage.cast.other_council.slug
    address = reverse("resolutions:resolution-detail", args=[other, resolution.pk])
    assert as_("outsider").get(address).status_code == 404
    poll = reverse("resolutions:from-poll", args=[other, agreed_poll(stage).pk])
    assert as_("outsider").post(poll).status_code == 404


@pytest.mark.parametrize(
    "verb", ["trinh", "duyet", "tra-lai", "bieu-quyet", "ban-hanh", "gui-lai-thu"]
)
def test_verbs_are_never_done_by_reading(stage: Stage, as_: Browse, verb: str) -> None:
    address = url(stage, "resolution-detail", drafted(stage).pk) + verb + "/"
    assert as_("approver").get(address).status_code == 405


def test_the_list_shows_states_and_forgives_nonsense(stage: Stage, as_: Browse) -> None:
    first, second = drafted(stage), submitted(stage)
    address = url(stage, "resolution-list")
    assert str(first.pk) in page(as_("clerk"), address)
    narrowed = page(as_("clerk"), address + "?trang-thai=submitted")
    assert f"nghi-quyet/{second.pk}/" in narrowed
    assert f"nghi-quyet/{first.pk}/" not in narrowed
    assert as_("clerk").get(address + "?trang-thai=x&page=1e99").status_code == 200


def test_a_double_click_from_the_poll_ends_on_the_same_draft(stage: Stage, as_: Browse) -> None:
    address = url(stage, "from-poll", agreed_poll(stage).pk)
    assert as_("clerk").post(address).url == as_("clerk").post(address).url


def test_a_poll_without_a_result_says_why(stage: Stage, as_: Browse) -> None:
    poll = agreed_poll(stage)
    type(poll).objects.update(state="counting")
    response = as_("clerk").post(url(stage, "from-poll", poll.pk), follow=True)
    assert "chưa được thống nhất" in messages_of(response)


def test_the_approvers_page_carries_what_it_shows(stage: Stage, as_: Browse) -> None:
    resolution = adopted(stage)
    shown = page(as_("approver"), url(stage, "resolution-detail", resolution.pk))
    for digest in digests(resolution).values():
        assert digest in shown


def test_the_signing_copy_opens_beside_the_button_and_the_text_below_has_its_day(
    stage: Stage, as_: Browse
) -> None:
    resolution = adopted(stage)
    shown = page(as_("approver"), url(stage, "resolution-detail", resolution.pk))
    action, _heading, text = shown.partition('<article class="sheet doc"')
    opened = url(stage, "resolution-pdf", resolution.pk)
    assert f'href="{opened}"' in action.partition('id="next"')[2]
    assert "thông qua ngày 10 tháng 7 năm 2026" in text
    assert "tháng … năm" not in text.partition("</article>")[0]


def test_what_waits_for_the_vote_is_not_said_to_wait_for_approval(
    stage: Stage, as_: Browse
) -> None:
    resolution = submitted(stage)
    shown = page(as_("clerk"), url(stage, "resolution-detail", resolution.pk))
    assert "chờ biểu quyết" in shown
    assert "chờ duyệt" not in shown


def test_approving_an_old_page_says_to_look_again(stage: Stage, as_: Browse) -> None:
    resolution = adopted(stage)
    response = as_("approver").post(
        url(stage, "resolution-approve", resolution.pk),
        {"text_digest": "0" * 64, "pdf_sha256": "0" * 64}, follow=True,
    )  # fmt: skip
    assert "Văn bản vừa thay đổi" in messages_of(response)


def test_without_a_pdf_approval_waits_and_says_so(stage: Stage, as_: Browse) -> None:
    resolution = drafts.submit(drafted(stage), by=stage.user["clerk"])
    voted(stage, resolution)
    shown = page(as_("approver"), url(stage, "resolution-detail", resolution.pk))
    assert "Duyệt bản trình ký này" not in shown
    assert "Bản trình ký đang được kết xuất" in shown
    assert "hx-trigger" in shown


def test_the_progress_refreshes_the_page_when_the_work_is_done(stage: Stage, as_: Browse) -> None:
    resolution = drafts.submit(drafted(stage), by=stage.user["clerk"])
    address = url(stage, "resolution-progress", resolution.pk)
    assert "HX-Refresh" not in as_("clerk").get(address).headers
    jobs.run_due()
    assert as_("clerk").get(address).headers["HX-Refresh"] == "true"


def test_the_authors_page_says_that_another_approves(stage: Stage, as_: Browse) -> None:
    resolution = drafts.create(stage.council_session, title="Về X", by=stage.user["approver"])
    resolution = adopted(stage, resolution)
    shown = page(as_("approver"), url(stage, "resolution-detail", resolution.pk))
    assert "người khác phải duyệt" in shown


def test_sending_back_without_a_reason_comes_back_with_the_sentence(
    stage: Stage, as_: Browse
) -> None:
    resolution = submitted(stage)
    response = as_("approver").post(url(stage, "resolution-send-back", resolution.pk), {})
    assert response.status_code == 200
    assert response.context["send_back_form"].errors["reason"]
    as_("approver").post(url(stage, "resolution-send-back", resolution.pk), {"reason": "Thiếu"})
    shown = page(as_("clerk"), url(stage, "resolution-detail", resolution.pk))
    assert "trả lại:" in shown
    assert "Thiếu" in shown


def test_votes_that_do_not_add_up_keep_what_was_typed(stage: Stage, as_: Browse) -> None:
    resolution = submitted(stage)
    response = as_("clerk").post(
        url(stage, "resolution-adopt", resolution.pk),
        {"for_count": 30, "against_count": 1, "not_voting_count": 0},
    )
    shown = response.content.decode()
    assert "còn thiếu 4" in shown
    assert 'value="30"' in shown


@pytest.mark.parametrize("typed", ["", "-1", "1e9", "ba mươi", "99999999999999999999"])
def test_nonsense_in_the_vote_is_a_sentence(stage: Stage, as_: Browse, typed: str) -> None:
    resolution = submitted(stage)
    response = as_("clerk").post(
        url(stage, "resolution-adopt", resolution.pk),
        {"for_count": typed, "against_count": 0, "not_voting_count": 0},
    )
    assert response.status_code == 200
    assert response.context["adopt_form"].errors


def test_a_lost_vote_is_told_with_its_numbers(stage: Stage, as_: Browse) -> None:
    resolution = submitted(stage)
    response = as_("clerk").post(
        url(stage, "resolution-adopt", resolution.pk),
        {"for_count": 17, "against_count": 18, "not_voting_count": 0}, follow=True,
    )  # fmt: skip
    assert "17/35 đại biểu tán thành, cần 18: không được thông qua." in messages_of(response)
    assert "Ghi kết quả biểu quyết" in response.content.decode()


def test_a_wrong_password_stands_beside_the_field(stage: Stage, as_: Browse) -> None:
    resolution = ready_to_sign(stage)
    response = as_("chair").post(
        url(stage, "resolution-sign", resolution.pk), {"password": "khong-dung"}
    )
    assert "Mật khẩu chưa đúng" in response.context["sign_form"].errors["password"][0]
    assert "khong-dung" not in response.content.decode()


def test_the_clerk_waits_for_the_chair(stage: Stage, as_: Browse) -> None:
    shown = page(as_("clerk"), url(stage, "resolution-detail", ready_to_sign(stage).pk))
    assert "Đang chờ Chủ tịch Hội đồng nhân dân ký." in shown
    assert "disabled" in shown


def test_the_pdf_is_that_of_the_text_as_it_stands(stage: Stage, as_: Browse) -> None:
    resolution = drafted(stage)
    address = url(stage, "resolution-pdf", resolution.pk)
    assert as_("clerk").get(address).status_code == 404
    jobs.run_due()
    response = as_("clerk").get(address)
    assert response.headers["Content-Type"] == "application/pdf"
    assert b"".join(response.streaming_content).startswith(b"%PDF")


def test_a_publication_that_stopped_can_be_taken_up(
    stage: Stage, as_: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolution = signing.sign(ready_to_sign(stage), password=PASSWORD, by=stage.user["chair"])
    with monkeypatch.context() as patch:
        patch.setattr(texts, "digest_of", lambda _resolution: "0" * 64)
        jobs.run_due()
    shown = page(as_("clerk"), url(stage, "resolution-detail", resolution.pk))
    assert "Việc ban hành dừng lại:" in shown
    as_("clerk").post(url(stage, "resolution-resume", resolution.pk))
    jobs.run_due()
    assert Resolution.objects.get(pk=resolution.pk).state == "published"


# --- what waits for whom -------------------------------------------------------------------------


def work(stage: Stage, name: str, *roles: str) -> tuple[list[str], list[str]]:
    found = work_for(stage.cast.council, stage.user[name], frozenset(roles), timezone.localdate())
    return [one.action for one in found.mine], [one.action for one in found.others]


def test_each_step_waits_for_its_role(stage: Stage) -> None:
    poll = agreed_poll(stage)
    resolution = drafts.from_poll(poll, by=stage.user["clerk"])
    assert work(stage, "clerk", "clerk") == (["Mở dự thảo"], [])
    resolution = submitted(stage, resolution)
    assert work(stage, "clerk", "clerk")[0] == ["Ghi kết quả"]
    voted(stage, resolution)
    resolution = copied(resolution)
    assert work(stage, "clerk", "clerk") == ([], ["Đọc và duyệt"])
    assert work(stage, "approver", "approver") == (["Đọc và duyệt"], [])
    approvals.approve(resolution, by=stage.user["approver"], **digests(resolution))
    assert work(stage, "chair", "chair") == (["Đọc và ký"], [])
    assert work(stage, "clerk", "clerk") == ([], ["Đọc và ký"])
    assert work(stage, "delegate", "delegate") == ([], [])


def test_the_number_of_queries_does_not_grow_with_the_rows(stage: Stage, as_: Browse) -> None:
    client, address = as_("clerk"), url(stage, "resolution-list")
    drafted(stage)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in range(29):
        drafted(stage, title=f"Về việc {number}")
    with CaptureQueriesContext(connection) as thirty:
        client.get(address)
    assert len(thirty) == len(one)
