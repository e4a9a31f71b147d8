"""Forms that prepare a no-confidence vote or a dismissal, and put a person on its paper."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from council.forms.base import ClerkForm
from council.forms.people import DateInput
from council.models import Mandate, Tenure
from elections.forms.grounds import TenureField
from elections.forms.polls import NominatorField, PaperField, PrepareForm
from elections.models import Act, FollowUp, Poll, Resignation, Trigger, TriggerKind
from elections.queries import grounds
from elections.queries import polls as queries
from elections.services.motions import REMOVE_DELEGATE
from sessions.models import Document, Session
from sessions.models.agenda import ItemKind
from sessions.models.papers import DocumentKind


class PetitionsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Petitions by whom they concern and who made them."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Trigger) -> str:
        if obj.kind == TriggerKind.DELEGATES:
            said = _("%(n)d/%(total)d đại biểu kiến nghị ngày %(day)s")
        else:
            said = _("Ủy ban Mặt trận Tổ quốc kiến nghị ngày %(day)s")
        words = str(said) % {
            "n": obj.petitioner_count,
            "total": obj.total_delegates,
            "day": f"{obj.received_on:%d/%m/%Y}",
        }
        return f"{obj.person}: {words}"


class FollowUpsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Open steps by the person and the vote that opened them."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: FollowUp) -> str:
        words = str(_("kết quả lấy phiếu tín nhiệm ngày %(day)s")) % {
            "day": f"{obj.opened_on:%d/%m/%Y}"
        }
        return f"{obj.person}: {words}"


class NoConfidencePrepareForm(PrepareForm):
    """A no-confidence vote and what it rests on."""

    kinds = (ItemKind.PERSONNEL, ItemKind.CONFIDENCE_VOTE)
    field_order = ("petitions", "follow_ups", "title", "held_on", "item")

    petitions = PetitionsField(
        label=_("Theo kiến nghị"), queryset=Trigger.objects.none(), required=False
    )
    follow_ups = FollowUpsField(
        label=_("Theo kết quả lấy phiếu tín nhiệm"),
        queryset=FollowUp.objects.none(),
        required=False,
    )

    def __init__(self, *args: Any, council_session: Session, **kwargs: Any) -> None:
        super().__init__(*args, council_session=council_session, **kwargs)
        council = council_session.term.council
        choices = {
            "petitions": grounds.usable_triggers(council),
            "follow_ups": grounds.votes_due(council),
        }
        for name, queryset in choices.items():
            if queryset.exists():
                self.offer_rows(name, queryset)
            else:
                del self.fields[name]

    @property
    def has_grounds(self) -> bool:
        """Whether there is anything that the vote could rest on."""
        return "petitions" in self.fields or "follow_ups" in self.fields

    def values(self) -> dict[str, Any]:
        """The cleaned values; what it rests on as lists."""
        values = super().values()
        return {
            **values,
            "petitions": list(values.get("petitions") or ()),
            "follow_ups": list(values.get("follow_ups") or ()),
        }


class DismissalPrepareForm(PrepareForm):
    """A poll on what is to become of holders or delegates; the persons follow."""

    kinds = (ItemKind.PERSONNEL,)
    field_order = ("act", "title", "held_on", "item")

    act = forms.ChoiceField(
        label=_("Việc trình Hội đồng nhân dân"),
        choices=[
            (Act.DISMISSAL, _("miễn nhiệm chức vụ")),
            (Act.RESIGNATION, _("cho thôi giữ chức vụ theo đơn")),
            (Act.REMOVAL, _("bãi nhiệm chức vụ")),
            (REMOVE_DELEGATE, _("bãi nhiệm đại biểu (cần hai phần ba tổng số đại biểu)")),
        ],
    )


class MotionForm(ClerkForm):
    """What every proposal about a person says."""

    proposed_on = forms.DateField(label=_("Ngày đề nghị"), widget=DateInput())
    reason = forms.CharField(label=_("Lý do"), max_length=400)
    submission = PaperField(label=_("Tờ trình"), queryset=Document.objects.none(), required=False)

    def __init__(self, *args: Any, poll: Poll, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.poll, self.day = poll, day
        self.choose("submission", queries.papers_of(poll.council_session, SUBMISSIONS))

    def choose(self, name: str, queryset: Any) -> None:
        """Give a field its choices."""
        self.offer_rows(name, queryset)


SUBMISSIONS = (DocumentKind.SUBMISSION,)


class ProposeForm(MotionForm):
    """A dismissal or removal from an office, by somebody with the authority."""

    field_order = ("tenure", "proposer", "proposed_on", "reason", "submission")

    tenure = TenureField(
        label=_("Người và chức vụ"),
        queryset=Tenure.objects.none(),
        empty_label=_("Chọn người giữ chức vụ"),
    )
    proposer = NominatorField(
        label=_("Người đề nghị"),
        queryset=Tenure.objects.none(),
        help_text=_("Thẩm quyền được kiểm tra theo luật có hiệu lực vào ngày đề nghị."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        council = self.poll.council_session.term.council
        self.choose("tenure", grounds.running_tenures(council))
        self.choose("proposer", queries.possible_nominators(council, self.day))


class DelegateField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A delegate by name."""

    def label_from_instance(self, obj: Mandate) -> str:
        return str(obj.person)


class RemoveDelegateForm(MotionForm):
    """The removal of a delegate."""

    field_order = ("mandate", "proposed_on", "reason", "submission")

    mandate = DelegateField(
        label=_("Đại biểu"), queryset=Mandate.objects.none(), empty_label=_("Chọn đại biểu")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        council = self.poll.council_session.term.council
        self.choose("mandate", grounds.delegates_of(council, self.day))


class ResignationField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A written request by its writer and day."""

    def label_from_instance(self, obj: Resignation) -> str:
        words = str(_("đơn ngày %(day)s")) % {"day": f"{obj.requested_on:%d/%m/%Y}"}
        return f"{obj.tenure.person}, {obj.tenure.office.title}: {words}"


class PutResignationForm(ClerkForm):
    """A waiting request is put before the council."""

    resignation = ResignationField(
        label=_("Đơn xin thôi giữ chức vụ"),
        queryset=Resignation.objects.none(),
        empty_label=_("Chọn đơn"),
    )

    def __init__(self, *args: Any, poll: Poll, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        council = poll.council_session.term.council
        self.offer_rows(
            "resignation", grounds.resignations_to_vote_on(council).filter(requested_on__lte=day)
        )
