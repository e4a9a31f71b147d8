"""Read many simulated papers and count what was wrong; tools/omr.py and the tests use it."""

import time
from itertools import count

from elections.scanning.reader import read_image
from tests.scanning_kit.simulation import Score, scan_of


def measured(level: str, first: int, marks: int) -> Score:
    """Papers from seed `first` on until so many marks were compared."""
    score = Score()
    for seed in count(first):
        for scan in scan_of(seed, level):
            started = time.process_time()
            reading = read_image(scan.image, scan.paper.box_map, scan.paper.style)
            score.seconds += time.process_time() - started
            score.add(scan, reading)
        score.last = seed
        if score.marks >= marks:
            return score
    raise AssertionError


def told(level: str, first: int, score: Score) -> str:
    """The figures of one run, as a Markdown table and a list of what was wrong."""
    clear = 100 * score.clear_reviewed / max(1, score.clear)
    lines = [
        f"## {level}, seeds {first}–{score.last}",
        "",
        f"- sides {score.sides}, refused {sum(score.refused.values())} {dict(score.refused) or ''}",
        f"- marks {score.marks}, **wrong {len(score.wrong)}**, to people {score.reviewed}",
        f"- clear marks {score.clear}, of these to people {score.clear_reviewed} = {clear:.2f} %",
        f"- why these went to people: {dict(score.reasons.most_common())}",
        f"- {score.sides / score.seconds:.1f} sides a second of one core, without decoding",
        "",
        "| what the voter did | rows | to people | wrong |",
        "|---|---:|---:|---:|",
    ]
    wrong = [item[3].name for item in score.wrong]
    lines += [
        f"| {kind} | {rows} | {score.kinds_reviewed[kind]} | {wrong.count(kind)} |"
        for kind, rows in sorted(score.kinds.items())
    ]
    for seed, page, entry, plan, reading in score.wrong:
        lines.append(f"\nwrong: seed {seed} side {page} {entry} {plan.name}: {reading}")
    return "\n".join(lines) + "\n"
