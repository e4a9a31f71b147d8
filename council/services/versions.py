"""Optimistic locking: nobody overwrites what someone else saved first."""

from typing import Any

from django.db import models

from council.rules.refusals import Refusal, gettext_noop


class StaleEdit(Refusal):
    """Someone saved the object after the form was opened; `current` is what stands now."""

    def __init__(self, current: models.Model) -> None:
        super().__init__(
            "edit.stale",
            gettext_noop(
                "Người khác vừa lưu nội dung này. So sánh hai bản bên dưới, giữ lại phần đúng "
                "rồi lưu lần nữa; chưa có gì bị mất."
            ),
        )
        self.current = current


def check(obj: Any, version: int | None) -> None:
    """Refuse when the caller's version is not the row's; None means the caller just read it.

    Call it after the row is locked; then `bump` before saving.

    Raises:
        StaleEdit: with the current object.
    """
    if version is not None and version != obj.version:
        raise StaleEdit(obj)


def bump(obj: Any) -> None:
    """Count one more saved version; save the field `version` with the others."""
    obj.version += 1
