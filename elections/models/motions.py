"""What is put to the vote about a person's office or seat: by whom, on what ground."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Motion(models.Model):
    """One line of a dismissal, removal or resignation: who proposed it that day, by which article.

    A resignation rests on the written request; the removal of a delegate names the seat; all others
    have a proposer with the authority on that very day.
    """

    entry = models.OneToOneField(
        "elections.PollEntry", on_delete=models.PROTECT, related_name="motion"
    )
    proposer = models.ForeignKey(
        "council.Tenure",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="motions",
        help_text=_("Chức vụ của người đề nghị, đang giữ vào ngày đề nghị."),
    )
    proposed_on = models.DateField(_("ngày đề nghị"))
    reason = models.CharField(_("lý do"), max_length=400)
    submission = models.ForeignKey(
        "council_sessions.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    resignation = models.ForeignKey(
        "elections.Resignation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="motions",
    )
    mandate = models.ForeignKey(
        "council.Mandate",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="removal_motions",
    )
    article = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("đề nghị về nhân sự")
        verbose_name_plural = _("đề nghị về nhân sự")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_one_ground",
                condition=Q(proposer__isnull=False, resignation=None, mandate=None)
                | Q(proposer=None, resignation__isnull=False, mandate=None)
                | Q(proposer=None, resignation=None, mandate__isnull=False),
                violation_error_message=_(
                    "Đề nghị phải có người đề nghị, hoặc đơn xin thôi, hoặc tư cách đại biểu."
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_has_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Ghi lý do."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} · {self.proposed_on}"


class Resignation(models.Model):
    """A written request to leave an office, the consent to it, and who approved it.

    Source: Law 72/2025 Art. 37(2): to the council's vote, between sessions to its Standing
    Committee.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("chờ quyết định")
        GRANTED = "granted", _("được chấp thuận")
        REFUSED = "refused", _("không được chấp thuận")
        WITHDRAWN = "withdrawn", _("đã rút đơn")

    tenure = models.ForeignKey(
        "council.Tenure", on_delete=models.PROTECT, related_name="resignations"
    )
    requested_on = models.DateField(_("ngày gửi đơn"))
    reason = models.CharField(_("lý do nêu trong đơn"), max_length=400)
    consent = models.CharField(
        _("văn bản đồng ý của cơ quan quản lý cán bộ"), max_length=200, blank=True
    )
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    decided_on = models.DateField(_("ngày quyết định"), null=True, blank=True)
    decision = models.CharField(
        _("văn bản của Thường trực Hội đồng nhân dân"), max_length=200, blank=True
    )
    article = models.CharField(max_length=200)
    recorded_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("đơn xin thôi giữ chức vụ")
        verbose_name_plural = _("đơn xin thôi giữ chức vụ")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_pending",
                fields=["tenure"],
                condition=Q(state="pending"),
                violation_error_message=_("Đơn trước của người này còn chờ quyết định."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_decided_has_day",
                condition=Q(state="pending", decided_on=None)
                | (~Q(state="pending") & Q(decided_on__isnull=False)),
                violation_error_message=_("Ghi ngày quyết định."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_granted_with_consent",
                condition=~Q(state="granted") | ~Q(consent=""),
                violation_error_message=_(
                    "Chỉ chấp thuận khi có văn bản đồng ý của cơ quan quản lý cán bộ."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenure_id} · {self.requested_on}"
