"""Which file belongs to which row: by the name that the row gives, else by the number in the name.

A file goes to one row only. Where several would do, none is taken and the row says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from council.rules import text
from council.rules.refusals import gettext_noop
from resolutions.rules import archive_names
from resolutions.rules.archive_table import ArchiveLine

NOT_THERE: Final = gettext_noop("Không có tệp “%(file)s” trong hồ sơ.")
NONE_FOUND: Final = gettext_noop("Không tìm thấy tệp nào có số này trong tên.")
SEVERAL: Final = gettext_noop("Có %(n)d tệp cùng số này, chọn một: %(names)s.")
UNSURE: Final = gettext_noop("Tệp được ghép chỉ theo con số trong tên, xem lại.")
TAKEN: Final = gettext_noop("Tệp này cũng hợp với dòng %(line)d, chọn lại.")
NAMES_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Match:
    """The file of one row (empty for none), what is wrong, and what the clerk should look at."""

    path: str = ""
    error: str = ""
    doubt: str = ""


def match(lines: Sequence[ArchiveLine], paths: Iterable[str]) -> dict[int, Match]:
    """The match of each row, by its line."""
    known = sorted(paths)
    by_name: dict[str, list[str]] = {}
    by_number: dict[int, list[tuple[archive_names.Written, str]]] = {}
    for path in known:
        by_name.setdefault(text.fold(PurePosixPath(path).name), []).append(path)
        by_name.setdefault(text.fold(path), []).append(path)
        written = archive_names.read(PurePosixPath(path).name)
        if written:
            by_number.setdefault(written.number, []).append((written, path))
    found = {
        line.line: _by_name(line, by_name)
        if line.said("file")
        else _by_number(line, by_number)
        for line in lines
    }  # fmt: skip
    return _each_file_once(found)


def _by_name(line: ArchiveLine, by_name: dict[str, list[str]]) -> Match:
    wanted = line.said("file").replace("\\", "/")
    hits = sorted(
        set(by_name.get(text.fold(wanted), []) + by_name.get(text.fold(wanted) + ".pdf", []))
    )
    if len(hits) == 1:
        return Match(hits[0])
    return Match(error=_several(hits) if hits else NOT_THERE % {"file": wanted[:80]})


def _by_number(
    line: ArchiveLine, by_number: dict[int, list[tuple[archive_names.Written, str]]]
) -> Match:
    if line.number is None:
        return Match()
    fitting = [
        (written, path)
        for written, path in by_number.get(line.number, [])
        if written.year in {None, line.year}
    ]
    best = [pair for pair in fitting if pair[0].year == line.year] or fitting
    if not best:
        return Match(error=NONE_FOUND)
    if len(best) > 1:
        return Match(error=_several([path for _written, path in best]))
    written, path = best[0]
    return Match(path, doubt="" if written.is_sure and written.year else UNSURE)


def _several(paths: Sequence[str]) -> str:
    shown = ", ".join(PurePosixPath(path).name for path in paths[:NAMES_SHOWN])
    return SEVERAL % {"n": len(paths), "names": shown[:200]}


def _each_file_once(found: dict[int, Match]) -> dict[int, Match]:
    first: dict[str, int] = {}
    for line, one in found.items():
        if not one.path:
            continue
        if one.path in first:
            found[line] = Match(error=TAKEN % {"line": first[one.path]})
        first.setdefault(one.path, line)
    return found
