"""Persons: how their names are taken, kept and corrected."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError

from council.models import AuditEntry, Job
from council.rules.refusals import Refusal
from council.services import people
from council.services.versions import StaleEdit


def add(cast, full_name="Lê Thị Hoa", **more):
    return people.add(
        cast.council, honorific="ba", full_name=full_name, by=cast.user["clerk"], **more
    )


def edit(person, cast, **changes):
    values = {
        name: getattr(person, name)
        for name in (
            "honorific", "full_name", "family_name", "middle_name", "given_name", "occupation",
            "email", "born_on",
        )
    }  # fmt: skip
    return people.edit(person, by=cast.user["clerk"], **{**values, **changes})


def test_a_name_without_parts_is_split(cast):
    person = add(cast, "Trần Thị Lương An")
    assert (person.family_name, person.middle_name, person.given_name) == (
        "Trần", "Thị Lương", "An",
    )  # fmt: skip
    assert str(person) == "bà Trần Thị Lương An"


def test_a_name_that_its_parts_do_not_give_keeps_its_spelling(cast):
    person = add(
        cast, "Y Thanh Hà Niê Kđăm", family_name="Niê Kđăm", middle_name="Y", given_name="Hà"
    )
    assert person.full_name == "Y Thanh Hà Niê Kđăm"
    assert person.given_name == "Hà"
    assert person.search_key == "y thanh ha nie kdam"


def test_letters_in_pieces_are_stored_whole(cast):
    person = add(cast, unicodedata.normalize("NFD", "Nguyễn Đặng Thủy"))
    assert person.full_name == unicodedata.normalize("NFC", "Nguyễn Đặng Thủy")


def test_people_sort_by_given_name_as_vietnamese_do(cast):
    names = ["Vũ Thị Ánh", "Nguyễn Văn Ân", "Lê Văn An", "Trần Văn Đạt", "Phạm Thị Dung"]
    added = [add(cast, name).pk for name in names]
    found = cast.council.people.filter(pk__in=added).order_by("sort_key")
    assert [person.given_name for person in found] == ["An", "Ánh", "Ân", "Dung", "Đạt"]


@pytest.mark.parametrize("name", ["", "   ", "\u200b"])
def test_a_person_needs_a_name(cast, name):
    with pytest.raises(Refusal) as refused:
        add(cast, name)
    assert refused.value.code == "name.empty"


@pytest.mark.parametrize("name", ["Lê\x00Hoa", "Lê \u202eHoa"])
def test_invisible_control_characters_are_refused(cast, name):
    with pytest.raises(Refusal) as refused:
        add(cast, name)
    assert refused.value.code.startswith("text.")


def test_a_name_too_long_for_its_column_is_a_sentence_and_no_row(cast):
    before = cast.council.people.count()
    with pytest.raises(ValidationError):
        add(cast, "Lê " + "Thị " * 40 + "Hoa")
    assert cast.council.people.count() == before


def test_a_corrected_full_name_is_split_anew(cast):
    person = edit(add(cast, "Lê Thị Hoa"), cast, full_name="Lê Thị Hòa")
    assert (person.given_name, person.full_name) == ("Hòa", "Lê Thị Hòa")


def test_a_corrected_spelling_beside_own_parts_stays_an_override(cast):
    person = add(cast, "Phạm S", family_name="Phạm", given_name="Sơn")
    person = edit(person, cast, full_name="Phạm Văn S")
    assert (person.given_name, person.full_name) == ("Sơn", "Phạm Văn S")


def test_who_saves_second_is_told_and_overwrites_nothing(cast):
    person = add(cast)
    version = person.version
    edit(person, cast, occupation="Giám đốc", version=version)
    with pytest.raises(StaleEdit) as stale:
        edit(person, cast, occupation="Phó Giám đốc", version=version)
    assert stale.value.current.occupation == "Giám đốc"
    person.refresh_from_db()
    assert person.occupation == "Giám đốc"


def test_an_edit_is_logged_with_before_and_after_and_asks_for_the_search(cast):
    person = edit(add(cast), cast, occupation="Giám đốc")
    entry = AuditEntry.objects.get(verb="person.edit")
    assert "Giám đốc" in entry.payload
    assert entry.actor == cast.user["clerk"]
    assert Job.objects.filter(key=f"portal.index.person.{person.pk}").exists()


@pytest.mark.parametrize("who", ["chair", "delegate", "counter1", "outsider"])
def test_only_who_may_edits_people(cast, who):
    with pytest.raises(Refusal) as refused:
        people.add(cast.council, honorific="ba", full_name="Lê Hoa", by=cast.user[who])
    assert refused.value.code == "access.denied"
    assert not AuditEntry.objects.exists()
