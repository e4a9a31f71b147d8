"""The agenda: its tree edited by buttons, keys or dragging; adopted and changed by decision."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.web.gates import gate
from council.web.refusals import shown_on, told_in_message
from council.web.requests import StaffRequest
from sessions.forms.agenda import AdoptForm, ChangeForm, DecideForm, ItemAddForm, ItemForm, MoveForm
from sessions.models import AgendaItem, Matter
from sessions.queries import agenda as queries
from sessions.queries import sessions as session_queries
from sessions.queries import sheets
from sessions.services import agenda, agenda_votes
from sessions.typesetting import agenda as printed
from sessions.views.notices import pdf_response
from sessions.web import agenda_page

ITEM = ("title", "kind", "presenter", "minutes", "sitting", "staff_note", "version")


@require_http_methods(["GET"])
@gate("staff.read")
def agenda_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """The whole tree with its buttons, the load of each sitting, the decisions."""
    council_session = get_object_or_404(session_queries.for_staff(request.council), pk=pk)
    context = agenda_page.context(request, council_session)
    return render(request, "sessions/agenda_edit.html", context)


@require_http_methods(["GET"])
@gate("staff.read")
def agenda_print(request: StaffRequest, pk: int) -> HttpResponse:
    """The agenda on paper."""
    council_session = get_object_or_404(session_queries.for_staff(request.council), pk=pk)
    content = printed.typeset(sheets.agenda_sheet(council_session), created=timezone.now())
    return pdf_response(content, f"chuong-trinh-{council_session.number}.pdf")


@require_http_methods(["GET", "POST"])
@gate("agenda.edit")
def agenda_item_add(request: StaffRequest, pk: int) -> HttpResponse:
    """Add an item at a place."""
    council_session = get_object_or_404(session_queries.for_staff(request.council), pk=pk)
    rows = queries.in_tree_order(council_session.items.all())
    initial = {"parent": request.GET.get("parent", "")}
    form = ItemAddForm(
        request.POST or None, council_session=council_session, rows=rows, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            item = agenda.add_item(council_session, by=request.user, **form.values())
            messages.success(request, _("Đã thêm “%(title)s”.") % {"title": item.title})
            return redirect("sessions:agenda-edit", request.council.slug, pk)
    context = agenda_page.item_context(request, council_session, form)
    return render(request, "sessions/agenda_item.html", context)


@require_http_methods(["GET", "POST"])
@gate("agenda.edit")
def agenda_item_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct an item; a stale form shows both versions."""
    item = get_object_or_404(queries.items_of(request.council), pk=pk)
    held = item.council_session
    initial = {name: getattr(item, name) for name in ITEM}
    form = ItemForm(request.POST or None, council_session=held, initial=initial)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            version = form.cleaned_data["version"]
            agenda.edit_item(item, version=version, by=request.user, **form.values())
            messages.success(request, _("Đã lưu."))
            return redirect("sessions:agenda-edit", request.council.slug, held.pk)
    context = agenda_page.item_context(request, held, form, item=item)
    return render(request, "sessions/agenda_item.html", context)


@require_http_methods(["POST"])
@gate("agenda.edit")
def agenda_item_move(request: StaffRequest, pk: int) -> HttpResponse:
    """Move an item by a step (buttons, keys) or to a position (dragging)."""
    item = get_object_or_404(queries.items_of(request.council), pk=pk)
    form = MoveForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Không rõ chuyển đến đâu. Thử lại bằng các nút mũi tên."))
        return back(request, item)
    wanted = form.cleaned_data
    with told_in_message(request):
        if wanted["direction"]:
            agenda.step_item(item, direction=wanted["direction"], by=request.user)
        else:
            agenda.move_item(
                item, parent=parent_of(item, wanted["parent"]), position=wanted["position"],
                by=request.user,
            )  # fmt: skip
    return back(request, item)


def parent_of(item: AgendaItem, parent_pk: int | None) -> AgendaItem | None:
    """The item under which another is to go; 404 for one of another session."""
    if parent_pk is None:
        return None
    return get_object_or_404(AgendaItem, pk=parent_pk, council_session=item.council_session_id)


def back(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    """To the tree, at the row that moved."""
    response = redirect("sessions:agenda-edit", request.council.slug, item.council_session_id)
    response["Location"] += f"#item-{item.pk}"
    return response


@require_http_methods(["POST"])
@gate("agenda.edit")
def agenda_item_drop(request: StaffRequest, pk: int) -> HttpResponse:
    """Take an item off the agenda."""
    item = get_object_or_404(queries.items_of(request.council), pk=pk)
    title, session_pk = item.title, item.council_session_id
    with told_in_message(request) as told:
        agenda.drop_item(item, by=request.user)
    if told.done:
        messages.success(request, _("Đã bỏ “%(title)s”.") % {"title": title})
    return redirect("sessions:agenda-edit", request.council.slug, session_pk)


@require_http_methods(["POST"])
@gate("agenda.run")
def agenda_item_start(request: StaffRequest, pk: int) -> HttpResponse:
    """The hall comes to this item."""
    return run(request, pk, agenda.start_item, _("Đang diễn ra: %(title)s."))


@require_http_methods(["POST"])
@gate("agenda.run")
def agenda_item_finish(request: StaffRequest, pk: int) -> HttpResponse:
    """The item is dealt with."""
    return run(request, pk, agenda.finish_item, _("Đã xong: %(title)s."))


def run(request: StaffRequest, pk: int, verb: Callable[..., AgendaItem], done: str) -> HttpResponse:
    """Do the verb of a button, say how it went, and go back to the tree."""
    item = get_object_or_404(queries.items_of(request.council), pk=pk)
    with told_in_message(request) as told:
        verb(item, by=request.user)
    if told.done:
        messages.success(request, done % {"title": item.title})
    return back(request, item)


@require_http_methods(["POST"])
@gate("agenda.run")
def agenda_decide(request: StaffRequest, pk: int) -> HttpResponse:
    """Record the council's vote on its agenda and what follows from it, in one step."""
    council_session = get_object_or_404(session_queries.for_staff(request.council), pk=pk)
    form = DecideForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            vote = agenda_votes.decide(
                council_session, what=form.cleaned_data["what"], by=request.user, **form.counts()
            )
            say_decided(request, passed=vote.passed is True)
            return redirect("sessions:agenda-edit", request.council.slug, pk)
    context = agenda_page.context(request, council_session, decide_form=form)
    return render(request, "sessions/agenda_edit.html", context)


def say_decided(request: StaffRequest, *, passed: bool) -> None:
    """Whether the council said yes."""
    if passed:
        messages.success(request, _("Đã ghi biểu quyết và quyết định về chương trình."))
    else:
        messages.warning(request, _("Đã ghi biểu quyết: không được thông qua."))


@require_http_methods(["POST"])
@gate("agenda.run")
def agenda_adopt(request: StaffRequest, pk: int) -> HttpResponse:
    """The agenda is adopted by a vote that was recorded before."""
    council_session = get_object_or_404(session_queries.for_staff(request.council), pk=pk)
    form = AdoptForm(request.POST, votes=queries.votes_at_hand(council_session, Matter.AGENDA))
    if form.is_valid():
        with shown_on(form):
            agenda.adopt(council_session, by=request.user, **form.values())
            messages.success(request, _("Chương trình đã được Hội đồng thông qua."))
            return redirect("sessions:agenda-edit", request.council.slug, pk)
    context = agenda_page.context(request, council_session, choice_form=form)
    return render(request, "sessions/agenda_edit.html", context)


@require_http_methods(["POST"])
@gate("agenda.run")
def agenda_change(request: StaffRequest, pk: int) -> HttpResponse:
    """A change of the agenda is decided by a vote that was recorded before."""
    council_session = get_object_or_404(session_queries.for_staff(request.council), pk=pk)
    votes = queries.votes_at_hand(council_session, Matter.AGENDA_CHANGE)
    form = ChangeForm(request.POST, votes=votes)
    if form.is_valid():
        with shown_on(form):
            agenda.decide_change(council_session, by=request.user, **form.values())
            messages.success(request, _("Đã ghi quyết định. Giờ sửa chương trình theo đó."))
            return redirect("sessions:agenda-edit", request.council.slug, pk)
    context = agenda_page.context(request, council_session, choice_form=form)
    return render(request, "sessions/agenda_edit.html", context)
