"""A council's frame: the council itself, its terms, groups, committees."""

from datetime import date

from django.db import transaction

from council.models import (
    Committee,
    Council,
    DelegateGroup,
    RoleKind,
    Term,
    User,
)
from council.rules import periods
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit

YEAR_DIGITS = 4
RESERVED_ADDRESSES = frozenset(
    {
        "api",
        "dang-nhap",
        "dang-xuat",
        "healthz",
        "hoi-dong-moi",
        "lam-viec",
        "luat",
        "mau",
        "oparl",
        "quan-tri",
        "readyz",
        "static",
        "tim-kiem",
        "xac-minh",
    }
)


def found_council(
    *,
    slug: str,
    unit_kind: str,
    unit_name: str,
    level: str,
    seat: str,
    existed_from: date,
    existed_to: date | None = None,
    parent_name: str = "",
    successor: Council | None = None,
    parent: Council | None = None,
    is_sample: bool = False,
    notice: str = "",
    by: User,
) -> Council:
    """Add a council to the installation; who adds it administers it.

    Raises:
        Refusal: ``council.only_superuser``, ``council.reserved_address``.
    """
    if not by.is_superuser:
        raise Refusal(
            "council.only_superuser",
            gettext_noop("Chỉ quản trị viên của hệ thống mới thêm được hội đồng."),
        )
    if slug in RESERVED_ADDRESSES:
        raise Refusal(
            "council.reserved_address",
            gettext_noop("Địa chỉ này hệ thống đã dùng. Chọn địa chỉ khác."),
            field="slug",
        )
    with transaction.atomic():
        council = Council(
            slug=slug,
            unit_kind=unit_kind,
            unit_name=unit_name,
            level=level,
            seat=seat,
            existed_from=existed_from,
            existed_to=existed_to,
            parent=parent,
            parent_name=parent_name,
            successor=successor,
            is_sample=is_sample,
            notice=notice,
        )
        council.full_clean()
        council.save()
        audit.record(
            "council.found", council, by=by, council=council, after={"slug": slug, "level": level}
        )
        access.grant(by, council=council, kind=RoleKind.ADMINISTRATOR)
    return council


def add_term(
    council: Council,
    *,
    number: int,
    label: str,
    starts_on: date,
    ends_on: date,
    statutory_delegates: int,
    by: User,
) -> Term:
    """Open a term (khóa). Terms of one council do not overlap.

    Raises:
        Refusal: ``access.denied``, ``term.overlaps``, ``term.bad_label``, ``date.implausible``,
            ``period.end_before_start``.
    """
    access.authorise(by, "council.edit", council)
    periods.check_plausible(starts_on, field="starts_on")
    periods.check_plausible(ends_on, field="ends_on")
    wanted = periods.Interval(starts_on, ends_on)
    first, _dash, last = label.partition("-")
    if not (first.isdigit() and last.isdigit() and len(first) == len(last) == YEAR_DIGITS):
        raise Refusal(
            "term.bad_label",
            gettext_noop("Ghi nhiệm kỳ bằng hai năm nối bằng gạch, ví dụ 2021-2026."),
            field="label",
        )
    with transaction.atomic():
        Council.objects.select_for_update().get(pk=council.pk)
        for other in council.terms.all():
            if periods.Interval(other.starts_on, other.ends_on).overlaps(wanted):
                raise Refusal(
                    "term.overlaps",
                    gettext_noop("Thời gian này trùng với nhiệm kỳ %(label)s."),
                    params={"label": other.label},
                    field="starts_on",
                )
        term = Term(
            council=council,
            number=number,
            label=label,
            starts_on=starts_on,
            ends_on=ends_on,
            statutory_delegates=statutory_delegates,
        )
        term.full_clean()
        term.save()
        audit.record(
            "term.add", term, by=by, council=council, after={"label": label, "number": number}
        )
    return term


def add_group(term: Term, *, number: int, name: str, by: User) -> DelegateGroup:
    """Add a delegates' group (tổ đại biểu) to a term."""
    access.authorise(by, "people.edit", term.council)
    with transaction.atomic():
        group = DelegateGroup(term=term, number=number, name=name)
        group.full_clean()
        group.save()
        audit.record("group.add", group, by=by, council=term.council, after={"name": name})
    return group


def add_committee(term: Term, *, name: str, position: int = 1, by: User) -> Committee:
    """Add a committee (Ban) to a term."""
    access.authorise(by, "office.edit", term.council)
    with transaction.atomic():
        committee = Committee(term=term, name=name, position=position)
        committee.full_clean()
        committee.save()
        audit.record("committee.add", committee, by=by, council=term.council, after={"name": name})
    return committee
