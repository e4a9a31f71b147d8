"""The site map: each app owns its addresses, the portal comes last since it owns `/COUNCIL/…`."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from council.views import errors, health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("quan-tri/", admin.site.urls),
    path("", include("council.urls")),
    path("", include("sessions.urls")),
    path("", include("elections.urls")),
    path("", include("resolutions.urls")),
    path("", include("portal.urls")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
