"""From Word into the tree: read, shown first, then inserted."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.rules.refusals import Refusal
from council.web.gates import gate
from council.web.refusals import sentence_of, shown_on
from council.web.requests import StaffRequest
from resolutions.forms.pasting import PasteForm
from resolutions.rules import blocks, pasting, serial
from resolutions.rules.actions import Done
from resolutions.rules.pasting import Pasted
from resolutions.services import word_files
from resolutions.views.resolutions import found
from resolutions.web import editor, pasted_words


@require_http_methods(["GET", "POST"])
@gate("resolution.edit")
def resolution_paste(request: StaffRequest, pk: int) -> HttpResponse:
    """Read what is pasted or uploaded and show what it becomes; insert it when told to."""
    resolution = found(request, pk)
    screen = editor.opened(resolution, request.user, request.GET)
    if request.method == "POST" and "nodes" in request.POST:
        return _insert(request, screen)
    form = PasteForm(request.POST or None, request.FILES or None)
    pasted: Pasted | None = None
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            pasted = pasting.read(_source(form))
            if not pasted.nodes:
                form.add_error(None, _("Không tìm thấy nội dung nào trong phần đã dán."))
    context = _context(request, screen, form, pasted)
    return render(request, "resolutions/resolution_paste.html", context)


def _source(form: PasteForm) -> pasting.Source:
    values = form.cleaned_data
    if values["file"]:
        return word_files.source_of(values["file"])
    source = pasting.from_html(values["html"]) if values["html"] else pasting.Source(())
    return source if source.lines else pasting.from_plain(values["plain"])


def _context(
    request: StaffRequest, screen: editor.Screen, form: PasteForm, pasted: Pasted | None
) -> dict[str, object]:
    context: dict[str, object] = {
        "council": request.council, "nav_section": "resolutions", "form": form,
        "resolution": screen.resolution, "screen": screen,
    }  # fmt: skip
    if pasted is None or not pasted.nodes:
        return context
    body = pasting.body_of(pasted, next_key=1)
    return context | {
        "pasted": pasted, "blocks": blocks.blocks_of(body), "nodes": serial.dumps(body),
    }  # fmt: skip


def _insert(request: StaffRequest, screen: editor.Screen) -> HttpResponse:
    """Put what was shown behind the chosen node, or in the place of the whole text."""
    try:
        done = pasted_words.inserted(screen, request.POST)
        editor.keep_opened(screen, done.content, by=request.user)
        messages.success(request, _("Đã chèn vào bản đang soạn. Xem lại rồi bấm Lưu."))
    except Refusal as refusal:
        messages.error(request, sentence_of(refusal))
        done = Done(screen.content, screen.at)
    scope = editor.next_scope("", screen, done)
    return redirect(editor.address(request, screen, scope=scope, at=done.at, anchor=""))
