"""Everything that people write of a resolution, as one value: what versions and copies keep."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from council.rules.refusals import gettext_noop
from resolutions.rules import serial
from resolutions.rules.document import Body
from resolutions.rules.layout import canonical

LINE_FIELDS: Final = ("title", "closing", "signatory_post", "signatory_name", "kind",
                      "effective_on")  # fmt: skip
LIST_FIELDS: Final = ("bases", "recipients", "papers")
FIELD_NAMES: Final = {
    "title": gettext_noop("Trích yếu"), "bases": gettext_noop("Căn cứ"),
    "kind": gettext_noop("Loại nghị quyết"), "effective_on": gettext_noop("Ngày có hiệu lực"),
    "closing": gettext_noop("Đoạn kết"), "recipients": gettext_noop("Nơi nhận"),
    "signatory_post": gettext_noop("Chức vụ người ký"),
    "signatory_name": gettext_noop("Họ và tên người ký"),
    "papers": gettext_noop("Tài liệu của nghị quyết"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Content:
    """The whole text as it is typed.

    Attributes:
        title: abstract (trích yếu).
        bases, recipients: line by line.
        body: the tree.
        closing: the formula of adoption.
        signatory_post, signatory_name: who signs.
        kind: "individual" or "normative".
        effective_on: ISO day, empty for from adoption on.
        papers: keys of the papers behind it, in the order in which they are cited.
    """

    title: str = ""
    bases: tuple[str, ...] = ()
    body: Body = field(default_factory=Body)
    closing: str = ""
    recipients: tuple[str, ...] = ()
    signatory_post: str = ""
    signatory_name: str = ""
    kind: str = "individual"
    effective_on: str = ""
    papers: tuple[str, ...] = ()


def data_of(content: Content) -> dict[str, Any]:
    """The content as plain data."""
    lines = {name: getattr(content, name) for name in LINE_FIELDS}
    lists = {name: list(getattr(content, name)) for name in LIST_FIELDS}
    return {**lines, **lists, "body": serial.data_of(content.body)}


def dumps(content: Content) -> str:
    """Canonical JSON."""
    return canonical(data_of(content)).decode()


def loads(written: str) -> Content:
    """The content behind JSON, also behind that of a version, which names no papers.

    Raises:
        Refusal: ``document.broken``.
    """
    try:
        return of_data(json.loads(written))
    except (ValueError, RecursionError) as error:
        raise serial.broken() from error


def of_data(data: object) -> Content:
    """The content behind plain data.

    Raises:
        Refusal: ``document.broken``.
    """
    if not isinstance(data, Mapping):
        raise serial.broken()
    fields: dict[str, Any] = {name: _line(data.get(name)) for name in LINE_FIELDS}
    fields |= {name: _lines(data.get(name, [])) for name in LIST_FIELDS}
    return Content(**fields, body=serial.body_of(data.get("body")))


def _line(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise serial.broken()
    return value


def _lines(value: object) -> tuple[str, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise serial.broken()
    return tuple(str(one) for one in value)
