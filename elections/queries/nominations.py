"""Whether a candidate may be nominated to an office, by whom and on which day."""

from datetime import date

from council.models import Office, Person, Tenure
from council.rules import figures
from council.rules.offices import Basis, OfficeKind
from council.rules.periods import Interval
from council.rules.refusals import Refusal, gettext_noop
from elections.models import Poll
from elections.rules import nomination


def check_nominator(poll: Poll, office: Office, nominator: Tenure, nominated_on: date) -> str:
    """The article by which the tenure's holder may nominate to the office on the day.

    Raises:
        Refusal: ``nomination.no_authority``, ``nomination.not_in_office``, ``law.no_rule``.
    """
    rule = nomination.check_nominator(
        OfficeKind(office.kind),
        OfficeKind(nominator.office.kind),
        Basis(nominator.basis),
        Interval(nominator.starts_on, nominator.ends_on),
        nominated_on,
        level=poll.council_session.term.council.level,
    )
    return rule.article


def check_nomination(
    poll: Poll, office: Office, *, person: Person, nominator: Tenure, nominated_on: date
) -> str:
    """As `check_nominator`, and the candidate and the day must fit the poll.

    Raises:
        Refusal: those of `check_nominator`; ``nomination.of_another_council``,
            ``nomination.after_the_poll``, ``nomination.not_a_delegate`` (an office of the council
            is filled from among the delegates).
    """
    council_id = poll.council_session.term.council_id
    if nominator.office.council_id != council_id:
        raise Refusal(
            "nomination.of_another_council",
            gettext_noop("Người giới thiệu giữ chức vụ ở hội đồng khác."),
            field="nominator",
        )
    if nominated_on > poll.held_on:
        raise Refusal(
            "nomination.after_the_poll",
            gettext_noop("Ngày giới thiệu phải trước hoặc trong ngày bỏ phiếu %(day)s."),
            params={"day": figures.date_short(poll.held_on)},
            field="nominated_on",
        )
    article = check_nominator(poll, office, nominator, nominated_on)
    check_is_delegate(poll, office, person, article)
    return article


def must_be_delegate(office: Office) -> bool:
    """Whether the office is filled from among the delegates.

    Source: Law 72/2025 Art. 36(1): chair, vice chairs and committee heads of the council. Members
    of the people's committee need not be delegates.
    """
    return OfficeKind(office.kind).block.value == "council"


def check_is_delegate(poll: Poll, office: Office, person: Person, article: str) -> None:
    """Refuse a candidate for an office of the council who has no seat in it on the poll's day.

    Raises:
        Refusal: ``nomination.not_a_delegate``.
    """
    if not must_be_delegate(office):
        return
    seats = person.mandates.filter(term=poll.council_session.term).on(poll.held_on)
    if not seats.exists():
        raise not_a_delegate(office, person, article)


def not_a_delegate(office: Office, person: Person, article: str) -> Refusal:
    """The refusal itself."""
    return Refusal(
        "nomination.not_a_delegate",
        gettext_noop(
            "%(office)s được bầu trong số các đại biểu. %(name)s không phải đại biểu vào ngày bỏ "
            "phiếu."
        ),
        params={"office": office.title, "name": person.full_name},
        cites=article,
        field="person",
    )
