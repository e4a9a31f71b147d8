"""What a draft will do to other resolutions: named, taken off again, and begun from the other."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction
from django.utils import timezone

from council.models import User
from council.rules import text
from council.rules.refusals import Refusal, gettext_noop
from council.services import access, audit
from resolutions.models import ArchivedResolution, Relation, Resolution, ResolutionState
from resolutions.queries import relations as queries
from resolutions.queries import texts
from resolutions.rules import labels as numbering
from resolutions.rules import relations as rules
from resolutions.rules.relations import RelationKind, Wanted
from resolutions.services import locks

MOST: Final = 500


@dataclass(frozen=True)
class Typed:
    """A relation as the form gives it: exactly one of `target`, `archived`, `outside` is set."""

    kind: str
    target: Resolution | None = None
    archived: ArchivedResolution | None = None
    outside: str = ""
    target_key: str = ""
    target_words: str = ""
    source_key: str = ""
    old_words: str = ""
    new_words: str = ""
    effective_on: date | None = None


def add(resolution: Resolution, typed: Typed, *, by: User) -> Relation:
    """Say that the draft does something to another text. The same relation twice is refused.

    Raises:
        Refusal: ``access.denied``, ``relation.not_now``, ``relation.other_council``,
            ``relation.not_published``, ``relation.itself``, ``relation.no_target``,
            ``relation.too_many``, ``relation.twice``, ``relation.too_early``, and those of
            `resolutions.rules.relations.check`.
    """
    access.authorise(by, "resolution.edit", resolution.council)
    with transaction.atomic():
        resolution = locks.resolution(resolution.pk)
        _check_open(resolution)
        relation = keep(resolution, typed)
        audit.record(
            "relation.add",
            relation,
            by=by,
            council=resolution.council,
            after=queries.said(relation),
        )
    return relation


def keep(resolution: Resolution, typed: Typed) -> Relation:
    """Check and store one relation of a draft, in the caller's transaction."""
    target = _checked_target(resolution, typed)
    body = queries.text_on(target, timezone.localdate()).body if target else None
    wanted = Wanted(
        RelationKind(typed.kind), typed.target_key, typed.source_key,
        text.nfc(typed.old_words), text.nfc(typed.new_words),
    )  # fmt: skip
    rules.check(wanted, acting=texts.body_of(resolution), target=body)
    words = text.nfc(typed.target_words)
    if target and typed.target_key and body:
        words = numbering.labels_of(body)[typed.target_key].words
    elif target:
        words = ""
    has_words = wanted.kind in rules.WITH_WORDS
    relation = Relation(
        resolution=resolution, position=_next_position(resolution), kind=wanted.kind,
        target=target, archived=typed.archived, outside=text.nfc(typed.outside),
        target_key=wanted.target_key, target_words=words, source_key=wanted.source_key,
        old_words=wanted.old_words if has_words else "",
        new_words=wanted.new_words if has_words else "",
        effective_on=typed.effective_on,
    )  # fmt: skip
    _check_new(relation)
    relation.full_clean()
    relation.save()
    return relation


def _check_open(resolution: Resolution) -> None:
    if resolution.state != ResolutionState.DRAFT:
        raise Refusal(
            "relation.not_now",
            gettext_noop(
                "Chỉ sửa quan hệ văn bản khi nghị quyết là bản soạn. Người duyệt trả lại bản soạn "
                "rồi sửa."
            ),
        )


def _checked_target(resolution: Resolution, typed: Typed) -> Resolution | None:
    """The other resolution, if it is one with pieces; refuses what cannot be acted on."""
    named = [typed.target is not None, typed.archived is not None, bool(typed.outside.strip())]
    if sum(named) != 1:
        raise Refusal(
            "relation.no_target",
            gettext_noop("Chọn đúng một văn bản: trong danh sách, hoặc ghi tên ở ô bên dưới."),
            field="target",
        )
    other = typed.target or typed.archived
    if other is not None and other.council_id != resolution.council_id:
        raise Refusal(
            "relation.other_council",
            gettext_noop("Nghị quyết này của Hội đồng khác nên không sửa đổi, bãi bỏ được."),
            field="target",
        )
    if typed.target is None:
        return None
    if typed.target.pk == resolution.pk:
        raise Refusal(
            "relation.itself",
            gettext_noop("Nghị quyết không thể sửa đổi, bãi bỏ chính nó."),
            field="target",
        )
    if typed.target.state != ResolutionState.PUBLISHED:
        raise Refusal(
            "relation.not_published",
            gettext_noop("Nghị quyết kia chưa ban hành; sửa thẳng bản soạn của nó."),
            field="target",
        )
    return typed.target


def _next_position(resolution: Resolution) -> int:
    last = resolution.relations.order_by("-position").values_list("position", flat=True).first()
    if (last or 0) >= MOST:
        raise Refusal(
            "relation.too_many",
            gettext_noop("Một nghị quyết ghi nhiều nhất %(most)d quan hệ."),
            params={"most": MOST},
        )
    return (last or 0) + 1


def _check_new(relation: Relation) -> None:
    same = relation.resolution.relations.filter(
        kind=relation.kind, target=relation.target, archived=relation.archived,
        outside=relation.outside, target_key=relation.target_key,
        target_words=relation.target_words, old_words=relation.old_words,
    )  # fmt: skip
    if same.exists():
        raise Refusal("relation.twice", gettext_noop("Quan hệ này đã ghi."), field="kind")
    target = relation.target
    begins = queries.begins_on(target) if target else None
    if relation.effective_on and begins and relation.effective_on < begins:
        raise Refusal(
            "relation.too_early",
            gettext_noop("Không thể có hiệu lực trước ngày nghị quyết kia có hiệu lực."),
            field="effective_on",
        )


def remove(relation: Relation, *, by: User) -> None:
    """Take a relation off a draft; a no-op where it is gone.

    Raises:
        Refusal: ``access.denied``, ``relation.not_now``.
    """
    access.authorise(by, "resolution.edit", relation.resolution.council)
    with transaction.atomic():
        resolution = locks.resolution(relation.resolution_id)
        _check_open(resolution)
        found = resolution.relations.filter(pk=relation.pk).first()
        if found is None:
            return
        audit.record(
            "relation.remove", found, by=by, council=resolution.council, before=queries.said(found)
        )
        found.delete()


def keep_all(resolution: Resolution, wanted: Sequence[Typed]) -> None:
    """Store the relations of a draft that was just made, in the caller's transaction."""
    for typed in wanted:
        keep(resolution, typed)


def check_ready(resolution: Resolution) -> None:
    """Refuse a draft whose relations no longer fit its text or the other texts.

    Raises:
        Refusal: those of `resolutions.rules.relations.check`, ``relation.not_published``.
    """
    acting = texts.body_of(resolution)
    for relation in queries.relations_of(resolution):
        target = relation.target
        body = queries.text_on(target, timezone.localdate()).body if target else None
        wanted = Wanted(
            RelationKind(relation.kind), relation.target_key, relation.source_key,
            relation.old_words, relation.new_words,
        )  # fmt: skip
        try:
            rules.check(wanted, acting=acting, target=body)
        except Refusal as refusal:
            raise Refusal(
                refusal.code,
                gettext_noop(
                    "Quan hệ “%(relation)s”: không còn khớp với văn bản. Sửa lại quan hệ."
                ),
                params={"relation": f"{relation} {target or relation.archived or ''}".strip()},
            ) from refusal


def typed_of(target: Resolution, *, kind: str, key: str, source_key: str) -> Typed:
    """A relation to a piece of a resolution, for drafts that write themselves."""
    return dataclasses.replace(Typed(kind), target=target, target_key=key, source_key=source_key)
