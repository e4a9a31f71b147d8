"""The ballot committee (Ban kiểm phiếu) of a session, elected by the council."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class BallotCommittee(models.Model):
    """Proposed by the presiding person, elected by open vote; counts the session's polls."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("dự kiến")
        ELECTED = "elected", _("đã được bầu")

    council_session = models.ForeignKey(
        "council_sessions.Session", on_delete=models.PROTECT, related_name="ballot_committees"
    )
    ordinal = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=8, choices=State, default=State.PROPOSED)
    open_vote = models.OneToOneField(
        "council_sessions.OpenVote",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ballot_committee",
    )
    elected_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Ban kiểm phiếu")
        verbose_name_plural = _("Ban kiểm phiếu")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_ordinal", fields=["council_session", "ordinal"]
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_elected_has_vote",
                condition=Q(state="proposed", open_vote=None, elected_at=None)
                | Q(state="elected", open_vote__isnull=False, elected_at__isnull=False),
                violation_error_message=_("Ban kiểm phiếu phải được hội đồng biểu quyết bầu."),
            ),
        ]

    def __str__(self) -> str:
        return "Ban kiểm phiếu"


class BallotCommitteeMember(models.Model):
    """A delegate who serves on the committee."""

    class Post(models.TextChoices):
        HEAD = "head", _("Trưởng ban")
        SECRETARY = "secretary", _("Thư ký")
        MEMBER = "member", _("Ủy viên")

    committee = models.ForeignKey(BallotCommittee, on_delete=models.PROTECT, related_name="members")
    mandate = models.ForeignKey("council.Mandate", on_delete=models.PROTECT, related_name="+")
    post = models.CharField(_("nhiệm vụ"), max_length=10, choices=Post, default=Post.MEMBER)

    class Meta:
        verbose_name = _("thành viên Ban kiểm phiếu")
        verbose_name_plural = _("thành viên Ban kiểm phiếu")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once",
                fields=["committee", "mandate"],
                violation_error_message=_("Đại biểu đã là thành viên Ban kiểm phiếu."),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_head",
                fields=["committee"],
                condition=Q(post="head"),
                violation_error_message=_("Ban kiểm phiếu chỉ có một Trưởng ban."),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_secretary",
                fields=["committee"],
                condition=Q(post="secretary"),
                violation_error_message=_("Ban kiểm phiếu chỉ có một Thư ký."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mandate_id} {self.post}"
