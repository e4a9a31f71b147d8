"""The text as it was saved, each time: who, when, what; kept for ever."""

from django.utils import timezone

from council.models import User
from resolutions.models import Resolution, TextVersion
from resolutions.queries import texts
from resolutions.rules.layout import canonical


def keep(resolution: Resolution, *, by: User, note: str = "") -> TextVersion | None:
    """Keep the text as it stands now, in the caller's transaction; None where nothing changed."""
    content = canonical(texts.content_of(resolution)).decode()
    newest = resolution.versions.first()
    if newest is not None and newest.content == content:
        return None
    version = TextVersion(
        resolution=resolution, ordinal=newest.ordinal + 1 if newest else 1, content=content,
        text_digest=texts.digest_of(resolution), note=note, saved_by=by, saved_at=timezone.now(),
    )  # fmt: skip
    version.full_clean()
    version.save()
    return version
