"""Adoption by the council: an open vote on the resolution, its majority checked."""

from django.db import transaction

from council.models import User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit
from resolutions.models import Resolution
from resolutions.queries import pages, texts
from resolutions.rules import lifecycle
from resolutions.rules.lifecycle import ResolutionVerb
from resolutions.services import locks, signing_copies
from sessions.models import Matter, OpenVote
from sessions.queries import sittings as session_queries
from sessions.services import votes


def vote_on(
    resolution: Resolution, *, for_count: int, against_count: int, not_voting_count: int, by: User
) -> OpenVote:
    """Take the open vote on the text in the sitting that is open, and note its result.

    A vote that is lost is noted too; the resolution stays unadopted and may be voted on again.

    Raises:
        Refusal: ``access.denied``, ``sitting.none_open``, those of `adopt` and of
            `sessions.services.votes.take` (no quorum, totals that do not add up).
    """
    access.authorise(by, "resolution.adopt", resolution.council)
    with transaction.atomic():
        resolution = locks.resolution(resolution.pk)
        lifecycle.next_state(
            resolution.state, ResolutionVerb.ADOPT, is_adopted=pages.is_adopted(resolution)
        )
        sitting = session_queries.open_sitting_of(resolution.council_session)
        if sitting is None:
            raise Refusal(
                "sitting.none_open",
                gettext_noop("Chưa có phiên họp nào đang mở. Mở phiên họp trước khi biểu quyết."),
            )
        vote = votes.take(
            sitting, item=resolution.item, matter=Matter.RESOLUTION,
            subject=f"Nghị quyết: {resolution.title}"[:500], for_count=for_count,
            against_count=against_count, not_voting_count=not_voting_count, by=by,
        )  # fmt: skip
        adopt(resolution, vote=vote, by=by)
    return vote


def adopt(resolution: Resolution, *, vote: OpenVote, by: User) -> Resolution:
    """Note the open vote by which the council decided on the text as it stands now.

    Adopted is only what was carried; then the day of adoption is that of the sitting.

    Raises:
        Refusal: ``access.denied``, ``resolution.not_now``, ``resolution.adopted_already``,
            ``resolution.foreign_vote``.
    """
    access.authorise(by, "resolution.adopt", resolution.council)
    with transaction.atomic():
        resolution = locks.resolution(resolution.pk)
        lifecycle.next_state(
            resolution.state, ResolutionVerb.ADOPT, is_adopted=pages.is_adopted(resolution)
        )
        _check_vote(resolution, vote)
        resolution.adoption = vote
        if vote.passed:
            resolution.adopted_on = vote.sitting.held_on
            resolution.adopted_digest = texts.enacted_digest_of(resolution)
        resolution.full_clean()
        resolution.save(update_fields=["adoption", "adopted_on", "adopted_digest"])
        signing_copies.prepare(resolution, by=by)
        audit.record(
            "resolution.adopt", resolution, by=by, council=resolution.council,
            after={"vote": vote.pk, "for": vote.for_count, "needed": vote.needed,
                   "passed": bool(vote.passed), "digest": resolution.adopted_digest},
        )  # fmt: skip
    return resolution


def _check_vote(resolution: Resolution, vote: OpenVote) -> None:
    is_ours = vote.council_session_id == resolution.council_session_id
    is_about_it = vote.matter in (Matter.RESOLUTION, Matter.REMOVE_DELEGATE)
    if not is_ours or not is_about_it or vote.state != OpenVote.State.CLOSED:
        raise Refusal(
            "resolution.foreign_vote",
            gettext_noop(
                "Biểu quyết này không phải biểu quyết thông qua nghị quyết của kỳ họp, hoặc chưa "
                "kết thúc. Chọn biểu quyết khác."
            ),
            field="vote",
        )
    if Resolution.objects.filter(adoption=vote).exclude(pk=resolution.pk).exists():
        raise Refusal(
            "resolution.vote_used",
            gettext_noop("Biểu quyết này đã dùng cho nghị quyết khác. Ghi một biểu quyết mới."),
            field="vote",
        )
