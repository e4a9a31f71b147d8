"""The minutes and the press summary of a demo session, through the services that clerks use."""

from django.utils import timezone

from portal.management.demo.stage import Stage, work_off
from resolutions.models import SessionText
from resolutions.queries import session_texts as queries
from resolutions.rules import session_texts as rules
from resolutions.rules.grown_text import Edit, fingerprint
from resolutions.services import session_text_approvals as approvals
from resolutions.services import session_texts as texts
from sessions.models import Session

DISCUSSION = (
    "Ý kiến thảo luận tập trung vào công tác quản lý quy hoạch, xây dựng, đô thị, đất đai; việc "
    "thành lập ban quản trị nhà chung cư, bàn giao 2% kinh phí bảo trì và tiến độ cải tạo chung cư "
    "cũ (lời ghi minh họa)."
)
SECRETARY = "bà Đỗ Thị Thư Ký, chuyên viên Văn phòng (tên minh họa)"


def write_minutes(stage: Stage, council_session: Session, *, number: str) -> SessionText:
    """Drafted from the books, the discussion added by the clerk, approved, signed on paper."""
    text = texts.start(
        council_session, kind="minutes", presiding=queries.default_presiding(council_session),
        secretaries=SECRETARY, by=stage.clerk,
    )  # fmt: skip
    item = council_session.items.filter(kind="discussion").order_by("pk").first()
    edits = [Edit("", DISCUSSION, after=f"item.{item.pk}" if item else "")]
    head = {"number": (number, fingerprint(""))}
    text = texts.save(text, edits=edits, head=head, by=stage.clerk)
    text = _approved(stage, text)
    text = approvals.record_signature(
        text, signed_on=timezone.localdate(), presiding=rules.name_to_sign(text.presiding),
        secretary=rules.name_to_sign(text.secretaries), by=stage.clerk,
    )  # fmt: skip
    work_off()
    return text


def write_summary(stage: Stage, council_session: Session) -> SessionText:
    """Drafted from the books and approved: it stands on the session's public page."""
    return _approved(stage, texts.start(council_session, kind="press", by=stage.clerk))


def _approved(stage: Stage, text: SessionText) -> SessionText:
    text = texts.submit(text, by=stage.clerk)
    approvals.approve(text, digest=text.digest, by=stage.approver)
    work_off()
    text.refresh_from_db()
    return text
