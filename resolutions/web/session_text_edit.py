"""The editing page of minutes and summaries, and the page that compares saved versions."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from council.web.refusals import sentence_of, shown_on
from council.web.requests import StaffRequest
from resolutions.forms import session_texts as forms
from resolutions.forms.session_texts import SessionTextHeadForm
from resolutions.models import SessionText, SessionTextVersion
from resolutions.queries import session_texts as queries
from resolutions.rules import grown_text
from resolutions.rules.grown_text import Edit, Paragraph
from resolutions.services import session_texts as texts
from resolutions.services.session_texts import EditConflict
from resolutions.web import session_text_page
from resolutions.web.session_text_page import Row

NOW: Final = "hien-nay"


def fresh(request: StaffRequest, text: SessionText) -> dict[str, Any]:
    """The page as one opens it."""
    form = SessionTextHeadForm(initial=forms.initial_of(text))
    rows = session_text_page.edit_rows(queries.read(text))
    return _page(request, text, form, rows, forms.fingerprints(text))


def save_typed(
    request: StaffRequest, text: SessionText, form: SessionTextHeadForm, edits: Sequence[Edit]
) -> tuple[SessionText | None, EditConflict | None]:
    """Save; the saved text, or what stood in the way (a refusal is among the form's errors)."""
    head = form.head(request.POST) if text.is_minutes else {}
    with shown_on(form):
        try:
            return texts.save(text, edits=edits, head=head, by=request.user), None
        except EditConflict as conflict:
            return None, conflict
    return None, None


def typed(
    request: StaffRequest,
    text: SessionText,
    form: SessionTextHeadForm,
    edits: Sequence[Edit],
    wrong: Mapping[str, str],
    conflict: EditConflict | None,
) -> dict[str, Any]:
    """The page again with everything that was typed.

    After a conflict the fingerprints are those of what stands now: whoever saves again has seen
    the other words and writes over them on purpose.
    """
    if conflict:
        form.add_error(None, sentence_of(conflict))
    rows = session_text_page.edit_rows(
        queries.read(text), edits, wrong, settles=conflict is not None
    )
    shown = forms.fingerprints(text)
    if conflict is None:
        shown = {
            name: request.POST.get(f"{forms.SHOWN}{name}", value) for name, value in shown.items()
        }
    page = _page(request, text, form, rows, shown)
    page["conflicts"] = _conflicts(form, conflict)
    return page


def _page(
    request: StaffRequest,
    text: SessionText,
    form: SessionTextHeadForm,
    rows: Sequence[Row],
    shown: Mapping[str, str],
) -> dict[str, Any]:
    return {
        "council": request.council,
        "nav_section": "sessions",
        "council_session": text.council_session,
        "text": text,
        "tab": text.kind,
        "form": form,
        "head_fields": [(form[name], value) for name, value in shown.items()],
        "parts": session_text_page.parts_of(text, rows),
        "page_url": session_text_page.address(
            text.council_session_id, text.kind, request.council.slug
        ),
    }


def _conflicts(form: SessionTextHeadForm, conflict: EditConflict | None) -> list[dict[str, str]]:
    if conflict is None:
        return []
    return [
        {
            "label": str(form.fields[one.key].label) if one.key in form.fields else _("Đoạn văn"),
            "typed": one.typed,
            "current": one.current,
        }
        for one in conflict.conflicts
    ]


# --- saved versions -------------------------------------------------------------------------------


def versions(request: StaffRequest, text: SessionText) -> dict[str, Any] | None:
    """Saved versions and the differences between two; None where the address names none."""
    saved = list(queries.versions_of(text))
    newest = saved[0].ordinal
    older = request.GET.get("tu", str(newest))
    newer = request.GET.get("den", NOW)
    before, after = _words(text, saved, older), _words(text, saved, newer)
    if before is None or after is None:
        return None
    return {
        "council": request.council,
        "nav_section": "sessions",
        "council_session": text.council_session,
        "text": text,
        "tab": text.kind,
        "versions": saved,
        "older": older,
        "newer": newer,
        "now": NOW,
        "differences": differences(before, after),
        "page_url": session_text_page.address(
            text.council_session_id, text.kind, request.council.slug
        ),
    }


def _words(
    text: SessionText, saved: Sequence[SessionTextVersion], ordinal: str
) -> list[Paragraph] | None:
    """The paragraphs of a saved version, or of the text as it stands."""
    if ordinal == NOW:
        return [one.paragraph for one in queries.read(text).shown]
    chosen = next((one for one in saved if str(one.ordinal) == ordinal), None)
    return None if chosen is None else grown_text.from_data(chosen.content)


def differences(
    before: Sequence[Paragraph], after: Sequence[Paragraph]
) -> list[list[tuple[str, str]]]:
    """Paragraphs that differ, each in runs of words, in the order of the later text."""
    old, new = ({one.key: one.words for one in text} for text in (before, after))
    return [
        grown_text.word_changes(old.get(key, ""), new.get(key, ""))
        for key in dict.fromkeys([*new, *old])
        if old.get(key, "") != new.get(key, "")
    ]
