"""The index follows the feed: what is published is found, what goes is gone, nothing else is."""

import shutil
import threading
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from council.services import jobs
from portal.fulltext import shelves
from portal.models import SearchChange, SearchEntry, SearchFeed
from portal.queries import found, index_door
from portal.services import search, search_index
from resolutions.models import Resolution
from sessions.models import Session
from tests.portal.stage import published_poll, published_resolution
from tests.resolutions.stage import build_stage


@pytest.fixture
def stage(db):
    stage = build_stage()
    published_resolution(stage, number=12, title="Về Đề án hoà giải ở cơ sở")
    published_resolution(stage, number=13, title="Về thủy lợi nội đồng")
    search.reindex()
    search_index.catch_up()
    return stage


def titles(asked, **filters):
    results = found.find(found.Wanted(asked, **filters))
    assert results.door is not None, "the index should answer"
    return [hit.entry.title for hit in results[:50]]


def test_what_is_published_is_found_after_its_job(stage, run_jobs):
    assert titles("đường sắt ") == []
    made = published_resolution(stage, number=14, title="Về đường sắt đô thị")
    jobs.enqueue("portal.index", key="k", title="x", args=["resolution", made.pk])
    run_jobs()
    assert titles("đường sắt ") == ["14/NQ-HĐND Về đường sắt đô thị"]


def test_what_is_withdrawn_is_gone_at_once_and_from_the_index_with_the_next_change(stage):
    session = stage.council_session
    assert any(title.startswith("Kỳ họp thứ 4") for title in titles("kỳ họp thứ 4 "))
    Session.objects.filter(pk=session.pk).update(state="approved", convened_at=None)
    search.index("session", session.pk)
    shown = titles("kỳ họp thứ 4 ")  # the index still knows the key, the row is gone
    assert not any(title.startswith("Kỳ họp thứ 4") for title in shown)
    before = index_door.opened().reader.size
    assert search_index.catch_up() == 1
    assert index_door.opened().reader.size == before - 1


def test_a_change_replaces_what_the_index_knew(stage):
    pk = Resolution.objects.get(number=13).pk
    SearchEntry.objects.filter(kind="resolution", object_id=pk).update(title="cũ", body="sai")
    assert search.index("resolution", pk)
    search_index.catch_up()
    assert titles("thuỷ lợi nội đồng ") == ["13/NQ-HĐND Về thủy lợi nội đồng"]
    assert titles("sai ") == []


def test_indexing_twice_appends_nothing(stage):
    pk = Resolution.objects.get(number=13).pk
    head = SearchFeed.objects.get().head
    assert search.index("resolution", pk)
    assert SearchFeed.objects.get().head == head == SearchChange.objects.count()
    assert search_index.catch_up() == 0


def test_positions_of_the_feed_have_no_gap(stage):
    positions = list(SearchChange.objects.values_list("position", flat=True))
    assert positions == list(range(1, len(positions) + 1))


def test_a_lost_index_is_made_anew_and_the_database_answers_meanwhile(stage):
    shutil.rmtree(settings.SEARCH_DIR)
    results = found.find(found.Wanted("hoa giai"))
    assert results.door is None
    assert not results.is_complete
    assert [hit.entry.title for hit in results[:9]] == ["12/NQ-HĐND Về Đề án hoà giải ở cơ sở"]
    assert search_index.catch_up() == SearchEntry.objects.count()
    assert len(titles("hoa giai ")) == 1


@pytest.mark.parametrize("broken", ["state.json", "meta.json"])
def test_a_damaged_index_is_made_anew(stage, broken):
    (index_door.shelf().current() / broken).write_text("{")
    assert found.find(found.Wanted("hoa giai")).total == 1  # by the database
    search_index.catch_up()
    assert len(titles("hoa giai ")) == 1


def test_an_index_of_another_database_is_not_asked(stage):
    search.begin_anew()
    assert index_door.opened() is None
    search_index.catch_up()
    assert len(titles("hoa giai ")) == 1


def test_an_index_of_another_layout_is_not_asked(stage, monkeypatch):
    monkeypatch.setattr("portal.fulltext.schema.version", lambda: "another")
    assert index_door.opened() is None
    search_index.catch_up()
    assert index_door.opened() is not None


def test_changes_that_the_feed_forgot_make_the_index_anew(stage, monkeypatch):
    monkeypatch.setattr(search_index, "KEPT_CHANGES", 1)
    made = [published_resolution(stage, number=n, title=f"Về cầu số {n}") for n in (20, 21, 22)]
    for resolution in made:
        search.index("resolution", resolution.pk)
    search_index.forget_old_changes()
    assert SearchChange.objects.count() == 1
    assert search_index.catch_up() == SearchEntry.objects.count()
    assert len(titles("cầu số ")) == 3


def test_a_large_table_is_left_to_the_command(stage, monkeypatch, caplog):
    monkeypatch.setattr(search_index, "REBUILD_MAX", 1)
    shutil.rmtree(settings.SEARCH_DIR)
    assert search_index.catch_up() == 0
    assert "manage.py reindex" in caplog.text


def test_the_command_builds_beside_and_swaps(stage, capsys):
    before = index_door.shelf().current()
    reader = index_door.opened().reader
    call_command("reindex", "--table")
    after = index_door.shelf().current()
    assert before != after
    assert [path.name for path in settings.SEARCH_DIR.glob("index-*")] == [after.name]
    assert f"{SearchEntry.objects.count()} documents indexed" in capsys.readouterr().out
    assert reader.size == SearchEntry.objects.count()  # who still reads the old one is not cut off
    assert len(titles("hoa giai ")) == 1


def test_only_one_builds_at_a_time(stage):
    with index_door.shelf().building(), pytest.raises(CommandError, match="Another process"):
        call_command("reindex")
    call_command("reindex")


def test_a_second_writer_waits_or_leaves_it_to_the_first(stage):
    made = published_resolution(stage, number=15, title="Về bến xe khách")
    search.index("resolution", made.pk)
    shelf = index_door.shelf()
    with shelf.changing(wait=0):
        assert search_index.catch_up(wait=0) == 0
        with pytest.raises(shelves.Busy), shelf.changing(wait=0.1):
            pass
    assert search_index.catch_up() == 1
    assert len(titles("bến xe ")) == 1


def test_a_writer_that_waits_gets_its_turn(stage):
    shelf, turns = index_door.shelf(), []

    def second():
        with shelf.changing(wait=20):
            turns.append("second")

    with shelf.changing(wait=0):
        thread = threading.Thread(target=second)
        thread.start()
        turns.append("first")
    thread.join(timeout=30)
    assert turns == ["first", "second"]


def test_what_stays_behind_is_said(stage):
    made = published_resolution(stage, number=16, title="Về chợ nổi")
    search.index("resolution", made.pk)
    assert found.find(found.Wanted("hoa giai")).is_complete  # a moment ago: on its way
    late = SearchChange.objects.latest("position")
    late.made_at -= timedelta(minutes=1)
    late.save(update_fields=["made_at"])
    assert not found.find(found.Wanted("hoa giai")).is_complete


def test_days_that_pass_change_the_standing(stage):
    from django.utils import timezone

    today = timezone.localdate()
    made = published_resolution(
        stage, number=17, title="Về cây xanh", effective_on=today + timedelta(days=3)
    )
    search.index("resolution", made.pk)
    entry = SearchEntry.objects.get(kind="resolution", object_id=made.pk)
    assert (entry.status, entry.status_until) == ("not_yet", today + timedelta(days=2))
    search_index.catch_up()
    assert len(titles("cây xanh ", status="not_yet")) == 1
    assert titles("cây xanh ", status="in_force") == []
    assert search.follow_days(today) == 0
    assert search.follow_days(today + timedelta(days=3)) == 1


def test_following_is_safe_without_anything(db):
    search_index.follow()
    assert index_door.opened() is not None
    assert found.find(found.Wanted("gì đó")).total == 0


def test_a_disk_that_refuses_stops_nobody(stage, settings, tmp_path, caplog):
    (tmp_path / "file").write_text("")
    settings.SEARCH_DIR = tmp_path / "file" / "search"
    assert search_index.catch_up() == 0
    assert "could not be written" in caplog.text


def test_polls_are_found_by_the_people_on_them(stage):
    published_poll(stage)
    search.reindex()
    search_index.catch_up()
    assert any("tín nhiệm" in title for title in titles("thu an ", kind="poll"))
