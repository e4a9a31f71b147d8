"""Sign finished bytes by an incremental update: what was there stays, byte for byte, in front."""

import asyncio
import io
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign import fields
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.timestamps import TimeStamper

from council.rules.refusals import Refusal, gettext_noop
from resolutions.signing.appearance import Appearance, style_of
from resolutions.signing.places import Block, Box, person_box, seal_box

RESERVED: Final = 48 * 1024
"""Hexadecimal digits kept for one signature: 24 kB hold a chain, a time stamp and its chain."""

HASH: Final = "sha256"


class Part(StrEnum):
    """Which of the two signatures; the value is the field's name in the PDF."""

    PERSON = "NguoiKy"
    COUNCIL = "CoQuan"


TITLES: Final = {
    Part.PERSON: "Chữ ký của người có thẩm quyền",
    Part.COUNCIL: "Chữ ký của cơ quan, tổ chức",
}


class QuietWriter(IncrementalPdfFileWriter):
    """Appends what is asked and nothing else.

    pyHanko would also write its name and the moment into the document's description, which nobody
    approved.
    """

    def _update_meta(self) -> None:
        """Leave the description as it was typeset."""


@dataclass(frozen=True)
class Order:
    """One signature to be made.

    Args:
        part: the person's or the council's.
        appearance: what it shows.
        moment: the claimed time of signing; with a time stamp only a claim beside it.
    """

    part: Part
    appearance: Appearance
    moment: datetime


def prepare(pdf: bytes, block: Block) -> bytes:
    """The typeset document with two empty signature fields, exactly where the signatures belong.

    They are part of what is approved: signing fills them and adds nothing, here or in a tool of
    the signer's own, which finds its field by itself.
    """
    writer = QuietWriter(io.BytesIO(pdf))
    for part, place in ((Part.PERSON, person_box(block)), (Part.COUNCIL, seal_box(block))):
        fields.append_signature_field(writer, _field(part, place))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def sign(
    pdf: bytes, order: Order, *, signer: Signer, timestamper: TimeStamper | None = None
) -> bytes:
    """The prepared document with one more signature; `pdf` is a prefix of what is returned.

    The document may still be signed by others and stamped (DocMDP is not set: tools that owners
    of tokens use would refuse to add theirs), which `verify` judges more strictly by itself.

    Raises:
        Refusal: ``sign.timestamp_silent``, ``sign.timestamp_wrong``, ``sign.failed``.

    Source: ETSI EN 319 142-1, B-B; B-T with a time stamp.
    """
    try:
        signed = asyncio.run(_signed(pdf, order, signer, timestamper))
    except (SigningError, PdfError, ValueError, OSError) as error:
        raise _failed(error) from error
    if not signed.startswith(pdf):
        raise _failed(SigningError("prefix"))
    return signed


def _failed(error: Exception) -> Refusal:
    return Refusal(
        "sign.failed",
        gettext_noop(
            "Không ký được văn bản (%(kind)s); không có gì bị mất. Hãy thử lại, hoặc báo quản trị "
            "viên."
        ),
        params={"kind": type(error).__name__},
    )


def _field(part: Part, place: Box) -> SigFieldSpec:
    return SigFieldSpec(
        part,
        on_page=place.page,
        box=_whole(place),
        readable_field_name=TITLES[part],
        empty_field_appearance=False,
    )


def _whole(place: Box) -> tuple[int, int, int, int]:
    left, bottom, right, top = (round(edge) for edge in place.corners)
    return left, bottom, right, top


async def _signed(
    pdf: bytes, order: Order, signer: Signer, timestamper: TimeStamper | None
) -> bytes:
    writer = QuietWriter(io.BytesIO(pdf))
    pdf_signer = PdfSigner(
        PdfSignatureMetadata(
            field_name=order.part, md_algorithm=HASH, subfilter=SigSeedSubFilter.PADES
        ),
        signer,
        timestamper=timestamper,
        stamp_style=style_of(order.appearance),
    )
    session = pdf_signer.init_signing_session(writer, existing_fields_only=True)
    session.system_time = order.moment
    presign = await session.perform_presign_validation(writer)
    document = session.prepare_tbs_document(validation_info=presign, bytes_reserved=RESERVED)
    digest, output = document.digest_tbs_document(in_place=False)
    done = await document.perform_signature(
        document_digest=digest.document_digest,
        pdf_cms_signed_attrs=PdfCMSSignedAttributes(signing_time=order.moment),
    )
    await done.post_signature_processing(output)
    output.seek(0)
    return bytes(output.read())
