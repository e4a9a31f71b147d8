"""Rules as pages show them: grouped by what they are about, with their mark in word and shape."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from council.models import RuleVersion
from council.rules import amendments, text
from council.rules.law import Level, Mark, Provision

GROUPS: Final[dict[str, tuple[Promise, frozenset[str]]]] = {
    "tin-nhiem": (
        _lazy("Lấy phiếu, bỏ phiếu tín nhiệm"),
        frozenset({"confidence", "no_confidence", "ballot"}),
    ),
    "bau": (_lazy("Bầu, phê chuẩn, chỉ định"), frozenset({"election", "approve", "appoint"})),
    "thoi": (_lazy("Miễn nhiệm, từ chức, đại biểu"), frozenset({"dismiss", "resign", "delegate"})),
    "ban-kiem-phieu": (_lazy("Ban kiểm phiếu"), frozenset({"ballot_committee"})),
    "ky-hop": (_lazy("Kỳ họp, chất vấn, cử tri"), frozenset({"session", "voters", "supervision"})),
    "nghi-quyet": (
        _lazy("Biểu quyết, nghị quyết"),
        frozenset({"resolution", "vote", "number", "qppl", "individual", "info", "format"}),
    ),
    "hoi-dong": (_lazy("Hội đồng, nhiệm kỳ"), frozenset({"council", "term", "level"})),
}
LEVELS: Final = {
    Level.NATIONAL: _lazy("Quốc hội"),
    Level.PROVINCE: _lazy("cấp tỉnh"),
    Level.DISTRICT: _lazy("cấp huyện"),
    Level.COMMUNE: _lazy("cấp xã"),
}
MARKS: Final = dict(RuleVersion.MARKS)
SHAPES: Final = {Mark.TEXT: "ok", Mark.MEMORY: "soon", Mark.UNCERTAIN: "late"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A rule with what the page says about it in its own language."""

    rule: Provision

    @property
    def said(self) -> str:
        """What it says, in the reader's language."""
        return self.rule.text_en if get_language() == "en" else self.rule.text_vi

    @property
    def cited(self) -> str:
        """The article, or that the council's own regulation decides."""
        return self.rule.article or _("quy chế của hội đồng")

    @property
    def levels(self) -> str:
        """For whom it holds."""
        return ", ".join(str(words) for level, words in LEVELS.items() if level in self.rule.levels)

    @property
    def mark(self) -> str:
        """How sure we are of the wording, in a word."""
        return str(MARKS[self.rule.mark.value])

    @property
    def shape(self) -> str:
        """The state whose shape the mark's tag takes."""
        return SHAPES[self.rule.mark]

    @property
    def value(self) -> str:
        """The majority, the base, the days or the number."""
        return amendments.value_phrase(self.rule)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed to; what is not understood narrows nothing."""

    group: str
    level: str
    mark: str
    day: date | None
    words: str

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Asked":
        """Read from the address."""
        try:
            day = date.fromisoformat(query.get("ngay", ""))
        except ValueError:
            day = None
        return cls(
            group=_known(query.get("nhom", ""), GROUPS),
            level=_known(query.get("cap", ""), LEVELS),
            mark=_known(query.get("muc", ""), MARKS),
            day=day,
            words=text.fold(query.get("tu", ""))[:100],
        )

    def narrow(self, rules: Iterable[Provision]) -> Iterator[Provision]:
        """The rules asked for, in the order of the rulebook."""
        prefixes = GROUPS[self.group][1] if self.group else None
        for rule in rules:
            if prefixes is not None and rule.subject.partition(".")[0] not in prefixes:
                continue
            if self.level and Level(self.level) not in rule.levels:
                continue
            if self.mark and rule.mark.value != self.mark:
                continue
            if self.day and not rule.in_force(self.day):
                continue
            if self.words and self.words not in _searched(rule):
                continue
            yield rule


def _known(value: str, among: Iterable[str]) -> str:
    return value if value in {str(one) for one in among} else ""


def _searched(rule: Provision) -> str:
    return text.fold(f"{rule.id} {rule.article} {rule.text_vi} {rule.text_en} {rule.source}")


def group_choices() -> list[tuple[str, str]]:
    """The groups for the filter."""
    return [(key, str(label)) for key, (label, _prefixes) in GROUPS.items()]
