"""What the page of one resolution shows: its course, its text, and what the reader may do now."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _

from council.models import Job
from council.rules.work import Step
from council.services import access
from council.web.requests import StaffRequest
from resolutions.forms.verbs import AdoptForm, ApproveForm, SendBackForm, SignForm
from resolutions.models import Rendering, Resolution, ResolutionState, SigningCopy
from resolutions.queries import checklist, notices, outcomes, pages, texts
from resolutions.queries import relations as relation_queries
from resolutions.queries import signing as queries
from resolutions.services import publication, renderings, sheets, signing_copies
from sessions.models import Sitting
from sessions.queries import sittings as session_queries

State = ResolutionState


@dataclass
class Desk:
    """One resolution on the desk of one reader."""

    resolution: Resolution
    request: StaffRequest
    digest: str
    rendering: Rendering | SigningCopy | None
    rendering_job: Job | None
    is_final: bool
    sitting: Sitting | None

    def may(self, verb: str) -> bool:
        """Whether the reader's roles allow the verb."""
        return access.may(self.request.roles, verb)

    @property
    def is_own(self) -> bool:
        """Whether the reader drafted or submitted it, and so cannot approve it."""
        mine = (self.resolution.created_by_id, self.resolution.submitted_by_id)
        return self.request.user.pk in mine

    @property
    def is_rendering(self) -> bool:
        """Whether the PDF of the text as it stands is still being made."""
        waiting = (Job.State.WAITING, Job.State.RUNNING)
        return bool(
            self.rendering is None and self.rendering_job and self.rendering_job.state in waiting
        )


def desk(request: StaffRequest, resolution: Resolution) -> Desk:
    """Read what the page needs."""
    digest = texts.digest_of(resolution)
    is_final = pages.is_adopted(resolution) and resolution.number is not None
    rendering: Rendering | SigningCopy | None
    if is_final:
        paper_digest = signing_copies.digest_of(sheets.paper_of(resolution))
        rendering = pages.signing_copy_of(resolution, paper_digest)
        key = signing_copies.job_key(resolution.pk, paper_digest)
    else:
        rendering = pages.rendering_of(resolution, digest)
        key = renderings.job_key(resolution.pk, digest)
    return Desk(
        resolution=resolution, request=request, digest=digest, rendering=rendering,
        rendering_job=None if rendering else pages.job_with_key(key), is_final=is_final,
        sitting=session_queries.open_sitting_of(resolution.council_session),
    )  # fmt: skip


def context(
    request: StaffRequest, resolution: Resolution, **given: forms.Form
) -> dict[str, object]:
    """The page's context; a form that was refused replaces the empty one."""
    here = desk(request, resolution)
    carried = pages.is_adopted(resolution)
    papers = list(resolution.papers.select_related("document"))
    return {
        "council": request.council,
        "nav_section": "resolutions",
        "resolution": resolution,
        "blocks": texts.blocks_of(resolution),
        "closing": texts.dated_closing(resolution),
        "posts": texts.posts_of(resolution),
        "steps": steps_of(resolution, carried=carried),
        "action": action_of(here, carried=carried),
        "approvals": pages.approvals_for_page(resolution),
        "papers": papers,
        "checklist": []
        if resolution.signed_at
        else checklist.lines_of(resolution, papers, is_adopted=carried),
        "missing": [] if resolution.signed_at else outcomes.missing_figures(resolution),
        "rendering": here.rendering,
        "is_rendering": here.is_rendering,
        "is_final": here.is_final,
        "rendering_job": here.rendering_job,
        "progress": progress_of(resolution),
        "is_adopted": carried,
        "may_edit": here.may("resolution.edit") and resolution.signed_at is None,
        **relations_of(here),
        "may_send_back": here.may("resolution.approve")
        and resolution.state in (State.SUBMITTED, State.APPROVED),
        "may_resume": here.may("resolution.submit"),
        "present": session_queries.present_count(here.sitting) if here.sitting else 0,
        "approve_form": given.get("approve_form") or approve_form(here),
        "send_back_form": given.get("send_back_form") or SendBackForm(),
        "adopt_form": given.get("adopt_form") or AdoptForm(),
        **signing_of(here),
        "sign_form": given.get("sign_form") or SignForm(),
    }


def relations_of(here: Desk) -> dict[str, object]:
    """What it does to other texts, what drafts will do to it, and what the reader may add."""
    resolution, may_edit = here.resolution, here.may("resolution.edit")
    is_published = resolution.state == State.PUBLISHED
    return {
        "relations": list(relation_queries.relations_of(resolution)),
        "coming": list(relation_queries.drafts_acting_on(resolution)) if is_published else [],
        "may_relate": may_edit and resolution.state == State.DRAFT,
        "may_amend": may_edit and is_published,
        "notices": list(notices.on(resolution)) if is_published else [],
        "may_notice": here.may("notice.edit"),
    }


def signing_of(here: Desk) -> dict[str, object]:
    """The ways of signing that are open, once it is time for them; then who signed."""
    resolution, is_time = here.resolution, here.resolution.state == State.APPROVED
    return {
        "signs_on_paper": is_time and queries.signs_on_paper(here.request.council),
        "signs_electronically": is_time and queries.of_signatory(resolution).exists(),
        "signed_files": queries.signed_files(resolution) if resolution.signed_at else [],
    }


def approve_form(here: Desk) -> ApproveForm:
    """The digests of what is on this page, so that approving binds exactly that."""
    pdf = here.rendering.sha256 if here.rendering else ""
    return ApproveForm(initial={"text_digest": here.digest, "pdf_sha256": pdf})


def progress_of(resolution: Resolution) -> pages.PublicationProgress | None:
    """How far the publication is; None before signing."""
    found = getattr(resolution, "publication", None)
    if found is None:
        return None
    return pages.publication_progress(found, publication.job_key(resolution.pk))


def steps_of(resolution: Resolution, *, carried: bool) -> list[Step]:
    """soạn → trình → biểu quyết → duyệt → ký → ban hành, each done, now or next."""
    state = State(resolution.state)
    past_approval = state in (State.APPROVED, State.SIGNED, State.PUBLISHED)
    signed = state in (State.SIGNED, State.PUBLISHED)
    rows = [
        (_("Soạn"), state != State.DRAFT, str(resolution.created_by)),
        (_("Trình duyệt"), state != State.DRAFT, str(resolution.submitted_by or "")),
        (_("Biểu quyết"), carried, vote_sentence(resolution)),
        (_("Duyệt bản trình ký"), past_approval, ""),
        (_("Ký"), signed, resolution.signatory_name),
        (_("Ban hành"), state == State.PUBLISHED, resolution.symbol),
    ]
    first_open = next((place for place, row in enumerate(rows) if not row[1]), len(rows))
    return [
        Step(
            title=title,
            detail=detail,
            state="done" if done else ("now" if place == first_open else "next"),
            label=_("xong") if done else (_("đang làm") if place == first_open else ""),
        )
        for place, (title, done, detail) in enumerate(rows)
    ]


def vote_sentence(resolution: Resolution) -> str:
    """The result of the last vote on the text; empty before any."""
    vote = resolution.adoption
    if vote is None or vote.for_count is None:
        return ""
    params = {"votes": vote.for_count, "total": vote.total_delegates, "needed": vote.needed}
    if vote.passed:
        return _("%(votes)d/%(total)d đại biểu tán thành, cần %(needed)d: được thông qua.") % params
    return (
        _("%(votes)d/%(total)d đại biểu tán thành, cần %(needed)d: không được thông qua.") % params
    )


@dataclass(frozen=True)
class Action:
    """The one next thing: which form to show, or why nothing can be done by this reader now."""

    kind: str
    sentence: str
    is_mine: bool = False


def action_of(here: Desk, *, carried: bool) -> Action:
    """What happens next, and whether the reader is the one to do it."""
    match State(here.resolution.state):
        case State.DRAFT:
            return _action_on_draft(here)
        case State.SUBMITTED if not carried:
            return _action_on_vote(here)
        case State.SUBMITTED:
            return _action_on_submitted(here)
        case State.APPROVED:
            return _action_on_signature(here)
        case State.SIGNED:
            return _action_on_signed(here)
        case State.PUBLISHED:
            return Action("published", _("Nghị quyết đã ban hành."))


def _action_on_draft(here: Desk) -> Action:
    if here.may("resolution.submit"):
        return Action("submit", _("Đọc lại dự thảo rồi trình duyệt."), is_mine=True)
    return Action("wait", _("Dự thảo đang được soạn. Thư ký hoặc Văn phòng trình duyệt."))


def _action_on_submitted(here: Desk) -> Action:
    if not here.may("resolution.approve"):
        return Action("wait", _("Đang chờ người thứ hai duyệt."))
    if here.is_own:
        return Action("wait", _("Bạn đã soạn hoặc trình văn bản này nên người khác phải duyệt."))
    if here.rendering is None:
        return Action("wait", _("Bản trình ký đang được kết xuất; đọc xong mới duyệt được."))
    return Action(
        "approve",
        _("Đọc bản trình ký (đã có số và ngày), rồi duyệt hoặc trả lại. Bản này sẽ được ký."),
        is_mine=True,
    )


def _action_on_vote(here: Desk) -> Action:
    if not here.may("resolution.adopt"):
        return Action("wait", _("Đang chờ Hội đồng biểu quyết."))
    if here.sitting is None:
        return Action("wait", _("Chưa có phiên họp nào đang mở nên chưa biểu quyết được."))
    return Action("adopt", _("Ghi kết quả biểu quyết thông qua nghị quyết."), is_mine=True)


def _action_on_signed(here: Desk) -> Action:
    if not queries.awaits_seal(here.resolution):
        return Action("progress", _("Nghị quyết đã ký, đang được ban hành."))
    if here.may("resolution.seal"):
        return Action(
            "seal",
            _("Người có thẩm quyền đã ký số. Đóng dấu số của cơ quan để ban hành."),
            is_mine=True,
        )
    return Action("wait", _("Đã ký số, đang chờ văn thư đóng dấu số của cơ quan."))


def _action_on_signature(here: Desk) -> Action:
    if here.may("resolution.sign"):
        return Action(
            "sign", _("Ký đúng bản đã duyệt. Ký xong, hệ thống ban hành ngay."), is_mine=True
        )
    return Action("wait", _("Đang chờ Chủ tịch Hội đồng nhân dân ký."))
