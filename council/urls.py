"""Addresses of the council app."""

from django.urls import URLPattern, URLResolver

app_name = "council"
urlpatterns: list[URLPattern | URLResolver] = []
