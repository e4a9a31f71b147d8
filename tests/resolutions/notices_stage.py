"""Made-up notices on a made-up published resolution."""

from datetime import date
from typing import Any

from council.models import Job
from council.services import jobs
from resolutions.models import Notice, Resolution
from resolutions.queries import notices as queries
from resolutions.queries import texts
from resolutions.rules.notices import Correction
from resolutions.services import notice_files, notice_signing, notices
from resolutions.services.notices import Typed
from tests.cast import PASSWORD
from tests.portal.stage import CLAUSES, published_resolution
from tests.resolutions.stage import DAY, Stage

SLIP = ("Phê duyệt dự toán.", "dự toán", "dự toán ngân sách")
"""Words of the clause, old words, new words."""


def target_of(stage: Stage, **more: Any) -> Resolution:
    return published_resolution(stage, articles=CLAUSES, **more)


def key_of(target: Resolution, words: str) -> str:
    return next(block.key for block in texts.blocks_of(target) if words in block.words)


def slip(target: Resolution, where: str = SLIP[0], old: str = SLIP[1], new: str = SLIP[2]):
    return Correction(key_of(target, where) if where else "", old, new)


def typed(*lines: Correction, symbol: str = "15/HĐND-VP", **more: Any) -> Typed:
    given: dict[str, Any] = {
        "symbol": symbol, "dated": DAY, "reason": "Lỗi khi in (minh họa).", "lines": lines,
        "signatory_post": "TM. THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN / CHỦ TỊCH",
        "signatory_name": "Nguyễn Văn Thử An", **more,
    }  # fmt: skip
    return Typed(**given)


def corrected(stage: Stage, target: Resolution, *lines: Correction, **more: Any) -> Notice:
    """A draft of a correction; without lines, of one word of the first clause."""
    given = typed(*(lines or (slip(target),)), **more)
    return notices.draft(target, given, kind="correction", by=stage.user["clerk"])


def withdrawn(stage: Stage, target: Resolution, **more: Any) -> Notice:
    """A draft of a withdrawal."""
    given = typed(**{"symbol": "02/TB-HĐND", **more})
    return notices.draft(target, given, kind="withdrawal", by=stage.user["clerk"])


def submitted(stage: Stage, notice: Notice) -> Notice:
    """Handed in, its file made as by the worker."""
    notice = notices.submit(notice, by=stage.user["clerk"])
    notice_files.run(Job.objects.get(key=queries.render_key(notice)))
    return Notice.objects.get(pk=notice.pk)


def published(stage: Stage, notice: Notice) -> Notice:
    """Signed by the chair, and what the portal does about it done."""
    notice = submitted(stage, notice)
    notice = notice_signing.sign(
        notice, sha256=notice.sha256, password=PASSWORD, by=stage.user["chair"]
    )
    jobs.run_due()
    return notice


def later(days: int) -> date:
    return date.fromordinal(DAY.toordinal() + days)
