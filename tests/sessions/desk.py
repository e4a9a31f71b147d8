"""The clerk's desk: a session in preparation, files to upload, shortcuts to the states after it."""

import io
import zipfile
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from council.models import AuditEntry, User
from council.rules.refusals import Refusal
from sessions.models import AgendaItem, Document, PaperUpload, Session
from sessions.services import intake, papers, sessions
from tests.cast import Cast
from tests.sessions.cleared import cleared

OPENS, CLOSES = date(2026, 12, 10), date(2026, 12, 11)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 60
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 60


@dataclass
class Desk:
    """A council, and a session that is still a draft."""

    cast: Cast
    council_session: Session

    def user(self, name: str) -> User:
        return self.cast.user[name]

    @property
    def roots(self) -> list[AgendaItem]:
        return list(self.council_session.items.filter(parent=None).order_by("position"))

    def reload(self) -> Session:
        self.council_session = Session.objects.select_related("term__council").get(
            pk=self.council_session.pk
        )
        return self.council_session

    def submit(self) -> Session:
        sessions.submit(self.council_session, by=self.user("clerk"))
        return self.reload()

    def approve(self) -> Session:
        self.submit()
        sessions.approve(self.council_session, by=self.user("approver"))
        return self.reload()

    def convene(self) -> Session:
        self.approve()
        sessions.convene(self.council_session, notice_number="15/GM-HĐND", by=self.user("clerk"))
        return self.reload()

    def paper(self, **values: Any) -> Document:
        given = {
            "item": None, "kind": "report", "title": "Báo cáo kinh tế", "number": "12/BC-UBND",
            "file": pdf(), "by": self.user("clerk"),
        }  # fmt: skip
        return cleared(papers.add(self.council_session, **{**given, **values}))

    def upload(self, file: Any = None, **values: Any) -> PaperUpload:
        """A file in the quarantine, not looked through yet."""
        given = {"by": self.user("clerk"), **values}
        (taken,) = intake.take(self.council_session, [file or pdf()], **given)
        return taken


def desk_of(cast: Cast, **values: Any) -> Desk:
    """A draft year-end session of the cast's council."""
    given = {
        "kind": "year_end", "number": 5, "opens_on": OPENS, "closes_on": CLOSES,
        "place": "Hội trường", "by": cast.user["clerk"],
    }  # fmt: skip
    return Desk(cast, sessions.create(cast.term, **{**given, **values}))


def pdf(name: str = "bao-cao.pdf", extra: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF + extra, "application/pdf")


def office(main: str, *more: str) -> bytes:
    """A minimal Office file with these parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for part in ("[Content_Types].xml", main, *more):
            archive.writestr(part, "<x/>")
    return held.getvalue()


def refusal_of(verb: Any, *args: Any, **values: Any) -> Refusal:
    """The refusal that the call must end with."""
    try:
        verb(*args, **values)
    except Refusal as refusal:
        return refusal
    raise AssertionError("nothing was refused")


def verbs_of(obj: Any) -> list[str]:
    """What the audit log has about the object, oldest first."""
    rows = AuditEntry.objects.filter(
        object_type=obj._meta.label_lower, object_id=str(obj.pk)
    ).order_by("seq")
    return list(rows.values_list("verb", flat=True))
