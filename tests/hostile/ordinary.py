"""Ordinary Vietnamese documents as LibreOffice and scanners make them; their content is made up.

One run of LibreOffice for each output format: starting it takes longer than converting.
"""

import io
from pathlib import Path

import openpyxl
from docx import Document as Word
from docx.shared import Cm
from openpyxl.chart import BarChart, Reference
from PIL import Image, ImageDraw, ImageFont

from tests import libreoffice

FONT = libreoffice.FONTS / "Tinos_400Regular.ttf"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = {
    "office": "office:1.0", "draw": "drawing:1.0", "text": "text:1.0",
    "svg": "svg-compatible:1.0",
}  # fmt: skip
SUBJECTS = (
    "tình hình kinh tế – xã hội năm 2023", "dự toán thu, chi ngân sách năm 2024",
    "kế hoạch đầu tư công trung hạn", "giám sát quản lý nhà chung cư",
    "công tác phòng cháy, chữa cháy", "giải quyết kiến nghị của cử tri",
    "quy hoạch sử dụng đất đến năm 2030",
)  # fmt: skip
WORDS = (
    "Ủy ban nhân dân quận đã chỉ đạo các phòng, ban, đơn vị tập trung thực hiện các nhiệm vụ; "
    "thu ngân sách ước đạt 3.874 tỷ 112 triệu đồng (số liệu minh họa)."
)


def make(folder: Path) -> list[Path]:
    """At least thirty documents in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    made = [report(folder, number, subject) for number, subject in enumerate(SUBJECTS, 1)]
    sheets = [table(folder, number) for number in range(1, 5)]
    pictures = [picture(folder, kind) for kind in ("png", "jpg")]
    slides = convert(folder, [outline(folder, number) for number in range(1, 4)], "pptx")
    pdfs = convert(folder, [*made, *sheets, *slides], "pdf")
    again = convert(folder, made[:4], "docx:MS Word 2007 XML", "lai")
    calc = convert(folder, sheets[:2], "xlsx:Calc MS Excel 2007 XML", "lai")
    return [*made, *sheets, *pictures, *slides, *pdfs, *again, *calc, scan(folder)]


def report(folder: Path, number: int, subject: str) -> Path:
    """A report in the usual layout, with a table, a list and a picture."""
    word = Word()
    word.add_paragraph("ỦY BAN NHÂN DÂN")
    word.add_paragraph("QUẬN MẪU")
    word.add_paragraph(f"Số: {190 + number}/BC-UBND")
    word.add_paragraph(f"Mẫu, ngày {number:02} tháng 12 năm 2023")
    word.add_heading("BÁO CÁO", 1)
    word.add_paragraph(f"Về {subject}")
    for chapter in range(number * 2):
        word.add_heading(f"{chapter + 1}. Kết quả thực hiện", 2)
        word.add_paragraph(WORDS * 4)
        word.add_paragraph("Đã hoàn thành 21/21 chỉ tiêu.", style="List Bullet")
    held = word.add_table(rows=1, cols=3, style="Table Grid")
    for cell, label in zip(held.rows[0].cells, ("Chỉ tiêu", "Kế hoạch", "Thực hiện"), strict=True):
        cell.text = label
    for row in range(20):
        for cell, label in zip(
            held.add_row().cells, (f"Chỉ tiêu {row}", "100%", "101,5%"), strict=True
        ):
            cell.text = label
    drawn = io.BytesIO()
    Image.new("RGB", (400, 200), (150, 30, 30)).save(drawn, "PNG")
    word.add_picture(drawn, width=Cm(8))
    path = folder / f"Báo cáo số {190 + number}_BC-UBND về {subject.replace('/', '-')}.docx"
    word.save(str(path))
    return path


def table(folder: Path, number: int) -> Path:
    """A budget with formulas and a chart."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Biểu số 1"
    sheet.append(["Chỉ tiêu", "Dự toán", "Ước thực hiện", "Tỷ lệ"])
    for row in range(2, 40 * number):
        sheet.append([f"Khoản thu {row}", row * 1000, row * 900, f"=C{row}/B{row}"])
    sheet.append(["Ghép chữ", '=A2&"|"&A3', None, None])
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=10), titles_from_data=True)
    sheet.add_chart(chart, "F2")
    path = folder / f"Biểu {number} thu chi ngân sách.xlsx"
    book.save(path)
    return path


def outline(folder: Path, number: int) -> Path:
    """Slides, as LibreOffice's own plain text format."""
    frame = 'svg:width="24cm" svg:height="4cm" svg:x="2cm" svg:y="2cm"'
    slides = "".join(
        f'<draw:page draw:name="p{n}"><draw:frame {frame}><draw:text-box>'
        f"<text:p>Nội dung {n}</text:p>"
        f"<text:p>{WORDS}</text:p></draw:text-box></draw:frame></draw:page>"
        for n in range(1, number + 3)
    )
    spaces = " ".join(f'xmlns:{name}="{OASIS}:{address}"' for name, address in SPACES.items())
    kind = "application/vnd.oasis.opendocument.presentation"
    path = folder / f"Trình chiếu {number}.fodp"
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {spaces} office:version="1.2" '
        f'office:mimetype="{kind}"><office:body><office:presentation>{slides}'
        "</office:presentation></office:body></office:document>",
        "utf-8",
    )
    return path


def drawn(width: int, height: int) -> Image.Image:
    """A page as a scanner sees it."""
    sheet = Image.new("L", (width, height), 255)
    font = ImageFont.truetype(str(FONT), 40)
    pen = ImageDraw.Draw(sheet)
    lines = (
        "ỦY BAN NHÂN DÂN",
        "TỜ TRÌNH",
        "Về việc phân bổ ngân sách năm 2024",
        "Kính gửi: Hội đồng nhân dân",
    )
    for place, line in enumerate(lines):
        pen.text((120, 160 + 90 * place), line, font=font, fill=0)
    return sheet


def picture(folder: Path, kind: str) -> Path:
    path = folder / f"Ảnh văn bản.{kind}"
    drawn(1240, 1754).convert("RGB").save(path)
    return path


def scan(folder: Path) -> Path:
    """A PDF whose pages are pictures."""
    path = folder / "Bản quét tờ trình.pdf"
    drawn(1654, 2339).save(path, "PDF", resolution=200)
    return path


def convert(folder: Path, sources: list[Path], target: str, subfolder: str = "pdf") -> list[Path]:
    """All files by one run of LibreOffice; the made files."""
    extension = target.partition(":")[0]
    return libreoffice.convert(
        sources, target, out=folder / f"{subfolder}-{extension}", home=folder / "home"
    )
