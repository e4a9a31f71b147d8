"""What stands on the printed minutes: the text as it is now, or as it was submitted."""

import hashlib
from dataclasses import asdict
from datetime import date

from django.utils import timezone
from django.utils.translation import override

from council.rules import chain
from resolutions.models import SessionText, SessionTextState
from resolutions.queries import session_texts as queries
from resolutions.queries.session_texts import Reading
from resolutions.rules import grown_text, minutes_words
from resolutions.rules import session_texts as rules
from resolutions.rules.grown_text import Paragraph
from resolutions.typesetting.session_minutes import MinutesLine, MinutesPart, MinutesSheet
from sessions.models import Sitting

FINAL = (SessionTextState.APPROVED, SessionTextState.SIGNED)


def sheet_of(text: SessionText, reading: Reading | None = None) -> MinutesSheet:
    """The minutes as plain data; DỰ THẢO lies across them until a second person approved."""
    with override("vi"):
        reading = reading or queries.read(text)
        held, council = text.council_session, text.council_session.term.council
        words = [one.paragraph for one in reading.shown]
        return MinutesSheet(
            issuer_lines=["HỘI ĐỒNG NHÂN DÂN", council.unit.upper()],
            symbol=text.number or "…/BB-HĐND",
            place=council.seat,
            dated=day_of(text),
            abstract=minutes_words.session_name(reading.facts),
            parts=_parts(words),
            presiding=rules.name_to_sign(text.presiding),
            secretary=rules.name_to_sign(text.secretaries),
            is_draft=text.state not in FINAL,
            illustrative_note=held.illustrative_note or council.notice,
        )


def day_of(text: SessionText) -> date | None:
    """The day on which the session closed, which is the day of its minutes."""
    closed = text.council_session.sittings.filter(state=Sitting.State.CLOSED)
    last = closed.order_by("-closed_at").values_list("closed_at", flat=True).first()
    return timezone.localdate(last) if last else None


def _parts(words: list[Paragraph]) -> list[MinutesPart]:
    """The sections in their order, each with the lines that say something."""
    return [
        MinutesPart(
            minutes_words.heading(section),
            [
                MinutesLine(line, is_heading=one.style is grown_text.Style.HEADING)
                for one in words
                if one.section == section
                for line in one.words.split("\n")
                if line.strip()
            ],
        )
        for section in minutes_words.SECTIONS
    ]


def digest(sheet: MinutesSheet) -> str:
    """SHA-256 of what stands on the paper: the same words never make a second file."""
    return hashlib.sha256(chain.canonical(asdict(sheet)).encode()).hexdigest()
