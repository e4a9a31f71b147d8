"""The back room: polls, counts and outcomes can be looked at, never changed.

Counts are not registered: whoever administers the installation must not see figures before they
are agreed.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from elections.models import (
    BallotCommittee,
    BallotCommitteeMember,
    Exemption,
    Outcome,
    Poll,
    PollEntry,
)


class ReadOnly:
    """Nobody adds, changes or deletes here: each change is a verb of the working area."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class EntryInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """Lines of the ballot paper."""

    model = PollEntry
    fields = ("code", "position", "person", "post", "block", "withdrawn_at")
    extra = 0


class ExemptionInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """Who is not voted on."""

    model = Exemption
    fields = ("person", "post", "reason", "article")
    extra = 0


class MemberInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """Members of a committee."""

    model = BallotCommitteeMember
    fields = ("mandate", "post")
    extra = 0


@admin.register(Poll)
class PollAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """Polls."""

    list_display = ("title", "kind", "held_on", "round", "state", "council_session")
    list_filter = ("kind", "state")
    list_select_related = ("council_session",)
    search_fields = ("title",)
    inlines = (EntryInline, ExemptionInline)


@admin.register(BallotCommittee)
class BallotCommitteeAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """Ballot committees."""

    list_display = ("council_session", "ordinal", "state", "elected_at")
    list_filter = ("state",)
    list_select_related = ("council_session",)
    inlines = (MemberInline,)


@admin.register(Outcome)
class OutcomeAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """Confirmed outcomes."""

    list_display = ("poll", "rule_id", "base", "base_value", "needed", "agreed_at", "digest")
    list_select_related = ("poll",)
