"""What the reader of scans must know of a poll's paper."""

from typing import Any

from django.utils import timezone

from elections.models import Poll, PollFile
from elections.queries import papers
from elections.typesetting import ballot


def box_map_of(poll: Poll) -> dict[str, Any]:
    """The map of the paper that was made for printing; typeset now where none was made yet.

    Raises:
        Refusal: those of `elections.typesetting.ballot.typeset`.
    """
    sheet = papers.ballot_sheet(poll)
    made = PollFile.objects.filter(
        poll=poll, kind=PollFile.Kind.BALLOT, content_digest=papers.digest(sheet)
    ).first()
    if made is not None and made.box_map:
        return dict(made.box_map)
    return dict(ballot.typeset(sheet, created=timezone.now()).box_map)
