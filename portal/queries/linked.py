"""What stands beside a resolution's row without a query of its own: digests, the last act on it."""

from datetime import UTC, datetime
from typing import Any, Final

from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from resolutions.models import Notice, PublishedFile, Relation, Resolution

NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
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


def with_last_act(rows: QuerySet[Resolution]) -> QuerySet[Resolution]:
    """The rows with `last_act_at`: when the newest act or notice on each was published."""
    acts = Relation.objects.filter(resolution__in=Resolution.objects.published())
    told = (
        _newest(acts, "resolution__published_at"),
        _newest(Notice.objects.published(), "published_at"),
    )
    return rows.annotate(last_act_at=Greatest(*(Coalesce(one, NEVER) for one in told)))


def _newest(rows: QuerySet[Any], moment: str) -> Subquery:
    found = rows.filter(target=OuterRef("pk")).order_by().values("target")
    return Subquery(found.annotate(last=Max(moment)).values("last"))
