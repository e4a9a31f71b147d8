"""The second program: what it imports, what it confirms, and that nothing wrong gets past it."""

import ast
import copy
import importlib.util
import json
import random
import subprocess
import sys
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from council.rules import shares
from council.rules.law import RULEBOOK, Level
from council.rules.refusals import Refusal
from elections.models import Poll
from elections.rules import exported, papers, tally
from elections.rules import outcome as rules
from elections.rules.papers import BLANK, OVER, Paper
from elections.rules.polls import PollKind, options_of
from elections.rules.posts import Post
from elections.rules.posts import decide as decide_posts
from tests import rule_tables
from tests.elections import stage as staging

SCRIPT = Path(__file__).parents[2] / "tools" / "recount.py"
POLLS = 10_000
CHANGES_OF_LAW = (
    date(2013, 2, 1), date(2015, 7, 1), date(2016, 1, 1), date(2023, 7, 1), date(2025, 3, 1),
    date(2025, 6, 16), date(2025, 7, 1), date(2026, 3, 1),
)  # fmt: skip


def program():
    """The second program as a module of its own."""
    spec = importlib.util.spec_from_file_location("recount", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


recount = program()


def test_it_imports_the_standard_library_and_nothing_else() -> None:
    names = set()
    for node in ast.walk(ast.parse(SCRIPT.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            names.add(node.module.partition(".")[0])
    assert names <= set(sys.stdlib_module_names)
    assert not names & {"importlib", "runpy"}


def test_its_table_of_rules_is_the_one_in_the_docs() -> None:
    rows = [
        (
            row["kind"],
            date.fromisoformat(row["from"]),
            date.fromisoformat(row["to"]) if row["to"] else date.max,
            frozenset(row["levels"].split()),
            row["rule"],
            row["base"],
        )
        for row in rule_tables.table("outcome.md", "rules")
    ]
    assert rows == [tuple(rule) for rule in recount.RULES]


def test_the_docs_table_of_rules_is_the_rulebook() -> None:
    for row in rule_tables.table("outcome.md", "rules"):
        rule = RULEBOOK.by_id(row["rule"])
        assert rule.effective_from == date.fromisoformat(row["from"])
        assert (rule.effective_to or "") == (date.fromisoformat(row["to"]) if row["to"] else "")
        assert rule.levels == {Level(level) for level in row["levels"].split()}
        assert rule.needed_base == row["base"]


def a_day(chance: random.Random) -> date:
    """Often the day of a change of the law or the one before, else any day in the rulebook."""
    if chance.random() < 0.5:
        return chance.choice(CHANGES_OF_LAW) - timedelta(days=chance.randrange(2))
    return date(2012, 6, 1) + timedelta(days=chance.randrange(6000))


def a_share(chance: random.Random, base: int, most: int) -> int:
    """A number of marks at most `most`, often just at one half or two thirds of the base."""
    edges = [base // 2, base // 2 + 1, (2 * base + 2) // 3, 2 * base // 3, 2 * base // 3 + 1]
    wanted = chance.choice(edges) if chance.random() < 0.6 else chance.randrange(most + 1)
    return max(0, min(most, wanted + chance.choice((0, 0, 0, -1, 1))))


def random_papers(chance: random.Random, kind: str, codes: list[str], returned: int) -> list[Paper]:
    """A heap whose voters lean one way, with blank, double and invalid papers."""
    options = options_of(kind)
    lean = [chance.random() ** 2 + 0.01 for _option in options]
    heap = []
    for _paper in range(returned):
        if chance.random() < 0.04:
            heap.append(Paper({}, is_valid=False))
            continue
        marks = {
            code: chance.choice((BLANK, OVER))
            if chance.random() < 0.05
            else chance.choices(options, lean)[0]
            for code in codes
        }
        heap.append(Paper(marks))
    return heap


def random_lines(chance, kind, codes, *, valid, base):
    """Row by row: the deciding option near a threshold, the others from what is left."""
    lines = {}
    deciding = {"confidence": "low", "no_confidence": "no_confidence"}.get(kind, "for")
    for code in codes:
        row = {deciding: a_share(chance, base, valid)}
        left = valid - row[deciding]
        for option in options_of(kind):
            if option != deciding:
                row[option] = left if chance.random() < 0.4 else chance.randrange(left + 1)
                left -= row[option]
        lines[code] = {option: row[option] for option in options_of(kind)}
    if len(codes) > 1 and chance.random() < 0.3:  # equal votes
        lines[codes[1]] = dict(lines[codes[0]])
    return lines


def random_posts(chance: random.Random, kind: str, codes: list[str]) -> list[exported.PostData]:
    """One post with all rows, or an election to two."""
    parts = [codes]
    if kind == "election" and len(codes) > 1 and chance.random() < 0.4:
        cut = chance.randint(1, len(codes) - 1)
        parts = [codes[:cut], codes[cut:]]
    return [exported.PostData("", chance.randint(1, len(part)), tuple(part)) for part in parts]


def ours(kind: str, posts: list[exported.PostData], **common) -> rules.Outcome:
    """The product's outcome."""
    if kind != "election":
        return rules.decide(kind, present=None, **common)
    asked = [Post(key, post.seats, frozenset(post.entries)) for key, post in enumerate(posts)]
    return decide_posts(asked, **common).outcome


def random_poll(chance: random.Random, number: int) -> exported.CountedPoll | None:
    """A poll of any kind, day and level as it is frozen; None where the law has no rule."""
    kind, level, on = chance.choice(list(PollKind)), chance.choice(list(Level)), a_day(chance)
    total = chance.randint(1, 150)
    present = chance.randint(0, total)
    issued = present if chance.random() < 0.7 else chance.randint(0, present)
    returned = issued if chance.random() < 0.7 else chance.randint(0, issued)
    codes = [f"c{place:02d}" for place in range(1, chance.choice((1, 1, 2, 3, 6)) + 1)]
    heap = random_papers(chance, kind, codes, returned) if chance.random() < 0.15 else None
    if heap is None:
        invalid = chance.choice((0, 0, 0, min(1, returned), chance.randint(0, returned)))
        valid = returned - invalid
        base = chance.choice((returned, total))
        lines = random_lines(chance, kind, codes, valid=valid, base=base)
    else:
        counted = papers.count(heap, codes, options_of(kind))
        valid, invalid = counted.valid, counted.invalid
        lines = {
            code: {option: counted.lines[code, option] for option in options_of(kind)}
            for code in codes
        }
    unused, spoiled = chance.randrange(5), chance.randrange(3)
    totals = tally.SheetTotals(
        printed=issued + unused + spoiled, issued=issued, unused=unused, spoiled=spoiled,
        returned=returned, not_returned=issued - returned, valid=valid, invalid=invalid,
    )  # fmt: skip
    entries = [tally.EntryCount(code, code, lines[code]) for code in codes]
    is_short = chance.random() < 0.1
    assert not tally.errors(
        tally.check(kind, totals, entries, total_delegates=total, present=present)
    )
    posts = random_posts(chance, kind, codes)
    common = {
        "on": on, "level": level, "totals": totals, "entries": entries, "total_delegates": total,
        "is_short_council": is_short,
    }  # fmt: skip
    try:
        decided = ours(kind, posts, **common)
    except Refusal:
        return None
    return exported.CountedPoll(
        id=number, council="thu", level=str(level), term="2026-2031", number=1, kind=str(kind),
        title=f"{kind} {on} {level}", held_on=on, round=1, is_annulled=False,
        is_short_council=is_short, total_delegates=total, present=present,
        way="totals" if heap is None else "ballots", records_sha256="",
        totals={name: getattr(totals, name) for name in tally.TOTAL_FIELDS},
        entries=[exported.EntryData(code, code, "", "none") for code in codes],
        posts=posts, votes=lines, papers=heap,
        outcome=frozen(decided),
    )  # fmt: skip


def frozen(decided: rules.Outcome) -> exported.OutcomeData:
    """The product's outcome as its tables keep it."""
    return exported.OutcomeData(
        rule=decided.rule.id, article=decided.rule.article, base=str(decided.base),
        base_value=decided.base_value or 0, needed=decided.needed, sha256="",
        lines={
            row.entry: exported.LineData(
                row.counts, row.void or 0,
                {option: shares.percent_plain(share) for option, share in row.percent.items()},
                str(row.verdict or ""),
            )
            for row in decided.entries
        },
    )  # fmt: skip


@pytest.fixture(scope="module")
def sample() -> list[exported.CountedPoll]:
    """`POLLS` polls for which there is a law, always the same."""
    chance, found, number = random.Random(2028), [], 0
    while len(found) < POLLS:
        number += 1
        poll = random_poll(chance, number)
        if poll is not None:
            found.append(poll)
    return found


@pytest.mark.timeout(300)
def test_both_programs_agree_on_ten_thousand_random_polls(sample) -> None:
    text = json.dumps(exported.file_of(sample))
    found = recount.check_file(text)
    assert len(found) == POLLS
    assert {name: why for name, why in found if why} == {}
    verdicts = {line.verdict for poll in sample for line in poll.outcome.lines.values()}
    assert verdicts == {"", *map(str, rules.Verdict)}
    assert {poll.outcome.rule for poll in sample} == {rule.name for rule in recount.RULES}


def test_where_the_product_finds_no_rule_neither_does_the_second_program() -> None:
    chance = random.Random(96)
    for _poll in range(3000):
        kind, level, on = chance.choice(list(PollKind)), chance.choice(list(Level)), a_day(chance)
        subject = {
            PollKind.CONFIDENCE: "confidence.base",
            PollKind.NO_CONFIDENCE: "no_confidence.result",
            PollKind.ELECTION: rules.ELECTION_MAJORITY,
            PollKind.DISMISSAL: rules.RESOLUTION_MAJORITY,
            PollKind.REMOVAL: rules.REMOVAL_MAJORITY,
        }[kind]
        ours = RULEBOOK.find(subject, on, level)
        theirs = recount.rule_for(str(kind), on, str(level), short_council=False)
        assert (ours and ours.id) == (theirs and theirs.name), (kind, level, on)


def changed(value, chance: random.Random):
    """Another value of the same type."""
    match value:
        case bool():
            return not value
        case int():
            return value + chance.choice((-1, 1, 7))
        case None:
            return 3
        case str():
            return f"{value}x"
        case _:
            raise AssertionError(value)


@pytest.mark.timeout(300)
def test_no_single_number_or_verdict_of_an_outcome_can_be_changed_unseen(sample) -> None:
    chance = random.Random(17)
    for poll in chance.sample(sample, 1500):
        data = json.loads(json.dumps(exported.poll_data(poll)))
        row = chance.choice(list(data["outcome"]["entries"].values()))
        places = [
            (data["outcome"], "rule"), (data["outcome"], "base"), (data["outcome"], "base_value"),
            (data["outcome"], "needed"), (row, "void"), (row, "verdict"),
            *[(row["votes"], option) for option in row["votes"]],
            *[(row["percent"], option) for option in row["percent"]],
            *[(data["totals"], name) for name in data["totals"]],
            *[(votes, option) for votes in data["votes"].values() for option in votes],
        ]  # fmt: skip
        where, what = chance.choice(places)
        where[what] = changed(where[what], chance)
        assert list(recount.recount(data)), (what, poll.title)


def test_a_paper_changed_added_or_taken_away_is_seen(sample) -> None:
    with_papers = [p for p in sample if p.papers and any(paper.is_valid for paper in p.papers)]
    assert len(with_papers) > 500
    for poll in with_papers[:200]:
        data = json.loads(json.dumps(exported.poll_data(poll)))
        assert list(recount.recount(data)) == []
        for spoil in (spoil_mark, lambda heap: heap.pop(), lambda heap: heap.append(heap[0])):
            other = copy.deepcopy(data)
            spoil(other["papers"])
            assert list(recount.recount(other))


def spoil_mark(heap) -> None:
    paper = next(paper for paper in heap if paper["valid"])
    code = next(iter(paper["marks"]))
    paper["marks"][code] = "@over" if paper["marks"][code] != "@over" else "@blank"


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{}", '{"contract": "other"}', '{"contract": "nghi-truong-counts/1"}',
        '{"contract": "nghi-truong-counts/1", "polls": [{}]}',
        '{"contract": "nghi-truong-counts/1", "polls": [3]}',
    ],
)  # fmt: skip
def test_what_is_no_such_file_is_unreadable(text: str, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(text)
    with pytest.raises(recount.Unreadable):
        recount.check_file(text)
    assert recount.main([str(path)]) == 2


def run(path: Path) -> subprocess.CompletedProcess[str]:
    """As anybody would: isolated from our packages."""
    return subprocess.run(
        [sys.executable, "-I", str(SCRIPT), str(path)],
        text=True, capture_output=True, check=False, cwd=path.parent,
    )  # fmt: skip


@pytest.mark.django_db
def test_the_exported_file_of_an_agreed_poll_is_confirmed(tmp_path: Path) -> None:
    stage = staging.build()
    outcome = staging.agreed(stage, staging.confidence(stage))
    election = staging.election(stage)
    staging.candidate(stage, election, 30)
    path = tmp_path / "counts.json"
    call_command("export_counts", path, stderr=StringIO())
    done = run(path)
    assert (done.returncode, done.stdout.count("\n")) == (0, 1), done.stdout + done.stderr
    data = json.loads(path.read_text())
    (poll,) = data["polls"]  # the election is not agreed
    assert (poll["id"], poll["outcome"]["sha256"]) == (outcome.poll_id, outcome.digest)
    assert poll["papers"] is None
    poll["outcome"]["entries"]["c01"]["verdict"] = "dismissal_to_be_proposed"
    path.write_text(json.dumps(data))
    done = run(path)
    assert done.returncode == 1
    assert "c01, verdict" in done.stdout


@pytest.mark.django_db
def test_only_agreed_polls_of_the_council_asked_for_are_exported() -> None:
    stage = staging.build()
    poll = staging.counting(stage, staging.confidence(stage))
    staging.typed(stage, poll, "counter1")
    staging.typed(stage, poll, "counter2")

    def exported_ids(*arguments: str) -> list[int]:
        out = StringIO()
        call_command("export_counts", "-", *arguments, stdout=out)
        return [row["id"] for row in json.loads(out.getvalue())["polls"]]

    assert exported_ids() == []
    with pytest.raises(CommandError, match="chưa được xác nhận"):
        exported_ids("--poll", str(poll.pk))
    staging.counts.agree(poll, by=stage.user("counter1"))
    assert exported_ids() == []
    staging.counts.confirm(Poll.objects.get(pk=poll.pk), by=stage.user("counter2"))
    assert exported_ids("--council", "tinh-thu") == exported_ids("--poll", str(poll.pk))
    assert exported_ids("--council", "tinh-thu") == [poll.pk]
    assert exported_ids("--council", "khac") == []
