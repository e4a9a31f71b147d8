"""Login and logout."""

from django.contrib.auth import views as auth_views
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_http_methods

from council.forms.accounts import LoginForm
from council.models import User
from council.web.context import Site
from council.web.visitors import public

DEMO_ACCOUNTS = (
    "thuky",
    "vanphong",
    "chutoa",
    "kiemphieu1",
    "kiemphieu2",
    "daibieu",
    "quantri",
    "quantri2",
)
_logout = auth_views.LogoutView.as_view()


@public
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponseBase:
    """The login page; where the demo is loaded it lists the demo accounts."""
    shown = (
        list(User.objects.filter(username__in=DEMO_ACCOUNTS, is_active=True).order_by("pk"))
        if request.method == "GET"
        else []
    )
    view = auth_views.LoginView.as_view(
        template_name="council/login.html",
        authentication_form=LoginForm,
        redirect_authenticated_user=True,
        # LoginView would put its own `site` over the one that the templates know.
        extra_context={"demo_accounts": shown, "site": Site(request)},
    )
    return view(request)


@public
@require_http_methods(["POST"])
def logout(request: HttpRequest) -> HttpResponse:
    """End the session."""
    return _logout(request)
