"""The one domain error: a verb says no, in a sentence that a clerk understands."""

from collections.abc import Mapping


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for translation without importing Django (makemessages knows the name)."""
    return sentence


class Refusal(Exception):  # noqa: N818 - the domain's word for it, not a programming error
    """A rule or a state forbids what was asked; nothing was changed.

    Args:
        code: stable dotted identifier, e.g. ``count.does_not_add_up``; tests match it.
        sentence: Vietnamese msgid with named placeholders, whole sentence, says what to do.
        params: values of the placeholders.
        cites: the article or setting that demands it, in Vietnamese; empty where none does.
        field: the form field beside which the sentence belongs; empty for the whole form.
    """

    def __init__(
        self,
        code: str,
        sentence: str,
        *,
        params: Mapping[str, object] | None = None,
        cites: str = "",
        field: str = "",
    ) -> None:
        super().__init__(code, sentence)
        self.code = code
        self.sentence = sentence
        self.params = dict(params or {})
        self.cites = cites
        self.field = field

    def __str__(self) -> str:
        return self.sentence % self.params if self.params else self.sentence
