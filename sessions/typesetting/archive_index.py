"""MUC-LUC.html of an archive of papers: a page that opens from the unpacked folder, offline."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

_STYLE = (
    "body{font:16px/1.6 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;"
    "color:#1d1b18;background:#fff}h1{font-size:1.5rem;line-height:1.3}h2{font-size:1.05rem;"
    "margin:1.6rem 0 .3rem}ul{list-style:none;margin:0;padding:0}li{padding:.4rem 0;"
    "border-top:1px solid #ddd8d0}a{color:#8c1d18}small,p{color:#5c564d}"
)


@dataclass(frozen=True)
class IndexedFile:
    """A file of the archive: its path inside, and what people call it."""

    path: str
    name: str
    title: str
    details: str


@dataclass(frozen=True)
class IndexedSection:
    """An agenda item with its files."""

    heading: str
    files: Sequence[IndexedFile]


def page(title: str, lead: Sequence[str], sections: Sequence[IndexedSection]) -> str:
    """The index as one HTML page that needs nothing else."""
    body = "".join(f"<p>{escape(line)}</p>" for line in lead if line)
    for section in sections:
        rows = "".join(
            f'<li><a href="{escape(quote(one.path))}">{escape(one.name)}</a> '
            f"{escape(one.title)}<br><small>{escape(one.details)}</small></li>"
            for one in section.files
        )
        body += f"<section><h2>{escape(section.heading)}</h2><ul>{rows}</ul></section>"
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body><h1>{escape(title)}</h1>{body}</body></html>"
    )
