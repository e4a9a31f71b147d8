"""What the page of signing shows: the paper, the ways that are open, what still stands between."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from council.forms.base import ClerkForm
from council.rules.refusals import Refusal
from council.web.refusals import sentence_of
from council.web.requests import StaffRequest
from resolutions.forms.signatures import KeyFileForm, SignedFileForm, TokenForm
from resolutions.models import Resolution, SignedPart, SigningCertificate
from resolutions.queries import signing as queries
from resolutions.services import electronic


def context(
    request: StaffRequest, resolution: Resolution, part: SignedPart, given: Mapping[str, ClerkForm]
) -> dict[str, Any]:
    """The page's context; a form that was refused replaces the empty one."""
    rows = list(_certificates(resolution, part))
    return {
        "council": request.council,
        "nav_section": "resolutions",
        "resolution": resolution,
        "part": part.value,
        "is_seal": part is SignedPart.COUNCIL,
        "hindrance": hindrance(request, resolution, part, has_certificate=bool(rows)),
        "certificates": rows,
        "has_token": electronic.on_token(resolution, part=part) is not None,
        "key_form": given.get("tep-khoa") or KeyFileForm(),
        "token_form": given.get("thiet-bi") or TokenForm(),
        "upload_form": given.get("tai-len") or SignedFileForm(),
        "opened": next(iter(given), ""),
    }


def _certificates(resolution: Resolution, part: SignedPart) -> QuerySet[SigningCertificate]:
    if part is SignedPart.COUNCIL:
        return queries.of_council(resolution.council)
    return queries.of_signatory(resolution)


def hindrance(
    request: StaffRequest, resolution: Resolution, part: SignedPart, *, has_certificate: bool
) -> str:
    """Why nothing can be signed now; empty where it can."""
    try:
        electronic.check_may(resolution, part=part, by=request.user)
    except Refusal as refusal:
        return sentence_of(refusal)
    if has_certificate:
        return ""
    if part is SignedPart.COUNCIL:
        return _("Chưa đăng ký chứng thư số của cơ quan. Nhờ quản trị viên đăng ký.")
    return _("Chưa đăng ký chứng thư số của %(name)s. Nhờ quản trị viên đăng ký.") % {
        "name": resolution.signatory_name
    }
