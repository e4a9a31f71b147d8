"""Counts: two typed by two members who do not see each other's figures, then the agreed one."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from elections.models.polls import CountingWay


class Count(models.Model):
    """One count of a poll's papers. Totals are numbers of ballot papers, empty until typed.

    Identities (practice, no article): printed = issued + unused + spoiled;
    issued = returned + not returned; returned = valid + invalid.
    """

    class Kind(models.TextChoices):
        FIRST = "first", _("lần đếm thứ nhất")
        SECOND = "second", _("lần đếm thứ hai")
        AGREED = "agreed", _("kết quả thống nhất")

    class State(models.TextChoices):
        DRAFT = "draft", _("đang nhập")
        SUBMITTED = "submitted", _("đã nộp")

    poll = models.ForeignKey("elections.Poll", on_delete=models.PROTECT, related_name="counts")
    kind = models.CharField(max_length=8, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    way = models.CharField(max_length=8, choices=CountingWay, default=CountingWay.TOTALS)
    records_digest = models.CharField(
        max_length=64,
        blank=True,
        help_text=_("SHA-256 của các bản ghi mà kết quả thống nhất được tính từ đó."),
    )
    counter = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")
    printed = models.PositiveSmallIntegerField(_("in"), null=True, blank=True)
    issued = models.PositiveSmallIntegerField(_("phát ra"), null=True, blank=True)
    unused = models.PositiveSmallIntegerField(_("chưa dùng"), null=True, blank=True)
    spoiled = models.PositiveSmallIntegerField(_("hỏng, đổi"), null=True, blank=True)
    returned = models.PositiveSmallIntegerField(_("thu về"), null=True, blank=True)
    not_returned = models.PositiveSmallIntegerField(_("không thu về"), null=True, blank=True)
    valid = models.PositiveSmallIntegerField(_("hợp lệ"), null=True, blank=True)
    invalid = models.PositiveSmallIntegerField(_("không hợp lệ"), null=True, blank=True)
    remarks = models.TextField(_("ý kiến, khiếu nại"), blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("lần kiểm phiếu")
        verbose_name_plural = _("lần kiểm phiếu")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_a_kind",
                fields=["poll", "kind"],
                violation_error_message=_("Lần đếm này đã có người nhập."),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_two_counters",
                fields=["poll", "counter"],
                condition=Q(kind__in=["first", "second"]),
                violation_error_message=_("Hai lần đếm phải do hai người khác nhau nhập."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_submitted_adds_up",
                condition=Q(state="draft")
                | Q(
                    state="submitted",
                    submitted_at__isnull=False,
                    issued=F("returned") + F("not_returned"),
                    returned=F("valid") + F("invalid"),
                    printed=F("issued") + F("unused") + F("spoiled"),
                ),
                violation_error_message=_("Các tổng của lần đếm chưa khớp."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_agreed_from_records",
                condition=Q(kind="agreed") & ~Q(records_digest="")
                | ~Q(kind="agreed") & Q(records_digest="", way="totals"),
                violation_error_message=_("Kết quả thống nhất phải tính từ các bản ghi được giữ."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.poll_id} {self.kind}"


class CountLine(models.Model):
    """Votes for one option of one entry in one count; empty until typed."""

    count = models.ForeignKey(Count, on_delete=models.PROTECT, related_name="lines")
    entry = models.ForeignKey("elections.PollEntry", on_delete=models.PROTECT, related_name="+")
    option = models.CharField(max_length=14)
    votes = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("số phiếu")
        verbose_name_plural = _("số phiếu")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once", fields=["count", "entry", "option"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.option} {self.votes}"


class Recount(models.Model):
    """How one differing cell was settled: counted again in front of both, never overwritten.

    `cell` is a total's field name ("valid") or "entry code:option" ("c03:low"). A cell counted yet
    another time keeps its earlier row, marked `replaced_at`.
    """

    poll = models.ForeignKey("elections.Poll", on_delete=models.PROTECT, related_name="recounts")
    cell = models.CharField(max_length=24)
    first = models.PositiveSmallIntegerField()
    second = models.PositiveSmallIntegerField()
    agreed = models.PositiveSmallIntegerField()
    reason = models.CharField(_("cách giải quyết"), max_length=300)
    recorded_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("đếm lại")
        verbose_name_plural = _("đếm lại")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once",
                fields=["poll", "cell"],
                condition=Q(replaced_at=None),
                violation_error_message=_("Ô này đã được đếm lại."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_differs",
                condition=~Q(first=F("second")),
                violation_error_message=_("Hai lần đếm đã khớp ở ô này, không cần đếm lại."),
            ),
        ]

    def __str__(self) -> str:
        return self.cell
