"""The back room for administrators: everything can be looked at, nothing changed behind a service.

A change made here would go round the rules, the locks and the audit log, so none is offered: each
has its verb in the working area. The two actions on accounts call their services.
"""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth import admin as _auth_admin  # noqa: F401 - registers Group, before it goes
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from council.models import (
    AuditEntry,
    Committee,
    Council,
    CouncilSetting,
    DelegateGroup,
    Job,
    Mandate,
    MandateSuspension,
    Office,
    Person,
    Role,
    Tenure,
    Term,
    User,
)
from council.rules.refusals import Refusal
from council.services import accounts
from council.web.refusals import sentence_of

admin.site.site_header = admin.site.site_title = "Nghị Trường"
if admin.site.is_registered(Group):
    admin.site.unregister(Group)  # rights come from roles in a council, never from groups


class ReadOnly:
    """Nobody adds, changes or deletes here: each change is a verb of the working area."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """A list and a page of rows, to look at."""

    list_per_page = 50


class SuspensionInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """Suspensions of a seat."""

    model = MandateSuspension
    extra = 0


class RoleInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """Roles of an account, past ones too."""

    model = Role
    fields = ("council", "kind", "person", "granted_at", "revoked_at")
    extra = 0


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    """Accounts. Passwords are set with `manage.py changepassword`."""

    list_display = ("username", "full_name", "is_active", "is_superuser", "last_login")
    list_filter = ("is_active", "is_superuser")
    search_fields = ("username", "full_name", "email")
    fields = (
        "username", "honorific", "full_name", "email", "is_active", "is_superuser", "last_login",
        "date_joined",
    )  # fmt: skip
    inlines = (RoleInline,)
    actions = ("deactivate", "reactivate")

    @admin.action(description="Ngừng hoạt động")
    def deactivate(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        """Nobody can sign in with these accounts any more; open sessions end."""
        self.each(request, chosen, accounts.deactivate)

    @admin.action(description="Cho hoạt động lại")
    def reactivate(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        """These accounts can sign in again."""
        self.each(request, chosen, accounts.reactivate)

    def each(self, request: HttpRequest, chosen: QuerySet[User], verb: Any) -> None:
        """Call the service for each account; say what was refused."""
        for user in chosen:
            try:
                verb(user, by=request.user)
            except Refusal as refusal:
                self.message_user(request, f"{user}: {sentence_of(refusal)}", messages.ERROR)
            else:
                self.message_user(request, _("%(user)s: đã ghi.") % {"user": user})


@admin.register(Council)
class CouncilAdmin(ReadOnlyAdmin):
    list_display = ("slug", "unit_kind", "unit_name", "level", "existed_from", "existed_to")
    list_filter = ("level", "is_sample")
    search_fields = ("slug", "unit_name")


@admin.register(Term)
class TermAdmin(ReadOnlyAdmin):
    list_display = ("council", "label", "number", "starts_on", "ends_on", "statutory_delegates")
    list_select_related = ("council",)


@admin.register(CouncilSetting)
class CouncilSettingAdmin(ReadOnlyAdmin):
    list_display = ("council", "key", "value", "effective_from", "effective_to", "source")
    list_select_related = ("council",)


@admin.register(Person)
class PersonAdmin(ReadOnlyAdmin):
    list_display = ("full_name", "honorific", "occupation", "council")
    list_select_related = ("council",)
    search_fields = ("full_name", "search_key")


@admin.register(Mandate)
class MandateAdmin(ReadOnlyAdmin):
    list_display = ("person", "term", "group", "starts_on", "ends_on", "end_reason")
    list_select_related = ("person", "term", "group")
    inlines = (SuspensionInline,)


@admin.register(DelegateGroup)
class DelegateGroupAdmin(ReadOnlyAdmin):
    list_display = ("term", "number", "name")
    list_select_related = ("term",)


@admin.register(Committee)
class CommitteeAdmin(ReadOnlyAdmin):
    list_display = ("term", "name", "position")
    list_select_related = ("term",)


@admin.register(Office)
class OfficeAdmin(ReadOnlyAdmin):
    list_display = ("council", "title", "kind", "seats", "position")
    list_select_related = ("council",)


@admin.register(Tenure)
class TenureAdmin(ReadOnlyAdmin):
    list_display = ("office", "person", "basis", "starts_on", "ends_on", "approval")
    list_filter = ("approval", "basis")
    list_select_related = ("office", "person")


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    list_display = ("title", "name", "state", "attempts", "created_at", "finished_at", "error")
    list_filter = ("state", "name")


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ("seq", "at", "actor_label", "verb", "object_type", "object_label", "council")
    list_select_related = ("council",)
    list_filter = ("verb",)
    search_fields = ("object_label", "actor_label")
    ordering = ("-seq",)
