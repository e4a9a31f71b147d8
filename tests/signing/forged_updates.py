"""Changes that a forger makes: to single bytes, and by updates that are appended."""

import re
from collections.abc import Callable

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.embed import EmbeddedFileObject, FileSpec, embed_file
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.sign import fields

from tests.signing import kit

BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*0 (\d+) (\d+) (\d+)\s*\]")
CONTENTS = re.compile(rb"/Contents\s*<([0-9a-fA-F]+)>")


def flipped(pdf: bytes, place: int, bit: int = 1) -> bytes:
    changed = bytearray(pdf)
    changed[place] ^= bit
    return bytes(changed)


def in_contents(pdf: bytes, which: int, digit: int) -> bytes:
    """Another hexadecimal digit inside a signature's container."""
    found = list(CONTENTS.finditer(pdf))[which]
    place = found.start(1) + digit
    return pdf[:place] + (b"1" if pdf[place : place + 1] == b"0" else b"0") + pdf[place + 1 :]


def ranged(pdf: bytes, which: int, make: Callable[[int, int, int], str]) -> bytes:
    """Another ByteRange of the same length on the page."""
    found = list(BYTE_RANGE.finditer(pdf))[which]
    new = b"/ByteRange " + make(*(int(one) for one in found.groups())).encode()
    return pdf[: found.start()] + new.ljust(len(found[0])) + pdf[found.end() :]


def content_replaced(writer) -> None:
    page = kit.page_of(writer).get_object()
    stream = generic.StreamObject(stream_data=b"BT /F0 20 Tf 100 500 Td (GIA MAO) Tj ET")
    page["/Contents"] = writer.add_object(stream)


def _pages(writer):
    return writer.root["/Pages"]


def page_added(writer) -> None:
    tree = _pages(writer)
    page = kit.names(Type=pdf_name("/Page"), MediaBox=generic.ArrayObject(
        [generic.NumberObject(one) for one in (0, 0, 595, 842)]
    ), Parent=writer.root.raw_get("/Pages"))  # fmt: skip
    tree["/Kids"].append(writer.add_object(page))
    tree["/Count"] = generic.NumberObject(int(tree["/Count"]) + 1)
    writer.update_container(tree)


def page_removed(writer) -> None:
    tree = _pages(writer)
    del tree["/Kids"][0]
    tree["/Count"] = generic.NumberObject(int(tree["/Count"]) - 1)
    writer.update_container(tree)


def pages_swapped(writer) -> None:
    tree = _pages(writer)
    tree["/Kids"].reverse()
    writer.update_container(tree)


def annotated(subtype: str) -> Callable:
    def change(writer) -> None:
        note = kit.names(
            Type=pdf_name("/Annot"), Subtype=pdf_name(subtype), F=generic.NumberObject(4),
            Rect=generic.ArrayObject([generic.NumberObject(n) for n in (80, 400, 500, 600)]),
            Contents=generic.TextStringObject("Số phiếu 53/53"),
        )  # fmt: skip
        page = kit.page_of(writer).get_object()
        page["/Annots"] = generic.ArrayObject([*page.get("/Annots", []), writer.add_object(note)])
        writer.update_container(page)

    return change


def text_field(writer) -> None:
    field = kit.names(
        FT=pdf_name("/Tx"), T=generic.TextStringObject("GhiChu"),
        V=generic.TextStringObject("Hết hiệu lực"), Type=pdf_name("/Annot"),
        Subtype=pdf_name("/Widget"), F=generic.NumberObject(4),
        Rect=generic.ArrayObject([generic.NumberObject(n) for n in (80, 400, 500, 600)]),
    )  # fmt: skip
    reference = writer.add_object(field)
    form = writer.root["/AcroForm"]
    form["/Fields"].append(reference)
    writer.update_container(form)
    page = kit.page_of(writer).get_object()
    page["/Annots"] = generic.ArrayObject([*page.get("/Annots", []), reference])
    writer.update_container(page)


def _fields(writer) -> dict[str, generic.DictionaryObject]:
    form = writer.root["/AcroForm"]
    return {str(one.get_object()["/T"]): one.get_object() for one in form["/Fields"]}


def other_face(writer) -> None:
    field = _fields(writer)["CoQuan"]
    face = generic.StreamObject(stream_data=b"1 0 0 rg 0 0 300 300 re f")
    face["/Type"], face["/Subtype"] = pdf_name("/XObject"), pdf_name("/Form")
    face["/BBox"] = generic.ArrayObject([generic.NumberObject(n) for n in (0, 0, 300, 300)])
    field["/AP"] = kit.names(N=writer.add_object(face))
    writer.update_container(field)


def moved_seal(writer) -> None:
    field = _fields(writer)["CoQuan"]
    field["/Rect"] = generic.ArrayObject([generic.NumberObject(n) for n in (0, 0, 595, 842)])
    writer.update_container(field)


def value_removed(writer) -> None:
    field = _fields(writer)["NguoiKy"]
    del field["/V"]
    writer.update_container(field)


def fields_removed(writer) -> None:
    writer.root["/AcroForm"]["/Fields"] = generic.ArrayObject()
    writer.update_root()


def value_swapped(writer) -> None:
    """The chair's field points to the seal's signature."""
    found = _fields(writer)
    found["NguoiKy"]["/V"] = found["CoQuan"].raw_get("/V")
    writer.update_container(found["NguoiKy"])


def title_changed(writer) -> None:
    info = writer.trailer["/Info"]
    info["/Title"] = generic.TextStringObject("Nghị quyết khác")
    writer.update_container(info)


def description_changed(writer) -> None:
    stream = writer.root["/Metadata"]
    changed = stream.data.replace("Nghị quyết".encode(), "Quyết định".encode())
    assert changed != stream.data
    new = generic.StreamObject(stream_data=changed)
    new["/Type"], new["/Subtype"] = pdf_name("/Metadata"), pdf_name("/XML")
    writer.root["/Metadata"] = writer.add_object(new)
    writer.update_root()


def attached(writer) -> None:
    file = EmbeddedFileObject.from_file_data(writer, data=b"xin chao", compress=False)
    embed_file(writer, FileSpec(file_spec_string="phu-luc.txt", embedded_data=file))


def script(writer) -> None:
    action = kit.names(S=pdf_name("/JavaScript"), JS=generic.TextStringObject("app.alert(1)"))
    writer.root["/OpenAction"] = writer.add_object(action)
    writer.update_root()


def page_turned(writer) -> None:
    page = kit.page_of(writer).get_object()
    page["/Rotate"] = generic.NumberObject(180)
    writer.update_container(page)


def page_cropped(writer) -> None:
    page = kit.page_of(writer, 1).get_object()
    page["/CropBox"] = generic.ArrayObject([generic.NumberObject(n) for n in (0, 300, 595, 842)])
    writer.update_container(page)


def font_replaced(writer) -> None:
    """Shadow attack, replace: the letters stay, their shapes change."""
    page = kit.page_of(writer).get_object()
    resources = page["/Resources"]
    names = list(resources["/Font"].keys())
    resources["/Font"][names[0]] = resources["/Font"].raw_get(names[-1])
    writer.update_container(resources)
    writer.update_container(page)


def layer_hidden(writer) -> None:
    """Shadow attack, hide: optional content switched off."""
    layer = kit.names(Type=pdf_name("/OCG"), Name=generic.TextStringObject("Lớp"))
    reference = writer.add_object(layer)
    off = generic.ArrayObject([reference])
    writer.root["/OCProperties"] = kit.names(OCGs=off, D=kit.names(OFF=off))
    writer.update_root()


def covering_field(writer) -> None:
    """An empty signature field whose face covers the text."""
    spec = fields.SigFieldSpec(
        "Che", on_page=0, box=(50, 50, 550, 800), empty_field_appearance=True
    )
    fields.append_signature_field(writer, spec)
