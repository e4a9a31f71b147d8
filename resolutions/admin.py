"""The back room: resolutions and their publication can be looked at, never changed."""

from django.contrib import admin

from council.admin import ReadOnly
from resolutions.models import (
    Approval,
    NumberSeries,
    Publication,
    PublicationMail,
    Resolution,
    ResolutionPaper,
    StepDone,
    TextVersion,
)


class VersionInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """The text as it was saved, each time."""

    model = TextVersion
    fields = ("ordinal", "saved_by", "saved_at", "note")
    extra = 0


class ApprovalInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """Approvals, the voided ones too."""

    model = Approval
    extra = 0


class PaperInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """Papers behind the resolution."""

    model = ResolutionPaper
    extra = 0


@admin.register(Resolution)
class ResolutionAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """Resolutions."""

    list_display = ("title", "symbol", "council", "state", "adopted_on", "published_at")
    list_filter = ("state", "kind", "purpose")
    list_select_related = ("council",)
    search_fields = ("title", "symbol")
    inlines = (VersionInline, PaperInline, ApprovalInline)


class StepInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """Steps that are done."""

    model = StepDone
    extra = 0


class MailInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """Letters to the delegates."""

    model = PublicationMail
    fields = ("mandate", "claimed_at", "sent_at", "attempts", "error")
    extra = 0


@admin.register(Publication)
class PublicationAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """Publications."""

    list_display = ("resolution", "started_at", "finished_at", "pdf_sha256")
    list_select_related = ("resolution",)
    inlines = (StepInline, MailInline)


@admin.register(NumberSeries)
class NumberSeriesAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """The last number of each series."""

    list_display = ("council", "year", "kind", "last")
    list_select_related = ("council",)
