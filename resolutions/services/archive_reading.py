"""The worker reads a handed-in archive: every file is looked at, every row gets its file."""

import io
import re
import tempfile
import zipfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

from django.conf import settings
from django.core.files.base import File
from django.db import transaction

from council.models import Job, Term
from council.rules import text
from council.rules.refusals import Refusal, gettext_noop
from council.services import jobs, rosters
from resolutions.models import (
    ArchivedResolution,
    ArchiveFile,
    ArchiveImport,
    ArchiveRow,
    ArchiveSession,
)
from resolutions.rules import archive_match, archive_sessions, archive_table
from resolutions.rules.archive_match import Match
from resolutions.rules.archive_table import ArchiveLine
from resolutions.services import archive_words, archives
from sessions.models import Session
from sessions.services import photographs, uploads

FILES_MAX: Final = 20_000
TOTAL_MAX: Final = 8 * 1024**3
PIECE: Final = 256 * 1024
_RUBBISH: Final = re.compile(r"(^|/)(__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$)")


def run(job: Job) -> None:
    """Read files and list of one import; args: its key. Doing it again goes on where it stopped.

    Raises:
        Refusal: ``archive.zip_broken``, ``archive.too_many_files``.
    """
    archive = ArchiveImport.objects.select_related("council").get(pk=int(job.args[0]))
    if archive.state != ArchiveImport.State.READING:
        return
    with archive.bundle.open("rb") as stream:
        take_zip(archive, stream, job)
    settle(archive)


def take_zip(archive: ArchiveImport, stream: IO[bytes], job: Job) -> None:
    """Keep each file of the ZIP that we take, or write down why not."""
    try:
        with zipfile.ZipFile(stream) as bundle:
            entries = _entries(bundle)
            known = set(archive.files.values_list("path", flat=True))
            for done, entry in enumerate(entries):
                if done % 10 == 0:
                    jobs.progress(job, done=done, total=len(entries), step=entry.filename[-120:])
                if _name(entry) not in known:
                    _take_entry(archive, bundle, entry)
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        raise Refusal(
            "archive.zip_broken", gettext_noop("Tệp ZIP hỏng. Nén lại thư mục rồi tải lên lại.")
        ) from error
    jobs.progress(job, done=len(entries), total=len(entries))


def _entries(bundle: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    found = [
        entry for entry in bundle.infolist()
        if not entry.is_dir() and not _RUBBISH.search(entry.filename)
    ]  # fmt: skip
    if len(found) > FILES_MAX or sum(entry.file_size for entry in found) > TOTAL_MAX:
        raise Refusal(
            "archive.too_many_files",
            gettext_noop("Hồ sơ có quá 20.000 tệp hoặc quá 8 GB. Chia theo năm."),
        )
    return found


def _name(entry: zipfile.ZipInfo) -> str:
    """The path as it is shown and stored; a name that hides something is cut to what is safe."""
    shown = "".join(sign for sign in entry.filename if sign.isprintable())
    return shown.replace("\\", "/")[-300:]


def _take_entry(archive: ArchiveImport, bundle: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    with tempfile.SpooledTemporaryFile(max_size=4 * 1024**2) as spool:
        refusal = ""
        try:
            _unpack(bundle, entry, spool)
        except Refusal as refused:
            refusal = str(refused)
        except (zipfile.BadZipFile, RuntimeError, OSError, ValueError, EOFError):
            refusal = gettext_noop("Tệp trong ZIP hỏng hoặc có mật khẩu.")
        keep_file(archive, _name(entry), spool, refusal)


def _unpack(bundle: zipfile.ZipFile, entry: zipfile.ZipInfo, spool: IO[bytes]) -> None:
    """Never more than an upload may have, whatever the table of contents says."""
    left = settings.UPLOAD_MAX_BYTES + 1
    with bundle.open(entry) as source:
        while left > 0 and (piece := source.read(min(PIECE, left))):
            spool.write(piece)
            left -= len(piece)
    spool.seek(0)


def keep_file(archive: ArchiveImport, path: str, content: IO[bytes], refusal: str) -> None:
    """Store one file of the folder after the same check as a paper's, or note why not."""
    values: dict[str, Any] = {}
    if not refusal:
        try:
            values = _stored(archive, path, content)
        except Refusal as refused:
            refusal = str(refused)
    ArchiveFile.objects.get_or_create(
        archive=archive, path=path, defaults={**values, "refusal": refusal[:300]}
    )


def _stored(archive: ArchiveImport, path: str, content: IO[bytes]) -> dict[str, Any]:
    """The file in the storage with its words; what cannot be opened is not kept."""
    folder = f"archive/{archive.pk}"
    stored = uploads.store(_Sized(content, name=PurePosixPath(path).name), folder=folder)
    try:
        words = archive_words.of(stored.path, stored.media_type, name=stored.filename)
    except Refusal:
        uploads.discard(stored)
        raise
    stored = photographs.cleaned_store(stored, folder=folder)
    return {
        "file": stored.path, "media_type": stored.media_type, "size": stored.size,
        "sha256": stored.sha256, "text": words,
    }  # fmt: skip


class _Sized(File):  # type: ignore[type-arg]
    """A file whose size is measured, since a spooled one has no name on disk."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        super().__init__(file, name=name)
        file.seek(0, io.SEEK_END)
        self.size = file.tell()
        file.seek(0)


def take_folder(archive: ArchiveImport, folder: Path) -> None:
    """Take the files of a folder on the server, as `take_zip` those of a ZIP."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not path.is_symlink() and not _RUBBISH.search(name):
            with path.open("rb") as stream:
                keep_file(archive, name[-300:], stream, "")


# --- rows -----------------------------------------------------------------------------------------


def settle(archive: ArchiveImport) -> None:
    """Write the rows with their files, sessions, errors and doubts: the import is in review."""
    with archive.table.open("rb") as stream:
        table = rosters.read_table(File(stream), rows_max=archive_table.MAX_ROWS + 50)
    understood = archive_table.read(table)
    with transaction.atomic():
        held = archives.locked(archive.pk)
        if held.state != ArchiveImport.State.READING:
            return
        files = {file.path: file for file in held.files.filter(refusal="").defer("text")}
        matches = archive_match.match(understood.lines, files)
        known, sessions = _known_keys(held), sessions_by_year(held)
        coming = _settle_sessions(held)
        ArchiveRow.objects.bulk_create(
            (
                _row(held, line, matches[line.line], files, sessions, known, coming)
                for line in understood.lines
            ),
            batch_size=500,
        )
        held.state, held.ignored = ArchiveImport.State.REVIEW, ", ".join(understood.ignored)[:500]
        held.save(update_fields=["state", "ignored"])


def _row(
    archive: ArchiveImport,
    line: ArchiveLine,
    found: Match,
    files: dict[str, ArchiveFile],
    sessions: dict[tuple[int, int], Session],
    known: set[str],
    coming: Collection[tuple[int, int]],
) -> ArchiveRow:
    errors, doubts = list(line.errors), [*line.doubts, found.error, found.doubt]
    if line.key in known:
        errors.append(gettext_noop("Số này đã có trong hệ thống."))
    said = line.said("session")
    held = session_named(said, line.issued_on, sessions)
    year = line.issued_on.year if line.issued_on else 0
    if said and held is None and (year, session_number(said)) not in coming:
        doubts.append(
            gettext_noop("Hệ thống chưa có kỳ họp này: chỉ giữ tên kỳ họp như trong bảng.")
        )
    return ArchiveRow(
        archive=archive, line=line.line, key=line.key, symbol=line.symbol, kind=line.kind,
        year=line.year, number=line.number, title=line.said("title"), issued_on=line.issued_on,
        effective_on=line.effective_on, signatory=line.said("signatory"),
        relations=line.said("relations"), session_label=said,
        council_session=held, file=files.get(found.path), error=" ".join(errors)[:600],
        doubt=" ".join(filter(None, doubts))[:600],
    )  # fmt: skip


def _known_keys(archive: ArchiveImport) -> set[str]:
    live = archive.council.resolutions.filter(number__isnull=False)
    past = ArchivedResolution.objects.filter(council=archive.council)
    keys = [
        *live.values_list("year", "kind", "number"),
        *past.values_list("year", "kind", "number"),
    ]
    return {f"{year}/{kind}/{number}" for year, kind, number in keys}


def sessions_by_year(archive: ArchiveImport) -> dict[tuple[int, int], Session]:
    """The council's sessions by the year in which they opened, and number."""
    found = Session.objects.filter(term__council=archive.council).select_related("term")
    return {(held.opens_on.year, held.number): held for held in found}


def session_number(said: str) -> int | None:
    """13 for "Kỳ họp thứ 13", "kỳ họp thứ XIII"; None where no number stands there."""
    folded = text.fold(said)
    number = re.search(r"[0-9]{1,3}", folded)
    if number:
        return int(number[0])
    try:
        return text.from_roman(folded.rsplit(maxsplit=1)[-1]) if folded else None
    except Refusal:
        return None


def session_named(
    said: str, issued_on: date | None, sessions: Mapping[tuple[int, int], Session]
) -> Session | None:
    """The session that a row names, by its number and the year of the resolution."""
    number = session_number(said)
    if issued_on is None or number is None:
        return None
    return sessions.get((issued_on.year, number))


def _settle_sessions(archive: ArchiveImport) -> set[tuple[int, int]]:
    """Write the rows of the list of sessions; returns year and number of those that can be made."""
    if not archive.session_table:
        return set()
    with archive.session_table.open("rb") as stream:
        table = rosters.read_table(File(stream), rows_max=archive_sessions.MAX_ROWS + 50)
    terms = list(archive.council.terms.all())
    rows = [_session_row(archive, one, terms) for one in archive_sessions.read(table)]
    ArchiveSession.objects.bulk_create(rows, batch_size=500)
    return {
        (row.opens_on.year, row.number)
        for row in rows if row.opens_on and row.number and not row.error
    }  # fmt: skip


def term_named(typed: str, terms: Iterable[Term]) -> Term | None:
    """The term that a row names: by its years or its number."""
    fits = (
        term for term in terms
        if archive_sessions.is_term(typed, label=term.label, number=term.number)
    )  # fmt: skip
    return next(fits, None)


def _session_row(
    archive: ArchiveImport, one: archive_sessions.PastSession, terms: Sequence[Term]
) -> ArchiveSession:
    term = term_named(one.term, terms)
    errors, doubts = list(one.errors), list(one.doubts)
    if one.term and term is None:
        doubts.append(
            gettext_noop(
                "Hội đồng chưa có nhiệm kỳ này trong hệ thống: thêm nhiệm kỳ trước khi duyệt, "
                "nếu không dòng này không nhập được."
            )
        )
    elif term and one.number and term.sessions.filter(number=one.number).exists():
        errors.append(gettext_noop("Nhiệm kỳ đã có kỳ họp mang số này."))
    return ArchiveSession(
        archive=archive, line=one.line, term=term, term_label=one.term, number=one.number,
        kind=one.kind, opens_on=one.opens_on, closes_on=one.closes_on, place=one.place,
        error=" ".join(errors)[:600], doubt=" ".join(doubts)[:600],
    )  # fmt: skip
