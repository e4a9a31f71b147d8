"""The clerk corrects or takes back a published resolution; the chair reads and signs."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from lxml import html

from resolutions.models import Notice
from resolutions.services import notices
from tests.cast import PASSWORD
from tests.resolutions import notices_stage as kit
from tests.resolutions.stage import Stage


def said(response: Any) -> str:
    return " ".join(strip_tags(response.content.decode()).split())


def client_of(stage: Stage, who: str) -> Client:
    client = Client()
    client.force_login(stage.user[who])
    return client


def typed(**more: str) -> dict[str, str]:
    return {
        "symbol": "15/HĐND-VP", "dated": "2026-07-12", "reason": "Lỗi khi in.", "rows": "2",
        "signatory_post": "CHỦ TỊCH", "signatory_name": "Nguyễn Văn Thử An", "action": "save",
        **more,
    }  # fmt: skip


def url(name: str, pk: int) -> str:
    return reverse(f"resolutions:notice-{name}", args=["tinh-thu", pk])


def test_the_clerk_goes_from_the_resolution_to_the_letter(stage: Stage) -> None:
    target, clerk = kit.target_of(stage), client_of(stage, "clerk")
    page = clerk.get(reverse("resolutions:resolution-detail", args=["tinh-thu", target.pk]))
    add = f"{url('add', target.pk)}?loai=dinh-chinh"
    assert add in page.content.decode()
    form = html.fromstring(clerk.get(add).content.decode())
    assert form.xpath("//input[@name='signatory_name']/@value") == ["Nguyễn Văn Thử An"]
    row = {
        "slip-1-target_key": kit.key_of(target, "Phê duyệt"), "slip-1-old_words": "dự tóan",
        "slip-1-new_words": "dự án",
    }  # fmt: skip
    page = clerk.post(add, typed(**row))
    tree = html.fromstring(page.content.decode())
    (wrong,) = tree.xpath("//textarea[@name='slip-1-old_words'][contains(@class, 'is-invalid')]")
    assert "dự tóan" in wrong.text
    assert "Không thấy “dự tóan” ở chỗ đã chọn" in said(page)
    page = clerk.post(add, typed(**row) | {"action": "more", "reason": ""})
    assert 'name="slip-2-old_words"' in page.content.decode()
    assert "is-invalid" not in page.content.decode(), "nothing is scolded before it is sent"
    page = clerk.post(add, typed(**row) | {"slip-1-old_words": "dự toán"}, follow=True)
    assert "1. Phê duyệt dự toán.1. Phê duyệt dự án." in said(page)
    assert "V/v đính chính Nghị quyết số 12/NQ-HĐND" in said(page)
    notice = Notice.objects.get()
    again = html.fromstring(clerk.get(url("edit", notice.pk)).content.decode())
    assert again.xpath("//textarea[@name='slip-0-new_words']")[0].text.strip() == "dự án"


def test_the_chair_finds_it_on_the_first_screen_reads_the_file_and_signs(stage: Stage) -> None:
    target = kit.target_of(stage)
    clerk, chair = client_of(stage, "clerk"), client_of(stage, "chair")
    notice = kit.corrected(stage, target)
    home = "/lam-viec/tinh-thu/"
    assert "Hoàn thiện công văn 15/HĐND-VP đính chính" in said(clerk.get(home))
    clerk.post(url("submit", notice.pk))
    assert "Ký công văn 15/HĐND-VP đính chính Nghị quyết số 12/NQ-HĐND." in said(chair.get(home))
    assert chair.get(url("file", notice.pk)).status_code == 404
    notice = _made(notice)
    page = chair.get(url("detail", notice.pk))
    assert notice.sha256 in page.content.decode()
    assert b"".join(chair.get(url("file", notice.pk)).streaming_content).startswith(b"%PDF")
    signed = {"sha256": notice.sha256, "password": PASSWORD}
    page = chair.post(url("sign", notice.pk), signed | {"password": "x"})
    assert "Mật khẩu chưa đúng" in said(page)
    page = chair.post(url("sign", notice.pk), signed, follow=True)
    assert "Đã ký và ban hành." in said(page)
    assert "15/HĐND-VP" not in said(chair.get(home))
    public = Client().get(notice.get_absolute_url())
    assert "cụm từ “dự toán” sửa thành “dự toán ngân sách”" in said(public)
    page = clerk.get(reverse("resolutions:resolution-detail", args=["tinh-thu", target.pk]))
    assert "Đính chính: 15/HĐND-VP" in said(page)


def _made(notice: Notice) -> Notice:
    from council.models import Job
    from resolutions.queries import notices as queries
    from resolutions.services import notice_files

    notice.refresh_from_db()
    notice_files.run(Job.objects.get(key=queries.render_key(notice)))
    return Notice.objects.get(pk=notice.pk)


def test_a_withdrawal_is_drafted_edited_and_dropped(stage: Stage) -> None:
    target, clerk = kit.target_of(stage), client_of(stage, "clerk")
    add = f"{url('add', target.pk)}?loai=thu-hoi"
    assert 'name="slip-0-old_words"' not in clerk.get(add).content.decode()
    clerk.post(add, typed(symbol="02/TB-HĐND", hides_text="on"))
    notice = Notice.objects.get()
    assert (notice.kind, notice.hides_text) == ("withdrawal", True)
    stale = typed(symbol="03/TB-HĐND", version="7")
    assert "Người khác vừa lưu" in said(clerk.post(url("edit", notice.pk), stale))
    clerk.post(url("edit", notice.pk), typed(symbol="03/TB-HĐND", version="1"))
    assert Notice.objects.get().symbol == "03/TB-HĐND"
    page = clerk.post(url("discard", notice.pk), follow=True)
    assert "Đã bỏ bản soạn." in said(page)
    assert not Notice.objects.exists()


def test_who_signs_sends_it_back_with_a_reason(stage: Stage) -> None:
    notice = kit.corrected(stage, kit.target_of(stage))
    notices.submit(notice, by=stage.user["clerk"])
    chair = client_of(stage, "chair")
    assert "Đọc bản PDF" not in said(chair.get(url("detail", notice.pk)))
    page = chair.post(url("send-back", notice.pk), {"reason": ""})
    assert page.status_code == 200
    chair.post(url("send-back", notice.pk), {"reason": "Sai ngày."})
    assert "Bị trả lại: Sai ngày." in said(client_of(stage, "clerk").get(url("detail", notice.pk)))


@pytest.mark.parametrize("rows", ["", "x", "-1", "9" * 30, "²"])
def test_a_forged_number_of_rows_does_no_harm(stage: Stage, rows: str) -> None:
    target = kit.target_of(stage)
    page = client_of(stage, "clerk").post(url("add", target.pk), typed(rows=rows))
    assert page.status_code == 200
    assert "Ghi ít nhất một chỗ cần đính chính." in said(page)
