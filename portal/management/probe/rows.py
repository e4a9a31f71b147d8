"""Objects of the instruments that the plot leaves out, written as rows.

What is asked of them is who reads them, not how they came to be. All of it is made up.
"""

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone

from council.models import Appointment, CommitteeSeat, EndApproval, Job, Tenure, User
from council.rules.law import RULEBOOK
from council.services import mandates, rulebook
from elections import models as elections
from portal.management.demo.stage import Stage
from portal.management.probe.words import Words
from portal.models import Subscriber
from resolutions import models as resolutions
from resolutions.queries import copies
from resolutions.rules import content as contents
from sessions import models as sessions

NO_DIGEST: Final = "0" * 64
FILE: Final = b"%PDF-1.7 made up"


def fill(stage: Stage, words: Words) -> None:
    """One row of each kind; who acts in them is the clerk."""
    background(stage, words)
    ballots(stage, words)
    grounds(stage, words)
    appointment(stage, words)
    committees(stage)
    scans(stage, words)
    papers(stage, words)
    acts(stage, words)
    keys_and_notices(stage, words)


def drafted_poll(stage: Stage) -> elections.Poll:
    """The poll that is only prepared."""
    return elections.Poll.objects.get(
        council_session__term=stage.term, state=elections.PollState.DRAFT
    )


def background(stage: Stage, words: Words) -> None:
    """A job that failed with what its program said."""
    now = timezone.now()
    Job.objects.create(
        name="portal.purge", key=f"probe.{stage.council.slug}", title=words.text("Việc nền"),
        step=words.text("Đang làm"), error=words.text("Lỗi:"), state=Job.State.FAILED,
        council=stage.council, requested_by=stage.clerk, created_at=now, not_before=now,
        finished_at=now,
    )  # fmt: skip


def ballots(stage: Stage, words: Words) -> None:
    """What may lie around one poll that is only prepared."""
    poll, clerk, now = drafted_poll(stage), stage.clerk, timezone.now()
    by = {"recorded_by": clerk, "recorded_at": now}
    elections.PollPost.objects.get_or_create(
        poll=poll, office=stage.offices["pc_vice_chair"], defaults={"seats": 1}
    )
    elections.ListChange.objects.create(
        poll=poll, kind="addition", person=stage.delegates[-2].person,
        post=words.text("Trưởng phòng"),
        proposed_by=stage.delegates[1], submitter="standing_committee",
        reason=words.text("Vì"), **by,
    )  # fmt: skip
    elections.PrintRun.objects.create(
        poll=poll, ordinal=9, number=40, printed_by=clerk, printed_at=now, void_at=now,
        void_reason=words.text("In nhầm"),
    )  # fmt: skip
    elections.PaperAccount.objects.create(
        poll=poll, printed=40, issued=38, unused=2, spoiled=0, returned=38,
        remarks=words.text("Ý kiến về phiếu"), **by,
    )  # fmt: skip
    batch = elections.PaperBatch.objects.create(
        poll=poll, number=1, size=2, state="void", void_reason=words.text("Đọc lại vì")
    )
    elections.PaperDifference.objects.create(
        batch=batch, entry_code="c01", first="for", second="against", agreed="for",
        reason=words.text("Cùng xem lá phiếu"), recorded_by=clerk,
    )  # fmt: skip
    elections.Recount.objects.create(
        poll=poll, cell="issued", first=1, second=2, agreed=2, reason=words.text("Đếm lại"), **by
    )


def grounds(stage: Stage, words: Words) -> None:
    """Requests and petitions about people, and what follows from them."""
    clerk, day = stage.clerk, timezone.localdate()
    tenure, release = stage.tenures[4], stage.delegates[-4]
    poll = drafted_poll(stage)
    elections.Resignation.objects.create(
        tenure=tenure, requested_on=day, reason=words.text("Xin thôi vì"), article="x",
        consent=words.text("Ý kiến số"), decision=words.text("Quyết định số"), state="granted",
        decided_on=day, recorded_by=clerk,
    )  # fmt: skip
    EndApproval.objects.create(
        tenure=tenure, ended_on=day, approver=words.text("Thủ tướng"), article="x",
        decision=words.text("Quyết định"), send_due_on=day,
    )  # fmt: skip
    elections.SeatRelease.objects.create(
        mandate=release, ground="request", document=words.text("Đơn"), requested_on=day,
        reason=words.text("Chuyển công tác"), article="x", state="granted", decided_on=day,
        body="council", decision=words.text("Nghị quyết"), recorded_by=clerk,
    )  # fmt: skip
    mandates.release(
        release, ends_on=day, reason="resigned", body="council", decision=words.text("NQ số"),
        by=clerk,
    )  # fmt: skip
    elections.Trigger.objects.create(
        council=stage.council, person=tenure.person, kind="front", received_on=day, is_met=True,
        document=words.text("Văn bản Mặt trận"), rule_id="x", article="x", recorded_by=clerk,
    )  # fmt: skip
    entry = poll.entries.earliest("pk")
    elections.Motion.objects.create(
        entry=entry, proposer=stage.tenures[0], proposed_on=day, reason=words.text("Đề nghị vì"),
        article="x",
    )  # fmt: skip
    line = elections.OutcomeLine.objects.filter(
        outcome__poll__council_session__term=stage.term
    ).earliest("pk")  # fmt: skip
    elections.FollowUp.objects.create(
        council=stage.council, kind="resign_or_vote", person=tenure.person, line=line,
        council_session=poll.council_session, opened_on=day, article="x", rule_id="x",
        state="done", closed_on=day, closed_reason=words.text("Đã giải quyết"),
    )  # fmt: skip


def appointment(stage: Stage, words: Words) -> None:
    """A member of the people's committee who was appointed during a merger."""
    tenure = Tenure.objects.create(
        office=stage.offices["pc_member"], person=stage.delegates[-6].person, term=stage.term,
        basis=Tenure.Basis.APPOINTED, starts_on=stage.term.starts_on, fills_single_office=False,
        approver=words.text("Thủ tướng"), decision=words.text("Quyết định"),
    )  # fmt: skip
    Appointment.objects.create(
        tenure=tenure, body=words.text("Thường trực"), decision=words.text("Nghị quyết số"),
        decided_on=stage.term.starts_on, allowed_from=stage.term.starts_on,
        allowed_to=stage.term.ends_on, legal_basis="x",
    )  # fmt: skip


def committees(stage: Stage) -> None:
    """A member in each committee: the list of delegates tells it."""
    for committee, mandate in zip(
        stage.term.committees.order_by("pk"), stage.delegates, strict=False
    ):
        CommitteeSeat.objects.create(
            committee=committee, mandate=mandate, starts_on=stage.term.starts_on
        )


def scans(stage: Stage, words: Words) -> None:
    """A scan that was given up, with a file that could not be read."""
    run = elections.ScanRun.objects.create(
        poll=drafted_poll(stage), mode="test", template=NO_DIGEST, state="void",
        void_reason=words.text("Bỏ lượt quét vì"), started_by=stage.clerk,
    )  # fmt: skip
    elections.ScanUpload.objects.create(
        run=run, sha256=NO_DIGEST, state="failed", why=words.text("Không đọc được")
    )
    elections.ScanSheet.objects.create(
        run=run, status="refused", code="no_marks", why=words.text("Không thấy dấu")
    )
    elections.ScanSample.objects.create(run=run, seed=words.word(), size=3, drawn_by=stage.clerk)


def papers(stage: Stage, words: Words) -> None:
    """Personal data found in a paper for delegates, its masked copy, and files on their way."""
    now, clerk = timezone.now(), stage.clerk
    version = sessions.DocumentVersion.objects.filter(
        document__council_session__term=stage.term, document__visibility="delegates",
    ).earliest("pk")  # fmt: skip
    check, _made = sessions.PersonalDataCheck.objects.get_or_create(
        version=version, defaults={"checked_at": now}
    )
    for decision, reason in (("mask", ""), ("keep", words.text("Để nguyên vì"))):
        check.finds.create(
            kind="phone", text=words.text("0912 000"), context=words.text("Điện thoại"),
            pages=[1], decision=decision, reason=reason, decided_by=clerk, decided_at=now,
        )  # fmt: skip
    masked = sessions.MaskedCopy(
        version=version, digest=NO_DIGEST, storage_key=f"probe-{version.pk}", size=len(FILE),
        filename=f"{words.word()}.pdf", media_type="application/pdf",
        sha256=hashlib.sha256(FILE).hexdigest(), texts={"1": words.text("Trang")}, made_at=now,
    )  # fmt: skip
    masked.file.save("che.pdf", ContentFile(FILE), save=False)
    masked.save()
    held = drafted_poll(stage).council_session
    for state, number in (("receiving", 1), ("refused", 2)):
        sessions.PaperUpload.objects.create(
            council_session=held, key=f"{number:032d}-{stage.council.pk}"[-40:], size=9,
            filename=f"{words.word()}.pdf", change_note=words.text("Sửa"), mark=words.word(),
            guess={"title": words.text("Đoán là")}, state=state, uploaded_by=clerk,
            refusal_code="x" if state == "refused" else "",
            refusal_sentence=words.text("Không nhận vì") if state == "refused" else "",
            refusal_params={"what": words.word()} if state == "refused" else {},
            created_at=now, touched_at=now,
        )  # fmt: skip


def acts(stage: Stage, words: Words) -> None:
    """A text in the making with what it does to others, and what somebody types into it."""
    draft = resolutions.Resolution.objects.filter(council=stage.council, state="draft").latest("pk")
    draft.relations.create(kind="implements", outside=words.text("Luật số 72/2025/QH15"))
    draft.relations.create(
        kind="rewords", position=2, outside=words.text("Nghị quyết cũ"),
        target_words=words.text("Điều 1"), old_words=words.text("cụm từ cũ"),
        new_words=words.text("cụm từ mới"),
    )  # fmt: skip
    content = contents.dumps(copies.saved_content(draft))
    typed = content.replace("Về nhiệm vụ", words.text("Về nhiệm vụ"), 1)
    resolutions.WorkingCopy.objects.create(
        resolution=draft, user=stage.clerk, base_version=draft.version, base=content,
        content=typed, saved_at=timezone.now(),
    )  # fmt: skip


def keys_and_notices(stage: Stage, words: Words) -> None:
    """Certificates, and a letter about a published resolution."""
    now, clerk = timezone.now(), stage.clerk
    resolutions.SigningCertificate.objects.create(
        council=stage.council, part="council", certificate=b"0", key_label=words.word(),
        fingerprint=hashlib.sha256(stage.council.slug.encode()).hexdigest(),
        subject=words.text("Con dấu"), issuer=words.text("Tổ chức cấp"), valid_from=now,
        valid_to=now + timedelta(days=365), added_by=clerk, added_at=now,
    )  # fmt: skip
    target = resolutions.Resolution.objects.filter(
        council=stage.council, state="published"
    ).earliest("pk")  # fmt: skip
    notice(stage, words, target)


def notice(stage: Stage, words: Words, target: resolutions.Resolution) -> None:
    """A letter in the making that corrects a slip of the printed text."""
    day = timezone.localdate()
    number = words.number(1, 9000)
    row = resolutions.Notice(
        council=stage.council, kind="correction", target=target, symbol=f"{number}/{words.word()}",
        dated=day, slug=f"{number}-hdnd-vp", reason=words.text("In sai chính tả"),
        signatory_post=words.text("Phó Chủ tịch"), signatory_name=words.person(),
        created_by=stage.clerk,
    )  # fmt: skip
    row.save()
    row.lines.create(
        target_words=words.text("Điều 2"), old_words=words.text("đã in"),
        new_words=words.text("sửa thành"),
    )  # fmt: skip


def installation(words: Words, root: User, *, by: User) -> None:
    """What belongs to no council: a change of the rulebook, a root, the doorkeeper's records."""
    now = timezone.now()
    like = RULEBOOK.by_id("question")
    for years in (3, 4):
        row = replace(like, effective_from=date(now.year + years, 1, 1))
        proposal = rulebook.propose(row, like=like, by=by)
        for name in ("note", "source", "text_vi", "text_en", "article"):
            setattr(proposal, name, words.text("Quy định"))
        proposal.save()
        if years == 3:  # noqa: PLR2004 - the first one
            rulebook.reject(proposal, reason=words.text("Không đúng"), by=root)
    resolutions.TrustedRoot.objects.create(
        certificate=b"0", fingerprint=hashlib.sha256(words.word().encode()).hexdigest(),
        subject=words.text("Tổ chức gốc"), valid_from=now, valid_to=now + timedelta(days=365),
        proposed_by=by, proposed_at=now,
    )  # fmt: skip
    Subscriber.objects.create(email=f"{words.word()}@example.org", key=words.word(), made_at=now)
    doorkeeper(words, root)


def doorkeeper(words: Words, root: User) -> None:
    """What the framework and the guard of the door write down."""
    asked = {
        "user_agent": words.text("Agent"), "username": words.word(),
        "http_accept": words.text("text/html"), "path_info": f"/{words.word()}/",
    }  # fmt: skip
    AccessAttempt.objects.create(
        **asked, get_data=words.text("q"), post_data=words.text("username"),
        failures_since_start=1, ip_address="192.0.2.1",
    )  # fmt: skip
    AccessLog.objects.create(**asked, ip_address="192.0.2.1")
    AccessFailureLog.objects.create(**asked, ip_address="192.0.2.1")
    Group.objects.create(name=words.text("Nhóm"))
    LogEntry.objects.create(
        user=root, object_repr=words.text("Mục"), change_message=words.text("Đã sửa"),
        action_flag=CHANGE,
    )  # fmt: skip
