"""Resolutions: text, approval, number, signature, publication."""

from resolutions.models.publication import (
    NumberSeries,
    Publication,
    PublicationMail,
    PublicationStep,
    Signature,
    StepDone,
)
from resolutions.models.resolutions import (
    Approval,
    Article,
    Rendering,
    Resolution,
    ResolutionPaper,
    ResolutionState,
)

__all__ = [
    "Approval",
    "Article",
    "NumberSeries",
    "Publication",
    "PublicationMail",
    "PublicationStep",
    "Rendering",
    "Resolution",
    "ResolutionPaper",
    "ResolutionState",
    "Signature",
    "StepDone",
]
