"""Minutes and press summary as their pages need them: the saved text beside the books."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from council import queries as council_queries
from council.models import AuditEntry, Council, Job, OfficeKind
from elections.models import Poll, PollState
from elections.queries import paper_words
from resolutions.models import (
    SessionText,
    SessionTextApproval,
    SessionTextKind,
    SessionTextState,
    SessionTextVersion,
)
from resolutions.queries import session_facts
from resolutions.rules import figure_claims, grown_text, minutes_words, press_words
from resolutions.rules import session_texts as rules
from resolutions.rules.figure_claims import Contradiction
from resolutions.rules.grown_text import Generated, Grown, Paragraph
from resolutions.rules.session_facts import SessionFacts
from sessions.models import Session

UNPUBLISHED = (PollState.OPEN, PollState.COUNTING, PollState.AGREED)
RENDER_JOB = "resolutions.render_minutes"


@dataclass(frozen=True, slots=True)
class Reading:
    """A text and the books read once, so that all that is said of it is of one moment."""

    text: SessionText
    facts: SessionFacts
    saved: list[Paragraph]
    fresh: list[Generated]

    @property
    def grown(self) -> list[Grown]:
        """The saved text beside what the books say now."""
        return grown_text.grow(self.saved, self.fresh)

    @property
    def shown(self) -> list[Grown]:
        """The text to be read: as it grows while a draft, as it was handed in from then on."""
        if self.text.state == SessionTextState.DRAFT:
            return self.grown
        return grown_text.as_saved(self.saved)

    @property
    def facts_digest(self) -> str:
        """Fingerprint of what the books say now."""
        return grown_text.facts_digest(self.saved, self.fresh)

    @property
    def stands(self) -> bool:
        """Whether a submitted text still says what the books say."""
        return self.text.facts_digest == self.facts_digest

    def warnings(self) -> dict[str, tuple[Contradiction, ...]]:
        """Figures in people's own words that the books contradict, by paragraph."""
        known = figure_claims.known_figures(self.facts)
        written = [one.paragraph for one in self.shown if one.words != one.fresh]
        found = {one.key: figure_claims.contradictions(one.words, known) for one in written}
        return {key: contradicted for key, contradicted in found.items() if contradicted}


def read(text: SessionText) -> Reading:
    """The text and what its session's books say now."""
    held = text.council_session
    saved = grown_text.from_data(text.content)
    if text.kind == SessionTextKind.MINUTES:
        facts = session_facts.for_minutes(
            held, presiding=lines_of(text.presiding), secretaries=lines_of(text.secretaries)
        )
        return Reading(text, facts, saved, minutes_words.generate(facts))
    facts = session_facts.for_press(held)
    return Reading(text, facts, saved, press_words.generate(facts))


def lines_of(typed: str) -> list[str]:
    """The lines that say something."""
    return [line.strip() for line in typed.splitlines() if line.strip()]


def digest_of(text: SessionText, paragraphs: Sequence[Paragraph]) -> str:
    """Fingerprint of the text with these paragraphs."""
    return rules.digest(
        paragraphs, number=text.number, presiding=text.presiding, secretaries=text.secretaries
    )


def stored_digest(text: SessionText) -> str:
    """Fingerprint of the text as it is stored."""
    return digest_of(text, grown_text.from_data(text.content))


def for_staff(council: Council) -> QuerySet[SessionText]:
    """Texts of the council's sessions, for looking one up by its key."""
    return SessionText.objects.filter(council_session__term__council=council).select_related(
        "council_session__term__council", "created_by", "submitted_by", "sent_back_by",
        "signature_recorded_by",
    )  # fmt: skip


def of_session(held: Session, kind: str) -> SessionText | None:
    """The session's minutes or summary, where somebody began it."""
    return for_staff(held.term.council).filter(council_session=held, kind=kind).first()


def versions_of(text: SessionText) -> QuerySet[SessionTextVersion]:
    """Saved versions, newest first, without their words."""
    return text.versions.select_related("saved_by").defer("content").order_by("-ordinal")


def approvals_of(text: SessionText) -> list[SessionTextApproval]:
    """Approvals, newest first, the void ones too."""
    return list(text.approvals.select_related("approved_by", "submitted_by"))


def standing_approval(text: SessionText) -> SessionTextApproval | None:
    """The approval in force."""
    return text.approvals.filter(voided_at=None).select_related("approved_by").first()


def authors_of(text: SessionText) -> frozenset[int]:
    """Who submitted the text and who saved it last."""
    newest = text.versions.order_by("-ordinal").values_list("saved_by", flat=True).first()
    return frozenset(pk for pk in (text.submitted_by_id, newest) if pk is not None)


def hidden_polls(held: Session) -> int:
    """Polls of the session that were opened and are neither published nor annulled."""
    return Poll.objects.filter(council_session=held, state__in=UNPUBLISHED).count()


def number_taken(text: SessionText) -> bool:
    """Whether other minutes of the council carry this number in the same year."""
    held = text.council_session
    others = SessionText.objects.minutes().filter(
        council_session__term__council=held.term.council_id, number=text.number,
        council_session__opens_on__year=held.opens_on.year,
    )  # fmt: skip
    return bool(text.number) and others.exclude(pk=text.pk).exists()


def newest_entry(council: Council) -> int:
    """Number of the council's newest audit entry; 0 before the first."""
    newest = AuditEntry.objects.filter(council=council).order_by("-seq")
    return newest.values_list("seq", flat=True).first() or 0


def entries_after(council: OuterRef, seq: OuterRef) -> QuerySet[AuditEntry]:
    """Changes in the council after the entry, those of these texts themselves left out."""
    return AuditEntry.objects.filter(council=council, seq__gt=seq).exclude(
        object_type="resolutions.sessiontext"
    )


def to_check() -> QuerySet[SessionText]:
    """Submitted and approved texts in whose council something was changed since the last look."""
    changed = entries_after(OuterRef("council_session__term__council"), OuterRef("checked_seq"))
    waiting = (SessionTextState.SUBMITTED, SessionTextState.APPROVED)
    return SessionText.objects.filter(Exists(changed), state__in=waiting).order_by("pk")


def files_of(text: SessionText, digest: str) -> dict[str, int]:
    """Keys of the files made from these words, by kind."""
    return dict(text.files.filter(digest=digest).values_list("kind", "pk"))


def render_key(text: SessionText, digest: str) -> str:
    """Key of the job that makes the files of these words."""
    return f"{RENDER_JOB}.{text.pk}.{digest[:16]}"


def render_job(text: SessionText, digest: str) -> Job | None:
    """That job, where somebody asked for it."""
    return Job.objects.filter(key=render_key(text, digest)).first()


def signed_minutes(council: Council) -> QuerySet[SessionText]:
    """Signed minutes of the council's sessions, for delegates."""
    return for_staff(council).filter(kind=SessionTextKind.MINUTES, state=SessionTextState.SIGNED)


def default_presiding(held: Session) -> str:
    """Chair and vice chairs of the council on the opening day, one a line: who usually presides."""
    council = held.term.council
    tenures = council_queries.tenures_on(council, held.opens_on).filter(
        office__kind__in=[OfficeKind.COUNCIL_CHAIR, OfficeKind.COUNCIL_VICE_CHAIR]
    )
    return "\n".join(
        f"{tenure.person}, {paper_words.office_name(council, tenure.office)}" for tenure in tenures
    )
