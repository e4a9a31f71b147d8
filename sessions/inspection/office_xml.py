"""XML inside an Office file: no document types, nothing from afar, no commands in fields."""

import re
from collections.abc import Iterator
from typing import Final
from xml.parsers import expat

from sessions.inspection.tasks import Finding

DEPTH_MAX: Final = 300
_LOCAL_FILE: Final = re.compile(r"file:/{0,3}[a-z]:", re.IGNORECASE)
_LINK: Final = re.compile(r"(https?|mailto|ftp|tel|sip):|file:/{0,3}[a-z]:|[#?]|$", re.IGNORECASE)
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:|\\\\|//", re.IGNORECASE)
_FETCHING_FIELD: Final = re.compile(
    r"\b(INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|RD|DATABASE)\b.{0,80}?(https?:|ftp:|\\\\|//)",
    re.IGNORECASE | re.DOTALL,
)
_DDE_FIELD: Final = re.compile(r"\bDDE(AUTO)?\b", re.IGNORECASE)
_DDE_FORMULA: Final = re.compile(
    r"[\w.]\|\s*(?:'[^']*'|\w+)!|\bDDE\s*\(|\bWEBSERVICE\s*\(", re.IGNORECASE
)  # program|'topic'!item
_FIELD_WORDS_MAX: Final = 4000
_LOCAL_TEMPLATE: Final = "attachedtemplate"


def check(name: str, pieces: Iterator[bytes]) -> None:
    """Parse one part; its name tells what it is."""
    reader = _Reader(name.lower())
    try:
        for piece in pieces:
            reader.parser.Parse(piece, False)  # noqa: FBT003 - expat's own signature
        reader.parser.Parse(b"", True)  # noqa: FBT003
    except (expat.ExpatError, UnicodeError, LookupError, ValueError) as error:
        raise Finding("office.broken") from error


class _Reader:
    """Watches one XML part go by, keeping only the words of the field or formula at hand."""

    def __init__(self, name: str) -> None:
        self.is_relations = name.endswith(".rels")
        self.depth = 0
        self.field = ""  # a Word field may be cut into many runs
        self.formula = ""
        self.inside = ""
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = _refuse_doctype
        self.parser.EntityDeclHandler = _refuse_doctype
        self.parser.StartElementHandler = self._starts
        self.parser.EndElementHandler = self._ends
        self.parser.CharacterDataHandler = self._says

    def _starts(self, element: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEPTH_MAX:
            raise Finding("office.broken")
        local = element.rpartition(":")[2]
        if self.is_relations and local == "Relationship":
            _check_relation(attributes)
        elif local in {"Override", "Default"}:
            _check_content_type(attributes.get("ContentType", ""))
        elif local in {"ddeLink", "oleLink"}:
            raise Finding("office.dde")
        elif local == "fldSimple":
            _check_field(next((v for k, v in attributes.items() if k.endswith("instr")), ""))
        elif local == "p":
            self.field = ""
        self.inside = local if local in {"instrText", "f", "delInstrText"} else ""

    def _ends(self, _element: str) -> None:
        self.depth -= 1
        if self.inside == "f":
            if _DDE_FORMULA.search(self.formula):
                raise Finding("office.dde")
            self.formula = ""
        self.inside = ""

    def _says(self, words: str) -> None:
        if self.inside == "f":
            self.formula = (self.formula + words)[-_FIELD_WORDS_MAX:]
        elif self.inside:
            self.field = (self.field + words)[-_FIELD_WORDS_MAX:]
            _check_field(self.field)


def _refuse_doctype(*_what: object) -> None:
    raise Finding("office.entities")


def _check_content_type(media_type: str) -> None:
    lowered = media_type.lower()
    if "macroenabled" in lowered or "vbaproject" in lowered:
        raise Finding("office.macros")
    if "activex" in lowered:
        raise Finding("office.activex")


def _check_field(words: str) -> None:
    if _DDE_FIELD.search(words):
        raise Finding("office.dde")
    if _FETCHING_FIELD.search(words):
        raise Finding("office.external", what="INCLUDE")


def _check_relation(attributes: dict[str, str]) -> None:
    kind = attributes.get("Type", "").rpartition("/")[2].lower()
    target = attributes.get("Target", "").strip()
    if kind == "afchunk":
        raise Finding("office.embedded", part=target.rpartition("/")[2][:60])
    if kind in {"vbaproject", "xlmacrosheet", "xlintlmacrosheet"}:
        raise Finding("office.macros")
    if attributes.get("TargetMode", "").lower() != "external":
        if _SCHEME.match(target):  # a target inside the file has no address
            raise Finding("office.external", what=kind[:30])
        return
    if kind == "hyperlink":
        if not _LINK.match(target) and _SCHEME.match(target):
            raise Finding("office.link")
    elif not (kind == _LOCAL_TEMPLATE and _LOCAL_FILE.match(target)):
        raise Finding("office.external", what=kind[:30])
