"""Papers counted by scanning them: a run, its sheets, what people said of single rows, the sample.

Nothing here says in which order, when or from which file a paper was scanned. The key of a sheet is
random; all sheets of a run are written in one statement, in random order, after the whole pile was
read (`elections.services.scan_settling`), so that row ids, xmin and ctid say nothing either.
"""

import secrets

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


def random_key() -> str:
    """Sixteen random bytes as text."""
    return secrets.token_hex(16)


class ScanRun(models.Model):
    """The pile of one poll, scanned once: in test, or for the count. At most one run stands.

    A pile is scanned again as a whole, never patched: the run is void then and a new one begins.
    """

    class Mode(models.TextChoices):
        TEST = "test", _("chạy thử")
        OFFICIAL = "official", _("kiểm phiếu chính thức")

    class State(models.TextChoices):
        TAKING = "taking", _("đang nhận tệp quét")
        PAUSED = "paused", _("tạm dừng")
        CLOSING = "closing", _("đang xếp lại các phiếu")
        READ = "read", _("đã đọc xong")
        VOID = "void", _("bỏ")

    poll = models.ForeignKey("elections.Poll", on_delete=models.PROTECT, related_name="scan_runs")
    mode = models.CharField(max_length=8, choices=Mode)
    state = models.CharField(max_length=8, choices=State, default=State.TAKING)
    is_strict = models.BooleanField(
        _("mọi dòng nhiều dấu hoặc trống mà có mực đều để người xem"), default=False
    )
    template = models.CharField(
        max_length=64, help_text=_("SHA-256 của bản đồ ô trên mẫu phiếu đã in.")
    )
    reader = models.CharField(max_length=40, blank=True, help_text=_("Phiên bản của máy đọc."))
    thresholds = models.JSONField(default=dict, blank=True, help_text=_("Các ngưỡng khi đọc."))
    started_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")
    void_reason = models.CharField(_("lý do bỏ"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("lượt quét")
        verbose_name_plural = _("lượt quét")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_stands",
                fields=["poll"],
                condition=~Q(state="void"),
                violation_error_message=_("Cuộc bỏ phiếu đang có một lượt quét."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_mode_known",
                condition=Q(mode__in=["test", "official"]),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_void_has_reason",
                condition=~Q(state="void") | ~Q(void_reason=""),
                violation_error_message=_("Bỏ lượt quét phải nêu lý do."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.poll_id} {self.mode}"


class ScanUpload(models.Model):
    """A file as it came in. No sheet says from which file it is; no file has a name or a time."""

    class State(models.TextChoices):
        WAITING = "waiting", _("chờ đọc")
        READ = "read", _("đã đọc")
        REFUSED = "refused", _("không nhận")

    key = models.CharField(max_length=32, primary_key=True, default=random_key)
    run = models.ForeignKey(ScanRun, on_delete=models.PROTECT, related_name="uploads")
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    why = models.CharField(max_length=300, blank=True, help_text=_("Câu với chỗ để trống."))
    why_values = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("tệp quét")
        verbose_name_plural = _("tệp quét")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once",
                fields=["run", "sha256"],
                violation_error_message=_("Tệp này đã được đưa vào."),
            )
        ]

    def __str__(self) -> str:
        return self.key


class ScanSheet(models.Model):
    """One paper as the machine saw it, or an image that it refused.

    `sides` is a list of {"page", "sha256", "file"}: the pixels that were read. `marks` is
    {entry code: option, "@blank", "@over" or "@review"}; `rows` is {entry code: where the row
    stands in which side, and what was measured}. `signatures` tells one paper scanned twice.
    """

    class Status(models.TextChoices):
        READ = "read", _("máy đọc được")
        REFUSED = "refused", _("máy không đọc")

    class Treatment(models.TextChoices):
        NONE = "", _("chưa xử lý")
        HAND = "hand", _("rút ra, đếm tay")
        AGAIN = "again", _("tờ này đã có ảnh khác")
        NO_PAPER = "no_paper", _("không phải phiếu")

    key = models.CharField(max_length=32, primary_key=True, default=random_key)
    run = models.ForeignKey(ScanRun, on_delete=models.PROTECT, related_name="sheets")
    status = models.CharField(max_length=8, choices=Status)
    code = models.CharField(max_length=40, blank=True, help_text=_("Mã lý do không đọc."))
    why = models.CharField(max_length=300, blank=True, help_text=_("Câu với chỗ để trống."))
    why_values = models.JSONField(default=dict, blank=True)
    sides = models.JSONField(default=list, blank=True)
    marks = models.JSONField(default=dict, blank=True)
    rows = models.JSONField(default=dict, blank=True)
    signatures = models.JSONField(default=list, blank=True)
    treatment = models.CharField(max_length=8, choices=Treatment, blank=True, default="")
    treated_by = models.ForeignKey(
        "council.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("phiếu quét")
        verbose_name_plural = _("phiếu quét")
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_refused_says_why",
                condition=Q(status="read", code="") | Q(status="refused") & ~Q(code=""),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_treated_by_somebody",
                condition=Q(treatment="", treated_by=None)
                | Q(treatment__in=["hand", "again", "no_paper"], treated_by__isnull=False),
                violation_error_message=_("Xử lý một ảnh phải có người chịu trách nhiệm."),
            ),
        ]

    def __str__(self) -> str:
        return self.key


class ScanPair(models.Model):
    """Two images that look like the same paper; people say whether they are."""

    class Verdict(models.TextChoices):
        OPEN = "", _("chưa xem")
        SAME = "same", _("cùng một tờ")
        DIFFERENT = "different", _("hai tờ khác nhau")

    key = models.CharField(max_length=32, primary_key=True, default=random_key)
    first = models.ForeignKey(ScanSheet, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(ScanSheet, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True, default="")
    decided_by = models.ForeignKey(
        "council.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("hai ảnh giống nhau")
        verbose_name_plural = _("hai ảnh giống nhau")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once", fields=["first", "second"]
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_two_images", condition=~Q(first=F("second"))
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_decided_by_somebody",
                condition=Q(verdict="", decided_by=None)
                | Q(verdict__in=["same", "different"], decided_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.key


class ScanTask(models.Model):
    """A row that two people look at without the machine's value: in doubt, or in the sample."""

    class Purpose(models.TextChoices):
        REVIEW = "review", _("máy không chắc")
        SAMPLE = "sample", _("mẫu kiểm tra")

    key = models.CharField(max_length=32, primary_key=True, default=random_key)
    sheet = models.ForeignKey(ScanSheet, on_delete=models.PROTECT, related_name="tasks")
    entry_code = models.CharField(max_length=6)
    purpose = models.CharField(max_length=8, choices=Purpose)

    class Meta:
        verbose_name = _("dòng cần người xem")
        verbose_name_plural = _("dòng cần người xem")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once", fields=["sheet", "entry_code"]
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_purpose_known",
                condition=Q(purpose__in=["review", "sample"]),
            ),
        ]

    def __str__(self) -> str:
        return self.key


class ScanAnswer(models.Model):
    """What one person saw in the crop of a row; the head's word where two people differ."""

    class Place(models.TextChoices):
        FIRST = "first", _("người xem thứ nhất")
        SECOND = "second", _("người xem thứ hai")
        HEAD = "head", _("Trưởng Ban kiểm phiếu")

    task = models.ForeignKey(ScanTask, on_delete=models.PROTECT, related_name="answers")
    place = models.CharField(max_length=6, choices=Place)
    person = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=14)

    class Meta:
        verbose_name = _("câu trả lời")
        verbose_name_plural = _("câu trả lời")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_place",
                fields=["task", "place"],
                violation_error_message=_("Dòng này vừa có người khác trả lời."),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_two_people",
                fields=["task", "person"],
                condition=Q(place__in=["first", "second"]),
                violation_error_message=_("Hai câu trả lời phải của hai người khác nhau."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_not_empty", condition=~Q(answer="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.place}"


class ScanSample(models.Model):
    """The rows drawn by a number thrown in front of everybody, after the run was read."""

    run = models.OneToOneField(ScanRun, on_delete=models.PROTECT, related_name="sample")
    seed = models.CharField(_("số bốc thăm"), max_length=40)
    size = models.PositiveSmallIntegerField(_("số dòng trong mẫu"))
    drawn_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("mẫu kiểm tra")
        verbose_name_plural = _("mẫu kiểm tra")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_not_empty", condition=Q(size__gte=1) & ~Q(seed="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.size}"
