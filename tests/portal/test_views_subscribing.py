"""Following by letter as a reader meets it: two yeses to begin, one click to leave."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from council.models import AuditEntry
from portal.models import Delivery, Letter, Subscriber, Subscription
from portal.services import follow_tokens, letters
from tests.portal.following_stage import asked, following, token_in, told
from tests.portal.stage import MOMENT
from tests.resolutions.stage import build_stage

FOLLOW = "/theo-doi/"
EMAIL = "Doc.Gia@vi-du.vn"
TYPED = {"council": "tinh-thu", "q": "", "type": "", "frequency": "at_once", "email": EMAIL}


@pytest.fixture
def stage(db, time_machine):
    cache.clear()
    time_machine.move_to(MOMENT - timedelta(days=1), tick=False)
    return build_stage()


def said(response):
    return " ".join(response.content.decode().split())


def test_a_reader_follows_gets_a_letter_and_leaves_with_one_click(
    stage, client, time_machine, caplog
):
    response = client.post(FOLLOW, TYPED)
    assert (response.status_code, response.url) == (302, "/theo-doi/da-gui/")
    letters.send_due(timezone.now())
    (letter,) = mail.outbox
    assert letter.to == [EMAIL.lower()]
    confirm = f"/theo-doi/xac-nhan/{token_in(letter)}/"
    assert client.get(confirm).status_code == 200  # as a mail program opens links by itself
    assert not Subscription.objects.filter(confirmed_at__isnull=False).exists()
    assert "Đã bắt đầu theo dõi" in said(client.post(confirm))
    mail.outbox.clear()
    time_machine.move_to(MOMENT + timedelta(minutes=1), tick=False)
    told(stage)
    letters.send_due(timezone.now())
    (news,) = mail.outbox
    leave = news.extra_headers["List-Unsubscribe"].strip("<>").split("/theo-doi/")[1]
    assert "Bạn đang theo dõi" in said(client.get(f"{FOLLOW}{leave}"))
    assert Subscriber.objects.exists()
    gone = client.post(f"{FOLLOW}{leave}", {"List-Unsubscribe": "One-Click"})
    assert gone.status_code == 200  # and no redirect: RFC 8058, 3.1
    for model in (Subscriber, Subscription, Letter, Delivery):
        assert not model.objects.exists()
    assert client.post(f"{FOLLOW}{leave}").status_code == 200
    assert client.get(confirm).status_code == 404
    audited = AuditEntry.objects.values_list("payload", "object_label")
    everything = caplog.text + "".join(map(str, audited))
    assert "vi-du.vn" not in everything.lower()


def test_one_of_two_things_is_left_and_with_the_last_the_address_goes(stage, client):
    first, second = following(), following(asked="đất đai")
    letters.send_due(timezone.now())
    leave = f"/theo-doi/bo/{follow_tokens.to_leave(first.subscriber)}/"
    assert "Đã bỏ một mục" in said(client.post(leave, {"only": first.key}))
    assert list(Subscription.objects.all()) == [second]
    assert "Đã bỏ theo dõi" in said(client.post(leave, {"only": second.key}))
    assert not Subscriber.objects.exists()


def test_the_page_says_the_same_whether_the_address_follows_or_not(stage, client):
    unknown = client.post(FOLLOW, TYPED, follow=True)
    following("hai@vi-du.vn")
    known = client.post(FOLLOW, {**TYPED, "email": "hai@vi-du.vn"}, follow=True)
    for _often in range(4):
        often = client.post(FOLLOW, TYPED, follow=True)
    assert unknown.content == known.content == often.content
    assert unknown.redirect_chain == known.redirect_chain == often.redirect_chain


def test_an_address_is_asked_three_times_a_day_at_most(stage, time_machine):
    for number in range(5):
        asked(asked=f"việc {number}")
    assert len(mail.outbox) == 3
    time_machine.shift(timedelta(days=1, minutes=1))
    asked()
    assert len(mail.outbox) == 4


def test_one_network_address_asks_ten_times_an_hour_at_most(stage, client, time_machine):
    answers = [
        client.post(FOLLOW, {**TYPED, "email": f"so{number}@vi-du.vn"}).status_code
        for number in range(12)
    ]
    assert answers == [302] * 10 + [429] * 2
    assert Subscriber.objects.count() == 10
    time_machine.shift(timedelta(hours=1))
    assert client.post(FOLLOW, TYPED).status_code == 302


def test_confirming_again_changes_how_often_letters_come(stage, client):
    made = following()
    asked(frequency="weekly")
    client.post(f"/theo-doi/xac-nhan/{token_in(mail.outbox[-1])}/")
    assert Subscription.objects.get().frequency == "weekly"
    assert Subscription.objects.get().pk == made.pk


def test_words_of_links_are_signed_and_grow_old(stage, client, time_machine):
    asked()
    token = token_in(mail.outbox[-1])
    swapped = token[:-1] + ("A" if token[-1] != "A" else "B")
    key = Subscriber.objects.get().key
    for forged in (swapped, key, f"{key}~x", "x", "~~~"):
        assert client.post(f"/theo-doi/xac-nhan/{forged}/").status_code == 404
        assert client.post(f"/theo-doi/bo/{forged}/").status_code == 404
    assert client.post(f"/theo-doi/bo/{token}/").status_code == 404  # each for one thing only
    time_machine.shift(timedelta(days=7, minutes=1))
    assert client.post(f"/theo-doi/xac-nhan/{token}/").status_code == 404
    assert Subscription.objects.get().confirmed_at is None


@pytest.mark.parametrize(
    "typed",
    [
        {"email": "khong-phai"}, {"email": "a@b.vn\nBcc: c@d.vn"}, {"council": "khong-co"},
        {"council": "", "q": " ?! "}, {"frequency": "hourly"}, {"type": "person"},
    ],
)  # fmt: skip
def test_what_cannot_be_followed_is_told_beside_its_field(stage, client, typed):
    response = client.post(FOLLOW, {**TYPED, **typed})
    assert response.status_code == 200
    assert "is-invalid" in said(response)
    assert not Subscriber.objects.exists()


def test_without_a_mail_server_no_form_is_shown_and_nothing_is_kept(stage, client, settings):
    assert "/theo-doi/" in said(client.get("/tinh-thu/"))
    settings.MAIL_IS_CONFIGURED = False
    assert "/theo-doi/" not in said(client.get("/tinh-thu/"))
    assert "<form" not in said(client.get(FOLLOW)).split("<main")[1]
    client.post(FOLLOW, TYPED)
    assert not Subscriber.objects.exists()


def test_these_pages_are_kept_by_no_cache_and_set_no_cookie(stage, client):
    made = following()
    leave = f"/theo-doi/bo/{follow_tokens.to_leave(made.subscriber)}/"
    for path in (FOLLOW, leave):
        response = client.get(path)
        assert response["Cache-Control"] == "private, no-store"
        assert not response.cookies


def test_a_search_is_followed_as_it_was_asked(stage, client):
    page = said(client.get("/tim-kiem/?q=đất+đai&council=tinh-thu"))
    assert "/theo-doi/?q=%C4%91%E1%BA%A5t" in page
    form = said(client.get("/theo-doi/?q=đất+đai&council=tinh-thu&type=poll"))
    assert 'value="đất đai"' in form
    assert '<option value="tinh-thu" selected>' in form
