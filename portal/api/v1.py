"""The API, version 1: every public thing as a list and by its key."""

from collections.abc import Mapping
from typing import Annotated, Any

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from ninja import NinjaAPI, Query, Schema
from ninja.errors import ValidationError
from pydantic import Field

from council.web.problems import problem
from portal.api.paging import Key, OfCouncil, OfSession, PageOf, Paging, Slug, page_of
from portal.queries import public_rows as rows
from portal.queries import records as made
from portal.queries.records import absolute
from portal.rules import records
from portal.web.machines import for_machines

PREFIX = "/api/v1/"
api = NinjaAPI(
    title="Nghị Trường", version="1", docs_url=None, openapi_url=None, urls_namespace="api",
    description=(
        "Everything that a council has published, read-only. Records are ordered by `id`, which "
        "never changes; a page ends with the address of the next. Errors are problem details "
        "(RFC 9457). Text is Vietnamese; codes are English words."
    ),
)  # fmt: skip


class Problem(Schema):
    """Problem details (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str = ""


class FaultyField(Schema):
    """What is wrong with one parameter."""

    parameter: str
    message: str


class FaultyParameters(Problem):
    """Problem details that name each parameter."""

    errors: list[FaultyField]


class OfYear(OfSession):
    """A page of resolutions."""

    year: Annotated[int, Field(ge=1945, le=9999)] | None = None


FAULTS: dict[int, Any] = {400: Problem, 404: Problem, 422: FaultyParameters, 429: Problem}
CouncilPath = Slug
of_council = {"council": "council__slug"}
by_term = {"council": "term__council__slug"}
by_session = {"council": "council_session__term__council__slug", "session": "council_session"}


def answers(kind: Any) -> dict[int, Any]:
    """The answer and the problems, for the description."""
    return {200: kind, **FAULTS}


def chosen(found: QuerySet[Any], asked: Paging, lookups: Mapping[str, str]) -> QuerySet[Any]:
    """The rows that the filters of the question leave."""
    for field, lookup in lookups.items():
        value = getattr(asked, field)
        if value is not None:
            found = found.filter(**{lookup: value})
    return found


def one(found: QuerySet[Any], **key: object) -> Any:
    """The row, or 404."""
    row: Model | None = found.filter(**key).first()
    if row is None:
        raise Http404
    return row


@api.get("councils", response=answers(PageOf[records.CouncilRecord]), url_name="api-councils")
def councils(request: HttpRequest, asked: Query[Paging]) -> Any:
    """The councils of this installation, those that ended included."""
    return page_of(request, rows.councils(), asked, made.council_record)


@api.get("councils/{slug:slug}", response=answers(records.CouncilRecord), url_name="api-council")
def council(request: HttpRequest, slug: CouncilPath) -> Any:
    """One council."""
    return made.council_record(one(rows.councils(), slug=slug))


@api.get("terms", response=answers(PageOf[records.TermRecord]), url_name="api-terms")
def terms(request: HttpRequest, asked: Query[OfCouncil]) -> Any:
    """Terms of the councils."""
    return page_of(request, chosen(rows.terms(), asked, of_council), asked, made.term_record)


@api.get("sessions", response=answers(PageOf[records.SessionRecord]), url_name="api-sessions")
def sessions(request: HttpRequest, asked: Query[OfCouncil]) -> Any:
    """Sessions that were convened."""
    return page_of(request, chosen(rows.sessions(), asked, by_term), asked, made.session_record)


@api.get("sessions/{int:pk}", response=answers(records.SessionRecord), url_name="api-session")
def session(request: HttpRequest, pk: Key) -> Any:
    """One session."""
    return made.session_record(one(rows.sessions(), pk=pk))


@api.get(
    "agenda-items", response=answers(PageOf[records.AgendaItemRecord]), url_name="api-agenda-items"
)
def agenda_items(request: HttpRequest, asked: Query[OfSession]) -> Any:
    """Items of the agendas of public sessions."""
    found = chosen(rows.agenda_items(), asked, by_session)
    return page_of(request, found, asked, made.agenda_item_record)


@api.get("papers", response=answers(PageOf[records.PaperRecord]), url_name="api-papers")
def papers(request: HttpRequest, asked: Query[OfSession]) -> Any:
    """Papers that were released to the public."""
    found = chosen(rows.papers(), asked, by_session)
    return page_of(request, found, asked, records_of=made.paper_records)


@api.get("polls", response=answers(PageOf[records.PollRecord]), url_name="api-polls")
def polls(request: HttpRequest, asked: Query[OfSession]) -> Any:
    """Secret ballots whose result is published."""
    return page_of(request, chosen(rows.polls(), asked, by_session), asked, made.poll_record)


@api.get("polls/{int:pk}", response=answers(records.PollDetail), url_name="api-poll")
def poll(request: HttpRequest, pk: Key) -> Any:
    """One poll with the result of every person on the paper."""
    shown = one(rows.polls(), pk=pk)
    lines = rows.poll_lines().filter(outcome__poll=shown).order_by("entry__position")
    return made.poll_detail(shown, lines)


@api.get(
    "resolutions", response=answers(PageOf[records.ResolutionRecord]), url_name="api-resolutions"
)
def resolutions(request: HttpRequest, asked: Query[OfYear]) -> Any:
    """Published resolutions without their words."""
    lookups = {**of_council, "session": "council_session", "year": "year"}
    found = chosen(rows.resolutions(), asked, lookups)
    return page_of(request, found, asked, made.resolution_record)


@api.get(
    "resolutions/{int:pk}", response=answers(records.ResolutionDetail), url_name="api-resolution"
)
def resolution(request: HttpRequest, pk: Key) -> Any:
    """One resolution; its body is a tree of articles, clauses, points and tables."""
    shown = one(rows.whole_resolutions(), pk=pk)
    behind = rows.papers().filter(resolution_papers__resolution=shown)
    return made.resolution_detail(shown, list(behind.values_list("pk", flat=True)))


@api.get("notices", response=answers(PageOf[records.NoticeRecord]), url_name="api-notices")
def notices(request: HttpRequest, asked: Query[OfCouncil]) -> Any:
    """Corrections and withdrawals of published resolutions."""
    return page_of(request, chosen(rows.notices(), asked, of_council), asked, made.notice_record)


@api.get("persons", response=answers(PageOf[records.PersonRecord]), url_name="api-persons")
def persons(request: HttpRequest, asked: Query[OfCouncil]) -> Any:
    """Delegates, office holders, and who stood in a published poll."""
    return page_of(request, chosen(rows.persons(), asked, of_council), asked, made.person_record)


@api.get("persons/{int:pk}", response=answers(records.PersonRecord), url_name="api-person")
def person(request: HttpRequest, pk: Key) -> Any:
    """One person."""
    return made.person_record(one(rows.persons(), pk=pk))


@api.get("delegates", response=answers(PageOf[records.MandateRecord]), url_name="api-delegates")
def delegates(request: HttpRequest, asked: Query[OfCouncil]) -> Any:
    """Seats of delegates, past and present."""
    return page_of(request, chosen(rows.mandates(), asked, by_term), asked, made.mandate_record)


@api.get("offices", response=answers(PageOf[records.OfficeRecord]), url_name="api-offices")
def offices(request: HttpRequest, asked: Query[OfCouncil]) -> Any:
    """Posts that the council fills by vote."""
    return page_of(request, chosen(rows.offices(), asked, of_council), asked, made.office_record)


@api.get("tenures", response=answers(PageOf[records.TenureRecord]), url_name="api-tenures")
def tenures(request: HttpRequest, asked: Query[OfCouncil]) -> Any:
    """Who held which office from when to when."""
    lookups = {"council": "office__council__slug"}
    return page_of(request, chosen(rows.tenures(), asked, lookups), asked, made.tenure_record)


@api.get("indicators", response=answers(PageOf[records.IndicatorRecord]), url_name="api-indicators")
def indicators(request: HttpRequest, asked: Query[OfSession]) -> Any:
    """Socio-economic figures that reports stated."""
    found = chosen(rows.indicators(), asked, by_session)
    return page_of(request, found, asked, made.indicator_record)


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Any) -> HttpResponse:
    """404 as problem details."""
    return problem(404)


@api.exception_handler(ValidationError)
def faulty(request: HttpRequest, error: Any) -> HttpResponse:
    """422 with each parameter that is wrong."""
    errors = [
        {"parameter": str(fault["loc"][-1]), "message": fault["msg"]} for fault in error.errors
    ]
    return problem(422, detail="Parameters are not of the form that is described.", errors=errors)


@api.exception_handler(Exception)
def broken(request: HttpRequest, error: Exception) -> HttpResponse:
    """An error of ours is logged and answered by the site, never with its trace."""
    raise error


def description() -> dict[str, Any]:
    """The OpenAPI 3.1 document; problems are told in their own media type."""
    schema = dict(api.get_openapi_schema(path_prefix=PREFIX))
    schema["servers"] = [{"url": absolute("/")}]
    for operations in schema["paths"].values():
        for status, response in operations["get"]["responses"].items():
            content = response.get("content", {})
            if int(status) != 200 and "application/json" in content:  # noqa: PLR2004 - HTTP
                content["application/problem+json"] = content.pop("application/json")
    return schema


def patterns() -> list[URLPattern]:
    """The addresses, each behind what all addresses for machines do."""
    return [
        path(f"api/v1/{entry.pattern}", for_machines(entry.callback), name=entry.name)
        for entry in api.urls[0]
        if isinstance(entry, URLPattern) and entry.name != "api-root"
    ]
