"""Persons, their seats (mandates) and where in the council they work."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Person(models.Model):
    """A human being in a council's books: a delegate, an office holder, a candidate."""

    class Honorific(models.TextChoices):
        """Part of how a person is named: Vietnamese in every language."""

        ONG = "ong", "ông"
        BA = "ba", "bà"

    council = models.ForeignKey("council.Council", on_delete=models.PROTECT, related_name="people")
    honorific = models.CharField(_("xưng hô"), max_length=3, choices=Honorific)
    family_name = models.CharField(_("họ"), max_length=40, blank=True)
    middle_name = models.CharField(_("tên đệm"), max_length=60, blank=True)
    given_name = models.CharField(_("tên"), max_length=60)
    full_name = models.CharField(
        _("họ và tên"),
        max_length=120,
        help_text=_("Ghép từ họ, tên đệm và tên, trừ khi được nhập riêng."),
    )
    sort_key = models.CharField(max_length=400, editable=False, db_index=True)
    search_key = models.CharField(max_length=120, editable=False, db_index=True)
    slug = models.SlugField(
        max_length=80,
        editable=False,
        db_index=False,
        help_text=_("Chữ trong địa chỉ trang công khai; giữ nguyên khi đổi tên."),
    )
    occupation = models.CharField(_("chức vụ, nghề nghiệp"), max_length=200, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    born_on = models.DateField(_("ngày sinh"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("người")
        verbose_name_plural = _("người")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_has_name",
                condition=~Q(given_name="") & ~Q(full_name=""),
                violation_error_message=_("Cần có tên."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_honorific_known",
                condition=Q(honorific__in=["ong", "ba"]),
                violation_error_message=_("Chọn ông hoặc bà."),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_slug",
                fields=["council", "slug"],
                violation_error_message=_("Địa chỉ này đã thuộc về người khác."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_has_slug",
                condition=~Q(slug=""),
                violation_error_message=_("Người này chưa có địa chỉ trang công khai."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_honorific_display()} {self.full_name}"

    def get_absolute_url(self) -> str:
        return reverse("portal:person", args=[self.council.slug, self.slug])


class DelegateGroup(models.Model):
    """A delegates' group (tổ đại biểu) of one term."""

    term = models.ForeignKey("council.Term", on_delete=models.PROTECT, related_name="groups")
    number = models.PositiveSmallIntegerField(_("tổ số"))
    name = models.CharField(_("tên tổ"), max_length=120)

    class Meta:
        verbose_name = _("tổ đại biểu")
        verbose_name_plural = _("tổ đại biểu")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_number",
                fields=["term", "number"],
                violation_error_message=_("Đã có tổ đại biểu mang số này."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class MandateQuerySet(models.QuerySet["Mandate"]):
    """The vocabulary of filters."""

    def on(self, day: date) -> Self:
        """Mandates that run on the day; suspended delegates included (law.md, open question 7)."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gte=day))

    def not_suspended_on(self, day: date) -> Self:
        """Leave out delegates whose duties are suspended on the day (Law 72/2025 Art. 38(1))."""
        return self.exclude(
            Q(suspensions__starts_on__lte=day)
            & (Q(suspensions__ends_on=None) | Q(suspensions__ends_on__gte=day))
        )


class Mandate(models.Model):
    """A person's seat in one term, from its first to its last day (both included)."""

    class EndReason(models.TextChoices):
        TERM_ENDED = "term_ended", _("hết nhiệm kỳ")
        RESIGNED = "resigned", _("thôi làm nhiệm vụ đại biểu")
        REMOVED = "removed", _("bị bãi nhiệm")
        CONVICTED = "convicted", _("mất quyền đại biểu theo bản án")
        DIED = "died", _("qua đời")
        MOVED = "moved", _("chuyển công tác")

    class EndBody(models.TextChoices):
        COUNCIL = "council", _("Hội đồng nhân dân")
        STANDING_COMMITTEE = "standing_committee", _("Thường trực Hội đồng nhân dân")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates")
    term = models.ForeignKey("council.Term", on_delete=models.PROTECT, related_name="mandates")
    group = models.ForeignKey(
        DelegateGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="mandates"
    )
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến hết ngày"), null=True, blank=True)
    end_reason = models.CharField(_("lý do"), max_length=12, choices=EndReason, blank=True)
    end_body = models.CharField(
        _("cơ quan chấp thuận thôi"), max_length=18, choices=EndBody, blank=True
    )
    end_decision = models.CharField(_("số văn bản chấp thuận thôi"), max_length=160, blank=True)
    end_decided_on = models.DateField(_("ngày chấp thuận thôi"), null=True, blank=True)
    is_full_time = models.BooleanField(_("chuyên trách"), default=False)
    is_group_head = models.BooleanField(_("tổ trưởng"), default=False)
    seat_number = models.PositiveSmallIntegerField(_("số ghế"), null=True, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("tư cách đại biểu")
        verbose_name_plural = _("tư cách đại biểu")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_running",
                fields=["person", "term"],
                condition=Q(ends_on=None),
                violation_error_message=_("Người này đang là đại biểu của nhiệm kỳ."),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_start",
                fields=["person", "term", "starts_on"],
                violation_error_message=_("Người này đã là đại biểu từ ngày đó."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_in_order",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("Ngày thôi phải sau ngày bắt đầu."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_end_has_reason",
                condition=Q(ends_on=None, end_reason="")
                | (Q(ends_on__isnull=False) & ~Q(end_reason="")),
                violation_error_message=_("Ghi lý do khi đại biểu thôi nhiệm vụ."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_end_decision_whole",
                condition=Q(end_body="", end_decision="", end_decided_on=None)
                | (
                    Q(
                        end_body__in=["council", "standing_committee"],
                        end_decided_on__isnull=False,
                        end_reason__in=["resigned", "moved"],
                    )
                    & ~Q(end_decision="")
                ),
                violation_error_message=_("Ghi cơ quan, ngày và số văn bản chấp thuận thôi."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class MandateSuspension(models.Model):
    """Suspension of a delegate's duties (tạm đình chỉ), Law 72/2025 Art. 38(1)."""

    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="suspensions")
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến hết ngày"), null=True, blank=True)
    reason = models.CharField(_("lý do, văn bản"), max_length=300)

    class Meta:
        verbose_name = _("tạm đình chỉ")
        verbose_name_plural = _("tạm đình chỉ")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_in_order",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("Ngày kết thúc phải sau ngày bắt đầu."),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_running",
                fields=["mandate"],
                condition=Q(ends_on=None),
                violation_error_message=_("Đại biểu đang bị tạm đình chỉ."),
            ),
        ]

    def __str__(self) -> str:
        return self.reason


class Committee(models.Model):
    """A committee of the council (Ban), such as Legal or Economic and Budget."""

    term = models.ForeignKey("council.Term", on_delete=models.PROTECT, related_name="committees")
    name = models.CharField(_("tên Ban"), max_length=120)
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = _("Ban của hội đồng")
        verbose_name_plural = _("Ban của hội đồng")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_name",
                fields=["term", "name"],
                violation_error_message=_("Nhiệm kỳ đã có Ban này."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class CommitteeSeat(models.Model):
    """A delegate's membership of a committee."""

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="seats")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="committee_seats")
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến hết ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("thành viên Ban")
        verbose_name_plural = _("thành viên Ban")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_running",
                fields=["committee", "mandate"],
                condition=Q(ends_on=None),
                violation_error_message=_("Đại biểu đã là thành viên của Ban."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_in_order",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("Ngày thôi phải sau ngày bắt đầu."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mandate_id} · {self.committee_id}"
