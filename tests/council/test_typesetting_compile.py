import io
import os
import re
import signal
import threading
import unicodedata
from datetime import UTC, datetime
from typing import Any

import pytest
from pypdf import PdfReader

from council.rules.refusals import Refusal
from council.typesetting.compile import ROOT, compile_pdf
from tests.council import pdf_probe

PLAIN = "tests/council/plain.typ"
MORNING = datetime(2023, 12, 12, 8, 30, tzinfo=UTC)
SMALL = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"


def plain(*paragraphs: str, created: datetime = MORNING) -> bytes:
    data = {"title": "Văn bản thử", "paragraphs": paragraphs}
    return compile_pdf(PLAIN, data, created=created)


def test_the_same_input_gives_the_same_bytes() -> None:
    first = plain("Hội đồng nhân dân")
    plain("Một văn bản khác ở giữa")
    assert plain("Hội đồng nhân dân") == first


def test_another_moment_or_text_gives_other_bytes() -> None:
    first = plain("Hội đồng nhân dân")
    assert plain("Hội đồng nhân dân", created=MORNING.replace(hour=9)) != first
    assert plain("Hội đồng nhân dân.") != first


def test_text_is_never_read_as_markup() -> None:
    nasty = (
        "#set page(width: 1cm) $x^2$ *b* _i_ `c` \\ \\n < & > @ref <label> \"q\" 'a' "
        "-- --- ... ~ // /* */ = tiêu đề [ngoặc] {ngoặc} #panic() %d fi ffl"
    )
    assert pdf_probe.text(plain(nasty)) == nasty


def test_every_vietnamese_letter_is_set_in_tinos_and_extracted_in_nfc() -> None:
    letters = SMALL + SMALL.upper()
    pdf = plain(letters[:90], letters[90:], "₫ – “nháy” …")
    assert pdf_probe.fonts(pdf) == {"Tinos-Regular"}
    assert pdf_probe.text(pdf) == f"{letters[:90]} {letters[90:]} ₫ – “nháy” …"


def test_decomposed_letters_are_composed() -> None:
    assert pdf_probe.text(plain(unicodedata.normalize("NFD", "Nguyễn Thị Ở"))) == "Nguyễn Thị Ở"


def test_the_file_is_tagged_pdf_a_2a_with_language_and_title() -> None:
    reader = PdfReader(io.BytesIO(plain("Hội đồng nhân dân")))
    catalog: Any = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"].value is True
    assert "/StructTreeRoot" in catalog
    assert catalog["/Lang"] == "vi"
    assert reader.metadata is not None
    assert reader.metadata.title == "Văn bản thử"
    assert reader.metadata.creation_date == MORNING
    xmp = catalog["/Metadata"].get_data().decode()
    assert re.search(r"pdfaid:part>2<", xmp)
    assert re.search(r"pdfaid:conformance>A<", xmp)


def test_a_letter_outside_the_typeface_is_refused_by_name() -> None:
    with pytest.raises(Refusal) as refused:
        plain("Ông 漢 và 😀")
    assert refused.value.code == "document.letter_missing"
    assert refused.value.params == {"letters": "漢 😀"}
    assert "漢" in str(refused.value)


def test_a_moment_without_time_zone_is_an_error() -> None:
    with pytest.raises(ValueError, match="time zone"):
        plain("Hội đồng", created=datetime(2023, 12, 12))


def test_threads_wait_for_each_other() -> None:
    expected = [plain(f"Văn bản {number}") for number in range(4)]
    made: dict[int, bytes] = {}
    start = threading.Barrier(4)

    def work(number: int) -> None:
        start.wait()
        made[number] = plain(f"Văn bản {number}")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [made[number] for number in range(4)] == expected


def test_a_child_forked_after_typesetting_is_told_instead_of_hanging() -> None:
    plain("trước khi tách tiến trình")
    child = os.fork()
    if child == 0:
        signal.alarm(5)
        try:
            plain("sau khi tách tiến trình")
        except RuntimeError:
            os._exit(7)
        os._exit(1)
    _pid, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 7


def test_no_template_imports_a_package_from_the_network() -> None:
    templates = [
        path
        for app in ("council", "sessions", "elections", "resolutions")
        for path in (ROOT / app / "typesetting").glob("*.typ")
    ]
    assert len(templates) >= 7
    assert [path.name for path in templates if "@" in path.read_text(encoding="utf-8")] == []
