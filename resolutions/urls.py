"""Addresses of the resolutions app."""

from django.urls import URLPattern, URLResolver

app_name = "resolutions"
urlpatterns: list[URLPattern | URLResolver] = []
