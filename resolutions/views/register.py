"""The register of numbers: read it by year, keep, use and strike out numbers, print it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.forms.base import ClerkForm
from council.web.gates import gate
from council.web.refusals import shown_on, told_in_message
from council.web.requests import StaffRequest
from resolutions.forms.register import ReserveForm, StartSeriesForm, UseOnPaperForm, VoidForm
from resolutions.models import NumberEntry, NumberSeries, RegisterPrint
from resolutions.queries import register as queries
from resolutions.rules import numbering
from resolutions.services import register, register_prints
from resolutions.typesetting import table_file
from resolutions.web import register_page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET"])
@gate("staff.read")
def number_register(request: StaffRequest) -> HttpResponse:
    """Every number of a year and kind, what became of it, and why."""
    return render(request, "resolutions/number_register.html", register_page.context(request))


@require_http_methods(["GET", "POST"])
@gate("register.keep")
def number_reserve(request: StaffRequest) -> HttpResponse:
    """Keep the next number for a document that is written outside the program."""
    form = ReserveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            entry = register.reserve(
                request.council, day=timezone.localdate(), by=request.user, **form.values()
            )
            said = _("Đã giữ số %(symbol)s.") % {"symbol": symbol_of(entry)}
            return back(request, entry.series, said)
    return _form_page(request, form, _("Giữ số"), lead=_("Số kế tiếp của sổ năm nay được giữ lại."))


@require_http_methods(["GET", "POST"])
@gate("register.keep")
def number_void(request: StaffRequest, pk: int) -> HttpResponse:
    """Strike a kept number out."""
    entry, form = _entry(request, pk), VoidForm(request.POST or None)

    def done() -> str:
        register.void(entry, by=request.user, **form.values())
        return _("Đã hủy số %(symbol)s.") % {"symbol": symbol_of(entry)}

    title = _("Hủy số %(symbol)s") % {"symbol": symbol_of(entry)}
    return _on_entry(request, entry, form, title, done)


@require_http_methods(["GET", "POST"])
@gate("register.keep")
def number_use(request: StaffRequest, pk: int) -> HttpResponse:
    """The document on paper is issued under the kept number."""
    entry, form = _entry(request, pk), UseOnPaperForm(request.POST or None)

    def done() -> str:
        register.use_on_paper(entry, by=request.user, **form.values())
        return _("Số %(symbol)s đã dùng.") % {"symbol": symbol_of(entry)}

    title = _("Số %(symbol)s đã dùng cho văn bản giấy") % {"symbol": symbol_of(entry)}
    return _on_entry(request, entry, form, title, done)


@require_http_methods(["GET", "POST"])
@gate("register.keep")
def series_start(request: StaffRequest) -> HttpResponse:
    """Go on from the paper register of a year."""
    book = register_page.book_of(request)
    initial = {"year": book.year, "kind": book.kind}
    form = StartSeriesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            series = register.start_series(request.council, by=request.user, **form.values())
            return back(request, series, _("Đã ghi số cuối cùng của sổ giấy."))
    return _form_page(request, form, _("Nối tiếp sổ giấy"))


@require_http_methods(["POST"])
@gate("print.make")
def register_print(request: StaffRequest, pk: int) -> HttpResponse:
    """Have the PDF of one book made."""
    series = get_object_or_404(NumberSeries, pk=pk, council=request.council)
    with told_in_message(request):
        register_prints.request(series, by=request.user)
    return redirect(address_of(request, series))


@require_http_methods(["GET"])
@gate("staff.read")
def register_file(request: StaffRequest, pk: int) -> HttpResponse:
    """A made PDF, byte for byte."""
    made = get_object_or_404(
        RegisterPrint.objects.select_related("series"), pk=pk, series__council=request.council
    )
    try:
        with made.file.open("rb") as stream:
            content = stream.read()
    except FileNotFoundError as error:
        raise Http404 from error
    return _attached(content, "application/pdf", made.series, "pdf", disposition="inline")


@require_http_methods(["GET"])
@gate("staff.read")
def register_sheet(request: StaffRequest, pk: int) -> HttpResponse:
    """One book as a spreadsheet."""
    series = get_object_or_404(
        NumberSeries.objects.select_related("council"), pk=pk, council=request.council
    )
    content = table_file.xlsx(queries.table_of(series), title=_("Sổ đăng ký"))
    return _attached(content, XLSX, series, "xlsx", disposition="attachment")


def _attached(
    content: bytes, media_type: str, series: NumberSeries, suffix: str, *, disposition: str
) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    kind = {"individual": "nq", "normative": "nq-qppl"}[series.kind]
    name = f"so-dang-ky-{kind}-{series.year}.{suffix}"
    response["Content-Disposition"] = f'{disposition}; filename="{name}"'
    return response


def _entry(request: StaffRequest, pk: int) -> NumberEntry:
    return get_object_or_404(queries.entries_for_staff(request.council), pk=pk)


def symbol_of(entry: NumberEntry) -> str:
    """As it is written on the document."""
    return str(numbering.symbol(entry.number, entry.series.year, entry.series.kind))


def address_of(request: StaffRequest, series: NumberSeries) -> str:
    """The page of one book."""
    query = urlencode({"nam": series.year, "loai": series.kind})
    return f"{reverse('resolutions:number-register', args=[request.council.slug])}?{query}"


def back(request: StaffRequest, series: NumberSeries, said: str) -> HttpResponse:
    """To the book, with a sentence."""
    messages.success(request, said)
    return redirect(address_of(request, series))


def _on_entry(
    request: StaffRequest, entry: NumberEntry, form: ClerkForm, title: str, verb: Callable[[], str]
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            return back(request, entry.series, verb())
    return _form_page(request, form, title, entry=entry)


def _form_page(request: StaffRequest, form: ClerkForm, title: str, **more: Any) -> HttpResponse:
    context = {
        "council": request.council, "nav_section": "resolutions", "form": form, "title": title,
        **more,
    }  # fmt: skip
    return render(request, "resolutions/number_form.html", context)
