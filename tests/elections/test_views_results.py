"""The result's page and what hangs on it: the file for the recount."""

import json

import pytest
from django.urls import reverse

from elections.models import Poll
from elections.queries import exports
from elections.rules.papers import Paper
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


def test_only_members_who_read_the_papers_get_them(stage: Stage, monkeypatch) -> None:
    poll = staging.confidence(stage)
    staging.agreed(stage, poll)
    Poll.objects.filter(pk=poll.pk).update(counting="ballots")
    heap = [Paper({"c01": "high"}), Paper({}, is_valid=False)]
    monkeypatch.setattr(exports.records, "heap_of", lambda poll: heap)
    for who, sees in (("clerk", False), ("chair", False), ("admin", False), ("counter1", True)):
        response = staging.signed_in(stage, who).get(page("poll-counts", poll.pk))
        (found,) = json.loads(response.content)["polls"]
        assert (found["papers"] is not None) is sees, who
