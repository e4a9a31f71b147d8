"""Draft texts: the wording of real resolutions, the law of the day, figures as documents write."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.rules.law import Level
from council.rules.majorities import Base
from council.rules.refusals import Refusal
from council.rules.text import nfc
from resolutions.rules import bases, skeletons
from resolutions.rules.facts import (
    ConfidenceBlock,
    ConfidenceFacts,
    ConfidenceLine,
    ElectedPerson,
    ElectionFacts,
    GeneralFacts,
    PaperRef,
    SessionFacts,
)

HA_DONG = SessionFacts(
    unit="quận Hà Đông",
    level=Level.DISTRICT,
    term_number=20,
    term_label="2021-2026",
    session_number=13,
    adopted_on=date(2023, 12, 12),
)
BY_ELECTION = ElectionFacts(
    office="Phó Chủ tịch Ủy ban nhân dân quận Hà Đông",
    is_of_peoples_committee=True,
    is_supplementary=True,
    elected=(ElectedPerson("bà", "Trần Thị Lương An", "Trưởng phòng Tài chính quận Hà Đông", 33),),
    total_delegates=35,
    counting_minutes_on=date(2023, 12, 12),
    nomination=PaperRef(
        "Tờ trình",
        "197/TTr-UBND",
        date(2023, 12, 5),
        "Chủ tịch Ủy ban nhân dân quận Hà Đông",
        "việc giới thiệu nhân sự bầu bổ sung chức vụ Phó Chủ tịch Ủy ban nhân dân quận Hà Đông",
    ),
    approver="Chủ tịch Ủy ban nhân dân thành phố Hà Nội",
)
THANH_HOA = replace(
    HA_DONG, unit="tỉnh Thanh Hóa", level=Level.PROVINCE, term_number=18, session_number=17
)
POLL = ConfidenceFacts(
    blocks=(
        ConfidenceBlock(
            "Khối Hội đồng nhân dân",
            (ConfidenceLine("ông", "Nguyễn Văn Mẫu", "Chủ tịch", 78, 1, 1),),
        ),
        ConfidenceBlock(
            "Khối Ủy ban nhân dân",
            (
                ConfidenceLine("bà", "Lê Thị Ví Dụ", "Phó Chủ tịch", 60, 15, 5),
                ConfidenceLine("ông", "Trần Văn Thử", "Ủy viên", 80, 0, 0),
            ),
        ),
    ),
    issued=80,
    returned=80,
    valid=80,
    invalid=0,
    base=Base.RETURNED,
    base_value=80,
    counting_minutes_on=date(2023, 12, 12),
)


class TestElection:
    DRAFT = skeletons.confirming_election(HA_DONG, BY_ELECTION)

    def test_the_title_names_office_and_term(self):
        assert self.DRAFT.title == (
            "Về việc xác nhận kết quả bầu bổ sung chức vụ Phó Chủ tịch Ủy ban nhân dân "
            "quận Hà Đông, nhiệm kỳ 2021 - 2026"
        )

    def test_the_bases_are_the_law_of_december_2023(self):
        assert self.DRAFT.bases == (
            (
                "Căn cứ Luật Tổ chức chính quyền địa phương số 77/2015/QH13 được sửa đổi, bổ sung "
                "bởi Luật số 47/2019/QH14;"
            ),
            (
                "Căn cứ Nghị định số 08/2016/NĐ-CP của Chính phủ được sửa đổi, bổ sung bởi "
                "Nghị định số 115/2021/NĐ-CP;"
            ),
            (
                "Xét Tờ trình số 197/TTr-UBND ngày 05 tháng 12 năm 2023 của Chủ tịch Ủy ban "
                "nhân dân quận Hà Đông về việc giới thiệu nhân sự bầu bổ sung chức vụ Phó Chủ tịch "
                "Ủy ban nhân dân quận Hà Đông;"
            ),
            (
                "Căn cứ Biên bản kiểm phiếu ngày 12 tháng 12 năm 2023 về kết quả bầu bổ sung "
                "chức vụ Phó Chủ tịch Ủy ban nhân dân quận Hà Đông."
            ),
        )

    def test_the_first_article_says_who_was_elected_with_how_many_of_all_delegates(self):
        (sentence,) = self.DRAFT.articles[0].paragraphs
        assert sentence.endswith(
            "đối với bà Trần Thị Lương An, Trưởng phòng Tài chính quận Hà Đông, với 33 phiếu đồng "
            "ý trên tổng số 35 đại biểu, bằng 94,29% tổng số đại biểu Hội đồng nhân dân."
        )

    def test_the_second_sends_the_result_up_and_the_third_takes_effect(self):
        assert "Chủ tịch Ủy ban nhân dân thành phố Hà Nội" in self.DRAFT.articles[1].paragraphs[0]
        assert "có hiệu lực kể từ ngày thông qua" in self.DRAFT.articles[2].paragraphs[0]
        assert "bà Trần Thị Lương An chịu trách nhiệm" in self.DRAFT.articles[2].paragraphs[0]

    def test_the_closing_formula_has_roman_numerals(self):
        assert self.DRAFT.closing == (
            "Nghị quyết này đã được Hội đồng nhân dân quận Hà Đông khóa XX, kỳ họp thứ XIII "
            "thông qua ngày 12 tháng 12 năm 2023./."
        )

    def test_recipients_begin_with_who_approves_and_end_with_the_files(self):
        assert self.DRAFT.recipients[0] == "Chủ tịch Ủy ban nhân dân thành phố Hà Nội"
        assert self.DRAFT.recipients[-1] == "Lưu: VT"

    def test_without_an_approver_nothing_is_sent_up(self):
        draft = skeletons.confirming_election(HA_DONG, replace(BY_ELECTION, approver=""))
        assert len(draft.articles) == 2

    def test_several_elected_are_listed(self):
        both = (*BY_ELECTION.elected, ElectedPerson("ông", "Nguyễn Văn Mẫu", "", 30))
        draft = skeletons.confirming_election(HA_DONG, replace(BY_ELECTION, elected=both))
        assert draft.articles[0].paragraphs[1].startswith("1. Bà Trần Thị Lương An, Trưởng phòng")
        assert draft.articles[0].paragraphs[2].startswith("2. Ông Nguyễn Văn Mẫu, với 30 phiếu")

    def test_an_office_of_the_council_itself_cites_no_decree_on_the_committee(self):
        draft = skeletons.confirming_election(
            HA_DONG, replace(BY_ELECTION, is_of_peoples_committee=False)
        )
        assert not [basis for basis in draft.bases if "Nghị định" in basis]

    def test_nobody_elected_makes_no_resolution(self):
        with pytest.raises(Refusal) as refusal:
            skeletons.confirming_election(HA_DONG, replace(BY_ELECTION, elected=()))
        assert refusal.value.code == "skeleton.nobody_elected"


class TestConfidence:
    DRAFT = skeletons.confirming_confidence_vote(THANH_HOA, POLL)

    def test_the_title_is_that_of_thanh_hoa(self):
        assert self.DRAFT.title == (
            "Xác nhận kết quả lấy phiếu tín nhiệm đối với người giữ chức vụ do Hội đồng nhân dân "
            "tỉnh Thanh Hóa khóa XVIII, nhiệm kỳ 2021 - 2026 bầu"
        )

    def test_resolution_96_and_the_counting_minutes_are_cited(self):
        assert self.DRAFT.bases[1].startswith("Căn cứ Nghị quyết số 96/2023/QH15 ngày 23 tháng 6")
        assert self.DRAFT.bases[2].startswith("Căn cứ Biên bản kiểm phiếu ngày 12 tháng 12")

    def test_each_person_has_three_lines_as_published(self):
        lines = self.DRAFT.articles[1].paragraphs
        assert lines[1] == (
            "Tổng số phiếu phát ra: 80 phiếu; thu về: 80 phiếu; hợp lệ: 80 phiếu; "
            "không hợp lệ: 0 phiếu."
        )
        assert lines[2:7] == (
            "I. KHỐI HỘI ĐỒNG NHÂN DÂN",
            "1. Ông Nguyễn Văn Mẫu, Chủ tịch",
            "- Số phiếu tín nhiệm cao: 78 phiếu (chiếm 97,5% tổng số phiếu thu về).",
            "- Số phiếu tín nhiệm: 01 phiếu (chiếm 1,25% tổng số phiếu thu về).",
            "- Số phiếu tín nhiệm thấp: 01 phiếu (chiếm 1,25% tổng số phiếu thu về).",
        )

    def test_numbering_restarts_in_the_second_block(self):
        lines = self.DRAFT.articles[1].paragraphs
        second = lines.index("II. KHỐI ỦY BAN NHÂN DÂN")
        assert lines[second + 1] == "1. Bà Lê Thị Ví Dụ, Phó Chủ tịch"
        assert "2. Ông Trần Văn Thử, Ủy viên" in lines

    def test_the_first_article_counts_the_persons(self):
        assert "đối với 03 người giữ chức vụ" in self.DRAFT.articles[0].paragraphs[0]

    def test_the_old_base_is_all_delegates(self):
        old = replace(THANH_HOA, adopted_on=date(2018, 12, 6))
        facts = replace(POLL, base=Base.TOTAL, base_value=85)
        draft = skeletons.confirming_confidence_vote(old, facts)
        assert "78 phiếu (chiếm 91,76% tổng số đại biểu)" in draft.articles[1].paragraphs[4]
        assert "85/2014/QH13" in draft.bases[1]

    def test_nobody_voted_on_makes_no_resolution(self):
        with pytest.raises(Refusal) as refusal:
            skeletons.confirming_confidence_vote(THANH_HOA, replace(POLL, blocks=()))
        assert refusal.value.code == "skeleton.nobody_voted_on"


class TestGeneral:
    def test_the_papers_are_considered_in_their_order(self):
        draft = skeletons.general(
            HA_DONG,
            GeneralFacts(
                title="Về nhiệm vụ phát triển kinh tế – xã hội năm 2024",
                papers=(
                    PaperRef("Tờ trình", "279/TTr-UBND", date(2023, 12, 1), "Ủy ban nhân dân"),
                    PaperRef("Báo cáo thẩm tra", issuer="Ban Kinh tế – Xã hội"),
                ),
                articles=(("Thông qua nhiệm vụ năm 2024.",),),
            ),
        )
        assert draft.bases[-1] == (
            "Xét Tờ trình số 279/TTr-UBND ngày 01 tháng 12 năm 2023 của Ủy ban nhân dân; Báo cáo "
            "thẩm tra của Ban Kinh tế – Xã hội; ý kiến thảo luận của đại biểu Hội đồng nhân dân "
            "tại kỳ họp."
        )
        assert len(draft.articles) == 2

    def test_a_normative_resolution_takes_effect_on_its_day(self):
        facts = GeneralFacts("Về phí", (), (("Quy định.",),), effective_on=date(2023, 12, 22))
        last = skeletons.general(HA_DONG, facts).articles[-1].paragraphs[0]
        assert last.startswith("Nghị quyết này có hiệu lực từ ngày 22 tháng 12 năm 2023.")

    def test_a_resolution_needs_a_title(self):
        with pytest.raises(Refusal) as refusal:
            skeletons.general(HA_DONG, GeneralFacts("  ", (), ()))
        assert refusal.value.code == "skeleton.no_title"


class TestBases:
    @pytest.mark.parametrize(
        ("day", "law"),
        [
            (date(2016, 1, 1), "77/2015/QH13"),
            (date(2025, 2, 28), "77/2015/QH13 được sửa đổi, bổ sung bởi Luật số 47/2019/QH14"),
            (date(2025, 3, 1), "65/2025/QH15"),
            (date(2025, 6, 15), "65/2025/QH15"),
            (date(2025, 6, 16), "72/2025/QH15"),
            (date(2026, 12, 1), "72/2025/QH15"),
        ],
    )
    def test_the_law_on_local_government_is_that_of_the_day(self, day, law):
        assert bases.organisation(day) == (f"Căn cứ Luật Tổ chức chính quyền địa phương số {law}",)

    def test_before_2016_there_is_no_basis_to_cite(self):
        with pytest.raises(Refusal) as refusal:
            bases.organisation(date(2015, 12, 31))
        assert refusal.value.code == "skeleton.no_law"

    def test_decree_300_from_its_day_on(self):
        day = date(2025, 11, 17)
        assert "300/2025" in bases.election(day, of_peoples_committee=True)[0]
        assert "08/2016" in bases.election(date(2025, 11, 16), of_peoples_committee=True)[0]

    def test_the_law_on_supervision_of_2025_joins_in_march_2026(self):
        assert len(bases.confidence_vote(date(2026, 2, 28))) == 1
        assert "121/2025/QH15" in bases.confidence_vote(date(2026, 3, 1))[0]

    def test_before_july_2015_no_resolution_on_confidence_votes_is_cited(self):
        assert bases.confidence_vote(date(2015, 6, 30)) == ()

    def test_each_basis_ends_with_a_semicolon_and_the_last_with_a_full_stop(self):
        assert bases.punctuated(["a.", "b ;", "c,"]) == ("a;", "b;", "c.")
        assert bases.punctuated([]) == ()


@given(
    st.dates(date(2016, 1, 1), date(2035, 12, 31)),
    st.integers(1, 30),
    st.integers(1, 60),
    st.lists(st.integers(0, 35), min_size=1, max_size=4),
)
def test_every_draft_is_storable_text_with_no_hole(day, term, session_number, votes):
    session = replace(HA_DONG, adopted_on=day, term_number=term, session_number=session_number)
    people = tuple(ElectedPerson("ông", "Nguyễn Văn Mẫu", "", vote) for vote in votes)
    for draft in (
        skeletons.confirming_election(session, replace(BY_ELECTION, elected=people)),
        skeletons.confirming_confidence_vote(session, POLL),
        skeletons.general(session, GeneralFacts("Về việc khác", (), (("Thông qua.",),))),
    ):
        everything = [draft.title, *draft.bases, draft.closing, *draft.recipients]
        everything += [line for article in draft.articles for line in article.paragraphs]
        assert all(line == nfc(line) and line for line in everything)
        assert draft.closing.endswith("./.")
        assert len(draft.title) <= 500
