"""Begin a resolution that acts on another: the draft and its relations in one step."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone, translation

from council.models import User
from council.rules.refusals import Refusal, gettext_noop
from council.services import access
from resolutions.models import Resolution, ResolutionState
from resolutions.queries import outcomes, sources
from resolutions.queries import relations as queries
from resolutions.rules import amending, parsing, templates_session
from resolutions.rules.amending import Change, Deed, Named
from resolutions.rules.standing import Standing
from resolutions.rules.templates_session import TemplateKind
from resolutions.services import drafts, relations
from sessions.models import Session


def begin(
    target: Resolution,
    *,
    council_session: Session,
    deed: str,
    changes: Sequence[Change] = (),
    by: User,
) -> Resolution:
    """Draft the resolution that amends, replaces, repeals or implements another, quoting it.

    Raises:
        Refusal: ``access.denied``, ``relation.not_published``, ``relation.ended``,
            ``relation.other_council``, ``skeleton.no_law``, those of
            `resolutions.rules.amending.drafted`.
    """
    access.authorise(by, "resolution.edit", target.council)
    with transaction.atomic():
        _check(target, council_session)
        day = council_session.closes_on
        wanted = _drafted(target, council_session, Deed(deed), changes)
        resolution = Resolution(
            council_session=council_session, kind=target.kind,
            illustrative_note=council_session.illustrative_note,
        )  # fmt: skip
        frame = _frame(council_session, wanted.title)
        resolution = drafts.write_new(resolution, frame.draft, day=day, body=wanted.body, by=by)
        relations.keep_all(
            resolution,
            [
                relations.typed_of(
                    target, kind=one.kind, key=one.target_key, source_key=one.source_key
                )
                for one in wanted.relations
            ],
        )
    return resolution


def _check(target: Resolution, council_session: Session) -> None:
    if target.state != ResolutionState.PUBLISHED:
        raise Refusal(
            "relation.not_published",
            gettext_noop("Nghị quyết kia chưa ban hành; sửa thẳng bản soạn của nó."),
        )
    if council_session.term.council_id != target.council_id:
        raise Refusal(
            "relation.other_council",
            gettext_noop("Nghị quyết này của Hội đồng khác nên không sửa đổi, bãi bỏ được."),
            field="council_session",
        )
    now = queries.standing_on(target, timezone.localdate())
    if now in (Standing.ENDED, Standing.WITHDRAWN):
        raise Refusal(
            "relation.ended",
            gettext_noop("Nghị quyết này đã hết hiệu lực hoặc đã thu hồi, không còn gì để sửa."),
        )


def _drafted(
    target: Resolution, council_session: Session, deed: Deed, changes: Sequence[Change]
) -> amending.Amending:
    with translation.override(outcomes.VIETNAMESE):
        council = f"Hội đồng nhân dân {target.council.unit}"
    named = Named(target.symbol, target.adopted_on or council_session.closes_on, council,
                  target.title)  # fmt: skip
    now = queries.text_on(target, timezone.localdate()).body
    frame = parsing.body_of(_frame(council_session, named.title).draft.articles)
    return amending.drafted(deed, named, now, changes, frame=frame)


def _frame(council_session: Session, title: str) -> templates_session.Drafted:
    """Bases, closing formula, recipients, and the article that says who carries it out."""
    facts = sources.template_facts(council_session, title=title)
    return templates_session.drafted(
        TemplateKind.GENERAL, outcomes.session_facts(council_session, council_session.closes_on),
        facts,
    )  # fmt: skip
