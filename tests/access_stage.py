"""The stage of the access matrix: one object behind every address, and an account for every role.

Objects are written as rows: the matrix asks who gets in, not how they came to be.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from council.models import CouncilSetting, EndApproval, Job, Role, RoleKind, RuleVersion, User
from council.rules.law import RULEBOOK
from council.services import rulebook
from elections.models import (
    FollowUp,
    ListChange,
    OutcomeLine,
    PaperBatch,
    Poll,
    PollEntry,
    PollPost,
    PrintRun,
    Resignation,
    SeatRelease,
    Trigger,
)
from portal.management.commands.show_urls import addresses
from portal.services import open_data, published_objects
from resolutions.models import ArchivedResolution, ArchiveImport, Relation
from sessions.models import (
    Guest,
    Indicator,
    OpenVote,
    PaperUpload,
    PrintedSheet,
    SessionNote,
)
from tests.access_notices import notice_rows
from tests.access_reach import follower_words
from tests.access_register import register_rows
from tests.access_signing import printed_code, signing_rows
from tests.cast import GRANTED, PASSWORD
from tests.portal.stage import paper, published_poll, published_resolution, readable_forms
from tests.resolutions import stage as resolution_stage
from tests.resolutions.texts_stage import begun

ACCOUNTS = {
    "clerk": {"clerk"},
    "approver": {"approver"},
    "only_chair": {"chair"},
    "only_counter": {"ballot_committee"},
    "delegate": {"delegate"},
    "admin": {"administrator"},
}
MOMENT = datetime(2026, 7, 10, 2, 0, tzinfo=UTC)


@dataclass
class Stage:
    """`objects`: the key of the object behind `<int:pk>`, by the word before it."""

    users: dict[str, User]
    slug: str
    other_slug: str
    objects: dict[str, int] = field(default_factory=dict)
    words: dict[str, Any] = field(default_factory=dict)

    def user(self, who: str) -> User:
        return self.users[who]

    def arguments(self, pattern: str, slug: str = "") -> dict[str, Any]:
        """What fills the pattern's holes."""
        found: dict[str, Any] = {}
        for before, kind, name in re.findall(r"([^/<>]*)[/.-]<(\w+):(\w+)>", pattern):
            if name == "slug":
                found[name] = slug or self.slug
            elif name == "pk":
                found[name] = self.objects[before]
            else:
                found[name] = self.words[f"{kind}:{name}" if name == "number" else name]
        return found


def build() -> Stage:
    """A session in progress with a poll, a draft and a published resolution, papers and votes."""
    made = resolution_stage.build_stage()
    cast = made.cast
    users = {**cast.user, **more_accounts(cast)}
    stage = Stage(users, cast.council.slug, cast.other_council.slug)
    poll = resolution_stage.agreed_poll(made)
    draft = resolution_stage.drafted(made)
    public = published_poll(made)
    resolution = published_resolution(made)
    rows = session_rows(made)
    job = Job.objects.create(
        name="portal.purge", key="matrix", title="Việc thử", council=cast.council,
        created_at=MOMENT, not_before=MOMENT,
    )  # fmt: skip
    stage.objects = {
        "viec": job.pk,
        "nhan-su": cast.people[20].pk,
        "tu-cach": cast.mandates[20].pk,
        "nguoi-giu": cast.tenures["pc_vice_chair"].pk,
        "nhiem-ky": cast.term.pk,
        "vai-tro": Role.objects.get(user=cast.user["clerk2"]).pk,
        "ky-hop": made.council_session.pk,
        "phien": made.sitting.pk,
        "bo-phieu": poll.pk,
        "de-xuat": rule_proposal(cast).pk,
        "tap-phieu": PaperBatch.objects.create(poll=poll, number=1, size=2).pk,
        "quy-che": CouncilSetting.objects.create(
            council=cast.council,
            key="papers_days",
            value="5",
            effective_from=date(2026, 4, 1),
            source="Điều 9 Quy chế",
        ).pk,
        "lan-in": print_run(poll, cast.user["clerk"]).pk,
        "ung-cu-vien": PollEntry.objects.filter(poll=poll).first().pk,  # type: ignore[union-attr]
        "nghi-quyet": draft.pk,
        "van-ban-ky-hop": begun(made).pk,
        **archive_rows(made),
        **election_rows(made),
        **instrument_rows(made, poll),
        **signing_rows(cast),
        **register_rows(cast),
        **notice_rows(made, resolution),
        **{word: row.pk for word, row in rows.items()},
        "sessions": made.council_session.pk,
        "polls": public.pk,
        "resolutions": resolution.pk,
        "persons": cast.people[0].pk,
        "body": cast.council.pk, "legislative-term": cast.term.pk, "person": cast.people[0].pk,
        "meeting": made.council_session.pk,
        "agenda-item": made.council_session.items.order_by("pk")[0].pk,
    }  # fmt: skip
    archived(made, year=resolution.year or 0, slug=resolution.slug)
    stage.words = {
        "rest": "khong-co",
        "person_slug": cast.people[0].slug,
        "suffix": "csv",
        "relation_pk": Relation.objects.create(
            resolution=draft, kind="implements", outside="Luật số 72/2025/QH15"
        ).pk,
        "mandate_pk": cast.mandates[20].pk,
        "term": cast.term.label,
        "poll_slug": public.slug,
        "year": resolution.year,
        "slug:number": resolution.slug,
        "int:number": made.council_session.number,
        "part:number": 1,
        "listed": "trang",
        **follower_words(),
        "kind": "ballot",
        "form": "pdf",
        "key": "a" * 32,
        "page": 1,
        "width": 720,
        "ordinal": 1,
        "which": 1,
        "part": "person",
        "code": printed_code(resolution),
        "notice_slug": "15-hdnd-vp",
        "setting": "papers_days",
        "rule_id": "resolution.majority",
        "filename": "sessions.csv",
        "organization_key": f"council-{cast.council.pk}",
        "membership_key": f"mandate-{cast.mandates[0].pk}",
        "paper_key": f"resolution-{resolution.pk}",
        "consultation_key": f"resolution-{resolution.pk}",
        "file_key": f"resolution-{resolution.pk}-pdf",
        "location_key": f"council-{cast.council.pk}",
    }
    published_objects.follow_council(cast.council)
    open_data.make(cast.council)
    return stage


def archive_rows(made: Any) -> dict[str, int]:
    """An import of past resolutions, and one row of it."""
    archive = ArchiveImport.objects.create(
        council=made.cast.council, title="Cũ", table=ContentFile(b"x", name="a.csv"),
        state="review", created_by=made.user["clerk"], created_at=MOMENT,
    )  # fmt: skip
    row = archive.rows.create(line=2, kind="individual")
    return {"ho-so-luu": archive.pk, "dong-ho-so": row.pk}


def archived(made: Any, *, year: int, slug: str) -> ArchivedResolution:
    """A published resolution from the archives, at the address of the one published here."""
    return archived_in(imported(made), number=1, year=year, slug=slug)


def imported(made: Any) -> ArchiveImport:
    """An import that is done; what it brought is still to come."""
    return ArchiveImport.objects.create(
        council=made.cast.council, title="Đã nhập", table="a.csv", state="done",
        created_by=made.user["clerk"], created_at=MOMENT, submitted_by=made.user["clerk"],
        approved_by=made.user["approver"], approved_at=MOMENT, finished_at=MOMENT,
    )  # fmt: skip


def archived_in(archive: ArchiveImport, *, number: int, year: int, slug: str) -> ArchivedResolution:
    """One more published resolution of an import."""
    file = archive.files.create(path=f"{number}.pdf", file=f"{number}.pdf", sha256="0" * 64)
    row = archive.rows.create(
        line=number, kind="individual", number=number, year=year, title="Cũ", file=file,
        issued_on=MOMENT.date(), state="imported",
    )  # fmt: skip
    return ArchivedResolution.objects.create(
        council=archive.council, row=row, kind="individual", year=year, number=number,
        symbol=f"{number}/NQ-HĐND", slug=slug, title="Cũ",
        issued_on=MOMENT.date(), file=ContentFile(b"%PDF-1.7", name=f"{number}.pdf"),
        media_type="application/pdf", size=8, sha256="0" * 64, published_at=MOMENT,
    )  # fmt: skip


def print_run(poll: Poll, by: User) -> PrintRun:
    """A run of the poll's papers."""
    at = datetime(2028, 12, 11, tzinfo=UTC)
    return PrintRun.objects.create(poll=poll, ordinal=1, number=40, printed_by=by, printed_at=at)


def election_rows(made: Any) -> dict[str, int]:
    """A post on an election's paper, and a proposal about its list."""
    poll = Poll.objects.create(
        council_session=made.council_session, kind="election", slug="bau", title="Bầu",
        held_on=made.council_session.opens_on, office=made.cast.offices["pc_vice_chair"],
        created_by=made.user["clerk"],
    )  # fmt: skip
    post = PollPost.objects.create(poll=poll, office=poll.office, seats=1)
    change = ListChange.objects.create(
        poll=poll, kind="addition", person=made.cast.people[21], post="Đại biểu",
        proposed_by=made.cast.mandates[20], submitter="standing_committee",
        recorded_by=made.user["clerk"], recorded_at=MOMENT,
    )  # fmt: skip
    return {"chuc-vu-tren-phieu": post.pk, "de-nghi-danh-sach": change.pk}


def rule_proposal(cast: Any) -> RuleVersion:
    """A change of the rulebook that waits for a second administrator."""
    like = RULEBOOK.by_id("question")
    row = replace(like, effective_from=date(2030, 1, 1))
    return rulebook.propose(row, like=like, by=cast.user["admin"])


def more_accounts(cast: Any) -> dict[str, User]:
    """Accounts with one role only, one of the other council with all roles, and the root."""
    users = {
        "only_chair": User.objects.create_user("only_chair", "", PASSWORD),
        "only_counter": User.objects.create_user("only_counter", "", PASSWORD),
        "root": User.objects.create_superuser("root", "", PASSWORD),
    }
    grants = [("only_chair", "chair", 30), ("only_counter", "ballot_committee", 31)]
    for name, kind, seat in grants:
        Role.objects.create(
            user=users[name], council=cast.council, kind=kind, person=cast.people[seat],
            granted_at=GRANTED,
        )  # fmt: skip
    for kind in RoleKind.values:
        Role.objects.get_or_create(
            user=cast.user["outsider"], council=cast.other_council, kind=kind,
            defaults={"granted_at": GRANTED},
        )  # fmt: skip
    return users


def instrument_rows(made: Any, poll: Poll) -> dict[str, int]:
    """A petition, a step, a request and an approval of an ended office, by address."""
    cast, clerk = made.cast, made.user["clerk"]
    tenure, day = cast.tenures["pc_vice_chair"], MOMENT.date()
    common = {"council": cast.council, "person": tenure.person}
    trigger = Trigger.objects.create(
        **common, kind="delegates", received_on=day, petitioner_count=1, total_delegates=35,
        needed=12, is_met=False, rule_id="x", article="x", recorded_by=clerk,
    )  # fmt: skip
    line = OutcomeLine.objects.filter(outcome__poll=poll).order_by("pk").first()
    step = FollowUp.objects.create(
        **common, kind="resign_or_vote", line=line, council_session=poll.council_session,
        opened_on=day, article="x", rule_id="x",
    )  # fmt: skip
    request = Resignation.objects.create(
        tenure=tenure, requested_on=day, reason="x", article="x", recorded_by=clerk
    )
    asked = EndApproval.objects.create(
        tenure=tenure, ended_on=day, approver="x", send_due_on=day, article="x"
    )
    release = SeatRelease.objects.create(
        mandate=cast.mandates[21], ground="request", document="Đơn", requested_on=day, reason="x",
        article="x", recorded_by=clerk,
    )  # fmt: skip
    return {
        "thoi-dai-bieu": release.pk,
        "kien-nghi": trigger.pk, "viec-phat-sinh": step.pk, "don": request.pk,
        "thoi-giu": asked.pk,
    }  # fmt: skip


def session_rows(made: Any) -> dict[str, Any]:
    """One row of each kind that belongs to a session, by the word of its address."""
    council_session, clerk = made.council_session, made.user["clerk"]
    document = paper(made, visibility="public", title="Báo cáo")
    readable_forms(made, document)
    total = len(made.cast.mandates)
    vote = OpenVote.objects.create(
        council_session=council_session, sitting=made.sitting, matter="other",
        subject="Biểu quyết thử", method="by_name",
        total_delegates=total, present=total, opened_at=MOMENT, recorded_by=clerk,
    )  # fmt: skip
    return {
        "noi-dung": council_session.items.first(),
        "tai-lieu": document,
        "tep-tai-lieu": document.versions.get(),
        "tep-dang-nhan": PaperUpload.objects.create(
            council_session=council_session, key="a" * 32, filename="a.pdf", size=9,
            uploaded_by=clerk, created_at=MOMENT, touched_at=MOMENT,
        ),
        "bieu-quyet": vote,
        "chi-tieu": Indicator.objects.create(
            council_session=council_session, position=1, name="Thu ngân sách", unit="triệu đồng",
            period="6 tháng",
        ),
        "khach": Guest.objects.create(
            council_session=council_session, position=1, organisation="Sở Mẫu", key="|so mau"
        ),
        "ban-in": PrintedSheet.objects.create(
            council_session=council_session, kind="cards", content_digest="0" * 64,
            file=ContentFile(b"%PDF-1.7", name="the.pdf"), sha256="0" * 64, made_at=MOMENT,
        ),
        "cau-tom-tat": SessionNote.objects.create(
            council_session=council_session, kind="achieved", text="Đạt kế hoạch."
        ),
    }  # fmt: skip


@cache
def patterns() -> dict[str, str]:
    """Every address by its name."""
    return {address.name: address.pattern for address in addresses()}


def answer(stage: Stage, name: str, who: str | None, method: str, slug: str = ""):
    """The answer to an account (None: nobody); whatever it changed is undone."""
    client = Client(raise_request_exception=True)
    with transaction.atomic():
        if who:
            client.force_login(stage.user(who))
        kwargs = stage.arguments(patterns()[name], slug)
        try:
            response = getattr(client, method.lower())(reverse(name, kwargs=kwargs))
        except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001 - told by the caller
            response = HttpResponse(status=500, reason=str(error)[:300])
        if response.streaming:
            list(response)  # read to its end, so that the file behind it is closed
        transaction.set_rollback(True)
    return response
