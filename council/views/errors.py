"""Error pages: a sentence that says what to do, no detail of the machine, no need of a database.

The words are in `templates/400.html` and its siblings; `reason` replaces their sentence.
"""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token

from council.web import problems


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the browser sent what no form of ours sends."""
    return page(request, 400)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, but the role is not enough; the gate's own sentence is shown."""
    return page(request, 403, str(exception) if isinstance(exception, PermissionDenied) else "")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that stayed open too long or came from elsewhere."""
    sentence = _(
        "Biểu mẫu đã hết hạn hoặc trình duyệt chặn cookie. Quay lại, tải lại trang rồi gửi lại."
    )
    return page(request, 403, sentence)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the same words for what never was and for what the reader may not know of."""
    return page(request, 404)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """500: the site's page, or a bare one where even that fails, as with the database away."""
    try:
        return page(request, 500)
    except Exception:  # noqa: BLE001 - whatever broke the first page may break this one
        return HttpResponse(bare(), status=500, headers={"Cache-Control": "no-store"})


def page(request: HttpRequest, status: int, reason: str = "") -> HttpResponse:
    """The error page in the site's dress; for machines, problem details."""
    if problems.is_for_machines(request):
        return problems.problem(status)
    body = loader.render_to_string(f"{status}.html", {"reason": reason}, request)
    return HttpResponse(body, status=status, headers={"Cache-Control": "no-store"})


def bare() -> str:
    """A whole HTML page without template, style or database."""
    return format_html(
        '<!doctype html><html lang="{}"><meta charset="utf-8"><title>{}</title>'
        '<meta name="viewport" content="width=device-width"><h1>{}</h1><p>{}</p></html>',
        get_language() or "vi",
        _("Hệ thống gặp lỗi"),
        _("Hệ thống gặp lỗi"),
        _("Việc vừa làm chưa được ghi. Thử lại sau ít phút; nếu vẫn lỗi, báo quản trị viên."),
    )
