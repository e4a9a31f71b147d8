"""Print runs: each is kept, `Poll.printed` is the sum of those that stand."""

from django.db import transaction
from django.db.models import Max, Sum
from django.utils import timezone

from council.models import User
from council.rules import text
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit
from elections.models import Poll, PrintRun
from elections.services import files, locks
from elections.services.states import next_state, store

LIST_CHANGED = "Danh sách trên phiếu thay đổi sau khi in."


def add_run(poll: Poll, number: int, *, by: User, replaces: PrintRun | None = None) -> PrintRun:
    """Another run on a locked poll; the stock and the PDF follow."""
    last = PrintRun.objects.filter(poll=poll).aggregate(last=Max("ordinal"))["last"] or 0
    run = PrintRun(
        poll=poll, ordinal=last + 1, number=number, printed_by=by, printed_at=timezone.now(),
        replaces=replaces,
    )  # fmt: skip
    run.full_clean()
    run.save()
    poll.printed = standing_sum(poll)
    store(
        poll,
        poll.state,
        ["printed"],
        verb="poll.print_ballots",
        by=by,
        after={"run": run.ordinal, "number": number, "printed": poll.printed},
    )
    files.request_ballot(poll, by=by)
    return run


def reprint(run: PrintRun, *, reason: str, by: User) -> PrintRun:
    """Print a lost or spoiled run anew: the old one is no stock any more, and both are kept.

    Raises:
        Refusal: ``access.denied``, ``poll.wrong_state``, ``print_run.no_reason``,
            ``print_run.void_already``.
    """
    council = run.poll.council_session.term.council
    access.authorise(by, "poll.edit", council)
    why = text.nfc(reason).strip()
    if not why:
        raise Refusal(
            "print_run.no_reason",
            gettext_noop("Ghi lý do in lại: lần in trước mất, hỏng hay in sai thế nào."),
            field="reason",
        )
    with transaction.atomic():
        poll = locks.poll(run.poll_id)
        next_state(poll, "print_ballots")
        run = PrintRun.objects.select_for_update().get(pk=run.pk)
        if run.void_at is not None:
            raise Refusal(
                "print_run.void_already",
                gettext_noop("Lần in %(ordinal)d đã bỏ, không in lại lần nữa."),
                params={"ordinal": run.ordinal},
            )
        run.void_at, run.void_reason = timezone.now(), why
        run.full_clean()
        run.save(update_fields=["void_at", "void_reason"])
        audit.record(
            "print_run.void", run, by=by, council=council,
            after={"poll": poll.pk, "run": run.ordinal, "reason": why},
        )  # fmt: skip
        return add_run(poll, run.number, by=by, replaces=run)


def void_all(poll: Poll) -> None:
    """No paper printed so far counts: the list on them changed. For verbs that audit themselves."""
    standing = PrintRun.objects.filter(poll=poll, void_at=None)
    standing.update(void_at=timezone.now(), void_reason=LIST_CHANGED)


def standing_sum(poll: Poll) -> int:
    """All papers of the runs that stand."""
    standing = PrintRun.objects.filter(poll=poll, void_at=None)
    return standing.aggregate(sum=Sum("number"))["sum"] or 0
