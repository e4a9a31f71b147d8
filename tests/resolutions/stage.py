"""The stage of the resolutions' tests: a sitting that is open, and polls whose count is agreed.

Sessions and polls are written as rows here, since their own services have their own tests; all
that belongs to resolutions is reached through services.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from council.models import User
from council.services import jobs
from elections.models import (
    BallotCommittee,
    Count,
    CountLine,
    Outcome,
    OutcomeLine,
    Poll,
    PollEntry,
)
from elections.queries import records, results
from elections.rules.polls import options_of
from resolutions.models import Resolution
from resolutions.queries import texts
from resolutions.services import adoption, approvals, drafts, signing_copies
from sessions.models import AgendaItem, OpenVote, Presence, Session, Sitting
from tests.cast import Cast, build
from tests.processes import wait_until

DAY = date(2026, 7, 10)
MOMENT = datetime(2026, 7, 10, 2, 0, tzinfo=UTC)


@dataclass
class Stage:
    """One council with a session in progress, all delegates present."""

    cast: Cast
    council_session: Session
    sitting: Sitting

    @property
    def user(self) -> dict[str, User]:
        return self.cast.user


def build_stage(*, delegates: int = 35) -> Stage:
    """A session in progress with one open sitting and everybody in the hall."""
    cast = build(delegates=delegates)
    clerk, approver = cast.user["clerk"], cast.user["approver"]
    council_session = Session.objects.create(
        term=cast.term,
        number=4,
        kind="mid_year",
        opens_on=DAY,
        closes_on=DAY,
        place="Hội trường",
        state="in_progress",
        created_by=clerk,
        submitted_by=clerk,
        submitted_at=MOMENT,
        approved_by=approver,
        approved_at=MOMENT,
        convened_at=MOMENT,
        notice_number="01/GM-HĐND",
    )
    sitting = Sitting.objects.create(
        council_session=council_session,
        ordinal=1,
        held_on=DAY,
        starts_at=time(8),
        state=Sitting.State.OPEN,
        opened_at=MOMENT,
    )
    AgendaItem.objects.create(
        council_session=council_session,
        position=1,
        title="Thông qua nghị quyết",
        kind="resolution_vote",
    )
    Presence.objects.bulk_create(
        Presence(sitting=sitting, mandate=mandate, arrived_at=MOMENT, recorded_by=clerk)
        for mandate in cast.mandates
    )
    return Stage(cast, council_session, sitting)


def agreed_poll(stage: Stage, *, kind: str = "confidence", slug: str = "phieu") -> Poll:
    """A poll whose two counts agreed, with its outcome frozen by the rules."""
    cast, user = stage.cast, stage.user
    total = len(cast.mandates)
    committee = BallotCommittee.objects.create(
        council_session=stage.council_session,
        ordinal=stage.council_session.ballot_committees.count() + 1,
    )
    poll = Poll.objects.create(
        council_session=stage.council_session,
        sitting=stage.sitting,
        kind=kind,
        slug=slug,
        title="Lấy phiếu tín nhiệm" if kind == "confidence" else "Bầu bổ sung Phó Chủ tịch UBND",
        held_on=DAY,
        office=cast.offices["pc_vice_chair"] if kind == "election" else None,
        state="agreed",
        committee=committee,
        total_delegates=total,
        present=total,
        printed=total,
        opened_at=MOMENT,
        closed_at=MOMENT,
        created_by=user["clerk"],
    )
    counted: dict[str, list[tuple[int, ...]]] = {
        "confidence": [(30, 4, 1), (20, 10, 5)],
        "election": [(32, 3)],
    }
    posts = ["Chủ tịch Hội đồng nhân dân", "Chủ tịch Ủy ban nhân dân"]
    people = [cast.people[0], cast.people[4]] if kind == "confidence" else [cast.people[36]]
    entries = [
        PollEntry.objects.create(
            poll=poll,
            code=f"c{number:02d}",
            position=number,
            person=person,
            post=posts[number - 1] if kind == "confidence" else "Giám đốc Sở Tài chính",
            block=("council", "committee")[number - 1] if kind == "confidence" else "none",
        )
        for number, person in enumerate(people, start=1)
    ]
    rows = dict(zip(entries, counted[kind], strict=True))
    for typed, counter in (("first", "counter1"), ("second", "counter2")):
        counted_as(poll, typed, user[counter], total, rows)
    digest = records.from_typed_totals(poll).digest
    count = counted_as(poll, "agreed", user["counter1"], total, rows, records_digest=digest)
    freeze(poll, count, entries, user["counter2"])
    return poll


def counted_as(
    poll: Poll,
    kind: str,
    counter: User,
    total: int,
    rows: dict[PollEntry, tuple[int, ...]],
    *,
    records_digest: str = "",
) -> Count:
    """One submitted count in which every paper came back valid."""
    count = Count.objects.create(
        poll=poll,
        kind=kind,
        state="submitted",
        counter=counter,
        submitted_at=MOMENT,
        printed=total,
        issued=total,
        unused=0,
        spoiled=0,
        returned=total,
        not_returned=0,
        valid=total,
        invalid=0,
        records_digest=records_digest,
    )
    options = options_of(poll.kind)
    CountLine.objects.bulk_create(
        CountLine(count=count, entry=entry, option=option, votes=votes)
        for entry, row in rows.items()
        for option, votes in zip(options, row, strict=True)
    )
    return count


def freeze(poll: Poll, count: Count, entries: list[PollEntry], by: User) -> None:
    """The outcome as the rules decide it."""
    decided = results.decide(poll, count)
    outcome = Outcome.objects.create(
        poll=poll,
        count=count,
        rule_id=decided.rule.id,
        rule_article=decided.rule.article,
        rule_mark=decided.rule.mark.value,
        rule_text=decided.rule.text_vi,
        rule_from=decided.rule.effective_from,
        rule_to=decided.rule.effective_to,
        records_digest=count.records_digest,
        base=decided.base.value,
        base_value=decided.base_value or 0,
        needed=decided.needed,
        digest=results.digest_of(poll, count, decided),
        agreed_by=count.counter,
        confirmed_by=by,
        agreed_at=MOMENT,
    )
    by_code = {entry.code: entry for entry in entries}
    OutcomeLine.objects.bulk_create(
        OutcomeLine(
            outcome=outcome,
            entry=by_code[row.entry],
            votes=dict(row.counts),
            void=row.void or 0,
            percent=results.percent_data(row),
            verdict=str(row.verdict or ""),
            consequence=row.consequence,
            article=row.article,
        )
        for row in decided.entries
    )


def drafted(stage: Stage, *, title: str = "Về dự toán ngân sách năm 2027") -> Resolution:
    """A general draft."""
    return drafts.create(
        stage.council_session,
        title=title,
        decisions="Phê duyệt dự toán ngân sách năm 2027.",
        by=stage.user["clerk"],
    )


def rendered(resolution: Resolution) -> Resolution:
    """The draft with its PDF made, as the worker would."""
    jobs.run_due()
    wait_until(resolution.renderings.exists, seconds=30)  # a real worker may have been quicker
    assert texts.digest_of(resolution) == resolution.renderings.latest("pk").text_digest
    return Resolution.objects.get(pk=resolution.pk)


def submitted(stage: Stage, resolution: Resolution | None = None) -> Resolution:
    """Submitted, its PDF made."""
    resolution = drafts.submit(resolution or drafted(stage), by=stage.user["clerk"])
    return rendered(resolution)


def digests(resolution: Resolution) -> dict[str, str]:
    """What the approver's page carries."""
    copy = signing_copies.current(resolution)
    return {
        "text_digest": texts.digest_of(resolution),
        "pdf_sha256": copy.sha256 if copy else "0" * 64,
    }


def adopted(stage: Stage, resolution: Resolution | None = None) -> Resolution:
    """Submitted and carried by the council, its signing copy made."""
    resolution = submitted(stage, resolution)
    voted(stage, resolution)
    return copied(resolution)


def copied(resolution: Resolution) -> Resolution:
    """The adopted text with its signing copy made, as the worker would."""
    jobs.run_due()
    resolution = Resolution.objects.get(pk=resolution.pk)
    wait_until(lambda: signing_copies.current(resolution) is not None, seconds=30)
    return resolution


def approved(stage: Stage, resolution: Resolution | None = None) -> Resolution:
    """Adopted, then approved by a second person."""
    resolution = adopted(stage, resolution)
    approvals.approve(resolution, by=stage.user["approver"], **digests(resolution))
    return Resolution.objects.get(pk=resolution.pk)


def voted(stage: Stage, resolution: Resolution, *, in_favour: int | None = None) -> OpenVote:
    """The council votes; without a number, everybody is for it."""
    present = len(stage.cast.mandates)
    yes = present if in_favour is None else in_favour
    return adoption.vote_on(
        resolution,
        for_count=yes,
        against_count=present - yes,
        not_voting_count=0,
        by=stage.user["clerk"],
    )


def ready_to_sign(stage: Stage, resolution: Resolution | None = None) -> Resolution:
    """Adopted and approved."""
    return approved(stage, resolution)
