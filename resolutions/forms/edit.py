"""The text of a resolution as plain fields; articles come as rows that buttons move."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from council.forms.base import ClerkForm, VersionedForm
from council.forms.people import DateInput
from council.models import Term
from resolutions.models import Resolution
from resolutions.queries import texts
from resolutions.rules import labels, parsing
from resolutions.rules.document import Body, Node, NodeKind
from sessions.models import AgendaItem, Document, Session

DIGITS_MAX: Final = 4
ARTICLES_MAX: Final = 200


@dataclass(frozen=True)
class ArticleDraft:
    """One article as typed: heading, empty for none, and paragraphs, one a line."""

    heading: str
    text: str


POSTS: Final = [
    (texts.CHAIR_POST, "CHỦ TỊCH"),
    (texts.ACTING_POST, "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH"),
]


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ResolutionCreateForm(ClerkForm):
    """What is needed to begin a general resolution; everything else is drafted."""

    council_session = forms.ModelChoiceField(label=_("Kỳ họp"), queryset=Session.objects.none())
    title = forms.CharField(
        label=_("Trích yếu"), max_length=500, widget=_lines(2),
        help_text=_("Ví dụ: Về nhiệm vụ phát triển kinh tế – xã hội năm 2027."),
    )  # fmt: skip
    decisions = forms.CharField(
        label=_("Nội dung Điều 1"), widget=_lines(5), required=False,
        help_text=_("Mỗi đoạn một dòng. Có thể để trống rồi soạn ở bước sau."),
    )  # fmt: skip

    def __init__(self, *args: Any, terms: Sequence[Term], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sessions = Session.objects.filter(term__in=terms).order_by("-opens_on", "-pk")
        self.fields["council_session"].queryset = sessions  # type: ignore[attr-defined]


class ResolutionEditForm(VersionedForm):
    """Everything but the articles, which `read_articles` reads."""

    title = forms.CharField(label=_("Trích yếu"), max_length=500, widget=_lines(2))
    bases = forms.CharField(
        label=_("Căn cứ"),
        widget=_lines(6),
        help_text=_("Mỗi căn cứ một dòng; hệ thống tự đặt dấu."),
    )
    closing = forms.CharField(
        label=_("Đoạn kết"), widget=_lines(2), required=False,
        help_text=_("Để “ngày … tháng … năm …”: ngày thông qua được điền khi ký."),
    )  # fmt: skip
    recipients = forms.CharField(
        label=_("Nơi nhận"), widget=_lines(5), help_text=_("Mỗi nơi nhận một dòng.")
    )
    signatory_post = forms.ChoiceField(label=_("Chức vụ người ký"), choices=POSTS)
    signatory_name = forms.CharField(label=_("Họ và tên người ký"), max_length=120)
    effective_on = forms.DateField(
        label=_("Ngày có hiệu lực"), required=False, widget=DateInput(),
        help_text=_("Để trống: có hiệu lực từ ngày thông qua."),
    )  # fmt: skip
    papers = forms.ModelMultipleChoiceField(
        label=_("Tài liệu của nghị quyết"), queryset=Document.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, resolution: Resolution, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        papers = Document.objects.filter(
            council_session=resolution.council_session_id, withdrawn_at=None
        ).order_by("position", "pk")
        self.fields["papers"].queryset = papers  # type: ignore[attr-defined]
        post = resolution.signatory_post
        if post not in dict(POSTS):
            self.fields["signatory_post"].choices = [(post, post), *POSTS]  # type: ignore[attr-defined]


def initial_of(resolution: Resolution) -> dict[str, object]:
    """The form's values as they are saved now."""
    names = (
        "title", "bases", "closing", "recipients", "signatory_post", "signatory_name",
        "effective_on", "version",
    )  # fmt: skip
    values: dict[str, object] = {name: getattr(resolution, name) for name in names}
    return values | {"papers": list(resolution.papers.values_list("document", flat=True))}


def typed_of(data: QueryDict) -> dict[str, object]:
    """What was typed so far, as initial values: for a button that changes only the articles."""
    values: dict[str, object] = {
        name: data.get(name, "") for name in ResolutionEditForm.base_fields
    }
    return values | {"papers": [key for key in data.getlist("papers") if key.isdigit()]}


def saved_articles(resolution: Resolution) -> list[ArticleDraft]:
    """The articles as they are saved now, references shown in brackets."""
    body = texts.body_of(resolution)
    table = labels.labels_of(body)
    return [
        ArticleDraft(
            article.heading,
            labels.shown("\n".join(parsing.source_lines(article.children, table)), table),
        )
        for article in body.articles
    ]


def body_from(articles: Sequence[ArticleDraft], saved: Body) -> Body:
    """The typed articles as a body; annexes stay as they are saved."""
    table = labels.labels_of(saved)
    nodes = tuple(
        Node(
            NodeKind.ARTICLE,
            heading=article.heading,
            children=parsing.nodes_of(labels.tokenised(article.text, table).splitlines()),
        )
        for article in articles
    )
    return replace(saved, nodes=(*nodes, *saved.annexes))


def read_articles(data: Mapping[str, str]) -> list[ArticleDraft]:
    """The articles as typed, in the order of the page."""
    typed = data.get("article-count", "0")
    count = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= DIGITS_MAX else 0
    return [
        ArticleDraft(data.get(f"article-{n}-heading", "")[:300], data.get(f"article-{n}-text", ""))
        for n in range(1, min(count, ARTICLES_MAX) + 1)
    ]


def rearranged(articles: list[ArticleDraft], action: str) -> list[ArticleDraft] | None:
    """The articles after a button: add, remove-N, up-N, down-N; None where it is none of these."""
    if action == "add":
        return [*articles, ArticleDraft("", "")][:ARTICLES_MAX]
    verb, _dash, place = action.partition("-")
    if verb not in ("remove", "up", "down") or not place.isdigit() or len(place) > DIGITS_MAX:
        return None
    index = int(place) - 1
    if not 0 <= index < len(articles):
        return articles
    if verb == "remove":
        return articles[:index] + articles[index + 1 :]
    other = index - 1 if verb == "up" else index + 1
    if not 0 <= other < len(articles):
        return articles
    moved = list(articles)
    moved[index], moved[other] = moved[other], moved[index]
    return moved


def item_of(council_session: Session) -> AgendaItem | None:
    """The agenda item under which the session votes on resolutions, if it has exactly one."""
    items = list(
        AgendaItem.objects.filter(council_session=council_session, kind="resolution_vote").exclude(
            state="dropped"
        )[:2]
    )
    return items[0] if len(items) == 1 else None


def different_articles(
    typed: Sequence[ArticleDraft], saved: Sequence[ArticleDraft]
) -> list[dict[str, object]]:
    """Articles that are not as saved, for the table of both versions after a stale edit."""
    rows: list[dict[str, object]] = []
    nothing = ArticleDraft("", "")
    for index in range(max(len(typed), len(saved))):
        mine = typed[index] if index < len(typed) else nothing
        theirs = saved[index] if index < len(saved) else nothing
        if (
            "".join(mine.text.split()) != "".join(theirs.text.split())
            or mine.heading != theirs.heading
        ):
            rows.append(
                {
                    "label": f"Điều {index + 1}",
                    "typed": f"{mine.heading}\n{mine.text}".strip(),
                    "saved": f"{theirs.heading}\n{theirs.text}".strip(),
                }
            )
    return rows
