"""`make omr`: many simulated papers through the reader of scans; prints what was wrong.

`tools/omr.py SEED [LEVEL MARKS]…`, by default 20,000 marks at normal and 5,000 at hard quality;
the level "copied" takes the third simulator (copiers, telephones, fax).
The exit code is not 0 where an answer was wrong.
"""

import sys

import console


def main() -> int:
    """Measure each level and print its figures as Markdown."""
    console.install("requirements-dev.txt")
    console.install_scanning()
    console.continue_in_environment()
    sys.path.insert(0, str(console.ROOT))
    from tests.scanning_kit.measuring import measured, told  # noqa: PLC0415 - after the install

    seed, *levels = sys.argv[1:] or ["20000"]
    pairs = list(zip(levels[::2], levels[1::2], strict=True)) or [
        ("normal", "20000"),
        ("hard", "5000"),
    ]
    wrong = 0
    for level, marks in pairs:
        score = measured(level, int(seed), int(marks))
        wrong += len(score.wrong)
        print(told(level, int(seed), score), flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
