"""OParl objects about a council and its people: each function answers keys with objects.

Everything comes from public rows; a key that is not public has no object. Text is Vietnamese.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.db.models import Exists, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from council.models import (
    Committee,
    CommitteeSeat,
    Council,
    DelegateGroup,
    Mandate,
    Office,
    OfficeKind,
    Tenure,
    Term,
)
from council.rules.licences import LICENCES
from portal.queries import licensing, unpublished_ends
from portal.queries import public_rows as rows
from portal.queries.records import absolute
from portal.rules import oparl
from portal.rules.oparl import Kind, Object

COUNCIL_POSTS = {OfficeKind.COUNCIL_CHAIR, OfficeKind.COUNCIL_VICE_CHAIR}
EXECUTIVE_POSTS = {OfficeKind.PC_CHAIR, OfficeKind.PC_VICE_CHAIR, OfficeKind.PC_MEMBER}
Objects = dict[str, Object]


def made(kind: Kind, key: object, **fields: Any) -> Object:
    """An object with the configured host in its addresses."""
    return oparl.thing(settings.BASE_URL, kind, key, **fields)


def at(kind: Kind, key: object) -> str:
    """An object's address."""
    return oparl.address(settings.BASE_URL, kind, key)


def listed(kind: Kind, body: object) -> str:
    """The address of a council's list of this kind."""
    return f"{at(Kind.BODY, body)}/{kind}"


def numbers(keys: Collection[str], word: str = "") -> list[int]:
    """The numbers of the keys that begin with the word: ``["mandate-12"]`` gives ``[12]``."""
    mark = f"{word}-" if word else ""
    rests = (key.removeprefix(mark) for key in keys if key.startswith(mark))
    return [int(rest) for rest in rests if rest.isascii() and rest.isdecimal()]


def bodies(keys: Collection[str]) -> Objects:
    """Councils; the council as a body of people is its main organization."""
    today = timezone.localdate()
    found = list(
        rows.councils().filter(pk__in=numbers(keys)).prefetch_related(
            Prefetch("terms", queryset=Term.objects.order_by("starts_on", "pk")),
            Prefetch("settings", queryset=licensing.decisions_on(today), to_attr="licences"),
        )
    )  # fmt: skip
    main = organizations([f"council-{one.pk}" for one in found])
    return {str(one.pk): _body(one, main[f"council-{one.pk}"]) for one in found}


def _body(council: Council, main: Object) -> Object:
    lists = {name: listed(kind, council.pk) for kind, name in oparl.LISTS.items()}
    page = absolute(council.get_absolute_url())
    decision = next(iter(getattr(council, "licences", ())), None)
    since = datetime.combine(decision.effective_from, time()) if decision else None
    return made(
        Kind.BODY, council.pk, system=f"{settings.BASE_URL}{oparl.PREFIX}system", name=str(council),
        shortName=council.short_name, website=page, contactEmail=council.contact_email,
        license=LICENCES[decision.value].url if decision else None,
        licenseValidSince=timezone.make_aware(since) if since else None,
        **lists, legislativeTerm=[_term(one) for one in council.terms.all()],
        classification=council.get_unit_kind_display(), location=_seat(council),
        mainOrganization=main, web=page,
        own={
            "level": council.level, "notice": council.notice, "existedFrom": council.existed_from,
            "existedTo": council.existed_to,
            "successor": at(Kind.BODY, council.successor_id) if council.successor_id else None,
        },
    )  # fmt: skip


def terms(keys: Collection[str]) -> Objects:
    """Terms of the councils."""
    return {str(one.pk): _term(one) for one in rows.terms().filter(pk__in=numbers(keys))}


def _term(term: Term) -> Object:
    return made(
        Kind.TERM, term.pk, body=at(Kind.BODY, term.council_id),
        name=f"Khóa {term.number}, {term}", startDate=term.starts_on, endDate=term.ends_on,
    )  # fmt: skip


def seats_of_councils(keys: Collection[str]) -> Objects:
    """Where councils have their seat."""
    found = rows.councils().filter(pk__in=numbers(keys, "council"))
    return {f"council-{one.pk}": _seat(one) for one in found}


def _seat(council: Council) -> Object:
    return made(
        Kind.LOCATION, f"council-{council.pk}", description=council.unit, locality=council.seat,
        bodies=[at(Kind.BODY, council.pk)],
        organizations=[at(Kind.ORGANIZATION, f"council-{council.pk}")],
    )  # fmt: skip


def organizations(keys: Collection[str]) -> Objects:
    """Councils as bodies of people, their committees and groups, and people's committees."""
    whole = {*numbers(keys, "council"), *numbers(keys, "executive")}
    groups = list(_groups().filter(pk__in=numbers(keys, "group")))
    committees = list(_committees().filter(pk__in=numbers(keys, "committee")))
    found: Objects = {}
    posts, members = _posts(whole, committees), _members(whole, committees, groups)
    for council in rows.councils().filter(pk__in=whole).prefetch_related("terms"):
        for key, object_ in _of_council(council, posts, members).items():
            found[key] = object_
    for committee in committees:
        found[f"committee-{committee.pk}"] = _part(
            "committee", committee.pk, committee.term, committee.name,
            "Ban của Hội đồng nhân dân", posts, members,
        )  # fmt: skip
    for group in groups:
        found[f"group-{group.pk}"] = _part(
            "group", group.pk, group.term, group.name, "Tổ đại biểu", posts, members
        )
    return {key: object_ for key, object_ in found.items() if key in keys}


def _groups() -> QuerySet[DelegateGroup]:
    return DelegateGroup.objects.select_related("term__council").order_by("pk")


def _committees() -> QuerySet[Committee]:
    return Committee.objects.select_related("term__council").order_by("pk")


def organization_of(office: Office) -> str:
    """The key of the organization in which the office is held."""
    if office.kind in EXECUTIVE_POSTS:
        return f"executive-{office.council_id}"
    if office.kind not in COUNCIL_POSTS and office.committee_id:
        return f"committee-{office.committee_id}"
    return f"council-{office.council_id}"


def _posts(councils: Collection[int], committees: Iterable[Committee]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    wanted = Q(council__in=councils) | Q(committee__in=[one.pk for one in committees])
    for office in Office.objects.filter(wanted).order_by("position", "pk"):
        found[organization_of(office)].append(office.title)
    return found


def _members(
    councils: Collection[int], committees: Iterable[Committee], groups: Iterable[DelegateGroup]
) -> dict[str, list[str]]:
    """The addresses of memberships, by the organization's key."""
    found: dict[str, list[str]] = defaultdict(list)
    own, bands = [one.pk for one in committees], [one.pk for one in groups]
    seats = Mandate.objects.filter(Q(term__council__in=councils) | Q(group__in=bands))
    for pk, council, band in seats.order_by("pk").values_list("pk", "term__council", "group"):
        found[f"council-{council}"].append(at(Kind.MEMBERSHIP, f"mandate-{pk}"))
        found[f"group-{band}"].append(at(Kind.MEMBERSHIP, f"group-{pk}"))
    places = CommitteeSeat.objects.filter(committee__in=own).order_by("pk")
    for pk, committee in places.values_list("pk", "committee"):
        found[f"committee-{committee}"].append(at(Kind.MEMBERSHIP, f"seat-{pk}"))
    held = rows.tenures().filter(Q(office__council__in=councils) | Q(office__committee__in=own))
    for tenure in held:
        found[organization_of(tenure.office)].append(at(Kind.MEMBERSHIP, f"tenure-{tenure.pk}"))
    return found


def _of_council(
    council: Council, posts: dict[str, list[str]], members: dict[str, list[str]]
) -> Objects:
    own, executive = f"council-{council.pk}", f"executive-{council.pk}"
    page = absolute(council.get_absolute_url())
    days = {"startDate": council.existed_from, "endDate": council.existed_to}
    newest = max(council.terms.all(), key=lambda term: term.starts_on, default=None)
    delegates = newest.statutory_delegates if newest else None
    found = {
        own: made(
            Kind.ORGANIZATION, own, body=at(Kind.BODY, council.pk), name=str(council),
            shortName=council.short_name, membership=members[own], post=posts[own],
            meeting=f"{at(Kind.ORGANIZATION, own)}/meeting",
            consultation=f"{at(Kind.ORGANIZATION, own)}/consultation",
            organizationType="Gremium", classification="Parlament", **days, website=page,
            location=_seat(council), memberCount=delegates, votingMemberCount=delegates, web=page,
        )
    }  # fmt: skip
    if posts[executive]:
        name = f"Ủy ban nhân dân {council.unit}"
        found[executive] = made(
            Kind.ORGANIZATION, executive, body=at(Kind.BODY, council.pk), name=name,
            shortName=f"UBND {council.unit}", membership=members[executive], post=posts[executive],
            organizationType="Verwaltungsbereich", classification="Ủy ban nhân dân", **days,
            web=absolute(reverse("portal:office-list", args=[council.slug])),
        )  # fmt: skip
    return found


def _part(
    word: str, pk: int, term: Term, name: str, what: str,
    posts: dict[str, list[str]], members: dict[str, list[str]],
) -> Object:  # fmt: skip
    key = f"{word}-{pk}"
    return made(
        Kind.ORGANIZATION, key, body=at(Kind.BODY, term.council_id), name=name, post=posts[key],
        membership=members[key], organizationType="Gremium", classification=what,
        subOrganizationOf=at(Kind.ORGANIZATION, f"council-{term.council_id}"),
        startDate=term.starts_on, endDate=term.ends_on,
        web=absolute(reverse("portal:delegate-list", args=[term.council.slug])),
    )  # fmt: skip


def persons(keys: Collection[str]) -> Objects:
    """Public persons with all their memberships, past ones too."""
    found = list(rows.persons().filter(pk__in=numbers(keys)))
    of: dict[str, list[Object]] = defaultdict(list)
    for one in _memberships(person=[row.pk for row in found]).values():
        of[one["person"]].append(one)
    objects = {}
    for row in found:
        own = of[at(Kind.PERSON, row.pk)]
        is_delegate = any("/mandate-" in one["id"] for one in own)
        objects[str(row.pk)] = made(
            Kind.PERSON, row.pk, body=at(Kind.BODY, row.council_id), name=row.full_name,
            familyName=row.family_name,
            givenName=" ".join(part for part in (row.middle_name, row.given_name) if part),
            formOfAddress=row.get_honorific_display(),
            status=[row.occupation] if is_delegate and row.occupation else [],
            membership=own, web=absolute(row.get_absolute_url()),
        )  # fmt: skip
    return objects


def memberships(keys: Collection[str]) -> Objects:
    """Seats in councils, groups and committees, and offices held."""
    found = _memberships(
        mandate={*numbers(keys, "mandate"), *numbers(keys, "group")},
        seat=numbers(keys, "seat"), tenure=numbers(keys, "tenure"),
    )  # fmt: skip
    return {key: one for key, one in found.items() if key in keys}


def _memberships(
    *, person: Collection[int] = (), mandate: Collection[int] = (), seat: Collection[int] = (),
    tenure: Collection[int] = (),
) -> Objects:  # fmt: skip
    """Those of these persons and those with these keys; three queries."""
    found: Objects = {}
    for row in rows.mandates().filter(Q(person__in=person) | Q(pk__in=mandate)):
        found |= _of_mandate(row)
    for place in committee_seats().filter(Q(mandate__person__in=person) | Q(pk__in=seat)):
        key, member = f"seat-{place.pk}", place.mandate.person_id
        end = None if getattr(place, "hides_end", False) else place.ends_on
        found[key] = _member(
            key, member, f"committee-{place.committee_id}", "Thành viên Ban", place.starts_on, end,
            votingRight=True,
        )  # fmt: skip
    for held in rows.tenures().filter(Q(person__in=person) | Q(pk__in=tenure)):
        found |= _of_tenure(held)
    return found


def _of_mandate(row: Mandate) -> Objects:
    end = None if getattr(row, "hides_end", False) else row.ends_on
    key, group = f"mandate-{row.pk}", f"group-{row.pk}"
    found = {
        key: _member(
            key, row.person_id, f"council-{row.term.council_id}",
            f"Đại biểu Hội đồng nhân dân, {row.term}", row.starts_on, end, votingRight=True,
            own={"isFullTime": row.is_full_time},
        )
    }  # fmt: skip
    if row.group_id:
        role = "Tổ trưởng" if row.is_group_head else "Thành viên tổ đại biểu"
        found[group] = _member(
            group, row.person_id, f"group-{row.group_id}", role, row.starts_on, end
        )
    return found


def _of_tenure(row: Tenure) -> Objects:
    end = None if getattr(row, "hides_end", False) else row.ends_on
    key = f"tenure-{row.pk}"
    place = organization_of(row.office)
    return {
        key: _member(
            key, row.person_id, place, row.office.title, row.starts_on, end,
            own={"basis": row.basis},
        )
    }  # fmt: skip


def _member(
    key: str, person: int, organization: str, role: str, start: date, end: date | None, **more: Any
) -> Object:
    return made(
        Kind.MEMBERSHIP, key, person=at(Kind.PERSON, person),
        organization=at(Kind.ORGANIZATION, organization), role=role, startDate=start, endDate=end,
        **more,
    )  # fmt: skip


def committee_seats() -> QuerySet[CommitteeSeat]:
    """Seats in committees; an end that came with one of the mandate not yet public is none."""
    return (
        CommitteeSeat.objects.annotate(hides_end=Exists(unpublished_ends(person="mandate__person")))
        .select_related("mandate")
        .order_by("pk")
    )
