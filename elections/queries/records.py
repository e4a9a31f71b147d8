"""The agreed figures of a poll as a pure function of the records kept, for each way of counting.

The same records give the same figures on any machine; `manage.py verify` computes them again.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from council.rules import chain
from council.rules.refusals import Refusal, gettext_noop
from elections.models import Count, CountingWay, PaperAccount, PaperBatch, Poll
from elections.queries import counts, figures, scan_records
from elections.queries import polls as poll_queries
from elections.rules import papers as rules
from elections.rules import polls as kinds
from elections.rules.papers import Paper


@dataclass(frozen=True, slots=True)
class AgreedFigures:
    """What the records come to.

    Attributes:
        totals: by name, as `Count` stores them.
        lines: (entry code, option) → votes.
        remarks: what the counters noted, for the minutes.
        digest: SHA-256 over the records themselves.
    """

    totals: Mapping[str, int | None]
    lines: Mapping[tuple[str, str], int | None]
    remarks: str
    digest: str


def agreed_figures(poll: Poll) -> AgreedFigures:
    """What the poll's records come to, by its way of counting.

    Raises:
        Refusal: ``count.not_both_submitted``, ``count.differences_open``, ``count.no_account``,
            ``count.batches_open``, ``count.papers_missing``, and those of
            `elections.queries.scan_records.papers_of`.
    """
    way = CountingWay(poll.counting)
    match way:
        case CountingWay.TOTALS:
            return from_typed_totals(poll)
        case CountingWay.BALLOTS:
            return from_papers(poll, heap_of(poll))
        case CountingWay.SCANS:
            heap = heap_of(poll)
            return from_papers(poll, heap, evidence=scan_records.evidence(poll))
        case _:
            assert_never(way)


def heap_of(poll: Poll) -> list[Paper]:
    """All papers of the poll, where its way of counting keeps them one by one.

    Raises:
        Refusal: ``count.batches_open``, and those of
            `elections.queries.scan_records.papers_of`.
    """
    way = CountingWay(poll.counting)
    match way:
        case CountingWay.TOTALS:
            return []
        case CountingWay.BALLOTS:
            return settled_papers(poll, PaperBatch.Source.BOX)
        case CountingWay.SCANS:
            pulled = settled_papers(poll, PaperBatch.Source.REFUSED)
            return [*scan_records.papers_of(poll, hand_counted=len(pulled)), *pulled]
        case _:
            assert_never(way)


def from_typed_totals(poll: Poll) -> AgreedFigures:
    """Two typed counts and the recounts of what differed.

    Raises:
        Refusal: ``count.not_both_submitted``, ``count.differences_open``.
    """
    comparison = figures.comparison(poll)
    if comparison is None:
        raise Refusal(
            "count.not_both_submitted",
            gettext_noop("Chưa đối chiếu được: cả hai lần đếm phải nộp xong."),
        )
    if comparison.open_cells:
        raise Refusal(
            "count.differences_open",
            gettext_noop(
                "Còn %(open)d ô hai lần đếm khác nhau. Đếm lại từng ô trước khi thống nhất."
            ),
            params={"open": len(comparison.open_cells)},
        )
    records = [[cell.cell, cell.first, cell.second, cell.recounted] for cell in comparison.cells]
    return AgreedFigures(
        totals=comparison.agreed_totals,
        lines=comparison.agreed_lines,
        remarks=comparison.remarks,
        digest=digest_of(CountingWay.TOTALS, records),
    )


def from_papers(
    poll: Poll, heap: Iterable[Paper], *, evidence: Sequence[str] = ()
) -> AgreedFigures:
    """The account of the papers and the papers themselves; `evidence` goes into the digest.

    Raises:
        Refusal: ``count.no_account``, ``count.papers_missing``.
    """
    papers = list(heap)
    account = account_of(poll)
    if account is None:
        raise Refusal(
            "count.no_account",
            gettext_noop("Chưa ghi số phiếu in, phát ra, thu về. Ghi trước khi thống nhất."),
        )
    if len(papers) != account.returned:
        raise Refusal(
            "count.papers_missing",
            gettext_noop(
                "Thu về %(returned)d phiếu nhưng đã đọc %(papers)d phiếu. Kiểm lại số phiếu thu "
                "về hoặc tìm phiếu chưa đọc, đọc hai lần."
            ),
            params={"returned": account.returned, "papers": len(papers)},
        )
    codes = [entry.code for entry in poll_queries.standing_entries(poll)]
    counted = rules.count(papers, codes, kinds.options_of(poll.kind))
    totals = {
        "printed": account.printed,
        "issued": account.issued,
        "unused": account.unused,
        "spoiled": account.spoiled,
        "returned": account.returned,
        "not_returned": account.issued - account.returned,
        "valid": counted.valid,
        "invalid": counted.invalid,
    }
    records = [totals, rules.digest(papers), *evidence]
    return AgreedFigures(
        totals=totals,
        lines=dict(counted.lines),
        remarks=account.remarks,
        digest=digest_of(CountingWay(poll.counting), records),
    )


def settled_papers(poll: Poll, source: str) -> list[Paper]:
    """All papers of the settled batches from one source.

    Raises:
        Refusal: ``count.batches_open`` while a batch is still being read.
    """
    batches = PaperBatch.objects.filter(poll=poll, source=source)
    still_read = batches.filter(state=PaperBatch.State.READING).count()
    if still_read:
        raise Refusal(
            "count.batches_open",
            gettext_noop("Còn %(open)d tập phiếu chưa đọc xong hoặc chưa khớp."),
            params={"open": still_read},
        )
    settled = batches.filter(state=PaperBatch.State.SETTLED).order_by("number")
    heaps = settled.values_list("papers", flat=True)
    return [paper_of(stored) for heap in heaps for stored in heap or ()]


def account_of(poll: Poll) -> PaperAccount | None:
    """The account of the poll's papers, where it is kept apart from the counts."""
    return PaperAccount.objects.filter(poll=poll).first()


def paper_of(stored: Mapping[str, object]) -> Paper:
    """A stored paper as the rules read it."""
    marks = stored["marks"]
    return Paper(dict(marks) if isinstance(marks, dict) else {}, bool(stored["valid"]))


def stored_of(paper: Paper) -> dict[str, object]:
    """A paper as it is stored."""
    return {"valid": paper.is_valid, "marks": dict(paper.marks)}


def digest_of(way: CountingWay, records: object) -> str:
    """SHA-256 over the records and the way in which they were made."""
    return hashlib.sha256(chain.canonical([way.value, records]).encode()).hexdigest()


def broken_counts() -> list[Count]:
    """Agreed counts that no longer follow from their records; for `manage.py verify`."""
    stored = Count.objects.filter(kind=Count.Kind.AGREED).select_related("poll").order_by("pk")
    return [count for count in stored.iterator(chunk_size=200) if not follows(count)]


def follows(count: Count) -> bool:
    """Whether an agreed count is what its poll's records come to."""
    try:
        agreed = agreed_figures(count.poll)
    except Refusal:
        return False
    return (
        agreed.digest == count.records_digest
        and dict(agreed.totals) == figures.totals_of(count)
        and dict(agreed.lines) == counts.figures_of(count)
    )
