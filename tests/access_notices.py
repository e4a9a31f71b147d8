"""Addresses of notices on resolutions; the rest of the matrix."""

from typing import Any

from django.core.files.base import ContentFile

from resolutions.models import Notice, Resolution

NOTICES = """
resolutions:notice-add             GET,POST  notice.edit
resolutions:notice-detail          GET       staff.read
resolutions:notice-edit            GET,POST  notice.edit
resolutions:notice-discard         POST      notice.edit
resolutions:notice-submit          POST      notice.edit
resolutions:notice-send-back       POST      notice.sign
resolutions:notice-sign            POST      notice.sign
resolutions:notice-file            GET       staff.read
portal:notice                      GET       public
portal:notice-pdf                  GET       public
"""


def notice_rows(made: Any, resolution: Resolution) -> dict[str, int]:
    """A notice that is being drafted; and a published one behind the public address."""
    clerk, chair = made.user["clerk"], made.user["chair"]
    given: dict[str, Any] = {
        "council": made.cast.council, "target": resolution, "kind": "correction",
        "dated": resolution.adopted_on, "reason": "Minh họa.", "signatory_name": "A",
        "signatory_post": "CHỦ TỊCH", "created_by": clerk,
    }  # fmt: skip
    draft = Notice.objects.create(symbol="16/HĐND-VP", slug="16-hdnd-vp", **given)
    published = Notice(
        symbol="15/HĐND-VP", slug="15-hdnd-vp", state="published", submitted_by=clerk,
        submitted_at=resolution.published_at, signed_by=chair,
        published_at=resolution.published_at, sha256="0" * 64, **given,
    )  # fmt: skip
    published.file.save("cv.pdf", ContentFile(b"%PDF-1.7"))
    return {"cong-van": draft.pk}
