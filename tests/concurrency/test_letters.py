"""Workers that send the same letters, and readers who ask, at the same moment."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from portal.models import Delivery, Letter, SearchEntry, Subscriber
from portal.rules.following import Topic
from portal.services import follow_tokens, letters, search, subscriptions
from tests.concurrency.test_counting import at_once
from tests.portal.following_stage import asked, following, token_in
from tests.portal.stage import published_resolution
from tests.resolutions.stage import build_stage

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
FOUR = ("1", "2", "3", "4")


def test_four_workers_note_and_send_one_publication_once() -> None:
    made = published_resolution(build_stage())
    for number in range(5):
        following(f"so{number}@vi-du.vn")
    search.index("resolution", made.pk)
    now = timezone.now() + timedelta(seconds=1)
    SearchEntry.objects.filter(object_id=made.pk).update(published_at=now)

    def work(_name: str) -> None:
        letters.spread("resolution", made.pk)
        letters.send_due(timezone.now() + timedelta(minutes=1))

    assert at_once(work, FOUR) == ["done"] * 4
    letters.send_due(timezone.now() + timedelta(minutes=1))
    assert Delivery.objects.count() == 5
    assert sorted(message.to[0] for message in mail.outbox) == [
        f"so{number}@vi-du.vn" for number in range(5)
    ]
    assert set(Letter.objects.values_list("state", flat=True)) == {"sent"}


def test_who_asks_four_times_at_once_is_one_address_and_gets_three_letters() -> None:
    def ask(name: str) -> None:
        subscriptions.ask(
            email="doc.gia@vi-du.vn", topic=Topic(asked=f"việc {name}"), frequency="daily",
            language="vi",
        )  # fmt: skip

    assert at_once(ask, FOUR) == ["done"] * 4
    assert Subscriber.objects.count() == 1
    assert Letter.objects.count() == subscriptions.ASKED_A_DAY


def test_who_leaves_while_a_letter_is_bundled_is_gone() -> None:
    build_stage()
    reader = following().subscriber
    row = {"kind": "poll", "object_id": 1, "due_at": timezone.now(), "made_at": timezone.now()}
    Delivery.objects.create(subscriber=reader, **row)
    token = follow_tokens.to_leave(reader)

    def act(name: str) -> None:
        if name == "leave":
            subscriptions.leave(token)
        else:
            letters.send_due(timezone.now())

    assert at_once(act, ("leave", "send")) == ["done", "done"]
    assert not Subscriber.objects.exists()
    assert not Letter.objects.exists()


def test_who_confirms_and_leaves_at_once_has_left_or_never_came() -> None:
    asked("doc.gia@vi-du.vn")
    confirm, leave = (token_in(mail.outbox[-1], which) for which in (0, 1))
    verbs = {"confirm": subscriptions.confirm, "leave": subscriptions.leave}
    words = {"confirm": confirm, "leave": leave}
    said = at_once(lambda name: verbs[name](words[name]), ("confirm", "leave"))
    assert said in (["done", "done"], ["done", "follow.link_dead"])
    assert not Subscriber.objects.exists()
