"""Who belongs to a council on a day: counted from mandates and tenures, never typed."""

from datetime import date
from fractions import Fraction

from django.db.models import Exists, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from council.models import (
    AuditEntry,
    Committee,
    Council,
    CouncilSetting,
    DelegateGroup,
    Job,
    Mandate,
    Office,
    Person,
    Role,
    RoleKind,
    RuleVersion,
    SettingKey,
    Tenure,
    Term,
    User,
)
from council.rules import regulation, short_council
from council.rules.work import Work, WorkItem

DEFAULT_SOURCE = gettext_noop("giá trị mặc định, hội đồng chưa nhập quy chế của mình")


def delegates_on(term: Term, day: date) -> QuerySet[Mandate]:
    """The delegates of the term on the day, by given name in Vietnamese order."""
    return (
        Mandate.objects.on(day)
        .filter(term=term)
        .select_related("person", "group")
        .order_by("person__sort_key", "pk")
    )


def total_delegates(term: Term, day: date) -> int:
    """All delegates on the day: the usual denominator.

    Suspended delegates stay in the number unless the council's own regulation leaves them out:
    whether they should is an open question of the law (law.md section 9, question 7).
    """
    seats = Mandate.objects.on(day).filter(term=term)
    leaves_out = CouncilSetting.objects.filter(
        council=term.council_id, key=SettingKey.SUSPENDED_IN_TOTAL, value="0",
        effective_from__lte=day,
    ).filter(Q(effective_to=None) | Q(effective_to__gte=day))  # fmt: skip
    active = seats.not_suspended_on(day).values("pk")
    return seats.filter(~Exists(leaves_out) | Q(pk__in=active)).count()


def strength_on(term: Term, day: date) -> short_council.Strength:
    """How the council stands on the day by the number of its delegates (Law 72/2025 Art. 49)."""
    return short_council.strength(
        total_delegates(term, day),
        term.statutory_delegates,
        on=day,
        term_ends=term.ends_on,
        level=term.council.level,
    )


def term_on(council: Council, day: date) -> Term | None:
    """The council's term that runs on the day; the newest one after its end."""
    terms = council.terms.order_by("-starts_on")
    return terms.filter(starts_on__lte=day).first() or terms.last()


def setting_on(council: Council, key: str, day: date) -> tuple[str, str]:
    """The council's own setting on the day, with its source; the default where it set none."""
    row = (
        CouncilSetting.objects.filter(council=council, key=key, effective_from__lte=day)
        .filter(Q(effective_to=None) | Q(effective_to__gte=day))
        .order_by("-effective_from")
        .first()
    )
    if row:
        return row.value, row.source
    return default_setting(council, key, day), DEFAULT_SOURCE


def default_setting(council: Council, key: str, day: date) -> str:
    """The rulebook's value, by which a council goes until it enters its own regulation.

    The ballot committee's smallest size has none here: it follows from the level.
    """
    if key == SettingKey.BALLOT_COMMITTEE_SIZE:
        return ""
    return regulation.default_of(str(key), day, council.level)


def settings_on(council: Council, day: date) -> dict[str, tuple[str, str]]:
    """Every setting on the day by its key, each with its source; one query."""
    found = {str(key): (default_setting(council, key, day), DEFAULT_SOURCE) for key in SettingKey}
    rows = council.settings.filter(effective_from__lte=day).order_by("effective_from")
    for row in rows.filter(Q(effective_to=None) | Q(effective_to__gte=day)):
        found[row.key] = (row.value, row.source)
    return found


def quorum_share_on(council: Council, day: date) -> tuple[Fraction, str]:
    """The share of all delegates that must be present, and where it is written."""
    value, source = setting_on(council, SettingKey.QUORUM, day)
    return Fraction(value), source


def tenures_on(council: Council, day: date) -> QuerySet[Tenure]:
    """Who holds which office on the day, in the order of the offices."""
    return (
        Tenure.objects.on(day)
        .filter(office__council=council)
        .select_related("office", "person", "term")
        .order_by("office__position", "person__sort_key", "pk")
    )


def councils_of(user: User) -> QuerySet[Council]:
    """Councils in which the account holds a role now, with those roles in `my_roles`."""
    mine = Role.objects.filter(user=user, revoked_at=None)
    return (
        Council.objects.filter(pk__in=mine.values("council"))
        .prefetch_related(Prefetch("roles", queryset=mine, to_attr="my_roles"))
        .order_by("-existed_from", "unit_name")
    )


def mandate_of(user: User, council: Council, day: date) -> Mandate | None:
    """The account holder's seat in the council on the day, if he or she has one."""
    people = Role.objects.filter(user=user, council=council, revoked_at=None, person__isnull=False)
    return (
        Mandate.objects.on(day)
        .filter(person__in=people.values("person"), term__council=council)
        .select_related("person", "group", "term")
        .first()
    )


def jobs_for(user: User, council: Council) -> QuerySet[Job]:
    """Work in the background that the account asked for: what runs, and what is not seen yet."""
    return Job.objects.filter(council=council, requested_by=user, seen_by_requester=False).order_by(
        "-created_at"
    )


def audit_trail(council: Council) -> QuerySet[AuditEntry]:
    """The council's audit log, newest first."""
    return AuditEntry.objects.filter(council=council).order_by("-seq")


def people_for_staff(council: Council, *, asked: str, today: date) -> QuerySet[Person]:
    """Persons of the council, by given name; `asked` is a folded part of the name."""
    found = council.people.prefetch_related(
        Prefetch(
            "mandates",
            queryset=Mandate.objects.on(today).select_related("term", "group"),
            to_attr="seats_today",
        ),
        Prefetch(
            "tenures",
            queryset=Tenure.objects.on(today).select_related("office"),
            to_attr="offices_today",
        ),
    ).order_by("sort_key", "pk")
    return found.filter(search_key__contains=asked) if asked else found


def person_for_staff(council: Council) -> QuerySet[Person]:
    """Persons with all their seats and offices, for one person's page."""
    return council.people.prefetch_related(
        Prefetch(
            "mandates",
            queryset=Mandate.objects.select_related("term", "group")
            .prefetch_related("suspensions")
            .order_by("-starts_on"),
        ),
        Prefetch(
            "tenures",
            queryset=Tenure.objects.select_related("office", "term").order_by("-starts_on"),
        ),
    )


def offices_for_staff(council: Council) -> QuerySet[Office]:
    """Offices in order, each with all its tenures, newest first."""
    return council.offices.prefetch_related(
        Prefetch(
            "tenures",
            queryset=Tenure.objects.select_related("person", "term", "appointment")
            .prefetch_related("end_approvals")
            .order_by("-starts_on"),
        )
    ).order_by("position", "pk")


def terms_for_staff(council: Council) -> QuerySet[Term]:
    """Terms, newest first, with groups and committees."""
    return council.terms.prefetch_related(
        Prefetch("groups", queryset=DelegateGroup.objects.order_by("number")),
        Prefetch("committees", queryset=Committee.objects.order_by("position")),
    ).order_by("-starts_on")


def roles_for_staff(council: Council) -> QuerySet[Role]:
    """Roles held now, by account."""
    return (
        council.roles.filter(revoked_at=None)
        .select_related("user", "person")
        .order_by("user__username", "kind")
    )


def rulebook_work(council: Council, user: User, roles: frozenset[str], today: date) -> Work:
    """Changes of the rulebook that wait for a second administrator; one line each on the screen."""
    del council, today
    work = Work()
    if RoleKind.ADMINISTRATOR not in roles:
        return work
    for version in RuleVersion.objects.waiting().order_by("proposed_at", "pk")[:5]:
        url, named = version.get_absolute_url(), version.article or version.text_vi
        if version.proposed_by_id == user.pk:
            sentence = _("Đề xuất của bạn về “%(rule)s” chờ quản trị viên khác duyệt.")
            work.others.append(WorkItem(sentence % {"rule": named}, url, _("Xem"), urgency=9))
        else:
            sentence = _("Duyệt hoặc trả lại thay đổi sổ quy định: “%(rule)s”.")
            work.mine.append(WorkItem(sentence % {"rule": named}, url, _("Đọc đề xuất")))
    return work
