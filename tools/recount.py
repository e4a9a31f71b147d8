"""Recompute every outcome of a file made by `manage.py export_counts`, knowing nothing else.

Written from docs/rules/outcome.md and docs/export-counts.md, with the standard library only and no
line of the product, so that a slip there is not repeated here. Run it anywhere:

    python recount.py FILE      exit 0: every outcome is confirmed; 1: a difference; 2: unreadable
"""

import hashlib
import io
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from pathlib import Path
from typing import Any, NamedTuple

CONTRACT = "nghi-truong-counts/1"
OPEN_END = date.max
EXACT = Context(prec=60)
ALL_LEVELS = frozenset({"national", "province", "district", "commune"})
COUNCILS = frozenset({"province", "district", "commune"})
DISTRICTS_ENDED = date(2025, 7, 1)

OPTIONS = {
    "confidence": ["high", "confidence", "low"],
    "no_confidence": ["confidence", "no_confidence"],
    "election": ["for", "against"],
    "dismissal": ["for", "against", "abstain"],
    "removal": ["for", "against", "abstain"],
}


class Rule(NamedTuple):
    """A line of the table "Which rule" in docs/rules/outcome.md."""

    kind: str
    first: date
    last: date
    levels: frozenset[str]
    name: str
    base: str


LAW77, LAW65, LAW72 = date(2016, 1, 1), date(2025, 3, 1), date(2025, 6, 16)
NQ35, NQ85, NQ96 = date(2013, 2, 1), date(2015, 7, 1), date(2023, 7, 1)
TILL_LAW65, TILL_LAW72 = date(2025, 2, 28), date(2025, 6, 15)
TILL_NQ85, TILL_NQ96 = date(2015, 6, 30), date(2023, 6, 30)
RULES = [
    Rule("confidence", NQ35, TILL_NQ85, ALL_LEVELS, "old.nq35", "total"),
    Rule("confidence", NQ85, TILL_NQ96, ALL_LEVELS, "old.nq85", "total"),
    Rule("confidence", NQ96, OPEN_END, ALL_LEVELS, "confidence.denominator", "returned"),
    Rule("no_confidence", NQ85, TILL_NQ96, ALL_LEVELS, "old.no_conf", "total"),
    Rule("no_confidence", NQ96, OPEN_END, ALL_LEVELS, "no_confidence.result", "returned"),
    Rule("election", LAW77, TILL_LAW65, COUNCILS, "law77.election_majority", "total"),
    Rule("election", LAW65, TILL_LAW72, COUNCILS, "law65.election_majority", "total"),
    Rule("election", LAW72, OPEN_END, COUNCILS, "election.majority", "total"),
    Rule("dismissal", LAW77, TILL_LAW65, COUNCILS, "law77.resolution_majority", "total"),
    Rule("dismissal", LAW65, TILL_LAW72, COUNCILS, "law65.resolution_majority", "total"),
    Rule("dismissal", LAW72, OPEN_END, COUNCILS, "resolution.majority", "total"),
    Rule("removal", LAW77, TILL_LAW65, COUNCILS, "law77.remove_delegate", "total"),
    Rule("removal", LAW65, TILL_LAW72, COUNCILS, "law65.remove_delegate", "total"),
    Rule("removal", LAW72, OPEN_END, COUNCILS, "resolution.remove_delegate", "total"),
    Rule("short_council", LAW72, OPEN_END, COUNCILS, "resolution.short_council", "in_office"),
]


class Unreadable(Exception):  # noqa: N818 - names what the file is
    """The file is not what docs/export-counts.md describes."""


def rule_for(kind: str, on: date, level: str, *, short_council: bool) -> Rule | None:
    """The line of the table in force; a district has none from 1 July 2025."""
    decides = kind in {"election", "dismissal", "removal"}
    wanted = "short_council" if short_council and decides else kind
    if level == "district" and on >= DISTRICTS_ENDED:
        return None
    for rule in RULES:
        if rule.kind == wanted and rule.first <= on <= rule.last and level in rule.levels:
            return rule
    return None


def more_than_half(base: int) -> int:
    """The fewest votes that are more than half: 31 of 60 and of 61."""
    return base // 2 + 1


def at_least_two_thirds(base: int) -> int:
    """The fewest votes that are two thirds or more: 40 of 60, 41 of 61."""
    return (2 * base + 2) // 3


def more_than_two_thirds(base: int) -> int:
    """The fewest votes that are more than two thirds: 41 of 60 and of 61."""
    return 2 * base // 3 + 1


def needed_for(rule: Rule, kind: str, base: int) -> int | None:
    """Votes needed to be elected or to pass; confidence has no such number."""
    if rule.kind == "short_council":
        return more_than_two_thirds(base)
    if kind == "removal":
        return at_least_two_thirds(base)
    return more_than_half(base) if kind in {"election", "dismissal"} else None


def percent(votes: int, base: int) -> str:
    """Two decimals, half up, a point."""
    share = EXACT.divide(Decimal(100 * votes), Decimal(base))
    return str(share.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


def winners(votes: Mapping[str, int], needed: int, seats: int) -> set[str]:
    """Most votes first, equal votes together; whom the seats left cannot all hold, none holds."""
    elected: set[str] = set()
    for number in sorted({found for found in votes.values() if found >= needed}, reverse=True):
        group = {code for code, found in votes.items() if found == number}
        if len(elected) + len(group) > seats:
            break
        elected |= group
    return elected


def confidence_verdict(low: int, base: int, on: date) -> str:
    """Two thirds first, then more than half."""
    if low >= at_least_two_thirds(base):
        return "dismissal_to_be_proposed" if on >= NQ96 else "no_confidence_vote"
    return "may_resign_or_no_confidence_vote" if low >= more_than_half(base) else "kept"


def verdicts(poll: Mapping[str, Any], marks: Mapping[str, Mapping[str, int]], rule: Rule,
             base: int) -> dict[str, str]:  # fmt: skip
    """Entry code → verdict; empty where the law gives none."""
    kind, on = poll["kind"], date.fromisoformat(poll["held_on"])
    if base == 0 or (kind == "confidence" and on >= NQ96 and poll["level"] == "commune"):
        return dict.fromkeys(marks, "")
    if kind == "confidence":
        return {code: confidence_verdict(row["low"], base, on) for code, row in marks.items()}
    if kind == "no_confidence":
        bar = more_than_half(base)
        return {
            code: "dismissal_to_be_proposed" if row["no_confidence"] >= bar else "confidence"
            for code, row in marks.items()
        }
    needed = needed_for(rule, kind, base) or 0
    if kind == "election":
        elected: set[str] = set()
        for post in poll["posts"]:
            votes = {code: marks[code]["for"] for code in post["entries"]}
            elected |= winners(votes, needed, post["seats"])
        return {code: "elected" if code in elected else "not_elected" for code in marks}
    return {code: "passed" if row["for"] >= needed else "not_passed" for code, row in marks.items()}


def paper_line(paper: Mapping[str, Any]) -> str:
    """A paper as the line whose sorted heap is fingerprinted."""
    if not paper["valid"]:
        return "invalid"
    return " ".join(f"{code}={mark}" for code, mark in sorted(paper["marks"].items()))


def check_papers(poll: Mapping[str, Any]) -> Iterator[str]:
    """Where the heap of papers does not come to the figures written down."""
    papers, totals = poll["papers"], poll["totals"]
    valid = [paper for paper in papers if paper["valid"]]
    if len(papers) != totals["returned"] or len(valid) != totals["valid"]:
        yield (
            f"có {len(papers)} lá phiếu, {len(valid)} hợp lệ; tệp ghi thu về "
            f"{totals['returned']}, hợp lệ {totals['valid']}"
        )
    tally = tally_papers(poll, valid)
    for code, row in poll["votes"].items():
        for option, votes in row.items():
            if tally[code, option] != votes:
                yield f"{code}, {option}: đếm phiếu được {tally[code, option]}, tệp ghi {votes}"
    lines = "\n".join(sorted(paper_line(paper) for paper in papers))
    if hashlib.sha256(lines.encode()).hexdigest() != poll["papers_sha256"]:
        yield "dấu vân tay của chồng phiếu (papers_sha256) không khớp"


def tally_papers(
    poll: Mapping[str, Any], valid: Sequence[Mapping[str, Any]]
) -> Counter[tuple[str, str]]:
    """(entry code, mark) → papers.

    Raises:
        Unreadable: a paper without all rows, or with a mark that the kind does not know.
    """
    codes = set(poll["votes"])
    marks = {*OPTIONS[poll["kind"]], "@blank", "@over"}
    tally: Counter[tuple[str, str]] = Counter()
    for paper in valid:
        if set(paper["marks"]) != codes or not marks.issuperset(paper["marks"].values()):
            raise Unreadable("một lá phiếu không có đủ các dòng, hoặc có dấu không rõ")
        tally.update(paper["marks"].items())
    return tally


def sums(poll: Mapping[str, Any]) -> Iterator[str]:
    """The identities of the counting minutes that do not hold."""
    paper = poll["totals"]
    pairs = [
        ("in = phát ra + chưa dùng + hỏng", paper["printed"],
         paper["issued"] + paper["unused"] + paper["spoiled"]),
        ("phát ra = thu về + không thu về", paper["issued"],
         paper["returned"] + paper["not_returned"]),
        ("thu về = hợp lệ + không hợp lệ", paper["returned"], paper["valid"] + paper["invalid"]),
    ]  # fmt: skip
    for words, left, right in pairs:
        if left != right:
            yield f"{words} không đúng: {left} và {right}"
    if paper["issued"] > poll["present"] or poll["present"] > poll["total_delegates"]:
        yield "phát ra nhiều hơn có mặt, hoặc có mặt nhiều hơn tổng số đại biểu"
    numbers = [*paper.values(), *(n for row in poll["votes"].values() for n in row.values())]
    if min(numbers) < 0:
        yield "có số âm"


def recount(poll: Mapping[str, Any]) -> Iterator[str]:
    """Every difference between the file's outcome of one poll and the outcome computed here."""
    yield from sums(poll)
    if poll.get("papers") is not None:
        yield from check_papers(poll)
    written, on = poll["outcome"], date.fromisoformat(poll["held_on"])
    rule = rule_for(poll["kind"], on, poll["level"], short_council=poll["short_council"])
    if rule is None:
        yield f"không có quy định cho {poll['kind']} ngày {on} ở cấp {poll['level']}"
        return
    base = poll["totals"]["returned"] if rule.base == "returned" else poll["total_delegates"]
    needed = needed_for(rule, poll["kind"], base) if base else None
    yield from differ("rule", written["rule"], rule.name)
    yield from differ("base", written["base"], rule.base)
    yield from differ("base_value", written["base_value"], base)
    yield from differ("needed", written["needed"], needed)
    found = verdicts(poll, poll["votes"], rule, base)
    yield from differ("entries", list(written["entries"]), list(poll["votes"]))
    for code, marks in poll["votes"].items():
        row = written["entries"].get(code, {})
        void = poll["totals"]["valid"] - sum(marks.values())
        if void < 0:
            yield f"{code}: nhiều dấu hơn phiếu hợp lệ ({-void})"
        shares = {option: percent(votes, base) for option, votes in marks.items()} if base else {}
        yield from differ(f"{code}, votes", row.get("votes"), dict(marks))
        yield from differ(f"{code}, void", row.get("void"), void)
        yield from differ(f"{code}, percent", row.get("percent"), shares)
        yield from differ(f"{code}, verdict", row.get("verdict"), found[code])


def differ(what: str, written: object, found: object) -> Iterator[str]:
    """A sentence where the two are not the same."""
    if written != found:
        yield f"{what}: tệp ghi {written}, tính lại {found}"


def check_shape(poll: Mapping[str, Any]) -> None:
    """Refuse a poll whose rows or options are not those of its kind."""
    options = OPTIONS.get(poll["kind"])
    if options is None or poll["level"] not in ALL_LEVELS:
        raise Unreadable(f"loại hoặc cấp không rõ: {poll['kind']}, {poll['level']}")
    codes = [entry["code"] for entry in poll["entries"]]
    if list(poll["votes"]) != codes or any(list(row) != options for row in poll["votes"].values()):
        raise Unreadable("các dòng hoặc các cột của số phiếu không đúng với loại bỏ phiếu")
    stand = [code for post in poll["posts"] for code in post["entries"]]
    if poll["kind"] == "election" and sorted(stand) != sorted(codes):
        raise Unreadable("mỗi người ứng cử phải thuộc đúng một chức vụ trong posts")


def check_file(text: str) -> list[tuple[str, list[str]]]:
    """Poll by poll, its name and the differences found.

    Raises:
        Unreadable: not JSON, another contract, a field missing or of the wrong type.
    """
    try:
        data = json.loads(text)
        if data["contract"] != CONTRACT:
            raise Unreadable(f"contract phải là {CONTRACT}")
        found = []
        for poll in data["polls"]:
            check_shape(poll)
            found.append((f"{poll['id']} ({poll['council']}: {poll['title']})",
                          list(recount(poll))))  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable(f"{type(error).__name__}: {error}") from error
    return found


def main(arguments: Sequence[str]) -> int:
    """Print the differences; the exit code."""
    if len(arguments) != 1:
        print("Cách dùng: python recount.py FILE", file=sys.stderr)
        return 2
    try:
        found = check_file(Path(arguments[0]).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, Unreadable) as error:
        print(f"{arguments[0]}: không đọc được: {error}", file=sys.stderr)
        return 2
    for name, differences in found:
        for difference in differences:
            print(f"{name}: {difference}")
    wrong = sum(bool(differences) for _name, differences in found)
    print(f"Đã tính lại {len(found)} cuộc bỏ phiếu: {len(found) - wrong} khớp, {wrong} khác.")
    return 1 if wrong else 0


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main(sys.argv[1:]))
