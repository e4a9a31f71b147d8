"""The rulebook between processes, and the two administrators who change it.

Whoever decides something (opens, freezes, closes a vote) calls `refresh` inside its transaction
and so goes by what is approved at that moment, whichever process approved it. Pages are content
with `refresh_if_due`: at most a minute old.
"""

import logging
import time
from dataclasses import replace
from typing import Final

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Max
from django.utils import timezone

from council.models import AuditHead, RuleVersion, User
from council.rules import amendments
from council.rules.law import RULEBOOK, Change, Ending, Provision
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit

log = logging.getLogger(__name__)
WORDS: Final = ("article", "text_vi", "text_en", "source", "note")


class Clock:
    """When this process read the approved changes last."""

    read_at: float | None = None


def refresh() -> None:
    """Read the approved changes (one query) and go by them."""
    approved = list(RuleVersion.objects.approved())
    found = tuple(version.edition or 0 for version in approved)
    if found != RULEBOOK.editions:
        RULEBOOK.take(zip(found, (version.change for version in approved), strict=True))
    Clock.read_at = time.monotonic()


RULEBOOK.look_again = refresh


def refresh_if_due() -> None:
    """Read the approved changes where that was long ago; for pages and tasks.

    `RULEBOOK_REFRESH_SECONDS` says how long; 0 switches it off. A database out of reach is no
    reason to fail here: the page itself will say so.
    """
    every = settings.RULEBOOK_REFRESH_SECONDS
    is_fresh = Clock.read_at is not None and time.monotonic() - Clock.read_at < every
    if not every or is_fresh:
        return
    try:
        refresh()
    except DatabaseError:
        log.warning("the approved rules could not be read", exc_info=True)


def propose(row: Provision, *, like: Provision, by: User) -> RuleVersion:
    """Propose a version of a rule; somebody else decides.

    Args:
        row: the version; it gets its identifier here, and the subject of `like`.
        like: the rule of which it is a version.

    Raises:
        Refusal: ``access.not_administrator``, ``rule.waiting``, and those of
            `council.rules.amendments.check`.
    """
    access.authorise_administrator(by)
    with transaction.atomic():
        refresh()
        check_nothing_waits(like.subject)
        number = RuleVersion.objects.filter(subject=like.subject, kind="version").count() + 1
        row = replace(row, id=f"{like.subject}.v{number}", subject=like.subject)
        amendments.check(RULEBOOK.book, row, like=like)
        version = written(row, like, kind=RuleVersion.Kind.VERSION, by=by)
        return saved(version, "rule.propose", by=by)


def propose_ending(ending: Ending, *, source: str, by: User) -> RuleVersion:
    """Propose that a rule ends without another in its place; somebody else decides.

    Raises:
        Refusal: ``access.not_administrator``, ``rule.waiting``, ``rule.no_source``, and those of
            `council.rules.amendments.check_ending`.
    """
    access.authorise_administrator(by)
    with transaction.atomic():
        refresh()
        amendments.check_ending(RULEBOOK.book, ending)
        rule = RULEBOOK.by_id(ending.rule_id)
        check_nothing_waits(rule.subject)
        version = written(rule, rule, kind=RuleVersion.Kind.ENDING, by=by)
        version.effective_to, version.source = ending.last_day, source
        return saved(version, "rule.propose_ending", by=by)


def check_nothing_waits(subject: str) -> None:
    """One proposal at a time on a subject: two at once could not be read against each other."""
    if RuleVersion.objects.waiting().filter(subject=subject).exists():
        raise Refusal(
            "rule.waiting",
            gettext_noop(
                "Đã có một đề xuất về quy định này đang chờ duyệt. Duyệt hoặc trả lại đề xuất đó "
                "trước."
            ),
        )


def written(row: Provision, like: Provision, *, kind: str, by: User) -> RuleVersion:
    """The proposal's row, not saved."""
    threshold = row.threshold
    base = threshold.base if threshold else row.base
    return RuleVersion(
        kind=kind,
        rule_id=row.id,
        like_id=like.id,
        subject=like.subject,
        effective_from=row.effective_from,
        effective_to=row.effective_to,
        levels=sorted(level.value for level in row.levels),
        mark=row.mark.value,
        share=str(threshold.share) if threshold else "",
        is_strict=threshold.strict if threshold else False,
        base=base.value if base else "",
        days=row.days,
        number=row.number,
        is_setting=row.setting,
        proposed_by=by,
        proposed_at=timezone.now(),
        **{name: getattr(row, name) for name in WORDS},
    )


def saved(version: RuleVersion, verb: str, *, by: User) -> RuleVersion:
    """Save a proposal with its audit entry."""
    version.full_clean()
    version.save()
    audit.record(verb, version, by=by, after=told(version))
    return version


def told(version: RuleVersion) -> dict[str, object]:
    """The proposal in the audit log, whole."""
    plain = ("kind", "rule_id", "like_id", "subject", "levels", "mark", "share", "is_strict")
    rest = ("base", "days", "number", "is_setting")
    return {
        **{name: getattr(version, name) for name in (*plain, *rest, *WORDS)},
        "effective_from": version.effective_from.isoformat(),
        "effective_to": version.effective_to.isoformat() if version.effective_to else None,
    }


def approve(version: RuleVersion, *, seen: str | None = None, by: User) -> RuleVersion:
    """Make a proposal law; not by whoever proposed it. Stored results stay as they are.

    Args:
        seen: the editions of the rulebook (`edition_mark`) against which the approver read the
            proposal; None: just read.

    Raises:
        Refusal: ``access.not_administrator``, ``rule.own_proposal``, ``rule.already_decided``,
            ``rule.book_changed``, and those of `council.rules.amendments`.
    """
    access.authorise_administrator(by)
    with transaction.atomic():
        version = locked(version.pk)
        if version.proposed_by_id == by.pk:
            raise Refusal(
                "rule.own_proposal",
                gettext_noop("Bạn đã đề xuất thay đổi này. Một quản trị viên khác phải duyệt."),
            )
        # The row that every writer locks last is locked first here: editions follow one another.
        AuditHead.objects.select_for_update().filter(pk=1).first()
        refresh()
        if seen is not None and seen != edition_mark():
            raise Refusal(
                "rule.book_changed",
                gettext_noop(
                    "Sổ quy định vừa thay đổi sau khi bạn mở trang này. Đọc lại đề xuất rồi duyệt."
                ),
            )
        check_still_sound(version)
        newest = RuleVersion.objects.aggregate(newest=Max("edition"))["newest"]
        version.edition = (newest or 0) + 1
        decide(version, RuleVersion.State.APPROVED, by=by)
        transaction.on_commit(refresh)
    return version


def reject(version: RuleVersion, *, reason: str, by: User) -> RuleVersion:
    """Send a proposal back with a reason; whoever proposed it may so withdraw it.

    Raises:
        Refusal: ``access.not_administrator``, ``rule.already_decided``, ``rule.no_reason``.
    """
    access.authorise_administrator(by)
    if not reason.strip():
        raise Refusal(
            "rule.no_reason",
            gettext_noop("Ghi lý do để người đề xuất biết phải sửa gì."),
            field="reason",
        )
    with transaction.atomic():
        version = locked(version.pk)
        version.reason = reason.strip()
        decide(version, RuleVersion.State.REJECTED, by=by)
    return version


def decide(version: RuleVersion, state: str, *, by: User) -> None:
    """Write down who decided what about a locked proposal."""
    version.state, version.decided_by, version.decided_at = state, by, timezone.now()
    version.full_clean()
    version.save(update_fields=["state", "decided_by", "decided_at", "reason", "edition"])
    verb = "rule.approve" if state == RuleVersion.State.APPROVED else "rule.reject"
    audit.record(
        verb,
        version,
        by=by,
        before={"state": RuleVersion.State.PROPOSED.value},
        after={**told(version), "edition": version.edition, "reason": version.reason},
    )


def locked(version_pk: int) -> RuleVersion:
    """The proposal, locked, while it waits.

    Raises:
        Refusal: ``rule.already_decided``.
    """
    version = RuleVersion.objects.select_for_update(of=("self",)).get(pk=version_pk)
    if version.state != RuleVersion.State.PROPOSED:
        raise Refusal(
            "rule.already_decided",
            gettext_noop("Đề xuất này đã có quyết định. Trang đang hiện quyết định đó."),
        )
    return version


def check_still_sound(version: RuleVersion) -> None:
    """Refuse what was sound when proposed and is not any more."""
    change: Change = version.change
    if isinstance(change, Ending):
        amendments.check_ending(RULEBOOK.book, change)
    else:
        amendments.check(RULEBOOK.book, change, like=RULEBOOK.by_id(version.like_id))


def edition_mark() -> str:
    """Which approved changes this process goes by, as a word for a form's hidden field."""
    return ".".join(str(edition) for edition in RULEBOOK.editions)
