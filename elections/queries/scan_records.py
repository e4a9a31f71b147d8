"""The papers that a scanned pile comes to: a function of the sheets and of what people said."""

import hashlib
from pathlib import Path

from django.conf import settings

from council.rules import chain
from council.rules.refusals import Refusal, gettext_noop
from elections.models import Poll, ScanRun
from elections.queries import polls as poll_queries
from elections.queries import scans as queries
from elections.queries.scans import Pile
from elections.rules.papers import Paper


def official_pile(poll: Poll) -> Pile:
    """The pile that counts, read and official.

    Raises:
        Refusal: ``scan.no_run``, ``scan.only_a_test``, ``scan.not_read``.
    """
    run = queries.standing_run(poll)
    if run is None:
        raise Refusal("scan.no_run", gettext_noop("Chưa quét phiếu nào. Bắt đầu quét trước."))
    if run.mode != ScanRun.Mode.OFFICIAL:
        raise Refusal(
            "scan.only_a_test",
            gettext_noop("Đây là lượt chạy thử nên không bao giờ được tính vào kết quả."),
        )
    if run.state != ScanRun.State.READ:
        raise Refusal(
            "scan.not_read", gettext_noop("Máy chưa đọc xong cả xấp phiếu. Chờ rồi thử lại.")
        )
    return queries.pile_of(run)


def check_settled(pile: Pile) -> None:
    """Nothing waits for people any more, and the sample found no error.

    Raises:
        Refusal: ``scan.refused_open``, ``scan.pairs_open``, ``scan.rows_open``,
            ``scan.no_sample``, ``scan.sample_differs``.
    """
    for code, sentence, count in (
        (
            "scan.refused_open",
            gettext_noop("Còn %(open)d ảnh máy không đọc mà chưa ai xử lý."),
            len(pile.open_refused),
        ),
        (
            "scan.pairs_open",
            gettext_noop("Còn %(open)d cặp ảnh giống nhau chưa ai xem."),
            len(pile.open_pairs),
        ),
        (
            "scan.sample_differs",
            gettext_noop(
                "Mẫu kiểm tra có %(open)d dòng người xem khác máy đọc. Không thống nhất được: bỏ "
                "lượt quét này, quét lại cả xấp hoặc đếm bằng tay."
            ),
            len(pile.differing),
        ),
        (
            "scan.rows_open",
            gettext_noop("Còn %(open)d dòng chưa đủ hai người xem hoặc chờ Trưởng ban."),
            len(pile.open_rows),
        ),
    ):
        if count:
            raise Refusal(code, sentence, params={"open": count})
    if pile.sample is None and pile.by_machine:
        raise Refusal(
            "scan.no_sample",
            gettext_noop("Chưa bốc mẫu kiểm tra. Bốc mẫu và xem hết mẫu trước khi thống nhất."),
        )


def papers_of(poll: Poll, *, hand_counted: int) -> list[Paper]:
    """The papers that the machine and people read on the pictures.

    Args:
        hand_counted: papers that were pulled out and counted by hand.

    Raises:
        Refusal: those of `official_pile` and `check_settled`, ``scan.hand_missing``.
    """
    pile = official_pile(poll)
    check_settled(pile)
    if pile.hand_count != hand_counted:
        raise Refusal(
            "scan.hand_missing",
            gettext_noop(
                "Có %(pulled)d phiếu rút ra đếm tay nhưng đã đếm %(counted)d phiếu. Đếm tay cho đủ."
            ),
            params={"pulled": pile.hand_count, "counted": hand_counted},
        )
    standing = {entry.code for entry in poll_queries.standing_entries(poll)}
    found = []
    for sheet in pile.counted:
        marks = pile.marks_of(sheet) or {}
        found.append(Paper({code: mark for code, mark in marks.items() if code in standing}))
    return found


def evidence(poll: Poll) -> list[str]:
    """A digest over everything kept of the run that counts, in no order.

    The printed form, the reader, every picture's digest, what the machine measured and said of each
    row, and every word of people about it.
    """
    pile = official_pile(poll)
    run = pile.run
    sheets = [
        [sheet.key, sheet.status, sheet.treatment, sheet.sides, sheet.marks, sheet.rows]
        for sheet in pile.sheets
    ]
    words = sorted(
        [row.sheet.key, row.task.entry_code, place, answer.person_id, answer.answer]
        for row in pile.all_rows
        for place, answer in row.answers.items()
    )
    pairs = [[pair.first_id, pair.second_id, pair.verdict] for pair in pile.pairs]
    sample = [pile.sample.seed, pile.sample.size] if pile.sample else []
    kept = [run.template, run.reader, run.thresholds, sheets, words, pairs, sample]
    return [hashlib.sha256(chain.canonical(kept).encode()).hexdigest()]


def broken_pictures() -> list[ScanRun]:
    """Official runs of which a picture is gone or changed; for `manage.py verify`."""
    runs = ScanRun.objects.filter(mode=ScanRun.Mode.OFFICIAL, state=ScanRun.State.READ)
    return [run for run in runs.select_related("poll").order_by("pk") if not is_whole(run)]


def is_whole(run: ScanRun) -> bool:
    """Whether every picture of the run is the one that was read."""
    folder = Path(settings.MEDIA_ROOT) / "scans" / str(run.pk)
    for sheet in run.sheets.all():
        for side in sheet.sides:
            path = folder / f"{side['file']}.png"
            if (
                not path.is_file()
                or hashlib.sha256(path.read_bytes()).hexdigest() != side["sha256"]
            ):
                return False
    return True


def is_settled(pile: Pile) -> bool:
    """Whether nothing in the pile hinders the agreement."""
    try:
        check_settled(pile)
    except Refusal:
        return False
    return True
