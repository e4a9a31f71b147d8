"""A resolution as Akoma Ntoso 3.0 (OASIS LegalDocML): the very words of the PDF, with structure.

Every piece has an `eId` made of its number, as the naming convention asks: ``art_2__para_1``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from lxml import etree

from council.rules import text
from council.typesetting import wording
from resolutions.rules.blocks import Block
from resolutions.rules.document import NodeKind
from resolutions.typesetting import resolution as layout
from resolutions.typesetting.resolution import ResolutionSheet

NAMESPACE: Final = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_K = NodeKind
_CONTAINERS: Final = {
    _K.PART: ("part", "part"), _K.CHAPTER: ("chapter", "chp"), _K.SECTION: ("section", "sec"),
    _K.SUBSECTION: ("subsection", "subsec"), _K.ARTICLE: ("article", "art"),
    _K.GROUP: ("division", "dvs"), _K.CLAUSE: ("paragraph", "para"), _K.POINT: ("point", "point"),
}  # fmt: skip
_RANK: Final = {kind: rank for rank, kind in enumerate(_CONTAINERS)}


@dataclass(frozen=True)
class Act:
    """What the file says of the resolution beside its words.

    Args:
        council: slug of the council, part of the work's address.
        council_name: in running text.
        number: ``12-nq-hdnd``, part of the work's address.
        adopted_on: date of the work.
        published_on: date of publication.
        effective_on: None where it is not known.
        address: of the public page.
    """

    council: str
    council_name: str
    number: str
    adopted_on: date
    published_on: date
    effective_on: date | None
    address: str

    @property
    def work(self) -> str:
        """The work's IRI by the Akoma Ntoso naming convention."""
        return f"/akn/vn/act/nghi-quyet/{self.council}/{self.adopted_on}/{self.number}"


def typeset(sheet: ResolutionSheet, act: Act) -> bytes:
    """The file, UTF-8 with declaration; the same sheet and act give the same bytes."""
    root = etree.Element(f"{{{NAMESPACE}}}akomaNtoso", nsmap={None: NAMESPACE})
    main = _add(root, "act", name="nghi-quyet", contains="originalVersion")
    _meta(main, act, work=act.work)
    _preface(main, sheet)
    _preamble(main, sheet)
    body = _add(main, "body")
    _Filler(body).fill(layout.ended(layout.main_text(sheet), sheet.closing))
    _conclusions(main, sheet)
    _attachments(main, sheet, act)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _add(parent: Any, tag: str, words: str = "", /, **attributes: str) -> Any:
    made = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", **attributes)
    if words:
        made.text = words
    return made


def _identified(parent: Any, act: Act, work: str) -> Any:
    """The metadata block with the addresses of work, expression and file."""
    meta = _add(parent, "meta")
    identification = _add(meta, "identification", source="#hdnd")
    dated, language = act.adopted_on.isoformat(), f"{work}/vie@{act.adopted_on}"
    _frbr(_add(identification, "FRBRWork"), work, dated, "adoption", act)
    _frbr(_add(identification, "FRBRExpression"), language, dated, "adoption", act)
    _frbr(_add(identification, "FRBRManifestation"), f"{language}.xml",
          act.published_on.isoformat(), "publication", act)  # fmt: skip
    return meta


def _meta(parent: Any, act: Act, *, work: str) -> None:
    meta = _identified(parent, act, work)
    dated = act.adopted_on.isoformat()
    _add(meta, "publication", date=act.published_on.isoformat(), name="Nghị Trường",
         showAs="Nghị Trường", number=act.number)  # fmt: skip
    cycle = _add(meta, "lifecycle", source="#hdnd")
    _add(cycle, "eventRef", date=dated, source="#ban-goc", type="generation", eId="thong-qua")
    if act.effective_on:
        effect = act.effective_on.isoformat()
        _add(cycle, "eventRef", date=effect, source="#ban-goc", type="generation", eId="hieu-luc")
        groups = _add(meta, "temporalData", source="#hdnd")
        group = _add(groups, "temporalGroup", eId="hieu-luc-tu")
        _add(group, "timeInterval", start="#hieu-luc", refersTo="#co-hieu-luc")
    references = _add(meta, "references", source="#hdnd")
    _add(references, "original", eId="ban-goc", href=act.work, showAs=act.number)
    _add(references, "TLCOrganization", eId="hdnd", href=f"/ontology/organization/vn/{act.council}",
         showAs=act.council_name)  # fmt: skip
    _add(references, "TLCConcept", eId="co-hieu-luc", href="/ontology/concept/co-hieu-luc",
         showAs="Có hiệu lực")  # fmt: skip


def _frbr(place: Any, iri: str, dated: str, name: str, act: Act) -> None:
    _add(place, "FRBRthis", value=f"{iri}/!main")
    _add(place, "FRBRuri", value=iri)
    if place.tag.endswith("FRBRWork"):
        _add(place, "FRBRalias", value=act.address, name="address")
    _add(place, "FRBRdate", date=dated, name=name)
    _add(place, "FRBRauthor", href="#hdnd")
    if place.tag.endswith("FRBRWork"):
        _add(place, "FRBRcountry", value="vn")
        _add(place, "FRBRsubtype", value="nghi-quyet")
        _add(place, "FRBRnumber", value=act.number)
    elif place.tag.endswith("FRBRExpression"):
        _add(place, "FRBRlanguage", language="vie")
    else:
        _add(place, "FRBRformat", value="application/akn+xml")


def _preface(main: Any, sheet: ResolutionSheet) -> None:
    preface = _add(main, "preface")
    for line in sheet.council_name_lines:
        _add(_add(preface, "p"), "docAuthority", line)
    for line in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"):
        _add(preface, "p", line)
    number = _add(preface, "p", "Số: ")
    _add(number, "docNumber", sheet.symbol_number)
    dated = _add(preface, "p", f"{sheet.place}, ")
    words = wording.place_and_date(sheet.place, sheet.dated).removeprefix(f"{sheet.place}, ")
    if sheet.dated:
        _add(dated, "docDate", words, date=sheet.dated.isoformat())
    else:
        dated.text += words
    title = _add(preface, "longTitle")
    _add(_add(title, "p"), "docType", "NGHỊ QUYẾT")
    _add(_add(title, "p"), "docTitle", sheet.title)


def _preamble(main: Any, sheet: ResolutionSheet) -> None:
    preamble = _add(main, "preamble")
    for line in sheet.authority_lines:
        _add(preamble, "p", line)
    citations = _add(preamble, "citations")
    for basis in wording.legal_bases(sheet.bases):
        _add(_add(citations, "citation"), "p", basis)
    _add(_add(preamble, "formula", name="quyet-nghi"), "p", "QUYẾT NGHỊ:")


@dataclass
class _Open:
    """A container that is being filled: its element, rank and the part that its eId adds."""

    element: Any
    rank: int
    eid: str
    has_pieces: bool = False
    flow: Any = None


class _Filler:
    """Puts blocks into the containers where they belong.

    Paragraphs before the first inner piece are the container's introduction; those behind one are
    pieces without a number, since the schema knows no loose paragraph there.
    """

    def __init__(self, root: Any, prefix: str = "") -> None:
        self.path = [_Open(root, -1, prefix)]
        self.loose = 0

    def fill(self, blocks: Sequence[Block]) -> None:
        """Put them all in, then mark what only has words as content."""
        for block in blocks:
            if block.kind in _CONTAINERS and not block.in_quote:
                self._container(block)
            else:
                self._words(block)
        self._close(-1)

    def _container(self, block: Block) -> None:
        rank = _RANK[block.kind]
        self._close(rank)
        parent = self.path[-1]
        parent.has_pieces = True
        name, short = _CONTAINERS[block.kind]
        number = block.label.removesuffix(".").removesuffix(")").rpartition(" ")[2]
        bare = number.replace("đ", "dd") if block.kind is _K.POINT else number
        is_inner = rank >= _RANK[_K.GROUP] or not parent.eid or parent.rank < _RANK[_K.ARTICLE]
        prefix = f"{parent.eid}__" if parent.eid and block.kind is not _K.ARTICLE else ""
        eid = f"{prefix if is_inner else ''}{short}_{text.slug(bare)}"
        element = _add(parent.element, name, eId=eid)
        _add(element, "num", block.label)
        if block.heading:
            _add(element, "heading", block.heading)
        self.path.append(_Open(element, rank, eid))
        if block.text:
            self._paragraph(block.text)

    def _close(self, rank: int) -> None:
        while len(self.path) > 1 and self.path[-1].rank >= rank:
            closed = self.path.pop()
            if not closed.has_pieces:
                if closed.flow is None:
                    closed.flow = _add(closed.element, "intro")
                    _add(closed.flow, "p")
                closed.flow.tag = f"{{{NAMESPACE}}}content"

    def _words(self, block: Block) -> None:
        if block.table is not None:
            _table(self._flow(), block)
            return
        opening = layout.OPENING if block.opens_quote else ""
        closing = layout.CLOSING if block.closes_quote else ""
        said = " ".join(part for part in (block.label, block.heading, block.text) if part)
        self._paragraph(f"{opening}{said}{closing}")

    def _paragraph(self, words: str) -> None:
        _add(self._flow(), "p", words)

    def _flow(self) -> Any:
        """Where a loose paragraph goes now."""
        here = self.path[-1]
        if here.has_pieces:
            self.loose += 1
            eid = f"{here.eid}__" if here.eid else ""
            piece = _add(
                here.element, "hcontainer", name="doan", eId=f"{eid}hcontainer_{self.loose}"
            )
            return _add(piece, "content")
        if here.flow is None:
            is_root = len(self.path) == 1
            here.flow = here.element if is_root else _add(here.element, "intro")
        return here.flow


def _table(place: Any, block: Block) -> None:
    if block.table is None:
        return
    made = _add(place, "table")
    if block.heading:
        _add(made, "caption", block.heading)
    head = _add(made, "tr")
    for column in block.table.columns:
        _add(_add(head, "th"), "p", column.title)
    for row in block.table.rows:
        line = _add(made, "tr")
        for cell in row:
            _add(_add(line, "td"), "p", cell)
    if block.closes_quote:
        _add(place, "p", layout.CLOSING)


def _conclusions(main: Any, sheet: ResolutionSheet) -> None:
    conclusions = _add(main, "conclusions")
    if sheet.closing:
        _add(conclusions, "p", wording.end_of_text(sheet.closing))
    _add(conclusions, "p", "Nơi nhận:")
    for line in wording.recipients(sheet.recipients):
        _add(conclusions, "p", line)
    for post in sheet.signatory_posts:
        _add(conclusions, "p", post)
    signature = _add(_add(conclusions, "p"), "signature")
    signature.text = sheet.signatory_name


def _attachments(main: Any, sheet: ResolutionSheet, act: Act) -> None:
    annexes = layout.annexes_of(sheet)
    if not annexes:
        return
    attachments = _add(main, "attachments")
    for place, annex in enumerate(annexes, start=1):
        attachment = _add(attachments, "attachment", eId=f"att_{place}")
        doc = _add(attachment, "doc", name="phu-luc")
        _identified(doc, act, f"{act.work}/phu-luc-{place}")
        preface = _add(doc, "preface")
        for line in _titles(annex[0], sheet):
            _add(preface, "p", line)
        body = _add(doc, "mainBody")
        _Filler(body, prefix=f"att_{place}").fill(annex[1:])


def _titles(title: Block, sheet: ResolutionSheet) -> Iterator[str]:
    yield title.label
    if title.heading:
        yield title.heading
    yield layout.attached_to(sheet)
