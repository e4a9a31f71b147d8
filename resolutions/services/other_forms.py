"""The published text as DOCX, Akoma Ntoso and HTML, made of nothing but the frozen data."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

from resolutions.models import Publication, PublishedFile
from resolutions.services import sheets
from resolutions.typesetting import resolution_akn, resolution_docx, resolution_html
from resolutions.typesetting.resolution import ResolutionSheet


def of(publication: Publication) -> list[tuple[str, bytes]]:
    """Each form with its bytes; the same publication gives the same bytes."""
    frozen: dict[str, Any] = json.loads(publication.frozen)
    sheet = sheet_of(frozen)
    signed_at = publication.resolution.signed_at or publication.started_at
    return [
        (PublishedFile.Form.DOCX, resolution_docx.typeset(sheet, created=signed_at)),
        (
            PublishedFile.Form.XML,
            resolution_akn.typeset(
                sheet, act_of(frozen, published_on=timezone.localdate(publication.started_at))
            ),
        ),
        (PublishedFile.Form.HTML, resolution_html.page(sheet).encode()),
    ]


def sheet_of(frozen: Mapping[str, Any]) -> ResolutionSheet:
    """The published paper, with the code that its PDF bears."""
    return sheets.final_sheet(frozen, code=frozen["code"])


def act_of(frozen: Mapping[str, Any], *, published_on: date) -> resolution_akn.Act:
    """What Akoma Ntoso says of it beside its words."""
    slug, year, number = frozen["council"]["slug"], frozen["year"], frozen["slug"]
    effective_on = frozen["effective_on"]
    return resolution_akn.Act(
        council=slug,
        council_name=f"Hội đồng nhân dân {frozen['council']['unit']}",
        number=number,
        adopted_on=date.fromisoformat(frozen["adopted_on"]),
        published_on=published_on,
        effective_on=date.fromisoformat(effective_on) if effective_on else None,
        address=f"{settings.BASE_URL}/{slug}/nghi-quyet/{year}/{number}/",
    )
