"""The append-only, hash-chained record of who did what (trust.md section 2)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AuditHead(models.Model):
    """One row that every writer locks, so that sequence numbers have no gap and no fork."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        constraints = [
            models.CheckConstraint(name="%(app_label)s_%(class)s_single_row", condition=Q(id=1))
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.hash[:8]}"


class AuditEntry(models.Model):
    """One change of state. Database triggers refuse UPDATE and DELETE, and a gap in the chain.

    hash = SHA-256 over 0x00 and the canonical JSON of
    [seq, at, actor, council, verb, object, payload, prev] (`council.rules.chain`).
    """

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.ForeignKey("council.User", on_delete=models.PROTECT, null=True, related_name="+")
    actor_label = models.CharField(max_length=150)
    council = models.ForeignKey(
        "council.Council", on_delete=models.PROTECT, null=True, related_name="audit_entries"
    )
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    object_label = models.CharField(max_length=200)
    payload = models.TextField(help_text=_("JSON chuẩn hóa: trước và sau."))
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("nhật ký")
        verbose_name_plural = _("nhật ký")
        indexes = [
            models.Index(fields=["council", "-seq"], name="council_audit_by_council"),
            models.Index(fields=["object_type", "object_id"], name="council_audit_by_object"),
        ]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_seq_positive", condition=Q(seq__gte=1)
            )
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.verb}"
