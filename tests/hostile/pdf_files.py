"""Hostile PDFs."""

import io
import zlib

from tests.hostile.kit import HEAD, Hostile, archive, document, stream, word_parts, written

JS = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"


def javascript_hex() -> bytes:
    return document(catalog=b"/OpenAction << /S /Java#53cript /J#53 (app.alert\\(1\\)) >>")


def javascript_named() -> bytes:
    names = b"/Names << /JavaScript << /Names [(a) 4 0 R] >> >>"
    return document(catalog=names, objects={4: JS})


def javascript_packed() -> bytes:
    """The action lies in a packed object stream and a packed table names it."""
    inner = b"5 0 " + JS
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R /OpenAction 5 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        4: stream(inner, b"/Type /ObjStm /N 1 /First 4", packed=True),
    }
    out, places = bytearray(HEAD), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    rows = [(0, 0, 255), *((1, places[n], 0) for n in (1, 2, 3, 4)), (2, 4, 0), (1, start, 0)]
    table = b"".join(
        kind.to_bytes(1, "big") + place.to_bytes(4, "big") + last.to_bytes(1, "big")
        for kind, place, last in rows
    )
    out += b"6 0 obj\n%s\nendobj\n" % stream(
        table, b"/Type /XRef /Size 7 /W [1 4 1] /Root 1 0 R", packed=True
    )
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def javascript_unlisted() -> bytes:
    """An object that the table does not name; a reader that rebuilds the table finds it."""
    listed = document(objects={4: JS})
    row = listed.index(b"0000000000 65535 f \n") + 20 * 4
    return listed[:row] + b"0000000000 65535 f \n" + listed[row + 20 :]


def encrypted(user: str, owner: str) -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(document())))
    writer.encrypt(user, owner, algorithm="RC4-128")
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def embedded() -> bytes:
    names = b"/Names << /EmbeddedFiles << /Names [(a) 4 0 R] >> >>"
    return document(
        catalog=names,
        objects={
            4: b"<< /Type /Filespec /F (a.exe) /EF << /F 5 0 R >> >>",
            5: stream(b"MZ", b"/Type /EmbeddedFile"),
        },
    )


def annotation(body: bytes) -> bytes:
    return document(
        page=b"/Annots [4 0 R]",
        objects={4: b"<< /Type /Annot /Rect [0 0 9 9] %s >>" % body},
    )


def kids_loop() -> bytes:
    return document(objects={2: b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>"})


def kids_long_loop() -> bytes:
    ring = {
        n: b"<< /Type /Pages /Parent %d 0 R /Kids [%d 0 R] /Count 1 >>" % (n - 1, n + 1)
        for n in range(4, 40)
    }
    ring[40] = b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>"
    return document(objects={2: b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>", **ring})


def deep_tree() -> bytes:
    chain = {n: b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (n + 1) for n in range(4, 3000)}
    return document(objects={2: b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>", **chain})


def stream_loop() -> bytes:
    """An object stream that says it lies in itself."""
    out = bytearray(HEAD)
    places = {}
    for number, body in {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    }.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    rows = [(0, 0), (1, places[1]), (2, 4), (1, places[3]), (2, 4), (1, start)]
    table = b"".join(a.to_bytes(1, "big") + b.to_bytes(4, "big") + b"\0" for a, b in rows)
    out += b"5 0 obj\n%s\nendobj\n" % stream(
        table, b"/Type /XRef /Size 6 /W [1 4 1] /Root 1 0 R", packed=True
    )
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def many_pages() -> bytes:
    kids = b"3 0 R " * 100_000
    return document(objects={2: b"<< /Type /Pages /Kids [%s] /Count 100000 >>" % kids})


def many_real_pages() -> bytes:
    pages = dict.fromkeys(range(3, 100003), b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>")
    kids = b" ".join(b"%d 0 R" % n for n in pages)
    tree = b"<< /Type /Pages /Kids [%s] /Count 100000 >>" % kids
    return document(objects={2: tree, **pages})


def boasting_count() -> bytes:
    return document(objects={2: b"<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>"})


def deep_arrays() -> bytes:
    return document(catalog=b"/X " + b"[" * 50_000 + b"]" * 50_000)


def bomb() -> bytes:
    packed = zlib.compress(b"\0" * (300 * 1024 * 1024), 9)
    body = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
    return document(page=b"/Contents 4 0 R", objects={4: body})


def double_bomb() -> bytes:
    packed = zlib.compress(zlib.compress(b"\0" * (64 * 1024 * 1024), 9), 9)
    head = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>" % len(packed)
    return document(
        page=b"/Contents 4 0 R", objects={4: head + b"\nstream\n%s\nendstream" % packed}
    )


def huge_picture() -> bytes:
    extra = b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 8"
    return document(
        page=b"/Resources << /XObject << /A 4 0 R >> >>",
        objects={4: stream(b"\0" * 99, extra + b" /ColorSpace /DeviceGray", packed=True)},
    )


def laughing_forms() -> bytes:
    """Each form draws the next one forty times: 40 to the 12th rectangles."""
    forms = {
        n: stream(
            b"/F Do " * 40 if n < 16 else b"0 0 1 1 re f",
            b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources "
            b"<< /XObject << /F %d 0 R >> >>" % (n + 1),
        )
        for n in range(5, 17)
    }
    forms[17] = forms[16]
    page = b"/Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >>"
    return document(page=page, objects={4: stream(b"/F Do"), **forms})


def zip_behind() -> bytes:
    return document() + archive(word_parts())


def zip_inside() -> bytes:
    """The archive's last record in a comment before the end of the PDF."""
    plain = document()
    place = plain.rindex(b"startxref")
    inner = archive({"a.txt": "x"}, method=0)
    return plain[:place] + b"%" + inner + b"\n" + plain[place:]


def html_in_front() -> bytes:
    return b"<html><script>alert(1)</script>" + document()


def html_inside() -> bytes:
    return document().replace(HEAD, HEAD + b"%<html><script>alert(1)</script>\n", 1)


def html_behind() -> bytes:
    return document() + b"<html><script>alert(1)</script></html>"


def late_header() -> bytes:
    return b"GIF89a" + b"\0" * 200 + document()


def cut_off() -> bytes:
    return document()[:300]


def huge_page() -> bytes:
    return document(page=b"/MediaBox [0 0 9000000 9000000]").replace(
        b"/MediaBox [0 0 595 842] ", b"", 1
    )


ALL = [
    Hostile(f"pdf-{key}", f"{key}.pdf", build, tuple(codes.split()))
    for key, build, codes in [
        ("javascript", lambda: document(catalog=b"/OpenAction " + JS), "pdf.javascript"),
        ("javascript-hex", javascript_hex, "pdf.javascript"),
        ("javascript-named", javascript_named, "pdf.javascript"),
        ("javascript-packed", javascript_packed, "pdf.javascript"),
        ("javascript-unlisted", javascript_unlisted, "pdf.javascript"),
        ("javascript-page", lambda: document(page=b"/AA << /O %s >>" % JS), "pdf.javascript"),
        ("javascript-link", lambda: annotation(
            b"/Subtype /Link /A << /S /URI /URI (javascript:alert\\(1\\)) >>"), "pdf.external"),
        ("launch", lambda: document(
            catalog=b"/OpenAction << /S /Launch /F (cmd.exe) >>"), "pdf.launch"),
        ("go-to-share", lambda: annotation(
            b"/Subtype /Link /A << /S /GoToR /F (\\\\\\\\host\\\\share) /D [0 /Fit] >>"),
            "pdf.external"),
        ("submit-form", lambda: annotation(
            b"/Subtype /Widget /A << /S /SubmitForm /F (http://example.invalid) >>"),
            "pdf.external"),
        ("import-data", lambda: annotation(
            b"/Subtype /Widget /A << /S /ImportData /F (a.fdf) >>"), "pdf.external"),
        ("embedded", embedded, "pdf.embedded"),
        ("attachment", lambda: annotation(b"/Subtype /FileAttachment"), "pdf.embedded"),
        ("portfolio", lambda: document(catalog=b"/Collection << >>"), "pdf.embedded"),
        ("go-to-embedded", lambda: annotation(
            b"/Subtype /Link /A << /S /GoToE /D [0 /Fit] >>"), "pdf.embedded"),
        ("film", lambda: annotation(b"/Subtype /Movie"), "pdf.media"),
        ("rich-media", lambda: annotation(b"/Subtype /RichMedia"), "pdf.media"),
        ("xfa", lambda: document(catalog=b"/AcroForm << /XFA 4 0 R >>", objects={
            4: stream(b"<xdp/>")}), "pdf.xfa"),
        ("encrypted", lambda: encrypted("mat-khau", "chu"), "pdf.encrypted"),
        ("encrypted-owner", lambda: encrypted("", "chu"), "pdf.encrypted"),
        ("kids-loop", kids_loop, "pdf.loop"),
        ("kids-long-loop", kids_long_loop, "pdf.loop"),
        ("deep-tree", deep_tree, "pdf.loop"),
        ("stream-loop", stream_loop, "pdf.loop pdf.broken"),
        ("deep-arrays", deep_arrays, "pdf.loop pdf.broken file.unreadable"),
        ("many-pages", many_pages, "pdf.too_many_pages"),
        ("many-real-pages", many_real_pages, "pdf.too_many_pages"),
        ("boasting-count", boasting_count, "pdf.too_many_pages"),
        ("bomb", bomb, "pdf.bomb"),
        ("double-bomb", double_bomb, "pdf.bomb"),
        ("huge-picture", huge_picture, "pdf.pixels"),
        ("huge-page", huge_page, "pdf.page_size pdf.broken"),
        ("laughing-forms", laughing_forms, "file.too_heavy file.too_much_memory"),
        ("data-elsewhere", lambda: document(objects={
            4: stream(b"", b"/F (http://example.invalid/a)")}), "pdf.external"),
        ("zip-behind", zip_behind, "file.polyglot"),
        ("zip-inside", zip_inside, "file.polyglot"),
        ("html-in-front", html_in_front, "upload.lies file.polyglot"),
        ("html-inside", html_inside, "file.polyglot"),
        ("html-behind", html_behind, "file.polyglot"),
        ("late-header", late_header, "upload.lies file.polyglot"),
        ("cut-off", cut_off, "pdf.broken"),
        ("header-only", lambda: b"%PDF-1.7\n%%EOF\n", "pdf.broken"),
        ("no-pages", lambda: document(objects={
            2: b"<< /Type /Pages /Kids [] /Count 0 >>"}), "pdf.broken"),
        ("no-catalog", lambda: written({1: b"<< >>"}), "pdf.broken"),
    ]
]  # fmt: skip
