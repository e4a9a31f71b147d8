"""The Vietnamese alphabet, search keys, roman numerals and tables of unknown encoding."""

import contextlib
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from council.rules import text
from council.rules.refusals import Refusal

TONES = "\u0300\u0309\u0303\u0301\u0323"
WORDS = st.text(
    alphabet="aáàảãạăắâấbcdđeéêếghiíklmnoóôốơớpqrstuúưứvxyýAĂÂĐÊÔƠƯ '-", min_size=1, max_size=30
)


def windows_1258(words):
    """Encode as old Vietnamese Windows did: a letter, then its tone as a byte of its own."""
    content = b""
    for letter in unicodedata.normalize("NFC", words):
        try:
            content += letter.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            tone = "".join(sign for sign in parts if sign in TONES)
            bare = unicodedata.normalize("NFC", "".join(s for s in parts if s not in TONES))
            content += bare.encode("cp1258") + tone.encode("cp1258")
    return content


class TestNfc:
    def test_decomposed_letters_are_composed_and_blanks_collapse(self):
        typed = unicodedata.normalize("NFD", "  Trần  Thị\u00a0Lương\tAn ")
        assert text.nfc(typed) == "Trần Thị Lương An"

    def test_what_word_processors_leave_behind_is_dropped(self):
        assert text.nfc("\ufeffHà\u200b Đông\u00ad") == "Hà Đông"

    @pytest.mark.parametrize("sign", ["\0", "\x1b", "\x7f", "\ud800"])
    def test_control_characters_are_refused(self, sign):
        with pytest.raises(Refusal) as refusal:
            text.nfc(f"Hà{sign}Đông")
        assert refusal.value.code == "text.control_character"

    @pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200f"])
    def test_direction_overrides_are_refused(self, sign):
        with pytest.raises(Refusal) as refusal:
            text.nfc(f"Hà{sign}Đông")
        assert refusal.value.code == "text.bidi_control"

    def test_lines_are_kept_and_empty_ones_reduced(self):
        assert text.nfc_lines("\r\nĐiều  1.\r\n\r\n\n a)\u2028b) \n\n") == "Điều 1.\n\na)\nb)"

    @given(st.text(max_size=40))
    def test_what_came_through_once_comes_through_unchanged(self, typed):
        for door in (text.nfc, text.nfc_lines):
            try:
                stored = door(typed)
            except Refusal:
                continue
            assert door(stored) == stored


class TestFold:
    @pytest.mark.parametrize("typed", ["Hoà", "hòa", "HOÀ", "hoa", "ho\u0061\u0300"])
    def test_old_and_new_tone_placement_and_no_tone_agree(self, typed):
        assert text.fold(typed) == "hoa"

    def test_the_query_of_the_story_finds_the_title(self):
        title = "bầu bổ sung Phó Chủ tịch Ủy ban nhân dân quận Hà Đông"
        assert set(text.fold("ha dong pho chu tich").split()) <= set(text.fold(title).split())

    @pytest.mark.parametrize("typed", ["Điểu K'Ré", "Điểu K’Ré", "\u00d0iểu KRé"])
    def test_eth_and_apostrophes_do_not_hide_a_name(self, typed):
        assert text.fold(typed) == "dieu kre"

    @given(st.text(max_size=40))
    @example("\u0130")
    @example("\u1e9e")
    def test_folding_is_idempotent_and_blind_to_form_and_case(self, typed):
        folded = text.fold(typed)
        assert text.fold(folded) == folded
        assert text.fold(unicodedata.normalize("NFD", typed)) == folded

    @given(WORDS)
    def test_vietnamese_folds_to_ascii(self, typed):
        assert text.fold(typed).isascii()

    def test_slugs_are_words_with_hyphens(self):
        assert text.slug("Phường Mẫu – 12/NQ-HĐND") == "phuong-mau-12-nq-hdnd"


class TestSortKey:
    def test_the_alphabet_and_the_tones_are_in_order(self):
        words = [
            "An", "Ánh", "Ăn", "Ân", "Ấn", "Bình", "Cường", "Dao", "Đào", "Em", "Ê", "Giang",
            "Hà", "Hả", "Hã", "Há", "Hạ", "Hãn", "Khánh", "Oanh", "Ổn", "Ơn", "Quý", "Sơn",
            "Thu", "Tư", "Vân", "Xuân", "Yến",
        ]  # fmt: skip
        backwards = words[::-1]
        assert sorted(backwards, key=text.sort_key) == words

    def test_a_whole_alphabet_in_reverse_comes_out_right(self):
        alphabet = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
        backwards = alphabet[::-1]
        assert sorted(backwards, key=text.sort_key) == alphabet

    def test_tones_of_each_vowel_are_in_dictionary_order(self):
        assert sorted("ậấẫẩầâ", key=text.sort_key) == list("âầẩẫấậ")

    @given(WORDS, WORDS)
    def test_keys_are_digits_so_that_every_collation_agrees(self, one, other):
        assert (text.sort_key(one) + "0").isdecimal()
        assert len(text.sort_key(one)) <= 3 * len(one) + 1
        if text.sort_key(one) == text.sort_key(other):
            assert text.fold(one).replace(" ", "").replace("-", "") == text.fold(other).replace(
                " ", ""
            ).replace("-", "")

    @given(st.text(max_size=30))
    def test_any_text_has_a_key_and_both_forms_share_it(self, typed):
        key = text.sort_key(typed)
        assert not key or key.isdecimal()
        assert text.sort_key(unicodedata.normalize("NFD", text.fold(typed))) is not None

    def test_composed_and_decomposed_letters_share_a_key(self):
        name = "Nguyễn Thị Đường"
        assert text.sort_key(name) == text.sort_key(unicodedata.normalize("NFD", name))

    def test_foreign_letters_come_after_the_alphabet(self):
        assert text.sort_key("z") < text.sort_key("ж")


class TestRoman:
    @pytest.mark.parametrize(
        ("number", "signs"), [(4, "IV"), (13, "XIII"), (14, "XIV"), (20, "XX"), (1994, "MCMXCIV")]
    )
    def test_sessions_and_terms_in_roman_numerals(self, number, signs):
        assert text.roman(number) == signs

    @given(st.integers(1, 3999))
    def test_reading_back_gives_the_number(self, number):
        assert text.from_roman(f" {text.roman(number).lower()}") == number

    @pytest.mark.parametrize("signs", ["", "IIII", "VX", "XIIX", "13", "ABC", "M" * 500])
    def test_what_is_no_roman_numeral_is_refused(self, signs):
        with pytest.raises(Refusal) as refusal:
            text.from_roman(signs)
        assert refusal.value.code == "text.not_roman"

    @pytest.mark.parametrize("number", [0, -1, 4000])
    def test_numbers_without_a_roman_form_are_an_error(self, number):
        with pytest.raises(ValueError, match=str(number)):
            text.roman(number)


class TestDecodeTable:
    ROWS = "họ tên;chức vụ\r\nTrần Thị Lương An;Phó Chủ tịch “Ở” Đắk Lắk ữ ợ ế\r\n"

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    def test_unicode_with_and_without_a_mark(self, encoding):
        assert text.decode_table(self.ROWS.encode(encoding)) == self.ROWS

    def test_big_endian_with_its_mark(self):
        assert text.decode_table(b"\xfe\xff" + self.ROWS.encode("utf-16-be")) == self.ROWS

    def test_windows_1258_is_recognised_and_composed(self):
        assert text.decode_table(windows_1258(self.ROWS)) == self.ROWS

    def test_decomposed_letters_are_composed(self):
        content = unicodedata.normalize("NFD", self.ROWS).encode()
        assert text.decode_table(content) == self.ROWS

    @pytest.mark.parametrize(
        "content",
        [
            b"\xb5\xae\xb8 TCVN3",
            "họ tên".encode("utf-16-le"),
            b"\xff\xfe\x00",
            b"abc\0def",
            b"\x89PNG\r\n\x1a\n\xff\xd8",
        ],
    )
    def test_other_bytes_are_refused_with_what_to_do(self, content):
        with pytest.raises(Refusal) as refusal:
            text.decode_table(content)
        assert refusal.value.code == "table.encoding"
        assert "CSV UTF-8" in str(refusal.value)

    def test_a_workbook_under_another_name_is_named(self):
        with pytest.raises(Refusal) as refusal:
            text.decode_table(b"PK\x03\x04rest")
        assert refusal.value.code == "table.is_workbook"

    @given(st.binary(max_size=60))
    def test_no_bytes_do_anything_but_decode_or_refuse(self, content):
        with contextlib.suppress(Refusal):
            assert "\0" not in text.decode_table(content)
