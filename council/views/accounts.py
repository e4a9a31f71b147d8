"""Accounts and roles of one council."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council import queries
from council.forms.accounts import InviteForm, RoleForm
from council.models import Role, User
from council.services import accounts
from council.web.gates import gate
from council.web.refusals import shown_on, told_in_message
from council.web.requests import StaffRequest


@require_http_methods(["GET"])
@gate("account.edit")
def account_list(request: StaffRequest) -> HttpResponse:
    """Who may do what in this council."""
    context = {
        "council": request.council,
        "nav_section": "people",
        "roles": queries.roles_for_staff(request.council),
    }
    return render(request, "council/account_list.html", context)


@require_http_methods(["GET", "POST"])
@gate("account.edit")
def account_invite(request: StaffRequest) -> HttpResponse:
    """Make an account."""
    form = InviteForm(request.POST or None, council=request.council)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            accounts.invite(request.council, by=request.user, **form.values())
            messages.success(request, _("Đã tạo tài khoản."))
            return redirect("council:account-list", request.council.slug)
    return form_page(request, form, _("Tạo tài khoản"))


@require_http_methods(["GET", "POST"])
@gate("account.edit")
def role_grant(request: StaffRequest) -> HttpResponse:
    """Give an account that exists one more role here."""
    form = RoleForm(request.POST or None, council=request.council)
    if request.method == "POST" and form.is_valid():
        values = form.values()
        user = User.objects.filter(username=values.pop("username")).first()
        if user is None:
            form.add_error("username", _("Không có tài khoản nào mang tên này."))
        else:
            with shown_on(form):
                accounts.grant_role(user, council=request.council, by=request.user, **values)
                messages.success(request, _("Đã giao vai trò."))
                return redirect("council:account-list", request.council.slug)
    return form_page(request, form, _("Giao vai trò"))


@require_http_methods(["POST"])
@gate("account.edit")
def role_revoke(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a role away."""
    role = get_object_or_404(Role, pk=pk, council=request.council)
    with told_in_message(request):
        accounts.revoke_role(role, by=request.user)
        messages.success(request, _("Đã thu hồi vai trò."))
    return redirect("council:account-list", request.council.slug)


def form_page(request: StaffRequest, form: object, title: str) -> HttpResponse:
    """A page with one form."""
    context = {
        "council": request.council,
        "nav_section": "people",
        "form": form,
        "title": title,
        "back": "council:account-list",
    }
    return render(request, "council/form_page.html", context)
