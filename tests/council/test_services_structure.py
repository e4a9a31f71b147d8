"""A council's frame: founding it, its terms, groups, committees."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

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
