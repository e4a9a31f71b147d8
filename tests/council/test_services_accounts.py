"""Accounts and roles."""

import pytest
from django.core.exceptions import ValidationError

from council.models import AuditEntry, Role, User
from council.rules.refusals import Refusal
from council.services import access, accounts

STRONG = "kỳ họp mười ba  cuối năm"


def invite(cast, *, by="admin", **changes):
    values = {
        "username": "moi", "full_name": "Người Mới", "email": "", "password": STRONG,
        "kinds": ["clerk"],
    }  # fmt: skip
    return accounts.invite(cast.council, by=cast.user[by], **{**values, **changes})


def code_of(verb, *args, **kwargs):
    with pytest.raises(Refusal) as refused:
        verb(*args, **kwargs)
    return refused.value.code


def test_an_invited_account_may_do_what_its_role_says(cast):
    user = invite(cast)
    assert user.check_password(STRONG)
    assert access.roles_of(user, cast.council) == {"clerk"}
    assert access.roles_of(user, cast.other_council) == frozenset()


@pytest.mark.parametrize("password", ["ngan", "0123456789", "password12345", "nguoi-moi-1"])
def test_a_weak_password_is_refused_with_the_reason(cast, password):
    with pytest.raises(Refusal) as refused:
        invite(cast, password=password, username="nguoi-moi-1")
    assert refused.value.code == "account.weak_password"
    assert refused.value.field == "password"
    assert not User.objects.filter(username="nguoi-moi-1").exists()


def test_a_username_is_given_once_whatever_its_case(cast):
    assert code_of(invite, cast, username="CLERK") == "account.exists"


@pytest.mark.parametrize("username", ["", "có dấu cách", "a" * 200])
def test_a_username_that_nobody_can_type_is_refused(cast, username):
    before = User.objects.count()
    with pytest.raises(ValidationError):
        invite(cast, username=username)
    assert User.objects.count() == before


@pytest.mark.parametrize("kind", ["delegate", "ballot_committee"])
def test_delegates_and_counters_are_persons_in_the_books(cast, kind):
    assert code_of(invite, cast, kinds=[kind]) == "role.needs_person"
    assert not User.objects.filter(username="moi").exists()
    user = invite(cast, kinds=[kind], person=cast.people[22])
    assert user.roles.get().person == cast.people[22]


def test_a_person_of_another_council_is_no_delegate_here(cast):
    stranger = cast.people[22]
    stranger.council = cast.other_council
    stranger.save(update_fields=["council"])
    refused = code_of(invite, cast, kinds=["delegate"], person=stranger)
    assert refused == "role.person_of_other_council"


def test_granting_twice_makes_one_role(cast):
    clerk, admin = cast.user["clerk"], cast.user["admin"]
    first = accounts.grant_role(clerk, council=cast.council, kind="approver", by=admin)
    again = accounts.grant_role(clerk, council=cast.council, kind="approver", by=admin)
    assert first.pk == again.pk


def test_a_revoked_role_stops_at_once_and_stays_in_the_books(cast):
    clerk, admin = cast.user["clerk"], cast.user["admin"]
    role = clerk.roles.get()
    accounts.revoke_role(role, by=admin)
    accounts.revoke_role(role, by=admin)
    assert access.roles_of(clerk, cast.council) == frozenset()
    assert Role.objects.get(pk=role.pk).revoked_at is not None
    assert AuditEntry.objects.filter(verb="role.revoke").count() == 1


def test_nobody_takes_away_their_own_administration(cast):
    admin = cast.user["admin"]
    role = admin.roles.get(kind="administrator")
    assert code_of(accounts.revoke_role, role, by=admin) == "role.own_administration"
    assert access.roles_of(admin, cast.council) == {"administrator"}


@pytest.mark.parametrize("who", ["clerk", "approver", "chair", "outsider"])
def test_only_administrators_give_and_take_roles(cast, who):
    by = cast.user[who]
    assert code_of(invite, cast, by=who) == "access.denied"
    role = cast.user["delegate"].roles.get()
    assert code_of(accounts.revoke_role, role, by=by) == "access.denied"
    grant = {"council": cast.council, "kind": "clerk", "by": by}
    assert code_of(accounts.grant_role, by, **grant) == "access.denied"


def test_an_administrator_of_one_council_has_no_say_in_another(cast):
    admin = cast.user["admin"]
    role = cast.user["outsider"].roles.get()
    assert code_of(accounts.revoke_role, role, by=admin) == "access.denied"
    grant = {"council": cast.other_council, "kind": "clerk", "by": admin}
    assert code_of(accounts.grant_role, admin, **grant) == "access.denied"


def test_an_inactive_account_has_no_roles(cast):
    root, clerk = cast.user["admin"], cast.user["clerk"]
    assert code_of(accounts.deactivate, clerk, by=root) == "account.only_superuser"
    root.is_superuser = True
    accounts.deactivate(clerk, by=root)
    clerk.refresh_from_db()
    assert access.roles_of(clerk, cast.council) == frozenset()
    accounts.reactivate(clerk, by=root)
    clerk.refresh_from_db()
    assert access.roles_of(clerk, cast.council) == {"clerk"}
    assert code_of(accounts.deactivate, root, by=root) == "account.own"


def test_no_password_reaches_the_log(cast):
    invite(cast)
    assert not AuditEntry.objects.filter(payload__contains=STRONG).exists()
