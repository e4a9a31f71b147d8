"""Following by e-mail, as pages: the only public pages behind which something is written.

They stand apart from `portal.views`, which may not write (.importlinter, docs/adr/0011). Opening a
link of a letter changes nothing, since mail programs open links by themselves: a button does. There
is no account and no cookie that a foreign page could use, so no form needs a token against that;
what authorises is the signed word in the address.
"""

from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from council.rules.refusals import Refusal
from council.web.refusals import shown_on
from council.web.requests import PublicRequest
from council.web.visitors import address_of, public
from portal.forms.following import FollowForm
from portal.queries import following as queries
from portal.services import follow_tokens, subscriptions
from portal.web.machines import keyed

ASKS_AN_HOUR: Final = 10
"""So often one network address may ask for a letter."""

HOUR: Final = 3600


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@public
def follow(request: PublicRequest) -> HttpResponse:
    """Choose what to follow; a letter asks the address whether it wants to."""
    form, status = FollowForm(request.POST or None, initial=_told(request)), HTTPStatus.OK
    if request.method == "POST" and settings.MAIL_IS_CONFIGURED and form.is_valid():
        if _asks_too_often(request):
            status = HTTPStatus.TOO_MANY_REQUESTS
        else:
            with shown_on(form):
                subscriptions.ask(
                    email=form.cleaned_data["email"], topic=form.topic,
                    frequency=form.cleaned_data["frequency"], language=get_language() or "vi",
                )  # fmt: skip
                return redirect("portal:follow-asked")
    context = {
        "form": form, "is_open": settings.MAIL_IS_CONFIGURED,
        "is_too_often": status == HTTPStatus.TOO_MANY_REQUESTS,
        "kept_days": subscriptions.KEPT_DAYS, "confirm_days": follow_tokens.CONFIRM_DAYS,
    }  # fmt: skip
    return render(request, "portal/follow.html", context, status=status)


@require_safe
@public
def follow_asked(request: PublicRequest) -> HttpResponse:
    """The same page for everybody: it does not tell whether an address follows something."""
    context = {"confirm_days": follow_tokens.CONFIRM_DAYS}
    return render(request, "portal/follow_asked.html", context)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@public
def follow_confirm(request: PublicRequest, confirm_token: str) -> HttpResponse:
    """The link of the letter that asks: a button says yes."""
    context = {"state": "asked"}
    try:
        if request.method == "POST":
            subscriptions.confirm(confirm_token)
            context = {"state": "confirmed"}
        else:
            subscriptions.check_link(confirm_token)
    except Refusal as refusal:
        context = {"state": "refused", "sentence": refusal.sentence}
    status = HTTPStatus.NOT_FOUND if context["state"] == "refused" else HTTPStatus.OK
    return render(request, "portal/follow_confirm.html", context, status=status)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@public
def follow_leave(request: PublicRequest, leave_token: str) -> HttpResponse:
    """What the address follows, each with its button, and one to leave; POST leaves at once."""
    key = follow_tokens.leaving_key(leave_token)
    if key is None:
        raise Http404
    only = request.POST.get("only", "")
    if request.method == "POST" and only:
        subscriptions.leave_one(leave_token, only)
    elif request.method == "POST":
        subscriptions.leave(leave_token)
    followed = queries.followed(key)
    context = {"followed": followed, "has_left_one": bool(only), "has_left": not followed}
    return render(request, "portal/follow_leave.html", context)


def _told(request: HttpRequest) -> dict[str, str]:
    """What the link said is to be followed."""
    return {name: request.GET.get(name, "")[:200] for name in ("council", "q", "type")}


def _asks_too_often(request: HttpRequest) -> bool:
    """Count this ask of the network address, which is kept as a keyed hash for an hour."""
    hour = int(timezone.now().timestamp()) // HOUR
    key = f"portal:follow:{hour}:{keyed(address_of(request))}"
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key) > ASKS_AN_HOUR
    except ValueError:  # it went in between: nobody is refused for that
        return False
