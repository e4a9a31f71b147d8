"""Addresses of resolutions, their signatures and verification; the rest of the matrix."""

from datetime import UTC, datetime
from typing import Any

from resolutions.models import Resolution, SigningCertificate, SigningCopy, TrustedRoot

SIGNING = """
resolutions:resolution-list        GET       staff.read
resolutions:resolution-add         GET,POST  resolution.edit
resolutions:resolution-detail      GET       staff.read
resolutions:resolution-progress    GET       staff.read
resolutions:resolution-preview     GET       staff.read
resolutions:resolution-pdf         GET       staff.read
resolutions:resolution-edit        GET,POST  resolution.edit
resolutions:resolution-autosave    POST      resolution.edit
resolutions:resolution-copy-drop   POST      resolution.edit
resolutions:resolution-merge       GET,POST  resolution.edit
resolutions:resolution-paste       GET,POST  resolution.edit
resolutions:relation-target        GET       resolution.edit
resolutions:relation-add           GET,POST  resolution.edit
resolutions:relation-remove        POST      resolution.edit
resolutions:resolution-amend       GET,POST  resolution.edit
resolutions:resolution-submit      POST      resolution.submit
resolutions:resolution-approve     POST      resolution.approve
resolutions:resolution-send-back   POST      resolution.approve
resolutions:resolution-adopt       POST      resolution.adopt
resolutions:resolution-sign        GET,POST  resolution.sign
resolutions:resolution-resume      POST      resolution.submit
resolutions:resolution-resend      POST      resolution.submit
resolutions:resolution-sign-electronic GET,POST resolution.sign
resolutions:resolution-seal        GET,POST  resolution.seal
resolutions:resolution-to-sign     GET       staff.read
resolutions:certificate-list       GET       staff.read
resolutions:certificate-add        GET,POST  certificate.edit
resolutions:certificate-end        POST      certificate.edit
resolutions:root-list              GET,POST  any_administrator
resolutions:root-approve           POST      any_administrator
resolutions:root-end               POST      any_administrator
resolutions:root-crl               POST      any_administrator
portal:consolidated                GET       public
portal:resolution-html             GET       public
portal:verify                      GET,POST  public
portal:verify-code                 GET       public
"""
AT = datetime(2026, 1, 1, tzinfo=UTC)


def signing_rows(cast: Any) -> dict[str, int]:
    """A certificate of the council's, by the word before its key in the address."""
    row = SigningCertificate.objects.create(
        council=cast.council, part="council", certificate=b"0", fingerprint="0" * 64,
        subject="Con dấu", issuer="Tổ chức cấp", valid_from=AT, valid_to=AT,
        added_by=cast.user["clerk"], added_at=AT,
    )  # fmt: skip
    root = TrustedRoot.objects.create(
        certificate=b"0", fingerprint="1" * 64, subject="Tổ chức gốc", valid_from=AT, valid_to=AT,
        proposed_by=cast.user["admin"], proposed_at=AT,
    )  # fmt: skip
    return {"chung-thu-so": row.pk, "chung-thu-goc": root.pk}


def printed_code(resolution: Resolution) -> str:
    """The code at the foot of a published paper."""
    code = "2222-2222-2222"
    SigningCopy.objects.create(
        resolution=resolution, text_digest="0" * 64, paper_digest="0" * 64, code=code,
        frozen="{}", file="signing/x.pdf", sha256="0" * 64, size=1, made_at=AT,
    )  # fmt: skip
    return code
