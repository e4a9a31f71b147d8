"""The import of past resolutions, as staff see it: the list, one import, its rows, its report."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from council.models import Council, Job
from resolutions.models import ArchiveFile, ArchiveImport, ArchiveRow, ArchiveSession

READY = Q(state="waiting", error="", file__isnull=False)
TROUBLED = Q(state="waiting") & (~Q(error="") | Q(file=None))
DOUBTFUL = READY & ~Q(doubt="")
SHOWN = {
    "": Q(),
    "can-sua": TROUBLED,
    "xem-lai": DOUBTFUL,
    "bo-qua": Q(state="skipped"),
    "da-nhap": Q(state="imported"),
    "khong-nhap": Q(state="refused"),
}
"""Which rows a page shows, by the word of its address."""


def for_staff(council: Council) -> QuerySet[ArchiveImport]:
    """The council's imports, newest first."""
    return (
        ArchiveImport.objects.filter(council=council)
        .select_related("council", "created_by", "submitted_by", "approved_by")
        .annotate(
            row_count=Count("rows"), imported_count=Count("rows", filter=Q(rows__state="imported"))
        )
        .order_by("-created_at", "-pk")
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows there are of each sort; the words are those of the tabs."""

    total: int
    ready: int
    doubtful: int
    troubled: int
    skipped: int
    imported: int
    refused: int


def tally(archive: ArchiveImport) -> Tally:
    """All sums in one query."""
    sums = archive.rows.aggregate(
        total=Count("pk"),
        ready=Count("pk", filter=READY),
        doubtful=Count("pk", filter=DOUBTFUL),
        troubled=Count("pk", filter=TROUBLED),
        skipped=Count("pk", filter=Q(state="skipped")),
        imported=Count("pk", filter=Q(state="imported")),
        refused=Count("pk", filter=Q(state="refused")),
    )
    return Tally(**sums)


def rows(archive: ArchiveImport, shown: str) -> QuerySet[ArchiveRow]:
    """The rows of one tab in the order of the list."""
    return (
        archive.rows.filter(SHOWN.get(shown, Q()))
        .select_related("file", "council_session", "made__council")
        .defer("file__text", "made__text")
        .order_by("line")
    )


def past_sessions(archive: ArchiveImport) -> QuerySet[ArchiveSession]:
    """The rows of the list of sessions, in its order."""
    return archive.sessions.select_related(
        "term__council", "council_session__term__council"
    ).order_by("line")


def rows_for_staff(council: Council) -> QuerySet[ArchiveRow]:
    """Rows of any import of the council."""
    return ArchiveRow.objects.filter(archive__council=council).select_related(
        "archive__council", "file", "council_session"
    )


def unused_files(archive: ArchiveImport) -> QuerySet[ArchiveFile]:
    """Files that no row takes, and those that were refused; the latter say why."""
    used = archive.rows.exclude(state="skipped").filter(file__isnull=False).values("file")
    return archive.files.exclude(pk__in=used).order_by("path").defer("text")


def job_of(archive: ArchiveImport) -> Job | None:
    """The work that reads or imports it now, or did last."""
    names = ("resolutions.read_archive", "resolutions.import_archive")
    keys = [f"{name}.{archive.pk}" for name in names]
    return Job.objects.filter(key__in=keys).order_by("-created_at").first()


def report(archive: ArchiveImport) -> list[list[object]]:
    """The report as a table: what became of each row, with the sentence."""
    head: list[object] = [
        "Dòng", "Số, ký hiệu", "Ngày ban hành", "Trích yếu", "Tệp", "Kết quả", "Lý do", "Địa chỉ",
    ]  # fmt: skip
    found = [head]
    for row in rows(archive, ""):
        made = getattr(row, "made", None)
        found.append(
            [
                row.line, row.symbol, row.issued_on, row.title, row.file.path if row.file else "",
                str(row.get_state_display()), row.outcome or row.error or row.doubt,
                made.get_absolute_url() if made else "",
            ]
        )  # fmt: skip
    return found
