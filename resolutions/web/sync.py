"""What the editor's page learns after typing, and the page of two texts that are put together."""

import json

from council.web.requests import StaffRequest
from resolutions.forms import rows
from resolutions.models import Resolution
from resolutions.queries import copies
from resolutions.rules import content as contents
from resolutions.rules import differences, editing
from resolutions.rules import labels as numbering
from resolutions.rules.document import NAMES
from resolutions.web.editor import Sent, books_of


def synced(sent: Sent, *, refused: str) -> dict[str, object]:
    """What changes on the page after typing: numbers, keys, references, the copy's revision."""
    screen = sent.screen
    body = screen.content.body
    labels = numbering.labels_of(body)
    start, _end, depth = rows.scoped(body, screen.scope) if sent.posted.rows else (0, 0, 0)
    now = editing.rows_of(body.nodes)[start : start + len(sent.posted.rows)]
    refs, _targets = books_of(body)
    renamed = {
        words: labels[key].words
        for words, key in sent.refs.items()
        if key in labels and " ".join(labels[key].words.casefold().split()) != words
    }
    return {
        "screen": screen, "refused": refused, "refs": json.dumps(refs, ensure_ascii=False),
        "renamed": json.dumps(renamed, ensure_ascii=False),
        "numbered": [
            {
                "id": identity, "kind_name": NAMES[row.kind],
                "label": labels[row.key].printed if row.key in labels else "",
                "value": f"{identity}:{row.key}:{row.kind.value}:{row.depth - depth}",
            }
            for identity, row in zip(sent.posted.ids, now, strict=False)
        ],
    }  # fmt: skip


def merge_context(
    request: StaffRequest, resolution: Resolution, choices: dict[str, str]
) -> dict[str, object] | None:
    """What the page of both texts shows; None where there is nothing to merge."""
    copy = copies.copy_of(resolution, request.user)
    merged = copies.merged(resolution, request.user, {})
    if copy is None or merged is None:
        return None
    base, mine = contents.loads(copy.base), contents.loads(copy.content)
    return {
        "council": request.council, "nav_section": "resolutions", "resolution": resolution,
        "merged": merged, "choices": choices, "copy": copy,
        "conflicts": [
            (one, contents.FIELD_NAMES.get(one.name, ""), choices.get(one.name, ""))
            for one in merged.conflicts
        ],
        "by_them": differences.between(base, copies.saved_content(resolution)),
        "by_me": differences.between(base, mine),
        "saved": resolution.versions.select_related("saved_by").first(),
    }  # fmt: skip
