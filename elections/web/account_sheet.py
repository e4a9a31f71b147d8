"""The account of the papers as it stands on the page, with what its sums say."""

from django.utils.translation import gettext as _

from elections.forms.counts import total_name
from elections.forms.papers import PaperAccountForm
from elections.models import PaperAccount, Poll
from elections.rules import tally
from elections.services.paper_accounts import FIELDS
from elections.web import suspect_words
from elections.web.count_sheet import Sum, said


def form_for(poll: Poll, account: PaperAccount | None, data: object = None) -> PaperAccountForm:
    """What was typed now, else what is written down, else the papers printed."""
    initial: dict[str, object] = {total_name("printed"): poll.printed}
    if account is not None:
        initial = {total_name(name): getattr(account, name) for name in FIELDS}
        initial |= {"remarks": account.remarks, "version": account.version}
    return PaperAccountForm(data or None, initial=initial)


def sums_of(poll: Poll, form: PaperAccountForm) -> tuple[list[Sum], str, frozenset[str]]:
    """The sums in words, the number to look at first, and the fields to mark."""
    numbers = tally.SheetTotals(**typed(form))
    found = tally.errors(
        tally.check_counts(numbers, [], total_delegates=poll.total_delegates, present=poll.present)
    )
    suspects = suspect_words.suspects_in(poll, numbers, [])
    wrong = [Sum(is_met=False, sentence=said(problem)) for problem in found]
    named = [suspect.field for suspect in suspects] or [problem.field for problem in found]
    met = [] if found else holding(numbers)
    fields = frozenset(total_name(name) for name in named)
    return [*wrong, *met], suspect_words.sentence_of(poll, suspects), fields


def typed(form: PaperAccountForm) -> dict[str, int | None]:
    """The numbers typed, or those of the form not yet sent."""
    if form.is_bound:
        form.is_valid()
        return form.typed()
    found: dict[str, int | None] = {}
    for name in FIELDS:
        value = form.initial.get(total_name(name))
        found[name] = value if isinstance(value, int) else None
    return found


def holding(numbers: tally.SheetTotals) -> list[Sum]:
    """The identities that hold, once all five numbers are there."""
    values = {name: getattr(numbers, name) for name in FIELDS}
    if None in values.values():
        return []
    missing = values["issued"] - values["returned"]
    return [
        Sum(
            is_met=True,
            sentence=_(
                "%(issued)d phát ra + %(unused)d chưa dùng + %(spoiled)d hỏng = "
                "%(printed)d phiếu in"
            )
            % values,
        ),
        Sum(
            is_met=True,
            sentence=_("%(returned)d thu về + %(missing)d không thu về = %(issued)d phát ra")
            % {**values, "missing": missing},
        ),
    ]
