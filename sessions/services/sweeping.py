"""What lies about after a while: parts that nobody went on sending, old refusals, lost bytes."""

from datetime import timedelta
from typing import Final

from django.db.models import Q
from django.utils import timezone

from sessions.models import DocumentVersion, PaperUpload
from sessions.services import paper_texts, quarantine

PARTS_STAY: Final = timedelta(hours=24)
REFUSALS_STAY: Final = timedelta(days=30)
_TEXTS_AT_ONCE: Final = 20
State = PaperUpload.State


def sweep() -> int:
    """Sweep once; how many files and rows went. Versions without words are asked for again."""
    now = timezone.now()
    stale = PaperUpload.objects.filter(
        Q(state=State.RECEIVING, touched_at__lt=now - PARTS_STAY)
        | Q(state=State.REFUSED, touched_at__lt=now - REFUSALS_STAY)
    )
    keys = list(stale.values_list("key", flat=True))
    for key in keys:
        quarantine.discard(key)
    PaperUpload.objects.filter(key__in=keys).delete()
    known = frozenset(PaperUpload.objects.values_list("key", flat=True))
    gone = len(keys) + quarantine.sweep(known, older_than=PARTS_STAY.total_seconds())
    for version in DocumentVersion.objects.filter(text=None).order_by("-pk")[:_TEXTS_AT_ONCE]:
        paper_texts.request(version, by=None)
    return gone
