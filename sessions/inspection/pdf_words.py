"""The text layer of a PDF as one piece, for a search: bounded, whatever the file says of itself."""

from pathlib import Path
from typing import Any

from sessions.inspection.pdf_pages import opened
from sessions.inspection.tasks import Answer


def words(path: Path, arguments: dict[str, Any]) -> Answer:
    """The words up to so many ``characters``, and how many ``pages`` there are."""
    document = opened(path)
    left, found = int(arguments["characters"]), []
    for number in range(len(document)):
        page = document[number]
        said = page.get_textpage().get_text_range()[:left]
        page.close()
        found.append(said)
        left -= len(said)
        if left <= 0:
            break
    return Answer({"pages": len(document), "words": "\n".join(found)})
