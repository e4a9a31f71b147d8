"""Vietnamese by default; English by address, cookie or the browser's wish."""

import pytest

PATH = "/tim-kiem/"


def language(response):
    text = response.content.decode()
    found = text.split('<html lang="', 1)[1][:2]
    assert response["Content-Language"] == found
    return found


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        ("", "vi"), ("en", "en"), ("en-GB,en;q=0.9,vi;q=0.8", "en"), ("vi,en", "vi"),
        ("fr-FR,fr;q=0.9", "vi"), ("fr,en;q=0.5", "en"), ("x" * 5000, "vi"), ("\x7f;;,,=", "vi"),
    ],
)  # fmt: skip
def test_the_browsers_wish(db, client, wish, expected):
    response = client.get(PATH, headers={"accept-language": wish})
    assert language(response) == expected
    assert not response.cookies
    assert "Accept-Language" in response["Vary"]


def test_an_explicit_choice_is_remembered_and_kept_out_of_caches(db, client):
    chosen = client.get(f"{PATH}?lang=en")
    assert language(chosen) == "en"
    assert chosen.cookies
    assert "no-store" in chosen["Cache-Control"]
    assert language(client.get(PATH, headers={"accept-language": "vi"})) == "en"
    assert language(client.get(f"{PATH}?lang=vi")) == "vi"
    assert language(client.get(PATH, headers={"accept-language": "en"})) == "vi"


@pytest.mark.parametrize("nonsense", ["xx", "../en", "", "EN "])
def test_an_unknown_language_changes_nothing(db, client, nonsense):
    response = client.get(PATH, {"lang": nonsense})
    assert language(response) == "vi"
    assert not response.cookies


def test_a_cookie_of_nonsense_is_ignored(db, client):
    client.cookies["django_language"] = "<script>"
    assert language(client.get(PATH)) == "vi"


def test_the_link_to_the_other_language_keeps_the_query(db, client):
    page = client.get(PATH, {"q": "đất đai", "page": "2"}).content.decode()
    assert "?q=%C4%91%E1%BA%A5t+%C4%91ai&amp;page=2&amp;lang=en" in page


def test_dates_follow_the_language(db, client):
    from datetime import date

    from django.utils.translation import override

    from council.templatetags.nt import vi_date

    with override("en"):
        assert vi_date(date(2023, 12, 12)) == "12 December 2023"
    with override("vi"):
        assert vi_date(date(2023, 12, 12)) == "12/12/2023"
