"""Addresses of the resolutions app."""

from django.urls import URLPattern, URLResolver, path, register_converter

from resolutions.models import SignedPart
from resolutions.views import (
    archives,
    certificates,
    drafts,
    editor,
    notices,
    pasting,
    register,
    relations,
    resolutions,
    session_texts,
    signatures,
    verbs,
    versions,
)

app_name = "resolutions"


class PartConverter:
    """Whose signature: the person's or the council's."""

    regex = "|".join(SignedPart.values)

    @staticmethod
    def to_python(value: str) -> str:
        return value

    @staticmethod
    def to_url(value: str) -> str:
        return str(value)


register_converter(PartConverter, "signed_part")
WORK = "lam-viec/<slug:slug>/"
LIST = WORK + "nghi-quyet/"
ONE = LIST + "<int:pk>/"
SESSION = WORK + "ky-hop/<int:pk>/"
TEXT = WORK + "van-ban-ky-hop/<int:pk>/"
MINUTES, PRESS = {"kind": "minutes"}, {"kind": "press"}
urlpatterns: list[URLPattern | URLResolver] = [
    path("lam-viec/he-thong/chung-thu-goc/", certificates.root_list, name="root-list"),
    path(
        "lam-viec/he-thong/chung-thu-goc/<int:pk>/duyet/",
        certificates.root_approve,
        name="root-approve",
    ),
    path("lam-viec/he-thong/chung-thu-goc/<int:pk>/go/", certificates.root_end, name="root-end"),
    path(
        "lam-viec/he-thong/chung-thu-goc/<int:pk>/thu-hoi/", certificates.root_crl, name="root-crl"
    ),
    path(WORK + "chung-thu-so/", certificates.certificate_list, name="certificate-list"),
    path(WORK + "chung-thu-so/them/", certificates.certificate_add, name="certificate-add"),
    path(
        WORK + "chung-thu-so/<int:pk>/thoi-dung/",
        certificates.certificate_end,
        name="certificate-end",
    ),
    path(LIST, resolutions.resolution_list, name="resolution-list"),
    path(LIST + "them/", drafts.resolution_add, name="resolution-add"),
    path(WORK + "bo-phieu/<int:pk>/nghi-quyet/", drafts.from_poll, name="from-poll"),
    path(ONE, resolutions.resolution_detail, name="resolution-detail"),
    path(ONE + "tien-do/", resolutions.resolution_progress, name="resolution-progress"),
    path(ONE + "xem-truoc/", resolutions.resolution_preview, name="resolution-preview"),
    path(ONE + "van-ban.pdf", resolutions.resolution_pdf, name="resolution-pdf"),
    path(ONE + "sua/", editor.resolution_edit, name="resolution-edit"),
    path(ONE + "sua/tu-luu/", editor.resolution_autosave, name="resolution-autosave"),
    path(ONE + "sua/bo-ban-do/", editor.resolution_copy_drop, name="resolution-copy-drop"),
    path(ONE + "sua/gop/", editor.resolution_merge, name="resolution-merge"),
    path(ONE + "sua/dan/", pasting.resolution_paste, name="resolution-paste"),
    path(ONE + "phien-ban/", versions.version_list, name="version-list"),
    path(ONE + "phien-ban/so-sanh/", versions.version_compare, name="version-compare"),
    path(
        ONE + "phien-ban/<int:ordinal>/khoi-phuc/", versions.version_restore, name="version-restore"
    ),
    path(ONE + "quan-he/", relations.relation_target, name="relation-target"),
    path(ONE + "quan-he/them/", relations.relation_add, name="relation-add"),
    path(ONE + "quan-he/<int:relation_pk>/bo/", relations.relation_remove, name="relation-remove"),
    path(ONE + "sua-doi/", relations.resolution_amend, name="resolution-amend"),
    path(ONE + "cong-van/them/", notices.notice_add, name="notice-add"),
    path(ONE + "trinh/", verbs.resolution_submit, name="resolution-submit"),
    path(ONE + "duyet/", verbs.resolution_approve, name="resolution-approve"),
    path(ONE + "tra-lai/", verbs.resolution_send_back, name="resolution-send-back"),
    path(ONE + "bieu-quyet/", verbs.resolution_adopt, name="resolution-adopt"),
    path(ONE + "ky/", verbs.resolution_sign, name="resolution-sign"),
    path(ONE + "ky-so/", signatures.resolution_sign_electronic, name="resolution-sign-electronic"),
    path(ONE + "dong-dau/", signatures.resolution_seal, name="resolution-seal"),
    path(
        ONE + "ban-trinh-ky/<signed_part:part>.pdf",
        signatures.resolution_to_sign,
        name="resolution-to-sign",
    ),
    path(ONE + "ban-hanh/", verbs.resolution_resume, name="resolution-resume"),
    path(ONE + "gui-lai-thu/", verbs.resolution_resend, name="resolution-resend"),
    path(SESSION + "bien-ban/", session_texts.session_text, MINUTES, name="session-minutes"),
    path(SESSION + "ban-tin/", session_texts.session_text, PRESS, name="session-press"),
    path(
        SESSION + "bien-ban/lap/",
        session_texts.session_text_start,
        MINUTES,
        name="session-minutes-start",
    ),
    path(
        SESSION + "ban-tin/lap/",
        session_texts.session_text_start,
        PRESS,
        name="session-press-start",
    ),
    path(TEXT + "sua/", session_texts.session_text_edit_page, name="session-text-edit"),
    path(TEXT + "theo-so-lieu/", session_texts.session_text_follow, name="session-text-follow"),
    path(TEXT + "giu-loi/", session_texts.session_text_keep, name="session-text-keep"),
    path(TEXT + "trinh/", session_texts.session_text_submit, name="session-text-submit"),
    path(TEXT + "duyet/", session_texts.session_text_approve, name="session-text-approve"),
    path(TEXT + "tra-lai/", session_texts.session_text_send_back, name="session-text-send-back"),
    path(TEXT + "ky/", session_texts.session_text_sign, name="session-text-sign"),
    path(TEXT + "dan-trang/", session_texts.session_text_print, name="session-text-print"),
    path(TEXT + "tep/<str:form>/", session_texts.session_text_file, name="session-text-file"),
    path(TEXT + "phien-ban/", session_texts.session_text_versions, name="session-text-versions"),
    path(
        WORK + "dai-bieu/ky-hop/<int:pk>/bien-ban/",
        session_texts.delegate_minutes,
        name="delegate-minutes",
    ),
    path(
        WORK + "dai-bieu/ky-hop/<int:pk>/bien-ban.pdf",
        session_texts.delegate_minutes_file,
        name="delegate-minutes-file",
    ),
]

ARCHIVES = WORK + "ho-so-luu/"
ARCHIVE = ARCHIVES + "<int:pk>/"
urlpatterns += [
    path(ARCHIVES, archives.archive_list, name="archive-list"),
    path(ARCHIVES + "nhap/", archives.archive_add, name="archive-add"),
    path(ARCHIVE, archives.archive_detail, name="archive-detail"),
    path(ARCHIVE + "chuyen/", archives.archive_move, name="archive-move"),
    path(ARCHIVE + "bao-cao/<slug:suffix>/", archives.archive_report, name="archive-report"),
    path(WORK + "dong-ho-so/<int:pk>/", archives.archive_row, name="archive-row"),
]

REGISTER = WORK + "so-dang-ky/"
NUMBER = REGISTER + "so/<int:pk>/"
BOOK = REGISTER + "quyen/<int:pk>/"
urlpatterns += [
    path(REGISTER, register.number_register, name="number-register"),
    path(REGISTER + "giu-so/", register.number_reserve, name="number-reserve"),
    path(REGISTER + "noi-so/", register.series_start, name="series-start"),
    path(NUMBER + "huy/", register.number_void, name="number-void"),
    path(NUMBER + "da-dung/", register.number_use, name="number-use"),
    path(BOOK + "in/", register.register_print, name="register-print"),
    path(BOOK + "bang-tinh/", register.register_sheet, name="register-sheet"),
    path(REGISTER + "ban-pdf/<int:pk>/", register.register_file, name="register-file"),
]

NOTICE = WORK + "cong-van/<int:pk>/"
urlpatterns += [
    path(NOTICE, notices.notice_detail, name="notice-detail"),
    path(NOTICE + "sua/", notices.notice_edit, name="notice-edit"),
    path(NOTICE + "bo/", notices.notice_discard, name="notice-discard"),
    path(NOTICE + "trinh/", notices.notice_submit, name="notice-submit"),
    path(NOTICE + "tra-lai/", notices.notice_send_back, name="notice-send-back"),
    path(NOTICE + "ky/", notices.notice_sign, name="notice-sign"),
    path(NOTICE + "van-ban.pdf", notices.notice_file, name="notice-file"),
]
