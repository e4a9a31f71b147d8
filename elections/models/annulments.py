"""What undid a result: a decision of the council, or of the authority above it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Annulment(models.Model):
    """The recorded decision that annuls a confirmed result; it stands beside the figures.

    One decision may name several polls of the session; each has a row of its own.

    Before there is a result the chair stops a poll with a reason, and no such row is written. A
    refusal of approval annuls nothing: it ends the tenure, and the council elects again.
    """

    class Basis(models.TextChoices):
        COUNCIL = "council", _("biểu quyết của Hội đồng nhân dân")
        AUTHORITY = "authority", _("văn bản của cơ quan cấp trên")

    poll = models.OneToOneField(
        "elections.Poll", on_delete=models.PROTECT, related_name="annulment"
    )
    basis = models.CharField(_("căn cứ hủy"), max_length=10, choices=Basis)
    open_vote = models.ForeignKey(
        "council_sessions.OpenVote",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="annulments",
        help_text=_("Một biểu quyết có thể hủy nhiều kết quả mà nó nêu tên."),
    )
    body = models.CharField(_("cơ quan ra văn bản"), max_length=200, blank=True)
    document = models.CharField(_("số, ký hiệu văn bản"), max_length=100, blank=True)
    decided_on = models.DateField(_("ngày quyết định"))
    reason = models.CharField(_("lý do hủy"), max_length=300)
    recorded_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("quyết định hủy kết quả")
        verbose_name_plural = _("quyết định hủy kết quả")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_names_its_decision",
                condition=Q(basis="council", open_vote__isnull=False, body="", document="")
                | (Q(basis="authority", open_vote=None) & ~Q(body="") & ~Q(document="")),
                violation_error_message=_(
                    "Ghi biểu quyết của Hội đồng, hoặc cơ quan và số văn bản của cấp trên."
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_says_why",
                condition=~Q(reason=""),
                violation_error_message=_("Nêu lý do hủy."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.poll_id} {self.decided_on}"
