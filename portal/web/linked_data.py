"""What a page is about, said to machines: schema.org with the terms of ELI, and the card of a link.

Identifiers are addresses in the manner of ELI (docs/api.md): the work is the resolution's page, its
expressions are the Vietnamese text as it was published and as it reads with its amendments, its
manifestations are the files. Legal value is claimed of nothing: a page cannot give it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.urls import reverse

from council.models import Council, Person
from portal.queries.linked import FORMS
from portal.queries.records import absolute, eli_of
from portal.web.reading import Story
from resolutions.models import ArchivedResolution, Relation, Resolution
from resolutions.queries import relations as relation_queries
from resolutions.rules.relations import Action, RelationKind
from resolutions.rules.standing import Standing
from sessions.models import Session

Node = dict[str, Any]
VOCABULARY: Final = "https://schema.org"
CONTEXT: Final = [VOCABULARY, {"eli": "http://data.europa.eu/eli/ontology#"}]
FORCE: Final = {
    Standing.NOT_YET: "NotInForce", Standing.IN_FORCE: "InForce",
    Standing.CORRECTED: "InForce", Standing.AMENDED: "InForce",
    Standing.PARTLY: "PartiallyInForce", Standing.ENDED: "NotInForce",
    Standing.WITHDRAWN: "NotInForce",
}  # fmt: skip
_K = RelationKind
DOES: Final = {
    _K.AMENDS: "eli:amends", _K.SUPPLEMENTS: "eli:amends", _K.REWORDS: "eli:amends",
    _K.REPEALS: "eli:repeals", _K.REPLACES: "eli:repeals", _K.WITHDRAWS: "eli:repeals",
    _K.CORRECTS: "eli:corrects", _K.IMPLEMENTS: "eli:implements",
}  # fmt: skip
SUFFERS: Final = {
    "eli:amends": "eli:amended_by", "eli:repeals": "eli:repealed_by",
    "eli:corrects": "eli:corrected_by", "eli:implements": "eli:implemented_by",
}  # fmt: skip
"""What a relation is called in ELI, and what it is called from the other side."""

MEDIA_TYPES: Final = {
    "pdf": "application/pdf", "xml": "application/akn+xml", "html": "text/html",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
}  # fmt: skip


@dataclass(frozen=True)
class Card:
    """What stands on a link to the page where it is shared, and what machines read of it.

    Args:
        title: of the thing, without the site's name.
        description: a sentence or two.
        data: a JSON-LD document, or nothing.
        data_address: where `data` can be had alone, or nothing.
        kind: a type of Open Graph.
    """

    title: str
    description: str
    data: Node | None = None
    data_address: str = ""
    kind: str = "website"


def resolution_card(shown: Resolution, story: Story, described: str) -> Card:
    """A resolution; `described` is its citation with its standing."""
    address = reverse("portal:resolution-jsonld", args=[shown.council.slug, shown.year, shown.slug])
    title = f"{shown.symbol} {shown.title}"
    return Card(title, described, resolution_data(shown, story), address, kind="article")


def resolution_data(shown: Resolution, story: Story) -> Node:
    """The resolution as a work with its expressions and their files.

    `shown` comes from `portal.queries.linked.with_hashes`.
    """
    work, begins = eli_of(shown), relation_queries.begins_on(shown)
    data: Node = {
        "@context": CONTEXT,
        "@id": work, "@type": ["Legislation", "eli:LegalResource"], "url": work,
        "name": shown.title, "legislationIdentifier": [shown.symbol, work],
        "legislationType": "Nghị quyết", "legislationDate": _day(shown.adopted_on),
        "datePublished": shown.published_at.isoformat() if shown.published_at else None,
        "eli:first_date_entry_in_force": _day(begins),
        "legislationLegalForce": f"{VOCABULARY}/{FORCE[story.now.standing]}",
        "legislationPassedBy": council_node(shown.council),
        "legislationJurisdiction": {"@type": "AdministrativeArea", "name": shown.council.unit},
        "inLanguage": "vi", **_relations(story), "workExample": list(_expressions(shown, story)),
    }  # fmt: skip
    return _said(data)


def _relations(story: Story) -> dict[str, list[Node]]:
    """What it does to others and what others did to it, each address once for each kind."""
    found: dict[str, dict[str, Node]] = defaultdict(dict)
    for row in story.acts:
        name, other = DOES[RelationKind(row.kind)], _target(row)
        found[name][str(other)] = other
        if name != "eli:implements":
            found["legislationChanges"][str(other)] = other
    done = {name: list(nodes.values()) for name, nodes in found.items()}
    return done | _suffered(story.actions)


def _suffered(actions: Iterable[Action]) -> dict[str, list[Node]]:
    """What others did to it; an act that was void before it began did nothing."""
    found: dict[str, dict[str, Node]] = defaultdict(dict)
    for action in actions:
        if action.void_from is None or action.void_from > action.effective_on:
            other = {"@id": absolute(action.address), "name": action.act}
            found[SUFFERS[DOES[action.kind]]][str(other)] = other
    return {name: list(nodes.values()) for name, nodes in found.items()}


def _target(row: Relation) -> Node:
    target = row.target or row.archived
    if target is None:
        return {"@type": "Legislation", "name": row.outside}
    return {"@id": absolute(target.get_absolute_url()), "name": target.symbol}


def _expressions(shown: Resolution, story: Story) -> Iterator[Node]:
    """The Vietnamese text as it was published, and as it reads with its amendments."""
    work = eli_of(shown)
    hidden = any(notice.hides_text for notice in story.notices)
    yield _said(
        {
            "@id": f"{work}#vi", "@type": ["Legislation", "eli:LegalExpression"],
            "exampleOfWork": {"@id": work}, "name": shown.title, "inLanguage": "vi",
            "legislationDateVersion": _day(shown.adopted_on),
            "encoding": [] if hidden else list(_files(shown)),
        }
    )  # fmt: skip
    if story.is_changed and not hidden:
        address = absolute(
            reverse("portal:consolidated", args=[shown.council.slug, shown.year, shown.slug])
        )
        acts = dict.fromkeys(absolute(one.address) for one in story.actions)
        yield {
            "@id": address, "@type": ["Legislation", "eli:LegalExpression"], "url": address,
            "exampleOfWork": {"@id": work}, "name": shown.title, "inLanguage": "vi",
            "legislationConsolidates": [{"@id": one} for one in (f"{work}#vi", *acts)],
        }  # fmt: skip


def _files(shown: Resolution) -> Iterator[Node]:
    """Each file with its digest, where there is one."""
    address = eli_of(shown).rstrip("/")
    for form in FORMS:
        sha256: str | None = getattr(shown, f"{form}_sha256")
        if sha256:
            yield {
                "@id": f"{address}.{form}", "@type": ["LegislationObject", "eli:Format"],
                "contentUrl": f"{address}.{form}", "encodingFormat": MEDIA_TYPES[form],
                "sha256": sha256, "inLanguage": "vi",
            }  # fmt: skip


def archived_card(shown: ArchivedResolution, actions: Sequence[Action], day: date) -> Card:
    """A resolution of the past, known by its file; its force only where an act tells of it."""
    work = absolute(shown.get_absolute_url())
    force = FORCE[relation_queries.standing_on(shown, day, actions=actions)]
    file = absolute(
        reverse("portal:archived-file", args=[shown.council.slug, shown.year, shown.slug])
    )
    data = {
        "@context": CONTEXT, "@id": work, "@type": ["Legislation", "eli:LegalResource"],
        "url": work, "name": shown.title, "legislationIdentifier": [shown.symbol, work],
        "legislationType": "Nghị quyết", "legislationDate": _day(shown.issued_on),
        "eli:first_date_entry_in_force": _day(shown.effective_on),
        "legislationLegalForce": f"{VOCABULARY}/{force}" if actions else None,
        "legislationPassedBy": council_node(shown.council), "inLanguage": "vi",
        **_suffered(actions),
        "encoding": [
            {
                "@type": ["LegislationObject", "eli:Format"], "contentUrl": file,
                "encodingFormat": shown.media_type, "sha256": shown.sha256,
            }
        ],
    }  # fmt: skip
    described = f"{shown.symbol}, {shown.council}"
    return Card(f"{shown.symbol} {shown.title}", described, _said(data), kind="article")


def person_card(shown: Person, described: str) -> Card:
    """A person of public life: the name, as the council knows it."""
    address = absolute(shown.get_absolute_url())
    data = {
        "@context": CONTEXT, "@id": address, "@type": "Person", "url": address,
        "name": shown.full_name, "familyName": shown.family_name, "givenName": shown.given_name,
        "affiliation": council_node(shown.council),
    }  # fmt: skip
    return Card(f"{shown.full_name}, {shown.council}", described, _said(data), kind="profile")


def council_node(council: Council) -> Node:
    """A council by name and address, for what names it."""
    address = absolute(council.get_absolute_url())
    return {"@id": address, "@type": "GovernmentOrganization", "name": str(council), "url": address}


def council_card(council: Council) -> Card:
    """A council as an organisation of government."""
    data = {
        "@context": CONTEXT, **council_node(council),
        "areaServed": {"@type": "AdministrativeArea", "name": council.unit},
        "foundingDate": _day(council.existed_from), "dissolutionDate": _day(council.existed_to),
        "location": council.seat,
    }  # fmt: skip
    return Card(str(council), str(council), _said(data))


def session_card(shown: Session) -> Card:
    """A session as an event of its council."""
    council, address = shown.term.council, absolute(shown.get_absolute_url())
    title = f"{shown}, {council}"
    data = {
        "@context": CONTEXT, "@id": address, "@type": "Event", "url": address, "name": title,
        "startDate": _day(shown.opens_on), "endDate": _day(shown.closes_on),
        "location": {"@type": "Place", "name": shown.place, "address": council.unit},
        "organizer": council_node(council), "description": shown.summary,
        "eventStatus": f"{VOCABULARY}/EventScheduled",
        "eventAttendanceMode": f"{VOCABULARY}/OfflineEventAttendanceMode",
        "inLanguage": "vi",
    }  # fmt: skip
    return Card(title, shown.summary or shown.get_kind_display(), _said(data), kind="article")


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _said(data: Node) -> Node:
    """Without what is not known."""
    return {name: value for name, value in data.items() if value not in (None, "", [])}
