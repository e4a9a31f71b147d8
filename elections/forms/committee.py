"""The proposed ballot committee: a head, a secretary, members."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from council.forms.base import ClerkForm
from council.models import Mandate
from elections.models import BallotCommittee, BallotCommitteeMember

Post = BallotCommitteeMember.Post


class CommitteeForm(ClerkForm):
    """Who proposes whom for which duty; those who stand cannot be chosen, with the reason."""

    head = forms.ChoiceField(label=_("Trưởng ban"))
    secretary = forms.ChoiceField(label=_("Thư ký"))
    members = forms.MultipleChoiceField(
        label=_("Ủy viên"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(
        self, *args: Any, mandates: list[Mandate], standing: Mapping[int, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.mandates = {str(mandate.pk): mandate for mandate in mandates}
        self.standing = standing
        names = [
            (key, label_of(mandate))
            for key, mandate in self.mandates.items()
            if mandate.person_id not in standing
        ]
        for field in ("head", "secretary"):
            self.offer(field, [("", gettext("Chọn đại biểu")), *names])
        self.offer("members", names)

    @property
    def excluded(self) -> list[tuple[Mandate, str]]:
        """Delegates who stand, each with the poll's title."""
        return [
            (mandate, self.standing[mandate.person_id])
            for mandate in self.mandates.values()
            if mandate.person_id in self.standing
        ]

    def chosen(self) -> list[tuple[Mandate, str]]:
        """The proposal: head, secretary, then the members."""
        data = self.cleaned_data
        posts = [(data["head"], Post.HEAD), (data["secretary"], Post.SECRETARY)]
        posts += [(key, Post.MEMBER) for key in data["members"]]
        return [(self.mandates[key], post) for key, post in posts]


def label_of(mandate: Mandate) -> str:
    """A delegate with his or her group."""
    return f"{mandate.person} ({mandate.group})" if mandate.group else str(mandate.person)


def initial_of(committee: BallotCommittee | None) -> dict[str, Any]:
    """The proposal as written down, for the form."""
    rows = list(committee.members.all()) if committee else []
    by_post = {row.post: str(row.mandate_id) for row in rows}
    return {
        "head": by_post.get(Post.HEAD, ""),
        "secretary": by_post.get(Post.SECRETARY, ""),
        "members": [str(row.mandate_id) for row in rows if row.post == Post.MEMBER],
    }
