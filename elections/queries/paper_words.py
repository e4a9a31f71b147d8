"""The words of a poll's papers: title, subject, headings and how to mark, by kind and act.

All in Vietnamese: callers switch the language where a label is translated.
"""

from typing import Final, assert_never

from django.utils.translation import override

from council.models import Council, Office, OfficeKind, Term
from council.rules import figures, text
from elections.models import Act, Poll, PollEntry, PollKind, PollPost
from elections.queries import posts as queries

COUNCIL_OFFICES: Final = (
    OfficeKind.COUNCIL_CHAIR, OfficeKind.COUNCIL_VICE_CHAIR, OfficeKind.COMMITTEE_HEAD,
)  # fmt: skip

TITLES: Final = {
    PollKind.CONFIDENCE: "PHIẾU LẤY PHIẾU TÍN NHIỆM",
    PollKind.NO_CONFIDENCE: "PHIẾU BỎ PHIẾU TÍN NHIỆM",
    PollKind.ELECTION: "PHIẾU BẦU",
    PollKind.REMOVAL: "PHIẾU BIỂU QUYẾT BÃI NHIỆM",
}
TITLES_OF_ACTS: Final = {
    Act.DISMISSAL: "PHIẾU BIỂU QUYẾT MIỄN NHIỆM",
    Act.REMOVAL: "PHIẾU BIỂU QUYẾT BÃI NHIỆM CHỨC VỤ",
    Act.RESIGNATION: "PHIẾU BIỂU QUYẾT CHO THÔI GIỮ CHỨC VỤ",
}

EACH_ROW: Final = (
    "Mỗi dòng đánh dấu X vào một ô. Dòng để trống hoặc đánh dấu từ hai ô không được tính."
)
ONE_ROW: Final = "Đánh dấu X vào một ô. Để trống hoặc đánh dấu từ hai ô thì không được tính."
NO_WRITING: Final = "Không viết thêm vào phiếu."
SEATS: Final = "Bầu %(seats)s người trong danh sách %(listed)s người."
SEATS_OF_ONE: Final = "Bầu %(seats)s người."
SEATS_OF_POSTS: Final = "Bầu %(posts)s chức vụ; số người cần bầu ghi bên cạnh từng chức vụ."


def title_of(poll: Poll) -> str:
    """What the paper is, in capitals."""
    kind = PollKind(poll.kind)
    return TITLES_OF_ACTS[Act(poll.act)] if kind is PollKind.DISMISSAL else TITLES[kind]


def subject_of(poll: Poll, posts: list[PollPost]) -> str:
    """Which offices and term an election is about; whom the others concern."""
    term = poll.council_session.term
    match PollKind(poll.kind):
        case PollKind.ELECTION:
            return f"{offices_of(term.council, posts)}, {years_of(term)}{round_of(poll)}"
        case PollKind.REMOVAL:
            return f"đối với {delegates_of(term)}"
        case PollKind.CONFIDENCE | PollKind.NO_CONFIDENCE | PollKind.DISMISSAL:
            return f"đối với {holders_of(term)}{block_of(poll)}"
        case kind:
            assert_never(kind)


def subject_in_minutes(poll: Poll, posts: list[PollPost]) -> str:
    """What was voted on, following "kiểm phiếu"."""
    term = poll.council_session.term
    match PollKind(poll.kind):
        case PollKind.ELECTION:
            return f"bầu {offices_of(term.council, posts)}, {years_of(term)}{round_of(poll)}"
        case PollKind.CONFIDENCE:
            return f"lấy phiếu tín nhiệm đối với {holders_of(term)}{block_of(poll)}"
        case PollKind.NO_CONFIDENCE:
            return f"bỏ phiếu tín nhiệm đối với {holders_of(term)}"
        case PollKind.REMOVAL:
            return f"bãi nhiệm {delegates_of(term)}"
        case PollKind.DISMISSAL:
            return f"{subject_of_act(Act(poll.act))} {holders_of(term)}"
        case kind:
            assert_never(kind)


def subject_of_act(act: Act) -> str:
    """The act before the people whom it concerns."""
    match act:
        case Act.DISMISSAL:
            return "miễn nhiệm"
        case Act.REMOVAL:
            return "bãi nhiệm"
        case Act.RESIGNATION:
            return "cho thôi giữ chức vụ đối với"
        case _:
            assert_never(act)


def offices_of(council: Council, posts: list[PollPost]) -> str:
    """The office with its body and unit, or the offices together where there are several."""
    if len(posts) == 1:
        return office_name(council, posts[0].office)
    of_council = [post.office.kind in COUNCIL_OFFICES for post in posts]
    bodies = ["Hội đồng nhân dân"] * any(of_council) + ["Ủy ban nhân dân"] * (not all(of_council))
    with override("vi"):
        return f"các chức vụ của {', '.join(bodies)} {council.unit}"


def office_name(council: Council, office: Office) -> str:
    """An office with its body and unit, as papers and resolutions name it."""
    title = office.title
    with override("vi"):
        unit = council.unit
    if council.unit_name.casefold() in title.casefold():
        return title
    if office.kind in COUNCIL_OFFICES and "hội đồng nhân dân" not in title.casefold():
        return f"{title} Hội đồng nhân dân {unit}"
    return f"{title} {unit}"


def holders_of(term: Term) -> str:
    """Those whom the council elected to office."""
    with override("vi"):
        unit = term.council.unit
    return f"người giữ chức vụ do Hội đồng nhân dân {unit} bầu, {years_of(term)}"


def delegates_of(term: Term) -> str:
    """The delegates of the term."""
    with override("vi"):
        unit = term.council.unit
    return f"đại biểu Hội đồng nhân dân {unit} khóa {text.roman(term.number)}, {years_of(term)}"


def years_of(term: Term) -> str:
    """``nhiệm kỳ 2026 - 2031``."""
    return f"nhiệm kỳ {term.label.replace('-', ' - ')}"


def round_of(poll: Poll) -> str:
    """``, vòng 2``; nothing in the first round."""
    return f", vòng {poll.round}" if poll.round > 1 else ""


def block_of(poll: Poll) -> str:
    """``, khối Ủy ban nhân dân`` on a paper of its own; nothing where it has both blocks.

    A vote taken again says so: the papers of the first must not be taken for its own.
    """
    with override("vi"):
        label = str(poll.get_block_display())
    again = " (lấy phiếu lại)" if poll.repeats_id else ""
    return f", {label[:1].lower()}{label[1:]}{again}" if poll.block else ""


def heading_of(poll: Poll, entry: PollEntry, posts: list[PollPost]) -> str:
    """What stands above the rows of a group: a block, or a post and how many are elected to it."""
    if poll.block:
        return ""
    if len(posts) > 1:
        post = queries.post_of(entry, posts) or posts[0]
        return f"{post.office.title} (bầu {figures.count_in_document(post.seats)} người)"
    return "" if entry.block == PollEntry.Block.NONE else str(entry.get_block_display())


def instructions_of(poll: Poll, posts: list[PollPost], listed: int) -> list[str]:
    """How to mark the paper, in sentences.

    Source: NQ 96/2023 Art. 18: no mark or two marks are void for that person; the number of seats
    is practice, no article.
    """
    said = [ONE_ROW if listed == 1 else EACH_ROW, NO_WRITING]
    if poll.kind != PollKind.ELECTION:
        return said
    return [seats_sentence(posts, listed), *said]


def seats_sentence(posts: list[PollPost], listed: int) -> str:
    """How many are to be elected."""
    if len(posts) > 1:
        return SEATS_OF_POSTS % {"posts": figures.count_in_document(len(posts))}
    seats = figures.count_in_document(posts[0].seats)
    if listed == 1:
        return SEATS_OF_ONE % {"seats": seats}
    return SEATS % {"seats": seats, "listed": figures.count_in_document(listed)}
