"""How far a version is on its way to the public: looked through, decided, masked."""

import hashlib
import json
from dataclasses import dataclass
from typing import Final

from council.models import Council, Job
from sessions.models import DocumentVersion, MaskedCopy, PersonalDataCheck, PersonalDataFind

CHECK_KEY: Final = "personal-data:{version}"
MASK_KEY: Final = "masked:{version}:{digest}"
Decision = PersonalDataFind.Decision


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known and what is still to do.

    Attributes:
        check: None while nobody has looked.
        open_count: finds without a decision.
        masks: finds to be covered.
        copy: the masked copy of exactly these decisions; None where none is needed or made yet.
        job: what is under way or failed.
    """

    version: DocumentVersion
    check: PersonalDataCheck | None
    finds: list[PersonalDataFind]
    digest: str
    copy: MaskedCopy | None
    job: Job | None

    @property
    def open_count(self) -> int:
        """Finds without a decision."""
        return sum(not one.decision for one in self.finds)

    @property
    def masks(self) -> list[PersonalDataFind]:
        """Finds that are to be covered."""
        return [one for one in self.finds if one.decision == Decision.MASK]

    @property
    def is_ready(self) -> bool:
        """Whether nothing stands in the way of publishing."""
        has_copy = not self.masks or self.copy is not None
        return self.check is not None and not self.open_count and has_copy


def digest_of(finds: list[PersonalDataFind]) -> str:
    """The name of what is to be covered."""
    masks = sorted(
        [one.kind, one.text, one.pages] for one in finds if one.decision == Decision.MASK
    )
    return hashlib.sha256(json.dumps(masks, ensure_ascii=False).encode()).hexdigest()


def standing(version: DocumentVersion, council: Council) -> Standing:
    """How far this version is."""
    check = PersonalDataCheck.objects.filter(version=version).first()
    finds = list(check.finds.select_related("decided_by").order_by("pk")) if check else []
    digest = digest_of(finds)
    copy = MaskedCopy.objects.filter(version=version, digest=digest).first()
    keys = [
        CHECK_KEY.format(version=version.pk),
        MASK_KEY.format(version=version.pk, digest=digest[:16]),
    ]
    jobs = Job.objects.filter(key__in=keys, council=council).exclude(state=Job.State.DONE)
    return Standing(version, check, finds, digest, copy, jobs.order_by("-pk").first())
