"""What may follow a signature: another signature and validation data, and nothing else.

Signing tools note in the file's description that they touched it (ModDate, Producer); that much is
let through. pyHanko's own policy would let any change of the description and of form fields pass.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.generic import IndirectObject, Reference, StreamObject
from pyhanko.pdf_utils.reader import HistoricalResolver, RawPdfPath
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DocInfoRule,
    DSSCompareRule,
    FormUpdatingRule,
    ModificationLevel,
    ObjectStreamRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    SuspiciousModification,
    XrefStreamRule,
)
from pyhanko.sign.diff_analysis.constants import ACROFORM_EXEMPT_STRICT_COMPARISON
from pyhanko.sign.diff_analysis.rules_api import Context, ReferenceUpdate, WhitelistRule

TOUCHED: Final = frozenset({"/ModDate", "/Producer"})
TOUCHED_XMP: Final = frozenset(
    {
        "{http://ns.adobe.com/xap/1.0/}ModifyDate",
        "{http://ns.adobe.com/xap/1.0/}MetadataDate",
        "{http://ns.adobe.com/pdf/1.3/}Producer",
    }
)


ACROFORM_KEYS: Final = {*ACROFORM_EXEMPT_STRICT_COMPARISON, "/SigFlags"}
"""What may differ in the form as a whole: its fields, judged one by one, and hints to writers."""


class _SameInfo(DocInfoRule):
    """The information dictionary says the same, but for when and by what it was touched."""

    def apply(self, old: HistoricalResolver, new: HistoricalResolver) -> Iterator[ReferenceUpdate]:
        if _info(old) != _info(new):
            message = "the document's information changed"
            raise SuspiciousModification(message)
        yield from super().apply(old, new)


class _SameDescription(WhitelistRule):
    """The XMP description says the same, but for when and by what it was touched."""

    def apply(self, old: HistoricalResolver, new: HistoricalResolver) -> Iterator[ReferenceUpdate]:
        if _description(old) != _description(new):
            message = "the document's description changed"
            raise SuspiciousModification(message)
        reference = _reference(new)
        if reference is not None and (
            reference == _reference(old) or old.is_ref_unassignable(reference)
        ):
            checked = Context.from_absolute(old, RawPdfPath("/Root", "/Metadata"))
            yield ReferenceUpdate(reference, context_checked=checked)


def _reference(revision: HistoricalResolver) -> Reference | None:
    try:
        found = revision.root.raw_get("/Metadata")
    except KeyError:
        return None
    if not isinstance(found, IndirectObject):
        message = "/Metadata is no reference"
        raise SuspiciousModification(message)
    return Reference(found.idnum, found.generation, pdf=revision)


def _info(revision: HistoricalResolver) -> dict[str, str]:
    try:
        info = revision.trailer_view["/Info"]
    except KeyError:
        return {}
    return {str(key): str(value) for key, value in info.items() if key not in TOUCHED}


def _description(revision: HistoricalResolver) -> Counter[tuple[str, str]]:
    """Every element and attribute with a text of its own, whatever order they stand in."""
    reference = _reference(revision)
    if reference is None:
        return Counter()
    # Past the cache: reading a stream's data leaves marks in it that the comparison stumbles over.
    stream = revision.reader.get_object(reference, revision.revision)
    if not isinstance(stream, StreamObject):
        message = "/Metadata is no stream"
        raise SuspiciousModification(message)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(stream.read_data(DecodePurpose.XMP_METADATA), parser)
    except etree.XMLSyntaxError as error:
        message = "/Metadata is no XML"
        raise SuspiciousModification(message) from error
    return Counter(_said(root))


def _said(root: Any) -> Iterator[tuple[str, str]]:
    for element in root.iter(etree.Element):
        tag, text = str(element.tag), (element.text or "").strip()
        if text and tag not in TOUCHED_XMP:
            yield tag, text
        for name, value in element.attrib.items():
            if name not in TOUCHED_XMP and not str(name).startswith("{http://www.w3.org/"):
                yield str(name), str(value)


ONLY_SIGNATURES: Final = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(),
        _SameInfo().as_qualified(ModificationLevel.LTA_UPDATES),
        XrefStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
        ObjectStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
        DSSCompareRule().as_qualified(ModificationLevel.LTA_UPDATES),
        _SameDescription().as_qualified(ModificationLevel.LTA_UPDATES),
    ],
    form_rule=FormUpdatingRule(
        field_rules=[SigFieldCreationRule(), SigFieldModificationRule()],
        ignored_acroform_keys=ACROFORM_KEYS,
    ),
)
