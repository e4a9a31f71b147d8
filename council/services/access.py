"""Who may do what: the whole permission table (product.md section 5), and the one check.

A verb that is not in the table is refused for everybody. The table is rendered on
`/lam-viec/mau/quyen/` and walked by the role × URL matrix test.
"""

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from council.models import Council, Role, RoleKind, User
from council.rules.refusals import Refusal, gettext_noop

CLERK, APPROVER, CHAIR = RoleKind.CLERK, RoleKind.APPROVER, RoleKind.CHAIR
COUNTER, DELEGATE, ADMIN = RoleKind.BALLOT_COMMITTEE, RoleKind.DELEGATE, RoleKind.ADMINISTRATOR

STAFF = frozenset({CLERK, APPROVER, CHAIR})
PREPARE = frozenset({CLERK, APPROVER})
APPROVE = frozenset({APPROVER, CHAIR})
INSIDE = frozenset({CLERK, APPROVER, CHAIR, COUNTER, DELEGATE})
WORKING = frozenset({CLERK, APPROVER, CHAIR, COUNTER, ADMIN})

PERMISSIONS: dict[str, frozenset[str]] = {
    # reading
    "work.read": WORKING,  # the working area's home and its lists
    "staff.read": STAFF | {ADMIN},  # everything unpublished except counts and others' secrets
    "delegate.read": INSIDE,  # papers released to delegates, the live agenda
    "audit.read": frozenset({APPROVER, CHAIR, ADMIN}),
    # council and people
    "people.edit": PREPARE | {ADMIN},
    "people.import": PREPARE | {ADMIN},
    "office.edit": PREPARE | {ADMIN},
    "office.approval": PREPARE | {ADMIN},
    "account.edit": frozenset({ADMIN}),
    "council.edit": frozenset({ADMIN}),
    "regulation.edit": PREPARE | {ADMIN},
    # sessions
    "session.edit": PREPARE,
    "session.submit": PREPARE,
    "session.approve": APPROVE,
    "session.convene": PREPARE,
    "session.close": frozenset({CLERK, APPROVER, CHAIR}),
    "agenda.edit": PREPARE,
    "agenda.run": STAFF,
    "paper.edit": PREPARE,
    "paper.release": APPROVE,
    "sitting.run": STAFF,
    "attendance.edit": PREPARE,
    "open_vote.edit": STAFF,
    "indicator.edit": PREPARE,
    "print.make": STAFF,
    # secret polls
    "poll.edit": PREPARE,
    "poll.open": STAFF,
    "poll.close": STAFF,
    "poll.annul": frozenset({CHAIR}),
    "committee.edit": STAFF,
    "count.enter": frozenset({COUNTER}),
    "count.reconcile": frozenset({COUNTER}),
    "count.confirm": frozenset({COUNTER}),
    "outcome.read": STAFF | {COUNTER, ADMIN},
    # resolutions
    "resolution.edit": PREPARE,
    "resolution.submit": PREPARE,
    "resolution.adopt": STAFF,
    "resolution.approve": APPROVE,
    "resolution.sign": frozenset({CHAIR}),
    "resolution.seal": PREPARE,  # who keeps the seal (văn thư)
    "certificate.edit": frozenset({ADMIN}),
    "register.keep": PREPARE,
    "archive.edit": PREPARE,
    "archive.approve": APPROVE,
    # minutes and press summary of a session
    "session_text.edit": PREPARE,
    "session_text.approve": APPROVE,
    "session_text.sign": STAFF,
    # notices on published resolutions: correction, withdrawal
    "notice.edit": PREPARE,
    "notice.sign": frozenset({CHAIR}),
}


def roles_of(user: User | AnonymousUser, council: Council) -> frozenset[str]:
    """The role kinds that the account holds in the council now; empty for an inactive account."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    held = Role.objects.filter(user=user, council=council, revoked_at=None)
    return frozenset(held.values_list("kind", flat=True))


def may(roles: frozenset[str], verb: str) -> bool:
    """Whether any of the roles allows the verb."""
    return bool(PERMISSIONS.get(verb, frozenset()) & roles)


def authorise(user: User, verb: str, council: Council) -> None:
    """Refuse unless the account holds a role in this council that allows the verb.

    Raises:
        Refusal: ``access.denied``.
    """
    if not may(roles_of(user, council), verb):
        raise Refusal(
            "access.denied",
            gettext_noop("Tài khoản của bạn không có quyền làm việc này trong %(council)s."),
            params={"council": council.short_name},
        )


def administers(user: User | AnonymousUser) -> bool:
    """Whether the account administers the installation or any of its councils.

    The rulebook is one for the whole installation, so its guardians are the administrators of all
    councils together.
    """
    if not user.is_authenticated or not user.is_active:
        return False
    return user.is_superuser or user.roles.filter(kind=ADMIN, revoked_at=None).exists()


def authorise_administrator(user: User) -> None:
    """Refuse unless the account administers the installation or a council.

    Raises:
        Refusal: ``access.not_administrator``.
    """
    if not administers(user):
        raise Refusal(
            "access.not_administrator",
            gettext_noop("Chỉ quản trị viên mới thay đổi được sổ quy định."),
        )


def grant(user: User, *, council: Council, kind: str, person_id: int | None = None) -> Role:
    """Give an account a role; a no-op where it holds it already. For `accounts` and the demo."""
    role, _created = Role.objects.get_or_create(
        user=user,
        council=council,
        kind=kind,
        revoked_at=None,
        defaults={"granted_at": timezone.now(), "person_id": person_id},
    )
    return role
