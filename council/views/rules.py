"""The rulebook as pages: every rule with its source, and the changes that two people decide on."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.forms.rules import RuleApproveForm, RuleEndingForm, RuleRejectForm, RuleVersionForm
from council.models import RuleVersion
from council.rules import amendments
from council.rules.law import RULEBOOK, Ending, Provision
from council.services import access, rulebook
from council.web import rule_pages
from council.web.gates import administrator, signed_in
from council.web.paging import page_of
from council.web.refusals import shown_on
from council.web.requests import StaffRequest

PER_PAGE = 25


@require_http_methods(["GET"])
@signed_in
def rule_list(request: StaffRequest) -> HttpResponse:
    """Every rule with its source and mark, narrowed by subject, level, day and mark."""
    rulebook.refresh()
    asked = rule_pages.Asked.of(request.GET.dict())
    found = [rule_pages.Shown(rule) for rule in asked.narrow(RULEBOOK.all())]
    context = {
        "page": page_of(request, found, per_page=PER_PAGE),
        "asked": asked,
        "words": request.GET.get("tu", ""),
        "groups": rule_pages.group_choices(),
        "levels": [(level.value, words) for level, words in rule_pages.LEVELS.items()],
        "marks": RuleVersion.MARKS,
        "total": len(RULEBOOK.all()),
        "waiting": RuleVersion.objects.waiting().count(),
    }
    return render(request, "council/rule_list.html", context)


@require_http_methods(["GET"])
@signed_in
def rule_detail(request: StaffRequest, rule_id: str) -> HttpResponse:
    """One rule whole, what was law before and after it, and what is proposed."""
    rule = rule_or_404(rule_id)
    parts = [part for part in RULEBOOK.all() if part.id == rule.id]
    history = sorted(
        (row for row in RULEBOOK.all() if row.subject == rule.subject),
        key=lambda row: (row.effective_from, row.id),
    )
    context = {
        "shown": rule_pages.Shown(rule),
        "parts": [rule_pages.Shown(part) for part in parts],
        "history": [rule_pages.Shown(row) for row in history],
        "waiting": RuleVersion.objects.waiting().filter(subject=rule.subject).first(),
        "approved": RuleVersion.objects.approved()
        .filter(rule_id=rule.id, kind=RuleVersion.Kind.VERSION)
        .select_related("proposed_by", "decided_by")
        .first(),
        "may_propose": access.administers(request.user),
    }
    return render(request, "council/rule_detail.html", context)


@require_http_methods(["GET", "POST"])
@administrator
def rule_propose(request: StaffRequest, rule_id: str) -> HttpResponse:
    """Propose a version of a rule; the form begins with the rule as it stands."""
    like = rule_or_404(rule_id)
    form = RuleVersionForm(request.POST or None, like=like, book=RULEBOOK.book)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            version = rulebook.propose(form.row(), like=like, by=request.user)
            messages.success(request, _("Đã gửi đề xuất. Một quản trị viên khác phải duyệt."))
            return redirect("council:rule-proposal", version.pk)
    context = {"form": form, "shown": rule_pages.Shown(like), "is_ending": False}
    return render(request, "council/rule_propose.html", context)


@require_http_methods(["GET", "POST"])
@administrator
def rule_propose_ending(request: StaffRequest, rule_id: str) -> HttpResponse:
    """Propose that a rule ends without another in its place."""
    like = rule_or_404(rule_id)
    form = RuleEndingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            ending = Ending(like.id, form.cleaned_data["effective_to"])
            version = rulebook.propose_ending(
                ending, source=form.cleaned_data["source"], by=request.user
            )
            messages.success(request, _("Đã gửi đề xuất. Một quản trị viên khác phải duyệt."))
            return redirect("council:rule-proposal", version.pk)
    context = {"form": form, "shown": rule_pages.Shown(like), "is_ending": True}
    return render(request, "council/rule_propose.html", context)


@require_http_methods(["GET"])
@signed_in
def rule_proposals(request: StaffRequest) -> HttpResponse:
    """Changes of the rulebook, those that wait first."""
    rows = RuleVersion.objects.select_related("proposed_by", "decided_by")
    decided = rows.exclude(state=RuleVersion.State.PROPOSED).order_by("-decided_at", "-pk")
    context = {
        "waiting": rows.waiting().order_by("proposed_at", "pk"),
        "page": page_of(request, decided),
    }
    return render(request, "council/rule_proposals.html", context)


@require_http_methods(["GET"])
@signed_in
def rule_proposal(request: StaffRequest, pk: int) -> HttpResponse:
    """One proposal: what it changes, who proposed it, what to do next."""
    rulebook.refresh()
    return proposal_page(
        request, proposal_or_404(pk), RuleApproveForm(initial=seen_now()), RuleRejectForm()
    )


@require_http_methods(["POST"])
@administrator
def rule_approve(request: StaffRequest, pk: int) -> HttpResponse:
    """Make the proposal law."""
    version, form = proposal_or_404(pk), RuleApproveForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            rulebook.approve(version, seen=form.cleaned_data["seen"], by=request.user)
            messages.success(request, _("Đã duyệt. Từ bây giờ mọi việc mới theo quy định này."))
            return redirect("council:rule-proposal", version.pk)
    form.data = {**form.data.dict(), **seen_now()}  # type: ignore[attr-defined]
    return proposal_page(request, proposal_or_404(pk), form, RuleRejectForm())


@require_http_methods(["POST"])
@administrator
def rule_reject(request: StaffRequest, pk: int) -> HttpResponse:
    """Send the proposal back with a reason."""
    version, form = proposal_or_404(pk), RuleRejectForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            rulebook.reject(version, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, _("Đã trả lại đề xuất."))
            return redirect("council:rule-proposal", version.pk)
    return proposal_page(request, proposal_or_404(pk), RuleApproveForm(initial=seen_now()), form)


def proposal_page(
    request: StaffRequest,
    version: RuleVersion,
    approve_form: RuleApproveForm,
    reject_form: RuleRejectForm,
) -> HttpResponse:
    """The proposal beside the rule that it changes; the forms only while it waits."""
    change = version.change
    is_waiting = version.state == RuleVersion.State.PROPOSED
    gives_way = amendments.gives_way(RULEBOOK.book, change) if is_waiting else ()
    context = {
        "version": version,
        "proposed": rule_pages.Shown(change) if isinstance(change, Provision) else None,
        "before": rule_pages.Shown(RULEBOOK.by_id(version.like_id)),
        "gives_way": [(rule_pages.Shown(row.rule), row.last_day) for row in gives_way],
        "approve_form": approve_form,
        "reject_form": reject_form,
        "is_waiting": is_waiting,
        "is_mine": version.proposed_by_id == request.user.pk,
        "may_decide": access.administers(request.user),
    }
    return render(request, "council/rule_proposal.html", context)


def seen_now() -> dict[str, str]:
    """The rulebook against which a proposal is read now, for the form's hidden field."""
    return {"seen": rulebook.edition_mark()}


def rule_or_404(rule_id: str) -> Provision:
    """The rule as it stands now."""
    rulebook.refresh()
    try:
        return RULEBOOK.by_id(rule_id)
    except KeyError as error:
        raise Http404 from error


def proposal_or_404(pk: int) -> RuleVersion:
    """The proposal with the names of those who acted."""
    rows = RuleVersion.objects.select_related("proposed_by", "decided_by")
    return get_object_or_404(rows, pk=pk)
