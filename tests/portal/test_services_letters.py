"""Each publication reaches each follower once, whatever breaks on the way."""

from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from council.services import jobs
from portal.models import Delivery, Letter, SearchEntry, Subscriber, Subscription
from portal.rules.following import Topic
from portal.services import letters, search, subscriptions
from portal.tasks import send_letters
from tests.portal.following_stage import FailingServer, asked, following, token_in, told
from tests.portal.stage import MOMENT, published_poll, published_resolution
from tests.resolutions.stage import build_stage

SERVER = "tests.portal.following_stage.FailingServer"
NO_SERVER = "tests.portal.following_stage.NoServer"
TITLE = "12/NQ-HĐND Về dự toán ngân sách năm 2027"


@pytest.fixture(autouse=True)
def _before_anything_is_published(time_machine):
    time_machine.move_to(MOMENT - timedelta(days=1), tick=False)
    FailingServer.plan = []


@pytest.fixture
def stage(db):
    return build_stage()


def minutes_later(time_machine, minutes=1):
    time_machine.move_to(MOMENT + timedelta(minutes=minutes), tick=False)


def sent():
    """To whom and what, and the outbox is empty again."""
    found = sorted((message.to[0], message.subject) for message in mail.outbox)
    mail.outbox.clear()
    return found


def test_who_follows_is_told_once_however_often_anything_is_done_again(stage, time_machine):
    following()
    following("hai@vi-du.vn", asked="ngân sách")
    following("hai@vi-du.vn", council="tinh-thu", kind="resolution")  # follows it by two ways
    following("ba@vi-du.vn", asked="đất đai")
    asked("bon@vi-du.vn")  # and never confirms
    mail.outbox.clear()
    minutes_later(time_machine)
    made = told(stage)
    for _again in range(2):
        letters.spread("resolution", made.pk)
        letters.send_due(timezone.now())
    search.reindex()
    letters.spread("resolution", made.pk)
    letters.send_due(timezone.now())
    assert sent() == [("doc.gia@vi-du.vn", TITLE), ("hai@vi-du.vn", TITLE)]


def test_the_job_that_indexes_a_publication_tells_who_follows(stage, time_machine, run_jobs):
    following()
    minutes_later(time_machine)
    made = published_resolution(stage)
    key = "portal.index.thu"
    for _again in range(2):
        jobs.enqueue("portal.index", key=key, title="Thử", args=["resolution", made.pk])
        run_jobs()
        send_letters()
    assert sent() == [("doc.gia@vi-du.vn", TITLE)]


def test_what_was_published_before_is_no_news(stage, time_machine):
    minutes_later(time_machine)
    following()
    told(stage)
    letters.send_due(timezone.now())
    assert sent() == []
    assert not Delivery.objects.exists()


def test_a_digest_bundles_what_came_until_its_morning(stage, time_machine):
    following(frequency="daily")
    minutes_later(time_machine)
    for number in (12, 13):
        told(stage, number=number)
    poll = published_poll(stage)
    search.index("poll", poll.pk)
    letters.spread("poll", poll.pk)
    letters.send_due(timezone.now())
    assert sent() == []
    time_machine.move_to(MOMENT + timedelta(days=1), tick=False)
    letters.send_due(timezone.now())
    assert sent() == [("doc.gia@vi-du.vn", "3 văn bản, tin mới bạn theo dõi")]


def test_a_worker_killed_after_the_server_took_the_letter_sends_no_second(
    stage, time_machine, settings
):
    following()
    minutes_later(time_machine)
    told(stage)
    settings.EMAIL_BACKEND = SERVER
    FailingServer.plan = [("after", SystemExit("killed"))]
    with pytest.raises(SystemExit):
        letters.send_due(timezone.now())
    minutes_later(time_machine, 600)
    letters.send_due(timezone.now())
    assert sent() == [("doc.gia@vi-du.vn", TITLE)]
    assert Letter.objects.get(kind="news").state == "sending"  # nobody knows, and so it stays


def test_a_line_that_breaks_off_leaves_that_letter_and_the_next_round_goes_on(
    stage, time_machine, settings
):
    following()
    following("hai@vi-du.vn")
    minutes_later(time_machine)
    told(stage)
    settings.EMAIL_BACKEND = SERVER
    FailingServer.plan = [("before", SMTPServerDisconnected("gone"))]
    with pytest.raises(letters.NotSentError):
        letters.send_due(timezone.now())
    letters.send_due(timezone.now())
    assert sent() == [("hai@vi-du.vn", TITLE)]


def test_where_no_server_answers_nothing_is_claimed_and_all_comes_later(
    stage, time_machine, settings
):
    following()
    minutes_later(time_machine)
    told(stage)
    backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, NO_SERVER
    with pytest.raises(letters.NotSentError):
        letters.send_due(timezone.now())
    assert Letter.objects.get(kind="news").state == "waiting"
    settings.EMAIL_BACKEND = backend
    letters.send_due(timezone.now())
    assert sent() == [("doc.gia@vi-du.vn", TITLE)]


def test_a_no_for_now_is_asked_again_later_and_a_no_for_good_is_not(stage, time_machine, settings):
    following()
    following("hai@vi-du.vn")
    minutes_later(time_machine)
    told(stage)
    settings.EMAIL_BACKEND = SERVER
    refused = SMTPRecipientsRefused({"hai@vi-du.vn": (550, b"no such user hai@vi-du.vn")})
    FailingServer.plan = [("before", SMTPDataError(451, b"greylisted")), ("before", refused)]
    letters.send_due(timezone.now())
    assert sent() == []
    minutes_later(time_machine, 60)
    letters.send_due(timezone.now())
    assert sent() == [("doc.gia@vi-du.vn", TITLE)]
    lost = Letter.objects.get(state="failed")
    assert lost.error == "SMTPRecipientsRefused 550"  # and no address


def test_two_workers_at_once_send_a_letter_once(stage, time_machine):
    following()
    minutes_later(time_machine)
    told(stage)
    letters.send_due(timezone.now() - timedelta(days=9))  # bundles nothing yet
    letters._bundle(timezone.now())
    mine = Letter.objects.get(kind="news")
    Letter.objects.filter(pk=mine.pk).update(state="sending", claimed_at=timezone.now())
    letters.send_due(timezone.now())  # the other one has it
    assert sent() == []


def test_the_database_itself_knows_only_one_delivery(stage):
    reader = following().subscriber
    row = {"kind": "poll", "object_id": 1, "due_at": MOMENT, "made_at": MOMENT}
    Delivery.objects.create(subscriber=reader, **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(subscriber=reader, **row)


def test_what_is_not_public_any_more_is_not_told(stage, time_machine):
    following(frequency="daily")
    minutes_later(time_machine)
    made = told(stage)
    SearchEntry.objects.filter(kind="resolution", object_id=made.pk).delete()
    time_machine.move_to(MOMENT + timedelta(days=1), tick=False)
    letters.send_due(timezone.now())
    assert sent() == []
    assert not Letter.objects.filter(kind="news").exists()


def test_a_letter_is_plain_and_html_in_the_readers_language_with_one_click_out(
    stage, time_machine, settings
):
    topic = Topic(council="tinh-thu")
    subscriptions.ask(email="an@vi-du.vn", topic=topic, frequency="at_once", language="en")
    letters.send_due(timezone.now())
    assert mail.outbox[0].subject.startswith("Confirm")
    subscriptions.confirm(token_in(mail.outbox.pop()))
    minutes_later(time_machine)
    made = told(stage)
    letters.send_due(timezone.now())
    (message,) = [one for one in mail.outbox if one.to == ["an@vi-du.vn"]]
    ((html, media_type),) = message.alternatives
    address = f"{settings.BASE_URL}{made.get_absolute_url()}"
    assert media_type == "text/html"
    for body in (message.body, html):
        assert address in body
        assert "You receive this" in body
    assert '<html lang="en">' in html
    assert "<img" not in html
    leave = message.extra_headers["List-Unsubscribe"]
    assert leave.startswith(f"<{settings.BASE_URL}/theo-doi/bo/")
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert leave.strip("<>") in message.body


def test_who_never_confirms_is_forgotten_after_a_week(stage, time_machine):
    asked("bon@vi-du.vn")
    kept = following().subscriber
    time_machine.move_to(MOMENT + timedelta(days=5), tick=False)
    assert subscriptions.sweep(timezone.now()) == 0
    time_machine.move_to(MOMENT + timedelta(days=6, minutes=1), tick=False)
    assert subscriptions.sweep(timezone.now()) == 1
    assert list(Subscriber.objects.values_list("pk", flat=True)) == [kept.pk]
    assert Letter.objects.filter(subscriber=kept).exists()


def test_what_was_sent_is_forgotten_after_sixty_days_and_told_no_second_time(stage, time_machine):
    following()
    minutes_later(time_machine)
    made = told(stage)
    letters.send_due(timezone.now())
    time_machine.move_to(MOMENT + timedelta(days=61), tick=False)
    subscriptions.sweep(timezone.now())
    assert not Letter.objects.exists()
    letters.spread("resolution", made.pk)
    letters.send_due(timezone.now())
    assert len(sent()) == 1
    assert Subscription.objects.exists()
