"""What stands around the tree as plain fields, checked when it is saved."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from council.forms.base import ClerkForm
from council.forms.people import DateInput
from council.models import Term
from council.rules import text
from resolutions.models import Resolution
from resolutions.queries import texts
from resolutions.rules import templates_session
from resolutions.rules.content import Content
from sessions.models import AgendaItem, Document, Session

EARLIEST: Final = date(1945, 9, 2)
POSTS: Final = [
    (texts.CHAIR_POST, "CHỦ TỊCH"),
    (texts.ACTING_POST, "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH"),
]

TEMPLATE_CHOICES: Final = [(kind, _(sentence)) for kind, sentence in templates_session.CHOICES]


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ResolutionCreateForm(ClerkForm):
    """What is needed to begin a resolution; everything else is drafted."""

    council_session = forms.ModelChoiceField(label=_("Kỳ họp"), queryset=Session.objects.none())
    template = forms.ChoiceField(
        label=_("Mẫu"),
        widget=forms.RadioSelect,
        required=False,
        choices=TEMPLATE_CHOICES,
        initial=templates_session.TemplateKind.GENERAL,
    )
    title = forms.CharField(
        label=_("Trích yếu"), max_length=500, widget=_lines(2), required=False,
        help_text=_(
            "Ví dụ: Về nhiệm vụ phát triển kinh tế – xã hội năm 2027. Để trống thì lấy trích yếu "
            "của mẫu."
        ),
    )  # fmt: skip
    decisions = forms.CharField(
        label=_("Nội dung Điều 1"), widget=_lines(5), required=False,
        help_text=_("Mỗi đoạn một dòng. Có thể để trống rồi soạn ở bước sau."),
    )  # fmt: skip

    def __init__(self, *args: Any, terms: Sequence[Term], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sessions = Session.objects.filter(term__in=terms).order_by("-opens_on", "-pk")
        self.offer_rows("council_session", sessions)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        general = cleaned.get("template") in ("", None, templates_session.TemplateKind.GENERAL)
        if general and not cleaned.get("title") and "title" not in self.errors:
            self.add_error("title", _("Ghi trích yếu, hoặc chọn một mẫu có sẵn trích yếu."))
        return self.cleaned_data


class EditorForm(ClerkForm):
    """Everything but bases and tree, which are lists of lines."""

    title = forms.CharField(label=_("Trích yếu"), max_length=500, widget=_lines(2))
    kind = forms.ChoiceField(
        label=_("Loại nghị quyết"), choices=Resolution.Kind.choices,
        help_text=_("Quy phạm pháp luật: có năm trong số ký hiệu, theo trình tự riêng."),
    )  # fmt: skip
    effective_on = forms.DateField(
        label=_("Ngày có hiệu lực"), required=False, widget=DateInput(),
        help_text=_("Để trống: có hiệu lực từ ngày thông qua."),
    )  # fmt: skip
    closing = forms.CharField(
        label=_("Đoạn kết"), widget=_lines(2), required=False,
        help_text=_("Để “ngày … tháng … năm …”: ngày thông qua được điền khi ký."),
    )  # fmt: skip
    recipients = forms.CharField(
        label=_("Nơi nhận"), widget=_lines(5), help_text=_("Mỗi nơi nhận một dòng.")
    )
    signatory_post = forms.ChoiceField(label=_("Chức vụ người ký"), choices=POSTS)
    signatory_name = forms.CharField(label=_("Họ và tên người ký"), max_length=120)
    papers = forms.ModelMultipleChoiceField(
        label=_("Tài liệu của nghị quyết"), queryset=Document.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tờ trình, báo cáo thẩm tra, báo cáo tiếp thu của nghị quyết này."),
    )  # fmt: skip

    def __init__(self, *args: Any, resolution: Resolution, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        papers = Document.objects.filter(
            council_session=resolution.council_session_id, withdrawn_at=None
        ).order_by("position", "pk")
        self.offer_rows("papers", papers)
        post = resolution.signatory_post
        if post not in dict(POSTS):
            self.offer("signatory_post", [(post, post), *POSTS])
        # A number belongs to its series: normative and individual ones are counted apart.
        if resolution.number is not None:
            del self.fields["kind"]

    def clean_effective_on(self) -> date | None:
        """No resolution of a council is older than the state."""
        day: date | None = self.cleaned_data["effective_on"]
        if day is not None and day < EARLIEST:
            raise forms.ValidationError(_("Ngày này không đúng."))
        return day


def values_of(content: Content) -> dict[str, object]:
    """The form's values of a text, for showing and, bound, for checking before it is saved."""
    names = ("title", "kind", "effective_on", "closing", "signatory_post", "signatory_name")
    values: dict[str, object] = {name: getattr(content, name) for name in names}
    return values | {
        "recipients": "\n".join(content.recipients), "papers": list(content.papers),
    }  # fmt: skip


def framed(data: QueryDict, content: Content) -> Content:
    """The text with what was typed around the tree, as far as the page showed it."""
    if "frame" not in data:
        return content
    said: dict[str, Any] = {
        name: _clean(data.get(name) or "") for name in ("title", "signatory_name", "closing")
    }
    return replace(
        content, **said, bases=tuple(_clean(basis) for basis in data.getlist("basis")),
        recipients=tuple(texts.lines_of(_clean(data.get("recipients") or ""))),
        signatory_post=data.get("signatory_post") or content.signatory_post,
        kind=data.get("kind") or content.kind,
        effective_on=(data.get("effective_on") or "").strip()[:10],
        papers=tuple(data.getlist("papers")),
    )  # fmt: skip


def _clean(words: str) -> str:
    return text.nfc_lines(text.without_controls(words))


def item_of(council_session: Session) -> AgendaItem | None:
    """The agenda item under which the session votes on resolutions, if it has exactly one."""
    items = list(
        AgendaItem.objects.filter(council_session=council_session, kind="resolution_vote").exclude(
            state="dropped"
        )[:2]
    )
    return items[0] if len(items) == 1 else None
