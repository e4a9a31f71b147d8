"""What PDF/A-2a (ISO 19005-2, clause 6) asks of a file, as far as pypdf and fontTools can see it.

No independent validator is to be had from the package registries, so this one is ours. It does not
check syntax byte by byte (white space, cross-reference tables) nor whether tags suit their content.
"""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from fontTools.ttLib import TTFont
from lxml import etree
from pypdf import PdfReader
from pypdf.generic import (
    ContentStream,
    DictionaryObject,
    IndirectObject,
    StreamObject,
)

ACTIONS = {"/GoTo", "/GoToR", "/GoToE", "/Thread", "/URI", "/Named", "/SubmitForm"}
ANNOTATIONS = {
    "/Text", "/Link", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine",
    "/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Ink", "/Popup",
    "/FileAttachment", "/Widget", "/PrinterMark", "/TrapNet", "/Watermark", "/Redact",
}  # fmt: skip
STRUCTURE = {
    "/Document", "/Part", "/Art", "/Sect", "/Div", "/BlockQuote", "/Caption", "/TOC", "/TOCI",
    "/Index", "/NonStruct", "/Private", "/P", "/H", *(f"/H{level}" for level in range(1, 7)),
    "/L", "/LI", "/Lbl", "/LBody", "/Table", "/TR", "/TH", "/TD", "/THead", "/TBody", "/TFoot",
    "/Span", "/Quote", "/Note", "/Reference", "/BibEntry", "/Code", "/Link", "/Annot", "/Ruby",
    "/RB", "/RT", "/RP", "/Warichu", "/WT", "/WP", "/Figure", "/Formula", "/Form",
}  # fmt: skip
PRINTED, UNSEEN = 4, 1 | 2 | 32 | 256  # flags: print; invisible, hidden, no view, toggle no view
SHOWING = {b"Tj", b"TJ", b"'", b'"', b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh"}
TEXT = {b"Tj", b"TJ", b"'", b'"'}
DEVICE = {b"rg": "RGB", b"RG": "RGB", b"g": "Gray", b"G": "Gray", b"k": "CMYK", b"K": "CMYK"}
PDFAID = "{http://www.aiim.org/pdfa/ns/id/}"


def faults(pdf: bytes) -> list[str]:
    """Each rule that the file breaks, as `rule: where`; empty for a good file."""
    reader = PdfReader(io.BytesIO(pdf), strict=False)
    if reader.is_encrypted:
        return ["encryption: nobody could read it later"]
    root: Any = reader.trailer["/Root"]
    checks: list[Callable[[], Iterator[str]]] = [
        lambda: _file(pdf, reader),
        lambda: _metadata(root, reader),
        lambda: _output_intent(root),
        lambda: _catalog(root),
        lambda: _structure(root),
        lambda: _objects(reader),
        lambda: _pages(reader),
    ]
    return [fault for check in checks for fault in check()]


def _file(pdf: bytes, reader: PdfReader) -> Iterator[str]:
    first, second = pdf.split(b"\n", 2)[:2]
    if not re.fullmatch(rb"%PDF-1\.[0-7]\r?", first):
        yield f"header: {first!r}"
    if not (second.startswith(b"%") and sum(byte > 127 for byte in second[1:5]) == 4):
        yield "header: no comment of four high bytes"
    if not re.search(rb"%%EOF\r?\n?\Z", pdf):
        yield "end: bytes behind the last %%EOF"
    if len(reader.trailer.get("/ID", ())) != 2:
        yield "id: the trailer has none"


def _metadata(root: Any, reader: PdfReader) -> Iterator[str]:
    if "/Metadata" not in root:
        yield "metadata: none"
        return
    packet = root["/Metadata"].get_data()
    opening = packet.partition(b"?>")[0]
    if b"bytes=" in opening or b"encoding=" in opening:
        yield "metadata: the packet's head tells bytes or encoding"
    tree = etree.fromstring(packet)
    for name, wanted in (("part", "2"), ("conformance", "A")):
        found = [one.text for one in tree.iter(f"{PDFAID}{name}")]
        if found != [wanted]:
            yield f"metadata: {name} is {found}"
    said = " ".join(tree.itertext())
    if reader.metadata and reader.metadata.title and reader.metadata.title not in said:
        yield "metadata: another title than the file's information"


def _output_intent(root: Any) -> Iterator[str]:
    intents = [one.get_object() for one in root.get("/OutputIntents", [])]
    ours = [one for one in intents if one.get("/S") == "/GTS_PDFA1"]
    if len(ours) != 1 or "/DestOutputProfile" not in ours[0]:
        yield "output intent: none with a profile"
        return
    stream = ours[0]["/DestOutputProfile"]
    profile = stream.get_data()
    head = profile[36:40], profile[16:20], profile[12:16] in (b"mntr", b"prtr"), profile[8] <= 4
    if head != (b"acsp", b"RGB ", True, True) or stream.get("/N") != 3:
        yield f"output intent: no RGB profile: {head}"


def _catalog(root: Any) -> Iterator[str]:
    marks = root.get("/MarkInfo", {})
    if not _true(marks, "/Marked") or _true(marks, "/Suspects"):
        yield "tags: the file does not say that it is tagged"
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]+)*", str(root.get("/Lang", ""))):
        yield "language: none"
    for name in ("/AA", "/Requirements", "/NeedsRendering", "/Collection"):
        if name in root:
            yield f"catalog: {name}"
    names = root.get("/Names", {})
    yield from (f"names: {one}" for one in ("/JavaScript", "/EmbeddedFiles") if one in names)
    form = root.get("/AcroForm", {})
    if _true(form, "/NeedAppearances") or "/XFA" in form:
        yield "form: appearances are left to the reader's program"
    if not set(root.get("/Perms", {})) <= {"/UR3", "/DocMDP"}:
        yield "permissions: unknown"


def _true(found: Any, key: str) -> bool:
    return key in found and found[key].value is True


def _structure(root: Any) -> Iterator[str]:
    tree = root.get("/StructTreeRoot")
    if tree is None or not tree.get("/K"):
        yield "tags: no structure tree"
        return
    roles = tree.get("/RoleMap", {})
    for kind in sorted({one["/S"] for one in _elements(tree) if "/S" in one}):
        seen = [kind]
        while seen[-1] not in STRUCTURE and seen[-1] in roles and roles[seen[-1]] not in seen:
            seen.append(roles[seen[-1]])
        if seen[-1] not in STRUCTURE:
            yield f"tags: {kind} stands for nothing known"
    yield from (f"tags: {one} is given another meaning" for one in roles if one in STRUCTURE)


def _elements(element: Any) -> Iterator[Any]:
    below = element.get("/K", [])
    below = below.get_object() if isinstance(below, IndirectObject) else below
    for one in below if isinstance(below, list) else [below]:
        found = one.get_object()
        if isinstance(found, DictionaryObject) and "/S" in found:
            yield found
            yield from _elements(found)


def _objects(reader: PdfReader) -> Iterator[str]:
    checks = (_stream, _action, _annotation, _field, _font, _image, _other)
    for found in _walk(reader.trailer):
        for check in checks:
            yield from check(found)


def _walk(start: Any) -> Iterator[Any]:
    """Each dictionary and stream once."""
    seen: set[int] = set()
    waiting = [start]
    while waiting:
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            if one.idnum in seen:
                continue
            seen.add(one.idnum)
            one = one.get_object()
        if isinstance(one, DictionaryObject):
            yield one
            waiting += [one.raw_get(key) for key in one]
        elif isinstance(one, list):
            waiting += list(one)


def _stream(stream: Any) -> Iterator[str]:
    if not isinstance(stream, StreamObject):
        return
    filters = stream.get("/Filter", [])
    for name in filters if isinstance(filters, list) else [filters]:
        if name in ("/LZWDecode", "/Crypt"):
            yield f"stream: {name}"
    if {"/F", "/FFilter", "/FDecodeParms"} & set(stream):
        yield "stream: its bytes are in another file"
    if stream.get("/Subtype") == "/PS" or {"/Ref", "/OPI", "/PS"} & set(stream):
        yield "stream: PostScript or a reference outside"


def _action(found: Any) -> Iterator[str]:
    is_action = found.get("/Type") == "/Action" or ("/S" in found and {"/JS", "/URI"} & set(found))
    if (is_action and found["/S"] not in ACTIONS) or "/JS" in found:
        yield f"action: {found.get('/S')}"


def _annotation(found: Any) -> Iterator[str]:
    if found.get("/Type") != "/Annot" and not {"/Subtype", "/Rect"} <= set(found):
        return
    kind, flags = found.get("/Subtype"), int(found.get("/F", -1))
    if kind not in ANNOTATIONS:
        yield f"annotation: {kind}"
    if kind != "/Popup" and (flags < 0 or not flags & PRINTED or flags & UNSEEN):
        yield f"annotation: {kind} with flags {flags}"
    left, bottom, right, top = (float(edge) for edge in found["/Rect"])
    is_drawn = kind not in ("/Popup", "/Link") and left != right and bottom != top
    if is_drawn and set(found.get("/AP", {})) != {"/N"}:
        yield f"annotation: {kind} has no appearance of its own"


def _field(found: Any) -> Iterator[str]:
    if (found.get("/Subtype") == "/Widget" or "/FT" in found) and {"/A", "/AA"} & set(found):
        yield "form: a field that acts"


def _other(found: Any) -> Iterator[str]:
    if found.get("/Type") == "/ExtGState" and {"/TR", "/HTP"} & set(found):
        yield "graphics state: a transfer function"
    if "/ByteRange" in found and len(found["/Contents"]) > 32767:
        yield "limits: a signature longer than a string may be"
    if "/EF" in found:
        yield "embedded file"


def _image(image: Any) -> Iterator[str]:
    if image.get("/Subtype") != "/Image":
        return
    if _true(image, "/Interpolate") or {"/Alternates", "/OPI"} & set(image):
        yield "image: interpolated, or one of several"
    if "CMYK" in str(image.get("/ColorSpace")):
        yield "colour: CMYK without a profile for it"


def _font(font: Any) -> Iterator[str]:
    if font.get("/Type") != "/Font":
        return
    name, kind = font.get("/BaseFont"), font["/Subtype"]
    if kind == "/Type0":
        yield from _letters(font)
    elif kind not in ("/CIDFontType2", "/CIDFontType0"):
        yield f"font: {name} is of a kind that this check does not know: {kind}"
    elif not {"/FontFile", "/FontFile2", "/FontFile3"} & set(font["/FontDescriptor"]):
        yield f"font: {name} is not embedded"


def _letters(font: Any) -> Iterator[str]:
    name = font["/BaseFont"]
    if font["/Encoding"] != "/Identity-H":
        yield f"font: {name} has an encoding that this check does not know"
    if "/ToUnicode" not in font:
        yield f"font: {name} does not tell its letters"
        return
    letters = re.findall(rb"<([0-9a-fA-F]{4,})>\s*\n", font["/ToUnicode"].get_data())
    if {b"0000", b"feff", b"fffe"} & {one.lower() for one in letters}:
        yield f"font: {name} maps a glyph to no letter"


@dataclass
class _Page:
    """Reading one page's contents: what is shown, in which marks, with which font."""

    reader: PdfReader
    untagged: int = 0
    glyphs: dict[int, tuple[Any, set[int]]] = field(default_factory=dict)

    def read(self, stream: Any, resources: Any, *, marked: bool) -> Iterator[str]:
        """One content stream; `marked`: its place is in the structure or set apart as artifact."""
        font, marks = None, [marked]
        for operands, operator in ContentStream(stream, self.reader).operations:
            if DEVICE.get(operator) == "CMYK":
                yield "colour: CMYK without a profile for it"
            if operator in (b"BDC", b"BMC"):
                marks.append(marks[-1] or self.is_placed(operands, resources))
            elif operator == b"EMC":
                marks.pop()
            elif operator == b"Tf":
                font = resources["/Font"][operands[0]].get_object()
            elif operator == b"Do":
                yield from self.draw(operands[0], resources, marked=marks[-1])
            elif operator in SHOWING:
                self.show(font, operands if operator in TEXT else [""], marked=marks[-1])

    def draw(self, name: str, resources: Any, *, marked: bool) -> Iterator[str]:
        """A picture, or a form with contents of its own."""
        below = resources["/XObject"][name].get_object()
        if below["/Subtype"] == "/Form":
            yield from self.read(below, below.get("/Resources", resources), marked=marked)
        elif not marked:
            self.untagged += 1

    @staticmethod
    def is_placed(operands: Any, resources: Any) -> bool:
        """Whether this mark is an artifact's, or leads into the structure tree."""
        told = operands[1] if len(operands) > 1 else {}
        if isinstance(told, str):
            told = resources["/Properties"][told]
        return operands[0] == "/Artifact" or "/MCID" in told

    def show(self, font: Any, operands: Any, *, marked: bool) -> None:
        """Ink: letters of a font, or a line or area, which has none."""
        self.untagged += not marked
        last = operands[-1]
        for piece in last if isinstance(last, list) else [last]:
            if not piece or not isinstance(piece, str | bytes):
                continue
            codes = piece if isinstance(piece, bytes) else piece.original_bytes
            _font, used = self.glyphs.setdefault(id(font), (font, set()))
            used |= {int.from_bytes(codes[at : at + 2]) for at in range(0, len(codes), 2)}


def _pages(reader: PdfReader) -> Iterator[str]:
    for number, page in enumerate(reader.pages, start=1):
        if "/AA" in page:
            yield f"page {number}: acts"
        reading = _Page(reader)
        yield from reading.read(page["/Contents"], page["/Resources"], marked=False)
        if reading.untagged:
            yield f"tags: page {number} shows what is neither tagged nor an artifact"
        for annotation in page.get("/Annots", []):
            seen = annotation.get_object().get("/AP", {}).get("/N")
            if seen is not None:
                yield from reading.read(seen, seen.get("/Resources", {}), marked=True)
        for font, used in reading.glyphs.values():
            yield from _glyphs(font, used)


def _glyphs(font: Any, used: set[int]) -> Iterator[str]:
    """Each glyph that is shown is in the font, has its width and is not the empty box."""
    name, below = font["/BaseFont"], font["/DescendantFonts"][0].get_object()
    if 0 in used:
        yield f"font: {name} shows a letter that it does not have"
    program = below["/FontDescriptor"].get("/FontFile2")
    if program is None or below.get("/CIDToGIDMap") != "/Identity":
        yield f"font: {name} is of a kind that this check does not know"
        return
    face = TTFont(io.BytesIO(program.get_data()))
    order, metrics, unit = face.getGlyphOrder(), face["hmtx"].metrics, face["head"].unitsPerEm
    widths, usual = _widths(below["/W"]), float(below.get("/DW", 1000))
    for glyph in sorted(used):
        if glyph >= len(order):
            yield f"font: {name} has no glyph {glyph}"
            continue
        real = metrics[order[glyph]][0] * 1000 / unit
        if abs(widths.get(glyph, usual) - real) > 1:
            yield f"font: {name} tells another width of glyph {glyph}"


def _widths(told: Any) -> dict[int, float]:
    """Both forms of /W: `first [width …]` and `first last width`."""
    found, rest = {}, [one.get_object() for one in told]
    while rest:
        if isinstance(rest[1], list):
            first, row = int(rest[0]), rest[1]
            found |= {first + place: float(one) for place, one in enumerate(row)}
            rest = rest[2:]
        else:
            found |= dict.fromkeys(range(int(rest[0]), int(rest[1]) + 1), float(rest[2]))
            rest = rest[3:]
    return found
