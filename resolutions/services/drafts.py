"""Drafting: from a poll's outcome in one click, or from scratch; edited, then submitted."""

import dataclasses
from collections.abc import Sequence
from datetime import date
from typing import Final

from django.db import transaction
from django.utils import timezone

from council.models import User
from council.rules import figures, text
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit, versions
from council.typesetting import wording
from elections.models import Poll, PollKind, PollState
from elections.queries import split_papers
from resolutions.models import Resolution, ResolutionPaper, ResolutionState
from resolutions.queries import ballots as ballot_facts
from resolutions.queries import checklist, confirmations, outcomes, pages, sources, texts
from resolutions.rules import (
    ballots,
    blocks,
    document,
    lifecycle,
    parsing,
    serial,
    skeletons,
    templates_session,
)
from resolutions.rules.document import Body, Node
from resolutions.rules.layout import DraftText
from resolutions.rules.lifecycle import ResolutionVerb
from resolutions.rules.templates_session import TemplateKind
from resolutions.services import (
    approvals,
    locks,
    polls,
    relations,
    renderings,
    signing_copies,
    text_versions,
)
from sessions.models import AgendaItem, Document, Session

TEXT_FIELDS: Final = (
    "title", "bases", "closing", "recipients", "signatory_post", "signatory_name", "effective_on",
)  # fmt: skip


def from_poll(poll: Poll, *, by: User) -> Resolution:
    """Draft the resolution that confirms the poll's outcome; the one that exists, if one does.

    Raises:
        Refusal: ``access.denied``, ``resolution.poll_not_agreed``,
            ``resolution.other_paper_not_agreed``, ``resolution.no_skeleton``,
            ``skeleton.nobody_elected``, ``skeleton.no_law``.

    Source: law.md 5.5 and 5.6, by way of `resolutions.rules.skeletons`.
    """
    council = poll.council_session.term.council
    access.authorise(by, "resolution.edit", council)
    with transaction.atomic():
        poll = (
            Poll.objects.select_for_update(of=("self",))
            .select_related("council_session__term__council", "office", "item")
            .get(pk=poll.pk)
        )
        parts = split_papers.parts_of(poll)
        existing = confirmations.confirming(poll)
        if existing:
            return existing
        _check_agreed(parts)
        poll = confirmations.first_without_resolution(parts)
        purpose, draft = _confirming(poll)
        resolution = Resolution(
            council_session=poll.council_session, poll=poll, item=poll.item, purpose=purpose,
            illustrative_note=poll.illustrative_note,
        )  # fmt: skip
        return write_new(resolution, draft, day=poll.held_on, by=by)


def _check_agreed(parts: Sequence[Poll]) -> None:
    """Refuse while the count of a paper is not agreed; the same for both papers of a split vote."""
    settled = (PollState.AGREED, PollState.PUBLISHED)
    if all(part.state in settled for part in parts) and any(
        part.state == PollState.AGREED for part in parts
    ):
        return
    if any(part.state == PollState.AGREED for part in parts):
        raise Refusal(
            "resolution.other_paper_not_agreed",
            gettext_noop(
                "Cuộc lấy phiếu tách thành hai tờ; tờ kia chưa thống nhất kết quả. Lập một nghị "
                "quyết chung khi cả hai tờ đã kiểm xong."
            ),
        )
    raise Refusal(
        "resolution.poll_not_agreed",
        gettext_noop(
            "Kết quả kiểm phiếu chưa được thống nhất, hoặc cuộc bỏ phiếu đã bị hủy. Lập "
            "nghị quyết sau khi hai thành viên Ban kiểm phiếu xác nhận kết quả."
        ),
    )


def _confirming(poll: Poll) -> tuple[str, DraftText]:
    facts = outcomes.session_facts(poll.council_session, poll.held_on)
    match poll.kind:
        case PollKind.ELECTION if outcomes.has_elected(poll):
            election = outcomes.election_facts(poll)
            return Resolution.Purpose.ELECTION, skeletons.confirming_election(facts, election)
        case PollKind.CONFIDENCE:
            confidence = outcomes.confidence_facts(poll, poll.outcome)
            return Resolution.Purpose.CONFIDENCE, skeletons.confirming_confidence_vote(
                facts, confidence
            )
        case _:
            found = ballot_facts.vote_facts(poll, poll.outcome)
            purpose = (
                Resolution.Purpose.ELECTION
                if poll.kind == PollKind.ELECTION
                else Resolution.Purpose.GENERAL
            )
            return purpose, ballots.confirming_ballot(facts, found)


def create(
    council_session: Session,
    *,
    item: AgendaItem | None = None,
    title: str,
    decisions: str = "",
    papers: Sequence[Document] = (),
    purpose: str = Resolution.Purpose.GENERAL,
    template: str = TemplateKind.GENERAL,
    by: User,
) -> Resolution:
    """Draft a resolution of the session from a template; `decisions` becomes its first article.

    Raises:
        Refusal: ``access.denied``, ``skeleton.no_title``, ``skeleton.no_law``,
            ``resolution.foreign_paper``.
    """
    council = council_session.term.council
    access.authorise(by, "resolution.edit", council)
    with transaction.atomic():
        day = council_session.closes_on
        decided = tuple(texts.lines_of(text.nfc_lines(decisions)))
        facts = sources.template_facts(
            council_session, title=text.nfc(title), decisions=decided, papers=papers
        )
        made = templates_session.drafted(
            TemplateKind(template or TemplateKind.GENERAL),
            outcomes.session_facts(council_session, day), facts,
        )  # fmt: skip
        resolution = Resolution(
            council_session=council_session, item=item, purpose=purpose,
            illustrative_note=council_session.illustrative_note,
        )  # fmt: skip
        return write_new(
            resolution, made.draft, day=day, papers=papers, annexes=made.annexes, by=by
        )


def write_new(
    resolution: Resolution,
    draft: DraftText,
    *,
    day: date,
    papers: Sequence[Document] = (),
    annexes: Sequence[Node] = (),
    body: Body | None = None,
    by: User,
) -> Resolution:
    """Fill a new resolution from a draft and store it, in the caller's transaction.

    `body` stands in the place of the draft's articles where it is given.
    """
    council = resolution.council_session.term.council
    post, name = texts.signatory_on(council, day)
    resolution.council = council
    resolution.created_by = by
    resolution.title = draft.title
    resolution.bases = "\n".join(draft.bases)
    resolution.recipients = "\n".join(draft.recipients)
    # The day of adoption is known only after the vote: dots, which the program fills in.
    resolution.closing = draft.closing.replace(figures.date_in_document(day), texts.ADOPTION_DOTS)
    resolution.signatory_post = post or texts.CHAIR_POST
    resolution.signatory_name = name or "…"
    body = body or parsing.body_of(draft.articles)
    body = document.with_keys(dataclasses.replace(body, nodes=(*body.nodes, *annexes)))
    blocks.blocks_of(body)  # every reference leads somewhere
    resolution.body = serial.dumps(body)
    resolution.full_clean()
    resolution.save()
    _write_papers(resolution, papers)
    text_versions.keep(resolution, by=by)
    audit.record(
        "resolution.create", resolution, by=by, council=council,
        after={
            "title": resolution.title, "poll": resolution.poll_id,
            "digest": texts.digest_of(resolution),
        },
    )  # fmt: skip
    renderings.request(resolution, by=by)
    return resolution


def edit(
    resolution: Resolution,
    *,
    title: str,
    bases: str,
    body: Body,
    closing: str,
    recipients: str,
    signatory_post: str,
    signatory_name: str,
    papers: Sequence[Document] = (),
    effective_on: date | None = None,
    kind: str = "",
    version: int | None = None,
    note: str = "",
    by: User,
) -> Resolution:
    """Save the whole text. A changed text is a draft again, and an approval of it is void.

    After adoption only what stands around the decision may change (closing formula, recipients,
    signatory), never title, bases, articles or annexes. New nodes of the body get their keys here.

    Raises:
        Refusal: ``access.denied``, ``resolution.not_now`` once signed, ``resolution.adopted``,
            those of `resolutions.rules.document.check`, ``document.lost_reference``,
            ``resolution.foreign_paper``, ``resolution.kind_fixed``.
        StaleEdit: somebody saved first.
    """
    access.authorise(by, "resolution.edit", resolution.council)
    typed: dict[str, object] = {
        "title": text.nfc(title),
        "bases": "\n".join(wording.legal_bases(texts.lines_of(text.nfc_lines(bases)))),
        "closing": text.nfc_lines(closing),
        "recipients": text.nfc_lines(recipients), "signatory_post": text.nfc(signatory_post),
        "signatory_name": text.nfc(signatory_name), "effective_on": effective_on,
    }  # fmt: skip
    body = serial.body_of(serial.data_of(body))  # all text NFC
    with transaction.atomic():
        resolution = locks.resolution(resolution.pk)
        before = _digests(resolution)
        if resolution.signed_at:
            lifecycle.next_state(resolution.state, ResolutionVerb.EDIT)
        versions.check(resolution, version)
        typed |= {"body": _checked_body(resolution, body), "kind": _checked_kind(resolution, kind)}
        for name, value in typed.items():
            setattr(resolution, name, value)
        resolution.full_clean()
        _write_papers(resolution, papers)
        after = _digests(resolution)
        if after != before:
            _back_to_draft(resolution, enacted_changed=after["enacted"] != before["enacted"], by=by)
        versions.bump(resolution)
        resolution.save(update_fields=[*typed, "state", "submitted_by", "submitted_at", "version"])
        text_versions.keep(resolution, by=by, note=note)
        audit.record(
            "resolution.edit", resolution, by=by, council=resolution.council, before=before,
            after=after,
        )  # fmt: skip
        renderings.request(resolution, by=by)
    return resolution


def _checked_body(resolution: Resolution, body: Body) -> str:
    """The body as it is stored; a key that was given once is never given again."""
    following = max(body.next_key, texts.body_of(resolution).next_key)
    body = document.with_keys(dataclasses.replace(body, next_key=following))
    document.check(body)
    blocks.blocks_of(body)  # every reference leads somewhere
    return serial.dumps(body)


def _checked_kind(resolution: Resolution, kind: str) -> str:
    if kind in ("", resolution.kind):
        return resolution.kind
    if resolution.number is not None:
        raise Refusal(
            "resolution.kind_fixed",
            gettext_noop("Nghị quyết đã có số nên không đổi loại được nữa."),
            field="kind",
        )
    return kind


def _digests(resolution: Resolution) -> dict[str, str]:
    return {"text": texts.digest_of(resolution), "enacted": texts.enacted_digest_of(resolution)}


def _back_to_draft(resolution: Resolution, *, enacted_changed: bool, by: User) -> None:
    state = lifecycle.ResolutionState(resolution.state)
    if state in (lifecycle.ResolutionState.SUBMITTED, lifecycle.ResolutionState.APPROVED):
        state = lifecycle.next_state(state, ResolutionVerb.RETURN)
    carried = pages.is_adopted(resolution) and enacted_changed
    resolution.state = lifecycle.next_state(state, ResolutionVerb.EDIT, is_adopted=carried)
    resolution.submitted_by = resolution.submitted_at = None
    approvals.void(resolution, reason=f"{by} sửa văn bản sau khi duyệt.")


def _write_papers(resolution: Resolution, papers: Sequence[Document]) -> None:
    if any(paper.council_session_id != resolution.council_session_id for paper in papers):
        raise Refusal(
            "resolution.foreign_paper",
            gettext_noop("Chỉ gắn được tài liệu của chính kỳ họp này."),
            field="papers",
        )
    resolution.papers.all().delete()
    ResolutionPaper.objects.bulk_create(
        ResolutionPaper(resolution=resolution, document=paper, position=position)
        for position, paper in enumerate(papers, start=1)
    )


def _check_filled_in(resolution: Resolution) -> None:
    found = checklist.blanks_in(resolution)
    if found:
        raise Refusal(
            "resolution.blanks_left",
            gettext_noop(
                "Còn %(count)d chỗ trống. Đầu tiên là ở %(place)s: “%(excerpt)s”. "
                "Điền hoặc bỏ đi rồi trình duyệt."
            ),
            params={
                "count": len(found), "place": checklist.place_words(found[0]),
                "excerpt": found[0].excerpt,
            },
        )  # fmt: skip


def submit(resolution: Resolution, *, by: User) -> Resolution:
    """Hand the draft to a second person for approval. Submitting twice is refused.

    Raises:
        Refusal: ``access.denied``, ``resolution.not_now``, ``resolution.no_signatory``,
            ``resolution.blanks_left``, and those of `polls.check_stands` and
            `relations.check_ready`.
    """
    access.authorise(by, "resolution.submit", resolution.council)
    with transaction.atomic():
        resolution = locks.resolution(resolution.pk)
        before = audit.snapshot(resolution, ["state"])
        resolution.state = lifecycle.next_state(resolution.state, ResolutionVerb.SUBMIT)
        if resolution.signatory_name == "…":
            raise Refusal(
                "resolution.no_signatory",
                gettext_noop("Chưa ghi tên người ký. Sửa dự thảo, ghi người ký rồi trình duyệt."),
            )
        _check_filled_in(resolution)
        polls.check_stands(resolution)
        relations.check_ready(resolution)
        resolution.submitted_by, resolution.submitted_at = by, timezone.now()
        resolution.sent_back_reason, resolution.sent_back_by = "", None
        resolution.full_clean()
        resolution.save(
            update_fields=[
                "state",
                "submitted_by",
                "submitted_at",
                "sent_back_reason",
                "sent_back_by",
            ]
        )
        audit.record(
            "resolution.submit", resolution, by=by, council=resolution.council, before=before,
            after={"state": ResolutionState.SUBMITTED, "digest": texts.digest_of(resolution)},
        )  # fmt: skip
        renderings.request(resolution, by=by)
        signing_copies.prepare(resolution, by=by)
    return resolution
