"""What is public, as plain records: one shape for the API, the dumps and the SQLite file.

Every field is public. `id` is a number that never changes; `council` is the council's word in
addresses; days and moments are ISO 8601; a code (`kind`, `state`, `basis`) is a word of the list
in docs/api.md. Fields are only ever added.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilRecord:
    """A People's Council; `successor` is the council that took its place."""

    id: int
    slug: str
    name: str
    unit_kind: str
    unit_name: str
    level: str
    seat: str
    existed_from: date
    existed_to: date | None
    successor: str | None
    notice: str
    web: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRecord:
    """A council's term (khóa, nhiệm kỳ)."""

    id: int
    council: str
    number: int
    label: str
    starts_on: date
    ends_on: date
    statutory_delegates: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRecord:
    """A convened session (kỳ họp)."""

    id: int
    council: str
    term: str
    number: int
    name: str
    kind: str
    state: str
    opens_on: date
    closes_on: date
    place: str
    summary: str
    convened_at: datetime | None
    illustrative_note: str
    web: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItemRecord:
    """An item of a session's agenda; `parent` is the item that it belongs to."""

    id: int
    council: str
    session: int
    parent: int | None
    position: int
    title: str
    kind: str
    presenter: str
    state: str
    started_at: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRecord:
    """A paper that was released to the public, with its file; `size` in bytes."""

    id: int
    council: str
    session: int
    agenda_item: int | None
    kind: str
    title: str
    number: str
    issued_on: date | None
    issuer: str
    released_at: datetime | None
    media_type: str
    size: int
    sha256: str
    download: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PollRecord:
    """A secret ballot whose result is published; counts are ballot papers.

    `base_value` is the number of which `needed` is a share. A poll that was annulled after its
    publication stays, with `annulled_at`.
    """

    id: int
    council: str
    session: int
    kind: str
    act: str
    title: str
    held_on: date
    round: int
    total_delegates: int | None
    present: int | None
    issued: int | None
    returned: int | None
    valid: int | None
    invalid: int | None
    base: str
    base_value: int
    needed: int | None
    rule_id: str
    rule_article: str
    published_at: datetime | None
    annulled_at: datetime | None
    annulled_reason: str
    illustrative_note: str
    web: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PollLineRecord:
    """One person's result in a poll: votes and percentages by option, and what followed."""

    id: int
    council: str
    poll: int
    position: int
    person: int
    name: str
    post: str
    votes: dict[str, int]
    void: int
    percent: dict[str, str]
    verdict: str
    consequence: str
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PollDetail(PollRecord):
    """A poll with its lines, in the order of the ballot paper."""

    lines: list[PollLineRecord]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionRecord:
    """A published resolution. `withdrawn_on`: the day of the notice that took it back.

    `status`: how it stands, as far as the search has followed; empty in the minute after
    publication.
    """

    id: int
    eli: str
    council: str
    session: int
    poll: int | None
    symbol: str
    kind: str
    purpose: str
    number: int
    year: int
    title: str
    adopted_on: date | None
    effective_on: date | None
    withdrawn_on: date | None
    status: str
    signatory_post: str
    signatory_name: str
    published_at: datetime | None
    illustrative_note: str
    pdf_sha256: str
    web: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionDetail(ResolutionRecord):
    """A resolution with its words: `body` is the tree of articles, clauses and points.

    Where a notice took the resolution back and hides its text, bases, body and closing are empty.
    """

    bases: list[str]
    body: dict[str, Any] | None
    closing: str
    papers: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionRecord:
    """One slip: "khoản 1 Điều 2" ("" for the whole text), as printed, as it has to read."""

    place: str
    printed: str
    corrected: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRecord:
    """A letter of correction or an announcement of withdrawal of a resolution."""

    id: int
    council: str
    resolution: int
    kind: str
    symbol: str
    dated: date
    reason: str
    hides_text: bool
    corrections: list[CorrectionRecord]
    signatory_post: str
    signatory_name: str
    published_at: datetime | None
    pdf_sha256: str
    web: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRecord:
    """Who is or was a delegate or an office holder, or stood on a published ballot paper."""

    id: int
    council: str
    honorific: str
    name: str
    family_name: str
    middle_name: str
    given_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateRecord:
    """A person's seat in one term; both days included."""

    id: int
    council: str
    term: str
    person: int
    name: str
    occupation: str
    group: str
    starts_on: date
    ends_on: date | None
    end_reason: str
    is_full_time: bool
    is_group_head: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeRecord:
    """A post of the council or of its people's committee; `seats` is the most that may hold it."""

    id: int
    council: str
    kind: str
    title: str
    seats: int
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TenureRecord:
    """Who held an office from when to when, both days included, and on what basis."""

    id: int
    council: str
    office: int
    office_title: str
    person: int
    name: str
    term: str
    basis: str
    starts_on: date
    ends_on: date | None
    end_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRecord:
    """A socio-economic figure that a session's report states; amounts in `unit`."""

    id: int
    council: str
    session: int
    position: int
    group: str
    name: str
    unit: str
    period: str
    plan_lower: Decimal | None
    plan_upper: Decimal | None
    result: Decimal | None
    prior: Decimal | None
    assessment: str
    source: str
    note: str
