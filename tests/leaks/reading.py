"""Every word of an answer: headers, text, and what lies inside PDF, Office and ZIP files."""

import gzip
import io
import re
import subprocess
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote, urljoin, urlsplit

from django.http import HttpResponseBase
from pypdf import PdfReader

LINK = re.compile(r"""(?:href|src|action|data-hx-get)=["']([^"'<>\s]+)["']""")
IN_JSON = re.compile(r'"(https?://[^"\s]+|/[a-z][^"\s]*)"')
IN_XML = re.compile(r"<(?:loc|id|link)>([^<]+)</")
PDF, ZIP, GZIP = b"%PDF-", b"PK\x03\x04", b"\x1f\x8b"
OWN_HOSTS = {"", "testserver", "127.0.0.1:8000"}


def body_of(response: HttpResponseBase) -> bytes:
    """The bytes, streamed or not; read to the end, so that the file behind them is closed."""
    return b"".join(response) if response.streaming else response.content  # type: ignore[arg-type]


def texts_of(response: HttpResponseBase, body: bytes) -> Iterator[str]:
    """Headers, and the body as text; of files also what is inside."""
    yield "\n".join(f"{name}: {unquote(value)}" for name, value in response.items())
    yield from texts_in(body)


def texts_in(body: bytes) -> Iterator[str]:
    """The text of a file, whatever it is."""
    if body.startswith(PDF):
        yield from texts_of_pdf(body)
    elif body.startswith(ZIP):
        with zipfile.ZipFile(io.BytesIO(body)) as opened:
            for name in opened.namelist():
                yield name
                yield from texts_in(opened.read(name))
    elif body.startswith(GZIP):
        yield from texts_in(gzip.decompress(body))
    else:
        yield body.decode("utf-8", "replace")


def texts_of_pdf(body: bytes) -> Iterator[str]:
    """Words of the pages without the breaks of lines, properties, and the raw bytes."""
    yield body.decode("latin-1")
    done = subprocess.run(
        ["pdftotext", "-q", "-raw", "-", "-"], input=body, capture_output=True, check=False
    )
    said = done.stdout.decode("utf-8", "replace")
    yield said
    yield re.sub(r"[-\u00ad]?\n", "", said)
    try:
        reader = PdfReader(io.BytesIO(body))
        yield " ".join(str(value) for value in (reader.metadata or {}).values())
        yield " ".join(str(one.title) for one in outline_of(reader.outline))
        for files in reader.attachments.values():
            for content in files:
                yield from texts_in(content)
    except Exception:  # noqa: BLE001 - a made-up file is no PDF
        return


def outline_of(entries: list[object]) -> Iterator[object]:
    """The bookmarks of all depths."""
    for entry in entries:
        if isinstance(entry, list):
            yield from outline_of(entry)
        else:
            yield entry


def links_in(path: str, text: str) -> set[str]:
    """Addresses of this site in the text, without fragments."""
    found = set()
    for link in [*LINK.findall(text), *IN_JSON.findall(text), *IN_XML.findall(text)]:
        parts = urlsplit(urljoin(path, link.replace("&amp;", "&")))
        if parts.netloc in OWN_HOSTS and parts.path.startswith("/"):
            found.add(parts.path + (f"?{parts.query}" if parts.query else ""))
    return {one for one in found if not one.startswith("/static/")}
