"""`/xac-minh/`: is this file, or this paper, what the council published? Nothing is stored."""

import threading
from http import HTTPStatus
from typing import Final

from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from council.web.requests import PublicRequest
from council.web.visitors import address_of, public
from portal.web import reading
from resolutions.models import Resolution
from resolutions.queries import verification

FILES_MAX: Final = 20
CODES_MAX: Final = 60
WINDOW_SECONDS: Final = 10 * 60
AT_ONCE: Final = threading.BoundedSemaphore(2)
"""Files that this process lets be read at the same time."""


# Nothing is changed or stored, and no session is touched: a cookie would only keep out readers.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@public
def verify(request: PublicRequest) -> HttpResponse:
    """The page with both ways; a code leads on, a file is looked at here."""
    if request.method == "POST":
        return _file(request)
    typed = request.GET.get("ma", "").strip()[:40]
    code = verification.code_of(typed) if typed else None
    if code:
        return redirect("portal:verify-code", code)
    wrong = _("Mã gồm 12 chữ và số, ví dụ 7KQ2-M4XD-9TRA.") if typed else ""
    return _page(request, typed=typed, code_error=wrong)


def _file(request: PublicRequest) -> HttpResponse:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > verification.FILE_MAX_BYTES + 10_000:
        return _page(request, file_error=_("Tệp lớn quá 25 MB nên không kiểm tra được ở đây."))
    if _is_too_often(request, "files", FILES_MAX):
        return _page(request, status=429, file_error=_too_often())
    upload = request.FILES.get("tep")
    if upload is None:
        return _page(request, file_error=_("Chọn một tệp PDF."))
    content = upload.read()
    if not content.lstrip()[:5].startswith(b"%PDF-"):
        return _page(request, file_error=_("Đây không phải tệp PDF. Chọn tệp đã tải từ cổng."))
    if not AT_ONCE.acquire(blocking=False):
        return _page(
            request, status=503, file_error=_("Đang có nhiều người kiểm tra. Thử lại sau ít giây.")
        )
    try:
        found = verification.look_at(content)
    finally:
        AT_ONCE.release()
    name = (upload.name or "")[:100]
    return _page(request, finding=found, name=name, resolution=found.resolution)


@require_safe
@public
def verify_code(request: PublicRequest, code: str) -> HttpResponse:
    """What the code on a paper stands for; published resolutions only."""
    if _is_too_often(request, "codes", CODES_MAX):
        return _page(request, status=429, typed=code, code_error=_too_often())
    wanted = verification.code_of(code)
    if wanted != code:
        return redirect("portal:verify-code", wanted) if wanted else redirect("portal:verify")
    resolution = verification.by_code(code)
    if resolution is None:
        wrong = _("Không có văn bản đã ban hành nào mang mã này. Xem lại mã ở cuối trang cuối.")
        return _page(request, status=404, typed=code, code_error=wrong)
    signatures = verification.signatures_of(resolution)
    return _page(request, typed=code, resolution=resolution, signatures=signatures)


NOTHING: Final = {
    "typed": "", "code_error": "", "file_error": "", "name": "", "finding": None,
    "resolution": None, "signatures": (), "fate": None, "nav_section": "verify",
}  # fmt: skip


def _page(request: PublicRequest, *, status: int = 200, **given: object) -> HttpResponse:
    context = NOTHING | given
    resolution = given.get("resolution")
    if isinstance(resolution, Resolution):
        context["fate"] = reading.fate_of(resolution, timezone.localdate())
    if status == HTTPStatus.OK and (context["file_error"] or context["code_error"]):
        status = HTTPStatus.BAD_REQUEST
    return render(request, "portal/verify.html", context, status=status)


def _is_too_often(request: PublicRequest, what: str, most: int) -> bool:
    """Count one more try of this address; whether there were too many in ten minutes."""
    key = f"portal:verify:{what}:{address_of(request)}"
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        return cache.incr(key) > most
    except ValueError:  # it ended between the two lines
        return False


def _too_often() -> str:
    return _("Bạn đã kiểm tra nhiều lần liên tiếp. Hãy đợi 10 phút rồi thử lại.")
