"""The agenda: an ordered tree of items, and the recorded decisions that change it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ItemKind(models.TextChoices):
    """What happens under an item."""

    OPENING = "opening", _("khai mạc, thủ tục")
    REPORT = "report", _("báo cáo")
    SUBMISSION = "submission", _("tờ trình, dự thảo nghị quyết")
    VERIFICATION = "verification", _("báo cáo thẩm tra")
    DISCUSSION = "discussion", _("thảo luận")
    QUESTIONING = "questioning", _("chất vấn")
    PERSONNEL = "personnel", _("công tác nhân sự")
    CONFIDENCE_VOTE = "confidence_vote", _("lấy phiếu tín nhiệm")
    ELECTION = "election", _("bầu, bầu bổ sung")
    RESOLUTION_VOTE = "resolution_vote", _("biểu quyết nghị quyết")
    CLOSING = "closing", _("bế mạc")
    OTHER = "other", _("nội dung khác")


class AgendaItem(models.Model):
    """One item; its order among its siblings is `position`, from 1, without gaps."""

    class State(models.TextChoices):
        PLANNED = "planned", _("chưa đến")
        CURRENT = "current", _("đang diễn ra")
        DONE = "done", _("xong")
        DROPPED = "dropped", _("rút khỏi chương trình")

    council_session = models.ForeignKey(
        "council_sessions.Session", on_delete=models.PROTECT, related_name="items"
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    position = models.IntegerField()
    title = models.CharField(_("nội dung"), max_length=500)
    kind = models.CharField(_("loại"), max_length=16, choices=ItemKind, default=ItemKind.OTHER)
    presenter = models.CharField(_("trình bày"), max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(_("số phút"), null=True, blank=True)
    sitting = models.ForeignKey(
        "council_sessions.Sitting",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="items",
    )
    staff_note = models.TextField(_("ghi chú nội bộ"), blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.PLANNED)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("nội dung chương trình")
        verbose_name_plural = _("nội dung chương trình")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_place_at_root",
                fields=["council_session", "position"],
                condition=Q(parent=None),
                violation_error_message=_("Vị trí này đã có nội dung khác."),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_place_below",
                fields=["parent", "position"],
                condition=Q(parent__isnull=False),
                violation_error_message=_("Vị trí này đã có nội dung khác."),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_current",
                fields=["council_session"],
                condition=Q(state="current"),
                violation_error_message=_("Đang có một nội dung khác diễn ra."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_not_own_parent",
                condition=~Q(parent=F("id")),
                violation_error_message=_("Một nội dung không thể nằm dưới chính nó."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_known",
                condition=Q(kind__in=ItemKind.values),
                violation_error_message=_("Loại nội dung không đúng."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AgendaDecision(models.Model):
    """Adoption of the agenda, or a later change of it, as the council decided it by open vote."""

    class Kind(models.TextChoices):
        ADOPTED = "adopted", _("thông qua chương trình")
        CHANGED = "changed", _("điều chỉnh chương trình")

    council_session = models.ForeignKey(
        "council_sessions.Session", on_delete=models.PROTECT, related_name="agenda_decisions"
    )
    kind = models.CharField(max_length=8, choices=Kind)
    open_vote = models.OneToOneField(
        "council_sessions.OpenVote", on_delete=models.PROTECT, related_name="agenda_decision"
    )
    what = models.CharField(_("nội dung quyết định"), max_length=500)
    agenda_digest = models.CharField(max_length=64)
    decided_at = models.DateTimeField()
    used_at = models.DateTimeField(
        null=True, blank=True, help_text=_("Lúc thay đổi được ghi vào chương trình.")
    )

    class Meta:
        verbose_name = _("quyết định về chương trình")
        verbose_name_plural = _("quyết định về chương trình")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_adopted_once",
                fields=["council_session"],
                condition=Q(kind="adopted"),
                violation_error_message=_("Chương trình đã được thông qua."),
            )
        ]

    def __str__(self) -> str:
        return self.what
