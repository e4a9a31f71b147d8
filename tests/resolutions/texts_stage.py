"""Random sessions as plain facts, and texts led to any step; all of it made up."""

from datetime import date, datetime
from decimal import Decimal

from hypothesis import strategies as st

from council.rules import shares
from resolutions.models import SessionText
from resolutions.rules.session_facts import (
    Compared,
    IndicatorFact,
    ItemFact,
    LineFact,
    NoteFact,
    PaperFact,
    PollFact,
    ResolutionFact,
    SessionFacts,
    SittingFact,
    VoteFact,
)
from resolutions.services import session_text_approvals as approvals
from resolutions.services import session_texts as texts
from sessions.models import Session
from sessions.rules.indicators import Form
from tests.resolutions.stage import Stage

DAY = date(2026, 12, 10)
NAMES = ("ông Lê Văn Thử", "bà Trần Thị Mẫu", "ông Y Thanh Hà Niê Kđăm", "bà Võ Thị Ví Dụ")
days = st.dates(date(2016, 1, 1), date(2030, 12, 31))
moments = st.datetimes(datetime(2016, 1, 1), datetime(2030, 12, 31)).map(
    lambda at: at.replace(second=0, microsecond=0)
)
keys = st.integers(1, 9999)


def share(votes: int, base: int) -> Decimal:
    return shares.percentage(votes, base)


@st.composite
def votes(draw: st.DrawFn) -> VoteFact:
    total = draw(st.integers(1, 105))
    present = draw(st.integers(1, total))
    in_favour = draw(st.integers(0, present))
    against = draw(st.integers(0, present - in_favour))
    return VoteFact(
        draw(keys), "other", draw(st.sampled_from(["Việc thứ nhất", "Giao nhiệm vụ"])), None,
        draw(moments), total, present, in_favour, against, present - in_favour - against,
        draw(st.booleans()),
    )  # fmt: skip


@st.composite
def sittings(draw: st.DrawFn) -> SittingFact:
    total = draw(st.integers(4, 105))
    excused = tuple(NAMES[: draw(st.integers(0, 2))])
    unexcused = tuple(NAMES[2 : 2 + draw(st.integers(0, 1))])
    attended = total - len(excused) - len(unexcused)
    opened = draw(moments)
    late = draw(st.integers(0, min(2, attended)))
    return SittingFact(
        draw(keys), "buổi sáng", opened.date(), opened, draw(st.none() | moments), total, attended,
        attended - late, excused, unexcused,
        tuple((NAMES[n], draw(moments)) for n in range(late)),
    )  # fmt: skip


@st.composite
def polls(draw: st.DrawFn) -> PollFact:
    total = draw(st.integers(2, 105))
    present = draw(st.integers(1, total))
    returned = draw(st.integers(1, present))
    kind = draw(st.sampled_from(["confidence", "election", "dismissal"]))
    base = returned if kind == "confidence" else total
    options: tuple[str, ...] = ("Tín nhiệm cao", "Tín nhiệm", "Tín nhiệm thấp")
    options = options if kind == "confidence" else ("Đồng ý", "Không đồng ý")
    lines = []
    for name in NAMES[: draw(st.integers(1, 4))]:
        counts = [draw(st.integers(0, returned)) for _option in options]
        found = zip(options, counts, strict=True)
        verdict = {"confidence": "kept", "election": "elected", "dismissal": "passed"}[kind]
        lines.append(
            LineFact(
                name,
                "Giám đốc Sở Mẫu",
                tuple((o, n, share(n, base)) for o, n in found),
                0,
                draw(st.sampled_from([verdict, "not_elected"])),
                "Một câu hệ quả.",
                "Phó Chủ tịch",
            )
        )
    annulled = draw(st.none() | days)
    return PollFact(
        draw(keys), kind, "Bầu bổ sung", "bầu Phó Chủ tịch", None, None, draw(days), total, present,
        present, returned, returned, 0, "tổng số đại biểu", base, tuple(lines),
        annulled_on=annulled, annulled_reason="Sai thẩm quyền giới thiệu" if annulled else "",
        is_published=draw(st.booleans()),
    )  # fmt: skip


@st.composite
def indicators(draw: st.DrawFn) -> IndicatorFact:
    def compared() -> st.SearchStrategy[Compared]:
        values = st.decimals(-200, 300, places=2)
        return st.builds(Compared, st.sampled_from(Form), values)

    billions = draw(st.integers(1, 99_999))
    millions = draw(st.integers(1, 999))
    result = f"{billions:,}".replace(",", ".") + f" tỷ {millions} triệu đồng"
    return IndicatorFact(
        draw(keys), draw(st.sampled_from(["Thu ngân sách", "Giá trị sản xuất"])),
        "11 tháng năm 2026", result, draw(st.none() | compared()), draw(st.none() | compared()),
        draw(st.booleans()),
    )  # fmt: skip


@st.composite
def sessions(draw: st.DrawFn) -> SessionFacts:
    """Any session, from nothing but its name to one with everything."""
    taken = draw(st.lists(votes(), max_size=3, unique_by=lambda vote: vote.pk))
    resolutions = [
        ResolutionFact(n, f"{n}/NQ-HĐND", "Về việc thử", draw(st.none() | votes()),
                       draw(st.booleans()))
        for n in range(1, draw(st.integers(1, 4)))
    ]  # fmt: skip
    paper = PaperFact(7, "Tờ trình", "12/TTr-UBND", DAY, "Ủy ban nhân dân", "Tờ trình thử")
    return SessionFacts(
        pk=1, number=draw(st.integers(1, 40)), kind="thường lệ cuối năm", unit="tỉnh Thử",
        term=draw(st.integers(1, 30)), years="2026-2031", place="Hội trường", opens_on=draw(days),
        closes_on=draw(days), closed_at=draw(st.none() | moments), presiding=("ông A, Chủ tịch",),
        sittings=tuple(draw(st.lists(sittings(), max_size=3, unique_by=lambda one: one.pk))),
        items=(ItemFact(1, "1", "Khai mạc", "Chủ tọa"), ItemFact(2, "2", "Báo cáo", "", (paper,)),
               ItemFact(3, "", "Nội dung rút", is_dropped=True)),
        votes=tuple(taken),
        polls=tuple(draw(st.lists(polls(), max_size=3, unique_by=lambda one: one.pk))),
        resolutions=tuple(resolutions),
        indicators=tuple(draw(st.lists(indicators(), max_size=3, unique_by=lambda one: one.pk))),
        notes=(NoteFact(1, "shortcoming", "Còn chậm."), NoteFact(2, "direction", "Đẩy nhanh.")),
    )  # fmt: skip


# --- texts in the database ------------------------------------------------------------------------


def closed(stage: Stage) -> Session:
    """The session is over."""
    stage.sitting.state, stage.sitting.closed_at = "closed", stage.sitting.opened_at
    stage.sitting.save()
    held = stage.council_session
    held.state = "closed"
    held.save()
    return held


def begun(stage: Stage, kind: str = "press") -> SessionText:
    """Drafted; minutes with everything that the submission asks for."""
    text = texts.start(
        stage.council_session, kind=kind, presiding="ông Lê Văn Thử, Chủ tịch",
        secretaries="bà Trần Thị Mẫu, Chánh Văn phòng", by=stage.user["clerk"],
    )  # fmt: skip
    if kind == "minutes":
        SessionText.objects.filter(pk=text.pk).update(number="05/BB-HĐND")
        closed(stage)
    return fresh(text)


def fresh(text: SessionText) -> SessionText:
    return SessionText.objects.select_related("council_session__term__council").get(pk=text.pk)


def submitted(stage: Stage, kind: str = "press") -> SessionText:
    return texts.submit(begun(stage, kind), by=stage.user["clerk"])


def approved(stage: Stage, kind: str = "press") -> SessionText:
    text = submitted(stage, kind)
    approvals.approve(text, digest=text.digest, by=stage.user["approver"])
    return fresh(text)
