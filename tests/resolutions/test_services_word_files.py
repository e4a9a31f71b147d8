"""A .docx becomes lines and tables; what is none is refused. The documents are made up here."""

import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from council.rules.refusals import Refusal
from resolutions.rules import blocks, pasting
from resolutions.services import word_files


def upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("nghi-quyet.docx", content)


def made() -> bytes:
    document = docx.Document()
    head = document.add_table(rows=1, cols=2)
    head.cell(0, 0).text = "HỘI ĐỒNG NHÂN DÂN"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    for line in ("NGHỊ QUYẾT", "Về dự toán (văn bản bịa)", "Căn cứ Luật mẫu;", "Điều 1. Dự toán"):
        document.add_paragraph(line)
    for line in ("Tổng thu.", "Tổng chi."):
        document.add_paragraph(line, style="List Number")
    document.add_paragraph("Chi thường xuyên.", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for place, words in enumerate(("Chỉ tiêu", "Số", "Thu", "10")):
        table.cell(place // 2, place % 2).text = words
    document.add_paragraph("Điều 2. Hiệu lực từ ngày thông qua.")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.mark.timeout(300)
def test_lists_numbers_and_tables_of_word_become_structure() -> None:
    pasted = pasting.read(word_files.source_of(upload(made())))
    assert pasted.title == "Về dự toán (văn bản bịa)"
    assert pasted.bases == ("Căn cứ Luật mẫu;",)
    said = [block.words for block in blocks.blocks_of(pasting.body_of(pasted, next_key=1))]
    assert said == [
        "Điều 1. Dự toán", "1. Tổng thu.", "2. Tổng chi.", "- Chi thường xuyên.",
        "Chỉ tiêu Số Thu 10", "Điều 2. Hiệu lực từ ngày thông qua.",
    ]  # fmt: skip


@pytest.mark.timeout(300)
@pytest.mark.parametrize("content", [b"x", b"PK\x03\x04" + b"\x00" * 40, b"%PDF-1.7"])
def test_what_is_no_word_file_is_a_sentence(content: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        word_files.source_of(upload(content))
    assert refused.value.code == "word.unreadable"


def test_a_file_that_is_too_large_is_not_opened() -> None:
    large = upload(b"x")
    large.size = word_files.SIZE_MAX + 1
    with pytest.raises(Refusal) as refused:
        word_files.source_of(large)
    assert refused.value.code == "word.too_large"
