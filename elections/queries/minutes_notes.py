"""What the counting minutes tell of the way to the figures: how it was counted, what differed.

All in Vietnamese: the caller switches the language where a label is translated.
"""

from collections.abc import Iterator, Mapping
from typing import Final, assert_never

from council.rules import figures as words
from elections.models import CountingWay, PaperBatch, Poll
from elections.queries import batches, scans
from elections.queries import polls as queries
from elections.queries.counts import recounts_of
from elections.queries.figures import TOTAL_CELL_LABELS, split_cell
from elections.rules import papers, readings
from elections.rules import polls as kinds

WAYS: Final = {
    CountingWay.TOTALS: (
        "đếm tay; hai thành viên nhập tổng số độc lập với nhau, sau đó đối chiếu từng ô"
    ),
    CountingWay.BALLOTS: (
        "đọc từng phiếu theo tập không quá 25 phiếu; mỗi tập hai thành viên đọc độc lập với nhau, "
        "sau đó đối chiếu từng dòng của từng phiếu"
    ),
    CountingWay.SCANS: (
        "quét phiếu; máy đọc những dấu rõ, dấu không rõ do hai thành viên xem độc lập với nhau; "
        "phiếu máy không đọc được thì đếm bằng tay"
    ),
}
ANSWERS: Final = {
    papers.BLANK: "để trống", papers.OVER: "đánh dấu từ hai ô", readings.VALID: "phiếu hợp lệ",
    readings.INVALID: "phiếu không hợp lệ",
}  # fmt: skip


def notes_of(poll: Poll) -> list[str]:
    """Recounts, differences and what the machine left to people, a sentence each."""
    names = {entry.code: entry.person.full_name for entry in queries.standing_entries(poll)}
    way = CountingWay(poll.counting)
    match way:
        case CountingWay.TOTALS:
            return [*print_runs(poll), *recounts(poll, names)]
        case CountingWay.BALLOTS:
            return [*print_runs(poll), *read_again(poll, names, PaperBatch.Source.BOX)]
        case CountingWay.SCANS:
            return [
                *print_runs(poll),
                *scanned(poll),
                *read_again(poll, names, PaperBatch.Source.REFUSED),
            ]
        case _:
            assert_never(way)


def print_runs(poll: Poll) -> Iterator[str]:
    """Each print run, where there were several; one alone is the number of papers printed."""
    runs = list(queries.print_runs_of(poll))
    if len(runs) <= 1:
        return
    for run in runs:
        anew = f" (in lại lần {run.replaces.ordinal})" if run.replaces else ""
        void = f"; không dùng: {run.void_reason.rstrip('.')}" if run.void_at else ""
        yield f"Lần in {run.ordinal}{anew}: {words.count_in_document(run.number)} phiếu{void}."


def recounts(poll: Poll, names: Mapping[str, str]) -> Iterator[str]:
    """How cells in which the two counts differed were settled."""
    labels = dict(kinds.labels_of(poll.kind))
    for row in recounts_of(poll):
        code, option = split_cell(row.cell)
        where = (
            f"{names.get(code, code)}, {labels[option].lower()}"
            if option
            else str(TOTAL_CELL_LABELS[code]).lower()
        )
        yield (
            f"Đếm lại ô “{where}”: lần thứ nhất {row.first}, lần thứ hai {row.second}, kết quả "
            f"đếm lại {row.agreed}. {row.reason}"
        )


def read_again(poll: Poll, names: Mapping[str, str], source: str) -> Iterator[str]:
    """Rows that two readers saw differently, without their batch; batches that were read anew."""
    said = {**dict(kinds.labels_of(poll.kind)), **ANSWERS}
    for row in batches.settled_differences(poll, source):
        first, second, agreed = (said[one].lower() for one in (row.first, row.second, row.agreed))
        where = names.get(row.entry_code, "cả lá phiếu")
        yield (
            f"Xem lại một phiếu, {where}: người thứ nhất đọc {first}, người thứ hai đọc {second}, "
            f"thống nhất là {agreed}. {row.reason}"
        )
    void = batches.batches_of(poll, source).filter(state=PaperBatch.State.VOID)
    for batch in void.order_by("number"):
        yield f"Tập {batch.number} bỏ kết quả đọc, đọc lại từ đầu. {batch.void_reason}"


def scanned(poll: Poll) -> Iterator[str]:
    """How many papers the machine read, how many rows people saw, and the sample."""
    run = scans.standing_run(poll)
    if run is None:
        return
    pile = scans.pile_of(run)
    by_machine, by_hand = len(pile.counted), pile.hand_count
    yield (
        f"Máy đọc {words.count_in_document(by_machine)} phiếu; "
        f"{words.count_in_document(by_hand)} phiếu máy không đọc được, đếm bằng tay."
    )
    seen = sum(not row.is_sample for row in pile.rows)
    yield f"Hai thành viên xem và kết luận {words.count_in_document(seen)} dòng máy không chắc."
    if pile.sample is not None:
        size = words.count_in_document(pile.sample.size)
        yield (
            f"Mẫu kiểm tra bốc ngẫu nhiên {size} dòng (số bốc thăm {pile.sample.seed}): người xem "
            f"khác máy đọc {words.count_in_document(len(pile.differing))} dòng."
        )
