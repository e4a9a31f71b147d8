"""Photographs lose place, owner and device, and not one pixel. All data in them are made up."""

import io
import struct
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from sessions.inspection import photographs
from sessions.inspection.photographs import without_traces
from sessions.inspection.tasks import Finding
from tests.hostile.picture_files import chunk

CANARY = "Nguyễn Văn Mẫu"
GPS, MAKE, ARTIST, ORIENTATION = 0x8825, 0x010F, 0x013B, 0x0112


def drawing() -> Image.Image:
    picture = Image.new("RGB", (40, 24))
    picture.putdata([(x * 6, y * 10, 99) for y in range(24) for x in range(40)])
    return picture


def exif(orientation: int = 6) -> Image.Exif:
    """As a telephone writes it: place, device, owner, which side is up."""
    found = Image.Exif()
    found[MAKE], found[ARTIST], found[ORIENTATION] = "Hãng Mẫu", CANARY, orientation
    found[GPS] = {1: "N", 2: (21.0, 1.0, 42.5), 3: "E", 4: (105.0, 51.0, 14.7)}
    return found


def jpeg(**more) -> bytes:
    held = io.BytesIO()
    given_ = {"exif": exif(), "comment": CANARY.encode(), "quality": 80}
    drawing().save(held, "JPEG", **{**given_, **more})
    return held.getvalue()


def with_segment(plain: bytes, mark: int, content: bytes) -> bytes:
    segment = bytes((0xFF, mark)) + struct.pack(">H", len(content) + 2) + content
    return plain[:2] + segment + plain[2:]


def png() -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", CANARY)
    words.add_itxt("XML:com.adobe.xmp", f"<x>{CANARY}</x>")
    held = io.BytesIO()
    drawing().save(held, "PNG", exif=exif(), pnginfo=words)
    return held.getvalue()


def cleaned(tmp_path: Path, content: bytes) -> bytes:
    path = tmp_path / "anh"
    path.write_bytes(content)
    answer = without_traces(path, {})
    return answer.content if answer.facts["changed"] else content


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


PICTURES = {
    "jpeg": jpeg,
    "progressive jpeg": lambda: jpeg(progressive=True),
    "jpeg with xmp": lambda: with_segment(
        jpeg(), 0xE1, b"http://ns.adobe.com/xap/1.0/\0" + CANARY.encode()
    ),
    "jpeg with iptc": lambda: with_segment(jpeg(), 0xED, b"Photoshop 3.0\0" + CANARY.encode()),
    "jpeg with a film behind it": lambda: jpeg() + b"\0\0\0\x18ftypmp42" + CANARY.encode(),
    "jpeg with a second picture": lambda: jpeg() + jpeg(),
    "png": png,
}


@pytest.mark.parametrize("what", PICTURES)
def test_place_owner_and_device_are_gone_and_every_pixel_is_there(tmp_path, what):
    before = PICTURES[what]()
    assert CANARY.encode() in before
    after = cleaned(tmp_path, before)
    picture = opened(after)
    assert picture.tobytes() == opened(before).tobytes()
    assert CANARY.encode() not in after
    assert "Mẫu".encode() not in after
    assert dict(picture.getexif()) == {ORIENTATION: 6}, "which side is up stays"
    assert picture.getexif().get_ifd(GPS) == {}


def test_colours_and_resolution_stay(tmp_path):
    profile = b"ho so mau gia" * 9
    after = opened(cleaned(tmp_path, jpeg(icc_profile=profile, dpi=(300, 300))))
    assert after.info["icc_profile"] == profile
    assert after.info["dpi"] == (300, 300)
    held = io.BytesIO()
    drawing().convert("CMYK").save(held, "JPEG", exif=exif())
    again = opened(cleaned(tmp_path, held.getvalue()))
    assert again.tobytes() == opened(held.getvalue()).tobytes()


@pytest.mark.parametrize("make", [jpeg, png])
def test_a_cleaned_picture_stays_byte_for_byte(tmp_path, make):
    once = cleaned(tmp_path, make())
    path = tmp_path / "lai"
    path.write_bytes(once)
    assert without_traces(path, {}).facts == {"changed": False}


def test_a_picture_that_stands_as_it_is_keeps_no_exif_at_all(tmp_path):
    assert b"Exif" not in cleaned(tmp_path, jpeg(exif=exif(orientation=1)))


@pytest.mark.parametrize(
    "content",
    [
        jpeg()[:2] + b"nonsense",
        with_segment(jpeg(), 0xE1, b"x")[:5],
        b"\xff\xd8\xff\xe1\x00\x01" + jpeg()[2:],
        png()[:40],
        photographs.PNG_HEAD + b"\xff\xff\xff\xffIDAT",
        photographs.PNG_HEAD + chunk(b"IHDR", b"")[:-2],
    ],
)  # fmt: skip
def test_a_broken_picture_is_refused(tmp_path, content):
    with pytest.raises(Finding, match=r"image\.broken"):
        cleaned(tmp_path, content)


@given(st.binary(max_size=200))
def test_any_exif_block_says_a_side_or_none(block):
    assert photographs.orientation(block) in {0, *range(2, 9)}


@given(st.sampled_from([jpeg(), png()]), st.integers(0, 10**6), st.binary(max_size=4))
def test_any_damage_ends_in_a_picture_or_in_a_finding(tmp_path_factory, whole, place, bad):
    place %= len(whole)
    damaged = whole[:8] + whole[8:place] + bad + whole[place + len(bad) :]
    folder = tmp_path_factory.mktemp("anh")
    with suppress(Finding):  # anything else that is raised fails the test
        cleaned(folder, damaged)
