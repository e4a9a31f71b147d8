"""Every PDF that is kept or signed is PDF/A-2a, and stays so when it is signed."""

import io
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from elections.typesetting import minutes, reading_list
from resolutions.signing import appearance, sign
from resolutions.signing.sign import Part
from resolutions.typesetting import notice, resolution, session_minutes
from tests import pdf_a
from tests.elections import test_typesetting_ballot as ballots
from tests.elections import test_typesetting_minutes as counted
from tests.elections.test_typesetting_minutes_docx import rich
from tests.resolutions import test_four_renderings as renderings
from tests.resolutions import test_typesetting_notice as letters
from tests.resolutions import test_typesetting_session_minutes as sessions
from tests.resolutions.bodies import everything
from tests.sessions import test_typesetting_print_room as print_room
from tests.signing import kit

CLEAN = "nothing"


def signed_in_words() -> bytes:
    """Signed by both without pictures: the appearances bring fonts of their own."""
    person = appearance.of_person(kit.block(), name=kit.NAME, moment=kit.MOMENT, png=None)
    council = appearance.of_council(
        kit.block(), name=kit.COUNCIL, moment=kit.MOMENT, png=None, seal_mm=36
    )
    signer = kit.signers.from_pkcs12(kit.chair().pkcs12("x"), passphrase="x")
    pdf = sign.sign(kit.copy(), sign.Order(Part.PERSON, person, kit.MOMENT), signer=signer)
    return sign.sign(pdf, sign.Order(Part.COUNCIL, council, kit.MOMENT), signer=signer)


DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "resolution": lambda: resolution.typeset(
        renderings.sheet_of(everything(), closing="Đã được thông qua."), created=kit.MOMENT
    ),
    "session minutes": lambda: session_minutes.typeset(sessions.sheet(), created=kit.MOMENT),
    "letter of correction": lambda: notice.typeset(letters.sheet(), created=kit.MOMENT),
    "draft minutes": lambda: session_minutes.typeset(
        sessions.sheet(is_draft=True), created=kit.MOMENT
    ),
    "counting minutes": lambda: minutes.typeset(rich(), created=counted.MADE),
    "result to read out": lambda: reading_list.typeset(counted.election(), created=counted.MADE),
    "ballot of confidence": lambda: ballots.paper(ballots.confidence(2, 9)).pdf,
    "ballot of an election": lambda: ballots.paper(ballots.election(3)).pdf,
    "invitations": print_room.invitations,
    "name plates": print_room.plates,
    "signing copy": kit.copy,
    "signed": kit.signed,
    "signed and sealed": kit.sealed,
    "with evidence": kit.archived,
    "signed in words": signed_in_words,
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_is_kept_is_pdf_a_2a(name: str) -> None:
    assert pdf_a.faults(DOCUMENTS[name]()) == []


# --- the check itself sees what is wrong ------------------------------------------------------


@cache
def small() -> bytes:
    """A document of one page."""
    return DOCUMENTS["session minutes"]()


def dictionary(**values: Any) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in values.items()})


def fonts(root: Any) -> list[Any]:
    page = root["/Pages"]["/Kids"][0].get_object()
    return [font.get_object() for font in page["/Resources"]["/Font"].values()]


def descendant(root: Any) -> Any:
    return fonts(root)[0]["/DescendantFonts"][0].get_object()


def page(root: Any) -> Any:
    return root["/Pages"]["/Kids"][0].get_object()


def shown_before(root: Any, operators: bytes) -> None:
    """Put operators of the content language in front of the first page's."""
    contents = page(root)["/Contents"].get_object()
    contents.set_data(operators + b"\n" + contents.get_data())


def script(root: Any) -> None:
    root[NameObject("/OpenAction")] = dictionary(
        S=NameObject("/JavaScript"), JS=TextStringObject("app.alert(1)")
    )


def film(root: Any) -> None:
    rect = ArrayObject(NumberObject(edge) for edge in (0, 0, 10, 10))
    one = dictionary(Type=NameObject("/Annot"), Subtype=NameObject("/Movie"), Rect=rect)
    page(root)[NameObject("/Annots")] = ArrayObject([one])


def attached(root: Any) -> None:
    root[NameObject("/Names")] = dictionary(EmbeddedFiles=dictionary(Names=ArrayObject()))


def stored_elsewhere(root: Any) -> None:
    page(root)["/Contents"].get_object()[NameObject("/F")] = TextStringObject("elsewhere.bin")


def unknown_tag(root: Any) -> None:
    next(pdf_a._elements(root["/StructTreeRoot"]))[NameObject("/S")] = NameObject("/Paragraf")


def wrong_width(root: Any) -> None:
    descendant(root)["/W"][2] = NumberObject(111)
    descendant(root)["/W"][5] = NumberObject(111)


def other_metadata(old: bytes, new: bytes) -> Callable[[Any], None]:
    def change(root: Any) -> None:
        packet = root["/Metadata"].get_object()
        packet.set_data(packet.get_data().replace(old, new))

    return change


def no_profile(root: Any) -> None:
    profile = StreamObject()
    profile.set_data(b"no profile at all" * 9)
    root["/OutputIntents"][0].get_object()[NameObject("/DestOutputProfile")] = profile


BROKEN: dict[str, tuple[Callable[[Any], object], str]] = {
    CLEAN: (lambda root: None, ""),
    "language": (lambda root: root.pop("/Lang"), "language: none"),
    "marks": (lambda root: root.pop("/MarkInfo"), "tags: the file does not say"),
    "suspects": (
        lambda root: root["/MarkInfo"].update({NameObject("/Suspects"): BooleanObject(True)}),
        "tags: the file does not say",
    ),
    "structure": (lambda root: root.pop("/StructTreeRoot"), "tags: no structure tree"),
    "unknown tag": (unknown_tag, "tags: /Paragraf stands for nothing known"),
    "profile": (lambda root: root.pop("/OutputIntents"), "output intent: none"),
    "broken profile": (no_profile, "output intent: no RGB profile"),
    "metadata": (lambda root: root.pop("/Metadata"), "metadata: none"),
    "another part": (other_metadata(b"part>2<", b"part>1<"), "metadata: part is ['1']"),
    "another level": (other_metadata(b"ance>A<", b"ance>B<"), "metadata: conformance is ['B']"),
    "script": (script, "action: /JavaScript"),
    "film": (film, "annotation: /Movie"),
    "attached file": (attached, "names: /EmbeddedFiles"),
    "bytes elsewhere": (stored_elsewhere, "stream: its bytes are in another file"),
    "letters": (lambda root: fonts(root)[0].pop("/ToUnicode"), "does not tell its letters"),
    "embedding": (lambda root: descendant(root)["/FontDescriptor"].pop("/FontFile2"), "embedded"),
    "width": (wrong_width, "tells another width of glyph"),
    "untagged": (lambda root: shown_before(root, b"0 0 9 9 re f"), "neither tagged nor"),
    "printing colour": (lambda root: shown_before(root, b"1 0 0 0 k"), "colour: CMYK"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_check_sees_what_is_wrong(name: str) -> None:
    change, fault = BROKEN[name]
    writer = PdfWriter(clone_from=io.BytesIO(small()))
    change(writer._root_object)
    out = io.BytesIO()
    writer.write(out)
    # The writer's own second line has another form; what it says of it is not what is tested.
    found = [one for one in pdf_a.faults(out.getvalue()) if not one.startswith("header: no")]
    assert (found == []) if name == CLEAN else any(fault in one for one in found), found


def test_the_check_sees_a_password_and_bytes_behind_the_end() -> None:
    pdf = small()
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    writer.encrypt("mật khẩu", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    assert pdf_a.faults(out.getvalue()) == ["encryption: nobody could read it later"]
    assert pdf_a.faults(pdf + b"more") == ["end: bytes behind the last %%EOF"]
