"""Addresses of the sessions app."""

from django.urls import URLPattern, URLResolver, path

from sessions.views import attendance, indicators, sittings, votes

app_name = "sessions"
WORK = "lam-viec/<slug:slug>"
ROLL = f"{WORK}/phien/<int:pk>/diem-danh"
ONE = f"{ROLL}/<int:mandate_pk>"
urlpatterns: list[URLPattern | URLResolver] = []

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
    path(
        f"{ONE}/bo-lan-den/", attendance.attendance_undo_arrival, name="attendance-undo-arrival"
    ),
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
