"""The living page: every component is there, and only people with an account see it."""

import re

import pytest
from django.test import Client

from tests.processes import ROOT

PAGE = "/lam-viec/mau/"
FOLDER = ROOT / "templates" / "components"
COMPONENTS = sorted(path.name for path in FOLDER.glob("*.html"))


@pytest.fixture
def clerk(client: Client, cast) -> Client:
    client.force_login(cast.user["clerk"])
    return client


def test_the_page_shows_all_states_without_a_database_of_its_own(clerk: Client) -> None:
    shown = clerk.get(PAGE).content.decode()
    for words in ("Việc chính", "thừa 3", "Người khác vừa lưu", "quá hạn", "6 trên 9", "Dòng 12"):
        assert words in shown


@pytest.mark.parametrize("name", COMPONENTS)
def test_every_component_has_its_place_on_the_page(name: str, clerk: Client) -> None:
    rendered = [template.name for template in clerk.get(PAGE).templates]
    assert f"components/{name}" in rendered


@pytest.mark.parametrize("name", COMPONENTS)
def test_every_component_says_what_it_needs(name: str) -> None:
    assert re.match(r"\{# Inputs: .+ #\}\n", (FOLDER / name).read_text("utf-8"))


def test_strangers_are_sent_to_the_login(client: Client, db: None) -> None:
    assert client.get(PAGE).url == f"/dang-nhap/?next={PAGE}"


def test_every_link_within_the_page_has_its_place(clerk: Client) -> None:
    shown = clerk.get(PAGE).content.decode()
    for anchor in set(re.findall(r'href="#([^"]+)"', shown)):
        assert f'id="{anchor}"' in shown, anchor
