"""On whom a confidence vote is taken on a day: the rule applied to the tenures of that day."""

from dataclasses import dataclass
from datetime import date

from council.models import Council, SettingKey, Tenure
from council.queries import setting_on, tenures_on
from council.rules.offices import Basis, OfficeKind
from elections.rules import subjects as rules


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """One line of the ballot paper to be: the person, the highest post's tenure, all posts."""

    person_id: int
    tenure_id: int
    name: str
    post: str
    block: str


@dataclass(frozen=True, slots=True)
class ExemptRow:
    """One holder on whom no vote is taken, why, and by which article."""

    person_id: int
    name: str
    post: str
    code: str
    reason: str
    article: str


@dataclass(frozen=True, slots=True)
class Derived:
    """The list that the law gives, or the sentence why it gives none."""

    subjects: tuple[SubjectRow, ...]
    exemptions: tuple[ExemptRow, ...]
    explanation: str
    article: str
    note: str
    by_regulation: bool
    regulation: str

    @property
    def is_taken(self) -> bool:
        """Whether a confidence vote is taken at this level at all."""
        return bool(self.subjects or self.exemptions) or not self.explanation


def confidence_subjects(council: Council, day: date) -> Derived:
    """Who is voted on and who is exempt, from the tenures of the day.

    Raises:
        Refusal: ``law.no_rule`` before 1 July 2023 and for a level that has ended.
    """
    tenures = list(tenures_on(council, day))
    value, source = setting_on(council, SettingKey.CONFIDENCE_AT_COMMUNE, day)
    found = rules.derive(
        [holding_of(tenure, place) for place, tenure in enumerate(tenures)],
        on=day,
        level=council.level,
        by_regulation=value == "1",
    )
    explains = found.not_subject if found.rule is None else found.rule
    return Derived(
        subjects=tuple(
            SubjectRow(
                int(row.person), row.holdings[0].key or 0, row.name, row.post_words, row.block.value
            )
            for row in found.subjects
        ),
        exemptions=tuple(
            ExemptRow(
                int(row.person), row.name, ", ".join(row.posts), row.code, row.sentence, row.article
            )
            for row in found.exempt
        ),
        explanation=found.not_subject.text_vi if found.rule is None and found.not_subject else "",
        article=explains.article if explains else "",
        note=found.not_subject.note if found.not_subject else "",
        by_regulation=found.by_regulation,
        regulation=source if found.by_regulation else "",
    )


def holding_of(tenure: Tenure, place: int) -> rules.Holding:
    """A tenure as the rules read it; `place` keeps the council's own order of its offices."""
    return rules.Holding(
        person=str(tenure.person_id),
        name=tenure.person.full_name,
        office_kind=OfficeKind(tenure.office.kind),
        title=tenure.office.title,
        basis=Basis(tenure.basis),
        elected_on=tenure.starts_on,
        ends_on=tenure.ends_on,
        retirement_announced_on=tenure.retirement_announced_on,
        position=place,
        key=tenure.pk,
    )
