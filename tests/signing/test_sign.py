"""Good signatures: the bytes stay in front, two verifiers agree, the page looks as it should."""

import io
import subprocess
from datetime import timedelta
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from pypdf import PdfReader

from council.rules.refusals import Refusal
from resolutions.signing import appearance, evidence, judge, places, samples, sign, verify
from resolutions.signing.sign import Part
from tests.council import pdf_probe
from tests.signing import kit

MM = places.MM


def test_the_approved_bytes_stay_in_front_of_every_version() -> None:
    for earlier, later in (
        (kit.copy(), kit.signed()), (kit.signed(), kit.sealed()), (kit.sealed(), kit.archived()),
    ):  # fmt: skip
        assert later.startswith(earlier)
        assert len(later) > len(earlier)


@pytest.mark.parametrize("make", [kit.sealed, kit.archived])
def test_a_good_document_has_no_fault(make) -> None:
    report = verify.verify(make(), trust=kit.trust(), moment=kit.NOW)
    assert report.is_good
    person, council = report.signatures
    assert (person.field, council.field) == ("NguoiKy", "CoQuan")
    assert person.signer.subject == "Nguyễn Văn Mẫu (MẪU)"
    assert person.at == kit.MOMENT.replace(microsecond=0)
    assert council.at == kit.MOMENT + timedelta(minutes=5)
    assert person.is_stamped
    assert council.is_stamped
    assert judge.judge(make(), report, kit.expected()) == ()


def test_poppler_agrees(tmp_path: Path) -> None:
    file = tmp_path / "nghi-quyet.pdf"
    file.write_bytes(kit.sealed())
    told = subprocess.run(
        ["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=True, timeout=30
    ).stdout
    assert told.count("Signature is Valid") == 2
    assert told.count("ETSI.CAdES.detached") == 2
    assert "Nguyễn Văn Mẫu (MẪU)" in told
    assert "Total document signed" in told


def test_poppler_too_sees_a_changed_letter(tmp_path: Path) -> None:
    file = tmp_path / "nghi-quyet.pdf"
    changed = bytearray(kit.sealed())
    changed[len(kit.copy()) // 2] ^= 1
    file.write_bytes(changed)
    told = subprocess.run(
        ["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=False, timeout=30
    ).stdout
    assert "Signature is Valid" not in told


def test_without_a_server_the_time_is_only_claimed() -> None:
    pdf = kit.signed_by(kit.copy(), kit.chair(), Part.PERSON)
    (person,) = verify.verify(pdf, trust=kit.trust(), moment=kit.NOW).signatures
    assert not person.is_stamped
    assert person.at == kit.MOMENT
    assert person.faults == ()


def test_a_time_stamp_outlives_the_certificate() -> None:
    later = kit.BEGINS + 15 * timedelta(days=365)
    assert verify.verify(kit.sealed(), trust=kit.trust(), moment=later).is_good


def test_a_certificate_revoked_after_the_signature_does_not_undo_it() -> None:
    serial = kit.chair().certificate.serial_number
    crl = kit.authority().revocation_list({serial: kit.NOW}, at=kit.NOW)
    assert kit.verdict(kit.sealed(), crls=(crl,)) == set()


def test_the_archived_file_holds_its_own_evidence() -> None:
    dss = PdfReader(io.BytesIO(kit.archived())).trailer["/Root"]["/DSS"]
    assert len(dss["/Certs"]) == 4
    assert len(dss["/CRLs"]) == 1
    assert verify.verify(kit.archived(), trust=kit.trust(), moment=kit.NOW).archive_stamps == 1


def test_a_silent_server_costs_the_last_stamp_not_the_evidence() -> None:
    class Silent:
        cert_registry = ()

        async def async_timestamp(self, *_args: object, **_kwargs: object) -> object:
            raise OSError

    found = evidence.Evidence(evidence.collect(kit.sealed(), roots=[], seconds=1).certificates)
    pdf = evidence.embed(kit.sealed(), found, timestamper=Silent())
    report = verify.verify(pdf, trust=kit.trust(), moment=kit.NOW)
    assert report.is_good
    assert report.archive_stamps == 0


# --- the page ------------------------------------------------------------------------------------


def rects(pdf: bytes) -> dict[str, list[float]]:
    page = PdfReader(io.BytesIO(pdf)).pages[-1]
    fields = [annotation.get_object() for annotation in page["/Annots"]]
    return {str(one["/T"]): [float(edge) / MM for edge in one["/Rect"]] for one in fields}


def test_the_persons_signature_stands_centred_between_post_and_name() -> None:
    letters = pdf_probe.glyphs(kit.copy())
    post, name = (
        pdf_probe.line_of([one for one in letters if one.page == letters[-1].page], words)
        for words in ("PHÓ CHỦ TỊCH", kit.NAME)
    )
    left, bottom, right, top = rects(kit.sealed())["NguoiKy"]
    height = PdfReader(io.BytesIO(kit.copy())).pages[-1].mediabox.height / MM
    for line in (post, name):
        assert (left + right) / 2 == pytest.approx((line[0].left + line[-1].right) / 2, abs=0.5)
    assert height - top > post[0].baseline
    assert height - bottom < name[0].baseline
    assert 20 < top - bottom < 30


def test_the_seal_has_its_size_and_covers_a_third_of_the_signature_on_its_left() -> None:
    person, circle = places.person_box(kit.block()), places.seal_circle(kit.block(), seal_mm=36)
    assert circle.width / MM == pytest.approx(36)
    assert (circle.right - person.left) / person.width == pytest.approx(1 / 3)
    assert circle.left < person.left
    red = ink(kit.sealed(), lambda r, g, b: r > 150 and g < 120 and b < 120)
    blue = ink(kit.sealed(), lambda r, g, b: b > 110 and r < 90)
    seal_width = (min(x for x, _y in red), max(x for x, y in red if y > circle.bottom / MM + 3))
    assert seal_width[1] - seal_width[0] == pytest.approx(36, abs=1.0)
    assert min(x for x, _y in blue) > person.left / MM - 0.5


def ink(pdf: bytes, is_wanted) -> list[tuple[float, float]]:
    """Places in mm from the bottom left of the last page where the ink has a colour."""
    with pdfium.PdfDocument(pdf) as document:
        document.init_forms()
        page = document[len(document) - 1]
        image = page.render(scale=2, may_draw_forms=True).to_pil().convert("RGB")
        page.close()
    scale, (width, height) = 2 * MM, image.size
    return [
        (x / scale, (height - y) / scale)
        for x in range(0, width, 2)
        for y in range(0, height, 2)
        if is_wanted(*image.getpixel((x, y)))
    ]


def test_the_seals_note_names_the_council_and_the_moment() -> None:
    with pdfium.PdfDocument(kit.sealed()) as document:
        document.init_forms()
    appearance_text = appearance.signing_time(kit.MOMENT)
    assert appearance_text == "12-12-2023 16:30:05 +07:00"
    shown = kit.order(Part.COUNCIL).appearance
    words = [item.text for item in shown.items if isinstance(item, appearance.Words)]
    assert words == [f"Ký bởi: {kit.COUNCIL}", f"Thời gian ký: {appearance_text}"]


def test_without_pictures_the_words_are_readable_and_embedded(tmp_path: Path) -> None:
    person = appearance.of_person(kit.block(), name=kit.NAME, moment=kit.MOMENT, png=None)
    council = appearance.of_council(
        kit.block(), name=kit.COUNCIL, moment=kit.MOMENT, png=None, seal_mm=36
    )
    signer = kit.signers.from_pkcs12(kit.chair().pkcs12("x"), passphrase="x")
    pdf = sign.sign(kit.copy(), sign.Order(Part.PERSON, person, kit.MOMENT), signer=signer)
    pdf = sign.sign(pdf, sign.Order(Part.COUNCIL, council, kit.MOMENT), signer=signer)
    file = tmp_path / "chu.pdf"
    file.write_bytes(pdf)
    fonts = subprocess.run(["pdffonts", str(file)], capture_output=True, text=True, check=True)
    rows = fonts.stdout.splitlines()[2:]
    assert len(rows) >= 6
    assert all(row.split()[-5] == "yes" and "Tinos" in row for row in rows)
    text = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True)
    for words in ("Đã ký số", "12-12-2023 16:30:05 +07:00", f"Ký bởi: {kit.COUNCIL}", "CƠ QUAN"):
        assert words in text.stdout


def test_pdf_a_survives() -> None:
    reader = PdfReader(io.BytesIO(kit.archived()))
    root = reader.trailer["/Root"]
    assert root["/OutputIntents"]
    assert b"pdfaid:part" in root["/Metadata"].get_data()
    assert root["/Metadata"].get_data() == (
        PdfReader(io.BytesIO(kit.copy())).trailer["/Root"]["/Metadata"].get_data()
    )
    for page in reader.pages:
        for annotation in page.get("/Annots", []):
            one = annotation.get_object()
            assert int(one["/F"]) & 4, "printed"
            assert not any(one["/Rect"]) or one["/AP"]["/N"]
    assert "/JavaScript" not in str(root.get("/Names", ""))


def test_the_place_is_read_from_the_page_not_guessed() -> None:
    other = kit.copy(name="Trần Thị Ví Dụ Có Tên Dài")
    found = places.find_block(other, post=kit.POST, name="Trần Thị Ví Dụ Có Tên Dài")
    assert found.page == kit.block().page
    with pytest.raises(Refusal) as caught:
        places.find_block(other, post=kit.POST, name=kit.NAME)
    assert caught.value.code == "sign.no_block"


@pytest.mark.parametrize("bad", [b"", b"GIF89a", samples.seal()[:200], b"\x89PNG\r\n\x1a\n" * 9])
def test_a_picture_that_is_none_is_refused(bad: bytes) -> None:
    with pytest.raises(Refusal) as caught:
        appearance.picture_of(bad)
    assert caught.value.code == "sign.bad_picture"


def test_signing_a_file_without_fields_is_refused_with_nothing_lost() -> None:
    signer = kit.signers.from_pkcs12(kit.chair().pkcs12("x"), passphrase="x")
    with pytest.raises(Refusal) as caught:
        sign.sign(kit.sealed(), kit.order(Part.PERSON), signer=signer)
    assert caught.value.code == "sign.failed"
