"""Made-up resolutions for measuring: marked, in councils of their own, found like any other."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from council.models import Council
from portal.models import SearchEntry
from portal.queries import found
from portal.rules import filler
from portal.services import synthetic
from resolutions.models import ArchivedResolution


@pytest.fixture(autouse=True)
def _while_developing(settings):
    settings.DEBUG = True


@pytest.fixture
def few(db, monkeypatch):
    """Fifty in two councils, written in several portions."""
    monkeypatch.setattr(synthetic, "AT_ONCE", 20)
    call_command("synthesize", resolutions=50, councils=2, processes=1)


def test_there_are_as_many_as_asked_for_in_councils_of_their_own(few, db):
    assert ArchivedResolution.objects.count() == SearchEntry.objects.count() == 50
    counts = [council.archived_resolutions.count() for council in Council.objects.order_by("slug")]
    assert counts == [25, 25]
    assert all(council.is_sample for council in Council.objects.all())


def test_asked_again_only_the_missing_ones_are_written(few):
    before = set(ArchivedResolution.objects.values_list("pk", flat=True))
    call_command("synthesize", resolutions=60, councils=2, processes=1)
    after = set(ArchivedResolution.objects.values_list("pk", flat=True))
    assert before < after
    assert len(after) == 60


def test_each_says_that_it_is_made_up_and_can_be_read(few, client):
    shown = ArchivedResolution.objects.order_by("pk").first()
    assert filler.MARK in shown.text
    page = client.get(shown.get_absolute_url())
    assert page.status_code == 200
    assert filler.MARK in page.content.decode()
    assert filler.MARK.encode() in b"".join(
        client.get(f"{shown.get_absolute_url()}tep/").streaming_content
    )
    entry = SearchEntry.objects.get(object_id=shown.pk)
    assert entry.path == shown.get_absolute_url()


def test_they_are_found(few, client):
    call_command("reindex", processes=1)
    shown = ArchivedResolution.objects.order_by("pk").last()
    results = found.find(found.Wanted(f'"{shown.title}"'))
    assert results.door is not None
    assert shown.title in [hit.entry.summary for hit in results[:20]]
    assert client.get(reverse("portal:search"), {"q": shown.symbol}).status_code == 200


def test_more_than_fit_are_refused(db):
    with pytest.raises(CommandError, match="at most"):
        call_command("synthesize", resolutions=synthetic.COUNCIL_MAX + 1, councils=1)


def test_with_debug_off_one_has_to_know(db, settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="--i-know"):
        call_command("synthesize", resolutions=1)
    assert not Council.objects.exists()
