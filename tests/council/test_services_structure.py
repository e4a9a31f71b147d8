"""A council's frame: founding it, its terms, groups, committees, settings."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from council import queries
from council.models import Council, Role
from council.rules.refusals import Refusal
from council.services import structure


@pytest.fixture
def root(cast):
    """The installation's administrator."""
    admin = cast.user["admin"]
    admin.is_superuser = True
    admin.save(update_fields=["is_superuser"])
    return admin


def found(by, slug="xa-moi"):
    return structure.found_council(
        slug=slug, unit_kind="xa", unit_name="Mới", level="commune", seat="Mới",
        existed_from=date(2025, 7, 1), by=by,
    )  # fmt: skip


def code_of(verb, *args, **kwargs):
    with pytest.raises(Refusal) as refused:
        verb(*args, **kwargs)
    return refused.value.code


def term(cast, **changes):
    values = {
        "number": 21, "label": "2031-2036", "starts_on": date(2031, 3, 20),
        "ends_on": date(2036, 3, 19), "statutory_delegates": 35,
    }  # fmt: skip
    return structure.add_term(cast.council, by=cast.user["admin"], **{**values, **changes})


def test_who_founds_a_council_administers_it(cast, root):
    council = found(root)
    assert Role.objects.filter(user=root, council=council, kind="administrator").exists()


def test_a_councils_administrator_founds_no_other_council(cast):
    assert code_of(found, cast.user["admin"]) == "council.only_superuser"


@pytest.mark.parametrize("slug", ["lam-viec", "quan-tri", "tim-kiem", "static", "mau", "api"])
def test_addresses_of_the_site_are_reserved(cast, root, slug):
    assert code_of(found, root, slug) == "council.reserved_address"
    assert not Council.objects.filter(slug=slug).exists()


def test_an_address_is_given_once(cast, root):
    with pytest.raises(ValidationError):
        found(root, cast.council.slug)


def test_terms_do_not_overlap(cast):
    assert code_of(term, cast, starts_on=date(2031, 3, 19)) == "term.overlaps"
    assert term(cast).label == "2031-2036"


@pytest.mark.parametrize("label", ["2031", "31-36", "2031–2036", "năm-sáu"])
def test_a_terms_label_is_two_years(cast, label):
    assert code_of(term, cast, label=label) == "term.bad_label"


def test_a_terms_dates_are_sane(cast):
    assert code_of(term, cast, ends_on=date(2031, 3, 1)) == "period.end_before_start"
    assert code_of(term, cast, ends_on=date(9999, 12, 31)) == "date.implausible"


def test_a_number_of_a_group_or_name_of_a_committee_comes_once(cast):
    clerk = cast.user["clerk"]
    with pytest.raises(ValidationError):
        structure.add_group(cast.term, number=1, name="Tổ khác", by=clerk)
    with pytest.raises(ValidationError):
        structure.add_committee(cast.term, name="Ban Pháp chế", by=clerk)
    assert structure.add_committee(cast.term, name="Ban Dân tộc", position=3, by=clerk).pk


def regulate(cast, key, value, day=date(2026, 5, 1)):
    return structure.set_regulation(
        cast.council, key=key, value=value, effective_from=day, source="Điều 9 Quy chế",
        by=cast.user["admin"],
    )  # fmt: skip


def test_a_setting_holds_from_its_day(cast):
    regulate(cast, "quorum", "3/4")
    before = queries.setting_on(cast.council, "quorum", date(2026, 4, 30))
    assert before[0] == "2/3"
    assert "mặc định" in before[1]
    after = queries.setting_on(cast.council, "quorum", date(2026, 5, 1))
    assert after == ("3/4", "Điều 9 Quy chế")


@pytest.mark.parametrize("value", ["", "1/0", "0/3", "1/4", "5/4", "nửa", "1e999999999", "0.9x"])
def test_a_quorum_is_a_share_between_a_third_and_all(cast, value):
    assert code_of(regulate, cast, "quorum", value) == "setting.bad_value"


@pytest.mark.parametrize("value", ["", "-1", "121", "9" * 20, "2/3", "٣"])
def test_days_are_whole_numbers(cast, value):
    assert code_of(regulate, cast, "papers_days", value) == "setting.bad_value"


def test_a_setting_of_the_year_9999_is_a_slip(cast):
    assert code_of(regulate, cast, "quorum", "2/3", date(9999, 1, 1)) == "date.implausible"


def test_two_values_from_one_day_are_refused(cast):
    regulate(cast, "quorum", "2/3")
    with pytest.raises(ValidationError):
        regulate(cast, "quorum", "3/4")


def test_the_clerk_does_not_change_the_frame(cast):
    clerk = cast.user["clerk"]
    values = {"key": "quorum", "value": "2/3", "effective_from": date(2026, 5, 1), "source": "x"}
    assert code_of(structure.set_regulation, cast.council, by=clerk, **values) == "access.denied"
