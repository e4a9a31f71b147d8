"""The rulebook's pages: every rule with its source; changes proposed, approved, sent back."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from council.models import Role, RuleVersion, User
from council.rules.law import RULEBOOK, Ending
from council.services import rulebook
from tests.cast import GRANTED, PASSWORD

LIST = "/lam-viec/luat/"
RULE = LIST + "resolution.majority/"


@pytest.fixture
def clerk(cast):
    client = Client()
    client.force_login(cast.user["clerk"])
    return client


@pytest.fixture
def admin(cast):
    client = Client()
    client.force_login(cast.user["admin"])
    return client


@pytest.fixture
def second(cast):
    client = Client()
    client.force_login(User.objects.create_superuser("quantri2", "", PASSWORD))
    return client


@pytest.fixture
def proposal(cast) -> RuleVersion:
    like = RULEBOOK.by_id("resolution.majority")
    row = replace(like, article="Điều 1 Luật mới", effective_from=date(2028, 1, 1))
    return rulebook.propose(row, like=like, by=cast.user["admin"])


def text_of(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_every_rule_is_reached_through_the_pages_of_the_list(clerk):
    found = ""
    number = 1
    while True:
        page = text_of(clerk, f"{LIST}?page={number}")
        found += page
        if 'rel="next"' not in page:
            break
        number += 1
    assert number > 1
    assert [row.id for row in RULEBOOK if f'href="/lam-viec/luat/{row.id}/"' not in found] == []


def test_every_rule_has_its_page_with_its_source(clerk):
    for row in RULEBOOK:
        page = text_of(clerk, f"{LIST}{row.id}/")
        assert (row.article or "quy chế của hội đồng") in page, row.id


@pytest.mark.parametrize(
    ("query", "there", "absent"),
    [
        ("nhom=ban-kiem-phieu", "ballot_committee.duties", "resolution.majority"),
        ("cap=district&ngay=2023-12-12&nhom=bau", "law77.election_majority", "election.majority"),
        ("muc=uncertain", "election.tie", "resolution.majority"),
        ("ngay=2018-05-05&nhom=tin-nhiem", "old.low_half", "confidence.low_half_to_two_thirds"),
        ("tu=dieu+17%2C", "no_confidence.result", "resolution.majority"),
        ("tu=nghi+quyet+85", "old.exempt", "confidence.exempt"),
    ],
)
def test_the_list_is_narrowed_by_subject_level_day_mark_and_words(clerk, query, there, absent):
    page = text_of(clerk, f"{LIST}?{query}")
    assert f'href="/lam-viec/luat/{there}/"' in page
    assert f'href="/lam-viec/luat/{absent}/"' not in page


@pytest.mark.parametrize("query", ["nhom=x", "cap=x", "muc=x", "ngay=31-12", "page=zzz"])
def test_nonsense_narrows_nothing(clerk, query):
    assert f"{len(RULEBOOK.all())} trên {len(RULEBOOK.all())}" in text_of(clerk, f"{LIST}?{query}")


def test_nothing_found_says_what_to_do(clerk):
    assert "Bỏ bớt bộ lọc" in text_of(clerk, LIST + "?tu=khongcotunay")


def test_what_is_uncertain_is_marked_by_word_and_shape(clerk):
    page = text_of(clerk, LIST + "election.tie/")
    assert '<span class="tag bad">chưa rõ</span>' in page
    assert "không dùng như một quy định của luật" in page
    assert "quy chế của hội đồng quyết định" in page
    memory = text_of(clerk, LIST + "resolution.sign/")
    assert '<span class="tag warn">nhớ lại, chưa đọc</span>' in memory
    assert '<span class="tag ok">đã đọc nguyên văn</span>' in text_of(clerk, RULE)


def test_a_rules_page_shows_what_was_law_before(clerk):
    page = text_of(clerk, RULE)
    assert 'href="/lam-viec/luat/law77.resolution_majority/"' in page
    assert "từ 01/01/2016 đến hết 28/02/2025" in page


def test_the_rule_is_read_in_english(clerk):
    page = text_of(clerk, RULE + "?lang=en")
    assert "A resolution passes when more than half of all delegates vote for it." in page


def test_an_unknown_rule_is_not_found(clerk, admin):
    assert clerk.get(LIST + "no.such/").status_code == 404
    assert admin.get(LIST + "no.such/ban-moi/").status_code == 404
    assert clerk.get(LIST + "de-xuat/999/").status_code == 404


def test_a_clerk_sees_no_button_to_propose(clerk, admin):
    assert "ban-moi" not in text_of(clerk, RULE)
    assert "ban-moi" in text_of(admin, RULE)


def typed(**changes):
    return {
        "article": "Điều 1 Luật mới", "text_vi": "Một câu.", "text_en": "A sentence.",
        "share": "3/5", "is_strict": "1", "base": "total", "effective_from": "2028-01-01",
        "levels": ["province", "commune"], "mark": "text", "source": "Công báo", **changes,
    }  # fmt: skip


def test_two_administrators_make_a_new_rule(
    admin, second, clerk, django_capture_on_commit_callbacks
):
    assert 'value="1/2"' in text_of(admin, RULE + "ban-moi/"), "the form begins with the rule"
    answer = admin.post(RULE + "ban-moi/", typed())
    version = RuleVersion.objects.get()
    assert answer.url == f"/lam-viec/luat/de-xuat/{version.pk}/"
    page = text_of(admin, answer.url)
    assert "một quản trị viên khác phải duyệt" in page
    assert "/duyet/" not in page
    assert "hết áp dụng sau ngày 31/12/2027" in page
    page = text_of(second, answer.url)
    assert "/duyet/" in page
    seen = page.split('name="seen"')[1].split(">")[0]
    assert 'value="' not in seen or 'value=""' in seen
    with django_capture_on_commit_callbacks(execute=True):
        done = second.post(answer.url + "duyet/", {"seen": ""}, follow=True)
    assert "Đã duyệt" in done.content.decode()
    page = text_of(clerk, f"{LIST}resolution.majority.v1/")
    assert "trên 3/5 tổng số đại biểu" in page
    assert "duyệt ngày" in page
    assert "đến hết 31/12/2027" in text_of(clerk, RULE)


def test_a_mistake_is_shown_beside_its_field_and_nothing_is_lost(admin):
    page = admin.post(RULE + "ban-moi/", typed(source="", share="x")).content.decode()
    assert "Ghi phân số, ví dụ 2/3." in page
    assert "Điều 1 Luật mới" in page
    page = admin.post(RULE + "ban-moi/", typed(article="")).content.decode()
    assert "phải ghi điều, khoản" in page
    assert not RuleVersion.objects.exists()


def test_a_base_that_cannot_be_counted_is_no_choice(admin):
    page = text_of(admin, LIST + "confidence.denominator/ban-moi/")
    assert 'value="returned"' in page
    assert 'value="total"' in page
    assert 'value="valid"' not in page
    assert 'name="share"' not in page
    assert 'name="days"' in text_of(admin, LIST + "approve.send/ban-moi/")
    assert 'name="number"' in text_of(admin, LIST + "election.second_round/ban-moi/")


def test_nobody_approves_the_own_proposal_whatever_is_posted(admin, proposal):
    answer = admin.post(f"/lam-viec/luat/de-xuat/{proposal.pk}/duyet/", {"seen": ""})
    assert "Một quản trị viên khác phải duyệt" in answer.content.decode()
    proposal.refresh_from_db()
    assert proposal.state == "proposed"


def test_who_read_an_older_book_reads_again_and_can_then_approve(second, proposal):
    url = f"/lam-viec/luat/de-xuat/{proposal.pk}/"
    page = second.post(url + "duyet/", {"seen": "7"}).content.decode()
    assert "vừa thay đổi sau khi bạn mở trang này" in page
    assert second.post(url + "duyet/", {"seen": ""}).status_code == 302


def test_it_is_sent_back_with_a_reason(second, clerk, proposal):
    url = f"/lam-viec/luat/de-xuat/{proposal.pk}/"
    assert "Trường này" in second.post(url + "tra-lai/", {"reason": ""}).content.decode()
    second.post(url + "tra-lai/", {"reason": "Sai số điều."})
    page = text_of(clerk, url)
    assert "Sai số điều." in page
    assert "/duyet/" not in page
    assert "Sai số điều." not in text_of(clerk, RULE)
    assert "bị trả lại" in text_of(clerk, LIST + "de-xuat/")


def test_while_a_change_waits_the_rules_page_says_so(admin, proposal):
    page = text_of(admin, RULE)
    assert "đang chờ quản trị viên khác duyệt" in page
    assert "ban-moi" not in page
    assert "1 chờ duyệt" in text_of(admin, LIST)
    assert proposal.article in text_of(admin, LIST + "de-xuat/")


def test_a_rule_is_ended(admin, second, cast):
    url = LIST + "confidence.commune/cham-dut/"
    assert "từ chối thay vì đoán" in text_of(admin, url)
    answer = admin.post(url, {"effective_to": "2028-01-01", "source": "Nghị quyết mới"})
    page = text_of(second, answer.url)
    assert "hết áp dụng sau ngày 01/01/2028" in page
    second.post(answer.url + "duyet/", {"seen": ""})
    rulebook.refresh()
    again = admin.post(url, {"effective_to": "2028-01-01", "source": "x"}).content.decode()
    assert "không có gì thay đổi" in again
    assert "confidence.commune" in text_of(second, answer.url)


def test_a_rule_replaced_from_its_first_day_keeps_its_page(admin, cast):
    like = RULEBOOK.by_id("resolution.sign")
    version = rulebook.propose(replace(like, note="Đã kiểm tra."), like=like, by=cast.user["admin"])
    rulebook.approve(version, by=User.objects.create_superuser("root", "", PASSWORD))
    assert "thay từ ngày đầu" in text_of(admin, LIST + "resolution.sign/")
    assert "Đã kiểm tra." in text_of(admin, LIST + "resolution.sign.v1/")
    ending = Ending("resolution.sign.v1", date(2030, 1, 1))
    assert rulebook.propose_ending(ending, source="x", by=cast.user["admin"]).kind == "ending"


def test_a_second_click_meets_the_decision(second, proposal):
    url = f"/lam-viec/luat/de-xuat/{proposal.pk}/"
    second.post(url + "duyet/", {"seen": ""})
    assert "đã có quyết định" in second.post(url + "duyet/", {"seen": ""}).content.decode()
    late = second.post(url + "tra-lai/", {"reason": "Sai."}).content.decode()
    assert "đã có quyết định" in late


def test_the_first_screen_tells_administrators_what_waits(cast, admin, clerk, proposal):
    work = f"/lam-viec/{cast.council.slug}/"
    assert "chờ quản trị viên khác duyệt" in text_of(admin, work)
    assert "sổ quy định:" not in text_of(clerk, work)
    Role.objects.create(
        user=cast.user["approver"], council=cast.council, kind="administrator", granted_at=GRANTED
    )
    other = Client()
    other.force_login(cast.user["approver"])
    page = text_of(other, work)
    assert "Duyệt hoặc trả lại thay đổi sổ quy định: “Điều 1 Luật mới”." in page
    assert proposal.get_absolute_url() in page
