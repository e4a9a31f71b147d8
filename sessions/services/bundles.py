"""All papers of a session in one file: asked for by readers, made by the worker, kept by content.

The same content is never made twice. When papers change, what was asked for before is made again;
a job whose content is no longer the present one does nothing, since a later one follows it.
"""

import hashlib
import tempfile
from pathlib import Path
from typing import Final

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from council.models import Job, User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, jobs
from sessions.models import PUBLIC_STATES, Bundle, Session, Visibility
from sessions.queries import bundles as queries
from sessions.queries import reading
from sessions.queries.reading import Part
from sessions.services import binding, locks

JOB: Final = "sessions.make_bundle"
VERBS: Final = {
    Visibility.STAFF: "staff.read", Visibility.DELEGATES: "delegate.read",
    Visibility.PUBLIC: "staff.read",
}  # fmt: skip


def request(held: Session, *, readers: str, kind: str, by: User) -> Job | None:
    """Have the bundle made as the papers lie now; None where it is made already.

    Raises:
        Refusal: ``access.denied``, ``bundle.nothing_to_read``.
    """
    council = held.term.council
    access.authorise(by, VERBS[Visibility(readers)], council)
    with transaction.atomic():
        held = locks.council_session(held.pk)
        parts = reading.parts_of(held, readers)
        if not parts:
            raise Refusal(
                "bundle.nothing_to_read",
                gettext_noop("Chưa có tài liệu nào để gộp cho người đọc này."),
            )
        return _enqueue(held, readers, kind, parts, by=by)


def follow(held: Session) -> None:
    """Papers changed: make again what somebody asked for; for verbs, in their transaction.

    The public's bundles need nobody to ask: they are made as soon as a convened session has a
    public paper.
    """
    asked = set(
        Bundle.objects.filter(council_session=held).values_list("readers", "kind").distinct()
    )
    if held.state in PUBLIC_STATES:
        asked |= {(Visibility.PUBLIC.value, kind) for kind in Bundle.Kind.values}
    for readers in {readers for readers, _kind in asked}:
        if parts := reading.parts_of(held, readers):
            for kind in sorted(kind for found, kind in asked if found == readers):
                _enqueue(held, readers, kind, parts, by=None)


def _enqueue(
    held: Session, readers: str, kind: str, parts: list[Part], *, by: User | None
) -> Job | None:
    content = queries.digest(held, parts)
    if _existing(held, readers, kind, content):
        return None
    words = {"zip": _("Gộp tài liệu thành tệp ZIP"), "pdf": _("Gộp tài liệu thành một PDF")}
    return jobs.enqueue(
        JOB,
        key=f"bundle:{held.pk}:{readers}:{kind}:{content[:16]}",
        title=f"{words[kind]}: {held}",
        args=[held.pk, readers, kind, content],
        council=held.term.council,
        by=by,
    )


def run(job: Job) -> None:
    """Make the bundle that the job names, unless it is there or its content is of yesterday."""
    held_pk, readers, kind, content = job.args
    held = Session.objects.select_related("term__council").get(pk=held_pk)
    parts = reading.parts_of(held, str(readers))
    if queries.digest(held, parts) != content or _existing(held, readers, kind, content):
        return
    with translation.override("vi"), tempfile.TemporaryDirectory(prefix="bundle-") as folder:
        make = binding.zip_of if kind == Bundle.Kind.ZIP else binding.pdf_of
        made = make(held, str(readers), parts, folder=Path(folder), job=job)
        bundle = _store(held, str(readers), str(kind), str(content), parts, made)
    if queries.digest(held, reading.parts_of(held, str(readers))) == content:
        _drop_older(bundle)


def _existing(held: Session, readers: str, kind: str, content: str) -> Bundle | None:
    return Bundle.objects.filter(
        council_session=held, readers=readers, kind=kind, digest=content
    ).first()


def _store(
    held: Session, readers: str, kind: str, content: str, parts: list[Part], made: binding.Bound
) -> Bundle:
    with made.path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        stream.seek(0)
        path = default_storage.save(f"bundles/{held.pk}/{sha256}.{kind}", File(stream))
    bundle, created = Bundle.objects.get_or_create(
        council_session=held, readers=readers, kind=kind, digest=content,
        defaults={
            "included": queries.included(parts), "attached_count": made.attached_count,
            "page_count": made.page_count, "file": path, "size": made.path.stat().st_size,
            "sha256": sha256, "made_at": timezone.now(),
        },
    )  # fmt: skip
    if not created:
        default_storage.delete(path)
    return bundle


def _drop_older(bundle: Bundle) -> None:
    """What was made for the same readers before is no longer wanted."""
    older = Bundle.objects.filter(
        council_session=bundle.council_session, readers=bundle.readers, kind=bundle.kind
    ).exclude(pk=bundle.pk)
    for one in older:
        name = one.file.name
        one.delete()
        default_storage.delete(str(name))
