"""Four eyes, bound to the bytes: any change of the text ends an approval."""

from contextlib import suppress
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from council.models import AuditEntry, Role
from council.rules.refusals import Refusal
from resolutions.models import Approval, Resolution
from resolutions.queries import pages, texts
from resolutions.rules.document import Body
from resolutions.services import approvals, drafts
from tests.cast import GRANTED
from tests.resolutions.stage import (
    Stage,
    adopted,
    approved,
    copied,
    digests,
    drafted,
    submitted,
    voted,
)
from tests.resolutions.test_services_drafts import saved


def test_a_second_person_approves_what_he_read(stage: Stage) -> None:
    resolution = adopted(stage)
    approval = approvals.approve(resolution, by=stage.user["approver"], **digests(resolution))
    assert Resolution.objects.get(pk=resolution.pk).state == "approved"
    assert approval.text_digest == texts.digest_of(resolution)
    assert AuditEntry.objects.latest("seq").verb == "resolution.approve"


def test_the_chair_may_approve_too(stage: Stage) -> None:
    resolution = adopted(stage)
    approvals.approve(resolution, by=stage.user["chair"], **digests(resolution))
    assert pages.standing_approval(resolution) is not None


@pytest.mark.parametrize("who", ["clerk2", "counter1", "delegate", "admin", "outsider"])
def test_others_do_not_approve(stage: Stage, who: str) -> None:
    resolution = adopted(stage)
    with pytest.raises(Refusal) as refused:
        approvals.approve(resolution, by=stage.user[who], **digests(resolution))
    assert refused.value.code == "access.denied"


@pytest.mark.parametrize("submitter", ["clerk", "clerk2"])
def test_neither_author_nor_submitter_approves_whatever_roles_they_hold(
    stage: Stage, submitter: str
) -> None:
    for name in ("clerk", "clerk2"):
        Role.objects.create(
            user=stage.user[name], council=stage.cast.council, kind="approver", granted_at=GRANTED
        )
    resolution = drafted(stage)
    drafts.submit(resolution, by=stage.user[submitter])
    voted(stage, resolution)
    resolution = copied(resolution)
    for name in {"clerk", submitter}:
        with pytest.raises(Refusal) as refused:
            approvals.approve(resolution, by=stage.user[name], **digests(resolution))
        assert refused.value.code == "resolution.own_draft"


def test_the_database_itself_refuses_self_approval(stage: Stage) -> None:
    resolution = submitted(stage)
    clerk = stage.user["clerk"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(
            resolution=resolution, text_digest="a" * 64, pdf_sha256="b" * 64, submitted_by=clerk,
            approved_by=clerk, approved_at=GRANTED,
        )  # fmt: skip


def test_approving_twice_is_refused(stage: Stage) -> None:
    resolution = approved(stage)
    with pytest.raises(Refusal) as refused:
        approvals.approve(resolution, by=stage.user["chair"], **digests(resolution))
    assert refused.value.code == "resolution.not_now"


@pytest.mark.parametrize("which", ["text_digest", "pdf_sha256"])
def test_approving_other_bytes_than_stand_there_is_refused(stage: Stage, which: str) -> None:
    resolution = adopted(stage)
    read = digests(resolution) | {which: "0" * 64}
    with pytest.raises(Refusal) as refused:
        approvals.approve(resolution, by=stage.user["approver"], **read)
    assert refused.value.code == "resolution.text_changed"
    assert not resolution.approvals.exists()


def test_a_pdf_exchanged_on_the_disk_is_not_approved(stage: Stage) -> None:
    resolution = adopted(stage)
    read = digests(resolution)
    copy = resolution.signing_copies.get()
    with copy.file.storage.open(str(copy.file.name), "wb") as stored:
        stored.write(b"%PDF-1.7 another")
    with pytest.raises(Refusal) as refused:
        approvals.approve(resolution, by=stage.user["approver"], **read)
    assert refused.value.code == "resolution.text_changed"


def test_nothing_is_approved_before_the_vote(stage: Stage) -> None:
    resolution = submitted(stage)
    with pytest.raises(Refusal) as refused:
        approvals.approve(resolution, by=stage.user["approver"], **digests(resolution))
    assert refused.value.code == "resolution.not_adopted"


def test_the_approver_of_an_older_text_is_told_to_look_again(stage: Stage) -> None:
    resolution = adopted(stage)
    read = digests(resolution)
    drafts.edit(resolution, by=stage.user["clerk"], **saved(resolution, recipients="Sở Tài chính"))
    resolution = copied(drafts.submit(resolution, by=stage.user["clerk"]))
    assert resolution.number == 1  # the reserved number stays with it
    with pytest.raises(Refusal) as refused:
        approvals.approve(resolution, by=stage.user["approver"], **read)
    assert refused.value.code == "resolution.text_changed"


def test_sending_back_needs_a_reason_and_voids(stage: Stage) -> None:
    resolution = approved(stage)
    with pytest.raises(Refusal) as refused:
        approvals.send_back(resolution, reason=" ", by=stage.user["chair"])
    assert refused.value.code == "resolution.reason_missing"
    back = approvals.send_back(resolution, reason="Sai tên", by=stage.user["chair"])
    assert back.state == "draft"
    assert "Sai tên" in back.approvals.get().voided_reason
    with pytest.raises(Refusal):
        approvals.send_back(resolution, reason="Nữa", by=stage.user["chair"])


word = st.text(
    alphabet=st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạ0123456789 ,.;:()-–\"'"),
    max_size=25,
).map(lambda typed: " ".join(typed.split()))


@pytest.fixture
def ready(stage: Stage) -> Resolution:
    """Approved once for all examples, each of which is taken back."""
    return approved(stage)


AROUND = ("closing", "recipients", "signatory_name", "signatory_post")
FIELDS = ("title", "bases", *AROUND)


def _with_word(body: Body, field: str, inserted: str, data: st.DataObject) -> Body:
    """The body with a word put into the heading or the text of one of its articles."""
    index = data.draw(st.integers(0, len(body.articles) - 1))
    article = body.articles[index]
    if field == "heading":
        changed = replace(article, heading=article.heading + inserted)
    else:
        first = article.children[0]
        place = data.draw(st.integers(0, len(first.text)))
        text = first.text[:place] + inserted + first.text[place:]
        changed = replace(article, children=(replace(first, text=text), *article.children[1:]))
    nodes = [changed if node.key == article.key else node for node in body.nodes]
    return replace(body, nodes=tuple(nodes))


@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(data=st.data())
def test_any_change_of_the_text_voids_and_no_change_does_not(
    stage: Stage, ready: Resolution, data: st.DataObject
) -> None:
    """Insert a word anywhere: the approval stands if and only if the text came out the same."""
    with transaction.atomic():
        resolution = Resolution.objects.get(pk=ready.pk)
        before = texts.digest_of(resolution)
        field = data.draw(st.sampled_from([*FIELDS, "heading", "text"]))
        values = saved(resolution)
        inserted = data.draw(word)
        if field in FIELDS:
            old = str(values[field])
            place = data.draw(st.integers(0, len(old)))
            values[field] = old[:place] + inserted + old[place:]
        else:
            values["body"] = _with_word(values["body"], field, inserted, data)
        # Title, bases and body are the council's since the vote; only what is around may change.
        with suppress(Refusal):
            drafts.edit(resolution, by=stage.user["clerk"], **values)
        edited = Resolution.objects.get(pk=resolution.pk)
        same = texts.digest_of(edited) == before
        stands = pages.standing_approval(edited) is not None
        assert stands == same
        assert (edited.state == "approved") == same
        if inserted and inserted[0].isalnum() and field in AROUND:
            assert not same
        transaction.set_rollback(True)
