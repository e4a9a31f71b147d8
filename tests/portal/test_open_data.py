"""The open data files: whole, described to the byte, replaced together, and without a canary."""

import csv
import hashlib
import io
import json
import re
import sqlite3
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.utils import timezone

from council.models import Council, CouncilSetting, Job
from council.services import jobs
from portal.models import DataFile, DataRelease
from portal.rules import dumped, open_data
from portal.services import open_data as service
from resolutions.models import Notice, Resolution
from sessions.models import Indicator, Session
from tests.access_stage import archived_in, imported
from tests.portal.stage import MOMENT, paper, published_poll, published_resolution
from tests.portal.test_views_only_published import (
    CANARY,
    hide_inside_the_public_session,
    hide_people,
    hide_polls_and_drafts,
    hide_sessions,
)
from tests.resolutions.stage import build_stage

PAGE = "/tinh-thu/du-lieu/"


@pytest.fixture
def stage(db):
    """Public things of every kind, and canaries in everything else."""
    cache.clear()
    made = build_stage()
    published_poll(made)
    published_resolution(made)
    paper(made, visibility="public", title="Báo cáo công khai")
    Indicator.objects.create(
        council_session=made.council_session, position=1, name="Thu", unit="%", period="2026"
    )
    archived_in(imported(made), number=3, year=2020, slug="3-nq-hdnd")
    hide_sessions(made)
    hide_inside_the_public_session(made)
    hide_polls_and_drafts(made)
    hide_people(made)
    return made


@pytest.fixture
def council(stage):
    service.make(stage.cast.council)
    return stage.cast.council


def content(client, name):
    response = client.get(f"{PAGE}{name}")
    assert response.status_code == 200, name
    return b"".join(response.streaming_content)


def rows(client, table):
    """A table as its CSV has it."""
    text = content(client, f"{table}.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def whole(council, client, tmp_path):
    """The SQLite file, opened."""
    path = tmp_path / "whole.sqlite"
    path.write_bytes(content(client, "tinh-thu.sqlite"))
    database = sqlite3.connect(path)
    yield database
    database.close()


def test_every_column_is_described_in_both_languages_and_no_other():
    told = {column.name for table in dumped.TABLES for column in dumped.columns_of(table)}
    assert told == set(open_data._WORDS["columns"])
    assert set(dumped.TABLES) == set(open_data._WORDS["tables"])
    for part in open_data._WORDS.values():
        assert [words for words in part.values() if len(set(words)) != 2] == []


def test_no_file_and_no_description_holds_a_canary(council, client, whole):
    names = [*DataFile.objects.values_list("name", flat=True), "dcat.jsonld", "datapackage.json"]
    assert len(names) == 2 * len(dumped.TABLES) + 3
    for name in names:
        response = client.get(f"{PAGE}{name}")
        found = b"".join(response.streaming_content) if response.streaming else response.content
        assert CANARY.encode() not in found, name
        assert b"example.org" not in found, name
    for table in dumped.TABLES:
        assert whole.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] > 0, table
    assert whole.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_the_three_forms_say_the_same_and_the_same_as_the_api(council, client, whole):
    for table in dumped.TABLES:
        lines = [json.loads(line) for line in content(client, f"{table}.jsonl").splitlines()]
        cells = rows(client, table)
        assert [line["id"] for line in lines] == [int(row["id"]) for row in cells]
        stored = whole.execute(f'SELECT id FROM "{table}" ORDER BY rowid').fetchall()
        assert [line["id"] for line in lines] == [key for (key,) in stored]
        assert len(lines) == DataFile.objects.get(name=f"{table}.csv").rows
    listed = client.get("/api/v1/persons?council=tinh-thu&limit=100").json()["items"]
    people = [json.loads(line) for line in content(client, "persons.jsonl").splitlines()]
    assert people == listed


def test_a_journalist_joins_votes_with_names_and_reads_texts(council, client, whole):
    (votes,) = whole.execute(
        "SELECT sum(v.votes) FROM poll_votes v JOIN polls p ON p.id = v.poll "
        "JOIN persons q ON q.id = v.person WHERE p.kind = 'confidence'"
    ).fetchone()
    assert votes > 0
    (resolution,) = rows(client, "resolutions")
    assert resolution["text"].startswith("Điều 1")
    assert resolution["bases"] == "Căn cứ Luật số 72/2025/QH15;"
    vi, en = whole.execute(
        "SELECT vi, en FROM columns WHERE table_name = 'resolutions' AND name = 'text'"
    ).fetchone()
    assert (vi, en) == ("Toàn văn, mỗi đoạn một dòng", "The text, a line a passage")


def test_csv_opens_in_a_spreadsheet(council, client):
    assert content(client, "sessions.csv").startswith(b"\xef\xbb\xbfid,council,term,")
    response = client.get(f"{PAGE}sessions.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert response["Content-Disposition"] == 'attachment; filename="sessions.csv"'
    list(response.streaming_content)
    again = client.get(f"{PAGE}sessions.csv", headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304
    assert response["Access-Control-Allow-Origin"] == "*"


def test_the_descriptions_are_true_to_the_byte(council, client):
    dataset = client.get(f"{PAGE}dcat.jsonld").json()
    assert dataset["@type"] == "dcat:Dataset"
    assert "dct:license" not in dataset
    for one in dataset["dcat:distribution"]:
        found = content(client, one["dcat:downloadURL"]["@id"].rpartition("/")[2])
        assert one["dcat:byteSize"]["@value"] == str(len(found))
        checksum = one["spdx:checksum"]["spdx:checksumValue"]["@value"]
        assert checksum == hashlib.sha256(found).hexdigest()
    package = client.get(f"{PAGE}datapackage.json").json()
    for one in package["resources"]:
        name = one["path"].removeprefix(f"{settings.BASE_URL}{PAGE}")
        found = content(client, name)
        assert one["bytes"] == len(found)
        assert one["hash"] == f"sha256:{hashlib.sha256(found).hexdigest()}"
        fields = [field["name"] for field in one["schema"]["fields"]]
        if one["format"] == "csv":
            assert found.decode("utf-8-sig").splitlines()[0].split(",") == fields
        assert all(field["description"] for field in one["schema"]["fields"])


FORMS = {
    "integer": re.compile(r"-?\d+"), "number": re.compile(r"-?\d+(\.\d+)?"),
    "boolean": re.compile("true|false"), "date": re.compile(r"\d{4}-\d\d-\d\d"),
    "datetime": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d"),
}  # fmt: skip


def test_every_cell_is_of_its_column_s_type(council, client):
    for table in dumped.TABLES:
        columns = dumped.columns_of(table)
        for row in rows(client, table):
            for column in columns:
                cell = row[column.name]
                if column.type in FORMS and (cell or column.is_required):
                    assert FORMS[column.type].fullmatch(cell), (table, column, cell)
                if column.type == "object":
                    assert isinstance(json.loads(cell), dict)


def test_the_same_data_make_no_new_files_and_other_data_replace_all_of_them(council, client):
    before = list(DataFile.objects.values())
    made_at = DataRelease.objects.get().made_at
    service.make(council)
    assert list(DataFile.objects.values()) == before
    assert DataRelease.objects.get().made_at == made_at
    old = DataFile.objects.get(name="sessions.csv").file.name
    Session.objects.filter(pk=Session.objects.published().first().pk).update(place="Nơi khác")
    with_callbacks(lambda: service.make(council))
    release = DataRelease.objects.get()
    assert release.made_at > made_at
    assert release.files.count() == len(before)
    assert not default_storage.exists(old)
    assert "Nơi khác" in content(client, "sessions.csv").decode("utf-8-sig")
    kept = DataFile.objects.get(name="terms.csv").file.name
    assert default_storage.exists(kept)


def with_callbacks(act):
    """Do it, then what waits for the commit."""
    from django.test import TestCase

    with TestCase.captureOnCommitCallbacks(execute=True):
        act()


def test_many_changes_ask_for_one_job_and_the_last_of_them_is_answered(stage):
    council = stage.cast.council
    for _change in range(3):
        service.want(council)
    assert Job.objects.filter(name="portal.make_data").count() == 1
    jobs.run_due()
    release = DataRelease.objects.get(council=council)
    assert release.read_at >= release.wanted_at
    service.want(council)
    assert Job.objects.get(name="portal.make_data").state == "waiting"


def test_a_publication_makes_the_files_anew(council, client, stage):
    resolution = published_resolution(stage, number=77, title="Về việc mới")
    jobs.enqueue(
        "portal.index", key="t", title="t", args=["resolution", resolution.pk], council=council
    )
    jobs.run_due()
    assert "Về việc mới" in {row["title"] for row in rows(client, "resolutions")}
    (found,) = [row for row in rows(client, "resolutions") if row["number"] == "77"]
    assert found["status"] == "in_force"


def test_the_clock_asks_for_what_was_never_made_or_not_today(stage):
    today = timezone.localdate()
    councils = Council.objects.count()
    assert service.want_missing(today) == councils
    jobs.run_due()
    assert service.want_missing(today) == 0
    assert service.want_missing(today + timedelta(days=1)) == councils


def test_a_text_that_a_notice_hides_is_in_no_file(council, client, stage):
    target = Resolution.objects.published().get()
    clerk, chair = stage.user["clerk"], stage.user["chair"]
    Notice.objects.create(
        council=target.council, kind="withdrawal", target=target, symbol="1/TB", slug="1-tb",
        dated=MOMENT.date(), reason="Lộ thông tin", hides_text=True, signatory_post="CHỦ TỊCH",
        signatory_name="A", state="published", created_by=clerk, submitted_by=clerk,
        submitted_at=MOMENT, signed_by=chair, published_at=MOMENT, file="x.pdf", sha256="0" * 64,
    )  # fmt: skip
    service.make(council)
    (row,) = rows(client, "resolutions")
    assert (row["text"], row["bases"]) == ("", "")
    assert row["withdrawn_on"] == MOMENT.date().isoformat()


def test_the_licence_is_what_the_council_decided_and_nothing_else(council, client):
    assert "chưa quyết định giấy phép" in client.get(PAGE).content.decode()
    CouncilSetting.objects.create(
        council=council, key="data_licence", value="cc-by-4.0", source="Quyết định số 9",
        effective_from=date(2020, 1, 1),
    )  # fmt: skip
    page = client.get(PAGE).content.decode()
    assert "Quyết định số 9" in page
    url = "https://creativecommons.org/licenses/by/4.0/"
    dataset = client.get(f"{PAGE}dcat.jsonld").json()
    assert dataset["dct:license"] == {"@id": url}
    assert {one["dct:license"]["@id"] for one in dataset["dcat:distribution"]} == {url}
    assert client.get(f"{PAGE}datapackage.json").json()["licenses"][0]["path"] == url


def test_the_page_tells_day_and_size_and_leads_to_every_file(council, client):
    for language, day in (("vi", "%d/%m/%Y"), ("en", "%Y")):
        page = client.get(PAGE, headers={"accept-language": language}).content.decode()
        for one in DataFile.objects.all():
            assert f'href="{PAGE}{one.name}"' in page
        assert f"{timezone.localdate():{day}}" in page
    assert f'href="{PAGE}"' in client.get("/tinh-thu/").content.decode()


def test_before_the_first_files_the_page_says_so_and_the_rest_is_404(stage, client):
    assert "đang được tạo" in client.get(PAGE).content.decode()
    for name in ("sessions.csv", "dcat.jsonld", "datapackage.json"):
        assert client.get(f"{PAGE}{name}").status_code == 404
    service.make(stage.cast.council)
    for name in ("nothing.csv", "..%2Fsettings.py", "sessions.csv%00"):
        assert client.get(f"{PAGE}{name}").status_code in {400, 404}
