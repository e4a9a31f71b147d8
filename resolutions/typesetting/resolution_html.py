"""A resolution as clean HTML: semantic elements, no style, the very words of the PDF."""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby
from typing import Final

from council.typesetting import wording
from resolutions.rules.blocks import Block
from resolutions.rules.document import NodeKind
from resolutions.typesetting import resolution as layout
from resolutions.typesetting.resolution import ResolutionSheet

_HEADED: Final = frozenset(
    {NodeKind.PART, NodeKind.CHAPTER, NodeKind.SECTION, NodeKind.SUBSECTION, NodeKind.ANNEX}
)


def article(sheet: ResolutionSheet) -> str:
    """The resolution as one `<article lang="vi">`, every piece with the address of its number."""
    closing = [f"<p>{escape(wording.end_of_text(sheet.closing))}</p>"] if sheet.closing else []
    said = [
        *_head(sheet),
        *blocks(layout.ended(layout.main_text(sheet), sheet.closing)),
        *closing,
        *_foot(sheet),
        *(line for annex in layout.annexes_of(sheet) for line in _annex(annex, sheet)),
    ]
    return f'<article lang="vi" class="resolution">\n{chr(10).join(said)}\n</article>\n'


def page(sheet: ResolutionSheet) -> str:
    """The article as a page of its own, for who wants the file."""
    title = escape(f"Nghị quyết số {sheet.symbol_number}: {sheet.title}")
    return (
        '<!doctype html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n</head>\n<body>\n{article(sheet)}</body>\n</html>\n"
    )


def _head(sheet: ResolutionSheet) -> Iterator[str]:
    yield '<header class="letterhead">'
    yield f"<p>{'<br>'.join(escape(line) for line in sheet.council_name_lines)}</p>"
    yield "<p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</p>"
    yield f"<p>Số: {escape(sheet.symbol_number)}</p>"
    yield f"<p><i>{escape(wording.place_and_date(sheet.place, sheet.dated))}</i></p>"
    yield "</header>"
    yield f'<h2 class="kind">NGHỊ QUYẾT<br>{escape(sheet.title)}</h2>'
    yield f'<p class="authority">{"<br>".join(escape(one) for one in sheet.authority_lines)}</p>'
    for basis in wording.legal_bases(sheet.bases):
        yield f'<p class="basis"><i>{escape(basis)}</i></p>'
    yield '<p class="enacting"><b>QUYẾT NGHỊ:</b></p>'


def blocks(row: Iterable[Block]) -> Iterator[str]:
    """Blocks as paragraphs, headings and tables; words for another resolution as a quotation."""
    for is_quoted, group in groupby(row, lambda block: block.in_quote):
        if is_quoted:
            yield "<blockquote>"
        for block in group:
            yield from _block(block)
        if is_quoted:
            yield "</blockquote>"


def _block(block: Block) -> Iterator[str]:
    opening = layout.OPENING if block.opens_quote else ""
    closing = layout.CLOSING if block.closes_quote else ""
    anchor = f' id="{block.anchor}"' if block.anchor else ""
    if block.table is not None:
        yield from _table(block, closing)
        return
    label, heading, text = escape(block.label), escape(block.heading), escape(block.text)
    if block.kind in _HEADED:
        level = min(block.depth + 3, 6)
        title = f"<br>{heading}" if heading else ""
        yield f"<h{level}{anchor}>{opening}{label}{title}{closing}</h{level}>"
        return
    if block.kind is NodeKind.ARTICLE and block.heading:
        level = min(block.depth + 3, 6)
        end = "" if text else closing
        yield f"<h{level}{anchor}>{opening}{label} {heading}{end}</h{level}>"
        if text:
            yield f"<p>{text}{closing}</p>"
        return
    strong = block.kind in (NodeKind.ARTICLE, NodeKind.GROUP)
    shown = [f"<b>{label}</b>" if strong and label else label]
    shown += [f"<b>{heading}</b>" if heading else "", text]
    said = " ".join(part for part in shown if part)
    yield f'<p class="{block.kind.value}"{anchor}>{opening}{said}{closing}</p>'


def _table(block: Block, closing: str) -> Iterator[str]:
    table = block.table
    if table is None:
        return
    yield '<div class="table-scroll" tabindex="0" role="group"><table>'
    if block.heading:
        yield f"<caption>{escape(block.heading)}</caption>"
    titles = "".join(f'<th scope="col">{escape(one.title)}</th>' for one in table.columns)
    yield f"<thead><tr>{titles}</tr></thead><tbody>"
    for row in table.rows:
        cells = (
            f'<td class="{column.align}">{escape(cell)}</td>'
            for cell, column in zip(row, table.columns, strict=True)
        )
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody></table></div>"
    if closing:
        yield f"<p>{closing}</p>"


def _foot(sheet: ResolutionSheet) -> Iterator[str]:
    yield '<footer class="signature">'
    yield "<p><b><i>Nơi nhận:</i></b></p>"
    yield "<ul>"
    for line in wording.recipients(sheet.recipients):
        yield f"<li>{escape(line)}</li>"
    yield "</ul>"
    posts = "<br>".join(escape(post) for post in sheet.signatory_posts)
    yield f"<p><b>{posts}</b></p>"
    yield f"<p><b>{escape(sheet.signatory_name)}</b></p>"
    yield "</footer>"


def _annex(annex: list[Block], sheet: ResolutionSheet) -> Iterator[str]:
    yield '<section class="annex">'
    yield from _block(annex[0])
    yield f"<p><i>{escape(layout.attached_to(sheet))}</i></p>"
    yield from blocks(annex[1:])
    yield "</section>"
