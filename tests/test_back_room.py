"""Django admin: a back room for the installation's administrators, to look and not to touch."""

import pytest
from django.contrib import admin

from council.models import AuditEntry, User
from portal.management.commands.show_urls import addresses
from tests.access_stage import ACCOUNTS, Stage, answer, build

REDIRECT, FORBIDDEN = 302, 403
MORE_ANSWERS = {"admin:logout": {405}, "admin:autocomplete": {403}}
OPEN_DOORS_OF_DJANGO = {"admin:login", "admin:logout", "admin:jsi18n"}


@pytest.fixture
def stage(db) -> Stage:
    return build()


BACK_ROOM = [
    address.name
    for address in addresses()
    if address.name.startswith("admin:")
    and address.gate == "superuser"
    and "<" not in address.pattern
    and "(?P" not in address.pattern
]


@pytest.mark.parametrize("who", [None, *ACCOUNTS, "outsider"])
def test_the_back_room_is_for_the_installations_administrators(who, stage):
    for name in set(BACK_ROOM) - OPEN_DOORS_OF_DJANGO:
        assert answer(stage, name, who, "GET").status_code in {REDIRECT, FORBIDDEN}, name


def test_every_page_of_the_back_room_opens_for_them(stage):
    wrong = {
        name: status
        for name in BACK_ROOM
        if (status := answer(stage, name, "root", "GET").status_code)
        not in (
            {FORBIDDEN} if name.endswith("_add") else MORE_ANSWERS.get(name, {200, REDIRECT, 400})
        )
    }
    assert wrong == {}


def test_the_back_room_changes_nothing_that_a_service_owns(stage, rf):
    request = rf.get("/")
    request.user = stage.user("root")
    for model, model_admin in admin.site._registry.items():
        if model._meta.app_label == "axes":
            continue
        rights = model_admin.get_model_perms(request)
        assert rights == {"add": False, "change": False, "delete": False, "view": True}, model


def test_the_back_room_shows_no_counters_figures():
    shown = {model.__name__ for model in admin.site._registry}
    assert shown.isdisjoint({"Count", "CountLine", "OpenVoteChoice"})


def test_accounts_are_locked_and_opened_through_their_service(stage, client):
    client.force_login(stage.user("root"))
    clerk = stage.user("clerk")
    chosen = {"_selected_action": [clerk.pk, stage.user("root").pk]}
    client.post("/quan-tri/council/user/", {"action": "deactivate", **chosen})
    assert not User.objects.get(pk=clerk.pk).is_active
    assert User.objects.get(username="root").is_active, "nobody locks themselves out"
    client.post("/quan-tri/council/user/", {"action": "reactivate", **chosen})
    assert User.objects.get(pk=clerk.pk).is_active
    verbs = AuditEntry.objects.filter(object_type="council.user").values_list("verb", flat=True)
    assert set(verbs) == {"account.deactivate", "account.reactivate"}


def test_no_password_hash_is_shown(stage, client):
    client.force_login(stage.user("root"))
    page = client.get(f"/quan-tri/council/user/{stage.user('clerk').pk}/change/")
    assert page.status_code == 200
    assert b"md5$" not in page.content
