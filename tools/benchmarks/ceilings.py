"""What a page could cost at best: a bare WSGI app, and a bare Django view with usual middleware."""

from collections.abc import Callable, Iterable

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

BODY = b"<!doctype html><title>x</title>" + b"x" * 1000
StartResponse = Callable[[str, list[tuple[str, str]]], object]


def bare(environ: dict[str, object], start_response: StartResponse) -> Iterable[bytes]:
    """WSGI and nothing else."""
    start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(BODY)))])
    return [BODY]


def view(request: HttpRequest) -> HttpResponse:
    """Django and nothing else."""
    return HttpResponse(BODY)


urlpatterns = [path("", view)]

if not settings.configured:
    settings.configure(
        SECRET_KEY="only-for-a-benchmark",  # noqa: S106 - signs nothing that anybody keeps
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
        ],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
    )
    django.setup()
usual = get_wsgi_application()
