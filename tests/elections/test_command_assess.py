"""`manage.py assess`: exit codes, the contract's JSON, and input that cannot be read.

No test here may touch a database: pytest-django refuses it.
"""

import io
import json
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from elections.rules import counted_csv
from elections.rules.counted_csv import Unreadable

ROOT = Path(__file__).parent.parent.parent
HEADER = "name,issued,returned,valid,invalid,high,confidence,low"
NEW = "--date=2023-12-13"


@pytest.fixture
def assess(tmp_path, capsys):
    """Run the command on text or bytes: exit code, the JSON or None, what went to stderr."""

    def run(content, *options, kind="confidence"):
        path = tmp_path / "poll.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        code: str | int | None = 0
        try:
            call_command("assess", f"--kind={kind}", *options, str(path))
        except SystemExit as stop:
            code = stop.code
        out, err = capsys.readouterr()
        return code, json.loads(out) if out else None, err

    return run


def codes(found):
    return [(problem["severity"], problem["code"]) for problem in found["problems"]]


def test_the_answer_has_the_shape_of_the_contract(assess):
    code, found, err = assess(f"{HEADER}\nLê Thị Ví Dụ,48,47,47,0,20,2,25\n", NEW)
    assert (code, err) == (0, "")
    assert found == {
        "rule": {
            "id": "confidence.denominator",
            "article": "Điều 19 khoản 3 Nghị quyết 96/2023/QH15",
            "effective_from": "2023-07-01",
            "effective_to": None,
            "mark": "text",
        },
        "entries": [
            {
                "name": "Lê Thị Ví Dụ",
                "counts": {"high": 20, "confidence": 2, "low": 25},
                "void": 0,
                "base": "returned",
                "base_value": 47,
                "percent": {"high": "42.55", "confidence": "4.26", "low": "53.19"},
                "verdict": "may_resign_or_no_confidence_vote",
                "consequence": found["entries"][0]["consequence"],
                "article": "Điều 12 khoản 2, Điều 13 khoản 2 Nghị quyết 96/2023/QH15",
            }
        ],
        "problems": [],
    }
    assert "có thể xin từ chức" in found["entries"][0]["consequence"]


@pytest.mark.parametrize(
    ("kind", "votes", "verdict"),
    [
        ("confidence", {"high": 20, "confidence": 10, "low": 30}, "kept"),
        ("confidence", {"high": 10, "confidence": 10, "low": 40}, "dismissal_to_be_proposed"),
        ("no-confidence", {"confidence": 29, "no_confidence": 31}, "dismissal_to_be_proposed"),
        ("no-confidence", {"confidence": 30, "no_confidence": 30}, "confidence"),
        ("election", {"for": 31, "against": 29}, "elected"),
        ("election", {"for": 30, "against": 30}, "not_elected"),
        ("dismissal", {"for": 31, "against": 20, "abstain": 9}, "passed"),
        ("removal", {"for": 39, "against": 20, "abstain": 1}, "not_passed"),
        ("removal", {"for": 40, "against": 20, "abstain": 0}, "passed"),
        ("resolution", {"for": 30, "against": 20, "abstain": 10}, "not_passed"),
    ],
)
def test_each_kind_has_its_options_and_verdicts(assess, kind, votes, verdict):
    header = ",".join(["name,issued,returned,valid,invalid", *votes])
    row = ",".join(["A,60,60,60,0", *(str(count) for count in votes.values())])
    code, found, _err = assess(f"{header}\n{row}\n", NEW, "--total=60", kind=kind)
    assert (code, found["entries"][0]["verdict"]) == (0, verdict)
    assert found["entries"][0]["counts"] == votes
    assert found["problems"] == []


def test_before_july_2023_the_base_is_all_delegates_and_two_thirds_lead_to_a_vote(assess):
    sheet = f"{HEADER}\nA,58,58,58,0,10,8,40\n"
    code, found, _err = assess(sheet, "--date=2023-06-30", "--total=60")
    (entry,) = found["entries"]
    assert (code, entry["verdict"]) == (0, "no_confidence_vote")
    assert (entry["base"], entry["base_value"], entry["percent"]["low"]) == ("total", 60, "66.67")
    assert found["rule"]["effective_to"] == "2023-06-30"


@pytest.mark.parametrize(
    ("row", "options", "expected"),
    [
        ("A,60,57,57,0,21,19,20", [], ["sum_exceeds_valid", "sum_exceeds_returned"]),
        ("A,60,57,,,21,19,20", [], ["sum_exceeds_returned"]),
        ("A,56,57,57,0,20,17,20", [], ["returned_exceeds_issued"]),
        ("A,57,57,55,1,20,15,20", [], ["valid_plus_invalid", "sum_below_returned"]),
        ("A,57,57,57,0,20,17,20", ["--total=56"], ["exceeds_total"] * 3),
        ("A,57,57,57,0,20,17,20", ["--present=56"], ["exceeds_present"] * 2),
        ("A,57,57,57,0,-1,17,20", [], ["negative", "sum_below_returned"]),
        ("A,57,57,57,0,20,17,20", ["--total=60", "--present=61"], ["exceeds_total"]),
        ("A,,,,,20,17,20", [], ["base_unknown"]),
        ("A,57,0,0,0,0,0,0", [], ["base_unknown"]),
        ("A,57,,,,21,19,20", [], ["base_unknown", "sum_exceeds_returned"]),
        ("A,57,,58,,20,17,20", [], ["base_unknown", "returned_exceeds_issued"]),
        ("A,,,,,20,17,20", ["--present=56"], ["base_unknown", "exceeds_present"]),
        ("A,,,57,,20,17,20", ["--present=56"], ["base_unknown"] + ["exceeds_present"] * 2),
        ("A,,,57,,20,17,19", ["--total=56"], ["base_unknown", "exceeds_total"]),
    ],
)
def test_each_impossible_sum_has_its_code_and_no_verdict(assess, row, options, expected):
    code, found, _err = assess(f"{HEADER}\n{row}\n", NEW, *options)
    assert code == 1
    assert [problem["code"] for problem in found["problems"]] == expected
    of_the_hall = options == ["--total=60", "--present=61"]
    assert (found["entries"][0]["verdict"] is None) is not of_the_hall
    if not of_the_hall:
        assert {problem["entry"] for problem in found["problems"]} == {"A"}


def test_marks_void_for_a_person_and_invalid_papers_are_warnings(assess):
    sheet = f"{HEADER}\nA,47,47,47,0,19,2,25\nB,47,47,46,1,19,2,25\n"
    code, found, _err = assess(sheet, NEW)
    assert code == 0
    assert codes(found) == [("warning", "sum_below_returned")] * 2
    assert [entry["void"] for entry in found["entries"]] == [1, 0]


def test_an_error_in_one_row_leaves_the_others_their_verdict(assess):
    sheet = f"{HEADER}\nA,60,60,60,0,21,20,20\nB,60,60,60,0,50,6,4\n"
    code, found, _err = assess(sheet, NEW)
    assert code == 1
    assert [entry["verdict"] for entry in found["entries"]] == [None, "kept"]
    assert found["entries"][0]["void"] is None


def test_the_base_of_all_delegates_must_be_told_once(assess):
    sheet = "name,issued,returned,valid,invalid,for,against\nA,,,,,31,\nB,,,,,20,\n"
    code, found, _err = assess(sheet, NEW, kind="election")
    assert code == 1
    assert codes(found) == [("error", "base_unknown")]
    assert [entry["percent"] for entry in found["entries"]] == [{}, {}]


def test_a_commune_is_warned_and_gets_figures_without_a_verdict(assess):
    sheet = f"{HEADER}\nA,25,25,25,0,3,2,20\n"
    code, found, _err = assess(sheet, "--date=2026-12-10", "--level=commune")
    assert code == 0
    assert codes(found) == [("warning", "level_not_subject")]
    (entry,) = found["entries"]
    assert (entry["verdict"], entry["percent"]["low"]) == (None, "80.00")
    code, found, _err = assess(sheet, "--date=2018-12-10", "--level=commune", "--total=25")
    assert found["entries"][0]["verdict"] == "no_confidence_vote"


def test_a_level_that_has_ended_and_a_day_without_a_rule_give_no_result(assess):
    sheet = f"{HEADER}\nA,25,25,25,0,3,2,20\n"
    code, found, _err = assess(sheet, "--date=2025-07-01", "--level=district")
    assert (code, codes(found)) == (0, [("warning", "level_not_subject")])
    assert found["rule"]["id"] == "confidence.denominator"
    (entry,) = found["entries"]
    assert (entry["verdict"], entry["base"], entry["percent"]["low"]) == (None, "returned", "80.00")
    assert entry["article"] == "Điều 51 khoản 3 Luật 72/2025/QH15"
    code, found, _err = assess(sheet, "--date=2012-07-01")
    assert (code, codes(found)) == (1, [("error", "no_rule")])
    ballot = "name,issued,returned,valid,invalid,for,against\nA,,,,,20,5\n"
    options = ("--date=2025-07-01", "--level=district", "--total=25")
    code, found, _err = assess(ballot, *options, kind="election")
    assert (code, codes(found)) == (1, [("error", "no_rule")])


def test_seats_are_shared_where_they_are_told(assess):
    sheet = "name,issued,returned,valid,invalid,for,against\nA,,,,,40,20\nB,,,,,35,25\n"
    _code, found, _err = assess(sheet, NEW, "--total=60", kind="election")
    assert [entry["verdict"] for entry in found["entries"]] == ["elected", "elected"]
    _code, found, _err = assess(sheet, NEW, "--total=60", "--seats=1", kind="election")
    assert [entry["verdict"] for entry in found["entries"]] == ["elected", "not_elected"]


def test_a_row_without_a_name_is_judged_and_noticed(assess):
    code, found, _err = assess(f"{HEADER}\n,60,60,60,0,50,6,4\n", NEW)
    assert (code, codes(found)) == (0, [("warning", "name_missing")])
    assert "Dòng 2" in found["problems"][0]["message"]
    assert found["entries"][0]["verdict"] == "kept"


LOW = "A,60,50,50,0,10,14,26"
"""52% of the 50 papers returned, 43,33% of the 60 delegates."""
CONFIDENCE_DAYS = [
    ("2013-01-31", "province", None, None, 1),
    ("2013-02-01", "province", "old.nq35", "kept", 0),
    ("2015-06-30", "commune", "old.nq35", "kept", 0),
    ("2015-07-01", "district", "old.nq85", "kept", 0),
    ("2023-06-30", "province", "old.nq85", "kept", 0),
    ("2023-07-01", "province", "confidence.denominator", "may_resign_or_no_confidence_vote", 0),
    ("2023-07-01", "commune", "confidence.denominator", None, 0),
    ("2025-02-28", "district", "confidence.denominator", "may_resign_or_no_confidence_vote", 0),
    ("2025-06-30", "district", "confidence.denominator", "may_resign_or_no_confidence_vote", 0),
    ("2025-07-01", "district", "confidence.denominator", None, 0),
    ("2025-07-01", "province", "confidence.denominator", "may_resign_or_no_confidence_vote", 0),
    ("2026-03-01", "province", "confidence.denominator", "may_resign_or_no_confidence_vote", 0),
    ("2026-03-01", "national", "confidence.denominator", "may_resign_or_no_confidence_vote", 0),
]


@pytest.mark.parametrize(("day", "level", "rule", "verdict", "exit_code"), CONFIDENCE_DAYS)
def test_a_confidence_vote_at_each_change_of_the_law(assess, day, level, rule, verdict, exit_code):
    options = (f"--date={day}", f"--level={level}", "--total=60")
    code, found, _err = assess(f"{HEADER}\n{LOW}\n", *options)
    assert code == exit_code
    assert (found["rule"] and found["rule"]["id"]) == rule
    assert found["entries"][0]["verdict"] == verdict


@pytest.mark.parametrize(
    ("day", "level", "rule"),
    [
        ("2015-12-31", "province", None),
        ("2016-01-01", "district", "law77.election_majority"),
        ("2025-02-28", "commune", "law77.election_majority"),
        ("2025-03-01", "commune", "law65.election_majority"),
        ("2025-06-15", "province", "law65.election_majority"),
        ("2025-06-16", "province", "election.majority"),
        ("2025-06-30", "district", "election.majority"),
        ("2025-07-01", "district", None),
        ("2025-07-01", "commune", "election.majority"),
        ("2026-03-01", "province", "election.majority"),
        ("2026-03-01", "national", None),
    ],
)
def test_an_election_at_each_change_of_the_law(assess, day, level, rule):
    sheet = "name,issued,returned,valid,invalid,for,against\nA,,,,,31,\n"
    options = (f"--date={day}", f"--level={level}", "--total=60")
    code, found, _err = assess(sheet, *options, kind="election")
    assert (found["rule"] and found["rule"]["id"]) == rule
    assert (code, codes(found)) == ((0, []) if rule else (1, [("error", "no_rule")]))


def test_two_rows_of_one_name_are_noticed(assess):
    sheet = f"{HEADER}\nA,5,5,5,0,5,0,0\nA,5,5,5,0,4,1,0\n"
    code, found, _err = assess(sheet, NEW)
    assert (code, codes(found)) == (0, [("warning", "name_twice")])


@pytest.mark.parametrize(
    "sheet",
    [
        f"\ufeff{HEADER}\nBà Trần Thị Mẫu,5,5,5,0,5,0,0\n",
        f"{HEADER}\r\nBà Trần Thị Mẫu,5,5,5,0,5,0,0\r\n",
        f"{HEADER}\rBà Trần Thị Mẫu,5,5,5,0,5,0,0\r",
        f'{HEADER}\n\n"Bà Trần  Thị Mẫu", 05 ,5,5,0,\u00a05,00,0\n,,,,,,,\n',
        f"{HEADER}\nBà Trần Thị Mẫu,5,5,5,0,5,0,0\n".replace(",", ";"),
        f'{HEADER}\r"Bà Trần Thị Mẫu",5,5,5,0,5,0,0\r'.replace(",", ";"),
        f"{HEADER}\nBà Trần Thị Mẫu,5,5,5,0,5,0,0\n".replace(",", "\t"),
        unicodedata.normalize("NFD", f"{HEADER}\nBà Trần Thị Mẫu,5,5,5,0,5,0,0\n"),
        "low,confidence,high,invalid,valid,returned,issued,Name\n0,0,5,0,5,5,5,Bà Trần Thị Mẫu\n",
    ],
    ids=["BOM", "CRLF", "CR", "blanks", "semicolon", "semicolon, CR", "tab", "NFD", "order"],
)
def test_what_excel_writes_is_read(assess, sheet):
    code, found, _err = assess(sheet, NEW)
    assert (code, found["problems"]) == (0, [])
    (entry,) = found["entries"]
    assert entry["name"] == unicodedata.normalize("NFC", "Bà Trần Thị Mẫu")
    assert entry["counts"] == {"high": 5, "confidence": 0, "low": 0}


@pytest.mark.parametrize(
    ("content", "place", "word"),
    [
        (b"", (1, 1), "không có dòng số liệu"),
        (HEADER, (1, 1), "không có dòng số liệu"),
        (f"{HEADER}\nA,1,2,3\n", (2, 5), "4 ô"),
        (f"{HEADER}\nA,1,1,1,0,1,0,0\nB,1,1,1,0,1,0,0,9\n", (3, 9), "9 ô"),
        (f"{HEADER}\nA,5,5,5,0,năm,0,0\n", (2, 6), "không phải số nguyên"),
        (f"{HEADER}\nA,5,5,5,0,4.5,0,0\n", (2, 6), "không phải số nguyên"),
        (f"{HEADER}\nA,5,5,5,0,1e9,0,0\n", (2, 6), "không phải số nguyên"),
        (f"{HEADER}\nA,5,5,5,0,٥,0,0\n", (2, 6), "không phải số nguyên"),
        (f"{HEADER}\nA,5,5,5,0,{'9' * 5000},0,0\n", (2, 6), "quá lớn"),
        (f"{HEADER}\nA,1.234,5,5,0,5,0,0\n", (2, 2), "dấu phân nhóm"),
        (f'{HEADER}\nA,5,5,5,0,"4,5",0,0\n', (2, 6), "không phải số nguyên"),
        (f"{HEADER}\nA,1 234,5,5,0,5,0,0\n", (2, 2), "dấu phân nhóm"),
        ("name,issued,returned,valid,invalid,high,confidence\nA,,,,,,\n", (1, 8), "low"),
        (f"{HEADER},for\nA,,,,,,,,\n", (1, 9), "for"),
        (f"{HEADER},low\nA,,,,,,,,\n", (1, 9), "hai lần"),
        (f'{HEADER}\n"A,5,5,5,0,5,0,0\n', (2, 1), "ngoặc kép"),
        (f"{HEADER}\nA\x00,5,5,5,0,5,0,0\n", (2, 2), "U+0000"),
        (f"{HEADER}\nBà M\x1bẫu,5,5,5,0,5,0,0\n", (2, 5), "U+001B"),
        (f"{HEADER}\nLê Thị Ví Dụ,5\n".encode()[:-4] + b"\xf2\n", (2, 12), "UTF-8"),
        (f"{HEADER}\nNguyÔn\n".encode("cp1258"), (2, 5), "Windows-1258"),
        (f"{HEADER}\nA,5,5,5,0,5,0,0\n".encode("utf-16"), (1, 1), "UTF-16"),
        (b"x" * (counted_csv.SIZE_MAX + 1), (1, 1), "5 MB"),
    ],
)  # fmt: skip
def test_input_that_cannot_be_read_is_refused_with_line_and_column(assess, content, place, word):
    code, found, err = assess(content, NEW)
    assert (code, found) == (2, None)
    line, column = place
    assert f"poll.csv:{line}:{column}: dòng {line}, cột {column}: " in err
    assert word in err


def test_a_file_that_is_not_there_is_refused(capsys):
    with pytest.raises(SystemExit) as stop:
        call_command("assess", "--kind=confidence", NEW, "/nowhere/at/all.csv")
    assert stop.value.code == 2
    assert "Không mở được tệp" in capsys.readouterr().err


def test_a_dash_reads_standard_input(monkeypatch, capsys):
    sheet = f"{HEADER}\nA,5,5,5,0,5,0,0\n".encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(sheet), encoding="ascii"))
    call_command("assess", "--kind=confidence", NEW, "-")
    assert json.loads(capsys.readouterr().out)["entries"][0]["verdict"] == "kept"


@pytest.mark.parametrize(
    "option",
    [
        "--date=2023-13-01", "--date=13/12/2023", "--date=20231213", "--date=10000-01-01",
        "--level=ward", "--total=-1", "--total=1e9", "--present=x", "--seats=0",
    ],
)  # fmt: skip
def test_an_option_that_cannot_be_meant_is_refused(option):
    with pytest.raises(CommandError):
        call_command("assess", "--kind=election", NEW, option, "-")


def test_from_the_shell_the_options_of_a_wrong_call_exit_with_two():
    asked = [sys.executable, "manage.py", "assess", "--kind", "election", "--date", "x", "-"]
    done = subprocess.run(
        asked, cwd=ROOT, input=b"", capture_output=True, check=False, env={"DEBUG": "1"}, timeout=50
    )
    assert done.returncode == 2
    assert "YYYY-MM-DD" in done.stderr.decode()


def test_the_answer_is_utf8_whatever_the_locale():
    asked = [sys.executable, "manage.py", "assess", "--kind", "confidence", NEW, "-"]
    done = subprocess.run(
        asked, cwd=ROOT, input=f"{HEADER}\nBà Mẫu,5,5,5,0,5,0,0\n".encode(), capture_output=True,
        check=False, env={"DEBUG": "1", "PYTHONIOENCODING": "ascii"}, timeout=50,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.decode())["entries"][0]["name"] == "Bà Mẫu"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8")))
def test_no_bytes_end_in_anything_but_rows_or_a_refusal_with_a_place(raw):
    for content in (raw, f"{HEADER}\n".encode() + raw):
        found = place_or_rows(content)
        assert found
        assert all(found)


def place_or_rows(content):
    """The rows, or line, column and sentence of the refusal."""
    try:
        return counted_csv.read(content, ("high", "confidence", "low"))
    except Unreadable as why:
        return [why.line, why.column, str(why)]
