"""One uniform poll: entries × options; its kind fixes the options and the rule."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class PollKind(models.TextChoices):
    """Instruments decided by secret ballot; the same words as `elections.rules.polls.PollKind`."""

    CONFIDENCE = "confidence", _("lấy phiếu tín nhiệm")
    NO_CONFIDENCE = "no_confidence", _("bỏ phiếu tín nhiệm")
    ELECTION = "election", _("bầu")
    DISMISSAL = "dismissal", _("miễn nhiệm")
    REMOVAL = "removal", _("bãi nhiệm")


class Act(models.TextChoices):
    """What a poll of kind dismissal asks; the same words as `elections.rules.polls.Act`."""

    DISMISSAL = "dismissal", _("miễn nhiệm")
    REMOVAL = "removal", _("bãi nhiệm chức vụ")
    RESIGNATION = "resignation", _("cho thôi giữ chức vụ")


class PollState(models.TextChoices):
    """draft → list_approved → open → counting → agreed → published; or annulled."""

    DRAFT = "draft", _("đang lập danh sách")
    LIST_APPROVED = "list_approved", _("đã chốt danh sách")
    OPEN = "open", _("đang bỏ phiếu")
    COUNTING = "counting", _("đang kiểm phiếu")
    AGREED = "agreed", _("đã thống nhất kết quả")
    PUBLISHED = "published", _("đã công bố")
    ANNULLED = "annulled", _("bị hủy")


class CountingWay(models.TextChoices):
    """How the papers are counted; chosen by a member of the committee before the count begins."""

    TOTALS = "totals", _("đếm tay, hai người nhập tổng số")
    BALLOTS = "ballots", _("đọc từng phiếu, hai người nhập")
    SCANS = "scans", _("quét phiếu")


class Block(models.TextChoices):
    """Groups of office holders on a confidence vote's paper."""

    COUNCIL = "council", _("Khối Hội đồng nhân dân")
    COMMITTEE = "committee", _("Khối Ủy ban nhân dân")


class RepeatReason(models.TextChoices):
    """Why an election begins anew from the nomination, or one paper is voted on again."""

    NOT_APPROVED = "not_approved", _("kết quả không được phê chuẩn")
    ROUNDS_ENDED = "rounds_ended", _("hết số vòng bầu mà chưa bầu đủ")
    ANNULLED = "annulled", _("cuộc bầu bị hủy")


def public_result(prefix: str = "") -> Q:
    """Published, and annulled after publication: a published address never dies.

    Args:
        prefix: the way to the poll, e.g. ``outcome__poll__``.
    """
    annulled = {f"{prefix}state": PollState.ANNULLED, f"{prefix}published_at__isnull": False}
    return Q(**{f"{prefix}state": PollState.PUBLISHED}) | Q(**annulled)


class PollQuerySet(models.QuerySet["Poll"]):
    """The vocabulary of filters."""

    def published(self) -> Self:
        """Polls whose result the public may see; what annulled one later stands beside it."""
        return self.filter(public_result())


class Poll(models.Model):
    """A secret poll of one session. Nobody sees a figure before the count is agreed."""

    council_session = models.ForeignKey(
        "council_sessions.Session", on_delete=models.PROTECT, related_name="polls"
    )
    item = models.ForeignKey(
        "council_sessions.AgendaItem",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="polls",
    )
    sitting = models.ForeignKey(
        "council_sessions.Sitting",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="polls",
        help_text=_("Phiên họp mở cuộc bỏ phiếu."),
    )
    kind = models.CharField(_("loại"), max_length=14, choices=PollKind)
    act = models.CharField(_("việc"), max_length=12, choices=Act, blank=True)
    slug = models.SlugField(max_length=80)
    title = models.CharField(_("tên cuộc bỏ phiếu"), max_length=300)
    held_on = models.DateField(_("ngày bỏ phiếu"))
    office = models.ForeignKey(
        "council.Office", on_delete=models.PROTECT, null=True, blank=True, related_name="polls"
    )
    seats = models.PositiveSmallIntegerField(_("số người cần bầu"), default=1)
    round = models.PositiveSmallIntegerField(_("vòng"), default=1)
    previous_round = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="next_round"
    )
    split_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        help_text=_("Tờ phiếu thứ nhất của cùng cuộc lấy phiếu, khi tách theo khối."),
    )
    block = models.CharField(_("khối trên tờ phiếu"), max_length=10, choices=Block, blank=True)
    repeats = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="repeated_by",
        help_text=_("Cuộc bỏ phiếu mà cuộc này làm lại."),
    )
    repeats_because = models.CharField(
        _("lý do bầu lại"), max_length=12, choices=RepeatReason, blank=True
    )
    refused_tenure = models.ForeignKey(
        "council.Tenure",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reelections",
        help_text=_("Kết quả bầu không được phê chuẩn, phải bầu lại."),
    )
    state = models.CharField(max_length=14, choices=PollState, default=PollState.DRAFT)
    counting = models.CharField(
        _("cách kiểm phiếu"), max_length=8, choices=CountingWay, default=CountingWay.TOTALS
    )
    list_vote = models.ForeignKey(
        "council_sessions.OpenVote",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    committee = models.ForeignKey(
        "elections.BallotCommittee",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="polls",
    )
    total_delegates = models.PositiveSmallIntegerField(_("tổng số đại biểu"), null=True, blank=True)
    present = models.PositiveSmallIntegerField(_("có mặt"), null=True, blank=True)
    is_short_council = models.BooleanField(
        default=False,
        help_text=_("Lúc mở bỏ phiếu, mọi quyết định cần trên hai phần ba số đại biểu hiện có."),
    )
    printed = models.PositiveSmallIntegerField(_("số phiếu in"), null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    annulled_at = models.DateTimeField(null=True, blank=True)
    annulled_reason = models.CharField(_("lý do hủy"), max_length=300, blank=True)
    illustrative_note = models.CharField(_("ghi chú số liệu minh họa"), max_length=300, blank=True)
    created_by = models.ForeignKey("council.User", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PollQuerySet.as_manager()

    class Meta:
        verbose_name = _("cuộc bỏ phiếu")
        verbose_name_plural = _("cuộc bỏ phiếu")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_slug",
                fields=["council_session", "slug"],
                violation_error_message=_("Kỳ họp đã có cuộc bỏ phiếu cùng tên."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_known",
                condition=Q(kind__in=PollKind.values),
                violation_error_message=_("Loại bỏ phiếu không đúng."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_split_by_block",
                condition=Q(split_from=None, block="")
                | Q(kind="confidence", split_from=None, block="council")
                | Q(kind="confidence", split_from__isnull=False, block="committee")
                | Q(
                    kind="confidence",
                    split_from__isnull=False,
                    block="council",
                    repeats__isnull=False,
                ),
                violation_error_message=_("Chỉ tách theo khối cuộc lấy phiếu tín nhiệm."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_counting_known",
                condition=Q(counting__in=CountingWay.values),
                violation_error_message=_("Cách kiểm phiếu không đúng."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_dismissal_has_act",
                condition=Q(kind="dismissal", act__in=Act.values)
                | (~Q(kind="dismissal") & Q(act="")),
                violation_error_message=_("Nêu việc cần biểu quyết: miễn nhiệm, bãi nhiệm, thôi."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_election_has_office",
                condition=~Q(kind="election") | Q(office__isnull=False),
                violation_error_message=_("Cuộc bầu phải nêu chức vụ cần bầu."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_open_has_base",
                condition=Q(state__in=["draft", "list_approved", "annulled"])
                | Q(
                    total_delegates__isnull=False,
                    present__isnull=False,
                    opened_at__isnull=False,
                    committee__isnull=False,
                    sitting__isnull=False,
                ),
                violation_error_message=_(
                    "Cuộc bỏ phiếu đã mở phải có phiên họp, Ban kiểm phiếu, tổng số đại biểu, "
                    "số có mặt."
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_present_within_total",
                condition=Q(present=None) | Q(present__lte=F("total_delegates")),
                violation_error_message=_("Số có mặt không thể lớn hơn tổng số đại biểu."),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_reelection",
                fields=["refused_tenure"],
                condition=~Q(state="annulled"),
                violation_error_message=_("Đã lập cuộc bầu lại cho chức vụ này."),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_new_start",
                fields=["repeats", "repeats_because"],
                condition=Q(refused_tenure=None) & ~Q(state="annulled"),
                violation_error_message=_("Đã lập cuộc bầu mới thay cuộc bầu này."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_repeats_says_why",
                condition=Q(repeats=None, refused_tenure=None, repeats_because="")
                | Q(refused_tenure__isnull=False, repeats_because="not_approved")
                | Q(
                    repeats__isnull=False,
                    refused_tenure=None,
                    repeats_because__in=["rounds_ended", "annulled"],
                ),
                violation_error_message=_("Cuộc bầu lại phải nêu lý do bầu lại."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_round_and_seats",
                condition=Q(round__gte=1, seats__gte=1),
                violation_error_message=_("Số vòng và số người cần bầu phải từ 1."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        term = self.council_session.term
        return reverse(
            "portal:poll",
            args=[term.council.slug, term.label, self.council_session.number, self.slug],
        )


class PollEntry(models.Model):
    """One line of the ballot paper: a person, all posts named (confidence), or a candidate."""

    class Block(models.TextChoices):
        COUNCIL = "council", _("Khối Hội đồng nhân dân")
        COMMITTEE = "committee", _("Khối Ủy ban nhân dân")
        NONE = "none", _("không chia khối")

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="entries")
    code = models.CharField(max_length=6, help_text=_("Ví dụ: c01."))
    position = models.PositiveSmallIntegerField()
    person = models.ForeignKey(
        "council.Person", on_delete=models.PROTECT, related_name="poll_entries"
    )
    tenure = models.ForeignKey(
        "council.Tenure",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="poll_entries",
    )
    post = models.CharField(_("chức vụ ghi trên phiếu"), max_length=400)
    poll_post = models.ForeignKey(
        "elections.PollPost",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="entries",
        help_text=_("Chức vụ mà người này được giới thiệu để bầu."),
    )
    block = models.CharField(max_length=10, choices=Block, default=Block.NONE)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(_("lý do rút"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("dòng trên phiếu")
        verbose_name_plural = _("dòng trên phiếu")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_person_once",
                fields=["poll", "person"],
                violation_error_message=_("Người này đã có trong danh sách."),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_code",
                fields=["poll", "code"],
                violation_error_message=_("Mã dòng bị trùng."),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_place",
                fields=["poll", "position"],
                violation_error_message=_("Vị trí trên phiếu bị trùng."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.person_id}"


class Nomination(models.Model):
    """Who introduced the candidate, in what capacity that day, by which paper."""

    entry = models.OneToOneField(PollEntry, on_delete=models.PROTECT, related_name="nomination")
    nominator = models.ForeignKey(
        "council.Tenure",
        on_delete=models.PROTECT,
        related_name="nominations",
        help_text=_("Chức vụ của người giới thiệu, đang giữ vào ngày giới thiệu."),
    )
    nominated_on = models.DateField(_("ngày giới thiệu"))
    submission = models.ForeignKey(
        "council_sessions.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    summary = models.ForeignKey(
        "council_sessions.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    article = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("giới thiệu nhân sự")
        verbose_name_plural = _("giới thiệu nhân sự")

    def __str__(self) -> str:
        return f"{self.entry_id} · {self.nominated_on}"


class Exemption(models.Model):
    """An office holder who is not polled, with the reason and the article."""

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="exemptions")
    person = models.ForeignKey("council.Person", on_delete=models.PROTECT, related_name="+")
    post = models.CharField(max_length=400)
    code = models.CharField(max_length=40)
    reason = models.CharField(_("lý do"), max_length=400)
    article = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("không thuộc diện lấy phiếu")
        verbose_name_plural = _("không thuộc diện lấy phiếu")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_person_once", fields=["poll", "person"]
            )
        ]

    def __str__(self) -> str:
        return self.reason
