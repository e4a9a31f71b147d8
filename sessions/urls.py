"""Addresses of the sessions app."""

from django.urls import URLPattern, URLResolver

app_name = "sessions"
urlpatterns: list[URLPattern | URLResolver] = []
