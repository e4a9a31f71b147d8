"""Versions and working copies as contents that can be compared and merged."""

from collections.abc import Mapping

from council.models import User
from resolutions.models import Resolution, TextVersion, WorkingCopy
from resolutions.queries import texts
from resolutions.rules import content as contents
from resolutions.rules import merging
from resolutions.rules.content import Content
from resolutions.rules.merging import Merged


def saved_content(resolution: Resolution) -> Content:
    """The text as it is saved now, with the papers behind it."""
    return contents.of_data({**texts.content_of(resolution), "papers": papers_of(resolution)})


def papers_of(resolution: Resolution) -> list[str]:
    """Keys of the papers behind it, in order."""
    return [str(pk) for pk in resolution.papers.values_list("document", flat=True)]


def copy_of(resolution: Resolution, user: User) -> WorkingCopy | None:
    """What the person typed and has not saved, or None."""
    return WorkingCopy.objects.filter(resolution=resolution, user=user).first()


def content_of_version(resolution: Resolution, version: TextVersion) -> Content:
    """A version's text; papers are not kept with versions, so today's stand in."""
    content = contents.loads(version.content)
    return contents.of_data({**contents.data_of(content), "papers": papers_of(resolution)})


def base_of(resolution: Resolution, ordinal: int) -> Content | None:
    """The text that a page was opened with, by the number of its version."""
    version = resolution.versions.filter(ordinal=ordinal).first()
    return content_of_version(resolution, version) if version else None


def merged(resolution: Resolution, user: User, choices: Mapping[str, str]) -> Merged | None:
    """The person's copy put together with the text as it is saved now; None without a copy."""
    copy = copy_of(resolution, user)
    if copy is None:
        return None
    base, mine = contents.loads(copy.base), contents.loads(copy.content)
    return merging.merge(base, mine, saved_content(resolution), choices)


def newest_ordinal(resolution: Resolution) -> int:
    """The number of the version that is saved now; 0 where none was kept."""
    return resolution.versions.values_list("ordinal", flat=True).first() or 0
