"""What was ever public, with its times; and the files in which all of it is handed out."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class PublishedObject(models.Model):
    """One object that programs follow: since when it is public, when it changed, whether it went.

    `digest` is of what it said when it was looked at last, without its own times. `part` names
    what is looked through together: `council-1`, `session-12`, `archive-3`. Derived, but its
    times are known nowhere else. Its rows are the order of every OParl list.
    """

    class Kind(models.TextChoices):
        BODY = "body", _("hội đồng")
        TERM = "legislative-term", _("nhiệm kỳ")
        ORGANIZATION = "organization", _("tổ chức")
        PERSON = "person", _("người")
        MEMBERSHIP = "membership", _("thành viên")
        MEETING = "meeting", _("kỳ họp")
        AGENDA_ITEM = "agenda-item", _("nội dung chương trình")
        PAPER = "paper", _("văn bản")
        CONSULTATION = "consultation", _("lần xem xét văn bản")
        FILE = "file", _("tệp")
        LOCATION = "location", _("địa điểm")

    council = models.ForeignKey(
        "council.Council", on_delete=models.CASCADE, related_name="published_objects"
    )
    kind = models.CharField(max_length=16, choices=Kind)
    key = models.CharField(max_length=40)
    part = models.CharField(max_length=30)
    digest = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    modified_at = models.DateTimeField()
    is_deleted = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("dữ liệu đã công khai")
        verbose_name_plural = _("dữ liệu đã công khai")
        indexes = [
            models.Index(fields=["council", "kind", "id"], name="portal_object_in_order"),
            models.Index(fields=["council", "kind", "modified_at"], name="portal_object_changed"),
            models.Index(fields=["council", "part"], name="portal_object_of_part"),
        ]
        constraints = [
            models.UniqueConstraint(name="%(app_label)s_%(class)s_once", fields=["kind", "key"]),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_known",
                condition=Q(
                    kind__in=[
                        "body", "legislative-term", "organization", "person", "membership",
                        "meeting", "agenda-item", "paper", "consultation", "file", "location",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_times_in_order",
                condition=Q(modified_at__gte=F("created_at")),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind}/{self.key}"


def data_path(file: "DataFile", filename: str) -> str:
    """A name that its bytes give: the file of another release never takes its place."""
    return f"open-data/{file.release.council_id}/{file.sha256[:16]}-{file.name}"


class DataRelease(models.Model):
    """The open data files of one council, all made of the same look at what is public.

    `wanted_at` is when something changed last, `read_at` when that look began: a release that
    was read before it was wanted is made anew.
    """

    council = models.OneToOneField(
        "council.Council", on_delete=models.CASCADE, related_name="data_release"
    )
    wanted_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("bộ dữ liệu mở")
        verbose_name_plural = _("bộ dữ liệu mở")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_made_is_whole",
                condition=Q(made_at=None, digest="")
                | (Q(made_at__isnull=False, read_at__isnull=False) & ~Q(digest="")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.council_id} {self.made_at}"


class DataFile(models.Model):
    """One file of a release: one table in one form, or all tables in one SQLite file."""

    release = models.ForeignKey(DataRelease, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=80)
    table = models.CharField(max_length=30, blank=True)
    form = models.CharField(max_length=6)
    rows = models.PositiveBigIntegerField()
    file = models.FileField(upload_to=data_path, max_length=200)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("tệp dữ liệu mở")
        verbose_name_plural = _("tệp dữ liệu mở")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_name", fields=["release", "name"]
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_form_known",
                condition=Q(form__in=["csv", "jsonl", "sqlite"]),
            ),
        ]

    def __str__(self) -> str:
        return self.name
