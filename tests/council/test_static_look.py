"""The look as a promise: contrast in light and dark, nothing inline that the policy would block."""

import re
from pathlib import Path

import pytest

from tests.processes import ROOT

CSS = ROOT / "static" / "css"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
TOKENS = (CSS / "tokens.css").read_text("utf-8")

WORDS = [
    ("ink", "paper"), ("ink", "ground"), ("ink", "sunk"), ("ink-2", "paper"), ("ink-2", "ground"),
    ("ink-2", "sunk"), ("ink-3", "paper"), ("ink-3", "ground"), ("ink-3", "sunk"),
    ("link", "paper"), ("link", "ground"), ("link", "sunk"), ("link", "accent-soft"),
    ("accent-strong", "paper"), ("accent-ink", "accent"), ("accent-ink", "accent-strong"),
    ("ok", "ok-soft"), ("warn", "warn-soft"), ("bad", "bad-soft"), ("bad", "paper"),
    ("ok", "paper"),
    ("ink", "ok-soft"), ("ink", "warn-soft"), ("ink", "bad-soft"), ("ink", "accent-soft"),
    ("ink-2", "ok-soft"), ("ink-2", "warn-soft"), ("ink-2", "bad-soft"), ("link", "bad-soft"),
    ("ink-3", "accent-soft"), ("paper", "bad"),
]  # fmt: skip
SHAPES = [
    ("rule-strong", "paper"), ("rule-strong", "ground"), ("focus", "paper"), ("focus", "ground"),
    ("accent", "paper"), ("accent", "accent-soft"), ("ok", "paper"), ("high", "paper"),
    ("low", "paper"), ("high", "mid"), ("bad", "bad-soft"),
]  # fmt: skip


def colours(selector: str) -> dict[str, tuple[int, int, int]]:
    """The colour tokens of one rule of tokens.css."""
    body = TOKENS.split(selector + " {", 1)[1].split("}", 1)[0]
    found = {}
    for name, digits in re.findall(r"--([a-z0-9-]+): #([0-9a-f]{3,6});", body):
        wide = digits if len(digits) == 6 else "".join(sign * 2 for sign in digits)
        red, green, blue = (int(wide[place : place + 2], 16) for place in (0, 2, 4))
        found[name] = (red, green, blue)
    return found


THEMES = {
    "light": colours(":root"),
    "dark by the system": colours(':root:not([data-bs-theme="light"])'),
    "dark by choice": colours('\n:root[data-bs-theme="dark"]'),
}


def luminance(colour: tuple[int, int, int]) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    parts = [part / 255 for part in colour]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("word", "ground"), WORDS)
def test_words_can_be_read_on_their_ground(theme: str, word: str, ground: str) -> None:
    assert contrast(THEMES[theme][word], THEMES[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_shapes_stand_out_from_their_ground(theme: str, shape: str, ground: str) -> None:
    needed = 2 if {shape, ground} == {"high", "mid"} else 3  # neighbours have a gap between them
    assert contrast(THEMES[theme][shape], THEMES[theme][ground]) >= needed


def test_dark_is_the_same_by_choice_and_by_the_system() -> None:
    assert THEMES["dark by choice"] == THEMES["dark by the system"]
    assert THEMES["dark by choice"].keys() == THEMES["light"].keys()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.parent.name + "/" + path.name)
def test_a_template_holds_nothing_that_the_security_policy_blocks(path: Path) -> None:
    source = path.read_text("utf-8")
    assert not re.search(r"<[^>{]*\sstyle\s*=", source), "inline style"
    assert "<style" not in source
    assert not re.search(r"<script(?![^>]*\ssrc=)", source), "inline script"
    assert not re.search(r"<[^>]*\son[a-z]+\s*=", source), "inline handler"
    assert not re.search(r"""(src|href)=["'](https?:)?//""", source), "loaded from elsewhere"


def test_no_file_of_ours_is_too_long_to_read() -> None:
    for path in [*CSS.glob("*.css"), *(ROOT / "static" / "js").glob("*.js")]:
        assert len(path.read_text("utf-8").splitlines()) <= 400, path.name
