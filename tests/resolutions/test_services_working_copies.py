"""Unsaved text: kept for one person, never over another's save."""

from dataclasses import replace

import pytest

from council.rules.refusals import Refusal
from council.services.versions import StaleEdit
from resolutions.models import Resolution, WorkingCopy
from resolutions.queries import copies
from resolutions.rules.content import Content, loads
from resolutions.services import signing_copies, working_copies
from tests.resolutions.stage import Stage, drafted


def keep(
    stage: Stage, resolution: Resolution, content: Content, *, who: str = "clerk", revision: int = 0
) -> WorkingCopy:
    return working_copies.keep(
        resolution, content, base=copies.saved_content(resolution),
        base_version=resolution.version, revision=revision, by=stage.user[who],
    )  # fmt: skip


def test_each_person_has_a_copy_and_nobody_elses_is_touched(stage: Stage) -> None:
    resolution = drafted(stage)
    content = copies.saved_content(resolution)
    keep(stage, resolution, replace(content, title="Của thư ký"))
    keep(stage, resolution, replace(content, title="Của Văn phòng"), who="approver")
    copy = copies.copy_of(resolution, stage.user["clerk"])
    assert copy is not None
    assert loads(copy.content).title == "Của thư ký"
    working_copies.drop(resolution, by=stage.user["clerk"])
    working_copies.drop(resolution, by=stage.user["clerk"])
    assert WorkingCopy.objects.get().user == stage.user["approver"]
    assert Resolution.objects.get().title == resolution.title


def test_a_copy_is_not_part_of_what_is_approved(stage: Stage) -> None:
    resolution = drafted(stage)
    before = resolution.versions.count()
    keep(stage, resolution, replace(copies.saved_content(resolution), title="Khác"))
    assert Resolution.objects.get().versions.count() == before
    assert Resolution.objects.get().version == resolution.version
    assert signing_copies.current(resolution) is None


def test_another_window_is_refused_and_keeps_what_stands(stage: Stage) -> None:
    resolution = drafted(stage)
    content = copies.saved_content(resolution)
    keep(stage, resolution, replace(content, title="Một"))
    with pytest.raises(Refusal) as refused:
        keep(stage, resolution, replace(content, title="Hai"))
    assert refused.value.code == "copy.elsewhere"
    keep(stage, resolution, replace(content, title="Ba"), revision=1)
    assert "Ba" in WorkingCopy.objects.get().content


@pytest.mark.parametrize("who", ["chair", "delegate", "outsider"])
def test_others_keep_nothing(stage: Stage, who: str) -> None:
    resolution = drafted(stage)
    with pytest.raises(Refusal) as refused:
        keep(stage, resolution, copies.saved_content(resolution), who=who)
    assert refused.value.code == "access.denied"


def test_saving_without_a_copy_is_refused(stage: Stage) -> None:
    resolution = drafted(stage)
    with pytest.raises(Refusal) as refused:
        working_copies.save(resolution, by=stage.user["clerk"])
    assert refused.value.code == "copy.none"
    with pytest.raises(Refusal):
        working_copies.merge(resolution, choices={}, version=1, by=stage.user["clerk"])
    with pytest.raises(Refusal) as refused:
        working_copies.restore(resolution, 9, version=1, by=stage.user["clerk"])
    assert refused.value.code == "version.none"


def test_a_stale_save_keeps_the_copy_and_merging_saves_both(stage: Stage) -> None:
    resolution = drafted(stage)
    content = copies.saved_content(resolution)
    keep(stage, resolution, replace(content, title="Của tôi"))
    keep(stage, resolution, replace(content, recipients=("Của họ",)), who="approver")
    working_copies.save(resolution, by=stage.user["approver"])
    with pytest.raises(StaleEdit):
        working_copies.save(resolution, by=stage.user["clerk"])
    assert WorkingCopy.objects.count() == 1
    with pytest.raises(StaleEdit):
        working_copies.merge(resolution, choices={}, version=1, by=stage.user["clerk"])
    assert working_copies.merge(resolution, choices={}, version=2, by=stage.user["clerk"]) is None
    saved = Resolution.objects.get()
    assert (saved.title, saved.recipients, saved.version) == ("Của tôi", "Của họ", 3)
    assert not WorkingCopy.objects.exists()


def test_a_key_once_given_is_never_given_again(stage: Stage) -> None:
    resolution = drafted(stage)
    first = copies.saved_content(resolution)
    drafts_next = first.body.next_key
    longer = replace(first, body=replace(first.body, next_key=drafts_next + 50))
    keep(stage, resolution, longer)
    working_copies.save(resolution, by=stage.user["clerk"])
    working_copies.restore(Resolution.objects.get(), 1, version=2, by=stage.user["clerk"])
    assert copies.saved_content(Resolution.objects.get()).body.next_key == drafts_next + 50


def test_the_kind_of_a_draft_can_change_and_must_be_known(stage: Stage) -> None:
    resolution = drafted(stage)
    content = replace(copies.saved_content(resolution), kind="normative")
    keep(stage, resolution, content)
    working_copies.save(resolution, by=stage.user["clerk"])
    assert Resolution.objects.get().kind == Resolution.Kind.NORMATIVE
