"""Addresses of the register of numbers; more of the matrix."""

from datetime import UTC, datetime
from typing import Any

from django.core.files.base import ContentFile

from resolutions.models import NumberSeries, RegisterPrint

REGISTER = """
resolutions:number-register        GET       staff.read
resolutions:number-reserve         GET,POST  register.keep
resolutions:series-start           GET,POST  register.keep
resolutions:number-void            GET,POST  register.keep
resolutions:number-use             GET,POST  register.keep
resolutions:register-print         POST      print.make
resolutions:register-sheet         GET       staff.read
resolutions:register-file          GET       staff.read
"""
AT = datetime(2026, 1, 1, tzinfo=UTC)


def register_rows(cast: Any) -> dict[str, int]:
    """A book, a kept number in it and its print, by the word before the key in the address."""
    book, _created = NumberSeries.objects.get_or_create(
        council=cast.council, year=2025, kind="normative", defaults={"last": 1}
    )
    entry = book.entries.create(
        number=1, title="Về việc mẫu", taken_by=cast.user["clerk"], taken_at=AT
    )
    made = RegisterPrint.objects.create(
        series=book, content_digest="0" * 64, file=ContentFile(b"%PDF-1.7", name="so.pdf"),
        sha256="0" * 64, pages=1, made_at=AT,
    )  # fmt: skip
    return {"so": entry.pk, "quyen": book.pk, "ban-pdf": made.pk}
