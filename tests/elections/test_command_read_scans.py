"""`ballot_sheet` prints, an imagined voter marks, `read_scans` reads: as outside testers do."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pytest
from django.core.management import CommandError, call_command
from PIL import Image, ImageDraw

from elections import scanning
from elections.services import files
from tests.elections import stage as staging
from tests.elections.stage import Stage

pytestmark = pytest.mark.django_db

DPI = 200


@pytest.fixture
def stage() -> Stage:
    return staging.build()


def called(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def marked(folder: Path, votes: dict[str, list[str]]) -> Any:
    """The paper of a folder with a cross in each voted box, in blue."""
    document = pdfium.PdfDocument(folder / "ballot.pdf")
    page = document[0].render(scale=DPI / 72).to_pil().convert("RGB")
    pen, mm = ImageDraw.Draw(page), DPI / 25.4
    for box in json.loads((folder / "map.json").read_text())["boxes"]:
        if box["option"] in votes.get(box["entry"], []):
            x, y, w, h = (box[key] * mm for key in ("x", "y", "w", "h"))
            for start, end in (((0.2, 0.2), (0.8, 0.8)), ((0.8, 0.2), (0.2, 0.8))):
                points = [(x + a * w, y + b * h) for a, b in (start, end)]
                pen.line(points, fill=(30, 50, 160), width=4)
    return page


def test_printed_papers_are_read_back_from_files_of_every_kind(
    stage: Stage, tmp_path: Path
) -> None:
    poll = staging.confidence(stage)
    called("ballot_sheet", str(poll.pk), "--out", str(tmp_path))
    entries = sorted(
        {box["entry"] for box in json.loads((tmp_path / "map.json").read_text())["boxes"]}
    )
    votes = {entry: ["high"] for entry in entries[2:]} | {entries[0]: ["high", "low"]}
    expected = dict.fromkeys(entries, "high") | {entries[0]: "@over", entries[1]: "@blank"}
    page = marked(tmp_path, votes)
    page.save(tmp_path / "a.png")
    page.rotate(180).convert("L").save(tmp_path / "b.jpg", quality=50)
    page.rotate(90, expand=True).save(tmp_path / "c.tiff")
    blank = Image.fromarray(np.full((2339, 1654), 255, np.uint8))
    page.save(tmp_path / "d.pdf", save_all=True, append_images=[blank], resolution=DPI)
    names = [str(tmp_path / name) for name in ("d.pdf", "c.tiff", "a.png", "b.jpg")]
    said = called("read_scans", str(poll.pk), *names, "--json", str(tmp_path / "out.json"))
    assert "4 read, 1 refused" in said
    answers = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert answers["contract"] == "omr-answers/1"
    refused = answers["images"].pop("d.pdf#2")
    assert refused["status"] == "refused"
    assert "mã in trên phiếu" in refused["why"]
    read = {"status": "read", "answers": expected}
    assert answers["images"] == dict.fromkeys(("a.png", "b.jpg", "c.tiff", "d.pdf#1"), read)


def test_the_map_of_the_stored_paper_is_used(stage: Stage, tmp_path: Path) -> None:
    poll = staging.confidence(stage)
    called("ballot_sheet", str(poll.pk), "--out", str(tmp_path))
    files.make_ballot(poll.pk)
    marked(tmp_path, {}).save(tmp_path / "a.png")
    answers = json.loads(called("read_scans", str(poll.pk), str(tmp_path / "a.png")))
    assert set(answers["images"]["a.png"]["answers"].values()) == {"@blank"}


def test_a_paper_of_another_poll_is_refused(stage: Stage, tmp_path: Path) -> None:
    poll, other = staging.confidence(stage), staging.election(stage)
    staging.candidate(stage, other, 30)
    called("ballot_sheet", str(other.pk), "--out", str(tmp_path))
    marked(tmp_path, {}).save(tmp_path / "a.png")
    answers = json.loads(called("read_scans", str(poll.pk), str(tmp_path / "a.png")))
    assert answers["images"]["a.png"]["status"] == "refused"
    assert "cuộc bỏ phiếu khác" in answers["images"]["a.png"]["why"]


def test_files_of_one_name_are_told_apart_by_their_path(stage: Stage, tmp_path: Path) -> None:
    poll = staging.confidence(stage)
    names = [tmp_path / folder / "a.png" for folder in ("one", "two")]
    for name in names:
        name.parent.mkdir()
        name.write_bytes(b"")
    answers = json.loads(called("read_scans", str(poll.pk), *map(str, names)))
    assert set(answers["images"]) == {str(name) for name in names}


def test_what_is_not_there_is_a_sentence(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll = staging.confidence(stage)
    with pytest.raises(CommandError, match="No such file"):
        called("read_scans", str(poll.pk), str(tmp_path / "nothing.png"))
    (tmp_path / "a.png").write_bytes(b"x")
    with pytest.raises(CommandError, match="No poll 999"):
        called("read_scans", "999", str(tmp_path / "a.png"))
    monkeypatch.setattr(scanning, "is_available", lambda: False)
    with pytest.raises(CommandError, match=r"requirements-scan\.txt"):
        called("read_scans", str(poll.pk), str(tmp_path / "a.png"))
