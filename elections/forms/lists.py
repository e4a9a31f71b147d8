"""Forms around an election's list: its posts, candidates beyond the list, who goes on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from council.forms.base import ClerkForm
from council.models import Mandate, Office, Person
from council.queries import delegates_on
from elections.forms.polls import PaperField, PersonField, ReasonForm, add_post_choice
from elections.models import ListChange, Poll
from elections.queries import polls as queries
from elections.queries import posts, rounds
from sessions.models import Document, SessionKind
from sessions.models.papers import DocumentKind

SEATS_MAX = 200


class DelegateField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A delegate by name."""

    def label_from_instance(self, obj: Mandate) -> str:
        return str(obj.person)


class PostAddForm(ClerkForm):
    """Another post on the same paper."""

    office = forms.ModelChoiceField(label=_("Chức vụ"), queryset=Office.objects.none())
    seats = forms.IntegerField(
        label=_("Số người cần bầu"), min_value=1, max_value=SEATS_MAX, initial=1
    )

    def __init__(self, *args: Any, poll: Poll, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = [post.office_id for post in posts.posts_of(poll)]
        offices = queries.offices_of(poll.council_session.term.council)
        self.offer_rows("office", offices.exclude(pk__in=taken))


class SeatsForm(ClerkForm):
    """How many people are elected to a post."""

    seats = forms.IntegerField(label=_("Số người cần bầu"), min_value=1, max_value=SEATS_MAX)


class ListProposeForm(ClerkForm):
    """A delegate stands, or introduces another, beyond the list."""

    proposed_by = DelegateField(
        label=_("Đại biểu ứng cử hoặc giới thiệu"), queryset=Mandate.objects.none()
    )
    person = PersonField(
        label=_("Người ứng cử"),
        queryset=Person.objects.none(),
        help_text=_("Chọn chính đại biểu đó nếu đại biểu tự ứng cử."),
    )
    post = forms.CharField(label=_("Chức vụ, nơi công tác ghi trên phiếu"), max_length=400)
    submitter = forms.ChoiceField(
        label=_("Ai trình Hội đồng nhân dân"), choices=ListChange.Submitter.choices
    )
    summary = PaperField(
        label=_("Tóm tắt lý lịch"), queryset=Document.objects.none(), required=False
    )
    reason = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)

    def __init__(self, *args: Any, poll: Poll, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        council_session = poll.council_session
        querysets = {
            "proposed_by": delegates_on(council_session.term, poll.held_on),
            "person": queries.people_of(council_session.term.council),
            "summary": queries.papers_of(council_session, (DocumentKind.CANDIDATE_SUMMARY,)),
        }
        for name, queryset in querysets.items():
            self.offer_rows(name, queryset)
        is_first = council_session.kind == SessionKind.ORGANISING
        kinds = ListChange.Submitter
        self.fields["submitter"].initial = kinds.PRESIDING if is_first else kinds.STANDING_COMMITTEE
        add_post_choice(self, poll)


class WithdrawForm(ReasonForm):
    """Why a candidate steps back."""


class RoundForm(ClerkForm):
    """Who goes on to the next round, post by post; everybody unless the council decided else."""

    def __init__(self, *args: Any, stand: rounds.Rounds, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for found in stand.open_posts:
            choices = [
                (str(line.entry.person_id), candidate_words(line.entry.person, line.votes))
                for line in found.going_on
            ]
            if choices:
                self.fields[f"post_{found.post.position}"] = forms.MultipleChoiceField(
                    label=_("%(office)s, còn thiếu %(seats)d người")
                    % {"office": found.post.office.title, "seats": found.seats_left},
                    choices=choices,
                    initial=[value for value, _words in choices],
                    widget=forms.CheckboxSelectMultiple,
                    required=False,
                )

    def going_on(self) -> set[int]:
        """Keys of the persons who go on."""
        chosen = (value for values in self.cleaned_data.values() for value in values)
        return {int(value) for value in chosen}


def candidate_words(person: Person, votes: dict[str, int]) -> str:
    """A candidate with the votes of this round."""
    words = str(person)
    return _("%(name)s: %(votes)d phiếu đồng ý") % {
        "name": f"{words[:1].upper()}{words[1:]}",
        "votes": votes.get("for", 0),
    }
