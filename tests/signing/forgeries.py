"""Forgeries of a signed resolution: each takes a good file and gives back a bad one.

Classes of attack after "How to Spoof PDF Signatures" (universal forgery, incremental saving,
signature wrapping) and "Shadow Attacks" (2019–2021).
"""

import io
from collections.abc import Callable
from datetime import timedelta

from pyhanko.sign import fields
from pypdf import PdfReader, PdfWriter

from resolutions.signing import places, sign
from resolutions.signing.sign import Part
from resolutions.signing.testca import TestAuthority
from resolutions.signing.verify import Fault
from resolutions.typesetting import resolution
from tests.resolutions.test_typesetting_resolution import SIGNED, sheet
from tests.signing import forged_updates as change
from tests.signing import kit

Forgery = Callable[[], bytes]


def rewritten() -> bytes:
    """Opened and saved by another program."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(kit.sealed())))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def encrypted() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(kit.sealed())))
    writer.encrypt("")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def other_text() -> bytes:
    """Another resolution, rightly signed and sealed by the right people."""
    pdf = resolution.typeset(sheet(title="Về việc khác"), created=SIGNED)
    pdf = sign.prepare(pdf, places.find_block(pdf, post=kit.POST, name=kit.NAME))
    pdf = kit.signed_by(pdf, kit.chair(), Part.PERSON)
    return kit.signed_by(pdf, kit.seal(), Part.COUNCIL)


def covered_before_signing() -> bytes:
    """A signing tool puts words over the approved text, then signs; the copy is still in front."""
    pdf = kit.updated(kit.copy(), change.annotated("/FreeText"))
    pdf = kit.signed_by(pdf, kit.chair(), Part.PERSON)
    return kit.signed_by(pdf, kit.seal(), Part.COUNCIL)


def replaced_before_signing() -> bytes:
    pdf = kit.updated(kit.copy(), change.content_replaced)
    pdf = kit.signed_by(pdf, kit.chair(), Part.PERSON)
    return kit.signed_by(pdf, kit.seal(), Part.COUNCIL)


def copied_signature() -> bytes:
    """The container of another document's signature in place of this one's."""
    foreign = list(change.CONTENTS.finditer(other_text()))
    pdf = kit.sealed()
    for own, other in zip(
        reversed(list(change.CONTENTS.finditer(pdf))), reversed(foreign), strict=True
    ):
        pdf = pdf[: own.start(1)] + other[1].ljust(len(own[1]), b"0") + pdf[own.end(1) :]
    return pdf


def wrapped() -> bytes:
    """Signature wrapping: the signed tail is moved behind, the gap holds words of the forger."""
    pdf = kit.signed()
    first, start, length = (int(one) for one in change.BYTE_RANGE.search(pdf).groups())
    gap = pdf[first:start]
    tail = pdf[start : start + length]
    filler = b"\n9999 0 obj\n<</Type/Catalog/Pages 1 0 R>>\nendobj\n" * 20
    moved = pdf[:first] + gap + filler + tail
    new = f"[0 {first} {start + len(filler)} {length}]"
    found = change.BYTE_RANGE.search(moved)
    value = (b"/ByteRange " + new.encode()).ljust(len(found[0]))
    return moved[: found.start()] + value + moved[found.end() :]


def body_only() -> bytes:
    """Incremental saving without a table: a bare object, then the end marker."""
    return kit.sealed() + b"\n4 0 obj\n<</Type/Page/Gia/Mao>>\nendobj\n%%EOF\n"


def table_without_trailer() -> bytes:
    return kit.sealed() + (
        b"\n4 0 obj\n<</Type/Page/Gia/Mao>>\nendobj\nxref\n4 1\n0000000000 00000 n \nstartxref\n"
        + str(len(kit.sealed())).encode()
        + b"\n%%EOF\n"
    )


def unsigned_update_with_copied_signature() -> bytes:
    """Incremental saving that repeats the last signature object under its old range."""
    pdf = kit.updated(kit.sealed(), change.content_replaced)
    return pdf + kit.sealed()[-400:]


def lookalike() -> bytes:
    """An authority that calls itself the same and issues the same names."""
    false = TestAuthority("CA MẪU", begins=kit.BEGINS)
    pdf = kit.signed_by(kit.copy(), false.issue(f"{kit.NAME} (MẪU)"), Part.PERSON)
    return kit.signed_by(pdf, false.issue(f"{kit.COUNCIL} (MẪU)"), Part.COUNCIL)


def by(issued, *, seal=None, moment=kit.MOMENT) -> bytes:
    pdf = kit.signed_by(kit.copy(), issued, Part.PERSON, moment=moment)
    return kit.signed_by(pdf, seal or kit.seal(), Part.COUNCIL, moment=moment)


def expired() -> bytes:
    old = kit.authority().issue("Hết hạn (MẪU)", ends=kit.MOMENT - kit.DAY)
    return by(old)


def not_yet() -> bytes:
    return by(kit.authority().issue("Chưa đến hạn (MẪU)", begins=kit.MOMENT + kit.DAY))


def wrong_usage() -> bytes:
    return by(kit.authority().issue("Chỉ mã hóa (MẪU)", may_sign=False))


def other_person() -> bytes:
    return by(kit.authority().issue("Người khác (MẪU)"))


def other_council() -> bytes:
    return by(kit.chair(), seal=kit.authority().issue("HỘI ĐỒNG NHÂN DÂN KHÁC (MẪU)"))


def third_signature() -> bytes:
    def add_field(writer) -> None:
        fields.append_signature_field(writer, fields.SigFieldSpec("ThuBa"))

    pdf = kit.updated(kit.sealed(), add_field)
    stranger = kit.authority().issue("Người thứ ba (MẪU)")
    signer = kit.signers.from_pkcs12(stranger.pkcs12("x"), passphrase="x")
    return third_by(pdf, signer)


def third_by(pdf: bytes, signer) -> bytes:
    from pyhanko.sign.signers import PdfSignatureMetadata, sign_pdf

    writer = sign.QuietWriter(io.BytesIO(pdf))
    return bytes(sign_pdf(writer, PdfSignatureMetadata(field_name="ThuBa"), signer).getvalue())


def false_stamp() -> bytes:
    """A time stamp of a server that nobody trusts."""
    false = TestAuthority("CA LẠ", begins=kit.BEGINS).issue("Dấu lạ", is_timestamp=True)
    signer = kit.signers.from_pkcs12(kit.chair().pkcs12("x"), passphrase="x")
    pdf = sign.sign(
        kit.copy(), kit.order(Part.PERSON), signer=signer,
        timestamper=false.timestamper(at=kit.MOMENT),
    )  # fmt: skip
    return kit.signed_by(pdf, kit.seal(), Part.COUNCIL)


def stamp_by_a_person() -> bytes:
    """A time stamp made with a certificate that is not for time stamps."""
    signer = kit.signers.from_pkcs12(kit.chair().pkcs12("x"), passphrase="x")
    pdf = sign.sign(
        kit.copy(), kit.order(Part.PERSON), signer=signer,
        timestamper=kit.chair().timestamper(at=kit.MOMENT),
    )  # fmt: skip
    return kit.signed_by(pdf, kit.seal(), Part.COUNCIL)


def seal_alone() -> bytes:
    return kit.signed_by(kit.copy(), kit.seal(), Part.COUNCIL)


def seal_first() -> bytes:
    return kit.signed_by(seal_alone(), kit.chair(), Part.PERSON)


def chair_seals() -> bytes:
    return kit.signed_by(kit.signed(), kit.chair(), Part.COUNCIL)


def in_future() -> bytes:
    return by(kit.chair(), moment=kit.NOW + timedelta(days=30))


def _after(update) -> Forgery:
    return lambda: kit.updated(kit.sealed(), update)


def _archived_after(update) -> Forgery:
    return lambda: kit.updated(kit.archived(), update)


F = Fault
FORGERIES: dict[str, tuple[Forgery, set[Fault]]] = {
    # bytes
    "a bit of the text": (lambda: change.flipped(kit.sealed(), 3000), {F.BROKEN, F.UNREADABLE}),
    "a bit of a typeface": (
        lambda: change.flipped(kit.sealed(), len(kit.copy()) // 2),
        {F.BROKEN, F.UNREADABLE},
    ),
    "a bit of the header": (lambda: change.flipped(kit.sealed(), 7), {F.BROKEN, F.UNREADABLE}),
    "a digit of the chair's signature": (
        lambda: change.in_contents(kit.sealed(), 0, 4000),
        {F.BROKEN, F.UNREADABLE},
    ),
    "a digit of the seal's signature": (
        lambda: change.in_contents(kit.sealed(), 1, 4000),
        {F.BROKEN, F.UNREADABLE},
    ),
    "a digit of the container's head": (
        lambda: change.in_contents(kit.sealed(), 0, 9),
        {F.BROKEN, F.UNREADABLE},
    ),
    "a bit of the first table": (
        lambda: change.flipped(kit.sealed(), kit.copy().rfind(b"startxref") + 12),
        {F.BROKEN, F.UNREADABLE},
    ),
    "a bit of the last table": (
        lambda: change.flipped(kit.sealed(), kit.sealed().rfind(b"startxref") + 12),
        {F.BROKEN, F.UNREADABLE},
    ),
    "cut at the end": (lambda: kit.sealed()[:-40], {F.BROKEN, F.UNREADABLE, F.NOT_WHOLE}),
    "bytes appended": (lambda: kit.sealed() + b"\n% xin chao\n", {F.NOT_WHOLE, F.UNREADABLE}),
    "bytes appended to the archived": (
        lambda: kit.archived() + b"\x00" * 64,
        {F.NOT_WHOLE, F.UNREADABLE},
    ),
    "a whole file appended": (lambda: kit.sealed() + kit.copy(), {F.UNSIGNED, F.UNREADABLE}),
    "saved by another program": (rewritten, {F.BROKEN, F.NOT_THE_COPY}),
    "encrypted": (encrypted, {F.UNREADABLE}),
    # updates
    "text replaced by an update": (_after(change.content_replaced), {F.CHANGED}),
    "page added": (_after(change.page_added), {F.CHANGED}),
    "page removed": (_after(change.page_removed), {F.CHANGED}),
    "pages in another order": (_after(change.pages_swapped), {F.CHANGED}),
    "page turned": (_after(change.page_turned), {F.CHANGED}),
    "page cropped": (_after(change.page_cropped), {F.CHANGED}),
    "typeface replaced": (_after(change.font_replaced), {F.CHANGED}),
    "layer hidden": (_after(change.layer_hidden), {F.CHANGED}),
    "words laid over": (_after(change.annotated("/FreeText")), {F.CHANGED}),
    "stamp laid over": (_archived_after(change.annotated("/Stamp")), {F.CHANGED}),
    "form field added": (_after(change.text_field), {F.CHANGED}),
    "empty field laid over": (_after(change.covering_field), {F.NOT_WHOLE, F.CHANGED}),
    "the seal's face replaced": (_after(change.other_face), {F.CHANGED}),
    "the seal's field moved": (_after(change.moved_seal), {F.CHANGED}),
    "title changed": (_after(change.title_changed), {F.CHANGED}),
    "description changed": (_after(change.description_changed), {F.CHANGED}),
    "file attached": (_after(change.attached), {F.CHANGED}),
    "script added": (_archived_after(change.script), {F.CHANGED}),
    # signatures taken away, copied, wrapped
    "signature removed by an update": (_after(change.value_removed), {F.CHANGED, F.NO_PERSON}),
    "all fields removed by an update": (_after(change.fields_removed), {F.NOT_WHOLE, F.UNSIGNED}),
    "the chair's field shows the seal's": (_after(change.value_swapped), {F.CHANGED, F.NO_PERSON}),
    "seal cut off": (kit.signed, {F.NO_SEAL}),
    "signatures cut off": (kit.copy, {F.UNSIGNED}),
    "signatures of another document": (copied_signature, {F.BROKEN}),
    "another text, rightly signed": (other_text, {F.NOT_THE_COPY}),
    "text covered before signing": (covered_before_signing, {F.CHANGED}),
    "text replaced before signing": (replaced_before_signing, {F.CHANGED}),
    "wrapped": (wrapped, {F.BROKEN, F.NOT_WHOLE, F.UNREADABLE}),
    "saved without a table": (body_only, {F.NOT_WHOLE, F.UNREADABLE}),
    "saved without a trailer": (table_without_trailer, {F.NOT_WHOLE, F.UNREADABLE}),
    "saved with a copied end": (
        unsigned_update_with_copied_signature,
        {F.NOT_WHOLE, F.CHANGED, F.UNREADABLE},
    ),
    # ByteRange and Contents
    "range begins later": (
        lambda: change.ranged(kit.sealed(), 1, lambda a, b, c: f"[9 {a - 9} {b} {c}]"),
        {F.BROKEN, F.NOT_WHOLE, F.UNREADABLE},
    ),
    "range leaves a gap": (
        lambda: change.ranged(kit.sealed(), 1, lambda a, b, c: f"[0 {a - 900} {b} {c}]"),
        {F.BROKEN, F.NOT_WHOLE, F.UNREADABLE},
    ),
    "range ends early": (
        lambda: change.ranged(kit.sealed(), 1, lambda a, b, c: f"[0 {a} {b} {c - 9}]"),
        {F.BROKEN, F.NOT_WHOLE, F.UNREADABLE},
    ),
    "range of nothing": (
        lambda: change.ranged(kit.sealed(), 1, lambda _a, _b, _c: "[0 0 0 0]"),
        {F.BROKEN, F.NOT_WHOLE, F.UNREADABLE},
    ),
    "range is negative": (
        lambda: change.ranged(kit.sealed(), 1, lambda a, b, _c: f"[0 {a} {b} -1]"),
        {F.BROKEN, F.NOT_WHOLE, F.UNREADABLE},
    ),
    "range is null": (
        lambda: change.ranged(kit.sealed(), 0, lambda _a, _b, _c: "null"),
        {F.BROKEN, F.UNREADABLE},
    ),
    "range is half": (
        lambda: change.ranged(kit.sealed(), 0, lambda a, _b, _c: f"[0 {a}]"),
        {F.NOT_WHOLE, F.UNREADABLE},
    ),
    "container of zeros": (
        lambda: change.CONTENTS.sub(
            lambda m: b"/Contents <" + b"0" * len(m[1]) + b">", kit.sealed()
        ),
        {F.BROKEN, F.UNREADABLE},
    ),
    "container renamed": (
        lambda: kit.sealed().replace(b"/Contents <", b"/Konten7s <"),
        {F.BROKEN, F.UNREADABLE},
    ),
    # people
    "a lookalike authority": (lookalike, {F.UNTRUSTED}),
    "an expired certificate": (expired, {F.EXPIRED}),
    "a certificate not yet valid": (not_yet, {F.NOT_YET_VALID}),
    "a certificate not for signing": (wrong_usage, {F.WRONG_USAGE}),
    "another person": (other_person, {F.NO_PERSON}),
    "another council's seal": (other_council, {F.NO_SEAL}),
    "a third signature": (third_signature, {F.STRANGER}),
    "a seal without the chair": (seal_alone, {F.NO_PERSON}),
    "the seal before the chair": (seal_first, {F.WRONG_ORDER}),
    "the chair signs for the council": (chair_seals, {F.NO_SEAL}),
    "a moment in the future": (in_future, {F.IN_FUTURE}),
    "a time stamp of a stranger": (false_stamp, {F.BAD_TIMESTAMP}),
    "a time stamp of the signer's own": (stamp_by_a_person, {F.BAD_TIMESTAMP}),
}
