"""The editor's page: what is on the screen, what was sent from it, and where it goes next."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from council.models import User
from council.rules import text
from council.rules.refusals import Refusal
from council.web.requests import StaffRequest
from resolutions.forms import edit, rows
from resolutions.forms.rows import Line, Posted
from resolutions.models import Resolution, WorkingCopy
from resolutions.queries import checklist, copies, pages, suggestions
from resolutions.rules import actions, document, editing
from resolutions.rules import content as contents
from resolutions.rules import labels as numbering
from resolutions.rules.actions import Done
from resolutions.rules.content import Content
from resolutions.rules.document import NAMES, Body, NodeKind
from resolutions.services import working_copies

WHOLE = "tat-ca"
FRAME = "khung"
WHOLE_MAX = 80
"""Nodes up to which the page shows everything at once when it is opened."""
DIVISIONS = (
    NodeKind.PART, NodeKind.CHAPTER, NodeKind.SECTION, NodeKind.SUBSECTION, NodeKind.ARTICLE,
    NodeKind.ANNEX,
)  # fmt: skip
USUAL_KINDS = (
    NodeKind.ARTICLE, NodeKind.CLAUSE, NodeKind.POINT, NodeKind.DASH, NodeKind.PARAGRAPH,
    NodeKind.TABLE,
)  # fmt: skip
OTHER_KINDS = (
    NodeKind.PART, NodeKind.CHAPTER, NodeKind.SECTION, NodeKind.SUBSECTION, NodeKind.GROUP,
    NodeKind.QUOTE, NodeKind.ANNEX,
)  # fmt: skip


@dataclass
class Screen:
    """What one person has before the eyes.

    Attributes:
        resolution: being edited.
        content: the text as typed so far.
        version: of the resolution from which the typing began.
        ordinal: number of the kept version from which it began.
        revision: of the working copy; 0 where there is none.
        scope: key of the part that is shown, `WHOLE` or `FRAME`.
        at: key of the node on which the reader stands.
        copy: the working copy, if there is one.
    """

    resolution: Resolution
    content: Content
    version: int
    ordinal: int
    revision: int
    scope: str
    at: str = ""
    copy: WorkingCopy | None = None


def opened(resolution: Resolution, user: User, query: QueryDict) -> Screen:
    """The screen as the address asks for it."""
    copy = copies.copy_of(resolution, user)
    content = contents.loads(copy.content) if copy else copies.saved_content(resolution)
    return Screen(
        resolution=resolution, content=content,
        version=copy.base_version if copy else resolution.version,
        ordinal=copies.newest_ordinal(resolution), revision=copy.revision if copy else 0,
        scope=scope_of(content.body, query.get("xem", "")), at=query.get("chon", ""), copy=copy,
    )  # fmt: skip


def scope_of(body: Body, asked: str) -> str:
    """The part that is shown: as asked; else everything, of a long text its first article."""
    if asked in (WHOLE, FRAME) or document.find(body, asked) is not None:
        return asked
    if sum(1 for _ in document.walk(body.nodes, into_quotes=True)) <= WHOLE_MAX:
        return WHOLE
    return body.articles[0].key if body.articles else WHOLE


@dataclass
class Sent:
    """What came from the page: the screen with what was typed, and how its fields were named."""

    screen: Screen
    posted: Posted
    base: Content
    refs: dict[str, str]

    @property
    def is_changed(self) -> bool:
        """Whether anything was typed that is not kept yet."""
        return self.screen.content != self.base


def received(
    resolution: Resolution, user: User, data: QueryDict, *, is_autosave: bool = False
) -> Sent:
    """Read the page into the text that it was made of.

    Raises:
        Refusal: ``document.broken``.
    """
    copy = copies.copy_of(resolution, user)
    ordinal = number(data.get("ordinal"))
    base = contents.loads(copy.content) if copy else copies.base_of(resolution, ordinal)
    base = base or copies.saved_content(resolution)
    screen = Screen(
        resolution=resolution, content=edit.framed(data, base),
        version=copy.base_version if copy else number(data.get("version")) or 1,
        ordinal=ordinal, revision=number(data.get("revision")),
        scope=data.get("scope") or WHOLE, at="", copy=copy,
    )  # fmt: skip
    refs = rows.refs_of(_json(data.get("refs")))
    posted = rows.Posted([], [])
    if "tree" in data:
        known = {row.key: row for row in editing.rows_of(base.body.nodes)}
        posted = rows.read(data, known)
        screen.content = _with_tree(screen, base, posted, refs, split=not is_autosave)
    screen.at = _key_at(screen, posted, data.get("at") or "")
    return Sent(screen, posted, base, refs)


def _with_tree(
    screen: Screen, base: Content, posted: Posted, refs: dict[str, str], *, split: bool
) -> Content:
    """The text in which the part that was shown is as it was sent, references by keys."""
    start, end, depth = rows.scoped(base.body, screen.scope)
    typed = [replace(row, depth=row.depth + depth) for row in posted.rows]
    if split:
        typed = rows.split_lines(typed)
    whole = editing.rows_of(base.body.nodes)
    nodes = editing.nodes_of(whole[:start] + typed + whole[end:])
    body = document.with_keys(Body(nodes, base.body.next_key))
    labels = numbering.labels_of(body)
    books = [refs, editing.words_to_keys(numbering.labels_of(base.body)),
             editing.words_to_keys(labels)]  # fmt: skip
    body = editing.with_words(body, lambda words: editing.stored(words, books, frozenset(labels)))
    return replace(screen.content, body=body)


def _key_at(screen: Screen, posted: Posted, identity: str) -> str:
    start, _end, _depth = rows.scoped(screen.content.body, screen.scope)
    return posted.key_of(identity, editing.rows_of(screen.content.body.nodes)[start:])


def number(typed: str | None) -> int:
    """The number behind what an address or a page says; 0 where it is none."""
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 9 else 0  # noqa: PLR2004


def _json(typed: str | None) -> Any:
    try:
        return json.loads(typed or "{}")
    except (ValueError, RecursionError):
        return {}


def kept(sent: Sent, content: Content, *, by: User) -> int:
    """Keep the text for its writer where there is something to keep; the copy's revision."""
    screen = sent.screen
    if content == sent.base and screen.copy is None:
        return 0
    base = copies.base_of(screen.resolution, screen.ordinal)
    copy = working_copies.keep(
        screen.resolution, content, base=base or copies.saved_content(screen.resolution),
        base_version=screen.version, revision=screen.revision, by=by,
    )  # fmt: skip
    return copy.revision


def keep_opened(screen: Screen, content: Content, *, by: User) -> None:
    """Keep a text that was made of what is kept or saved, without anything typed on the page."""
    base = (
        contents.loads(screen.copy.base) if screen.copy else copies.saved_content(screen.resolution)
    )
    working_copies.keep(
        screen.resolution, content, base=base, base_version=screen.version,
        revision=screen.revision, by=by,
    )  # fmt: skip


def acted(sent: Sent, data: QueryDict) -> Done:
    """The text after the button that was pressed: its name, perhaps with the node it is for.

    Raises:
        Refusal: those of `resolutions.rules.actions.act`.
    """
    screen = sent.screen
    action, _sign, target = (data.get("action") or "").partition("@")
    at = _key_at(screen, sent.posted, target) if target else screen.at
    content = screen.content
    if action == "cite":
        bases = suggestions.with_papers_cited(screen.resolution, content)
        return Done(replace(content, bases=bases), at)
    if action == "cells":
        return _pasted_cells(content, at, data.get(f"tsv-{target}") or "")
    if action == "go":
        return Done(content, target)
    words = data.get("new_basis") if action == "basis-add" else data.get("refer_to")
    words = text.nfc_lines(text.without_controls(words or ""))
    return actions.act(content, action, at=at, words=words)


def _pasted_cells(content: Content, at: str, pasted: str) -> Done:
    """The table replaced by what was pasted from a spreadsheet; as it was where that is none."""
    table = actions.table_from(text.without_controls(pasted))
    lines = editing.rows_of(content.body.nodes)
    place = editing.place_of(lines, at)
    if table is None or lines[place].table is None:
        return Done(content, at)
    lines[place] = replace(lines[place], table=table)
    return actions.with_rows(content, lines, place)


def address(request: StaffRequest, screen: Screen, *, scope: str, at: str, anchor: str) -> str:
    """The editor's page that shows the part, with the node on which the reader stands."""
    path = reverse("resolutions:resolution-edit", args=[request.council.slug, screen.resolution.pk])
    asked = urlencode({"tiep-tuc": 1, "xem": scope, "chon": at})
    # The field itself: a browser puts the caret there, with or without script.
    return f"{path}?{asked}#{anchor or f'f-{at}'}"


def paste_address(request: StaffRequest, screen: Screen) -> str:
    """The page on which text from Word is pasted, at the node on which the reader stands."""
    path = reverse(
        "resolutions:resolution-paste", args=[request.council.slug, screen.resolution.pk]
    )
    return f"{path}?{urlencode({'xem': screen.scope, 'chon': screen.at})}"


def next_scope(action: str, screen: Screen, done: Done) -> str:
    """The part to show after a button: the same, the one gone to, or all where it is gone."""
    if action.startswith("go@"):
        return action.removeprefix("go@")
    body = done.content.body
    if screen.scope in (WHOLE, FRAME) or not done.at:
        return screen.scope
    start, end, _depth = rows.scoped(body, screen.scope)
    shown = editing.rows_of(body.nodes)[start:end]
    if document.find(body, screen.scope) and any(row.key == done.at for row in shown):
        return screen.scope
    return part_of(body, done.at)


def part_of(body: Body, key: str) -> str:
    """The article, annex or division in which a node stands; `WHOLE` where it has none."""
    lines = editing.rows_of(body.nodes)
    try:
        place: int | None = editing.place_of(lines, key)
    except Refusal:
        return WHOLE
    while place is not None:
        if lines[place].kind in DIVISIONS:
            return lines[place].key
        place = editing.parent_of(lines, place)
    return WHOLE


@dataclass(frozen=True)
class Entry:
    """A line of the outline."""

    key: str
    depth: int
    label: str
    heading: str
    is_shown: bool


def outline(body: Body, scope: str) -> list[Entry]:
    """Divisions, articles and annexes, to go to."""
    labels = numbering.labels_of(body)
    return [
        Entry(
            row.key, row.depth, labels[row.key].printed,
            row.heading or _first_words(lines, place), row.key == scope,
        )
        for lines in [editing.rows_of(body.nodes)]
        for place, row in enumerate(lines)
        if row.kind in DIVISIONS and row.key in labels
    ]  # fmt: skip


def _first_words(lines: Sequence[editing.Row], place: int) -> str:
    end = editing.end_of(lines, place)
    return next((row.text for row in lines[place + 1 : end] if row.text), "")


def lines_shown(screen: Screen, wrong: str = "") -> list[Line]:
    """The nodes of the part that is shown."""
    if screen.scope == FRAME:
        return []
    body = screen.content.body
    start, end, depth = rows.scoped(body, screen.scope)
    shown = [
        replace(row, depth=row.depth - depth) for row in editing.rows_of(body.nodes)[start:end]
    ]
    chosen = screen.at or (shown[-1].key if shown else "")
    return rows.lines_of(
        shown, numbering.labels_of(body), chosen=chosen, wrong=wrong, large=screen.scope
    )


def books_of(body: Body) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The references that stand in the text by their words, and all that can be referred to."""
    labels = numbering.labels_of(body)
    used = {key for key in editing.references_in(body) if key in labels}
    refs = {" ".join(labels[key].words.casefold().split()): key for key in used}
    targets = [(key, label.words) for key, label in labels.items() if label.words]
    return refs, targets


def context(
    request: StaffRequest, screen: Screen, *, form: edit.EditorForm | None = None, wrong: str = ""
) -> dict[str, object]:
    """All that the page shows."""
    body = screen.content.body
    refs, targets = books_of(body)
    shows_frame = screen.scope in (WHOLE, FRAME)
    offered = suggestions.known_bases(screen.resolution) if shows_frame else []
    there = {basis.rstrip(" ;.,") for basis in screen.content.bases}
    return {
        "council": request.council, "nav_section": "resolutions", "screen": screen,
        "resolution": screen.resolution, "is_adopted": pages.is_adopted(screen.resolution),
        "form": form or edit.EditorForm(
            initial=edit.values_of(screen.content), resolution=screen.resolution
        ),
        "lines": lines_shown(screen, wrong), "outline": outline(body, screen.scope),
        "shows_frame": shows_frame, "shows_tree": screen.scope != FRAME,
        "refs": json.dumps(refs, ensure_ascii=False), "targets": targets,
        "mentions": checklist.mentions_in(body) if screen.scope != FRAME else [],
        "suggested": [one for one in offered if one.rstrip(" ;.,") not in there],
        "usual_kinds": [(kind.value, NAMES[kind]) for kind in USUAL_KINDS],
        "other_kinds": [(kind.value, NAMES[kind]) for kind in OTHER_KINDS],
        "holds": json.dumps(holds()), "whole": WHOLE, "frame": FRAME,
    }  # fmt: skip


def holds() -> dict[str, list[str]]:
    """`MAY_HOLD` for the script: what may stand in what, the body itself under an empty name."""
    return {
        (kind.value if kind else ""): sorted(one.value for one in held)
        for kind, held in document.MAY_HOLD.items()
    }
