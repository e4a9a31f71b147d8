"""Sessions: agenda, papers, sittings, attendance, open votes, indicators."""

from sessions.models.agenda import AgendaDecision, AgendaItem, ItemKind
from sessions.models.bundles import Bundle
from sessions.models.indicators import Indicator
from sessions.models.papers import Document, DocumentKind, DocumentVersion, Visibility
from sessions.models.personal_data import MaskedCopy, PersonalDataCheck, PersonalDataFind
from sessions.models.print_room import Guest, PrintChoices, PrintedSheet
from sessions.models.renditions import Rendition, RenditionPage
from sessions.models.sessions import (
    PUBLIC_STATES,
    NoticeDelivery,
    Session,
    SessionKind,
    SessionNote,
    SessionState,
)
from sessions.models.sittings import Excuse, Presence, Sitting
from sessions.models.uploads import PaperUpload, VersionText
from sessions.models.votes import Matter, OpenVote, OpenVoteChoice, VoteOption

__all__ = [
    "PUBLIC_STATES",
    "AgendaDecision",
    "AgendaItem",
    "Bundle",
    "Document",
    "DocumentKind",
    "DocumentVersion",
    "Excuse",
    "Guest",
    "Indicator",
    "ItemKind",
    "MaskedCopy",
    "Matter",
    "NoticeDelivery",
    "OpenVote",
    "OpenVoteChoice",
    "PaperUpload",
    "PersonalDataCheck",
    "PersonalDataFind",
    "Presence",
    "PrintChoices",
    "PrintedSheet",
    "Rendition",
    "RenditionPage",
    "Session",
    "SessionKind",
    "SessionNote",
    "SessionState",
    "Sitting",
    "VersionText",
    "Visibility",
    "VoteOption",
]
