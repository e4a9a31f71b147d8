"""From public rows to records; no query of its own, all come from `portal.queries.public_rows`."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from council.models import Council, Mandate, Office, Person, Tenure, Term
from elections.models import OutcomeLine, Poll
from portal.rules import records
from resolutions.models import Notice, NoticeLine, Resolution
from resolutions.queries import texts
from sessions.models import AgendaItem, Document, Indicator, Session
from sessions.queries import reading
from sessions.queries.reading import ReadableFile


def absolute(path: str) -> str:
    """The address with the configured host, never with one that a request names."""
    return f"{settings.BASE_URL}{path}"


def eli_of(resolution: Resolution) -> str:
    """The ELI-style identifier: its address, which names council, type, year and number."""
    return absolute(resolution.get_absolute_url())


def council_record(row: Council) -> records.CouncilRecord:
    """A council."""
    return records.CouncilRecord(
        id=row.pk, slug=row.slug, name=str(row), unit_kind=row.unit_kind, unit_name=row.unit_name,
        level=row.level, seat=row.seat, existed_from=row.existed_from, existed_to=row.existed_to,
        successor=row.successor.slug if row.successor else None, notice=row.notice,
        web=absolute(row.get_absolute_url()),
    )  # fmt: skip


def term_record(row: Term) -> records.TermRecord:
    """A term."""
    return records.TermRecord(
        id=row.pk, council=row.council.slug, number=row.number, label=row.label,
        starts_on=row.starts_on, ends_on=row.ends_on, statutory_delegates=row.statutory_delegates,
    )  # fmt: skip


def session_record(row: Session) -> records.SessionRecord:
    """A convened session."""
    return records.SessionRecord(
        id=row.pk, council=row.term.council.slug, term=row.term.label, number=row.number,
        name=str(row), kind=row.kind, state=row.state, opens_on=row.opens_on,
        closes_on=row.closes_on, place=row.place, summary=row.summary,
        convened_at=row.convened_at, illustrative_note=row.illustrative_note,
        web=absolute(row.get_absolute_url()),
    )  # fmt: skip


def agenda_item_record(row: AgendaItem) -> records.AgendaItemRecord:
    """An item of the agenda."""
    return records.AgendaItemRecord(
        id=row.pk, council=row.council_session.term.council.slug, session=row.council_session_id,
        parent=row.parent_id, position=row.position, title=row.title, kind=row.kind,
        presenter=row.presenter, state=row.state, started_at=row.started_at,
        finished_at=row.finished_at,
    )  # fmt: skip


def paper_records(rows: Iterable[Document]) -> list[records.PaperRecord]:
    """Public papers, each with the file that the public gets; without one it is left out."""
    documents = list(rows)
    files = {one.document.pk: one for one in reading.public_files(row.pk for row in documents)}
    return [_paper(row, files[row.pk]) for row in documents if row.pk in files]


def _paper(row: Document, file: ReadableFile) -> records.PaperRecord:
    slug = row.council_session.term.council.slug
    return records.PaperRecord(
        id=row.pk, council=slug, session=row.council_session_id, agenda_item=row.item_id,
        kind=row.kind, title=row.title, number=row.number, issued_on=row.issued_on,
        issuer=row.issuer, released_at=row.released_at, media_type=file.media_type,
        size=file.size, sha256=file.sha256,
        download=absolute(reverse("portal:document", args=[slug, row.pk])),
    )  # fmt: skip


def poll_record(row: Poll) -> records.PollRecord:
    """A published poll."""
    return records.PollRecord(**_poll_fields(row))


def poll_detail(row: Poll, lines: Iterable[OutcomeLine]) -> records.PollDetail:
    """A published poll with its lines."""
    return records.PollDetail(**_poll_fields(row), lines=[poll_line_record(one) for one in lines])


def _poll_fields(row: Poll) -> dict[str, Any]:
    outcome, count = row.outcome, row.outcome.count
    return {
        "id": row.pk, "council": row.council_session.term.council.slug,
        "session": row.council_session_id, "kind": row.kind, "act": row.act, "title": row.title,
        "held_on": row.held_on, "round": row.round, "total_delegates": row.total_delegates,
        "present": row.present, "issued": count.issued, "returned": count.returned,
        "valid": count.valid, "invalid": count.invalid, "base": outcome.base,
        "base_value": outcome.base_value, "needed": outcome.needed, "rule_id": outcome.rule_id,
        "rule_article": outcome.rule_article, "published_at": row.published_at,
        "annulled_at": row.annulled_at, "annulled_reason": row.annulled_reason,
        "illustrative_note": row.illustrative_note, "web": absolute(row.get_absolute_url()),
    }  # fmt: skip


def poll_line_record(row: OutcomeLine) -> records.PollLineRecord:
    """One person's published result."""
    entry = row.entry
    return records.PollLineRecord(
        id=row.pk, council=entry.person.council.slug, poll=row.outcome.poll_id,
        position=entry.position, person=entry.person_id, name=entry.person.full_name,
        post=entry.post, votes=row.votes,
        void=row.void, percent={option: str(share) for option, share in row.percent.items()},
        verdict=row.verdict, consequence=row.consequence, article=row.article,
    )  # fmt: skip


def resolution_record(row: Resolution) -> records.ResolutionRecord:
    """A published resolution without its words."""
    return records.ResolutionRecord(**_resolution_fields(row))


def resolution_detail(row: Resolution, papers: list[int]) -> records.ResolutionDetail:
    """A published resolution with its words, unless a notice hides them."""
    is_hidden = getattr(row, "hides_text", False)
    return records.ResolutionDetail(
        **_resolution_fields(row),
        bases=[] if is_hidden else texts.lines_of(row.bases),
        body=None if is_hidden else json.loads(row.body),
        closing="" if is_hidden else texts.dated_closing(row),
        papers=papers,
    )


def _resolution_fields(row: Resolution) -> dict[str, Any]:
    withdrawn_on: date | None = getattr(row, "withdrawn_on", None)
    return {
        "id": row.pk, "eli": eli_of(row), "council": row.council.slug,
        "session": row.council_session_id, "poll": _public_poll(row), "symbol": row.symbol,
        "kind": row.kind, "purpose": row.purpose, "number": row.number, "year": row.year,
        "title": row.title, "adopted_on": row.adopted_on, "effective_on": row.effective_on,
        "withdrawn_on": withdrawn_on, "status": getattr(row, "listed_status", ""),
        "signatory_post": row.signatory_post,
        "signatory_name": row.signatory_name, "published_at": row.published_at,
        "illustrative_note": row.illustrative_note, "pdf_sha256": row.publication.pdf_sha256,
        "web": absolute(row.get_absolute_url()),
    }  # fmt: skip


def notice_record(row: Notice) -> records.NoticeRecord:
    """A published notice; its slips are left out where the text is hidden."""
    is_hidden = getattr(row, "is_hidden", False)
    return records.NoticeRecord(
        id=row.pk, council=row.council.slug, resolution=row.target_id, kind=row.kind,
        symbol=row.symbol, dated=row.dated, reason=row.reason, hides_text=row.hides_text,
        corrections=[] if is_hidden else [_correction(one) for one in row.lines.all()],
        signatory_post=row.signatory_post, signatory_name=row.signatory_name,
        published_at=row.published_at, pdf_sha256=row.sha256, web=absolute(row.get_absolute_url()),
    )  # fmt: skip


def _correction(line: NoticeLine) -> records.CorrectionRecord:
    return records.CorrectionRecord(
        place=line.target_words, printed=line.old_words, corrected=line.new_words
    )


def _public_poll(row: Resolution) -> int | None:
    """The poll that the resolution confirms, once its result is public."""
    return row.poll_id if row.poll and row.poll.published_at else None


def person_record(row: Person) -> records.PersonRecord:
    """A person of public life: the name, nothing else."""
    return records.PersonRecord(
        id=row.pk, council=row.council.slug, honorific=row.honorific, name=row.full_name,
        family_name=row.family_name, middle_name=row.middle_name, given_name=row.given_name,
    )  # fmt: skip


def mandate_record(row: Mandate) -> records.MandateRecord:
    """A seat."""
    is_open = getattr(row, "hides_end", False)
    return records.MandateRecord(
        id=row.pk, council=row.term.council.slug, term=row.term.label, person=row.person_id,
        name=row.person.full_name, occupation=row.person.occupation,
        group=row.group.name if row.group else "", starts_on=row.starts_on,
        ends_on=None if is_open else row.ends_on, end_reason="" if is_open else row.end_reason,
        is_full_time=row.is_full_time, is_group_head=row.is_group_head,
    )  # fmt: skip


def office_record(row: Office) -> records.OfficeRecord:
    """A post."""
    return records.OfficeRecord(
        id=row.pk, council=row.council.slug, kind=row.kind, title=row.title, seats=row.seats,
        position=row.position,
    )  # fmt: skip


def tenure_record(row: Tenure) -> records.TenureRecord:
    """An office held."""
    is_open = getattr(row, "hides_end", False)
    return records.TenureRecord(
        id=row.pk, council=row.office.council.slug, office=row.office_id,
        office_title=row.office.title, person=row.person_id, name=row.person.full_name,
        term=row.term.label, basis=row.basis, starts_on=row.starts_on,
        ends_on=None if is_open else row.ends_on, end_reason="" if is_open else row.end_reason,
    )  # fmt: skip


def indicator_record(row: Indicator) -> records.IndicatorRecord:
    """A figure of a session's report."""
    return records.IndicatorRecord(
        id=row.pk, council=row.council_session.term.council.slug, session=row.council_session_id,
        position=row.position, group=row.group, name=row.name, unit=row.unit, period=row.period,
        plan_lower=row.plan_lower, plan_upper=row.plan_upper, result=row.result, prior=row.prior,
        assessment=row.assessment, source=row.source, note=row.note,
    )  # fmt: skip


def data_of(record: Any) -> Mapping[str, Any]:
    """The record as a mapping, in the order of its fields."""
    return asdict(record)
