"""Changes of the rulebook: proposed by one administrator, decided by another.

The files in `council/rules/provisions/` stay the base; an approved row here is added to them, in
the order of its edition. Nothing approved is ever changed or removed: stored results name it.
"""

from fractions import Fraction
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from council.rules.law import Change, Ending, Level, Mark, Provision
from council.rules.majorities import Base, Threshold


class RuleVersionQuerySet(models.QuerySet["RuleVersion"]):
    """The vocabulary of filters."""

    def approved(self) -> Self:
        """Approved changes in the order in which they became part of the rulebook."""
        return self.filter(state=RuleVersion.State.APPROVED).order_by("edition")

    def waiting(self) -> Self:
        """What somebody still has to decide."""
        return self.filter(state=RuleVersion.State.PROPOSED)


class RuleVersion(models.Model):
    """A change of one rule: a version of it with its first day, or its end."""

    class Kind(models.TextChoices):
        VERSION = "version", _("bản mới")
        ENDING = "ending", _("chấm dứt")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("chờ duyệt")
        APPROVED = "approved", _("đã duyệt")
        REJECTED = "rejected", _("bị trả lại")

    MARKS = [
        (Mark.TEXT.value, _("đã đọc nguyên văn")),
        (Mark.MEMORY.value, _("nhớ lại, chưa đọc")),
        (Mark.UNCERTAIN.value, _("chưa rõ")),
    ]

    kind = models.CharField(max_length=8, choices=Kind, default=Kind.VERSION)
    rule_id = models.CharField(max_length=60)
    like_id = models.CharField(max_length=60, help_text=_("Quy định được thay hoặc chấm dứt."))
    subject = models.CharField(max_length=60)
    article = models.CharField(_("điều, khoản"), max_length=200, blank=True)
    text_vi = models.CharField(_("nội dung"), max_length=600)
    text_en = models.CharField(_("nội dung bằng tiếng Anh"), max_length=600)
    effective_from = models.DateField(_("áp dụng từ"))
    effective_to = models.DateField(_("đến hết"), null=True, blank=True)
    levels = models.JSONField(_("cấp"))
    mark = models.CharField(_("mức chắc chắn"), max_length=10, choices=MARKS)
    source = models.CharField(_("nguồn"), max_length=300)
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)
    share = models.CharField(_("tỷ lệ"), max_length=7, blank=True)
    is_strict = models.BooleanField(_("phải vượt quá"), default=False)
    base = models.CharField(_("mẫu số"), max_length=10, blank=True)
    days = models.PositiveSmallIntegerField(_("số ngày"), null=True, blank=True)
    number = models.PositiveSmallIntegerField(_("số lượng"), null=True, blank=True)
    is_setting = models.BooleanField(_("do quy chế của hội đồng quyết định"), default=False)
    state = models.CharField(max_length=8, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        "council.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("lý do"), max_length=300, blank=True)
    edition = models.PositiveIntegerField(null=True, blank=True)

    objects = RuleVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("thay đổi sổ quy định")
        verbose_name_plural = _("thay đổi sổ quy định")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_edition",
                fields=["edition"],
                violation_error_message=_("Người khác vừa duyệt một thay đổi khác."),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_rule_id",
                fields=["rule_id"],
                condition=Q(kind="version"),
                violation_error_message=_("Người khác vừa đề xuất một bản của quy định này."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_known",
                condition=Q(kind__in=["version", "ending"]),
                violation_error_message=_("Loại thay đổi này không có."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_ending_has_its_day",
                condition=~Q(kind="ending") | Q(effective_to__isnull=False),
                violation_error_message=_("Thiếu ngày hết áp dụng."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_in_order",
                condition=Q(effective_to=None) | Q(effective_to__gte=F("effective_from")),
                violation_error_message=_("Ngày hết áp dụng phải sau ngày bắt đầu."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_state_has_its_fields",
                condition=Q(
                    state="proposed", decided_by=None, decided_at=None, reason="", edition=None
                )
                | Q(
                    state="approved",
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                    edition__gte=1,
                )
                | (
                    Q(
                        state="rejected",
                        decided_by__isnull=False,
                        decided_at__isnull=False,
                        edition=None,
                    )
                    & ~Q(reason="")
                ),
                violation_error_message=_("Trạng thái của đề xuất không khớp."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_two_administrators",
                condition=~Q(state="approved") | ~Q(decided_by=F("proposed_by")),
                violation_error_message=_("Người duyệt phải khác người đề xuất."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} ({self.get_state_display()})"

    def get_absolute_url(self) -> str:
        return reverse("council:rule-proposal", args=[self.pk])

    @property
    def change(self) -> Change:
        """What the rules make of the row."""
        if self.kind == self.Kind.ENDING and self.effective_to:
            return Ending(self.like_id, self.effective_to)
        base = Base(self.base) if self.base else None
        share = Fraction(self.share) if self.share else None
        return Provision(
            id=self.rule_id,
            subject=self.subject,
            article=self.article,
            text_vi=self.text_vi,
            text_en=self.text_en,
            effective_from=self.effective_from,
            effective_to=self.effective_to,
            levels=frozenset(Level(level) for level in self.levels),
            mark=Mark(self.mark),
            source=self.source,
            note=self.note,
            base=base if share is None else None,
            threshold=Threshold(share, base, self.is_strict) if share and base else None,
            days=self.days,
            number=self.number,
            setting=self.is_setting,
        )
