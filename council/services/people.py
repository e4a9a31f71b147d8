"""Persons in a council's books."""

from datetime import date

from django.db import transaction

from council.models import Council, Person, User
from council.rules import names
from council.services import access, audit, jobs, versions

FIELDS = ("honorific", "full_name", "given_name", "occupation")


def add(
    council: Council,
    *,
    honorific: str,
    full_name: str,
    family_name: str = "",
    middle_name: str = "",
    given_name: str = "",
    occupation: str = "",
    email: str = "",
    born_on: date | None = None,
    by: User,
) -> Person:
    """Write a person down. Without parts the name is split: first word family, last word given.

    Raises:
        Refusal: ``access.denied``, ``name.empty``.
    """
    access.authorise(by, "people.edit", council)
    with transaction.atomic():
        person = Person(
            council=council,
            honorific=honorific,
            occupation=occupation,
            email=email,
            born_on=born_on,
        )
        set_name(person, full_name, family_name, middle_name, given_name)
        person.slug = free_slug(person)
        person.full_clean()
        person.save()
        audit.record(
            "person.add", person, by=by, council=council, after=audit.snapshot(person, FIELDS)
        )
    return person


def edit(
    person: Person,
    *,
    honorific: str,
    full_name: str,
    family_name: str,
    middle_name: str,
    given_name: str,
    occupation: str,
    email: str,
    born_on: date | None,
    version: int | None = None,
    by: User,
) -> Person:
    """Correct a person's particulars.

    Raises:
        Refusal: ``access.denied``, ``edit.stale``, ``name.empty``.
    """
    access.authorise(by, "people.edit", person.council)
    with transaction.atomic():
        person = Person.objects.select_for_update().select_related("council").get(pk=person.pk)
        versions.check(person, version)
        before = audit.snapshot(person, FIELDS)
        if full_name != person.full_name and is_unparted(
            person, family_name, middle_name, given_name
        ):
            family_name = middle_name = given_name = ""
        person.honorific, person.occupation = honorific, occupation
        person.email, person.born_on = email, born_on
        set_name(person, full_name, family_name, middle_name, given_name)
        versions.bump(person)
        person.full_clean()
        person.save()
        audit.record(
            "person.edit",
            person,
            by=by,
            council=person.council,
            before=before,
            after=audit.snapshot(person, FIELDS),
        )
        ask_for_index(person)
        purge_pages(person)
    return person


def ask_for_index(person: Person) -> None:
    """Bring the portal's search entry of the person up to date, in the background."""
    jobs.enqueue(
        "portal.index",
        key=f"portal.index.person.{person.pk}",
        title="Đưa vào tìm kiếm",
        args=["person", person.pk],
        council=person.council,
    )


def purge_pages(person: Person) -> None:
    """Forget the council's stored pages, on which the person's name may stand."""
    jobs.enqueue(
        "portal.purge",
        key=f"portal.purge.person.{person.pk}.{person.version}",
        title="Làm mới trang đã lưu",
        args=[person.council.slug],
        council=person.council,
    )


def free_slug(person: Person) -> str:
    """A free address for a new person's public page; it stays when the name is corrected.

    Locks the council, so that two namesakes added at once do not get the same one.
    """
    Council.objects.select_for_update().get(pk=person.council_id)
    bare = names.free_slug(person.full_name, ())
    taken = Person.objects.filter(council=person.council_id, slug__startswith=bare)
    return names.free_slug(person.full_name, set(taken.values_list("slug", flat=True)))


def is_unparted(person: Person, family: str, middle: str, given: str) -> bool:
    """Whether the parts were left as they stood and only repeat the old full name.

    A new full name is then split anew, instead of keeping old parts beside it.
    """
    stood = (person.family_name, person.middle_name, person.given_name)
    joined = " ".join(part for part in stood if part)
    return (family, middle, given) == stood and joined == person.full_name


def set_name(person: Person, full: str, family: str, middle: str, given: str) -> None:
    """Set the name's parts, the written form and both keys.

    A full name that the parts do not give stays as the override.
    """
    if given:
        joined = names.PersonName(family, middle, given).full
        name = names.PersonName(family, middle, given, full if full and full != joined else "")
    else:
        name = names.split_full_name(full)
    person.family_name, person.middle_name = name.family, name.middle
    person.given_name, person.full_name = name.given, name.full
    person.sort_key, person.search_key = name.sort_key, name.search_key
