"""Addresses of the elections app: polls, the ballot committee, counting, results."""

from django.urls import URLPattern, URLResolver, path

from elections.views import (
    annulments,
    batches,
    candidates,
    committee,
    compare,
    counting,
    counts,
    grounds,
    hall_screen,
    list_changes,
    motions,
    paper_accounts,
    polls,
    posts,
    readings,
    reelections,
    resignations,
    results,
    scan_rows,
    scans,
    seat_releases,
    subject_papers,
)

app_name = "elections"
SESSION = "lam-viec/<slug:slug>/ky-hop/<int:pk>/"
POLL = "lam-viec/<slug:slug>/bo-phieu/<int:pk>/"
BATCH = "lam-viec/<slug:slug>/tap-phieu/<int:pk>/"
WORK = "lam-viec/<slug:slug>/"
INSTRUMENTS: list[URLPattern | URLResolver] = [
    path(
        SESSION + "bo-phieu/bo-phieu-tin-nhiem/",
        motions.no_confidence_prepare,
        name="no-confidence-prepare",
    ),
    path(SESSION + "bo-phieu/mien-nhiem/", motions.dismissal_prepare, name="dismissal-prepare"),
    path(POLL + "de-nghi/", motions.motion_add, name="motion-add"),
    path(POLL + "chot-de-nghi/", motions.list_close, name="list-close"),
    path(POLL + "ho-so/", subject_papers.subject_papers, name="subject-papers"),
    path(WORK + "can-cu/", grounds.grounds, name="grounds"),
    path(WORK + "can-cu/kien-nghi/", grounds.petition_add, name="petition-add"),
    path(WORK + "can-cu/mat-tran/", grounds.front_add, name="front-add"),
    path(WORK + "can-cu/kien-nghi/<int:pk>/them/", grounds.petition_join, name="petition-join"),
    path(WORK + "can-cu/viec-phat-sinh/<int:pk>/", grounds.follow_up_close, name="follow-up-close"),
    path(WORK + "can-cu/don/", resignations.resignation_add, name="resignation-add"),
    path(WORK + "can-cu/don/<int:pk>/", resignations.resignation_decide, name="resignation-decide"),
    path(WORK + "can-cu/thoi-dai-bieu/", seat_releases.seat_release_add, name="seat-release-add"),
    path(WORK + "can-cu/thoi-dai-bieu/<int:pk>/", seat_releases.seat_release, name="seat-release"),
    path(
        WORK + "chuc-vu/nguoi-giu/<int:pk>/khong-bieu-quyet/",
        resignations.departure_record,
        name="departure-record",
    ),
]
urlpatterns: list[URLPattern | URLResolver] = [
    *INSTRUMENTS,
    path(SESSION + "bo-phieu/", polls.polls, name="polls"),
    path(
        SESSION + "bo-phieu/lay-phieu-tin-nhiem/",
        polls.confidence_prepare,
        name="confidence-prepare",
    ),
    path(SESSION + "bo-phieu/bau/", polls.election_prepare, name="election-prepare"),
    path(SESSION + "ban-kiem-phieu/", committee.committee, name="committee"),
    path(SESSION + "ban-kiem-phieu/bau/", committee.committee_elect, name="committee-elect"),
    path(
        SESSION + "ban-kiem-phieu/bau/theo-bieu-quyet/",
        committee.committee_elect_by_vote,
        name="committee-elect-by-vote",
    ),
    path(POLL, polls.poll, name="poll"),
    path(POLL + "bo-ban-nhap/", polls.poll_discard, name="poll-discard"),
    path(POLL + "gioi-thieu/", candidates.nominate, name="nominate"),
    path(
        "lam-viec/<slug:slug>/ung-cu-vien/<int:pk>/rut/",
        list_changes.entry_withdraw,
        name="entry-withdraw",
    ),
    path(POLL + "chot-danh-sach/", candidates.list_approve, name="list-approve"),
    path(
        POLL + "chot-danh-sach/theo-bieu-quyet/",
        candidates.list_approve_by_vote,
        name="list-approve-by-vote",
    ),
    path(POLL + "in-phieu/", polls.ballots_print, name="ballots-print"),
    path(
        "lam-viec/<slug:slug>/lan-in/<int:pk>/in-lai/",
        polls.print_run_reprint,
        name="print-run-reprint",
    ),
    path(POLL + "mo/", polls.poll_open, name="poll-open"),
    path(POLL + "ket-thuc/", polls.poll_close, name="poll-close"),
    path(POLL + "huy/", annulments.poll_annul, name="poll-annul"),
    path(POLL + "huy/theo-bieu-quyet/", annulments.poll_annul_by_vote, name="poll-annul-by-vote"),
    path(
        POLL + "huy/theo-van-ban/",
        annulments.poll_annul_by_document,
        name="poll-annul-by-document",
    ),
    path(POLL + "vong-sau/", posts.round_next, name="round-next"),
    path(POLL + "tep/<str:kind>/", results.poll_file, name="poll-file"),
    path(POLL + "kiem-phieu/", counts.count_enter, name="count-enter"),
    path(POLL + "kiem-phieu/kiem-tra/", counts.count_check, name="count-check"),
    path(POLL + "cach-kiem-phieu/", counting.count_choose, name="count-choose"),
    path(POLL + "so-phieu/", paper_accounts.paper_account, name="paper-account"),
    path(
        POLL + "so-phieu/kiem-tra/", paper_accounts.paper_account_check, name="paper-account-check"
    ),
    path(POLL + "tap-phieu/", batches.batch_list, name="batch-list"),
    path(POLL + "tap-phieu/lap/", batches.batch_open, name="batch-open"),
    path(BATCH + "nhan/", readings.batch_start, name="batch-start"),
    path(BATCH + "doc/", readings.batch_read, name="batch-read"),
    path(BATCH + "doc/giu/", readings.batch_keep, name="batch-keep"),
    path(BATCH + "doc/nop/", readings.batch_submit, name="batch-submit"),
    path(BATCH + "doi-chieu/", batches.batch_settle, name="batch-settle"),
    path(BATCH + "bo/", batches.batch_void, name="batch-void"),
    path(POLL + "doi-chieu/", compare.count_compare, name="count-compare"),
    path(POLL + "doi-chieu/dem-lai/", compare.count_resolve, name="count-resolve"),
    path(POLL + "doi-chieu/thong-nhat/", compare.count_agree, name="count-agree"),
    path(POLL + "doi-chieu/xac-nhan/", compare.count_confirm, name="count-confirm"),
    path(POLL + "doi-chieu/khong-dong-y/", compare.count_disagree, name="count-disagree"),
    path(POLL + "quet/", scans.scan, name="scan"),
    path(POLL + "quet/bat-dau/", scans.scan_start, name="scan-start"),
    path(POLL + "quet/tai-len/", scans.scan_upload, name="scan-upload"),
    path(POLL + "quet/tam-dung/", scans.scan_pause, name="scan-pause"),
    path(POLL + "quet/tiep-tuc/", scans.scan_resume, name="scan-resume"),
    path(POLL + "quet/het-phieu/", scans.scan_finish, name="scan-finish"),
    path(POLL + "quet/bo/", scans.scan_void, name="scan-void"),
    path(POLL + "quet/khong-doc/", scans.scan_treat, name="scan-treat"),
    path(POLL + "quet/cap/", scans.scan_pair, name="scan-pair"),
    path(POLL + "quet/mau/", scans.scan_sample, name="scan-sample"),
    path(POLL + "quet/dong/", scan_rows.scan_row, name="scan-row"),
    path(POLL + "quet/truong-ban/", scan_rows.scan_decide, name="scan-decide"),
    path(POLL + "quet/dong/<str:key>/anh.png", scan_rows.scan_row_picture, name="scan-row-picture"),
    path(
        POLL + "quet/cap/<str:key>/<int:which>.png",
        scan_rows.scan_pair_picture,
        name="scan-pair-picture",
    ),
    path(
        POLL + "quet/khong-doc/<str:key>/anh.png",
        scan_rows.scan_refused_picture,
        name="scan-refused-picture",
    ),
    path(POLL + "man-hinh/", hall_screen.hall_screen, name="hall-screen"),
    path(POLL + "ket-qua/", results.poll_result, name="poll-result"),
    path(POLL + "ket-qua/so-lieu.json", results.poll_counts, name="poll-counts"),
]

POST = "lam-viec/<slug:slug>/chuc-vu-tren-phieu/<int:pk>/"
CHANGE = "lam-viec/<slug:slug>/de-nghi-danh-sach/<int:pk>/"
urlpatterns += [
    path(POLL + "chuc-vu/", posts.poll_posts, name="poll-posts"),
    path(POST + "so-nguoi/", posts.post_seats, name="post-seats"),
    path(POST + "bo/", posts.post_remove, name="post-remove"),
    path(POLL + "gioi-thieu-them/", list_changes.list_propose, name="list-propose"),
    path(CHANGE + "bieu-quyet/", list_changes.list_decide, name="list-decide"),
    path(CHANGE + "thoi/", list_changes.list_drop, name="list-drop"),
    path(POLL + "bau-lai/", reelections.poll_reelect, name="poll-reelect"),
    path(POLL + "lay-phieu-lai/", reelections.paper_repeat, name="paper-repeat"),
    path(
        "lam-viec/<slug:slug>/chuc-vu/nguoi-giu/<int:pk>/bau-lai/",
        reelections.tenure_reelect,
        name="tenure-reelect",
    ),
]
