"""Offices, and who held which from when to when, on what basis."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class OfficeKind(models.TextChoices):
    """Offices filled by the council's vote; the words of `council.rules.offices.OfficeKind`."""

    COUNCIL_CHAIR = "council_chair", _("Chủ tịch Hội đồng nhân dân")
    COUNCIL_VICE_CHAIR = "council_vice_chair", _("Phó Chủ tịch Hội đồng nhân dân")
    COMMITTEE_HEAD = "committee_head", _("Trưởng Ban của Hội đồng nhân dân")
    PC_CHAIR = "pc_chair", _("Chủ tịch Ủy ban nhân dân")
    PC_VICE_CHAIR = "pc_vice_chair", _("Phó Chủ tịch Ủy ban nhân dân")
    PC_MEMBER = "pc_member", _("Ủy viên Ủy ban nhân dân")


class Office(models.Model):
    """A post of one council or its people's committee, e.g. "Trưởng Ban Pháp chế"."""

    council = models.ForeignKey("council.Council", on_delete=models.PROTECT, related_name="offices")
    kind = models.CharField(_("loại chức vụ"), max_length=20, choices=OfficeKind)
    title = models.CharField(_("tên chức vụ"), max_length=160)
    committee = models.ForeignKey(
        "council.Committee", on_delete=models.PROTECT, null=True, blank=True, related_name="offices"
    )
    seats = models.PositiveSmallIntegerField(_("số người tối đa"), default=1)
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=1)

    class Meta:
        verbose_name = _("chức vụ")
        verbose_name_plural = _("chức vụ")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_title",
                fields=["council", "title"],
                violation_error_message=_("Hội đồng đã có chức vụ này."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_known",
                condition=Q(kind__in=OfficeKind.values),
                violation_error_message=_("Loại chức vụ không đúng."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_chairs_are_single",
                condition=~Q(kind__in=["council_chair", "pc_chair", "committee_head"]) | Q(seats=1),
                violation_error_message=_("Chức vụ này chỉ có một người giữ."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TenureQuerySet(models.QuerySet["Tenure"]):
    """The vocabulary of filters."""

    def on(self, day: date) -> Self:
        """Tenures that run on the day."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gte=day))


class Tenure(models.Model):
    """Who held an office from when to when (both days included), and on what basis.

    The approval clock: sent within 5 working days from the election, decided within 10 from
    receipt, Law 72/2025 Art. 36(7);
    the holder exercises the office from the election day, Art. 36(6).
    """

    class Basis(models.TextChoices):
        ELECTED = "elected", _("được bầu")
        APPOINTED = "appointed", _("được chỉ định")
        ACTING = "acting", _("quyền, giao phụ trách")

    class Approval(models.TextChoices):
        NOT_NEEDED = "not_needed", _("không cần phê chuẩn")
        TO_SEND = "to_send", _("chờ gửi phê chuẩn")
        SENT = "sent", _("đã gửi, chờ phê chuẩn")
        APPROVED = "approved", _("đã phê chuẩn")
        REFUSED = "refused", _("không được phê chuẩn")

    class EndReason(models.TextChoices):
        TERM_ENDED = "term_ended", _("hết nhiệm kỳ")
        DISMISSED = "dismissed", _("miễn nhiệm")
        REMOVED = "removed", _("bãi nhiệm")
        RESIGNED = "resigned", _("từ chức")
        RETIRED = "retired", _("nghỉ hưu")
        DIED = "died", _("qua đời")
        NOT_APPROVED = "not_approved", _("không được phê chuẩn")
        ACTING_ENDED = "acting_ended", _("hết thời gian giao quyền")
        LEFT_COUNCIL = "left_council", _("thôi làm đại biểu")
        ANNULLED = "annulled", _("kết quả bầu bị hủy")

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="tenures")
    person = models.ForeignKey("council.Person", on_delete=models.PROTECT, related_name="tenures")
    term = models.ForeignKey("council.Term", on_delete=models.PROTECT, related_name="tenures")
    basis = models.CharField(_("hình thức"), max_length=10, choices=Basis)
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến hết ngày"), null=True, blank=True)
    end_reason = models.CharField(_("lý do thôi"), max_length=14, choices=EndReason, blank=True)
    retirement_announced_on = models.DateField(_("thông báo nghỉ chờ hưu"), null=True, blank=True)
    fills_single_office = models.BooleanField(editable=False)
    approval = models.CharField(
        _("phê chuẩn"), max_length=12, choices=Approval, default=Approval.NOT_NEEDED
    )
    approver = models.CharField(_("cơ quan phê chuẩn"), max_length=160, blank=True)
    send_due_on = models.DateField(_("hạn gửi"), null=True, blank=True)
    sent_on = models.DateField(_("ngày gửi"), null=True, blank=True)
    received_on = models.DateField(_("ngày cơ quan phê chuẩn nhận"), null=True, blank=True)
    decide_due_on = models.DateField(_("hạn phê chuẩn"), null=True, blank=True)
    decided_on = models.DateField(_("ngày phê chuẩn"), null=True, blank=True)
    decision = models.CharField(_("văn bản phê chuẩn"), max_length=160, blank=True)

    objects = TenureQuerySet.as_manager()

    class Meta:
        verbose_name = _("quá trình giữ chức vụ")
        verbose_name_plural = _("quá trình giữ chức vụ")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_holder",
                fields=["office"],
                condition=Q(ends_on=None, fills_single_office=True),
                violation_error_message=_("Chức vụ này đang có người giữ."),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_person_once",
                fields=["office", "person"],
                condition=Q(ends_on=None),
                violation_error_message=_("Người này đang giữ chức vụ đó."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_in_order",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("Ngày thôi giữ chức vụ phải sau ngày bắt đầu."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_end_has_reason",
                condition=Q(ends_on=None, end_reason="")
                | (Q(ends_on__isnull=False) & ~Q(end_reason="")),
                violation_error_message=_("Ghi lý do thôi giữ chức vụ."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_approval_dates",
                condition=Q(approval__in=["not_needed", "to_send"], sent_on=None, decided_on=None)
                | Q(approval="sent", sent_on__isnull=False, decided_on=None)
                | Q(approval__in=["approved", "refused"], decided_on__isnull=False),
                violation_error_message=_("Ngày gửi và ngày phê chuẩn không khớp với trạng thái."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_received_after_sent",
                condition=Q(received_on=None) | Q(received_on__gte=F("sent_on")),
                violation_error_message=_("Ngày nhận không thể trước ngày gửi."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.office_id}"


class Appointment(models.Model):
    """The decision by which a holder was appointed instead of elected, during a merger.

    Needs no vote and starts no approval clock. Source: Resolution 203/2025/QH15 Art. 2(3).
    """

    tenure = models.OneToOneField(Tenure, on_delete=models.PROTECT, related_name="appointment")
    body = models.CharField(_("cơ quan chỉ định"), max_length=160)
    decision = models.CharField(_("số quyết định"), max_length=160)
    decided_on = models.DateField(_("ngày quyết định"))
    allowed_from = models.DateField(_("được chỉ định từ"))
    allowed_to = models.DateField(_("đến hết"))
    legal_basis = models.CharField(_("căn cứ"), max_length=300)

    class Meta:
        verbose_name = _("quyết định chỉ định")
        verbose_name_plural = _("quyết định chỉ định")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_in_order",
                condition=Q(allowed_from__lte=F("allowed_to")),
                violation_error_message=_("Thời gian được chỉ định phải đúng thứ tự."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_says_by_what",
                condition=~Q(body="") & ~Q(decision="") & ~Q(legal_basis=""),
                violation_error_message=_("Ghi cơ quan, số quyết định và căn cứ chỉ định."),
            ),
        ]

    def __str__(self) -> str:
        return self.decision


class EndApproval(models.Model):
    """Approval from above of a dismissal, removal or resignation of a chair or vice chair.

    Source: Law 72/2025 Art. 37(3)-(5), with the clock of Art. 36(7).
    """

    class State(models.TextChoices):
        TO_SEND = "to_send", _("chờ gửi phê chuẩn")
        SENT = "sent", _("đã gửi, chờ phê chuẩn")
        APPROVED = "approved", _("đã phê chuẩn")
        REFUSED = "refused", _("không được phê chuẩn")
        VOID = "void", _("không còn cần")

    tenure = models.ForeignKey(Tenure, on_delete=models.PROTECT, related_name="end_approvals")
    state = models.CharField(max_length=8, choices=State, default=State.TO_SEND)
    ended_on = models.DateField(_("ngày thôi giữ chức vụ"))
    approver = models.CharField(_("cơ quan phê chuẩn"), max_length=160)
    send_due_on = models.DateField(_("hạn gửi"), null=True, blank=True)
    sent_on = models.DateField(_("ngày gửi"), null=True, blank=True)
    decide_due_on = models.DateField(_("hạn phê chuẩn"), null=True, blank=True)
    decided_on = models.DateField(_("ngày phê chuẩn"), null=True, blank=True)
    decision = models.CharField(_("văn bản phê chuẩn"), max_length=160, blank=True)
    article = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("phê chuẩn việc thôi giữ chức vụ")
        verbose_name_plural = _("phê chuẩn việc thôi giữ chức vụ")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_waiting",
                fields=["tenure"],
                condition=~Q(state__in=["refused", "void"]),
                violation_error_message=_("Việc thôi giữ chức vụ này đã chờ phê chuẩn."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_dates_fit",
                condition=Q(state="to_send", sent_on=None, decided_on=None)
                | Q(state="sent", sent_on__isnull=False, decided_on=None)
                | Q(state="void")
                | Q(
                    state__in=["approved", "refused"],
                    sent_on__isnull=False,
                    decided_on__isnull=False,
                    decided_on__gte=F("sent_on"),
                ),
                violation_error_message=_("Ngày gửi và ngày phê chuẩn không khớp với trạng thái."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenure_id} {self.state}"
