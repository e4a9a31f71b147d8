"""Addresses of the council app: login, the first screen, people, offices, accounts, records."""

from django.urls import URLPattern, URLResolver, path

from council.views import (
    accounts,
    components,
    departures,
    home,
    offices,
    people,
    records,
    regulation,
    rules,
    sign_in,
    structure,
)
from council.views import imports as people_import

app_name = "council"
WORK = "lam-viec/<slug:slug>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("dang-nhap/", sign_in.login, name="login"),
    path("dang-xuat/", sign_in.logout, name="logout"),
    path("lam-viec/", home.home, name="home"),
    path("lam-viec/mau/", components.components, name="components"),
    path("lam-viec/mau/quyen/", records.permissions, name="permissions"),
    path("lam-viec/hoi-dong-moi/", structure.council_add, name="council-add"),
    path("lam-viec/luat/", rules.rule_list, name="rule-list"),
    path("lam-viec/luat/de-xuat/", rules.rule_proposals, name="rule-proposals"),
    path("lam-viec/luat/de-xuat/<int:pk>/", rules.rule_proposal, name="rule-proposal"),
    path("lam-viec/luat/de-xuat/<int:pk>/duyet/", rules.rule_approve, name="rule-approve"),
    path("lam-viec/luat/de-xuat/<int:pk>/tra-lai/", rules.rule_reject, name="rule-reject"),
    path("lam-viec/luat/<str:rule_id>/", rules.rule_detail, name="rule-detail"),
    path("lam-viec/luat/<str:rule_id>/ban-moi/", rules.rule_propose, name="rule-propose"),
    path(
        "lam-viec/luat/<str:rule_id>/cham-dut/",
        rules.rule_propose_ending,
        name="rule-propose-ending",
    ),
    path(WORK, home.council_home, name="council-home"),
    path(WORK + "viec-da-xem/", home.jobs_seen, name="jobs-seen"),
    path(WORK + "viec/<int:pk>/", records.job_detail, name="job-detail"),
    path(WORK + "nhat-ky/", records.audit_list, name="audit-list"),
    path(WORK + "nhan-su/", people.people_list, name="people-list"),
    path(WORK + "nhan-su/them/", people.person_add, name="person-add"),
    path(WORK + "nhan-su/nhap/", people_import.import_upload, name="people-import"),
    path(WORK + "nhan-su/nhap/mau/", people_import.import_sample, name="people-import-sample"),
    path(
        WORK + "nhan-su/nhap/xac-nhan/", people_import.import_confirm, name="people-import-confirm"
    ),
    path(WORK + "nhan-su/<int:pk>/", people.person_detail, name="person-detail"),
    path(WORK + "nhan-su/<int:pk>/sua/", people.person_edit, name="person-edit"),
    path(WORK + "nhan-su/<int:pk>/tu-cach/", people.seat_add, name="seat-add"),
    path(WORK + "tu-cach/<int:pk>/thoi/", people.seat_end, name="seat-end"),
    path(WORK + "tu-cach/<int:pk>/dinh-chi/", people.seat_suspend, name="seat-suspend"),
    path(WORK + "chuc-vu/", offices.office_list, name="office-list"),
    path(WORK + "chuc-vu/them/", offices.office_add, name="office-add"),
    path(WORK + "chuc-vu/nguoi-giu/", offices.tenure_add, name="tenure-add"),
    path(WORK + "chuc-vu/nguoi-giu/<int:pk>/thoi/", offices.tenure_end, name="tenure-end"),
    path(
        WORK + "chuc-vu/nguoi-giu/<int:pk>/nghi-huu/",
        offices.tenure_retirement,
        name="tenure-retirement",
    ),
    path(
        WORK + "chuc-vu/nguoi-giu/<int:pk>/phe-chuan/",
        offices.tenure_approval,
        name="tenure-approval",
    ),
    path(WORK + "chuc-vu/chi-dinh/", departures.tenure_appoint, name="tenure-appoint"),
    path(
        WORK + "chuc-vu/thoi-giu/<int:pk>/phe-chuan/",
        departures.end_approval,
        name="end-approval",
    ),
    path(WORK + "co-cau/", structure.structure_detail, name="structure"),
    path(WORK + "co-cau/nhiem-ky/", structure.term_add, name="term-add"),
    path(WORK + "co-cau/nhiem-ky/<int:pk>/to/", structure.group_add, name="group-add"),
    path(WORK + "co-cau/nhiem-ky/<int:pk>/ban/", structure.committee_add, name="committee-add"),
    path(WORK + "quy-che/", regulation.regulation_list, name="regulation"),
    path(WORK + "quy-che/<int:pk>/ket-thuc/", regulation.regulation_end, name="regulation-end"),
    path(WORK + "quy-che/<slug:setting>/", regulation.regulation_set, name="regulation-set"),
    path(WORK + "tai-khoan/", accounts.account_list, name="account-list"),
    path(WORK + "tai-khoan/them/", accounts.account_invite, name="account-invite"),
    path(WORK + "tai-khoan/vai-tro/", accounts.role_grant, name="role-grant"),
    path(WORK + "tai-khoan/vai-tro/<int:pk>/thu-hoi/", accounts.role_revoke, name="role-revoke"),
]
