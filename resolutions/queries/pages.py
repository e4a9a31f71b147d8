"""What the pages show: one resolution with all around it, the list, a publication's progress."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from council.models import Council, Job
from resolutions.models import (
    Approval,
    Publication,
    PublicationMail,
    PublicationStep,
    Rendering,
    Resolution,
    ResolutionState,
    SigningCopy,
)
from sessions.models import Document


def is_adopted(resolution: Resolution) -> bool:
    """Whether the council has carried the text."""
    return resolution.adoption is not None and resolution.adoption.passed is True


def standing_approval(resolution: Resolution) -> Approval | None:
    """The approval that still holds, or None."""
    return resolution.approvals.filter(voided_at=None).select_related("approved_by").first()


def signing_copy_of(resolution: Resolution, paper_digest: str) -> SigningCopy | None:
    """The final paper made of exactly this data, if a worker has made it."""
    return SigningCopy.objects.filter(resolution=resolution, paper_digest=paper_digest).first()


def rendering_of(resolution: Resolution, text_digest: str) -> Rendering | None:
    """The PDF of exactly this text, or None while there is none yet."""
    return Rendering.objects.filter(resolution=resolution, text_digest=text_digest).first()


def job_with_key(key: str) -> Job | None:
    """The background work with this key, however far it is."""
    return Job.objects.filter(key=key).first()


def resolutions_for_list(council: Council, *, state: str = "") -> QuerySet[Resolution]:
    """The council's resolutions for the staff's list, newest first; `state` narrows it."""
    found = Resolution.objects.filter(council=council)
    if state in ResolutionState.values:
        found = found.filter(state=state)
    return found.select_related("council", "council_session", "submitted_by", "adoption").order_by(
        "-pk"
    )


def resolution_for_staff(council: Council) -> QuerySet[Resolution]:
    """The council's resolutions with what the detail page shows of each."""
    return Resolution.objects.filter(council=council).select_related(
        "council", "council_session__term", "item", "poll", "adoption__sitting", "created_by",
        "submitted_by", "signature__signed_by", "publication",
    )  # fmt: skip


def approvals_for_page(resolution: Resolution) -> list[Approval]:
    """All approvals, newest first, the voided ones with their reason."""
    return list(resolution.approvals.select_related("approved_by").order_by("-approved_at"))


def papers_to_choose(resolution: Resolution) -> QuerySet[Document]:
    """The session's papers that can stand behind the resolution."""
    return (
        Document.objects.filter(council_session=resolution.council_session, withdrawn_at=None)
        .annotate(is_behind=Exists(resolution.papers.filter(document=OuterRef("pk"))))
        .order_by("position", "pk")
    )


@dataclass(frozen=True)
class StepRow:
    """One step of a publication as the page shows it."""

    label: str
    is_done: bool


@dataclass(frozen=True)
class PublicationProgress:
    """How far a publication is, and its letters."""

    steps: tuple[StepRow, ...]
    job: Job | None
    mail_count: int
    mail_sent: int
    mail_open: int

    @property
    def done_count(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def is_running(self) -> bool:
        return self.job is not None and self.job.state in (Job.State.WAITING, Job.State.RUNNING)


def publication_progress(publication: Publication, job_key: str) -> PublicationProgress:
    """The steps in order with what is done, the job, and how many letters left."""
    done = set(publication.steps.values_list("step", flat=True))
    mails = PublicationMail.objects.filter(publication=publication)
    total, sent = mails.count(), mails.filter(sent_at__isnull=False).count()
    return PublicationProgress(
        steps=tuple(StepRow(str(step.label), step.value in done) for step in PublicationStep),
        job=job_with_key(job_key),
        mail_count=total,
        mail_sent=sent,
        mail_open=total - sent if publication.finished_at else 0,
    )
