"""The site map."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("quan-tri/", admin.site.urls),
    path("", include("council.urls")),
    path("", include("sessions.urls")),
    path("", include("elections.urls")),
    path("", include("resolutions.urls")),
    path("", include("portal.urls")),
]
