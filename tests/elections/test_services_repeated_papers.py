"""One paper of a split confidence vote is annulled and voted on again; the other stands."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from council.rules.refusals import Refusal
from elections.models import Poll, SubjectPaper
from elections.queries import papers, preflight_confidence
from elections.queries import split_papers as parts
from elections.services import annulments, polls, results, split_papers
from resolutions.models import Resolution
from resolutions.queries import outcomes, texts
from resolutions.services import drafts
from resolutions.services import polls as resolved_polls
from tests.elections import stage as staging
from tests.elections.split_stage import both, counted, prepared
from tests.elections.stage import DAY, Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return staging.build()


def annul(stage: Stage, poll: Poll) -> Poll:
    """The council annuls one paper's result."""
    vote = staging.take_vote(stage, "annulment")
    annulments.by_vote(poll, vote=vote, reason="Phiếu in sai", by=stage.user("chair"))
    return Poll.objects.get(pk=poll.pk)


def with_results(stage: Stage, *, council: int = 30, committee: int = 20) -> tuple[Poll, Poll]:
    """Both papers counted and agreed."""
    first = prepared(stage)
    staging.counting(stage, first)
    for part, high in zip(both(first), (council, committee), strict=True):
        counted(stage, part, high)
    return both(first)


def voted_again(stage: Stage, poll: Poll, high: int) -> Poll:
    """The block's new paper, from its list to the agreed count."""
    made = split_papers.repeat(poll, by=stage.user("clerk"))
    counted(stage, staging.counting(stage, made), high)
    return Poll.objects.get(pk=made.pk)


def refusal_of(verb, *args, **kwargs) -> str:
    with pytest.raises(Refusal) as refused:
        verb(*args, **kwargs)
    return refused.value.code


@pytest.mark.parametrize("place", [0, 1])
def test_the_annulled_block_alone_is_voted_on_again(stage: Stage, place: int) -> None:
    papers_before = with_results(stage)
    annulled, other = annul(stage, papers_before[place]), papers_before[1 - place]
    entry = annulled.entries.first()
    assert entry is not None
    SubjectPaper.objects.create(
        entry=entry, step="report", done_on=DAY, recorded_by=stage.user("clerk")
    )
    made = split_papers.repeat(annulled, by=stage.user("clerk"))
    assert (made.block, made.state, made.repeats) == (annulled.block, "draft", annulled)
    assert made.title == f"{annulled.title} (lấy phiếu lại)"
    assert papers.ballot_sheet(made).subject.endswith("(lấy phiếu lại)")
    people = set(annulled.entries.values_list("person", flat=True))
    assert set(made.entries.values_list("person", flat=True)) == people
    assert SubjectPaper.objects.get(entry__poll=made).entry.person == entry.person
    assert split_papers.repeat(annulled, by=stage.user("clerk")) == made, "twice gives the same"
    assert parts.parts_of(made) == parts.parts_of(other)
    assert [part.block for part in parts.standing_parts(annulled)] == ["council", "committee"]
    assert not preflight_confidence.voted_already(annulled)
    (line,) = preflight_confidence.list_lines(made)
    assert line.is_met
    assert not line.is_reminder
    counted(stage, staging.counting(stage, made), 25)
    other.refresh_from_db()
    assert other.state == "agreed", "the other paper keeps its result"


def test_a_paper_that_was_stopped_is_voted_on_again_while_the_other_goes_on(stage: Stage) -> None:
    first = prepared(stage)
    council, committee = both(staging.opened(stage, first))
    annulments.stop(committee, reason="Phiếu in sai", by=stage.user("chair"))
    made = split_papers.repeat(Poll.objects.get(pk=committee.pk), by=stage.user("clerk"))
    polls.close_poll(council, by=stage.user("chair"))
    made.refresh_from_db()
    assert made.state == "draft"
    assert staging.opened(stage, made).state == "open"
    council.refresh_from_db()
    assert council.state == "counting"
    annulments.stop(made, reason="Phiếu in sai", by=stage.user("chair"))
    third = split_papers.repeat(Poll.objects.get(pk=made.pk), by=stage.user("clerk"))
    assert (third.repeats, third.split_from) == (made, first)
    polls.discard(third, by=stage.user("clerk"))
    assert parts.other_part(council) is None


def test_only_what_was_annulled_alone_is_repeated_and_by_whom_it_may(stage: Stage) -> None:
    council, committee = with_results(stage)
    clerk = stage.user("clerk")
    assert refusal_of(split_papers.repeat, council, by=stage.user("delegate")) == "access.denied"
    assert refusal_of(split_papers.repeat, council, by=clerk) == "paper.not_annulled"
    council, committee = annul(stage, council), annul(stage, committee)
    assert refusal_of(split_papers.repeat, council, by=clerk) == "paper.both_annulled"
    assert staging.confidence(stage).state == "draft", "the whole vote is prepared anew"


def test_a_poll_on_one_paper_is_prepared_anew_not_repeated(stage: Stage) -> None:
    poll = annul(stage, staging.agreed(stage, staging.confidence(stage)).poll)
    found = refusal_of(split_papers.repeat, poll, by=stage.user("clerk"))
    assert found == "paper.not_annulled"


def test_a_session_that_is_over_votes_no_more(stage: Stage) -> None:
    council = annul(stage, with_results(stage)[0])
    type(stage.council_session).objects.update(state="closed")
    council = Poll.objects.get(pk=council.pk)
    found = refusal_of(split_papers.repeat, council, by=stage.user("clerk"))
    assert found == "paper.session_closed"


def test_nobody_left_in_the_block_is_no_vote(stage: Stage) -> None:
    council = annul(stage, with_results(stage)[0])
    stage.cast.council.refresh_from_db()
    for entry in council.entries.select_related("tenure"):
        type(entry.tenure).objects.filter(pk=entry.tenure_id).update(
            retirement_announced_on=datetime(2028, 12, 12, tzinfo=UTC).date()
        )
    found = refusal_of(split_papers.repeat, council, by=stage.user("clerk"))
    assert found == "poll.nobody_subject"


def test_two_papers_of_a_block_never_stand_beside_each_other(stage: Stage) -> None:
    council = annul(stage, with_results(stage)[0])
    made = split_papers.repeat(council, by=stage.user("clerk"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Poll.objects.filter(pk=made.pk).update(repeats=None, repeats_because="")
    second = {
        field.attname: getattr(made, field.attname)
        for field in Poll._meta.concrete_fields
        if field.attname not in ("id", "slug")
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Poll.objects.create(**second, slug="lan-nua")


@pytest.mark.parametrize("place", [0, 1])
def test_a_draft_on_the_annulled_figures_is_neither_submitted_nor_signed(
    stage: Stage, place: int
) -> None:
    found = with_results(stage)
    resolution = drafts.from_poll(found[0], by=stage.user("clerk"))
    Resolution.objects.update(signatory_name="Trần Thị Mẫu")
    annulled = annul(stage, found[place])
    assert refusal_of(resolved_polls.check_stands, resolution) == "resolution.poll_annulled"
    made = split_papers.repeat(annulled, by=stage.user("clerk"))
    submit = drafts.submit
    for _step in range(2):
        resolution = Resolution.objects.get(pk=resolution.pk)
        told = refusal_of(submit, resolution, by=stage.user("clerk"))
        assert told == "resolution.figures_of_annulled"
        assert refusal_of(resolved_polls.check_stands, resolution) == told
        if made.state == "draft":
            counted(stage, staging.counting(stage, made), 11)
            made.refresh_from_db()
    assert {row.figure for row in outcomes.missing_figures(resolution)} >= {"11 phiếu", "33,33%"}
    assert drafts.from_poll(made, by=stage.user("clerk")) == resolution
    was = (30, 20)[place]
    share = {30: "90,91", 20: "60,61"}[was]
    rest, rest_share = {30: ("02", "6,06"), 20: ("12", "36,36")}[was]
    one, mark, two = resolution.body.partition("KHỐI HỘI ĐỒNG")  # children stand before it
    mended = [one, two]
    mended[place] = (
        mended[place]
        .replace(f"{was} phiếu (chiếm {share}%", "11 phiếu (chiếm 33,33%")
        .replace(f"{rest} phiếu (chiếm {rest_share}%", "21 phiếu (chiếm 63,64%")
    )
    Resolution.objects.filter(pk=resolution.pk).update(body=mended[0] + mark + mended[1])
    resolution.refresh_from_db()
    assert outcomes.missing_figures(resolution) == []
    assert submit(resolution, by=stage.user("clerk")).state == "submitted"


def test_the_resolution_drafted_after_the_new_vote_states_its_figures(stage: Stage) -> None:
    council, committee = with_results(stage)
    made = voted_again(stage, annul(stage, council), 11)
    resolution = drafts.from_poll(committee, by=stage.user("clerk"))
    assert resolution.poll == made
    said = texts.words_of(resolution)
    one, two = said.split("II. KHỐI ỦY BAN NHÂN DÂN")
    assert "11 phiếu (chiếm 33,33% tổng số phiếu thu về)" in one
    assert "30 phiếu" not in one
    assert "20 phiếu (chiếm 60,61% tổng số phiếu thu về)" in two
    resolved_polls.check_stands(resolution)
    results.mark_published(made)
    assert {part.state for part in parts.standing_parts(council)} == {"published"}
    assert Poll.objects.get(pk=council.pk).state == "annulled"


def test_after_publication_the_new_vote_has_a_resolution_of_its_own(stage: Stage) -> None:
    council, committee = with_results(stage)
    first = drafts.from_poll(council, by=stage.user("clerk"))
    results.mark_published(council)
    day = datetime(2028, 12, 12, 8, tzinfo=UTC)
    vote = staging.take_vote(stage, "resolution")
    Resolution.objects.filter(pk=first.pk).update(
        state="published", signed_at=day, published_at=day, number=1, year=2028, symbol="1/NQ-HĐND",
        slug="1-nq-hdnd", adoption=vote, adopted_on=DAY, submitted_by=stage.user("clerk"),
        submitted_at=day,
    )  # fmt: skip
    annulled = annul(stage, Poll.objects.get(pk=committee.pk))
    made = voted_again(stage, annulled, 11)
    second = drafts.from_poll(made, by=stage.user("clerk"))
    assert (second.poll, second.pk != first.pk) == (made, True)
    assert drafts.from_poll(made, by=stage.user("clerk")) == second
    results.mark_published(made)
    for part, symbol in ((council, "1/NQ-HĐND"), (annulled, "1/NQ-HĐND")):
        assert symbol in Client().get(part.get_absolute_url()).content.decode()
    shown = Client().get(annulled.get_absolute_url()).content.decode()
    assert "Khối này đã được lấy phiếu lại" in shown
    assert Poll.objects.get(pk=made.pk).get_absolute_url() in shown


def test_the_annulled_papers_page_has_the_button_and_then_the_link(stage: Stage) -> None:
    council, committee = with_results(stage)
    annul(stage, committee)
    client = staging.signed_in(stage, "clerk")
    page = reverse("elections:poll", args=["tinh-thu", committee.pk])
    button = "Lấy phiếu lại khối này"
    assert button in client.get(page).content.decode()
    assert button in client.get(page + "ket-qua/").content.decode()
    assert button not in client.get(reverse("elections:poll", args=["tinh-thu", council.pk])).text
    response = client.post(reverse("elections:paper-repeat", args=["tinh-thu", committee.pk]))
    made = Poll.objects.get(repeats=committee)
    assert response["Location"] == reverse("elections:poll", args=["tinh-thu", made.pk])
    shown = client.get(page).content.decode()
    assert button not in shown
    assert "Khối này được lấy phiếu lại" in shown
    assert "Lấy phiếu lại thay tờ phiếu đã bị hủy" in client.get(response["Location"]).text
    refused = client.post(
        reverse("elections:paper-repeat", args=["tinh-thu", council.pk]), follow=True
    )
    assert "Chỉ lấy phiếu lại một khối khi" in refused.content.decode()
