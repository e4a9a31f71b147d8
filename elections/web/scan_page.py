"""The page of a scanned pile: what the machine does, what waits for people, never a result."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from council.models import Job
from council.web.requests import StaffRequest
from elections import scanning
from elections.forms.polls import ReasonForm
from elections.forms.scans import SampleForm, ScanStartForm, ScanUploadForm
from elections.models import (
    BallotCommitteeMember,
    CountingWay,
    PaperBatch,
    Poll,
    PollFile,
    PollState,
    ScanRun,
    ScanSheet,
    ScanUpload,
)
from elections.queries import counts as count_queries
from elections.queries import polls as poll_queries
from elections.queries import records, scan_records
from elections.queries import scans as queries
from elections.queries.scans import Pile
from elections.rules import papers as paper_rules
from elections.rules import polls as kinds
from elections.rules import sampling
from elections.services import scan_folders, scan_uploads


def context_of(request: StaffRequest, poll: Poll, **more: Any) -> dict[str, Any]:
    """Everything that the page shows."""
    run = queries.standing_run(poll)
    agreed = count_queries.agreed_count(poll)
    seat = count_queries.membership_of(poll, request.user)
    context: dict[str, Any] = {
        "council": request.council,
        "nav_section": "sessions",
        "poll": poll,
        "council_session": poll.council_session,
        "run": run,
        "is_available": scanning.is_available(),
        "has_paper": poll_queries.newest_file(poll, PollFile.Kind.BALLOT) is not None,
        "may_test": poll.state == PollState.LIST_APPROVED,
        "may_count": poll.state == PollState.COUNTING and poll.counting == CountingWay.SCANS,
        "is_head": seat is not None and seat.post == BallotCommitteeMember.Post.HEAD,
        "agreed": agreed,
        "is_own_agreement": agreed is not None and agreed.counter_id == request.user.pk,
        "start_form": ScanStartForm(),
        "upload_form": ScanUploadForm(),
        "void_form": ReasonForm(prefix="void"),
        "disagree_form": ReasonForm(),
        "folder": scan_uploads.folder_of(poll),
    }
    if run is not None and run.state == ScanRun.State.READ:
        context |= settled_part(request, poll, queries.pile_of(run))
    elif run is not None:
        context |= reading_part(run)
    return context | more


def reading_part(run: ScanRun) -> dict[str, Any]:
    """How far the machine is: files and pages, no word of what stands on them."""
    uploads = list(run.uploads.all())
    pages = sum(1 for _page in scan_folders.work_folder(run).glob("*/*.json"))
    names = [f"scan:{upload.key}:{run.version}" for upload in uploads]
    names.append(f"scan-settle:{run.pk}")
    failed = Job.objects.filter(key__in=names, state=Job.State.FAILED).first()
    waiting = [one for one in uploads if one.state == ScanUpload.State.WAITING]
    return {
        "pages": pages,
        "file_count": len(uploads),
        "waiting_files": len(waiting),
        "refused_files": [
            words_of(one) for one in uploads if one.state == ScanUpload.State.REFUSED
        ],
        "failed_job": failed,
        "is_busy": run.state == ScanRun.State.CLOSING
        or (bool(waiting) and run.state == ScanRun.State.TAKING and failed is None),
    }


def words_of(refused: ScanUpload | ScanSheet) -> str:
    """Why it was not read, in the reader's language; files and pages have no names here."""
    sentence = _(refused.why) if refused.why else ""
    if "%(" not in sentence:
        return sentence
    return sentence % {"name": pgettext("tệp, ảnh", "này"), **refused.why_values}


def settled_part(request: StaffRequest, poll: Poll, pile: Pile) -> dict[str, Any]:
    """What people have to do; how many papers there are, never what stands on them."""
    account = records.account_of(poll)
    hand_counted = sum(
        PaperBatch.objects.filter(
            poll=poll, source=PaperBatch.Source.REFUSED, state=PaperBatch.State.SETTLED
        ).values_list("size", flat=True)
    )
    together = len(pile.counted) + pile.hand_count
    return {
        "pile": pile,
        "options": [(code, _(label)) for code, label in kinds.labels_of(poll.kind)],
        "own_rows": pile.waiting_for(request.user.pk),
        "reasons": [(code, words_of(same[0]), same) for code, same in pile.refused_by_reason()],
        "account": account,
        "hand_counted": hand_counted,
        "hand_missing": pile.hand_count - hand_counted,
        "hand_url": reverse("elections:batch-list", args=[request.council.slug, poll.pk])
        + f"?nguon={PaperBatch.Source.REFUSED}",
        "together": together,
        "is_complete": account is not None and account.returned == together,
        "sample_form": SampleForm(
            initial={"size": queries.smallest_sample(poll, len(pile.by_machine))}
        ),
        "risk": risk_of(pile),
        "is_ready": account is not None
        and account.returned == together
        and pile.hand_count == hand_counted
        and scan_records.is_settled(pile),
        "test_papers": sum(pile.marks_of(sheet) is not None for sheet in pile.counted),
        "test_lines": test_lines(poll, pile) if pile.run.mode == ScanRun.Mode.TEST else None,
    }


def risk_of(pile: Pile) -> dict[str, object] | None:
    """What the sample proves if nothing differs."""
    if pile.sample is None or not pile.counted:
        return None
    rows = [row for row in pile.rows if row.is_sample]
    if not rows:
        return None
    return {
        "rows": len(rows),
        "all": len(pile.by_machine),
        "most_wrong": sampling.most_wrong(len(pile.by_machine), len(rows)),
        "open": sum(row.settled is None for row in rows),
        "differing": len(pile.differing),
    }


def test_lines(poll: Poll, pile: Pile) -> list[tuple[str, list[int]]]:
    """What a test comes to, for comparison with the papers that were filled in; before any voting.

    A test stands only while the poll is not yet open, so there is no vote that it could betray.
    """
    if poll.state != PollState.LIST_APPROVED:
        return []
    names = {one.code: str(one.person) for one in poll_queries.standing_entries(poll)}
    options = kinds.options_of(poll.kind)
    decided = [marks for sheet in pile.counted if (marks := pile.marks_of(sheet))]
    heap = [
        paper_rules.Paper({code: mark for code, mark in marks.items() if code in names})
        for marks in decided
    ]
    counted = paper_rules.count(heap, list(names), options)
    return [
        (name, [counted.lines[code, option] for option in options]) for code, name in names.items()
    ]
