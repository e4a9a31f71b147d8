"""The posts on one election's paper, and who goes on to the next round."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from council.web.gates import gate
from council.web.refusals import shown_on, told_in_message
from council.web.requests import StaffRequest
from elections.forms.lists import PostAddForm, RoundForm, SeatsForm
from elections.models import Poll, PollKind, PollPost
from elections.queries import polls as queries
from elections.queries import posts as post_queries
from elections.queries import rounds as round_queries
from elections.services import posts, rounds


@require_http_methods(["GET", "POST"])
@gate("poll.edit")
def poll_posts(request: StaffRequest, pk: int) -> HttpResponse:
    """The posts of the paper with their seats; another one is added here."""
    poll = get_object_or_404(queries.polls_of(request.council), pk=pk, kind=PollKind.ELECTION)
    form = PostAddForm(request.POST or None, poll=poll)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            post = posts.add(poll, by=request.user, **form.values())
            messages.success(
                request, _("Đã thêm %(office)s vào phiếu.") % {"office": post.office.title}
            )
            return redirect("elections:poll-posts", request.council.slug, poll.pk)
    context = {
        "council": request.council,
        "nav_section": "sessions",
        "poll": poll,
        "council_session": poll.council_session,
        "posts": post_queries.posts_of(poll),
        "form": form,
    }
    return render(request, "elections/poll_posts.html", context)


@require_http_methods(["POST"])
@gate("poll.edit")
def post_seats(request: StaffRequest, pk: int) -> HttpResponse:
    """Elect another number of people to the post."""
    post = get_object_or_404(posts_of_council(request), pk=pk)
    form = SeatsForm(request.POST)
    with told_in_message(request) as told:
        if form.is_valid():
            posts.set_seats(post, by=request.user, **form.values())
    if not form.is_valid():
        messages.error(request, _("Nhập số người cần bầu, từ 1."))
    elif told.done:
        messages.success(request, _("Đã ghi số người cần bầu."))
    return redirect("elections:poll-posts", request.council.slug, post.poll_id)


@require_http_methods(["POST"])
@gate("poll.edit")
def post_remove(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a post without candidates off the paper."""
    post = get_object_or_404(posts_of_council(request), pk=pk)
    with told_in_message(request) as told:
        posts.remove(post, by=request.user)
    if told.done:
        messages.success(request, _("Đã bỏ chức vụ khỏi phiếu."))
    return redirect("elections:poll-posts", request.council.slug, post.poll_id)


def posts_of_council(request: StaffRequest) -> QuerySet[PollPost]:
    """Posts on papers of the council's polls."""
    return PollPost.objects.filter(
        poll__council_session__term__council=request.council
    ).select_related("office", "poll__council_session__term__council")


@require_http_methods(["GET", "POST"])
@gate("poll.edit")
def round_next(request: StaffRequest, pk: int) -> HttpResponse:
    """Prepare another round: with everybody not elected, or with those whom the council lets go on.

    A POST without the list of names (the one-click button) takes everybody.
    """
    found = get_object_or_404(queries.polls_of(request.council), pk=pk)
    stand = round_queries.rounds_of(found)
    if request.method == "POST" and "choose" not in request.POST:
        with told_in_message(request):
            following = rounds.prepare_next(found, by=request.user)
            return redirect("elections:poll", request.council.slug, following.pk)
    if stand is None or not stand.may_go_on:
        return redirect("elections:poll", request.council.slug, found.pk)
    form = RoundForm(request.POST if "choose" in request.POST else None, stand=stand)
    if form.is_bound and form.is_valid():
        with shown_on(form):
            following = rounds.prepare_next(found, going_on=form.going_on(), by=request.user)
            return redirect("elections:poll", request.council.slug, following.pk)
    return round_page(request, found, form)


def round_page(request: StaffRequest, poll: Poll, form: RoundForm) -> HttpResponse:
    """The page on which those who go on are ticked."""
    context = {
        "council": request.council,
        "nav_section": "sessions",
        "poll": poll,
        "council_session": poll.council_session,
        "form": form,
    }
    return render(request, "elections/round_next.html", context)
