"""Addresses of the sessions app."""

from django.urls import URLPattern, URLResolver, path

from sessions.views import (
    agenda,
    attendance,
    bundles,
    delegate,
    guests,
    indicators,
    notes,
    notices,
    papers,
    personal_data,
    print_room,
    reader,
    sessions,
    sittings,
    uploads,
    votes,
)

app_name = "sessions"
WORK = "lam-viec/<slug:slug>"
ROLL = f"{WORK}/phien/<int:pk>/diem-danh"
ONE = f"{ROLL}/<int:mandate_pk>"
LIST = f"{WORK}/ky-hop"
HELD = f"{LIST}/<int:pk>"
ITEM = f"{WORK}/noi-dung/<int:pk>"
NOTE = f"{WORK}/cau-tom-tat/<int:pk>"
PAPER = f"{WORK}/tai-lieu/<int:pk>"
FILE = f"{WORK}/tep-tai-lieu/<int:pk>"
UPLOAD = f"{WORK}/tep-dang-nhan/<int:pk>"
MINE = f"{WORK}/dai-bieu"
OPEN = f"{MINE}/tai-lieu/<int:pk>"
ALL = f"{MINE}/ky-hop/<int:pk>/tron-bo"
GUEST = f"{WORK}/khach/<int:pk>"
urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{LIST}/", sessions.session_list, name="session-list"),
    path(f"{LIST}/moi/", sessions.session_add, name="session-add"),
    path(f"{HELD}/", sessions.session_detail, name="session-detail"),
    path(f"{HELD}/sua/", sessions.session_edit, name="session-edit"),
    path(f"{HELD}/gioi-thieu/", sessions.session_describe, name="session-describe"),
    path(f"{HELD}/trinh/", sessions.session_submit, name="session-submit"),
    path(f"{HELD}/duyet/", sessions.session_approve, name="session-approve"),
    path(f"{HELD}/tra-lai/", sessions.session_send_back, name="session-send-back"),
    path(f"{HELD}/trieu-tap/", sessions.session_convene, name="session-convene"),
    path(f"{HELD}/be-mac/", sessions.session_close, name="session-close"),
    path(f"{HELD}/giay-trieu-tap/", notices.notice_list, name="notice-list"),
    path(f"{HELD}/giay-trieu-tap/gui-lai/", notices.notice_resend, name="notice-resend"),
    path(f"{HELD}/giay-trieu-tap.pdf", notices.notice_print, name="notice-print"),
    path(f"{HELD}/tom-tat/", notes.note_list, name="note-list"),
    path(f"{HELD}/tom-tat/them/", notes.note_add, name="note-add"),
    path(f"{NOTE}/sua/", notes.note_edit, name="note-edit"),
    path(f"{NOTE}/chuyen/", notes.note_move, name="note-move"),
    path(f"{NOTE}/xoa/", notes.note_remove, name="note-remove"),
    path(f"{HELD}/chuong-trinh/", agenda.agenda_edit, name="agenda-edit"),
    path(f"{HELD}/chuong-trinh.pdf", agenda.agenda_print, name="agenda-print"),
    path(f"{HELD}/chuong-trinh/them/", agenda.agenda_item_add, name="agenda-item-add"),
    path(f"{HELD}/chuong-trinh/bieu-quyet/", agenda.agenda_decide, name="agenda-decide"),
    path(f"{HELD}/chuong-trinh/thong-qua/", agenda.agenda_adopt, name="agenda-adopt"),
    path(f"{HELD}/chuong-trinh/dieu-chinh/", agenda.agenda_change, name="agenda-change"),
    path(f"{ITEM}/sua/", agenda.agenda_item_edit, name="agenda-item-edit"),
    path(f"{ITEM}/chuyen/", agenda.agenda_item_move, name="agenda-item-move"),
    path(f"{ITEM}/bo/", agenda.agenda_item_drop, name="agenda-item-drop"),
    path(f"{ITEM}/bat-dau/", agenda.agenda_item_start, name="agenda-item-start"),
    path(f"{ITEM}/xong/", agenda.agenda_item_finish, name="agenda-item-finish"),
    path(f"{HELD}/tai-lieu/", papers.paper_list, name="paper-list"),
    path(f"{HELD}/tai-lieu/them/", uploads.paper_add, name="paper-add"),
    path(f"{HELD}/tai-lieu/luu/", uploads.uploads_save, name="uploads-save"),
    path(f"{HELD}/tai-lieu/nhan/", uploads.upload_begin, name="upload-begin"),
    path(f"{UPLOAD}/manh/", uploads.upload_piece, name="upload-piece"),
    path(f"{UPLOAD}/xong/", uploads.upload_finish, name="upload-finish"),
    path(f"{UPLOAD}/bo/", uploads.upload_discard, name="upload-discard"),
    path(f"{PAPER}/", papers.paper_detail, name="paper-detail"),
    path(
        f"{PAPER}/du-lieu-ca-nhan/", personal_data.paper_personal_data, name="paper-personal-data"
    ),
    path(
        f"{PAPER}/du-lieu-ca-nhan/quyet-dinh/",
        personal_data.paper_personal_data_decide,
        name="paper-personal-data-decide",
    ),
    path(f"{FILE}/ban-cong-khai/", personal_data.paper_masked_file, name="paper-masked-file"),
    path(f"{PAPER}/so-sanh/", reader.paper_compare, name="paper-compare"),
    path(f"{PAPER}/sua/", papers.paper_edit, name="paper-edit"),
    path(f"{PAPER}/phien-ban/", papers.paper_version_add, name="paper-version-add"),
    path(f"{PAPER}/phat-hanh/", papers.paper_release, name="paper-release"),
    path(f"{PAPER}/rut/", papers.paper_withdraw, name="paper-withdraw"),
    path(f"{FILE}/", papers.paper_file, name="paper-file"),
    path(f"{FILE}/doc/", reader.paper_read, name="paper-read"),
    path(f"{FILE}/trang/<int:page>/<int:width>.webp", reader.paper_page, name="paper-page"),
    path(f"{FILE}/tao-ban-xem/", reader.paper_render, name="paper-render"),
    path(f"{HELD}/tron-bo/", bundles.bundle_list, name="bundle-list"),
    path(f"{HELD}/tron-bo/lam/", bundles.bundle_make, name="bundle-make"),
    path(f"{HELD}/tron-bo.zip", bundles.bundle_file, {"kind": "zip"}, name="bundle-zip"),
    path(f"{HELD}/tron-bo.pdf", bundles.bundle_file, {"kind": "pdf"}, name="bundle-pdf"),
    path(f"{MINE}/", delegate.delegate_home, name="delegate-home"),
    path(f"{MINE}/ky-hop/<int:pk>/", delegate.delegate_session, name="delegate-session"),
    path(f"{MINE}/tai-lieu/<int:pk>/", delegate.delegate_paper, name="delegate-paper"),
    path(f"{OPEN}/doc/", reader.delegate_paper_read, name="delegate-paper-read"),
    path(
        f"{OPEN}/trang/<int:page>/<int:width>.webp",
        reader.delegate_paper_page,
        name="delegate-paper-page",
    ),
    path(f"{ALL}/", bundles.delegate_bundle_list, name="delegate-bundle-list"),
    path(f"{ALL}/lam/", bundles.delegate_bundle_make, name="delegate-bundle-make"),
    path(f"{ALL}.zip", bundles.delegate_bundle_file, {"kind": "zip"}, name="delegate-bundle-zip"),
    path(f"{ALL}.pdf", bundles.delegate_bundle_file, {"kind": "pdf"}, name="delegate-bundle-pdf"),
    path(f"{MINE}/lich.ics", delegate.delegate_calendar, name="delegate-calendar"),
]

urlpatterns += [
    path(f"{WORK}/ky-hop/<int:pk>/phien/", sittings.sitting_list, name="sitting-list"),
    path(f"{WORK}/ky-hop/<int:pk>/phien/them/", sittings.sitting_plan, name="sitting-plan"),
    path(f"{WORK}/phien/<int:pk>/mo/", sittings.sitting_open, name="sitting-open"),
    path(f"{WORK}/phien/<int:pk>/tam-nghi/", sittings.sitting_suspend, name="sitting-suspend"),
    path(f"{WORK}/phien/<int:pk>/tiep-tuc/", sittings.sitting_resume, name="sitting-resume"),
    path(f"{WORK}/phien/<int:pk>/ket-thuc/", sittings.sitting_close, name="sitting-close"),
    path(f"{ROLL}/", attendance.attendance_roll, name="attendance-roll"),
    path(f"{ONE}/", attendance.attendance_one, name="attendance-one"),
    path(f"{ONE}/den/", attendance.attendance_arrive, name="attendance-arrive"),
    path(f"{ONE}/ve/", attendance.attendance_leave, name="attendance-leave"),
    path(f"{ONE}/vang/", attendance.attendance_excuse, name="attendance-excuse"),
    path(f"{ONE}/bo-lan-den/", attendance.attendance_undo_arrival, name="attendance-undo-arrival"),
    path(f"{ONE}/bo-lan-ve/", attendance.attendance_undo_leave, name="attendance-undo-leave"),
    path(f"{WORK}/ky-hop/<int:pk>/bieu-quyet/", votes.vote_list, name="vote-list"),
    path(f"{WORK}/phien/<int:pk>/bieu-quyet/ghi/", votes.vote_take, name="vote-take"),
    path(f"{WORK}/bieu-quyet/<int:pk>/", votes.vote_detail, name="vote-detail"),
    path(f"{WORK}/bieu-quyet/<int:pk>/theo-ten/", votes.vote_close, name="vote-close"),
    path(f"{WORK}/ky-hop/<int:pk>/chi-tieu/", indicators.indicator_list, name="indicator-list"),
    path(f"{WORK}/ky-hop/<int:pk>/chi-tieu/them/", indicators.indicator_add, name="indicator-add"),
    path(f"{WORK}/chi-tieu/<int:pk>/sua/", indicators.indicator_edit, name="indicator-edit"),
    path(f"{WORK}/chi-tieu/<int:pk>/chuyen/", indicators.indicator_move, name="indicator-move"),
    path(f"{WORK}/chi-tieu/<int:pk>/xoa/", indicators.indicator_remove, name="indicator-remove"),
]

urlpatterns += [
    path(f"{HELD}/in/", print_room.print_room, name="print-room"),
    path(f"{HELD}/in/tao/", print_room.print_make, name="print-make"),
    path(f"{HELD}/in/lua-chon/", print_room.print_choose, name="print-choose"),
    path(f"{WORK}/ban-in/<int:pk>/", print_room.print_file, name="print-file"),
    path(f"{HELD}/khach-moi/", guests.guest_list, name="guest-list"),
    path(f"{HELD}/khach-moi/them/", guests.guest_add, name="guest-add"),
    path(f"{HELD}/khach-moi/nhap/", guests.guest_import, name="guest-import"),
    path(f"{HELD}/khach-moi/ghi/", guests.guest_import_confirm, name="guest-import-confirm"),
    path(f"{HELD}/khach-moi/mau.csv", guests.guest_sample, name="guest-sample"),
    path(f"{GUEST}/sua/", guests.guest_edit, name="guest-edit"),
    path(f"{GUEST}/xoa/", guests.guest_remove, name="guest-remove"),
]
