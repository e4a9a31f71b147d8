"""Work in the background: the outbox row that announces it is also its state and progress."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """One piece of work, written in the same transaction as the change that asks for it.

    A message to the broker is only a hint to look at this row: a lost message, a lost worker or
    a doubled message is mended by the sweeper and by the lease (`lease_until`).
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("đang chờ")
        RUNNING = "running", _("đang chạy")
        DONE = "done", _("xong")
        FAILED = "failed", _("không thành công")

    name = models.CharField(max_length=80, help_text=_("Tên tác vụ Celery."))
    key = models.CharField(max_length=160, unique=True)
    args = models.JSONField(default=list)
    title = models.CharField(_("việc"), max_length=200)
    council = models.ForeignKey(
        "council.Council", on_delete=models.PROTECT, null=True, blank=True, related_name="jobs"
    )
    requested_by = models.ForeignKey(
        "council.User", on_delete=models.PROTECT, null=True, blank=True, related_name="jobs"
    )
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    step = models.CharField(_("đang làm"), max_length=200, blank=True)
    done_count = models.PositiveIntegerField(default=0)
    total_count = models.PositiveIntegerField(default=0)
    error = models.CharField(_("lỗi"), max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    seen_by_requester = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("việc chạy nền")
        verbose_name_plural = _("việc chạy nền")
        indexes = [
            models.Index(fields=["state", "not_before"], name="council_job_due"),
            models.Index(fields=["council", "-created_at"], name="council_job_by_council"),
        ]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_finished_has_time",
                condition=Q(state__in=["done", "failed"], finished_at__isnull=False)
                | Q(state__in=["waiting", "running"], finished_at=None),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_running_has_lease",
                condition=~Q(state="running") | Q(lease_until__isnull=False),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_progress_in_bounds",
                condition=Q(done_count__lte=F("total_count")),
            ),
        ]

    def __str__(self) -> str:
        return self.title
