"""The ballot committee (Ban kiểm phiếu): size, posts, and who must not sit on it.

Source: HD 883/HD-UBTVQH14 pt 5a, written for the first session of the term 2021–2026; for any
other session it is the council's own regulation, and the sizes are its default.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from council.rules.law import RULEBOOK, Level, Provision
from council.rules.refusals import Refusal, gettext_noop


class Post(StrEnum):
    """Posts on the committee; the same words as the model's."""

    HEAD = "head"
    SECRETARY = "secretary"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Member:
    """A member by the person's key; ``name`` is for the sentence."""

    person: str
    name: str
    post: Post


def minimum_size(*, level: Level | str, on: date) -> Provision:
    """The default of the smallest lawful size; its ``number`` is 7, 5 or 3 by level.

    Raises:
        Refusal: ``law.no_rule`` before 2 June 2021 and for a level that has ended.
    """
    return RULEBOOK.provision_on("ballot_committee.size", on, level)


def standing_members(members: Sequence[Member], standing: Collection[str]) -> list[Member]:
    """Members who stand in a poll, by person's key: they must not count it."""
    return [member for member in members if member.person in standing]


def check_committee(
    members: Sequence[Member],
    *,
    standing: Collection[str],
    level: Level | str,
    on: date,
    minimum: int | None = None,
) -> None:
    """Refuse a committee that may not count.

    Args:
        members: all of them, head and secretary included.
        standing: keys of the persons on the lists of this session's secret polls.
        level: the council's level.
        on: the day of the session.
        minimum: the council's own smallest size, where its regulation has one.

    Raises:
        Refusal: ``committee.member_twice``, ``committee.member_stands``, ``committee.one_head``,
            ``committee.one_secretary``, ``committee.too_small``, ``law.no_rule``.
    """
    _check_once(members)
    _check_standing(members, standing, level=level, on=on)
    _check_post(members, Post.HEAD)
    _check_post(members, Post.SECRETARY)
    rule = RULEBOOK.find("ballot_committee.size", on, level)
    smallest = minimum
    if smallest is None:
        rule = minimum_size(level=level, on=on)
        smallest = rule.needed_number
    if len(members) < smallest:
        raise Refusal(
            "committee.too_small",
            gettext_noop(
                "Ban kiểm phiếu có %(size)d thành viên, cần ít nhất %(minimum)d. Thêm thành viên."
            ),
            params={"size": len(members), "minimum": smallest},
            cites=rule.article if rule is not None and minimum is None else "",
            field="members",
        )


def _check_once(members: Sequence[Member]) -> None:
    seen: set[str] = set()
    for member in members:
        if member.person in seen:
            raise Refusal(
                "committee.member_twice",
                gettext_noop("%(name)s có tên hai lần trong Ban kiểm phiếu. Bỏ một lần."),
                params={"name": member.name},
                field="members",
            )
        seen.add(member.person)


def _check_standing(
    members: Sequence[Member], standing: Collection[str], *, level: Level | str, on: date
) -> None:
    conflicts = standing_members(members, standing)
    if not conflicts:
        return
    rule = RULEBOOK.find("ballot_committee.conflict", on, level)
    raise Refusal(
        "committee.member_stands",
        gettext_noop(
            "%(names)s có tên trong danh sách bỏ phiếu nên không tham gia Ban kiểm phiếu. Chủ tọa "
            "đề nghị Hội đồng nhân dân quyết định người thay thế."
        ),
        params={"names": ", ".join(member.name for member in conflicts)},
        cites=rule.article if rule is not None else "",
        field="members",
    )


def _check_post(members: Sequence[Member], post: Post) -> None:
    found = sum(member.post is post for member in members)
    if found == 1:
        return
    sentence = (
        gettext_noop("Ban kiểm phiếu phải có đúng một Trưởng ban, hiện có %(found)d.")
        if post is Post.HEAD
        else gettext_noop("Ban kiểm phiếu phải có đúng một Thư ký, hiện có %(found)d.")
    )
    raise Refusal(f"committee.one_{post}", sentence, params={"found": found}, field="members")
