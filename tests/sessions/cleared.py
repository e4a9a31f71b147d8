"""Versions that were looked through and hold no personal data, as most papers in tests."""

from django.utils import timezone

from sessions.models import Document, PersonalDataCheck


def cleared(document: Document) -> Document:
    """Every version of the paper counts as looked through."""
    for version in document.versions.all():
        PersonalDataCheck.objects.get_or_create(
            version=version, defaults={"checked_at": timezone.now()}
        )
    return document
