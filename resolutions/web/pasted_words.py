"""What was pasted and shown, put into the text that is being written."""

from dataclasses import replace

from django.http import QueryDict

from council.rules import text
from resolutions.forms.pasting import REPLACE
from resolutions.queries import texts
from resolutions.rules import actions, document, editing, pasting, serial
from resolutions.rules.actions import Done
from resolutions.rules.content import Content
from resolutions.rules.pasting import Pasted
from resolutions.web.editor import Screen


def inserted(screen: Screen, data: QueryDict) -> Done:
    """The text with the shown pieces behind the chosen node, or in the place of all of it.

    Raises:
        Refusal: ``document.broken``, ``editing.no_room``.
    """
    content = screen.content
    shown = Pasted(serial.loads(data.get("nodes", "")).nodes)
    nodes = pasting.body_of(shown, next_key=content.body.next_key).nodes
    if data.get("how") == REPLACE:
        return actions.with_rows(_framed(content, data), editing.rows_of(nodes), 0)
    rows = editing.rows_of(content.body.nodes)
    is_there = document.find(content.body, screen.at) is not None
    place = editing.place_of(rows, screen.at) if is_there else None
    return actions.with_rows(content, *editing.insert(rows, place, nodes))


def _framed(content: Content, data: QueryDict) -> Content:
    """Title, bases, closing and recipients as they were found, where they were found."""
    said = {name: text.nfc_lines(data.get(name, "")) for name in ("title", "closing")}
    lists = {name: tuple(texts.lines_of(data.get(name, ""))) for name in ("bases", "recipients")}
    there = {name: value for name, value in {**said, **lists}.items() if value}
    return replace(content, **there)  # type: ignore[arg-type]
