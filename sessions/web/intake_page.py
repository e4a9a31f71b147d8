"""The page where files come in: one list, each file in its state, those that passed as a form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from council.rules.refusals import Refusal
from council.web.refusals import sentence_of
from council.web.requests import StaffRequest
from sessions.forms.papers import PaperForm
from sessions.models import PaperUpload, Session
from sessions.queries import agenda as agenda_queries
from sessions.queries import uploads as queries
from sessions.queries.agenda import Row
from sessions.rules import item_guess
from sessions.rules import uploads as rules
from sessions.rules.item_guess import By, Candidate, ItemGuess

State = PaperUpload.State
SAVE_FORM = "intake-save"
"""The form that the fields of all rows belong to; the rows stand outside of it."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One file: a form where it passed, a sentence where it was refused."""

    upload: PaperUpload
    form: PaperForm | None = None
    sentence: str = ""


def refusal_sentence(upload: PaperUpload) -> str:
    """Why it was refused, in the reader's language."""
    refusal = Refusal(upload.refusal_code, upload.refusal_sentence, params=upload.refusal_params)
    return sentence_of(refusal)


def form_of(upload: PaperUpload, rows: list[Row], data: QueryDict | None = None) -> PaperForm:
    """The form of one file, filled with what we guess; a guessed item says that it is one."""
    guessed = None if upload.item_id else item_of(upload, rows)
    item = guessed.item if guessed else upload.item_id
    form = PaperForm(
        data, rows=rows, initial={**upload.guess, "item": item}, prefix=f"u{upload.pk}"
    )
    if guessed:
        form.fields["item"].help_text = guess_words(guessed)
    for field in form.fields.values():
        field.widget.attrs["form"] = SAVE_FORM
    return form


def item_of(upload: PaperUpload, rows: list[Row]) -> ItemGuess | None:
    """The item to which the file most likely belongs; only ever a choice made beforehand."""
    return item_guess.guess(
        [Candidate(row.item.pk, row.label, row.item.title) for row in rows if row.label],
        filename=upload.filename,
        title=str(upload.guess.get("title", "")),
        number=str(upload.guess.get("number", "")),
    )


def guess_words(guessed: ItemGuess) -> str:
    """What the guess rests on."""
    match guessed.by:
        case By.LABEL:
            return _("Đoán theo số thứ tự trong tên tệp; kiểm tra trước khi lưu.")
        case By.NUMBER:
            return _("Đoán theo số, ký hiệu; kiểm tra trước khi lưu.")
        case By.TITLE:
            return _("Đoán theo trích yếu; kiểm tra trước khi lưu.")


def incoming(
    uploads: Iterable[PaperUpload], rows: list[Row], forms: Mapping[int, PaperForm] | None = None
) -> list[Incoming]:
    """The list; a form that was refused replaces the fresh one."""
    known = forms or {}
    found = []
    for upload in uploads:
        match upload.state:
            case State.PASSED:
                found.append(Incoming(upload, known.get(upload.pk) or form_of(upload, rows)))
            case State.REFUSED:
                found.append(Incoming(upload, sentence=refusal_sentence(upload)))
            case _:
                found.append(Incoming(upload))
    return found


def context_of(
    request: StaffRequest,
    council_session: Session,
    forms: Mapping[int, PaperForm] | None = None,
) -> dict[str, object]:
    """What the template needs."""
    rows = agenda_queries.in_tree_order(council_session.items.all())
    listed = incoming(queries.of_session(council_session), rows, forms)
    chosen = request.GET.get("item", "")
    item = next((row for row in rows if row.label and str(row.item.pk) == chosen), None)
    return {
        "council": request.council,
        "nav_section": "sessions",
        "council_session": council_session,
        "incoming": listed,
        "passed_count": sum(one.form is not None for one in listed),
        "item": item,
        "accept": rules.ACCEPT,
    }
