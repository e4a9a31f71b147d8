"""Addresses of the resolutions app."""

from django.urls import URLPattern, URLResolver, path

from resolutions.views import drafts, resolutions, verbs

app_name = "resolutions"
WORK = "lam-viec/<slug:slug>/"
LIST = WORK + "nghi-quyet/"
ONE = LIST + "<int:pk>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path(LIST, resolutions.resolution_list, name="resolution-list"),
    path(LIST + "them/", drafts.resolution_add, name="resolution-add"),
    path(WORK + "bo-phieu/<int:pk>/nghi-quyet/", drafts.from_poll, name="from-poll"),
    path(ONE, resolutions.resolution_detail, name="resolution-detail"),
    path(ONE + "tien-do/", resolutions.resolution_progress, name="resolution-progress"),
    path(ONE + "xem-truoc/", resolutions.resolution_preview, name="resolution-preview"),
    path(ONE + "van-ban.pdf", resolutions.resolution_pdf, name="resolution-pdf"),
    path(ONE + "sua/", drafts.resolution_edit, name="resolution-edit"),
    path(ONE + "trinh/", verbs.resolution_submit, name="resolution-submit"),
    path(ONE + "duyet/", verbs.resolution_approve, name="resolution-approve"),
    path(ONE + "tra-lai/", verbs.resolution_send_back, name="resolution-send-back"),
    path(ONE + "bieu-quyet/", verbs.resolution_adopt, name="resolution-adopt"),
    path(ONE + "ky/", verbs.resolution_sign, name="resolution-sign"),
    path(ONE + "ban-hanh/", verbs.resolution_resume, name="resolution-resume"),
    path(ONE + "gui-lai-thu/", verbs.resolution_resend, name="resolution-resend"),
]
