"""The result's page and what hangs on it: the file for the recount."""

import json
import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from elections.models import Outcome, Poll
from elections.services import files
from sessions.models import AgendaItem, Session, Sitting
from tests.elections import paper_stage
from tests.elections import stage as staging
from tests.elections.stage import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return staging.build()


def page(name: str, key: int, *rest: object) -> str:
    return reverse(f"elections:{name}", args=["tinh-thu", key, *rest])


def test_the_file_for_the_recount_is_offered_once_the_result_is_confirmed(stage: Stage) -> None:
    poll = staging.confidence(stage)
    client = staging.signed_in(stage, "clerk")
    assert client.get(page("poll-counts", poll.pk)).status_code == 404
    staging.agreed(stage, poll)
    assert page("poll-counts", poll.pk) in client.get(page("poll-result", poll.pk)).content.decode()
    response = client.get(page("poll-counts", poll.pk))
    assert "attachment" in response["Content-Disposition"]
    (found,) = response.json()["polls"]
    assert found["votes"]["c01"] == {"high": 25, "confidence": 5, "low": 2}
    assert [row["name"] for row in found["entries"]][:1] == [poll.entries.first().person.full_name]


def test_minutes_and_the_sheet_to_read_aloud_lie_on_the_results_page(stage: Stage) -> None:
    poll = staging.confidence(stage)
    staging.agreed(stage, poll)
    client = staging.signed_in(stage, "chair")
    assert client.get(page("poll-file", poll.pk, "reading")).status_code == 404
    files.make_minutes(poll.pk)
    shown = client.get(page("poll-result", poll.pk)).content.decode()
    for kind, starts, name in (
        ("minutes", b"%PDF-", f"bien-ban-{poll.slug}.pdf"),
        ("minutes_docx", b"PK", f"bien-ban-{poll.slug}.docx"),
        ("reading", b"%PDF-", f"ban-doc-ket-qua-{poll.slug}.pdf"),
    ):
        assert page("poll-file", poll.pk, kind) in shown
        response = client.get(page("poll-file", poll.pk, kind))
        assert response.content.startswith(starts)
        assert name in response["Content-Disposition"]


def test_no_page_gives_papers_away_not_even_to_those_who_read_them(stage: Stage) -> None:
    poll = paper_stage.by_ballots(stage, staging.counting(stage, staging.confidence(stage)))
    paper_stage.account(stage, poll)
    paper_stage.all_read(stage, poll, paper_stage.heap_of(poll, 33))
    staging.counts.agree(poll, by=stage.user("counter1"))
    staging.counts.confirm(poll, by=stage.user("counter2"))
    Poll.objects.filter(pk=poll.pk).update(state="published", published_at=poll.closed_at)
    own = page("poll-counts", poll.pk)
    files = [staging.signed_in(stage, who).get(own) for who in ("clerk", "chair", "counter1")]
    files.append(Client().get(f"{poll.get_absolute_url()}so-lieu.json"))
    for response in files:
        (found,) = json.loads(response.content)["polls"]
        assert (found["way"], found["papers"], found["papers_sha256"]) == ("ballots", None, None)


def second_vote(stage: Stage, **changes: int) -> Poll:
    """The same persons, voted on in another session two years later."""
    poll = staging.confidence(stage)
    staging.agreed(stage, poll)
    old = Poll.objects.get(pk=poll.pk)
    Poll.objects.filter(pk=old.pk).update(held_on=date(2026, 12, 12), **changes)
    stage.council_session = Session.objects.create(
        term=old.council_session.term, number=9, kind="year_end", opens_on=staging.DAY,
        closes_on=date(2028, 12, 14), place="Hội trường", state="in_progress",
        created_by=stage.user("clerk"), submitted_by=stage.user("clerk"),
        submitted_at=old.opened_at, approved_by=stage.user("approver"),
        approved_at=old.opened_at, convened_at=old.opened_at,
    )  # fmt: skip
    Sitting.objects.filter(pk=stage.sitting.pk).update(council_session=stage.council_session)
    stage.sitting.refresh_from_db()
    AgendaItem.objects.filter(pk=stage.item.pk).update(council_session=stage.council_session)
    stage.item.refresh_from_db()
    staging.elect_committee(stage)
    poll = staging.confidence(stage)
    votes = {("c01", "high"): 12, ("c01", "confidence"): 10, ("c01", "low"): 10}
    staging.agreed(stage, poll, changes=votes)
    return Poll.objects.get(pk=poll.pk)


def words(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text))


def test_an_earlier_vote_stands_beside_the_new_one_each_on_its_own_base(stage: Stage) -> None:
    poll = second_vote(stage)
    Outcome.objects.exclude(poll=poll).update(base="total", base_value=35)
    text = words(
        staging.signed_in(stage, "clerk").get(page("poll-result", poll.pk)).content.decode()
    )
    part = text[text.index("So với lần lấy phiếu trước") :]
    assert "12/12/2028 trên tổng số phiếu thu về (33) 12 36,36%" in part
    assert "12/12/2026 trên tổng số đại biểu (35) 25 75,76%" in part
    assert "khác căn cứ" in part


def test_the_public_compares_with_published_results_only(stage: Stage) -> None:
    poll = second_vote(stage)
    Poll.objects.filter(pk=poll.pk).update(state="published", published_at=poll.opened_at)
    address = f"{poll.get_absolute_url()}?x"
    assert "Lần trước" not in Client().get(address).content.decode()
    old = Poll.objects.exclude(pk=poll.pk)
    old.update(state="published", published_at=poll.opened_at)
    text = words(Client().get(address).content.decode())
    assert text.count("Lần trước, 12/12/2026") == old.get().entries.count()
    assert "trên tổng số phiếu thu về (33)" in text
    assert f'href="{old.get().get_absolute_url()}"' in Client().get(address).content.decode()
    old.update(state="annulled", annulled_at=poll.opened_at)
    assert "Lần trước" not in Client().get(address).content.decode()
