"""What a confidence vote is reminded of before it opens; nothing here keeps it closed."""

from collections.abc import Iterator

from council.rules import figures
from council.rules.refusals import Refusal, gettext_noop
from elections.models import Poll
from elections.queries import polls as queries
from elections.queries import split_papers, subject_papers, subjects
from elections.queries.checklist_lines import Line, Page, met, remind
from elections.rules import timing

NAMES_SHOWN = 5
MISSING_IF_ANY = gettext_noop(
    "%(step)s: %(done)d/%(total)d người; còn thiếu %(names)s (hạn %(due)s). Người nào không có ý "
    "kiến thì ghi “Mặt trận Tổ quốc báo không có ý kiến cử tri”."
)


def lines(poll: Poll) -> Iterator[Line]:
    """The list against the law of the day, the time in the term, papers received and sent."""
    yield from list_lines(poll)
    yield from timing_lines(poll)
    for standing in subject_papers.standing(poll):
        yield from paper_lines(standing)


def list_lines(poll: Poll) -> Iterator[Line]:
    """Whether the list is still the one that the law gives on the poll's day."""
    council = poll.council_session.term.council
    try:
        derived = subjects.confidence_subjects(council, poll.held_on)
    except Refusal:
        return
    listed = {
        row.person_id: row.person.full_name
        for part in split_papers.led_together(poll)
        for row in queries.standing_entries(part)
    }
    voted = voted_already(poll)
    due = {
        row.person_id: row.name
        for row in derived.subjects
        if not poll.repeats_id or (row.block == poll.block and row.person_id not in voted)
    }
    missing = [name for person, name in due.items() if person not in listed]
    extra = [name for person, name in listed.items() if person not in due]
    if missing:
        yield remind_list(
            gettext_noop(
                "Theo luật vào ngày bỏ phiếu, danh sách còn thiếu %(names)s. Lập lại danh sách nếu "
                "đúng là thiếu."
            ),
            missing,
            derived.article,
        )
    if extra:
        yield remind_list(
            gettext_noop(
                "Theo luật vào ngày bỏ phiếu, %(names)s không thuộc diện lấy phiếu. Lập lại danh "
                "sách nếu đúng là thừa."
            ),
            extra,
            derived.article,
        )
    if not missing and not extra:
        yield met(
            "open.subjects",
            gettext_noop("Danh sách đúng với luật vào ngày bỏ phiếu (%(n)d người)."),
            {"n": len(listed)},
            derived.article,
        )


def voted_already(poll: Poll) -> set[int]:
    """Who stands on the other paper, where this one is voted on again."""
    other = split_papers.other_part(poll) if poll.repeats_id else None
    return {row.person_id for row in queries.standing_entries(other)} if other else set()


def remind_list(sentence: str, names: list[str], article: str) -> Line:
    """A reminder about the list; the article is that of the list's own rule."""
    return Line(
        "open.subjects",
        is_met=True,
        sentence=sentence,
        params={"names": shown(names)},
        cites=article,
        is_reminder=True,
    )


def timing_lines(poll: Poll) -> Iterator[Line]:
    """At the end of the third year of the term: a reminder only."""
    council_session = poll.council_session
    found = timing.confidence_vote(
        on=poll.held_on,
        term_starts=council_session.term.starts_on,
        session_kind=council_session.kind,
        level=council_session.term.council.level,
    )
    if found is None:
        return
    if found.fits:
        yield met("open.third_year", found.sentence, found.params, found.provision.article)
    else:
        yield remind("open.third_year", found.sentence, found.params, found.provision)


def paper_lines(standing: subject_papers.StepStanding) -> Iterator[Line]:
    """One step: done in time for all, or of whom it is missing or late."""
    rule, due_on = standing.provision, standing.due_on
    if rule is None or due_on is None:
        return
    said: dict[str, object] = {
        "step": standing.label[:1].upper() + standing.label[1:],
        "done": standing.done,
        "total": standing.total,
        "due": figures.date_short(due_on),
    }
    code = f"open.papers_{standing.step}"
    if standing.missing:
        yield remind(
            code,
            MISSING_IF_ANY
            if standing.step in subject_papers.INSTEAD
            else gettext_noop(
                "%(step)s: %(done)d/%(total)d người; còn thiếu %(names)s (hạn %(due)s)."
            ),
            {**said, "names": shown(list(standing.missing))},
            rule,
            Page.SUBJECT_PAPERS,
        )
    if standing.late:
        yield remind(
            code,
            gettext_noop("%(step)s sau hạn %(due)s: %(names)s."),
            {**said, "names": shown(list(standing.late))},
            rule,
            Page.SUBJECT_PAPERS,
        )
    if not standing.missing and not standing.late:
        yield met(
            code,
            gettext_noop("%(step)s: %(done)d/%(total)d người, đúng hạn %(due)s."),
            said,
            rule.article,
        )


def shown(names: list[str]) -> str:
    """The first names, and how many more."""
    more = len(names) - NAMES_SHOWN
    listed = ", ".join(names[:NAMES_SHOWN])
    return f"{listed} (+{more})" if more > 0 else listed
