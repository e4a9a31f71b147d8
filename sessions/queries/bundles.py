"""Bundles by who reads them: the current one, whether it is stale, whether it may be handed out.

A stale bundle is still handed out, and says so, as long as everything in it may still be read by
its readers; a paper that was withdrawn or replaced by a masked copy closes it at once.
"""

import hashlib
import json
from dataclasses import dataclass

from council.models import Council, Job
from sessions.models import Bundle, Session, Visibility
from sessions.queries import reading
from sessions.queries.reading import Part

FORM = 1
"""Raised when what a bundle looks like changes, so that old ones count as stale."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One bundle as a page offers it.

    Attributes:
        bundle: what can be downloaded now; None where nothing can.
        is_stale: papers changed since it was made.
        file_count: how many papers there are now for these readers.
        job: the making that is under way or failed; None where there is none.
    """

    readers: str
    kind: str
    bundle: Bundle | None
    is_stale: bool
    file_count: int
    job: Job | None


def digest(held: Session, parts: list[Part]) -> str:
    """The content's name: which files, where, under which words."""
    facts = [
        FORM, str(held), held.illustrative_note, held.opens_on.isoformat(),
        held.closes_on.isoformat(),
        [
            [part.label, part.title, part.depth, [_facts(one) for one in part.files]]
            for part in parts
        ],
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()


def _facts(one: reading.ReadableFile) -> list[object]:
    paper = one.document
    return [
        paper.pk, paper.kind, paper.number, paper.title, paper.issuer, str(paper.issued_on or ""),
        one.filename, one.sha256,
    ]  # fmt: skip


def included(parts: list[Part]) -> list[list[object]]:
    """[paper, SHA-256] of every file."""
    return [[one.document.pk, one.sha256] for part in parts for one in part.files]


@dataclass(frozen=True, slots=True)
class Shelf:
    """What certain readers may read of a session now, and the bundles of it that may go out.

    Attributes:
        handed_out: kind → the current bundle, else the last one that is not closed; and whether
            it is stale.
    """

    parts: list[Part]
    digest: str
    handed_out: dict[str, tuple[Bundle, bool]]

    @property
    def file_count(self) -> int:
        """How many papers."""
        return sum(len(part.files) for part in self.parts)


def shelf(held: Session, readers: str) -> Shelf:
    """The papers and the bundles for these readers."""
    parts = reading.parts_of(held, readers)
    current, may_read = digest(held, parts), {tuple(one) for one in included(parts)}
    found: dict[str, tuple[Bundle, bool]] = {}
    for one in Bundle.objects.filter(council_session=held, readers=readers).order_by("-made_at"):
        is_open = bool(one.included) and {tuple(row) for row in one.included} <= may_read
        is_better = one.kind not in found or one.digest == current
        if is_open and is_better:
            found[one.kind] = (one, one.digest != current)
    return Shelf(parts, current, found)


def offers(held: Session, readers: str, *, council: Council) -> list[Offer]:
    """Both forms for these readers, with what can be had now and what is being made."""
    lying = shelf(held, readers)
    prefix = f"bundle:{held.pk}:{readers}:"
    jobs = {
        job.key: job
        for job in Job.objects.filter(council=council, key__startswith=prefix).exclude(
            state=Job.State.DONE
        )
    }
    found = []
    for kind in Bundle.Kind.values:
        bundle, is_stale = lying.handed_out.get(kind, (None, False))
        job = jobs.get(f"{prefix}{kind}:{lying.digest[:16]}")
        found.append(Offer(readers, kind, bundle, is_stale, lying.file_count, job))
    return found


def handed_out(held: Session, readers: str, kind: str) -> Bundle | None:
    """The bundle that these readers may download now: the current one, else one not yet closed."""
    found = shelf(held, readers).handed_out.get(kind)
    return found[0] if found else None


def download_name(bundle: Bundle, council: Council) -> str:
    """``tai-lieu-ky-hop-13-ha-dong.zip``; the staff's own copy says so."""
    ending = {Visibility.STAFF: "-van-phong", Visibility.DELEGATES: "", Visibility.PUBLIC: ""}
    number = bundle.council_session.number
    return (
        f"tai-lieu-ky-hop-{number}-{council.slug}{ending[Visibility(bundle.readers)]}.{bundle.kind}"
    )
