"""The bytes of a public file and what is told of them."""

from dataclasses import dataclass

from django.db.models.fields.files import FieldFile


@dataclass(frozen=True, slots=True)
class Content:
    """Stored bytes, the name under which people save them, and their hash."""

    file: FieldFile
    filename: str
    media_type: str
    sha256: str
