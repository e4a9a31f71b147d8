"""Gates: the decorator on top of each view says who may come in; the matrix test reads it.

A foreign council's pages answer 404 to people who have no role there: their existence is nobody's
business. A role that is not enough answers 403 with a sentence.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from council.models import Council
from council.services import access
from council.web.requests import StaffRequest

View = Callable[..., HttpResponseBase]
SIGNED_IN = "signed_in"
SUPERUSER = "superuser"
ANY_ADMINISTRATOR = "any_administrator"


def gate(verb: str) -> Callable[[View], View]:
    """Let in who may do `verb` in the council named by the `slug` of the address.

    The view receives the request with `council` and `roles`, and the other arguments without
    the slug.
    """
    if verb not in access.PERMISSIONS:
        message = f"{verb} is not in the permission table"
        raise LookupError(message)

    def wrap(view: View) -> View:
        @wraps(view)
        def gated(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            council = get_object_or_404(Council, slug=slug)
            roles = access.roles_of(request.user, council)
            if not roles:
                raise Http404
            if not access.may(roles, verb):
                raise PermissionDenied(
                    _("Vai trò của bạn trong hội đồng này không xem được trang này.")
                )
            staff_request = cast("StaffRequest", request)
            staff_request.council, staff_request.roles = council, roles
            return view(staff_request, *args, **kwargs)

        gated.gate_verb = verb  # type: ignore[attr-defined]
        return gated

    return wrap


def signed_in(view: View) -> View:
    """Let in everybody who has an account."""

    @wraps(view)
    def gated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    gated.gate_verb = SIGNED_IN  # type: ignore[attr-defined]
    return gated


def superuser(view: View) -> View:
    """Let in who administers the whole installation."""

    @wraps(view)
    def gated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not request.user.is_superuser:
            raise PermissionDenied(_("Chỉ quản trị viên của hệ thống mới vào được trang này."))
        return view(request, *args, **kwargs)

    gated.gate_verb = SUPERUSER  # type: ignore[attr-defined]
    return gated


def administrator(view: View) -> View:
    """Let in who administers the installation or any of its councils: the rulebook's guardians."""

    @wraps(view)
    def gated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not access.administers(cast("StaffRequest", request).user):
            raise PermissionDenied(_("Chỉ quản trị viên mới thay đổi được sổ quy định."))
        return view(request, *args, **kwargs)

    gated.gate_verb = ANY_ADMINISTRATOR  # type: ignore[attr-defined]
    return gated
