"""Import of people: every encoding, every bad cell, nothing half written."""

import io
import unicodedata
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from council.models import AuditEntry, DelegateGroup, Person
from council.rules import roster
from council.rules.refusals import Refusal
from council.services import rosters

STARTS = date(2026, 6, 1)
TEXT = (
    "Họ và tên;Xưng hô;Ngày sinh;Tổ;Chuyên trách;Chức vụ do HĐND bầu;Ghi chú\r\n"
    "Đặng Thị Thủy;bà;12/03/1975;6;x;;gì đó\r\n"
    "Nguyễn Hữu Đức;ông;1-4-1980;2;;Ủy viên Ủy ban nhân dân;\r\n"
)


def upload(content, name="ds.csv"):
    return SimpleUploadedFile(name, content)


def preview(cast, content, name="ds.csv"):
    return rosters.preview(cast.council, rosters.read_table(upload(content, name)))


def refused(content, name="ds.csv"):
    with pytest.raises(Refusal) as error:
        roster.read(rosters.read_table(upload(content, name)))
    return error.value.code


def write(cast, content, *, by="clerk"):
    table = rosters.read_table(upload(content))
    return rosters.import_roster(
        cast.council, table=table, term=cast.term, starts_on=STARTS, by=cast.user[by]
    )


def workbook(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def names_of(found):
    return [row.value("full_name") for row in found.rows]


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        unicodedata.normalize("NFD", TEXT).encode(),
        TEXT.replace(";", ",").encode(),
        TEXT.replace(";", "\t").encode(),
        TEXT.replace("\r\n", "\n").encode(),
        ("\r\n\r\n" + TEXT).encode(),
    ],
    ids=["utf8", "bom", "utf16", "nfd", "comma", "tab", "unix", "blank lines"],
)
def test_the_same_list_in_every_dress(cast, content):
    found = preview(cast, content)
    assert found.error_count == 0, [row.errors for row in found.rows]
    assert names_of(found) == ["Đặng Thị Thủy", "Nguyễn Hữu Đức"]
    assert found.rows[0].value("born_on") == date(1975, 3, 12)
    assert found.rows[1].value("office") == "Ủy viên Ủy ban nhân dân"
    assert found.ignored == ("Ghi chú",)


def test_windows_1258_is_understood(cast):
    from council.rules.text import decode_table

    tones = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
    encoded = bytearray()
    for letter in TEXT:  # that code page writes tones apart from their letters
        pieces = unicodedata.normalize("NFD", letter)
        bare = "".join(piece for piece in pieces if piece not in tones)
        tone = "".join(piece for piece in pieces if piece in tones)
        encoded += (unicodedata.normalize("NFC", bare) + tone).encode("cp1258")
    assert decode_table(bytes(encoded)) == TEXT
    assert names_of(preview(cast, bytes(encoded))) == ["Đặng Thị Thủy", "Nguyễn Hữu Đức"]


def test_a_workbook_gives_dates_and_numbers_as_such(cast):
    content = workbook(
        [
            ["Họ và tên", "Xưng hô", "Ngày sinh", "Tổ"],
            ["Đặng Thị Thủy", "bà", datetime(1975, 3, 12), 6],
            [None, None, None, None],
            ["Nguyễn Hữu Đức", "ông", "1/4/1980", 2.0],
        ]
    )
    found = preview(cast, content, "ds.xlsx")
    assert found.error_count == 0
    assert [row.line for row in found.rows] == [2, 4]
    assert found.rows[0].value("born_on") == date(1975, 3, 12)
    assert found.rows[1].value("group") == 2


def zipped(**parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "roster.file_empty"),
        (b"  \r\n ", "roster.file_empty"),
        (b"PK\x03\x04 only begins like a workbook", "roster.file_unreadable"),
        (zipped(a="b"), "roster.file_unreadable"),
        (zipped(a=b"0" * (61 * 1024 * 1024)), "roster.file_unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old .xls", "table.is_workbook"),
        (b"%PDF-1.7\n\xe2\xe3\xcf\xd3\n\x00\x01", "table.encoding"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "table.encoding"),
        ("Họ và tên\r\n".encode(), "roster.empty"),
        ("Tên gọi;Xưng hô\r\nAn;bà\r\n".encode(), "roster.no_name_column"),
        (("Họ và tên\r\n" + "An\r\n" * 2001).encode(), "roster.too_long"),
        (('Họ và tên;x\r\n"' + "a" * 200_000 + '";y\r\n').encode(), "roster.file_unreadable"),
        (b"x" * (5 * 1024 * 1024 + 1), "roster.file_too_large"),
    ],
    ids=[
        "empty", "blank", "lying zip", "not a workbook", "zip bomb", "xls", "pdf", "png",
        "headings only", "no name column", "too long", "endless cell", "too large",
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_taken_gets_a_sentence(content, code):
    assert refused(content) == code


def test_a_workbook_with_broken_xml_gets_a_sentence():
    parts = {"[Content_Types].xml": "<Types", "xl/workbook.xml": "<workbook", "_rels/.rels": "<"}
    assert refused(zipped(**parts)) == "roster.file_unreadable"


def test_each_bad_cell_is_marked(cast):
    content = (
        "Họ và tên,Xưng hô,Ngày sinh,Thư điện tử,Tổ,Chuyên trách,Chức vụ\n"
        ",bác,31/02/1975,không-phải-thư,bốn,có lẽ,Chủ tịch sao Hỏa\n"
        "Lê Văn Đúng,ông,,,,,\n"
    )
    found = preview(cast, content.encode())
    bad, good = found.rows
    assert {name for name, cell in bad.cells.items() if cell.error} == {
        "full_name", "honorific", "born_on", "email", "group", "is_full_time", "office",
    }  # fmt: skip
    assert good.errors == []
    assert found.error_count == 7


@pytest.mark.parametrize("day", ["31/02/1975", "1/13/1975", "10000-01-01", "12/3/75", "hôm qua"])
def test_a_day_that_is_none_is_marked(day):
    table = [["Họ và tên", "Xưng hô", "Ngày sinh"], ["Lê Văn Đúng", "ông", day]]
    assert roster.read(table).rows[0].cells["born_on"].error


def test_a_missing_column_of_honorifics_is_said(cast):
    found = preview(cast, "Họ và tên\nLê Văn Đúng\nLê Thị Hai\n".encode())
    assert found.error_count == 2


def test_the_same_person_twice_is_an_error_of_the_second_row(cast):
    content = "Họ và tên,Xưng hô\nLê Văn Đúng,ông\nTrần An,bà\nLÊ VĂN ĐÚNG,ông\n"
    found = preview(cast, content.encode())
    assert [bool(row.errors) for row in found.rows] == [False, False, True]
    assert "2" in found.rows[2].errors[0]


def test_looking_writes_nothing(cast):
    before = Person.objects.count()
    preview(cast, TEXT.encode())
    assert Person.objects.count() == before
    assert not AuditEntry.objects.exists()


def test_confirming_writes_persons_seats_groups_and_offices(cast):
    assert write(cast, TEXT.encode()) == 2
    thuy = Person.objects.get(full_name="Đặng Thị Thủy")
    seat = thuy.mandates.get()
    assert (seat.starts_on, seat.is_full_time, seat.group.number) == (STARTS, True, 6)
    duc = Person.objects.get(full_name="Nguyễn Hữu Đức")
    assert duc.tenures.get().office.title == "Ủy viên Ủy ban nhân dân"
    assert AuditEntry.objects.filter(verb="people.import").count() == 1


def test_confirming_twice_makes_nobody_twice(cast):
    write(cast, TEXT.encode())
    people, seats = Person.objects.count(), cast.term.mandates.count()
    write(cast, TEXT.encode())
    assert (Person.objects.count(), cast.term.mandates.count()) == (people, seats)


def test_one_bad_cell_and_nothing_is_written(cast):
    before = Person.objects.count()
    with pytest.raises(Refusal) as error:
        write(cast, TEXT.replace("1-4-1980", "31-4-1980").encode())
    assert error.value.code == "roster.has_errors"
    assert Person.objects.count() == before


def test_a_refusal_in_the_last_row_undoes_the_first(cast):
    content = (
        "Họ và tên;Xưng hô;Tổ;Chức vụ\nLê Thử;ông;9;\nTrần Thử;bà;9;Chủ tịch Ủy ban nhân dân\n"
    )
    before = Person.objects.count()
    with pytest.raises(Refusal) as error:
        write(cast, content.encode())
    assert error.value.code == "office.is_held"
    assert Person.objects.count() == before
    assert not DelegateGroup.objects.filter(number=9).exists()


def test_formulas_stay_text(cast):
    content = 'Họ và tên,Xưng hô,"Chức vụ, nơi công tác"\nLê Công,ông,"=1+1|cmd"\n'
    write(cast, content.encode())
    assert Person.objects.get(full_name="Lê Công").occupation == "=1+1|cmd"


def test_office_holders_who_are_no_delegates_get_no_seat(cast):
    content = (
        "Họ và tên,Xưng hô,Chức vụ,Là đại biểu\nLê Văn Ngoài,ông,uy vien uy ban nhan dan,không\n"
    )
    write(cast, content.encode())
    person = Person.objects.get(full_name="Lê Văn Ngoài")
    assert person.tenures.exists()
    assert not person.mandates.exists()


@pytest.mark.parametrize("who", ["chair", "delegate", "outsider"])
def test_only_who_may_imports(cast, who):
    with pytest.raises(Refusal) as error:
        write(cast, TEXT.encode(), by=who)
    assert error.value.code == "access.denied"
