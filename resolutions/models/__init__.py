"""Resolutions: text, approval, number, signature, publication."""

from resolutions.models.publication import (
    Publication,
    PublicationMail,
    PublicationStep,
    Signature,
    StepDone,
)
from resolutions.models.register import NumberEntry, NumberSeries
from resolutions.models.resolutions import (
    Approval,
    Rendering,
    Resolution,
    ResolutionPaper,
    ResolutionState,
    SigningCopy,
    TextVersion,
)

__all__ = [
    "Approval",
    "NumberEntry",
    "NumberSeries",
    "Publication",
    "PublicationMail",
    "PublicationStep",
    "Rendering",
    "Resolution",
    "ResolutionPaper",
    "ResolutionState",
    "Signature",
    "SigningCopy",
    "StepDone",
    "TextVersion",
]
