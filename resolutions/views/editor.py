"""Writing by structure: one page of plain fields, kept as it is typed, saved when it is told to."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.rules.refusals import Refusal
from council.services.versions import StaleEdit
from council.web.gates import gate
from council.web.refusals import add_validation_error, sentence_of, told_in_message
from council.web.requests import StaffRequest
from resolutions.forms import edit
from resolutions.models import Resolution
from resolutions.queries import copies
from resolutions.rules import differences, document, merging
from resolutions.rules.actions import Done
from resolutions.services import working_copies
from resolutions.views.resolutions import found
from resolutions.web import editor, sync
from resolutions.web.editor import Sent


@require_http_methods(["GET", "POST"])
@gate("resolution.edit")
def resolution_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """The editor; every button keeps what was typed first, and only "save" touches the text."""
    resolution = found(request, pk)
    if request.method == "GET":
        screen = editor.opened(resolution, request.user, request.GET)
        if screen.copy and "tiep-tuc" not in request.GET:
            return _offer(request, resolution, screen)
        return _page(request, screen)
    try:
        sent = editor.received(resolution, request.user, request.POST)
    except Refusal as refusal:
        messages.error(request, sentence_of(refusal))
        return redirect(request.get_full_path())
    if request.POST.get("action", "save") == "save":
        return _save(request, sent)
    return _press(request, sent)


def _page(request: StaffRequest, screen: editor.Screen, **given: object) -> HttpResponse:
    context = editor.context(request, screen, **given)  # type: ignore[arg-type]
    return render(request, "resolutions/resolution_edit.html", context)


def _offer(request: StaffRequest, resolution: Resolution, screen: editor.Screen) -> HttpResponse:
    """What the person typed and did not save, to go on with or to throw away."""
    saved = copies.saved_content(resolution)
    context = {
        "council": request.council, "nav_section": "resolutions", "resolution": resolution,
        "copy": screen.copy, "is_stale": screen.version != resolution.version,
        "difference": differences.between(saved, screen.content),
    }  # fmt: skip
    return render(request, "resolutions/resolution_edit_offer.html", context)


def _press(request: StaffRequest, sent: Sent) -> HttpResponse:
    """A button that arranges the text: keep it, do it, come back to the same place."""
    screen = sent.screen
    try:
        done = editor.acted(sent, request.POST)
    except Refusal as refusal:
        messages.error(request, sentence_of(refusal))
        done = Done(screen.content, screen.at)
    try:
        editor.kept(sent, done.content, by=request.user)
    except Refusal as refusal:
        return _refused(request, sent, refusal)
    action = request.POST.get("action", "")
    if action == "paste":
        return redirect(editor.paste_address(request, screen))
    scope = editor.next_scope(action, screen, done)
    anchor = "can-cu" if action.startswith(("basis", "cite")) else ""
    return redirect(editor.address(request, screen, scope=scope, at=done.at, anchor=anchor))


def _save(request: StaffRequest, sent: Sent) -> HttpResponse:
    """Keep what was typed, check it, save it; whatever is wrong, the copy has it all."""
    screen, resolution = sent.screen, sent.screen.resolution
    form = edit.EditorForm(edit.values_of(screen.content), resolution=resolution)
    try:
        screen.revision = editor.kept(sent, screen.content, by=request.user)
        if not form.is_valid():
            return _page(request, screen, form=form)
        if screen.revision:
            working_copies.save(resolution, by=request.user)
            messages.success(request, _("Đã lưu."))
    except StaleEdit:
        return redirect("resolutions:resolution-merge", request.council.slug, resolution.pk)
    except Refusal as refusal:
        return _refused(request, sent, refusal)
    except ValidationError as error:
        add_validation_error(form, error)
        return _page(request, screen, form=form)
    return redirect("resolutions:resolution-detail", request.council.slug, resolution.pk)


def _refused(request: StaffRequest, sent: Sent, refusal: Refusal) -> HttpResponse:
    """The page as it was typed, with the sentence; beside the node where it is about one."""
    screen = sent.screen
    form = edit.EditorForm(edit.values_of(screen.content), resolution=screen.resolution)
    form.add_error(refusal.field if refusal.field in form.fields else None, sentence_of(refusal))
    now = copies.copy_of(screen.resolution, request.user)
    screen.revision = now.revision if now else 0
    if screen.scope != editor.WHOLE and document.find(screen.content.body, refusal.field):
        screen.scope = editor.part_of(screen.content.body, refusal.field)
    return _page(request, screen, form=form, wrong=refusal.field)


@require_http_methods(["POST"])
@gate("resolution.edit")
def resolution_autosave(request: StaffRequest, pk: int) -> HttpResponse:
    """Keep what is being typed; the answer brings the numbers that follow from it."""
    resolution = found(request, pk)
    refused = ""
    try:
        sent = editor.received(resolution, request.user, request.POST, is_autosave=True)
    except Refusal as refusal:
        return HttpResponse(sentence_of(refusal), status=422, content_type="text/plain")
    try:
        sent.screen.revision = editor.kept(sent, sent.screen.content, by=request.user)
    except Refusal as refusal:
        refused = sentence_of(refusal)
    context = sync.synced(sent, refused=refused)
    return render(request, "resolutions/resolution_autosave.html", context)


@require_http_methods(["POST"])
@gate("resolution.edit")
def resolution_copy_drop(request: StaffRequest, pk: int) -> HttpResponse:
    """Throw away what was typed and not saved."""
    resolution = found(request, pk)
    with told_in_message(request) as told:
        working_copies.drop(resolution, by=request.user)
    if told.done:
        messages.success(request, _("Đã bỏ bản gõ dở. Văn bản đã lưu giữ nguyên."))
    return redirect("resolutions:resolution-edit", request.council.slug, resolution.pk)


@require_http_methods(["GET", "POST"])
@gate("resolution.edit")
def resolution_merge(request: StaffRequest, pk: int) -> HttpResponse:
    """Somebody saved first: both texts put together, and what both changed to choose from."""
    resolution = found(request, pk)
    choices = merging.names_of(
        {name.removeprefix("choice-"): side for name, side in request.POST.items()}
    )
    if request.method == "POST":
        with told_in_message(request) as told:
            left = working_copies.merge(
                resolution, choices=choices, by=request.user,
                version=editor.number(request.POST.get("version")),
            )  # fmt: skip
        if told.done and left is None:
            messages.success(request, _("Đã gộp hai bản và lưu."))
            return redirect("resolutions:resolution-detail", request.council.slug, resolution.pk)
        resolution = found(request, pk)
    context = sync.merge_context(request, resolution, choices)
    if context is None:
        return redirect("resolutions:resolution-edit", request.council.slug, resolution.pk)
    return render(request, "resolutions/resolution_merge.html", context)
