"""Forms around a poll: preparing it, its candidates, the votes it rests on, its papers."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from council.forms.base import ClerkForm
from council.forms.people import DateInput
from council.models import Office, Person, Tenure
from elections.models import Poll, PollPost
from elections.queries import polls as queries
from sessions.models import AgendaItem, Document, OpenVote, Session
from sessions.models.agenda import ItemKind
from sessions.models.papers import DocumentKind

PAPERS_MAX = 9999


class PrepareForm(ClerkForm):
    """What every new poll needs."""

    kinds: tuple[str, ...] = ()

    title = forms.CharField(label=_("Tên cuộc bỏ phiếu"), max_length=300)
    held_on = forms.DateField(label=_("Ngày bỏ phiếu"), widget=DateInput())
    item = forms.ModelChoiceField(
        label=_("Thuộc nội dung chương trình"),
        queryset=AgendaItem.objects.none(),
        required=False,
        empty_label=_("Không gắn với nội dung nào"),
    )

    def __init__(self, *args: Any, council_session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("item", queries.items_for_poll(council_session, self.kinds))


class ConfidencePrepareForm(PrepareForm):
    """A confidence vote: the list follows from the day; on one paper, or on one a block."""

    kinds = (ItemKind.CONFIDENCE_VOTE, ItemKind.PERSONNEL)
    layout = forms.ChoiceField(
        label=_("Phiếu"),
        choices=[
            ("one", _("Một tờ cho cả hai khối")),
            ("blocks", _("Tách theo khối: hai tờ, mỗi tờ đếm riêng")),
        ],
        initial="one",
        required=False,
        help_text=_("Trên 50 người, phần mềm tự tách vì một tờ A4 hai mặt in được tối đa 50."),
    )


class ElectionPrepareForm(PrepareForm):
    """An election to one office."""

    kinds = (ItemKind.ELECTION, ItemKind.PERSONNEL)
    field_order = ("office", "seats", "title", "held_on", "item")

    office = forms.ModelChoiceField(label=_("Chức vụ cần bầu"), queryset=Office.objects.none())
    seats = forms.IntegerField(label=_("Số người cần bầu"), min_value=1, max_value=200, initial=1)

    def __init__(self, *args: Any, council_session: Session, **kwargs: Any) -> None:
        super().__init__(*args, council_session=council_session, **kwargs)
        self.offer_rows("office", queries.offices_of(council_session.term.council))


class NominatorField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A tenure as "ông Nguyễn Văn Mẫu, Chủ tịch Ủy ban nhân dân"."""

    def label_from_instance(self, obj: Tenure) -> str:
        basis = f" ({obj.get_basis_display()})" if obj.basis != Tenure.Basis.ELECTED else ""
        return f"{obj.person}, {obj.office.title}{basis}"


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A person as "bà Lê Thị Ví Dụ, Trưởng phòng Tài chính"."""

    def label_from_instance(self, obj: Person) -> str:
        return f"{obj}, {obj.occupation}" if obj.occupation else str(obj)


class PaperField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A paper by its number and title."""

    def label_from_instance(self, obj: Document) -> str:
        return f"{obj}: {obj.title}"


class NominateForm(ClerkForm):
    """A candidate, who introduces him or her, and the papers."""

    person = PersonField(label=_("Người được giới thiệu"), queryset=Person.objects.none())
    post = forms.CharField(
        label=_("Chức vụ, nơi công tác ghi trên phiếu"),
        max_length=400,
        help_text=_("Ví dụ: Trưởng phòng Tài chính. Ghi đúng như trong tờ trình."),
    )
    nominator = NominatorField(
        label=_("Người giới thiệu"),
        queryset=Tenure.objects.none(),
        help_text=_("Thẩm quyền được kiểm tra theo luật có hiệu lực vào ngày giới thiệu."),
    )
    nominated_on = forms.DateField(label=_("Ngày giới thiệu"), widget=DateInput())
    submission = PaperField(
        label=_("Tờ trình giới thiệu"), queryset=Document.objects.none(), required=False
    )
    summary = PaperField(
        label=_("Tóm tắt lý lịch"), queryset=Document.objects.none(), required=False
    )

    def __init__(self, *args: Any, poll: Poll, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        council_session = poll.council_session
        council = council_session.term.council
        querysets = {
            "person": queries.people_of(council),
            "nominator": queries.possible_nominators(council, day),
            "submission": queries.papers_of(council_session, (DocumentKind.SUBMISSION,)),
            "summary": queries.papers_of(council_session, (DocumentKind.CANDIDATE_SUMMARY,)),
        }
        for name, queryset in querysets.items():
            self.offer_rows(name, queryset)
        add_post_choice(self, poll)


class PostField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A post of the paper by its office."""

    def label_from_instance(self, obj: PollPost) -> str:
        return obj.office.title


def add_post_choice(form: ClerkForm, poll: Poll) -> None:
    """Ask first for the post where the paper has several."""
    written = PollPost.objects.filter(poll=poll).select_related("office").order_by("position")
    if len(written) > 1:
        form.fields["poll_post"] = PostField(label=_("Ứng cử chức vụ"), queryset=written)
        form.order_fields(["poll_post"])


class ReasonForm(ClerkForm):
    """A sentence why."""

    reason = forms.CharField(
        label=_("Lý do"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class PrintForm(ClerkForm):
    """How many papers are printed in one go."""

    printed = forms.IntegerField(label=_("Số phiếu in"), min_value=1, max_value=PAPERS_MAX)


class VoteTotalsForm(ClerkForm):
    """An open vote by totals: the three numbers add up to those present."""

    for_count = forms.IntegerField(label=_("Tán thành"), min_value=0, max_value=PAPERS_MAX)
    against_count = forms.IntegerField(
        label=_("Không tán thành"), min_value=0, max_value=PAPERS_MAX, initial=0
    )
    not_voting_count = forms.IntegerField(
        label=_("Không biểu quyết"), min_value=0, max_value=PAPERS_MAX, initial=0
    )


class VoteChoiceForm(ClerkForm):
    """An open vote that was recorded already."""

    vote = forms.ModelChoiceField(label=_("Biểu quyết"), queryset=OpenVote.objects.none())

    def __init__(self, *args: Any, council_session: Session, matter: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("vote", queries.passed_votes(council_session, matter))
