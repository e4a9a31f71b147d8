"""The permission table: product.md section 5, line by line."""

import pytest

from council.models import RoleKind
from council.services import access

CLERK, APPROVER, CHAIR = "clerk", "approver", "chair"
COUNTER, DELEGATE, ADMIN = "ballot_committee", "delegate", "administrator"


def who_may(verb):
    return {kind for kind in RoleKind.values if access.may(frozenset({kind}), verb)}


@pytest.mark.parametrize(
    ("verbs", "roles"),
    [
        (
            [
                "session.edit", "session.submit", "agenda.edit", "paper.edit", "attendance.edit",
                "indicator.edit", "poll.edit", "resolution.edit", "resolution.submit",
            ],
            {CLERK, APPROVER},
        ),
        (["session.approve", "paper.release", "resolution.approve"], {APPROVER, CHAIR}),
        (["count.enter", "count.reconcile", "count.confirm"], {COUNTER}),
        (["resolution.sign", "poll.annul"], {CHAIR}),
        (["delegate.read"], {CLERK, APPROVER, CHAIR, COUNTER, DELEGATE}),
        (["account.edit", "council.edit"], {ADMIN}),
        (["people.edit", "people.import", "office.edit"], {CLERK, APPROVER, ADMIN}),
    ],
)  # fmt: skip
def test_the_table_of_the_product_is_kept(verbs, roles):
    for verb in verbs:
        assert who_may(verb) == roles, verb


def test_a_delegate_alone_may_read_delegates_papers_and_nothing_else():
    may = {verb for verb in access.PERMISSIONS if DELEGATE in access.PERMISSIONS[verb]}
    assert may == {"delegate.read"}


def test_the_administrator_sees_and_types_no_count_and_signs_nothing():
    forbidden = {verb for verb in access.PERMISSIONS if verb.startswith(("count.", "resolution."))}
    assert not any(ADMIN in access.PERMISSIONS[verb] for verb in forbidden)


def test_a_verb_that_is_not_in_the_table_is_nobodys():
    assert who_may("ballot.read_secret") == set()


def test_roles_of_one_council_say_nothing_in_another(cast):
    assert access.roles_of(cast.user["clerk"], cast.council) == {CLERK}
    assert access.roles_of(cast.user["clerk"], cast.other_council) == frozenset()
    assert access.roles_of(cast.user["chair"], cast.council) == {CHAIR, DELEGATE}
