"""The back room: sessions and what belongs to them can be looked at, never changed.

How a delegate voted is not registered: it is shown where the council's regulation wants it, on
the page of the vote.
"""

from django.contrib import admin

from council.admin import ReadOnly, ReadOnlyAdmin
from sessions.models import (
    AgendaDecision,
    AgendaItem,
    Document,
    DocumentVersion,
    Indicator,
    NoticeDelivery,
    OpenVote,
    Session,
    Sitting,
)


class SittingInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """Sittings of a session."""

    model = Sitting
    fields = ("ordinal", "held_on", "part", "starts_at", "state", "opened_at", "closed_at")
    extra = 0


class DecisionInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """Decisions about the agenda."""

    model = AgendaDecision
    fields = ("kind", "what", "decided_at", "used_at", "agenda_digest")
    extra = 0


@admin.register(Session)
class SessionAdmin(ReadOnlyAdmin):
    """Sessions of all councils."""

    list_display = ("__str__", "term", "kind", "opens_on", "state")
    list_filter = ("state", "kind")
    list_select_related = ("term__council",)
    search_fields = ("place", "notice_number", "term__council__unit_name")
    date_hierarchy = "opens_on"
    inlines = [SittingInline, DecisionInline]


@admin.register(AgendaItem)
class AgendaItemAdmin(ReadOnlyAdmin):
    """Agenda items."""

    list_display = ("title", "council_session", "kind", "position", "state")
    list_filter = ("kind", "state")
    list_select_related = ("council_session",)
    search_fields = ("title", "presenter")


class VersionInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """Versions of a paper; the file itself is read through the working area, by right."""

    model = DocumentVersion
    fields = ("ordinal", "filename", "media_type", "size", "sha256", "uploaded_by", "uploaded_at")
    readonly_fields = fields
    extra = 0


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    """Papers."""

    list_display = ("title", "kind", "number", "council_session", "visibility", "withdrawn_at")
    list_filter = ("visibility", "kind")
    list_select_related = ("council_session",)
    search_fields = ("title", "number", "issuer")
    inlines = [VersionInline]


@admin.register(OpenVote)
class OpenVoteAdmin(ReadOnlyAdmin):
    """Open votes with their totals."""

    list_display = ("subject", "council_session", "matter", "for_count", "needed", "passed")
    list_filter = ("matter", "passed")
    list_select_related = ("council_session",)
    search_fields = ("subject",)


@admin.register(Indicator)
class IndicatorAdmin(ReadOnlyAdmin):
    """Indicators."""

    list_display = ("name", "council_session", "unit", "period", "assessment")
    list_select_related = ("council_session",)
    search_fields = ("name",)


@admin.register(NoticeDelivery)
class NoticeDeliveryAdmin(ReadOnlyAdmin):
    """Copies of convening notices."""

    list_display = ("mandate", "council_session", "email", "state", "claimed_at", "sent_at")
    list_filter = ("state",)
    list_select_related = ("council_session", "mandate__person")
