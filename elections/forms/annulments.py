"""Forms that annul a confirmed result: by a vote of the council, by a document from above."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from council.forms.people import DateInput
from council.models import Council
from council.rules import figures
from elections.forms.polls import ReasonForm
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


class AnnulByVoteForm(ReasonForm):
    """The council's recorded vote, and why."""

    field_order = ("vote", "reason")

    vote = VoteField(label=_("Biểu quyết của Hội đồng"), queryset=OpenVote.objects.none())

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vote"].queryset = queries.annulment_votes(  # type: ignore[attr-defined]
            council
        )


class AnnulByDocumentForm(ReasonForm):
    """The document of the authority above the council, and why."""

    field_order = ("body", "document", "decided_on", "reason")

    body = forms.CharField(
        label=_("Cơ quan ra văn bản"),
        max_length=200,
        help_text=_("Ví dụ: Ủy ban Thường vụ Quốc hội."),
    )
    document = forms.CharField(label=_("Số, ký hiệu văn bản"), max_length=100)
    decided_on = forms.DateField(label=_("Ngày văn bản"), widget=DateInput())
