"""A person's unsaved text: kept every few seconds, offered again, saved, merged, dropped.

Nothing here touches the resolution itself but `save`, which goes through `drafts.edit`. Keeping is
not in the audit log: it is nobody's act but the typing itself, a line every few seconds.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.db import transaction
from django.utils import timezone

from council.models import User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, versions
from resolutions.models import Resolution, WorkingCopy
from resolutions.queries import copies
from resolutions.rules import content as contents
from resolutions.rules import lifecycle
from resolutions.rules.content import Content
from resolutions.rules.lifecycle import ResolutionVerb
from resolutions.rules.merging import Merged
from resolutions.services import drafts, locks
from sessions.models import Document

KEY_MAX: Final = 2**31


def keep(
    resolution: Resolution,
    content: Content,
    *,
    base: Content,
    base_version: int,
    revision: int,
    by: User,
) -> WorkingCopy:
    """Keep what was typed so far, whatever state it is in. The resolution stays as it is.

    Args:
        resolution: being edited.
        content: as typed.
        base: the saved text from which the typing began; only the first time of use.
        base_version: the resolution's version then.
        revision: of the copy that is on the screen, 0 where there was none.
        by: whose copy it is.

    Raises:
        Refusal: ``access.denied``, ``resolution.not_now`` once signed, ``copy.elsewhere``: the
            same person typed in another window meanwhile.
    """
    access.authorise(by, "resolution.edit", resolution.council)
    with transaction.atomic():
        resolution = locks.resolution(resolution.pk)
        if resolution.signed_at:
            lifecycle.next_state(resolution.state, ResolutionVerb.EDIT)
        copy = WorkingCopy.objects.filter(resolution=resolution, user=by).first()
        if revision != (copy.revision if copy else 0):
            raise Refusal(
                "copy.elsewhere",
                gettext_noop(
                    "Bạn đã gõ tiếp văn bản này ở một cửa sổ khác. Bản ở cửa sổ này vẫn còn dưới "
                    "đây; bấm Lưu lần nữa nếu muốn lấy bản này."
                ),
            )
        if copy is None:
            copy = WorkingCopy(
                resolution=resolution, user=by, base=contents.dumps(base),
                base_version=base_version, revision=0,
            )  # fmt: skip
        copy.content, copy.saved_at = contents.dumps(content), timezone.now()
        copy.revision += 1
        copy.full_clean()
        copy.save()
    return copy


def drop(resolution: Resolution, *, by: User) -> None:
    """Throw away what the person typed; a no-op where there is nothing."""
    access.authorise(by, "resolution.edit", resolution.council)
    WorkingCopy.objects.filter(resolution=resolution, user=by).delete()


def save(resolution: Resolution, *, by: User) -> Resolution:
    """Save the person's copy as the resolution's text; the copy is gone then.

    Raises:
        Refusal: ``copy.none`` and those of `drafts.edit`; the copy stays.
        StaleEdit: somebody saved first; the copy stays, `merged` puts both together.
    """
    copy = copies.copy_of(resolution, by)
    if copy is None:
        raise Refusal("copy.none", gettext_noop("Không có gì mới gõ để lưu."))
    content = contents.loads(copy.content)
    return _save(resolution, content, version=copy.base_version, note="", by=by)


def merge(
    resolution: Resolution, *, choices: Mapping[str, str], version: int, by: User
) -> Merged | None:
    """Put the copy and what was saved meanwhile together and save it.

    Returns:
        None where it is saved; else what is left to ask, with nothing changed.

    Raises:
        Refusal: ``copy.none`` and those of `drafts.edit`.
        StaleEdit: somebody saved since `version`, once more.
    """
    resolution = Resolution.objects.select_related("council").get(pk=resolution.pk)
    versions.check(resolution, version)
    merged = copies.merged(resolution, by, choices)
    if merged is None:
        raise Refusal("copy.none", gettext_noop("Không có gì mới gõ để lưu."))
    if merged.conflicts:
        return merged
    _save(resolution, merged.content, version=version, note="", by=by)
    return None


def restore(resolution: Resolution, ordinal: int, *, version: int | None, by: User) -> Resolution:
    """Save the text of an earlier version again, as a new one; papers stay as they are.

    Raises:
        Refusal: ``version.none`` and those of `drafts.edit`.
        StaleEdit: somebody saved first.
    """
    kept = resolution.versions.filter(ordinal=ordinal).first()
    if kept is None:
        raise Refusal("version.none", gettext_noop("Không có phiên bản này."))
    content = copies.content_of_version(resolution, kept)
    note = f"Khôi phục phiên bản {ordinal}"
    return _save(resolution, content, version=version, note=note, by=by)


def _save(
    resolution: Resolution, content: Content, *, version: int | None, note: str, by: User
) -> Resolution:
    chosen = [int(key) for key in content.papers if key.isascii() and key.isdigit()]
    papers = Document.objects.in_bulk([key for key in chosen if key < KEY_MAX])
    with transaction.atomic():
        saved = drafts.edit(
            resolution, title=content.title, bases="\n".join(content.bases), body=content.body,
            closing=content.closing, recipients="\n".join(content.recipients),
            signatory_post=content.signatory_post, signatory_name=content.signatory_name,
            kind=content.kind, version=version, note=note, by=by,
            effective_on=date.fromisoformat(content.effective_on) if content.effective_on else None,
            papers=[papers[key] for key in chosen if key in papers],
        )  # fmt: skip
        WorkingCopy.objects.filter(resolution=resolution, user=by).delete()
    return saved
