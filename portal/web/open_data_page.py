"""The open data of a council as its page and its two descriptions tell it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from council.models import Council
from council.rules.licences import Licence
from portal.models import DataFile, DataRelease
from portal.queries.records import absolute
from portal.rules import dumped
from portal.rules.open_data import FORMS, LANGUAGES, column_words, table_words

CONTEXT: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
MEDIA: Final = "https://www.iana.org/assignments/media-types/"
TITLES: Final[Mapping[str, str]] = {
    "vi": "Dữ liệu mở của %s", "en": "Open data of %s",
}  # fmt: skip
ABOUT: Final[Mapping[str, str]] = {
    "vi": "Mọi dữ liệu mà hội đồng đã công khai, tạo lại sau mỗi lần công bố.",
    "en": "Everything that the council has published, made anew after each publication.",
}


@dataclass(frozen=True, slots=True)
class TableLine:
    """A table on the page: what it holds, its files, its columns with their words."""

    name: str
    words: str
    rows: int
    csv: DataFile
    jsonl: DataFile
    columns: list[tuple[dumped.Column, str]]


def lines_of(release: DataRelease) -> list[TableLine]:
    """The tables in their order, in the reader's language."""
    language = get_language() or "vi"
    files = {(one.table, one.form): one for one in release.files.all()}
    return [
        TableLine(
            table, table_words(table, language), files[table, "csv"].rows, files[table, "csv"],
            files[table, "jsonl"],
            [(one, column_words(one.name, language)) for one in dumped.columns_of(table)],
        )
        for table in dumped.TABLES
    ]  # fmt: skip


def whole_of(release: DataRelease) -> DataFile:
    """The file that holds all tables."""
    return next(one for one in release.files.all() if not one.table)


def address_of(council: Council, name: str = "") -> str:
    """The address of the page, or of a file."""
    page = absolute(reverse("portal:data", args=[council.slug]))
    return f"{page}{name}"


def catalogue(release: DataRelease, licence: Licence | None) -> dict[str, Any]:
    """The files as a DCAT dataset in JSON-LD."""
    council, made_at = release.council, _moment(release)
    page = address_of(council)
    shared = {"dct:license": {"@id": licence.url}} if licence else {}
    return {
        "@context": CONTEXT, "@id": page, "@type": "dcat:Dataset",
        "dct:title": [_in(it, TITLES[it] % council) for it in LANGUAGES],
        "dct:description": [_in(it, ABOUT[it]) for it in LANGUAGES],
        "dct:identifier": page, "dct:modified": made_at, "dct:language": "vi",
        "dct:publisher": {
            "@id": absolute(council.get_absolute_url()), "@type": "foaf:Organization",
            "foaf:name": str(council),
        },
        "dcat:landingPage": {"@id": page}, **shared,
        "dcat:distribution": [
            {**_distribution(council, one), "dct:modified": made_at, **shared}
            for one in release.files.all()
        ],
    }  # fmt: skip


def _distribution(council: Council, one: DataFile) -> dict[str, Any]:
    address = address_of(council, one.name)
    words = [_in(it, table_words(one.table, it)) for it in LANGUAGES] if one.table else str(council)
    return {
        "@id": address, "@type": "dcat:Distribution", "dct:title": one.name,
        "dct:description": words, "dcat:accessURL": {"@id": address_of(council)},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": {"@id": f"{MEDIA}{FORMS[one.form].partition(';')[0]}"},
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(one.size)},
        "dct:conformsTo": {"@id": address_of(council, "datapackage.json")},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": one.sha256},
        },
    }  # fmt: skip


def package(release: DataRelease, licence: Licence | None) -> dict[str, Any]:
    """The same as a Frictionless data package, with the columns of each table."""
    council = release.council
    shared = {"licenses": [{"title": licence.name, "path": licence.url}]} if licence else {}
    return {
        "profile": "data-package", "name": council.slug, "title": TITLES["vi"] % council,
        "description": ABOUT["vi"], "homepage": address_of(council),
        "created": _moment(release)["@value"], **shared,
        "resources": [_resource(council, one) for one in release.files.all() if one.table],
    }  # fmt: skip


def _resource(council: Council, one: DataFile) -> dict[str, Any]:
    return {
        "name": one.name.replace(".", "-").replace("_", "-"), "path": address_of(council, one.name),
        "profile": "tabular-data-resource", "description": table_words(one.table, "vi"),
        "format": one.form, "mediatype": FORMS[one.form].partition(";")[0], "encoding": "utf-8",
        "bytes": one.size, "hash": f"sha256:{one.sha256}", "schema": schema_of(one.table),
    }  # fmt: skip


def schema_of(table: str) -> dict[str, Any]:
    """A table's columns as a Frictionless table schema."""
    columns = dumped.columns_of(table)
    return {
        "fields": [
            {
                "name": one.name, "type": one.type, "description": column_words(one.name, "vi"),
                "constraints": {"required": one.is_required},
            }
            for one in columns
        ],
        "primaryKey": "id",
        "missingValues": [""],
    }  # fmt: skip


def _moment(release: DataRelease) -> dict[str, str]:
    made_at = timezone.localtime(release.made_at).isoformat(timespec="seconds")
    return {"@type": "xsd:dateTime", "@value": made_at}


def _in(language: str, words: str) -> dict[str, str]:
    return {"@language": language, "@value": words}
