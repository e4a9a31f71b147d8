"""Stopping a poll, and annulling a confirmed result by a recorded decision only."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from council.models import AuditEntry, Job, Tenure
from council.rules.refusals import Refusal
from elections.models import Annulment, Poll
from elections.queries import results
from elections.services import annulments
from sessions.models import OpenVote
from tests.elections import stage as staging
from tests.elections.stage import Stage

pytestmark = pytest.mark.django_db
REASON = "Người giới thiệu không có thẩm quyền"
DOCUMENT = {
    "body": "Ủy ban Thường vụ Quốc hội", "document": "12/NQ-UBTVQH16",
    "decided_on": date(2028, 12, 20), "reason": REASON,
}  # fmt: skip


@pytest.fixture
def stage() -> Stage:
    return staging.build()


def elected(stage: Stage) -> Poll:
    """An election whose result is confirmed: one person took office by it."""
    poll = staging.election(stage)
    staging.candidate(stage, poll, 30)
    return staging.agreed(stage, poll).poll


def code_of(verb, *args, **kwargs) -> str:
    with pytest.raises(Refusal) as refused:
        verb(*args, **kwargs)
    return refused.value.code


def test_the_chair_stops_a_poll_without_a_result(stage: Stage) -> None:
    poll = staging.counting(stage, staging.confidence(stage))
    stop = annulments.stop
    assert code_of(stop, poll, reason=REASON, by=stage.user("clerk")) == "access.denied"
    poll = stop(poll, reason=REASON, by=stage.user("chair"))
    assert (poll.state, poll.annulled_reason) == ("annulled", REASON)
    assert not Annulment.objects.exists()
    assert code_of(stop, poll, reason=REASON, by=stage.user("chair")) == "poll.wrong_state"


def test_nobody_annuls_a_confirmed_result_by_a_reason_alone(stage: Stage) -> None:
    poll = elected(stage)
    stopped = code_of(annulments.stop, poll, reason=REASON, by=stage.user("chair"))
    assert stopped == "annulment.has_result"
    assert Poll.objects.get(pk=poll.pk).state == "agreed"


def test_the_councils_vote_annuls_and_the_elected_leaves_that_day(stage: Stage) -> None:
    poll = elected(stage)
    vote = staging.take_vote(stage, "annulment")
    refused = code_of(annulments.by_vote, poll, vote=vote, reason=REASON, by=stage.user("clerk"))
    assert refused == "access.denied"
    made = annulments.by_vote(poll, vote=vote, reason=REASON, by=stage.user("chair"))
    poll = Poll.objects.get(pk=poll.pk)
    assert (poll.state, made.basis, made.decided_on) == ("annulled", "council", staging.DAY)
    tenure = poll.outcome.lines.get().tenure
    assert (tenure.ends_on, tenure.end_reason) == (staging.DAY, "annulled")
    assert poll.outcome.lines.get().votes == {"for": 30, "against": 2}  # figures stay
    assert AuditEntry.objects.filter(verb="poll.annul").count() == 1
    again = code_of(annulments.by_vote, poll, vote=vote, reason=REASON, by=stage.user("chair"))
    assert again in {"poll.wrong_state", "vote.already_used"}
    assert code_of(annulments.by_document, poll, by=stage.user("chair"), **DOCUMENT) == (
        "poll.wrong_state"
    )


def test_a_vote_that_does_not_decide_this_annuls_nothing(stage: Stage) -> None:
    poll = elected(stage)

    def refused(vote: OpenVote) -> str:
        return code_of(annulments.by_vote, poll, vote=vote, reason=REASON, by=stage.user("chair"))

    assert refused(staging.take_vote(stage, "other")) == "vote.wrong_matter"
    assert refused(staging.take_vote(stage, "annulment", for_count=17)) == "vote.not_passed"
    used = staging.take_vote(stage, "annulment")
    other = staging.agreed(stage, staging.confidence(stage)).poll
    annulments.by_vote(other, vote=used, reason=REASON, by=stage.user("chair"))
    assert refused(used) == "vote.already_used"
    assert Poll.objects.get(pk=poll.pk).state == "agreed"
    assert Tenure.objects.filter(end_reason="annulled").count() == 0


def test_a_document_from_above_annuls_with_body_number_and_day(stage: Stage) -> None:
    poll = elected(stage)
    by = stage.user("chair")
    early = {**DOCUMENT, "decided_on": date(2028, 12, 11)}
    assert code_of(annulments.by_document, poll, by=by, **early) == "annulment.before_result"
    with pytest.raises(ValidationError), transaction.atomic():
        annulments.by_document(poll, by=by, **{**DOCUMENT, "document": ""})
    assert Poll.objects.get(pk=poll.pk).state == "agreed"
    made = annulments.by_document(poll, by=by, **DOCUMENT)
    tenure = poll.outcome.lines.get().tenure
    tenure.refresh_from_db()
    assert tenure.ends_on == made.decided_on == date(2028, 12, 20)


def test_a_tenure_that_ended_before_is_left_as_it_is(stage: Stage) -> None:
    poll = elected(stage)
    tenure = poll.outcome.lines.get().tenure
    Tenure.objects.filter(pk=tenure.pk).update(ends_on=staging.DAY, end_reason="not_approved")
    annulments.by_document(poll, by=stage.user("chair"), **DOCUMENT)
    tenure.refresh_from_db()
    assert (tenure.ends_on, tenure.end_reason) == (staging.DAY, "not_approved")


@pytest.mark.parametrize(
    "fields",
    [
        {"basis": "council"}, {"basis": "authority"}, {"basis": "authority", "body": "X"},
        {"basis": "authority", "body": "X", "document": "1", "reason": ""},
    ],
)  # fmt: skip
def test_the_database_holds_no_annulment_without_its_decision(stage: Stage, fields) -> None:
    poll = elected(stage)
    values = {
        "poll": poll, "decided_on": staging.DAY, "reason": REASON,
        "recorded_by": stage.user("chair"), "recorded_at": poll.opened_at, **fields,
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Annulment.objects.bulk_create([Annulment(**values)])


def test_a_public_result_stays_at_its_address_with_the_annulment_beside_it(stage: Stage) -> None:
    poll = elected(stage)
    Poll.objects.filter(pk=poll.pk).update(state="published", published_at=poll.opened_at)
    address = poll.get_absolute_url()
    client = Client()
    assert "đã bị hủy" not in client.get(address).content.decode()
    vote = staging.take_vote(stage, "annulment")
    annulments.by_vote(poll, vote=vote, reason=REASON, by=stage.user("chair"))
    assert Job.objects.filter(name="portal.purge", key__contains="annulled").exists()
    text = client.get(f"{address}?x").content.decode()
    assert "Kết quả này đã bị hủy: Hội đồng nhân dân biểu quyết ngày 12/12/2028" in text
    assert REASON in text
    assert "30/35 phiếu đồng ý" in text  # the result itself is still there
    session = client.get(f"{stage.council_session.get_absolute_url()}?x").content.decode()
    assert "đã bị hủy" in session
    assert "Đã bị hủy: Bầu bổ sung" in client.get("/tinh-thu/feed.atom").content.decode()
    data = client.get(f"{address}so-lieu.json").json()["polls"][0]
    assert data["annulled"] is True


def test_a_result_that_never_was_public_does_not_become_so_by_its_annulment(stage: Stage) -> None:
    poll = elected(stage)
    vote = staging.take_vote(stage, "annulment")
    annulments.by_vote(poll, vote=vote, reason=REASON, by=stage.user("chair"))
    assert not Job.objects.filter(key__contains="annulled").exists()
    assert Client().get(poll.get_absolute_url()).status_code == 404
    assert REASON not in Client().get("/tinh-thu/chuc-vu/").content.decode()


def page(name: str, poll: Poll) -> str:
    return reverse(f"elections:{name}", args=["tinh-thu", poll.pk])


def test_the_page_offers_a_vote_or_a_document_once_there_is_a_result(stage: Stage) -> None:
    poll = elected(stage)
    chair = staging.signed_in(stage, "chair")
    text = chair.get(page("poll-annul", poll)).content.decode()
    assert "Chưa có biểu quyết nào" in text
    assert "thôi giữ vào ngày quyết định" in text
    assert page("poll-annul-by-document", poll) in text
    vote = staging.take_vote(stage, "annulment")
    assert "33/35 tán thành" in chair.get(page("poll-annul", poll)).content.decode()
    empty = chair.post(page("poll-annul-by-vote", poll), {"vote": vote.pk, "reason": ""})
    assert empty.status_code == 200
    chair.post(page("poll-annul-by-vote", poll), {"vote": vote.pk, "reason": REASON})
    assert Annulment.objects.get().open_vote_id == vote.pk
    shown = staging.signed_in(stage, "clerk").get(page("poll-result", poll)).content.decode()
    assert "Kết quả này đã bị hủy" in shown


def test_the_page_takes_a_document(stage: Stage) -> None:
    poll = elected(stage)
    chair = staging.signed_in(stage, "chair")
    typed = {**DOCUMENT, "decided_on": "2028-12-01"}
    refused = chair.post(page("poll-annul-by-document", poll), typed).content.decode()
    assert "không thể có trước ngày bỏ phiếu" in refused
    assert 'value="12/NQ-UBTVQH16"' in refused
    chair.post(page("poll-annul-by-document", poll), {**typed, "decided_on": "2028-12-20"})
    assert Annulment.objects.get().document == "12/NQ-UBTVQH16"
    shown = chair.get(page("poll", poll)).content.decode()
    assert "Ủy ban Thường vụ Quốc hội, văn bản số 12/NQ-UBTVQH16" in shown


def test_verify_finds_a_result_annulled_without_a_decision(stage: Stage) -> None:
    poll = elected(stage)
    stopped = annulments.stop(
        staging.counting(stage, staging.confidence(stage)), reason=REASON, by=stage.user("chair")
    )
    assert results.annulled_without_decision() == []
    Poll.objects.filter(pk=poll.pk).update(state="annulled", annulled_at=stopped.annulled_at)
    assert results.annulled_without_decision() == [poll]
