"""Papers counted one by one: the paper account, batches of at most 25, two readings of each.

Nothing here says who cast a paper or when: a reading is one row whose papers are rewritten in the
order of their own text as soon as its batch is settled, so that no order of the pile survives.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

BATCH_SIZE = 25
"""Papers a batch holds at most: what two people check in one go (practice)."""


class PaperAccount(models.Model):
    """Where the papers are, for the ways in which papers are read one by one or scanned.

    Identities: printed = issued + unused + spoiled; returned ≤ issued. The papers read must be as
    many as were returned.
    """

    poll = models.OneToOneField(
        "elections.Poll", on_delete=models.PROTECT, related_name="paper_account"
    )
    printed = models.PositiveSmallIntegerField(_("in"))
    issued = models.PositiveSmallIntegerField(_("phát ra"))
    unused = models.PositiveSmallIntegerField(_("chưa dùng"))
    spoiled = models.PositiveSmallIntegerField(_("hỏng, đổi"))
    returned = models.PositiveSmallIntegerField(_("thu về"))
    remarks = models.TextField(_("ý kiến, khiếu nại"), blank=True)
    recorded_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("số phiếu in, phát, thu")
        verbose_name_plural = _("số phiếu in, phát, thu")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_printed_adds_up",
                condition=Q(printed=F("issued") + F("unused") + F("spoiled")),
                violation_error_message=_(
                    "Số phiếu in phải bằng số phát ra cộng số chưa dùng cộng số hỏng, đổi."
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_returned_within_issued",
                condition=Q(returned__lte=F("issued")),
                violation_error_message=_("Số phiếu thu về không thể lớn hơn số phát ra."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.poll_id}"


class PaperBatch(models.Model):
    """A batch of at most `BATCH_SIZE` papers, read twice by two members."""

    class Source(models.TextChoices):
        BOX = "box", _("từ hòm phiếu")
        REFUSED = "refused", _("máy không đọc")
        SAMPLE = "sample", _("mẫu kiểm tra")

    class State(models.TextChoices):
        READING = "reading", _("đang đọc")
        SETTLED = "settled", _("đã khớp")
        VOID = "void", _("bỏ, đọc lại")

    poll = models.ForeignKey(
        "elections.Poll", on_delete=models.PROTECT, related_name="paper_batches"
    )
    source = models.CharField(max_length=8, choices=Source, default=Source.BOX)
    number = models.PositiveSmallIntegerField()
    size = models.PositiveSmallIntegerField(_("số phiếu trong tập"))
    state = models.CharField(max_length=8, choices=State, default=State.READING)
    papers = models.JSONField(
        null=True, blank=True, help_text=_("Các phiếu đã khớp, xếp theo nội dung, không thứ tự.")
    )
    void_reason = models.CharField(_("lý do đọc lại"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("tập phiếu")
        verbose_name_plural = _("tập phiếu")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_number", fields=["poll", "source", "number"]
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_size",
                condition=Q(size__gte=1, size__lte=BATCH_SIZE),
                violation_error_message=_("Mỗi tập có từ 1 đến 25 phiếu."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_settled_has_papers",
                condition=Q(state="settled", papers__isnull=False)
                | Q(state__in=["reading", "void"], papers__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.poll_id} {self.source} {self.number}"


class PaperReading(models.Model):
    """One member's reading of a batch: paper by paper, seen by nobody else until both are done.

    `papers` is a list of {"valid": bool, "marks": {entry code: option, "@blank" or "@over"}}.
    """

    class Place(models.TextChoices):
        FIRST = "first", _("người đọc thứ nhất")
        SECOND = "second", _("người đọc thứ hai")

    class State(models.TextChoices):
        DRAFT = "draft", _("đang nhập")
        SUBMITTED = "submitted", _("đã nộp")

    batch = models.ForeignKey(PaperBatch, on_delete=models.PROTECT, related_name="readings")
    place = models.CharField(max_length=6, choices=Place)
    reader = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    papers = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("lần đọc tập phiếu")
        verbose_name_plural = _("lần đọc tập phiếu")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_place",
                fields=["batch", "place"],
                violation_error_message=_("Lần đọc này đã có người nhập."),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_two_readers",
                fields=["batch", "reader"],
                violation_error_message=_("Hai lần đọc phải do hai người khác nhau."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.place}"


class PaperDifference(models.Model):
    """A row that two readings of a batch saw differently, and what both saw on the paper then.

    Kept without the paper's place in the batch: only which entry, and the three answers.
    """

    batch = models.ForeignKey(PaperBatch, on_delete=models.PROTECT, related_name="differences")
    entry_code = models.CharField(max_length=6, help_text=_("@valid: cả lá phiếu."))
    first = models.CharField(max_length=14)
    second = models.CharField(max_length=14)
    agreed = models.CharField(max_length=14)
    reason = models.CharField(_("cách giải quyết"), max_length=300)
    recorded_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("chỗ đọc khác nhau")
        verbose_name_plural = _("chỗ đọc khác nhau")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_differs", condition=~Q(first=F("second"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.entry_code}"
