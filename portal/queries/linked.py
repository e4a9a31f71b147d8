"""The digests of a resolution's published files beside its row, without a query of their own."""

from typing import Final

from django.db.models import F, OuterRef, QuerySet, Subquery

from resolutions.models import PublishedFile, Resolution

OTHER_FORMS: Final = ("xml", "html", "docx")
FORMS: Final = ("pdf", *OTHER_FORMS, "json")


def with_hashes(rows: QuerySet[Resolution]) -> QuerySet[Resolution]:
    """The rows with `pdf_sha256` … `json_sha256`; None or empty where there is no such file."""
    files = PublishedFile.objects.filter(publication__resolution=OuterRef("pk"))
    others = {
        f"{form}_sha256": Subquery(files.filter(form=form).values("sha256")[:1])
        for form in OTHER_FORMS
    }
    return rows.annotate(
        pdf_sha256=F("publication__pdf_sha256"), json_sha256=F("publication__frozen_sha256"),
        **others,
    )  # fmt: skip
