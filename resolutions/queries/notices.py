"""Notices on resolutions as their pages, their letter and their signer need them."""

from collections.abc import Iterable
from typing import Final

from django.db.models import QuerySet
from django.utils import translation

from council.models import AuditEntry, Council, Job
from resolutions.models import Notice, NoticeLine, Resolution
from resolutions.queries import relations, texts
from resolutions.rules import notice_words, notices
from resolutions.rules.amending import Named
from resolutions.rules.notice_words import Letter, Slip
from resolutions.rules.notices import Corrected, Correction, NoticeKind
from resolutions.typesetting.notice import NoticeSheet

RENDER_JOB: Final = "resolutions.render_notice"
WRITING: Final = ("notice.draft", "notice.edit", "notice.submit")
"""Verbs by which somebody becomes an author."""


def for_staff(council: Council) -> QuerySet[Notice]:
    """The council's notices, for looking one up by its key."""
    return Notice.objects.filter(council=council).select_related(
        "council", "target__council", "target__council_session__term", "created_by",
        "submitted_by", "signed_by",
    )  # fmt: skip


def on(resolution: Resolution) -> QuerySet[Notice]:
    """Every notice on the resolution, drafts too, for its staff page."""
    return resolution.notices.select_related("target__council").order_by("dated", "pk")


def authors_of(notice: Notice) -> frozenset[int]:
    """Keys of all accounts that drafted, edited or submitted it, as the audit log knows them."""
    entries = AuditEntry.objects.filter(
        object_type="resolutions.notice", object_id=str(notice.pk), verb__in=WRITING,
        actor__isnull=False,
    )  # fmt: skip
    found = set(entries.values_list("actor", flat=True))
    return frozenset(found | {pk for pk in (notice.created_by_id, notice.submitted_by_id) if pk})


def corrections_in(lines: Iterable[NoticeLine]) -> tuple[Correction, ...]:
    """The lines as the rules take them."""
    return tuple(Correction(one.target_key, one.old_words, one.new_words) for one in lines)


def checked(notice: Notice, lines: tuple[Correction, ...]) -> tuple[Corrected, ...]:
    """What the lines change in the published text with the corrections published before.

    Raises:
        Refusal: those of `resolutions.rules.notices.check_corrections`.
    """
    target = notice.target
    return notices.check_corrections(texts.body_of(target), relations.actions_on(target), lines)


def named(target: Resolution) -> Named:
    """The resolution as running text names it, in Vietnamese whatever the reader's language."""
    with translation.override("vi"):
        council = f"Hội đồng nhân dân {target.council.unit}"
    day = target.adopted_on or target.council_session.closes_on
    return Named(target.symbol, day, council, target.title)


def letter_of(notice: Notice) -> Letter:
    """The words of the notice as it stands."""
    slips = [Slip(one.target_words, one.old_words, one.new_words) for one in notice.lines.all()]
    return notice_words.letter_of(
        NoticeKind(notice.kind), named(notice.target), dated=notice.dated, reason=notice.reason,
        slips=slips, hides_text=notice.hides_text,
        recipients=texts.lines_of(notice.target.recipients),
    )  # fmt: skip


def sheet_of(notice: Notice) -> NoticeSheet:
    """The paper of the notice as it stands; DỰ THẢO lies across it until it is submitted."""
    letter, council = letter_of(notice), notice.council
    with translation.override("vi"):
        unit = council.unit.upper()
    return NoticeSheet(
        issuer_lines=["THƯỜNG TRỰC", "HỘI ĐỒNG NHÂN DÂN", unit],
        symbol=notice.symbol, place=council.seat, dated=notice.dated, kind=letter.kind,
        abstract=letter.abstract, addressees=letter.addressees, paragraphs=letter.paragraphs,
        recipients=letter.recipients, signatory_posts=posts_of(notice),
        signatory_name=notice.signatory_name, is_draft=notice.state == Notice.State.DRAFT,
        illustrative_note=notice.target.illustrative_note,
    )  # fmt: skip


def posts_of(notice: Notice) -> list[str]:
    """The lines over the signatory's name."""
    return [part.strip() for part in notice.signatory_post.split("/") if part.strip()]


def render_key(notice: Notice) -> str:
    """Key of the job that makes the file of the notice as it was submitted."""
    return f"{RENDER_JOB}.{notice.pk}.{notice.version}"


def render_job(notice: Notice) -> Job | None:
    """That job."""
    return Job.objects.filter(key=render_key(notice)).first()
