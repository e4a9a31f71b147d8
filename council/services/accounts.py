"""Accounts and their roles."""

from collections.abc import Sequence

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from council.models import Council, Person, Role, RoleKind, User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit


def invite(
    council: Council,
    *,
    username: str,
    full_name: str,
    email: str,
    password: str,
    kinds: Sequence[str],
    person: Person | None = None,
    by: User,
) -> User:
    """Make an account with roles in the council; the first password is given by hand.

    Raises:
        Refusal: ``access.denied``, ``account.exists``, ``account.weak_password``,
            ``role.needs_person``, ``role.person_of_other_council``.
    """
    access.authorise(by, "account.edit", council)
    if User.objects.filter(username__iexact=username).exists():
        raise Refusal(
            "account.exists",
            gettext_noop(
                "Tên đăng nhập này đã có. Chọn tên khác, hoặc giao thêm vai trò cho tài khoản đó."
            ),
            field="username",
        )
    user = User(username=username, full_name=full_name, email=email)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refusal(
            "account.weak_password",
            gettext_noop("Mật khẩu chưa đủ mạnh: %(why)s"),
            params={"why": " ".join(error.messages)},
            field="password",
        ) from error
    with transaction.atomic():
        user.set_password(password)
        user.full_clean()
        user.save()
        audit.record("account.invite", user, by=by, council=council, after={"username": username})
        for kind in kinds:
            grant_role(user, council=council, kind=kind, person=person, by=by)
    return user


def grant_role(
    user: User, *, council: Council, kind: str, person: Person | None = None, by: User
) -> Role:
    """Give an account a role in the council; a no-op where it has it already.

    Raises:
        Refusal: ``access.denied``, ``role.needs_person`` (delegates and ballot committee members
            are persons in the council's books), ``role.person_of_other_council``.
    """
    access.authorise(by, "account.edit", council)
    if kind in (RoleKind.DELEGATE, RoleKind.BALLOT_COMMITTEE) and person is None:
        raise Refusal(
            "role.needs_person",
            gettext_noop("Chọn đại biểu mà tài khoản này thuộc về."),
            field="person",
        )
    if person is not None and person.council_id != council.pk:
        raise Refusal(
            "role.person_of_other_council",
            gettext_noop("Người này có tên trong sổ của hội đồng khác."),
            field="person",
        )
    with transaction.atomic():
        role = access.grant(
            user, council=council, kind=kind, person_id=person.pk if person else None
        )
        audit.record(
            "role.grant",
            role,
            by=by,
            council=council,
            after={"user": user.username, "kind": kind, "person": person.pk if person else None},
        )
    return role


def revoke_role(role: Role, *, by: User) -> Role:
    """Take a role away from the next request on. Twice is a no-op; never one's own last key.

    Raises:
        Refusal: ``access.denied``, ``role.own_administration``.
    """
    access.authorise(by, "account.edit", role.council)
    if role.user_id == by.pk and role.kind == RoleKind.ADMINISTRATOR:
        raise Refusal(
            "role.own_administration",
            gettext_noop("Không thể tự thu hồi quyền quản trị của mình. Nhờ quản trị viên khác."),
        )
    with transaction.atomic():
        role = Role.objects.select_for_update().select_related("council").get(pk=role.pk)
        if role.revoked_at is None:
            role.revoked_at = timezone.now()
            role.save(update_fields=["revoked_at"])
            audit.record(
                "role.revoke",
                role,
                by=by,
                council=role.council,
                after={"user": role.user_id, "kind": role.kind},
            )
    return role


def deactivate(user: User, *, by: User) -> User:
    """Lock an account out from the next request on; twice is a no-op. Its history stays.

    Raises:
        Refusal: ``account.only_superuser``, ``account.own``.
    """
    return set_activity(user, active=False, verb="account.deactivate", by=by)


def reactivate(user: User, *, by: User) -> User:
    """Let an account in again; twice is a no-op.

    Raises:
        Refusal: ``account.only_superuser``, ``account.own``.
    """
    return set_activity(user, active=True, verb="account.reactivate", by=by)


def set_activity(user: User, *, active: bool, verb: str, by: User) -> User:
    """`deactivate` and `reactivate`, for administrators of the whole installation.

    An account may work in several councils, so none of them decides alone.
    """
    if not by.is_superuser:
        raise Refusal(
            "account.only_superuser",
            gettext_noop("Chỉ quản trị viên của hệ thống mới khóa hoặc mở tài khoản."),
        )
    if user.pk == by.pk:
        raise Refusal(
            "account.own",
            gettext_noop("Không thể tự khóa tài khoản của mình. Nhờ quản trị viên khác."),
        )
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        if user.is_active is not active:
            user.is_active = active
            user.save(update_fields=["is_active"])
            audit.record(verb, user, by=by, after={"username": user.username})
    return user
