"""Before a paper is public: look for personal data, decide find by find, make the masked copy.

The version as uploaded stays for the staff and the delegates; the public gets the copy. Reading and
masking happen in a process with limits; the masked file is read again before it is kept.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from council.models import Job, User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit, jobs
from sessions.inspection import runner
from sessions.inspection.limits import MEGABYTE, Limits
from sessions.inspection.runner import Verdict
from sessions.inspection.tasks import Task
from sessions.models import (
    DocumentVersion,
    MaskedCopy,
    PersonalDataCheck,
    PersonalDataFind,
    Visibility,
)
from sessions.queries import personal_data as queries
from sessions.queries.personal_data import Decision, Standing
from sessions.rules import uploads
from sessions.services import locks, renditions

CHECK_JOB: Final = "sessions.find_personal_data"
MASK_JOB: Final = "sessions.mask_personal_data"
READING: Final = Limits(memory=1024 * MEGABYTE, cpu_seconds=100, wall_seconds=120)
MASKING: Final = Limits(
    memory=2048 * MEGABYTE, cpu_seconds=150, wall_seconds=180, written_bytes=512 * MEGABYTE,
    open_files=256,
)  # fmt: skip
TEXT_MAX: Final = 300
CONTEXT_MAX: Final = 600
Kind = PersonalDataFind.Kind
_KINDS: Final = {kind.media_type: kind for kind in uploads.TYPES.values()}


@dataclass(frozen=True, slots=True)
class Choice:
    """What the clerk decided about one find."""

    decision: str
    reason: str = ""


def request(version: DocumentVersion, *, by: User | None) -> Job:
    """Have a version looked through; runs inside the caller's transaction."""
    return jobs.enqueue(
        CHECK_JOB,
        key=queries.CHECK_KEY.format(version=version.pk),
        title=_("Rà dữ liệu cá nhân: %(name)s") % {"name": version.filename[:160]},
        args=[version.pk],
        council=locks.council_of(version.document.council_session),
        by=by,
    )


def request_again(version: DocumentVersion, *, by: User) -> None:
    """Have it looked through where nobody has, as in papers of before; else a no-op.

    Raises:
        Refusal: ``access.denied``.
    """
    access.authorise(by, "paper.edit", locks.council_of(version.document.council_session))
    with transaction.atomic():
        if not PersonalDataCheck.objects.filter(version=version).exists():
            request(version, by=by)


def look(version_pk: int) -> PersonalDataCheck:
    """Write down what a version holds; a no-op where that is done."""
    version = DocumentVersion.objects.get(pk=version_pk)
    done = PersonalDataCheck.objects.filter(version=version).first()
    if done is not None:
        return done
    finds = _finds_in(version)
    with transaction.atomic():
        locks.document(version.document_id)
        check, created = PersonalDataCheck.objects.get_or_create(
            version=version, defaults={"checked_at": timezone.now()}
        )
        if created:
            for one in finds:
                one.check_row = check
                one.full_clean(exclude=["check_row"])
            PersonalDataFind.objects.bulk_create(finds)
    return check


def _finds_in(version: DocumentVersion) -> list[PersonalDataFind]:
    kind = _KINDS.get(version.media_type)
    if kind is None or kind in (uploads.PNG, uploads.JPEG):
        return [PersonalDataFind(kind=Kind.UNREADABLE, count=1)]
    verdict = runner.run(
        Task.PERSONAL_DATA, Path(version.file.path), arguments={"kind": kind.extension},
        limits=READING,
    )  # fmt: skip
    if not verdict.is_done:
        return [PersonalDataFind(kind=Kind.UNREADABLE, count=1)]
    finds = [
        PersonalDataFind(
            kind=one["kind"], text=one["text"][:TEXT_MAX], context=one["context"][:CONTEXT_MAX],
            pages=one["pages"], count=one["count"],
        )
        for one in verdict.facts["finds"]
    ]  # fmt: skip
    finds += [
        PersonalDataFind(kind=Kind.PICTURE_PAGE, pages=[page], count=1)
        for page in verdict.facts["wordless"]
    ]
    if verdict.facts["more"]:
        finds.append(PersonalDataFind(kind=Kind.UNREADABLE, count=1))
    return finds


def decide(version: DocumentVersion, choices: Mapping[int, Choice], *, by: User) -> Standing:
    """Decide about finds of a version; when none is open, the masked copy is made.

    Args:
        choices: by the find's key; finds that are not named stay as they are.

    Raises:
        Refusal: ``access.denied``, ``personal_data.not_checked``, ``personal_data.is_public``,
            ``personal_data.unknown_find``, ``personal_data.reason_missing``,
            ``personal_data.cannot_mask``.
    """
    council = locks.council_of(version.document.council_session)
    access.authorise(by, "paper.edit", council)
    with transaction.atomic():
        held = locks.document(version.document_id)
        found = queries.standing(version, council)
        if found.check is None:
            raise Refusal("personal_data.not_checked", _NOT_CHECKED)
        if held.visibility == Visibility.PUBLIC and _is_covered(version, held.released_at):
            raise Refusal(
                "personal_data.is_public",
                gettext_noop("Bản này đã công khai nên không đổi quyết định được nữa."),
            )
        by_pk = {one.pk: one for one in found.finds}
        for pk, choice in choices.items():
            _decide_one(by_pk.get(pk), choice, by=by)
        audit.record(
            "paper.decide_personal_data", held, by=by, council=council,
            after={
                "version": version.ordinal,
                "mask": sum(one.decision == Decision.MASK for one in by_pk.values()),
                "keep": sum(one.decision == Decision.KEEP for one in by_pk.values()),
            },
        )  # fmt: skip
        found = queries.standing(version, council)
        _drop_copy_of_others(found)
        if not found.open_count and found.masks and found.copy is None:
            _request_copy(found, by=by)
    return found


def _decide_one(find: PersonalDataFind | None, choice: Choice, *, by: User) -> None:
    if find is None:
        raise Refusal(
            "personal_data.unknown_find",
            gettext_noop("Mục này không thuộc bản đang rà. Hãy tải lại trang."),
        )
    if choice.decision == Decision.KEEP and not choice.reason.strip():
        raise Refusal(
            "personal_data.reason_missing",
            gettext_noop("Ghi lý do để nguyên, ví dụ: số của cơ quan."),
            field=f"reason_{find.pk}",
        )
    if choice.decision == Decision.MASK and find.kind == Kind.UNREADABLE:
        raise Refusal(
            "personal_data.cannot_mask",
            gettext_noop(
                "Máy không che được tệp này. Hãy che trong tệp gốc rồi tải lên làm phiên bản mới, "
                "hoặc xem bằng mắt rồi để nguyên và ghi lý do."
            ),
            field=f"decision_{find.pk}",
        )
    find.decision = choice.decision
    find.reason = choice.reason.strip() if choice.decision == Decision.KEEP else ""
    find.decided_by, find.decided_at = (by, timezone.now()) if choice.decision else (None, None)
    find.full_clean(exclude=["check_row"])
    find.save(update_fields=["decision", "reason", "decided_by", "decided_at"])


def _drop_copy_of_others(found: Standing) -> None:
    """A copy made after other decisions must never be served."""
    old = MaskedCopy.objects.filter(version=found.version).exclude(digest=found.digest).first()
    if old is not None:
        name = str(old.file.name)
        old.delete()
        transaction.on_commit(partial(default_storage.delete, name))


def _request_copy(found: Standing, *, by: User) -> Job:
    version = found.version
    return jobs.enqueue(
        MASK_JOB,
        key=queries.MASK_KEY.format(version=version.pk, digest=found.digest[:16]),
        title=_("Làm bản công khai đã che: %(name)s") % {"name": version.filename[:150]},
        args=[version.pk, found.digest],
        council=locks.council_of(version.document.council_session),
        by=by,
    )


def make_copy(version_pk: int, digest: str) -> MaskedCopy | None:
    """Make the copy of these decisions; None where they are no longer the present ones.

    Raises:
        Refusal: ``personal_data.not_masked``, ``personal_data.embedded``.
    """
    version = DocumentVersion.objects.select_related(
        "document__council_session__term__council"
    ).get(pk=version_pk)
    council = locks.council_of(version.document.council_session)
    found = queries.standing(version, council)
    if found.digest != digest or found.open_count or not found.masks or found.copy is not None:
        return found.copy
    kind = _KINDS[version.media_type]
    verdict = runner.run(
        Task.MASKED, Path(version.file.path),
        arguments={
            "kind": kind.extension, "words": [one.text for one in found.masks if one.text],
            "pages": [page for one in found.masks if not one.text for page in one.pages],
        },
        limits=MASKING,
    )  # fmt: skip
    _check_masked(verdict)
    return _keep(version, digest, verdict)


def _check_masked(verdict: Verdict) -> None:
    if verdict.code == "mask.embedded":
        raise Refusal(
            "personal_data.embedded",
            gettext_noop(
                "Trong tệp có tệp khác được nhúng nên không che được. Hãy xuất tệp ra PDF rồi tải "
                "lên làm phiên bản mới."
            ),
        )
    if not verdict.is_done:
        raise Refusal(
            "personal_data.not_masked",
            gettext_noop(
                "Không che hết được trong tệp này. Hãy che trong tệp gốc rồi tải lên làm phiên bản "
                "mới."
            ),
        )


def _keep(version: DocumentVersion, digest: str, verdict: Verdict) -> MaskedCopy | None:
    with transaction.atomic():
        held = locks.document(version.document_id)
        if queries.standing(version, locks.council_of(held.council_session)).digest != digest:
            return None
        stem, _dot, extension = version.filename.rpartition(".")
        content = verdict.content
        copy = MaskedCopy(
            version=version, digest=digest, storage_key=secrets.token_hex(16),
            filename=f"{stem[:180]} (bản công khai).{extension}", media_type=version.media_type,
            size=len(content), sha256=hashlib.sha256(content).hexdigest(),
            texts=verdict.facts["texts"], made_at=timezone.now(),
        )  # fmt: skip
        copy.file.save("x", ContentFile(content), save=False)
        copy.full_clean(exclude=["version"])
        copy.save()
        council = locks.council_of(held.council_session)
        audit.record(
            "paper.mask", held, by=None, council=council,
            after={"version": version.ordinal, "sha256": copy.sha256},
        )  # fmt: skip
        renditions.request(copy, council=council, by=None)
    return copy


def _is_covered(version: DocumentVersion, released_at: Any) -> bool:
    return released_at is not None and version.uploaded_at <= released_at


_NOT_CHECKED: Final = gettext_noop(
    "Tệp này chưa được rà dữ liệu cá nhân nên chưa công khai được. Việc rà chạy ngay sau khi tải "
    "lên; hãy thử lại sau ít phút."
)


def check_publishable(version: DocumentVersion, *, by: User) -> None:
    """Refuse to publish a version with something unresolved in it.

    Raises:
        Refusal: ``personal_data.not_checked``, ``personal_data.open``,
            ``personal_data.not_masked_yet``, ``personal_data.own_decision`` (who decided does not
            publish).
    """
    found = queries.standing(version, locks.council_of(version.document.council_session))
    if found.check is None:
        raise Refusal("personal_data.not_checked", _NOT_CHECKED, field="visibility")
    if found.open_count:
        raise Refusal(
            "personal_data.open",
            gettext_noop(
                "Còn %(count)d mục giống dữ liệu cá nhân chưa quyết định che hay để nguyên, nên "
                "chưa công khai được."
            ),
            params={"count": found.open_count},
            field="visibility",
        )
    if not found.is_ready:
        raise Refusal(
            "personal_data.not_masked_yet",
            gettext_noop("Bản công khai đã che chưa làm xong. Hãy thử lại sau ít phút."),
            field="visibility",
        )
    if any(one.decided_by_id == by.pk for one in found.finds):
        raise Refusal(
            "personal_data.own_decision",
            gettext_noop(
                "Bạn là người quyết định che hay để nguyên dữ liệu cá nhân trong tệp này, nên phải "
                "nhờ một người khác công khai."
            ),
            field="visibility",
        )
