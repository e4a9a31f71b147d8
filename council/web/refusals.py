"""Show a refusal beside its field, keep what was typed, change nothing."""

from types import TracebackType
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from council.rules.refusals import Refusal
from council.services.versions import StaleEdit


def sentence_of(refusal: Refusal) -> str:
    """The refusal's sentence in the reader's language, with the rule it rests on."""
    sentence = _(refusal.sentence)
    if refusal.params:
        sentence = sentence % refusal.params
    return f"{sentence} ({refusal.cites})" if refusal.cites else sentence


class shown_on:  # noqa: N801 - reads as a phrase: with shown_on(form)
    """A Refusal, a ValidationError or a lost race inside the block becomes errors of the form.

    A class, not a generator: its `__exit__` is typed `bool`, so mypy knows that the block may
    be left early. After a StaleEdit, `form.stale` lists field, typed and saved value.
    """

    def __init__(self, form: forms.Form) -> None:
        self.form = form

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        match error:
            case StaleEdit():
                self.form.add_error(None, sentence_of(error))
                self.form.stale = differences(self.form, error.current)  # type: ignore[attr-defined]
                self.form.stale_version = error.current.version  # type: ignore[attr-defined]
                save_over(self.form, error.current.version)  # type: ignore[attr-defined]
                return True
            case Refusal():
                field = error.field if error.field in self.form.fields else None
                self.form.add_error(field, sentence_of(error))
                return True
            case ValidationError():
                add_validation_error(self.form, error)
                return True
            case IntegrityError():
                self.form.add_error(
                    None,
                    _(
                        "Người khác vừa lưu một thay đổi trùng với thay đổi này. "
                        "Tải lại trang rồi thử lại."
                    ),
                )
                return True
            case _:
                return False


def add_validation_error(form: forms.Form, error: ValidationError) -> None:
    """Spread a model's ValidationError over the form's fields; the rest goes on top."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, errors in error.error_dict.items():
        target = field if field in form.fields and field != NON_FIELD_ERRORS else None
        form.add_error(target, errors)


def save_over(form: forms.Form, version: int) -> None:
    """The form shown again carries the version that stands now: the next click saves over it."""
    data = QueryDict(mutable=True)
    data.update(form.data)
    data[form.add_prefix("version")] = str(version)
    form.data = data


def differences(form: forms.Form, current: Any) -> list[dict[str, object]]:
    """Fields whose typed value is not what stands in the database now."""
    found: list[dict[str, object]] = []
    for name, field in form.fields.items():
        if name == "version" or not hasattr(current, name):
            continue
        typed, saved = form.cleaned_data.get(name), getattr(current, name)
        if (typed or "") != (saved or ""):
            found.append(
                {
                    "label": field.label or name,
                    "typed": words(field, typed),
                    "saved": words(field, saved),
                }
            )
    return found


def words(field: forms.Field, value: Any) -> Any:
    """A choice by its label, everything else as it is."""
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        return dict(field.choices).get(value, value)  # type: ignore[arg-type]
    return value


class told_in_message:  # noqa: N801 - reads as a phrase: with told_in_message(request)
    """For buttons without a form: the refusal is shown on top of the page one is sent back to.

    `done` tells whether the block came to its end.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.done = False

    def __enter__(self) -> "told_in_message":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        match error:
            case None:
                self.done = True
                return False
            case Refusal():
                messages.error(self.request, sentence_of(error))
                return True
            case ValidationError():
                messages.error(self.request, " ".join(error.messages))
                return True
            case IntegrityError():
                messages.error(
                    self.request,
                    _("Người khác vừa làm việc này. Trang đang hiện trạng thái mới nhất."),
                )
                return True
            case _:
                return False
