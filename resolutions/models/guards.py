"""What a trigger is, and the guards of what is kept: archives, numbers, minutes and summaries.

The guards of resolutions and their publication, and the installing of all of them, are in
`resolutions.models.immutability`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

ALWAYS: Final = "1 = 1"


@dataclass(frozen=True)
class Guard:
    """One trigger: `condition` speaks of NEW and OLD; true means refused."""

    name: str
    table: str
    event: str
    condition: str


def differs(column: str) -> str:
    """The column changes, to or from NULL included."""
    return f"(NEW.{column} <> OLD.{column} OR (NEW.{column} IS NULL) <> (OLD.{column} IS NULL))"


def any_differs(columns: Iterable[str]) -> str:
    """One of the columns changes."""
    return " OR ".join(differs(column) for column in columns)


def taken(table: str, *keys: tuple[str, ...], where: str = ALWAYS) -> str:
    """A row with the new row's id, or with one of its unique keys, is there already.

    SQLite's INSERT OR REPLACE would take it away without a DELETE trigger.
    """
    same = [
        "x.id = NEW.id",
        *(" AND ".join(f"x.{column} = NEW.{column}" for column in key) for key in keys),
    ]
    alike = " OR ".join(f"({one})" for one in same)
    return f"EXISTS (SELECT 1 FROM {table} x WHERE ({alike}) AND {where})"  # noqa: S608 - ours


_ARCHIVED, _ROW = "resolutions_archivedresolution", "resolutions_archiverow"
_ENTRY = "resolutions_numberentry"
_TEXT, _SAVED = "resolutions_sessiontext", "resolutions_sessiontextversion"
_APPROVAL, _MADE = "resolutions_sessiontextapproval", "resolutions_sessiontextfile"

ENTRY_COLUMNS: Final = ("series_id", "number", "resolution_id", "title", "taken_by_id", "taken_at")
"""Columns of a kept number that never change; what becomes of it is written once."""

WORD_COLUMNS: Final = (
    "council_session_id", "kind", "content", "number", "presiding", "secretaries", "version",
    "submitted_by_id", "submitted_at", "digest", "facts_digest", "public_text",
)  # fmt: skip
"""Columns of minutes and summaries that stay while the text stands approved or signed."""

SIGNATURE_COLUMNS: Final = (
    "state", "signed_on", "signed_presiding", "signed_secretary", "signature_recorded_by_id",
    "signature_recorded_at",
)  # fmt: skip
APPROVAL_COLUMNS: Final = ("text_id", "digest", "submitted_by_id", "approved_by_id", "approved_at")

_SIGNED_CHANGES = any_differs([*WORD_COLUMNS, *SIGNATURE_COLUMNS])
_APPROVED_CHANGES = (
    f"NEW.state = 'submitted' OR (NEW.state <> 'draft' AND ({any_differs(WORD_COLUMNS)}))"
)
_VOIDED_AGAIN = f"(OLD.voided_at IS NOT NULL AND ({any_differs(['voided_at', 'voided_reason'])}))"

KEPT: Final = (
    Guard(
        "res_archived_insert", _ARCHIVED, "INSERT",
        taken(
            _ARCHIVED, ("row_id",), ("council_id", "year", "kind", "number"),
            ("council_id", "year", "slug"),
        ),
    ),
    Guard("res_archived_update", _ARCHIVED, "UPDATE", ALWAYS),
    Guard("res_archived_delete", _ARCHIVED, "DELETE", ALWAYS),
    Guard(
        "res_archive_row_insert", _ROW, "INSERT",
        taken(_ROW, ("archive_id", "line"), where="x.state = 'imported'"),
    ),
    Guard("res_archive_row_update", _ROW, "UPDATE", "OLD.state = 'imported'"),
    Guard("res_archive_row_delete", _ROW, "DELETE", "OLD.state = 'imported'"),
    Guard("res_entry_insert", _ENTRY, "INSERT", taken(_ENTRY, ("series_id", "number"))),
    Guard(
        "res_entry_update", _ENTRY, "UPDATE",
        f"OLD.state <> 'reserved' OR {any_differs(ENTRY_COLUMNS)}",
    ),
    Guard("res_entry_delete", _ENTRY, "DELETE", ALWAYS),
    Guard(
        "res_session_text_insert", _TEXT, "INSERT",
        taken(_TEXT, ("council_session_id", "kind"), where="x.state IN ('approved', 'signed')"),
    ),
    Guard(
        "res_session_text_update", _TEXT, "UPDATE",
        f"(OLD.state = 'signed' AND ({_SIGNED_CHANGES}))"
        f" OR (OLD.state = 'approved' AND ({_APPROVED_CHANGES}))",
    ),
    Guard("res_session_text_delete", _TEXT, "DELETE", "OLD.state IN ('approved', 'signed')"),
    Guard("res_saved_text_insert", _SAVED, "INSERT", taken(_SAVED, ("text_id", "ordinal"))),
    Guard("res_saved_text_update", _SAVED, "UPDATE", ALWAYS),
    Guard("res_saved_text_delete", _SAVED, "DELETE", ALWAYS),
    Guard("res_text_approval_insert", _APPROVAL, "INSERT", taken(_APPROVAL)),
    Guard(
        "res_text_approval_update", _APPROVAL, "UPDATE",
        f"{any_differs(APPROVAL_COLUMNS)} OR {_VOIDED_AGAIN}",
    ),
    Guard("res_text_approval_delete", _APPROVAL, "DELETE", ALWAYS),
    Guard("res_text_file_insert", _MADE, "INSERT", taken(_MADE, ("text_id", "kind", "digest"))),
    Guard("res_text_file_update", _MADE, "UPDATE", ALWAYS),
    Guard("res_text_file_delete", _MADE, "DELETE", ALWAYS),
)  # fmt: skip
