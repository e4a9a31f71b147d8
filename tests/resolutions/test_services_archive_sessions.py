"""Past sessions come in with the archives, and past resolutions belong to them. All made up."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from council.models import AuditEntry, Term
from council.rules.refusals import Refusal
from resolutions.models import ArchivedResolution, ArchiveImport
from resolutions.services import archive_importing, archives
from sessions.models import Session
from sessions.services import past_sessions
from sessions.services.past_sessions import Known
from tests.cast import Cast
from tests.resolutions.archive_kit import handed_in, pdf, row

ROWS = [row(7, session="Kỳ họp thứ 9"), row(8, session="kỳ họp thứ X")]
FILES = {"07-NQ-HDND-2019.pdf": pdf("7"), "08-NQ-HDND-2019.pdf": pdf("8")}
PAST = [
    ["2016-2021", "9", "giữa năm", "05/07/2019", "06/07/2019", "Hội trường cũ"],
    ["2011-2016", "3", "cuối năm", "05/12/2013", "", ""],
]
KNOWN = Known(5, "thematic", date(2018, 3, 1), date(2018, 3, 1), "Hội trường")


@pytest.fixture
def old_term(cast: Cast) -> Term:
    return Term.objects.create(
        council=cast.council, number=cast.term.number - 1, label="2016-2021",
        starts_on=date(2016, 6, 1), ends_on=date(2021, 5, 31),
        statutory_delegates=cast.term.statutory_delegates,
    )  # fmt: skip


def imported(cast: Cast, run_jobs: Any) -> ArchiveImport:
    archive = handed_in(cast, ROWS, FILES, sessions=PAST)
    run_jobs()
    archives.submit(archive, by=cast.user["clerk"])
    archives.approve(archive, by=cast.user["approver"])
    run_jobs()
    return archive


def test_a_past_session_is_made_once_approved_and_its_resolutions_hang_on_it(
    cast: Cast, old_term: Term, run_jobs: Any
) -> None:
    archive = handed_in(cast, ROWS, FILES, sessions=PAST)
    run_jobs()
    first, second = archive.rows.order_by("line")
    assert "chưa có kỳ họp" not in first.doubt, "it comes with the import"
    assert "chưa có kỳ họp" in second.doubt
    assert not Session.objects.filter(is_from_archive=True).exists()
    archives.submit(archive, by=cast.user["clerk"])
    archives.approve(archive, by=cast.user["approver"])
    run_jobs()
    held = Session.objects.get(is_from_archive=True)
    assert (held.term, held.number, held.state) == (old_term, 9, "closed")
    made = ArchivedResolution.objects.get(number=7)
    assert made.council_session == held
    assert ArchivedResolution.objects.get(number=8).council_session is None
    good, bad = archive.sessions.order_by("line")
    assert good.state == "imported"
    assert bad.state == "refused"
    assert "chưa có nhiệm kỳ này" in bad.outcome
    assert AuditEntry.objects.filter(verb="session.record_past").count() == 1


def test_a_term_that_is_added_before_the_approval_is_found(
    cast: Cast, old_term: Term, run_jobs: Any
) -> None:
    archive = handed_in(cast, ROWS, FILES, sessions=PAST)
    run_jobs()
    waiting = archive.sessions.get(term_label="2011-2016")
    assert "thêm nhiệm kỳ trước khi duyệt" in waiting.doubt
    Term.objects.create(
        council=cast.council, number=old_term.number - 1, label="2011-2016",
        starts_on=date(2011, 6, 1), ends_on=date(2016, 5, 31), statutory_delegates=35,
    )  # fmt: skip
    archives.submit(archive, by=cast.user["clerk"])
    archives.approve(archive, by=cast.user["approver"])
    run_jobs()
    assert Session.objects.filter(is_from_archive=True).count() == 2


def test_running_twice_makes_nothing_twice(cast: Cast, old_term: Term, run_jobs: Any) -> None:
    archive = imported(cast, run_jobs)
    archive_importing._import_sessions(ArchiveImport.objects.get(pk=archive.pk))
    assert Session.objects.filter(is_from_archive=True).count() == 1


def test_public_and_staff_pages_say_where_it_comes_from(
    cast: Cast, old_term: Term, run_jobs: Any
) -> None:
    archive = imported(cast, run_jobs)
    held = Session.objects.get(is_from_archive=True)
    public = strip_tags(Client().get(held.get_absolute_url()).content.decode())
    assert "nhập từ hồ sơ lưu" in public
    clerk = Client()
    clerk.force_login(cast.user["clerk"])
    slug = cast.council.slug
    page = clerk.get(f"/lam-viec/{slug}/ho-so-luu/{archive.pk}/")
    assert "Kỳ họp thứ 9" in strip_tags(page.content.decode())
    for address in ("", "phien/", "chuong-trinh/", "tai-lieu/"):
        assert clerk.get(f"/lam-viec/{slug}/ky-hop/{held.pk}/{address}").status_code == 200


def test_what_is_no_past_session_is_refused(cast: Cast, old_term: Term) -> None:
    by, clerk = cast.user["approver"], cast.user["clerk"]
    past_sessions.record(old_term, KNOWN, submitted_by=clerk, by=by)
    tomorrow = timezone.localdate() + timedelta(days=1)
    for wrong, term, code in (
        (KNOWN, old_term, "session.number_taken"),
        (Known(6, "thematic", tomorrow, tomorrow, "x"), cast.term, "session.not_past"),
        (Known(6, "thematic", date(2013, 1, 1), date(2013, 1, 1), "x"), old_term,
         "date.outside_term"),
    ):  # fmt: skip
        with pytest.raises(Refusal) as refused:
            past_sessions.record(term, wrong, submitted_by=clerk, by=by)
        assert refused.value.code == code
    with pytest.raises(Refusal) as refused:
        past_sessions.record(old_term, KNOWN, submitted_by=clerk, by=clerk)
    assert refused.value.code == "access.denied"


def test_a_session_from_the_archives_is_over_in_the_database_too(
    cast: Cast, old_term: Term
) -> None:
    held = past_sessions.record(
        old_term, KNOWN, submitted_by=cast.user["clerk"], by=cast.user["approver"]
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.filter(pk=held.pk).update(state="in_progress")


def test_a_broken_list_of_sessions_is_refused_beside_its_field(cast: Cast, old_term: Term) -> None:
    with pytest.raises(Refusal) as refused:
        handed_in(cast, ROWS, FILES, sessions=[[""]])
    assert refused.value.field == "session_table"
