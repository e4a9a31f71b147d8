"""Pages whose queries are counted, and a stage that can hold one row of everything or thirty."""

from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

from council.models import CouncilSetting, Job, Role, RuleVersion, User
from portal.models import Subscriber, Subscription
from portal.services import open_data, published_objects, search, search_index
from resolutions.models import Resolution
from resolutions.services import register
from resolutions.services import session_texts as texts
from sessions.models import (
    AgendaItem,
    Guest,
    Indicator,
    NoticeDelivery,
    OpenVote,
    PaperUpload,
    PrintedSheet,
    SessionNote,
    Sitting,
)
from tests.access_notices import notice_rows
from tests.access_reach import follower_words
from tests.access_stage import archived_in, imported
from tests.cast import GRANTED
from tests.portal.stage import (
    DAY,
    MOMENT,
    paper,
    published_poll,
    published_resolution,
    readable_forms,
)
from tests.resolutions.stage import Stage, build_stage, drafted
from tests.resolutions.texts_stage import approved


@dataclass
class Counted:
    """A stage with the keys that its addresses need."""

    stage: Stage
    keys: dict[str, Any]


WHOLE = {"received": 9, "sha256": "0" * 64}
UPLOADS: dict[str, dict[str, Any]] = {
    "receiving": {}, "waiting": WHOLE, "passed": WHOLE,
    "refused": {"refusal_code": "upload.empty", "refusal_sentence": "Tệp này rỗng (0 byte)."},
}  # fmt: skip


def build(rows: int) -> Counted:
    """Everything that a list can show, `rows` times."""
    stage = build_stage()
    poll = published_poll(stage)
    past = imported(stage)
    for number in range(1, rows + 1):
        published_resolution(stage, number=number, title=f"Về việc thứ {number}")
        fill_session(stage, number)
        fill_council(stage, number)
        fill_rulebook(stage, number)
        archived_in(past, number=number, year=2026, slug=f"{number}-nq-hdnd")
    fill_register(stage, rows)
    draft = drafted(stage)
    search.reindex()
    search_index.catch_up()
    published_objects.follow_council(stage.cast.council)
    open_data.make(stage.cast.council)
    session = stage.council_session
    minutes = texts.start(session, kind="minutes", by=stage.user["clerk"])
    approved(stage)
    keys = {
        "council": "tinh-thu", "session": session.pk, "poll": poll.pk, "draft": draft.pk,
        "minutes": minutes.pk,
        "person": stage.cast.people[0].pk, "person_slug": stage.cast.people[0].slug,
        "sitting": stage.sitting.pk,
        "paper": session.documents.first().pk,
        **paper_keys(stage), "vote": session.open_votes.first().pk,
        "proposal": RuleVersion.objects.waiting().latest("pk").pk,
        "archive": past.pk,
        **notice_rows(stage, published_resolution(stage, number=99)),
        "resolution": Resolution.objects.published().earliest("pk").pk,
        "address": "/tinh-thu/ky-hop/2026-2031/4/",
        **followed_words(rows),
        "body": stage.cast.council.pk, "term": stage.cast.term.pk,
        "mandate": stage.cast.mandates[0].pk, "item": session.items.order_by("pk")[0].pk,
    }  # fmt: skip
    return Counted(stage, keys)


def followed_words(rows: int) -> dict[str, Any]:
    """A reader who follows one thing more in every row."""
    words = follower_words()
    reader = Subscriber.objects.get()
    for number in range(rows):
        Subscription.objects.create(
            subscriber=reader, topic=f"council=tinh-thu&q=viec+{number}", key=f"{number:032d}",
            asked_at=MOMENT, confirmed_at=MOMENT,
        )  # fmt: skip
    return words


def paper_keys(stage: Stage) -> dict[str, Any]:
    """Papers with their pages rendered, one for each kind of reader, and their bundles."""
    papers = stage.council_session.documents.order_by("-pk")
    keys = {}
    for name, visibility in (("released", "delegates"), ("public_paper", "public")):
        document = papers.filter(visibility=visibility)[0]
        keys[name] = document.pk
    readable_forms(stage, document)  # the three hold the same bytes
    return {**keys, "version": document.versions.get().pk}


def fill_session(stage: Stage, number: int) -> None:
    """One more of each thing that a session has."""
    session, clerk = stage.council_session, stage.user["clerk"]
    AgendaItem.objects.create(council_session=session, position=number + 1, title=f"Mục {number}")
    for visibility in ("staff", "delegates", "public"):
        paper(stage, visibility=visibility, title=f"Báo cáo {number}")
    for state, more in UPLOADS.items():
        PaperUpload.objects.create(
            council_session=session, key=f"{state}{number}", filename=f"{number}.pdf", size=9,
            state=state, uploaded_by=clerk, created_at=MOMENT, touched_at=MOMENT, **more,
        )  # fmt: skip
    SessionNote.objects.create(
        council_session=session, kind="achieved", position=number, text=f"Câu {number}."
    )
    Indicator.objects.create(
        council_session=session, position=number, name=f"Chỉ tiêu {number}", unit="%",
        result=number, period="6 tháng", stated_plan=90 + number, plan_lower=number,
    )  # fmt: skip
    Sitting.objects.create(
        council_session=session, ordinal=number + 1, held_on=DAY + timedelta(days=number),
        starts_at=time(8),
    )  # fmt: skip
    total = len(stage.cast.mandates)
    OpenVote.objects.create(
        council_session=session, sitting=stage.sitting, matter="other", subject=f"Việc {number}",
        state="closed", opened_at=MOMENT, closed_at=MOMENT, total_delegates=total, present=total,
        for_count=total, against_count=0, not_voting_count=0, needed=18, passed=True,
        recorded_by=clerk,
    )  # fmt: skip
    Guest.objects.create(
        council_session=session, position=number, organisation=f"Sở {number}", key=f"|{number}"
    )
    PrintedSheet.objects.create(
        council_session=session, kind="cards", content_digest=f"{number}", file="the.pdf",
        sha256="0", made_at=MOMENT,
    )  # fmt: skip
    NoticeDelivery.objects.create(
        council_session=session, mandate=stage.cast.mandates[number], state="waiting"
    )


def fill_council(stage: Stage, number: int) -> None:
    """One more account with a role, job, past tenure, session."""
    cast = stage.cast
    user = User.objects.create(username=f"nguoi{number}", full_name=f"Người {number}")
    CouncilSetting.objects.create(
        council=cast.council, key="papers_days", value="5", source=f"Điều {number}",
        effective_from=DAY + timedelta(days=2 * number),
        effective_to=DAY + timedelta(days=2 * number),
    )  # fmt: skip
    Role.objects.create(user=user, council=cast.council, kind="clerk", granted_at=GRANTED)
    Job.objects.create(
        name="portal.purge", key=f"q{number}", title="Việc", council=cast.council,
        requested_by=stage.user["clerk"], created_at=MOMENT, not_before=MOMENT,
    )  # fmt: skip
    cast.offices["pc_member"].tenures.create(
        person=cast.people[number], term=cast.term, basis="elected", starts_on=DAY,
        ends_on=DAY, end_reason="resigned", fills_single_office=False,
    )  # fmt: skip
    session = stage.council_session
    type(session).objects.create(
        term=cast.term, number=100 + number, kind="thematic", opens_on=DAY, closes_on=DAY,
        place="Hội trường", state="closed", created_by=session.created_by,
        submitted_by=session.submitted_by, submitted_at=MOMENT, approved_by=session.approved_by,
        approved_at=MOMENT, convened_at=MOMENT, notice_number=f"{number}/GM",
    )  # fmt: skip


def fill_rulebook(stage: Stage, number: int) -> None:
    """One more change of the rulebook that was sent back, and one that waits."""
    admin = stage.user["admin"]
    for state in ("rejected", "proposed"):
        decided = state == "rejected"
        RuleVersion.objects.create(
            rule_id=f"question.v{number}-{state}", like_id="question", subject="session.question",
            article="Điều 1", text_vi="Một câu.", text_en="A sentence.", levels=["province"],
            effective_from=DAY, mark="text", source="Công báo", state=state, proposed_by=admin,
            proposed_at=MOMENT, decided_by=admin if decided else None,
            decided_at=MOMENT if decided else None, reason="Sai." if decided else "",
        )  # fmt: skip


def fill_register(stage: Stage, rows: int) -> None:
    """A kept number, a number struck out and one used on paper, each so many times."""
    clerk = stage.user["clerk"]
    for _number in range(rows):
        for state in ("reserved", "void", "used"):
            entry = register.reserve(
                stage.cast.council, kind="individual", title="Việc", day=DAY, by=clerk
            )
            if state == "void":
                register.void(entry, reason="Nhầm", by=clerk)
            elif state == "used":
                register.use_on_paper(entry, issued_on=DAY, signatory="A", recipients="", by=clerk)
