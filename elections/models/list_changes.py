"""Changes of an election's list beyond the nominations: extra candidates and withdrawals."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ListChange(models.Model):
    """A delegate stands or introduces another beyond the list, or somebody introduced withdraws.

    The row stays whatever the council decides: the poll's page shows the whole history.

    Source: Law 72/2025 Art. 33(6), 36(5).
    """

    class Kind(models.TextChoices):
        ADDITION = "addition", _("ứng cử, giới thiệu thêm")
        WITHDRAWAL = "withdrawal", _("rút khỏi danh sách")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("chờ Hội đồng nhân dân quyết định")
        ACCEPTED = "accepted", _("được chấp nhận")
        REFUSED = "refused", _("không được chấp nhận")
        DROPPED = "dropped", _("người đề nghị thôi đề nghị")

    class Submitter(models.TextChoices):
        """The words of `elections.rules.list_changes.Submitter`."""

        STANDING_COMMITTEE = "standing_committee", _("Thường trực Hội đồng nhân dân")
        PRESIDING = "presiding", _("chủ tọa kỳ họp thứ nhất")

    poll = models.ForeignKey(
        "elections.Poll", on_delete=models.PROTECT, related_name="list_changes"
    )
    kind = models.CharField(_("việc"), max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    person = models.ForeignKey("council.Person", on_delete=models.PROTECT, related_name="+")
    poll_post = models.ForeignKey(
        "elections.PollPost", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    post = models.CharField(_("chức vụ, nơi công tác ghi trên phiếu"), max_length=400, blank=True)
    proposed_by = models.ForeignKey(
        "council.Mandate", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitter = models.CharField(
        _("cơ quan, người trình"), max_length=20, choices=Submitter, blank=True
    )
    summary = models.ForeignKey(
        "council_sessions.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    reason = models.CharField(_("lý do"), max_length=300, blank=True)
    article = models.CharField(max_length=200, blank=True)
    entry = models.ForeignKey(
        "elections.PollEntry",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="list_changes",
    )
    open_vote = models.OneToOneField(
        "council_sessions.OpenVote",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="list_change",
    )
    recorded_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("thay đổi danh sách")
        verbose_name_plural = _("thay đổi danh sách")
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_open",
                fields=["poll", "person"],
                condition=Q(state="proposed"),
                violation_error_message=_("Người này đang có đề nghị chờ quyết định."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_known",
                condition=Q(kind__in=["addition", "withdrawal"]),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_addition_is_voted",
                condition=Q(kind="withdrawal")
                | Q(kind="addition", state__in=["proposed", "dropped"], open_vote=None)
                | Q(
                    kind="addition",
                    state__in=["accepted", "refused"],
                    open_vote__isnull=False,
                ),
                violation_error_message=_(
                    "Việc giới thiệu thêm do Hội đồng nhân dân biểu quyết quyết định."
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_decided_has_moment",
                condition=Q(state="proposed", decided_at=None)
                | (~Q(state="proposed") & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_says_who_and_why",
                condition=Q(kind="addition", proposed_by__isnull=False) & ~Q(submitter="")
                | Q(kind="withdrawal", entry__isnull=False) & ~Q(reason=""),
                violation_error_message=_(
                    "Việc giới thiệu thêm phải ghi đại biểu đề nghị và người trình; việc rút phải "
                    "ghi lý do."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.poll_id} {self.kind} {self.person_id}"
