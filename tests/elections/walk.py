"""The machine behind the random walks over the real services (`test_walks`).

Each walk is a poll of one kind in a council in session; every step is a verb that anybody might
try at that moment, allowed or not. After each step the invariants are asked of the database.
"""

import random
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from hypothesis import strategies as st
from hypothesis.stateful import (
    rule,
)

from council.models import Tenure
from council.rules.refusals import Refusal
from elections.models import ListChange, Poll, PollState
from elections.queries import figures
from elections.queries import polls as queries
from elections.queries import posts as post_queries
from elections.rules import polls as kinds
from elections.services import (
    annulments,
    counting,
    counts,
    list_changes,
    polls,
    posts,
    reelections,
    rounds,
)
from elections.services import results as publishing
from sessions.models import Sitting
from tests.elections import grounds, paper_stage
from tests.elections import stage as staging
from tests.elections.stage import DAY, PRESENT, TOTALS, Stage
from tests.elections.walk_base import CONFIRMED, WalkBase

COUNTERS = ("counter1", "counter2", "counter3")
WATCHERS = ("clerk", "approver", "chair", "counter1", "delegate", None)


def two_posts(stage: Stage) -> Poll:
    """A vice chair of the people's committee and a committee head on one paper."""
    poll = staging.election(stage)
    held = stage.cast.tenures["Trưởng Ban Pháp chế"]
    Tenure.objects.filter(pk=held.pk).update(ends_on="2028-12-01", end_reason="retired")
    posts.add(poll, office=held.office, seats=1, by=stage.user("clerk"))
    return poll


KINDS: dict[str, Callable[[Stage], Poll]] = {
    "confidence": staging.confidence,
    "no_confidence": lambda stage: grounds.no_confidence_poll(stage, grounds.petition(stage)),
    "election": staging.election,
    "two_posts": two_posts,
    "dismissal": grounds.dismissal,
    "removal": grounds.removal,
}


class Walk(WalkBase):
    """Every verb of a poll's life, tried by whoever comes."""

    # --- the list --------------------------------------------------------------------------------

    @rule(person=st.integers(18, 36), place=st.integers(0, 1))
    def nominate(self, person: int, place: int) -> None:
        poll = self.poll
        written = post_queries.posts_of(poll)
        post = written[place % len(written)] if written else None
        with self.trying("edit_entries"):
            council_post = post is not None and post.office.kind == "committee_head"
            polls.nominate(
                poll, person=self.stage.cast.people[person],
                nominator=staging.nominator(
                    self.stage, "council_chair" if council_post else "pc_chair"
                ),
                nominated_on=DAY, post="Cán bộ", submission=None, summary=None, poll_post=post,
                by=self.user("clerk"),
            )  # fmt: skip

    @rule(person=st.integers(18, 34), for_count=st.sampled_from([PRESENT, 18, 17, 0]))
    def propose_and_decide(self, person: int, for_count: int) -> None:
        poll = self.poll
        written = post_queries.posts_of(poll)
        with self.trying("edit_entries"):
            change = list_changes.propose(
                poll, person=self.stage.cast.people[person], post="Đại biểu",
                proposed_by=self.stage.cast.mandates[33], submitter="standing_committee",
                poll_post=written[-1] if written else None, by=self.user("clerk"),
            )  # fmt: skip
            list_changes.decide_by_totals(
                change, for_count=for_count, against_count=PRESENT - for_count,
                not_voting_count=0, by=self.user("clerk"),
            )  # fmt: skip

    @rule(place=st.integers(0, 3), asks=st.booleans())
    def withdraw(self, place: int, asks: bool) -> None:
        entries = list(self.poll.entries.order_by("position"))
        if not entries:
            return
        verb = list_changes.ask_to_withdraw if asks else list_changes.withdraw
        with self.trying("withdraw_entry"):
            verb(entries[place % len(entries)], reason="Bận", by=self.user("clerk"))

    @rule(for_count=st.sampled_from([PRESENT, 17]))
    def decide_changes(self, for_count: int) -> None:
        for change in ListChange.objects.filter(poll=self.poll, state="proposed"):
            with self.trying("withdraw_entry"):
                list_changes.decide_by_totals(
                    change, for_count=for_count, against_count=PRESENT - for_count,
                    not_voting_count=0, by=self.user("clerk"),
                )  # fmt: skip

    @rule()
    def approve_list(self) -> None:
        with self.trying("approve_list"):
            staging.approved(self.stage, self.poll)

    @rule()
    def approve_list_by_a_lost_vote(self) -> None:
        poll = self.poll
        if poll.kind in ("confidence", "election"):
            with self.trying("approve_list", moves=False):
                polls.approve_list_by_totals(
                    poll, for_count=17, against_count=16, not_voting_count=0, by=self.user("clerk")
                )

    # --- the hall --------------------------------------------------------------------------------

    @rule(first=st.sampled_from([10, 12, 20]))
    def elect_committee(self, first: int) -> None:
        try:
            with transaction.atomic():
                staging.elect_committee(self.stage, range(first, first + 7))
        except (Refusal, ValidationError):
            pass

    @rule()
    def suspend_or_resume(self) -> None:
        now = self.sitting()
        now.state = "suspended" if now.state == "open" else "open"
        now.save(update_fields=["state"])

    @rule(printed=st.sampled_from([34, 35, 40]))
    def print_ballots(self, printed: int) -> None:
        with self.trying("print_ballots"):
            polls.print_ballots(self.poll, printed=printed, by=self.user("clerk"))

    @rule()
    def open_voting(self) -> None:
        with self.trying("open"):
            polls.open_poll(self.poll, by=self.user("chair"))

    @rule()
    def close_voting(self) -> None:
        with self.trying("close"):
            polls.close_poll(self.poll, by=self.user("chair"))

    # --- the count -------------------------------------------------------------------------------

    @rule(way=st.sampled_from(["totals", "ballots"]), who=st.sampled_from(COUNTERS))
    def choose_way(self, way: str, who: str) -> None:
        with self.trying("enter_count"):
            counting.choose(self.poll, way=way, by=self.user(who))

    @rule(who=st.sampled_from(COUNTERS), seed=st.integers(0, 2))
    def type_count(self, who: str, seed: int) -> None:
        poll = self.poll
        with self.trying("enter_count"):
            count = counts.start(poll, by=self.user(who))
            counts.save_figures(
                count, totals=TOTALS, lines=lines_of(poll, seed), remarks="",
                version=count.version, by=self.user(who),
            )  # fmt: skip
            counts.submit(count, by=self.user(who))

    @rule(seed=st.integers(0, 1))
    def read_papers(self, seed: int) -> None:
        poll = self.poll
        if poll.counting != "ballots":
            return
        with self.trying("enter_count"):
            paper_stage.account(self.stage, poll, returned=20)
            heap = paper_stage.heap_of(poll, 20, seed=seed)
            paper_stage.all_read(self.stage, poll, heap)

    @rule(who=st.sampled_from(COUNTERS))
    def recount(self, who: str) -> None:
        compared = figures.comparison(self.poll)
        for cell in compared.open_cells if compared else ():
            with self.trying("resolve_difference"):
                counts.resolve(
                    self.poll, cell=cell.cell, agreed=cell.first, reason="Đếm lại",
                    by=self.user(who),
                )  # fmt: skip

    @rule(who=st.sampled_from((*COUNTERS, "clerk")))
    def agree(self, who: str) -> None:
        with self.trying("enter_count"):
            counts.agree(self.poll, by=self.user(who))

    @rule(who=st.sampled_from((*COUNTERS, "chair")))
    def confirm(self, who: str) -> None:
        with self.trying("agree"):
            counts.confirm(self.poll, by=self.user(who))

    @rule(who=st.sampled_from(COUNTERS))
    def disagree(self, who: str) -> None:
        with self.trying("enter_count"):
            counts.disagree(self.poll, reason="Chưa đúng", by=self.user(who))

    # --- what follows ----------------------------------------------------------------------------

    @rule()
    def publish(self) -> None:
        if self.poll.state == PollState.PUBLISHED:
            return  # a no-op, as it says
        before = self.poll.state
        if before == PollState.ANNULLED:
            publishing.mark_published(self.poll)
            assert self.poll.state == before
            return
        with self.trying("publish"):
            publishing.mark_published(self.poll)

    @rule()
    def stop(self) -> None:
        with self.trying("stop"):
            annulments.stop(self.poll, reason="Nhầm phiếu", by=self.user("chair"))

    @rule(who=st.sampled_from(["chair", "clerk"]))
    def annul(self, who: str) -> None:
        with self.trying("annul"):
            annulments.by_document(
                self.poll, body="Ủy ban Thường vụ Quốc hội", document="Nghị quyết 9",
                decided_on=DAY, reason="Thủ tục sai", by=self.user(who),
            )  # fmt: skip

    @rule()
    def next_round(self) -> None:
        poll = self.poll
        with self.trying("second_round"):
            following = rounds.prepare_next(poll, by=self.user("clerk"))
        newest = Poll.objects.filter(previous_round=poll).first()
        if newest is not None:
            assert newest.pk == following.pk
            self.follow(newest)

    @rule()
    def begin_anew(self) -> None:
        try:
            with transaction.atomic():
                made = reelections.after_rounds(self.poll, by=self.user("clerk"))
        except Refusal:
            return
        assert self.poll.state in CONFIRMED
        self.follow(made)

    # --- the usual way, so that walks come far ---------------------------------------------------

    @rule()
    def advance(self) -> None:
        self.usual_step()

    @rule()
    def advance_further(self) -> None:
        for _step in range(3):
            self.usual_step()

    def usual_step(self) -> None:
        Sitting.objects.filter(pk=self.stage.sitting.pk).update(state="open")
        steps = {
            PollState.DRAFT: self.usual_list,
            PollState.LIST_APPROVED: self.usual_opening,
            PollState.OPEN: self.close_voting,
            PollState.COUNTING: self.usual_count,
            PollState.AGREED: self.publish,
        }
        steps.get(PollState(self.poll.state), lambda: None)()

    def usual_list(self) -> None:
        self.decide_changes(PRESENT)
        for place in (0, 1):
            if self.poll.kind == "election":
                self.nominate(20 + place, place)
        self.approve_list()

    def usual_opening(self) -> None:
        if queries.elected_committee(self.stage.council_session) is None:
            self.elect_committee(10)
        self.decide_changes(PRESENT)
        self.print_ballots(40)
        self.open_voting()

    def usual_count(self) -> None:
        poll = self.poll
        if poll.counting == "ballots":
            self.read_papers(0)
        else:
            for who in COUNTERS[:2]:
                self.type_count(who, 0)
            self.recount("counter1")
        self.agree("counter1")
        self.confirm("counter2")

    # --- who looks -------------------------------------------------------------------------------

    @rule(who=st.sampled_from(WATCHERS))
    def look(self, who: str | None) -> None:
        """Before the result is confirmed no page has one to show; the public waits longer."""
        poll = self.poll
        client = staging.signed_in(self.stage, who) if who else staging.Client()
        if poll.state not in CONFIRMED:
            page = reverse("elections:poll-result", args=["tinh-thu", poll.pk])
            assert client.get(page).status_code in {302, 403}
            data = reverse("elections:poll-counts", args=["tinh-thu", poll.pk])
            assert client.get(data).status_code in {302, 403, 404}
        if poll.published_at is None:
            assert client.get(poll.get_absolute_url()).status_code == 404


def lines_of(poll: Poll, seed: int) -> dict[tuple[str, str], int | None]:
    """Votes of 32 valid papers, the same for the same seed; seed 0 favours everybody."""
    options, chance = kinds.options_of(poll.kind), random.Random(seed)
    lines: dict[tuple[str, str], int | None] = {}
    for entry in queries.standing_entries(poll):
        left = 32
        for place, option in enumerate(options):
            votes = (25 if place == 0 else 0) if seed == 0 else chance.randint(0, left)
            left -= votes
            lines[entry.code, option] = votes
    return lines
