"""Menus show what the permission table allows."""

import pytest
from django.test import Client
from django.urls import reverse

from council.templatetags import rights


def test_roles_open_what_the_table_says() -> None:
    assert rights.may(frozenset({"clerk"}), "staff.read")
    assert not rights.may(frozenset({"ballot_committee"}), "staff.read")


@pytest.mark.parametrize("roles", [None, "", "clerk", frozenset()])
def test_without_roles_nothing_is_allowed(roles) -> None:
    assert not rights.may(roles, "staff.read")


def test_a_verb_that_no_gate_knows_is_a_mistake() -> None:
    with pytest.raises(LookupError, match="fly"):
        rights.may(frozenset({"clerk"}), "fly")


@pytest.mark.parametrize("name", ["clerk", "approver", "chair", "counter1", "admin"])
def test_every_way_in_the_menu_is_open(name, client: Client, cast) -> None:
    client.force_login(cast.user[name])
    home = client.get(reverse("council:council-home", args=[cast.council.slug]))
    header = home.content.decode().split("<header")[1].split("</header>")[0]
    ways = [part.split('"')[0] for part in header.split(' href="')[1:]]
    assert len(ways) >= 4
    for way in ways:
        if way.startswith("/") and "lang=" not in way:
            assert client.get(way).status_code in {200, 302}, (name, way)


def test_a_counter_is_not_shown_the_staff_s_lists(client: Client, cast) -> None:
    client.force_login(cast.user["counter1"])
    home = client.get(reverse("council:council-home", args=[cast.council.slug]))
    assert reverse("council:people-list", args=[cast.council.slug]) not in home.content.decode()
