"""Error pages: a sentence that says what to do, no detail of the machine, no need of a database."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist, loader
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the browser sent what no form of ours sends."""
    sentence = _("Địa chỉ hoặc dữ liệu gửi lên có ký tự hỏng. Quay lại trang trước rồi thử lại.")
    return page(request, 400, _("Yêu cầu không đọc được"), sentence)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, but the role is not enough; the gate's own sentence is shown."""
    own = str(exception) if isinstance(exception, PermissionDenied) else ""
    sentence = own or _("Tài khoản của bạn không có quyền làm việc này.")
    return page(request, 403, _("Không có quyền"), sentence)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that stayed open too long or came from elsewhere."""
    sentence = _(
        "Biểu mẫu đã hết hạn hoặc trình duyệt chặn cookie. Quay lại, tải lại trang rồi gửi lại."
    )
    return page(request, 403, _("Biểu mẫu hết hạn"), sentence)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the same words for what never was and for what the reader may not know of."""
    sentence = _("Kiểm tra lại địa chỉ, hoặc tìm trong các văn bản đã công bố.")
    return page(request, 404, _("Không tìm thấy trang"), sentence)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; nothing that was typed is said to be saved."""
    sentence = _(
        "Máy chủ gặp lỗi và đã ghi lại. Thử lại sau ít phút; nếu vẫn lỗi, báo quản trị viên."
    )
    return page(request, 500, _("Lỗi máy chủ"), sentence)


def page(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    """The page in the site's dress; bare where even that fails, as with the database away."""
    context = {"status": status, "title": title, "sentence": sentence}
    try:
        template = loader.select_template([f"{status}.html", "error.html"])
        body = template.render(context, request)
    except TemplateDoesNotExist:
        body = bare(title, sentence)
    except Exception:
        if status < 500:  # noqa: PLR2004 - a broken page for a lesser error becomes a 500 of its own
            raise
        body = bare(title, sentence)
    response = HttpResponse(body, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def bare(title: str, sentence: str) -> str:
    """A whole HTML page without template, style or database."""
    return format_html(
        '<!doctype html><html lang="{}"><meta charset="utf-8"><title>{}</title>'
        '<meta name="viewport" content="width=device-width"><h1>{}</h1><p>{}</p>'
        '<p><a href="/">{}</a></p></html>',
        get_language() or "vi",
        title,
        title,
        sentence,
        _("Về trang đầu"),
    )
