"""The order of hits, phrases, beginnings, facets and corrections, over made-up documents."""

import pytest
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st

from portal.fulltext import reading, schema, shelves
from portal.fulltext.reading import Asked
from portal.fulltext.schema import IndexedDocument
from portal.rules.asking import symbols_of, understand

STATE = shelves.State("v", "e", 0)


def document(entry, title, text="", **more):
    values = {
        "symbols": (), "council": "a", "kind": "resolution", "status": "in_force", "year": 2020,
        "moment": entry, **more,
    }  # fmt: skip
    return IndexedDocument(
        key=f"resolution:{entry}", entry=entry, title=title, text=f"{title}\n{text}", **values
    )


@pytest.fixture
def shelve(tmp_path):
    """Call it with documents for a reader of an index that holds them."""

    def make(*documents):
        shelf = shelves.Shelf(tmp_path)
        with shelf.building() as (folder, writer):
            for one in documents:
                writer.put(one)
            writer.commit(shelves.State(schema.version(), "e", 0))
            shelf.swap(folder)
        return shelf.reader()

    return make


def hits(reader, typed, **filters):
    asked = Asked(understand(typed), tuple(filters.items()))
    total = reader.counts(asked).total
    found = reader.hits(asked, total=total, offset=0, limit=50)
    assert len(found) == total
    return found


def test_titles_come_first_however_often_a_body_says_it(shelve):
    reader = shelve(
        document(1, "Về việc khác", "thủy lợi " * 30),
        document(2, "Về thủy lợi nội đồng", "một hai ba " * 60),
    )
    assert hits(reader, "thuy loi ") == [2, 1]


def test_the_resolution_with_the_number_comes_before_those_that_cite_it(shelve):
    cites = "Căn cứ Nghị quyết số 12/NQ-HĐND; " * 9
    reader = shelve(
        document(1, "Sửa đổi Nghị quyết 12/NQ-HĐND", cites),
        document(2, "Nghị quyết số 12/NQ-HĐND", symbols=symbols_of("12/NQ-HĐND", 2020)),
        document(3, "Về đất 112/NQ-HĐND", symbols=symbols_of("112/NQ-HĐND", 2020)),
    )
    for typed in ("12/NQ-HĐND", "12/nq-hdnd", "12 nq-hđnd", "nghị quyết số 12"):
        assert hits(reader, typed)[0] == 2, typed
    assert hits(reader, "12/NQ-HĐND") == [2, 1]
    assert hits(reader, "12") == [2, 1]


def test_the_year_beside_the_number_decides(shelve):
    reader = shelve(
        *(
            document(
                year, f"Việc năm {year} và 2021", "5/NQ-HĐND", symbols=symbols_of("5/NQ-HĐND", year)
            )
            for year in (2019, 2020, 2021)
        )
    )  # fmt: skip
    assert hits(reader, "5 năm 2021")[0] == 2021
    assert hits(reader, "5/2019/NQ-HĐND") == [2019]


def test_marks_as_typed_come_first_and_others_follow(shelve):
    reader = shelve(document(1, "Việc", "hoa giai hoa giai"), document(2, "Việc", "hoà giải"))
    assert hits(reader, "hòa giải ") == [2, 1]
    assert set(hits(reader, "hoa giai ")) == {1, 2}


def test_a_phrase_stands_side_by_side_and_in_order(shelve):
    reader = shelve(
        document(1, "a", "hội đồng nhân dân tỉnh giám sát"),
        document(2, "b", "nhân dân giám sát hội đồng"),
        document(3, "c", "hội đồng của nhân dân"),
    )
    assert hits(reader, '"hội đồng nhân dân"') == [1]
    assert hits(reader, "“nhan dan giam sat hoi”") == [2]
    assert set(hits(reader, "hội đồng nhân dân ")) == {1, 2, 3}
    assert hits(reader, '"giam sat"') in ([1, 2], [2, 1])


def test_quoted_marks_must_be_there(shelve):
    reader = shelve(document(1, "a", "hoả giai"), document(2, "b", "hoà giải"))
    assert hits(reader, '"hoà giải"') == [2]
    assert set(hits(reader, '"hoa giai"')) == {1, 2}


def test_the_last_word_may_be_a_beginning_others_may_not(shelve):
    reader = shelve(document(1, "Về ngân sách"), document(2, "Về ngân hàng"))
    assert set(hits(reader, "ngâ")) == {1, 2}
    assert hits(reader, "ngan sa") == [1]
    assert hits(reader, "nga sach ") == []


def test_abbreviations_find_the_words_and_the_words_the_abbreviation(shelve):
    reader = shelve(
        document(1, "Ủy ban nhân dân xã"), document(2, "UBND xã"), document(3, "Trường học")
    )
    for typed in ("ubnd ", "UBND", "uỷ ban nhân dân ", '"ủy ban nhân dân"'):
        assert set(hits(reader, typed)) == {1, 2}, typed


def test_of_likes_the_newer_comes_first_and_what_is_in_force(shelve):
    reader = shelve(
        document(1, "Về học phí", year=2000), document(2, "Về học phí", year=2024),
        document(3, "Về học phí", year=2024, status="ended"),
    )  # fmt: skip
    assert hits(reader, "học phí ") == [2, 3, 1]


def test_facets_count_and_forget_only_their_own_filter(shelve):
    reader = shelve(
        document(1, "Về đất", council="a", year=2020),
        document(2, "Về đất", council="b", year=2020),
        document(3, "Về đất", council="b", year=2021, kind="session", status=""),
        document(4, "Về nước", council="c"),
    )  # fmt: skip
    asked = Asked(understand("đất "), (("council", "b"),))
    counts = reader.counts(asked)
    assert counts.total == 2
    assert dict(counts.facets["council"]) == {"a": 1, "b": 2}
    assert dict(counts.facets["year"]) == {"2020": 1, "2021": 1}
    assert dict(counts.facets["kind"]) == {"resolution": 1, "session": 1}
    assert dict(counts.facets["status"]) == {"in_force": 1}
    assert reader.counts(asked) is counts  # asked again, counted once


def test_feeds_are_newest_first(shelve):
    reader = shelve(*(document(n, "Về đất", moment=at) for n, at in ((1, 50), (2, 90), (3, 10))))
    assert reader.newest(Asked(understand("đất")), limit=2) == [2, 1]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("nghi quet", ("nghi", "quyet")),
        ("nghỉ quyet phe duyt", ("nghi", "quyet", "phe", "duyet")),
        ("hocphi", None), ("quyt", ("quyet",)),
        ("du toan ngan sahc", ("du", "toan", "ngan", "sach")),
    ],
)  # fmt: skip
def test_slips_are_corrected_from_the_words_of_the_index(shelve, typed, meant):
    reader = shelve(
        document(1, "Nghị quyết phê duyệt dự toán ngân sách"), document(2, "Quy định học phí")
    )
    assert reader.corrected(understand(typed)) == meant


def test_many_hits_come_titles_first_then_newest_without_gap_or_doubles(shelve, monkeypatch):
    monkeypatch.setattr(reading, "RANKED_MAX", 5)
    reader = shelve(
        *(document(n, "Về đất", moment=n) for n in range(1, 5)),
        *(document(n, "Việc khác", text="đất", moment=n) for n in range(10, 40)),
    )
    asked = Asked(understand("đất "))
    total = reader.counts(asked).total
    pages = [reader.hits(asked, total=total, offset=at, limit=7) for at in range(0, 35, 7)]
    everything = [entry for page in pages for entry in page]
    assert set(everything[:4]) == {1, 2, 3, 4}
    assert everything[4:] == list(range(39, 9, -1))


def test_many_hits_in_titles_come_newest_first(shelve, monkeypatch):
    monkeypatch.setattr(reading, "RANKED_MAX", 5)
    reader = shelve(*(document(n, "Về đất", moment=n) for n in range(1, 21)))
    asked = Asked(understand("đất "))
    first = reader.hits(asked, total=20, offset=0, limit=15)
    assert first + reader.hits(asked, total=20, offset=15, limit=15) == list(range(20, 0, -1))


def test_removed_documents_are_neither_found_nor_counted(shelve, tmp_path):
    reader = shelve(document(1, "Về đất"), document(2, "Về đất"))
    shelf = shelves.Shelf(tmp_path)
    with shelf.changing(wait=0) as writer:
        writer.remove("resolution:1")
        writer.commit(shelves.State(schema.version(), "e", 1))
    reader = shelf.reader()
    assert hits(reader, "đất ") == [2]
    assert dict(reader.counts(Asked(understand("đất "))).facets["council"]) == {"a": 1}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    shelf = shelves.Shelf(tmp_path_factory.mktemp("index"))
    with shelf.building() as (folder, writer):
        writer.put(document(1, "Nghị quyết 12/NQ-HĐND về ngân sách", symbols=("12",)))
        writer.commit(shelves.State(schema.version(), "e", 0))
        shelf.swap(folder)
    return shelf.reader()


@profile(deadline=None)
@given(st.text(max_size=60) | st.text('"“”12/nqhđ- *:^~()[]{}\\+', max_size=30))
def test_whatever_is_typed_is_a_question_and_no_command(small, typed):
    question = understand(typed)
    if question.is_empty:
        return
    for enough in (False, True):
        asked = Asked(question, enough=enough)
        total = small.counts(asked).total
        assert len(small.hits(asked, total=total, offset=0, limit=5)) == total
    small.corrected(question)
