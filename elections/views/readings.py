"""One member reads a batch: by keys with a script, one paper a page without."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from council.rules.refusals import Refusal
from council.services.versions import StaleEdit
from council.web.gates import gate
from council.web.refusals import sentence_of, shown_on, told_in_message
from council.web.requests import StaffRequest
from elections.forms.papers import PaperForm
from elections.forms.polls import ReasonForm
from elections.models import PaperBatch, PaperReading
from elections.queries import batches as queries
from elections.rules.papers import Paper
from elections.services import readings as service
from elections.views.batches import counted_batch, list_url
from elections.web import keying_page


@require_http_methods(["POST"])
@gate("count.enter")
def batch_start(request: StaffRequest, pk: int) -> HttpResponse:
    """Take the batch to read it."""
    batch = counted_batch(request, pk)
    with told_in_message(request) as told:
        service.start(batch, by=request.user)
    if told.done:
        return redirect("elections:batch-read", request.council.slug, pk)
    return redirect(list_url(batch.poll, batch.source))


@never_cache
@require_http_methods(["GET", "POST"])
@gate("count.enter")
def batch_read(request: StaffRequest, pk: int) -> HttpResponse:
    """The reader's own papers of this batch; a POST is one paper typed without the script."""
    batch = counted_batch(request, pk)
    reading = queries.own_reading(batch, request.user)
    if reading is None or reading.state != PaperReading.State.DRAFT:
        return redirect(list_url(batch.poll, batch.source))
    if batch.state != PaperBatch.State.READING:
        return redirect(list_url(batch.poll, batch.source))
    shape = queries.shape_of(batch.poll)
    if request.method == "GET":
        place = place_asked(request.GET.get("phieu", ""), reading, batch)
        form = keying_page.form_for(batch, shape, version=reading.version, place=place)
        return show(request, batch, reading, shape, form, place)
    form = keying_page.form_for(batch, shape, version=reading.version, place=1, data=request.POST)
    place = len(reading.papers) + 1
    if form.is_valid():
        place = min(form.cleaned_data["place"], place)
        with shown_on(form):
            papers = put(reading, shape, place, form.keys())
            version = form.cleaned_data["version"]
            service.keep(batch, papers=papers, version=version, by=request.user)
            return redirect("elections:batch-read", request.council.slug, pk)
    return show(request, batch, reading, shape, form, place, status=422)


def put(reading: PaperReading, shape: queries.Shape, place: int, keys: str) -> list[Paper]:
    """The reading's papers with this one at its place."""
    papers = queries.papers_in(reading)
    papers[place - 1 : place] = shape.papers_of([keys])
    return papers


def place_asked(asked: str, reading: PaperReading, batch: PaperBatch) -> int:
    """The place in the pile that the address names, or the next to be keyed."""
    following = min(len(reading.papers) + 1, batch.size)
    is_place = asked.isascii() and asked.isdigit() and len(asked) <= len(str(batch.size))
    return int(asked) if is_place and 1 <= int(asked) <= following else following


def show(
    request: StaffRequest,
    batch: PaperBatch,
    reading: PaperReading,
    shape: queries.Shape,
    form: PaperForm,
    place: int,
    *,
    status: int = 200,
) -> HttpResponse:
    """The page."""
    page = keying_page.page_of(batch, reading, shape, place=place, form=form)
    context: dict[str, Any] = {
        "council": request.council,
        "nav_section": "sessions",
        "poll": batch.poll,
        "council_session": batch.poll.council_session,
        "batch": batch,
        "reading": reading,
        "form": form,
        "page": page,
        "void_form": ReasonForm(),
        "list_url": list_url(batch.poll, batch.source),
    }
    return render(request, "elections/batch_read.html", context, status=status)


@never_cache
@require_http_methods(["POST"])
@gate("count.enter")
def batch_keep(request: StaffRequest, pk: int) -> JsonResponse:
    """Keep the papers keyed so far; the script's own address.

    Takes {"version", "papers": rows of keys}; answers 200 {"version"}, 409 {"version", "papers"}
    where another window kept something else, 422 {"sentence"}.
    """
    batch = counted_batch(request, pk)
    shape = queries.shape_of(batch.poll)
    try:
        version, papers = sent(request.body, shape)
    except (TypeError, ValueError, RecursionError):
        return JsonResponse({"sentence": _("Không đọc được phiếu vừa gửi.")}, status=400)
    try:
        reading = service.keep(batch, papers=papers, version=version, by=request.user)
    except StaleEdit:
        kept = queries.own_reading(batch, request.user)
        version, keys = (kept.version, shape.keys_in(kept)) if kept else (0, [])
        return JsonResponse({"version": version, "papers": keys}, status=409)
    except Refusal as refusal:
        return JsonResponse({"sentence": sentence_of(refusal)}, status=422)
    return JsonResponse({"version": reading.version})


def sent(body: bytes, shape: queries.Shape) -> tuple[int, list[Paper]]:
    """Version and papers of a request.

    Raises:
        TypeError, ValueError: anything else than what the script sends.
    """
    values = json.loads(body)
    if not isinstance(values, dict):
        raise TypeError("an object is expected")
    version, papers = values.get("version"), values.get("papers")
    if not isinstance(version, int) or not isinstance(papers, list):
        raise TypeError("version and papers are expected")
    if not all(isinstance(keys, str) for keys in papers):
        raise TypeError("papers are rows of keys")
    return version, shape.papers_of(papers)


@require_http_methods(["POST"])
@gate("count.enter")
def batch_submit(request: StaffRequest, pk: int) -> HttpResponse:
    """Hand in the reading."""
    batch = counted_batch(request, pk)
    with told_in_message(request) as told:
        service.submit(batch, by=request.user)
    if not told.done:
        return redirect("elections:batch-read", request.council.slug, pk)
    messages.success(request, _("Đã nộp lần đọc tập %(n)d.") % {"n": batch.number})
    if queries.open_differences(batch):
        return redirect("elections:batch-settle", request.council.slug, pk)
    return redirect(list_url(batch.poll, batch.source))
