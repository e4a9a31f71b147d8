"""Resolutions: text, approval, number, signature, publication."""

from resolutions.models.archives import (
    ArchivedResolution,
    ArchiveFile,
    ArchiveImport,
    ArchiveRow,
    ArchiveSession,
)
from resolutions.models.copies import WorkingCopy
from resolutions.models.publication import (
    Publication,
    PublicationMail,
    PublicationStep,
    PublishedFile,
    Signature,
    StepDone,
)
from resolutions.models.register import NumberEntry, NumberSeries, RegisterPrint
from resolutions.models.relations import Notice, NoticeLine, Relation
from resolutions.models.resolutions import (
    Approval,
    Rendering,
    Resolution,
    ResolutionPaper,
    ResolutionState,
    SigningCopy,
    TextVersion,
)
from resolutions.models.session_texts import (
    SessionText,
    SessionTextApproval,
    SessionTextFile,
    SessionTextKind,
    SessionTextState,
    SessionTextVersion,
)
from resolutions.models.signing import (
    ELECTRONIC,
    SignatureMethod,
    SignedFile,
    SignedPart,
    SigningCertificate,
    TrustedRoot,
)

__all__ = [
    "ELECTRONIC",
    "Approval",
    "ArchiveFile",
    "ArchiveImport",
    "ArchiveRow",
    "ArchiveSession",
    "ArchivedResolution",
    "Notice",
    "NoticeLine",
    "NumberEntry",
    "NumberSeries",
    "Publication",
    "PublicationMail",
    "PublicationStep",
    "PublishedFile",
    "RegisterPrint",
    "Relation",
    "Rendering",
    "Resolution",
    "ResolutionPaper",
    "ResolutionState",
    "SessionText",
    "SessionTextApproval",
    "SessionTextFile",
    "SessionTextKind",
    "SessionTextState",
    "SessionTextVersion",
    "Signature",
    "SignatureMethod",
    "SignedFile",
    "SignedPart",
    "SigningCertificate",
    "SigningCopy",
    "StepDone",
    "TextVersion",
    "TrustedRoot",
    "WorkingCopy",
]
