"""The yardstick: the demo's Hà Đông session is told as the newspaper of December 2023 told it."""

import pytest
from django.test import Client

from portal.management.demo import ha_dong, stage
from resolutions.models import SessionText

HEADLINE = "bà Trần Thị Lương An được bầu giữ chức vụ Phó Chủ tịch Ủy ban nhân dân quận Hà Đông"
REPORTED = [
    "lấy phiếu tín nhiệm đối với",
    "bầu bổ sung bà Trần Thị Lương An, Trưởng phòng Tài chính quận Hà Đông, giữ chức vụ Phó Chủ",
    "tịch Ủy ban nhân dân quận Hà Đông, nhiệm kỳ 2021 - 2026",
    "21 chỉ tiêu kinh tế – xã hội của quận đạt kế hoạch năm 2023.",
    "34.550 tỷ 889 triệu đồng, bằng 90,35% kế hoạch năm, tăng 11% so với cùng kỳ.",
    "38.242 tỷ 382 triệu đồng, vượt 0,01% kế hoạch năm, tăng 11,55% so với cùng kỳ.",
    "3.874 tỷ 112 triệu đồng, bằng 73,5% dự toán năm, bằng 85,8% so với cùng kỳ; đây là chỉ tiêu",
    "vi phạm trong quản lý quy hoạch, xây dựng, đô thị và đất đai",
    "bàn giao 2% kinh phí bảo trì",
    "cải tạo chung cư cũ còn chậm",
    "“Kỷ cương, trách nhiệm, hành động, sáng tạo, phát triển”",
    "chính quyền điện tử và chuyển đổi số",
]


@pytest.mark.timeout(240)
@pytest.mark.django_db
def test_the_demo_session_reads_as_the_newspaper_reported_it():
    ha_dong.tell(stage.accounts())
    page = Client().get("/ha-dong/ky-hop/2021-2026/13/").content.decode()
    summary = page.split('id="ban-tin"')[1].split("</section>")[0]
    assert HEADLINE in summary
    assert [fact for fact in REPORTED if fact not in summary] == []
    assert "12/12/2023" in summary
    assert "Số liệu minh họa" in page, "what is made up says so"
    minutes = SessionText.objects.get(kind="minutes")
    assert minutes.state == "signed"
    assert minutes.files.filter(kind="pdf").exists()
