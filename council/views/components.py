"""The living page of components: what the house is built of, each with its states."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from council.forms.people import PersonForm
from council.rules.work import DueDate
from council.web.gates import signed_in
from council.web.paging import page_of


@require_http_methods(["GET"])
@signed_in
def components(request: HttpRequest) -> HttpResponse:
    """Show every component with made-up content."""
    invalid = PersonForm({"honorific": "ong", "full_name": "", "email": "khong-phai-thu"})
    invalid.is_valid()
    context = {
        "form": PersonForm(),
        "invalid": invalid,
        "page": page_of(request, list(range(90))),
        "deadlines": [
            DueDate(
                "Gửi tài liệu cho đại biểu", date(2026, 12, 1), "quy chế của hội đồng", "ok", "Kịp"
            ),
            DueDate(
                "Triệu tập kỳ họp", date(2026, 11, 20), "quy chế của hội đồng", "late", "Quá hạn"
            ),
            DueDate(
                "Công khai nghị quyết",
                date(2026, 12, 9),
                "Điều 18 Luật 104/2016/QH13",
                "soon",
                "còn 2 ngày",
            ),
        ],
    }
    return render(request, "council/components.html", context)
