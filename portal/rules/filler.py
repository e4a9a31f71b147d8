"""Made-up resolutions that read like real ones: for measuring, never for showing as true.

The same seed and number give the same text. Places, people and amounts come out of lists, with a
few that come up often and many that come up seldom, as in real archives.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

MARK: Final = "Văn bản tổng hợp tự động để đo tốc độ, không có thật."
"""Stands in each text, so that nobody takes one for a resolution of a council."""

_DATA: Final = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_FIRST, _SECOND, _FAMILIES, _MIDDLES, _GIVENS = (
    _DATA[name].split() for name in ("first", "second", "families", "middles", "givens")
)
_WORKS, _THINGS, _FEES, _GROUPS = (_DATA[name] for name in ("works", "things", "fees", "groups"))
_BOARDS: Final = ("Pháp chế", "Kinh tế - Ngân sách", "Văn hóa - Xã hội")


@dataclass(frozen=True, slots=True)
class Filler:
    """One made-up resolution."""

    title: str
    text: str
    signatory: str


def place_of(random: Random) -> str:
    """The name of a place: some come up often, most seldom."""
    kind = random.choice(("xã", "phường", "thôn", "khu phố", "huyện"))
    return f"{kind} {_often(random, _FIRST)} {_often(random, _SECOND)}"


def person_of(random: Random) -> str:
    """The name of a person."""
    return " ".join(_often(random, names) for names in (_FAMILIES, _MIDDLES, _GIVENS))


def resolution(seed: int, ordinal: int, year: int) -> Filler:
    """The resolution with this ordinal: about 180 words."""
    random = Random(seed * 1_000_003 + ordinal)  # noqa: S311 - filler, not secrets
    title = _sentence(random, random.choice(_DATA["titles"]), year)
    lines = [MARK, _sentence(random, _DATA["head"], year)]
    for article in range(1, 3):
        lines.append(f"Điều {article}. {title}" if article == 1 else f"Điều {article}. Tổ chức")
        lines += [f"{at}. {_point(random, year)}" for at in range(1, 3)]
    lines.append(f"Điều 3. {_DATA['tail']}")
    return Filler(title=title[:500], text="\n".join(lines), signatory=person_of(random))


def _point(random: Random, year: int) -> str:
    return _sentence(random, random.choice(_DATA["points"]), year)


def _sentence(random: Random, pattern: str, year: int) -> str:
    """The pattern with its gaps filled."""
    return pattern.format(
        work=random.choice(_WORKS),
        thing=_often(random, _THINGS),
        other=random.choice(_THINGS),
        place=place_of(random),
        fee=_often(random, _FEES),
        group=_often(random, _GROUPS),
        person=person_of(random),
        board=random.choice(_BOARDS),
        amount=random.randint(10, 99_999),
        n=random.randint(2, 400),
        percent=random.randint(1, 9),
        share=random.randint(60, 99),
        day=random.randint(1, 28),
        month=random.randint(1, 12),
        year=year,
        before=year - 1,
        after=year + 4,
    )


def _often(random: Random, choices: Sequence[str]) -> str:
    """One of the choices; the first ones far more often than the last."""
    return choices[int(random.random() ** 2 * len(choices))]
