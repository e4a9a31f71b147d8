"""Forms that annul a confirmed result: by a vote of the council, by a document from above."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from council.forms.people import DateInput
from council.rules import figures
from elections.forms.polls import ReasonForm
from elections.models import Poll
from elections.queries import polls as queries
from sessions.models import OpenVote


class VoteField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A vote with its result: "Hủy kết quả bầu …, 31 tán thành, 12/12/2028"."""

    def label_from_instance(self, obj: OpenVote) -> str:
        day = figures.date_short(obj.closed_at.date()) if obj.closed_at else ""
        return _("%(subject)s: %(votes)d/%(total)d tán thành, ngày %(day)s") % {
            "subject": obj.subject,
            "votes": obj.for_count or 0,
            "total": obj.total_delegates,
            "day": day,
        }


class PollsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Polls by their titles."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Poll) -> str:
        return obj.title


class AnnulForm(ReasonForm):
    """Why, and which other results of the session the decision names; later rounds are ticked."""

    others = PollsField(
        label=_("Quyết định này còn hủy kết quả"),
        queryset=Poll.objects.none(),
        required=False,
        help_text=_("Vòng bầu sau dựa trên vòng bị hủy thì phải hủy cùng."),
    )

    def __init__(self, *args: Any, poll: Poll, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = queries.annulled_together(poll)
        if not found.exists():
            del self.fields["others"]
            return
        self.offer_rows("others", found)
        self.fields["others"].initial = [later.pk for later in queries.later_rounds(poll)]

    def values(self) -> dict[str, Any]:
        """The cleaned values; the other polls as a list."""
        return {**super().values(), "others": list(self.cleaned_data.get("others", []))}


class AnnulByVoteForm(AnnulForm):
    """The council's recorded vote, and why."""

    field_order = ("vote", "others", "reason")

    vote = VoteField(label=_("Biểu quyết của Hội đồng"), queryset=OpenVote.objects.none())

    def __init__(self, *args: Any, poll: Poll, **kwargs: Any) -> None:
        super().__init__(*args, poll=poll, **kwargs)
        self.offer_rows("vote", queries.annulment_votes(poll.council_session.term.council))


class AnnulByDocumentForm(AnnulForm):
    """The document of the authority above the council, and why."""

    field_order = ("body", "document", "decided_on", "others", "reason")

    body = forms.CharField(
        label=_("Cơ quan ra văn bản"),
        max_length=200,
        help_text=_("Ví dụ: Ủy ban Thường vụ Quốc hội."),
    )
    document = forms.CharField(label=_("Số, ký hiệu văn bản"), max_length=100)
    decided_on = forms.DateField(label=_("Ngày văn bản"), widget=DateInput())
