"""Images come out of every format; hostile files end in a sentence."""

import struct
import zlib
from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from elections.scanning import images
from elections.scanning.reader import read_file
from tests.scanning.pictures import answers_of, scan, sheet_with, voted
from tests.scanning_kit.papers import printed


@pytest.fixture(scope="module")
def picture():
    return Image.fromarray(scan(sheet_with(voted()), dpi=150))


def read_back(path):
    paper = printed(10, 3)
    return {
        name: reading.answers if reading.status == "read" else reading.code
        for name, reading in read_file(path, paper.box_map, paper.style)
    }


@pytest.mark.parametrize(
    ("name", "mode", "options"),
    [
        ("scan.png", "L", {}),
        ("scan.png", "1", {}),
        ("scan.png", "P", {}),
        ("scan.png", "RGBA", {}),
        ("scan.png", "I;16", {}),
        ("scan.jpg", "RGB", {"quality": 60}),
        ("scan.jpg", "CMYK", {"quality": 80}),
        ("scan.tiff", "L", {"compression": "tiff_lzw"}),
        ("scan.tif", "1", {"compression": "group4"}),
        ("scan.JPEG", "L", {"quality": 50}),
    ],
)
def test_every_format_is_read(tmp_path, picture, name, mode, options):
    if mode == "I;16":
        image = Image.fromarray(np.asarray(picture).astype(np.uint16) * 257)
    else:
        image = picture.convert(mode, dither=Image.Dither.NONE)
    image.save(tmp_path / name, **options)
    assert read_back(tmp_path / name) == {name: answers_of(voted())}


@pytest.mark.parametrize("name", ["scans.pdf", "scans.tiff"])
def test_pages_of_a_file_are_numbered(tmp_path, picture, name):
    white = Image.new("L", picture.size, 255)
    picture.save(tmp_path / name, save_all=True, append_images=[white, picture], resolution=150)
    assert read_back(tmp_path / name) == {
        f"{name}#1": answers_of(voted()),
        f"{name}#2": "scan.no_code",
        f"{name}#3": answers_of(voted()),
    }


def refused(path):
    """The code of the one refusal of a file."""
    (page,) = images.pages(path)
    assert page.gray is None
    assert str(page.refusal).endswith(".")
    assert "%(" not in str(page.refusal)
    return page.refusal.code


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.pdf", b"", "scan.empty_file"),
        ("text.jpg", b"just words", "scan.unreadable"),
        ("page.png", b"<html></html>", "scan.unreadable"),
        ("broken.pdf", b"%PDF-1.7\n nothing follows", "scan.unreadable"),
        ("cut.png", b"\x89PNG\r\n\x1a\n\0\0\0", "scan.unreadable"),
        ("fax.tif", b"II*\0\xff\xff\xff\xff", "scan.unreadable"),
        ("script.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "scan.unreadable"),
    ],
)
def test_what_is_no_image_is_refused(tmp_path, name, data, code):
    (tmp_path / name).write_bytes(data)
    assert refused(tmp_path / name) == code


@pytest.mark.parametrize("name", ["scan.jpg", "scan.png", "scan.tif"])
def test_a_truncated_image_is_refused_not_half_read(tmp_path, picture, name):
    picture.save(tmp_path / name)
    data = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(data[: len(data) * 2 // 3])
    assert refused(tmp_path / name) == "scan.unreadable"


def png_of(width, height):
    """A PNG whose header promises more than its bytes hold."""

    def chunk(kind, body):
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100_000)) + chunk(b"IEND", b"")
    )  # fmt: skip


@pytest.mark.parametrize("size", [(50_000, 50_000), (12_000, 9_000)])
def test_a_flood_of_pixels_is_refused_unopened(tmp_path, size):
    (tmp_path / "flood.png").write_bytes(png_of(*size))
    assert refused(tmp_path / "flood.png") == "scan.too_large"


def test_a_pdf_of_huge_pages_is_refused(tmp_path):
    writer = PdfWriter()
    writer.add_blank_page(14_400, 14_400)
    writer.write(tmp_path / "huge.pdf")
    assert refused(tmp_path / "huge.pdf") == "scan.too_large"


def test_too_many_pages_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(images, "MAX_PAGES", 2)
    writer = PdfWriter()
    for _ in range(3):
        writer.add_blank_page(595, 842)
    writer.write(tmp_path / "many.pdf")
    assert refused(tmp_path / "many.pdf") == "scan.too_many_pages"


def test_a_locked_pdf_is_refused(tmp_path):
    writer = PdfWriter(clone_from=PdfReader(BytesIO(printed(10, 3).pdf)))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "locked.pdf")
    assert refused(tmp_path / "locked.pdf") == "scan.locked"


def test_the_printed_pdf_itself_is_a_blank_paper(tmp_path):
    (tmp_path / "ballot.pdf").write_bytes(printed(10, 3).pdf)
    answers = read_back(tmp_path / "ballot.pdf")["ballot.pdf#1"]
    assert set(answers.values()) == {"@blank"}
