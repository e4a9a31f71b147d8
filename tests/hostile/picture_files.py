"""Hostile pictures, files of other kinds, and bad names."""

import io
import struct
import tarfile
import zlib

from PIL import Image

from tests.hostile.kit import Hostile, archive, document

PNG_HEAD = b"\x89PNG\r\n\x1a\n"


def chunk(name: bytes, content: bytes) -> bytes:
    check = zlib.crc32(name + content)
    return struct.pack(">L", len(content)) + name + content + struct.pack(">L", check)


def png(width: int, height: int, packed: bytes, *more: bytes) -> bytes:
    head = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        PNG_HEAD
        + chunk(b"IHDR", head)
        + b"".join(more)
        + chunk(b"IDAT", packed)
        + chunk(b"IEND", b"")
    )


def good(kind: str) -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(held, kind)
    return held.getvalue()


def pixel_flood() -> bytes:
    return png(60_000, 60_000, zlib.compress(b"\0" * 1000))


def long_line() -> bytes:
    return png(2_000_000, 1, zlib.compress(b"\0" * 6_000_001))


def text_bomb() -> bytes:
    words = b"Comment\0\0" + zlib.compress(b"a" * 200_000_000, 9)
    return png(4, 4, zlib.compress(b"\0" * 52), chunk(b"zTXt", words))


def jpeg_flood() -> bytes:
    plain = bytearray(good("JPEG"))
    place = plain.index(b"\xff\xc0")
    struct.pack_into(">HH", plain, place + 5, 65_500, 65_500)
    return bytes(plain)


def comment_in_jpeg(words: bytes) -> bytes:
    plain = good("JPEG")
    return plain[:2] + b"\xff\xfe" + struct.pack(">H", len(words) + 2) + words + plain[2:]


def svg() -> bytes:
    return b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def tar() -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as target:
        entry = tarfile.TarInfo("../../evil")
        target.addfile(entry)
    return held.getvalue()


PICTURES = [
    Hostile(f"picture-{key}", f"{key}.{extension}", build, tuple(codes.split()))
    for key, extension, build, codes in [
        ("pixel-flood", "png", pixel_flood, "image.pixels"),
        ("long-line", "png", long_line, "image.pixels"),
        ("jpeg-flood", "jpg", jpeg_flood, "image.pixels"),
        ("text-bomb", "png", text_bomb, "image.broken"),
        ("torn", "png", lambda: good("PNG")[:60], "image.broken file.unreadable"),
        ("wrong-sums", "png", lambda: good("PNG").replace(b"IDAT", b"IDAT\0", 1), "image.broken"),
        ("jpeg-only-head", "jpg", lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\0" * 60, "image.broken"),
        ("zip-behind", "png", lambda: good("PNG") + archive({"a.txt": "x"}), "file.polyglot"),
        ("zip-behind-jpeg", "jpg", lambda: good("JPEG") + archive({"a.txt": "x"}), "file.polyglot"),
        ("html-behind", "jpg", lambda: good("JPEG") + b"<html><script>alert(1)</script>", "file.polyglot"),
        ("html-inside", "jpg", lambda: comment_in_jpeg(b"<script>alert(1)</script>"), "file.polyglot"),
        ("pdf-inside", "jpg", lambda: comment_in_jpeg(document()), "file.polyglot"),
        ("php-inside", "jpg", lambda: comment_in_jpeg(b"<?php system('id'); ?>"), "file.polyglot"),
    ]
]  # fmt: skip

OTHERS = [
    Hostile(f"other-{key}", filename, build, tuple(codes.split()))
    for key, filename, build, codes in [
        ("svg", "hinh.svg", svg, "upload.type_not_allowed"),
        ("svg-as-png", "hinh.png", svg, "upload.lies"),
        ("html", "trang.html", lambda: b"<html>", "upload.type_not_allowed"),
        ("html-as-pdf", "trang.pdf", lambda: b"<html>", "upload.lies"),
        ("program", "cai-dat.exe", lambda: b"MZ", "upload.type_not_allowed"),
        ("program-as-pdf", "cai-dat.pdf", lambda: b"MZ\x90\0", "upload.lies"),
        ("zip", "ho-so.zip", lambda: archive({"a.pdf": document()}), "upload.type_not_allowed"),
        ("zip-as-pdf", "ho-so.pdf", lambda: archive({"a.pdf": document()}), "upload.lies"),
        ("tar", "ho-so.tar.gz", tar, "upload.type_not_allowed"),
        ("tar-as-docx", "ho-so.docx", tar, "upload.lies"),
        ("macro-word", "bao-cao.docm", lambda: archive({"a": "x"}), "upload.type_not_allowed"),
        ("double-name", "bao-cao.pdf.html", document, "upload.type_not_allowed"),
        ("no-name", "", document, "upload.type_not_allowed pdf.broken"),
        ("empty", "rong.pdf", lambda: b"", "upload.empty"),
        ("gif-as-png", "a.png", lambda: b"GIF89a" + b"\0" * 40, "upload.lies"),
        ("png-as-jpeg", "a.jpg", lambda: good("PNG"), "upload.lies"),
    ]
]  # fmt: skip

NAMES = [
    Hostile(f"name-{key}", filename, document, ("upload.name_hidden",))
    for key, filename in [
        ("line-break", "bao-cao.pdf\r\nX-Evil: 1.pdf"),
        ("nul", "bao-cao\x00.exe.pdf"),
        ("right-to-left", "bao-cao\u202efdp.exe.pdf"),
        ("isolate", "bao\u2066cao\u2069.pdf"),
        ("escape", "bao\x1b[31mcao.pdf"),
        ("half-a-pair", "bao\ud800cao.pdf"),
    ]
] + [
    Hostile("name-300-bytes", "a" * 296 + ".pdf", document, ("upload.name_long",)),
    Hostile("name-4000-bytes", "ă" * 2000 + ".pdf", document, ("upload.name_long",)),
]
ALL = PICTURES + OTHERS + NAMES
