"""The worked tables in docs/rules/*.md: what a person reads is what the tests check."""

from pathlib import Path

RULES = Path(__file__).parent.parent / "docs" / "rules"


def table(page: str, name: str) -> list[dict[str, str]]:
    """The rows of the table behind ``<!-- table: name -->`` in one page, by column heading."""
    text = (RULES / page).read_text(encoding="utf-8")
    _before, marker, after = text.partition(f"<!-- table: {name} -->\n")
    assert marker, f"{page} has no table {name}"
    lines = after.split("\n\n")[0].strip().splitlines()
    header = _cells(lines[0])
    rows = [dict(zip(header, _cells(line), strict=True)) for line in lines[2:]]
    assert rows, f"table {name} is empty"
    return rows


def provisions(page: str) -> list[dict[str, str]]:
    """The rows of the page's first table, where it lists provisions by identifier."""
    lines = (RULES / page).read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("| identifier"))
    header = _cells(lines[start])
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append(dict(zip(header, _cells(line), strict=True)))
    return rows


def number(cell: str) -> int | None:
    """A whole number; an empty cell is "not known"."""
    return int(cell) if cell else None


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]
