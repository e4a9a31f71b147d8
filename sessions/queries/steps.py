"""The course of one session: nine steps, each with where it is done and what is missing."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from council.rules import figures
from council.rules.work import Step
from sessions.models import ItemKind, Session, SessionState, Sitting
from sessions.queries.facts import Facts

DONE, NEXT, NOW = "done", "next", "now"
BEFORE_CONVENING: Final = (SessionState.DRAFT, SessionState.SUBMITTED, SessionState.APPROVED)
SECRET_KINDS: Final = (ItemKind.CONFIDENCE_VOTE, ItemKind.ELECTION)


_AT: Final = {
    SessionState.DRAFT: 0,
    SessionState.SUBMITTED: 2,
    SessionState.APPROVED: 3,
    SessionState.CONVENED: 4,
    SessionState.IN_PROGRESS: 4,
}
"""Which step the work is at, by the session's state; papers and votes go on beside it."""


def steps(council_session: Session, facts: Facts) -> list[Step]:
    """The steps in order, with the one that the work is at; none once all is done."""
    found = list(_all(council_session, facts))
    first_open = next((place for place, step in enumerate(found) if step.state != DONE), None)
    at = _AT.get(SessionState(council_session.state), first_open)
    if at is not None:
        found[at] = replace(found[at], state=NOW, label=found[at].label or _("Đang làm"))
    return found


def _all(held: Session, facts: Facts) -> Iterator[Step]:
    yield _agenda(held, facts)
    yield _papers(held, facts)
    yield _approval(held)
    yield _convening(held, facts)
    yield _sittings(held, facts)
    yield _votes(held, facts)
    yield _polls(held, facts)
    yield _resolutions(held, facts)
    yield _publication(held, facts)


def _url(name: str, held: Session) -> str:
    return reverse(name, args=[held.term.council.slug, held.pk])


def _step(
    held: Session, title: str, detail: str, *, done: bool, url: str, missing: str = ""
) -> Step:
    label = missing or (_("Xong") if done else "")
    return Step(title, detail, DONE if done else NEXT, _url(url, held), label)


def _agenda(held: Session, facts: Facts) -> Step:
    count = facts.live_items
    detail = ngettext("%(n)d nội dung", "%(n)d nội dung", count) % {"n": count}
    if held.agenda_adopted_at:
        detail = _("%(items)s, Hội đồng đã thông qua") % {"items": detail}
    if facts.decision:
        detail = _("%(items)s; chờ ghi thay đổi: %(what)s") % {
            "items": detail, "what": facts.decision.what,
        }  # fmt: skip
    missing = ""
    if facts.over_minutes and held.state in (*BEFORE_CONVENING, SessionState.CONVENED):
        over = facts.over_minutes
        missing = ngettext("Thừa %(n)d phút", "Thừa %(n)d phút", over) % {"n": over}
    done = bool(count) and held.state != SessionState.DRAFT and not facts.decision
    return _step(
        held, _("Chương trình"), detail, done=done, url="sessions:agenda-edit", missing=missing
    )


def _papers(held: Session, facts: Facts) -> Step:
    detail = ngettext("%(n)d tài liệu", "%(n)d tài liệu", facts.papers) % {"n": facts.papers}
    missing = ""
    if facts.bare_items and held.state != SessionState.CLOSED:
        bare = facts.bare_items
        words = ngettext(
            "%(n)d nội dung chưa có tài liệu", "%(n)d nội dung chưa có tài liệu", bare
        ) % {"n": bare}
        detail = f"{detail} · {words}"
    if facts.waiting_papers:
        waiting = facts.waiting_papers
        missing = ngettext("%(n)d chờ phát hành", "%(n)d chờ phát hành", waiting) % {"n": waiting}
    is_over = held.state == SessionState.CLOSED
    done = (facts.papers > 0 or is_over) and not facts.waiting_papers
    return _step(held, _("Tài liệu"), detail, done=done, url="sessions:paper-list", missing=missing)


def _approval(held: Session) -> Step:
    done = held.approved_at is not None
    if held.approved_at is not None:
        detail = _("%(who)s duyệt ngày %(day)s") % {
            "who": held.approved_by, "day": figures.date_short(held.approved_at.date()),
        }  # fmt: skip
    elif held.state == SessionState.SUBMITTED:
        detail = _("%(who)s đã trình, chờ người khác duyệt") % {"who": held.submitted_by}
    elif held.send_back_reason:
        detail = _("Bị trả lại: %(reason)s") % {"reason": held.send_back_reason}
    else:
        detail = _("Chưa trình")
    return _step(held, _("Duyệt"), detail, done=done, url="sessions:session-detail")


def _convening(held: Session, facts: Facts) -> Step:
    tally = facts.notices
    if held.convened_at is None:
        return _step(
            held, _("Triệu tập"), _("Sau khi được duyệt"), done=False, url="sessions:notice-list"
        )
    detail = _("Giấy triệu tập %(number)s · đã gửi %(sent)d/%(total)d") % {
        "number": held.notice_number, "sent": tally["sent"], "total": tally["total"],
    }  # fmt: skip
    troubled = tally["failed"] + tally["unknown"]
    missing = ngettext("%(n)d chưa gửi được", "%(n)d chưa gửi được", troubled) % {"n": troubled}
    return _step(
        held, _("Triệu tập"), detail, done=not troubled, url="sessions:notice-list",
        missing=missing if troubled else "",
    )  # fmt: skip


def _sittings(held: Session, facts: Facts) -> Step:
    total = len(facts.sittings)
    held_count = sum(one.state == Sitting.State.CLOSED for one in facts.sittings)
    detail = _("%(held)d/%(total)d phiên đã họp") % {"held": held_count, "total": total}
    running = facts.open_sitting
    label = str(running.get_state_display()).capitalize() if running else ""
    if not total:
        label = _("Chưa có lịch")
    done = held.state == SessionState.CLOSED
    return _step(
        held, _("Phiên họp"), detail, done=done, url="sessions:sitting-list", missing=label
    )


def _votes(held: Session, facts: Facts) -> Step:
    detail = ngettext("%(n)d lần biểu quyết", "%(n)d lần biểu quyết", facts.votes) % {
        "n": facts.votes
    }
    done = held.state == SessionState.CLOSED
    return _step(held, _("Biểu quyết"), detail, done=done, url="sessions:vote-list")


def _polls(held: Session, facts: Facts) -> Step:
    total = sum(facts.polls.values())
    kinds = {row.item.kind for row in facts.rows}
    if not total and not kinds.intersection(SECRET_KINDS):
        return _step(
            held, _("Bỏ phiếu kín"), _("Chương trình không có bỏ phiếu kín"),
            done=held.state not in BEFORE_CONVENING, url="elections:polls",
        )  # fmt: skip
    detail = ngettext("%(n)d cuộc bỏ phiếu", "%(n)d cuộc bỏ phiếu", total) % {"n": total}
    if facts.polls["published"]:
        detail = f"{detail} · " + _("%(n)d đã công bố") % {"n": facts.polls["published"]}
    missing = "" if total else _("Chưa lập")
    done = total > 0 and not facts.open_polls
    return _step(held, _("Bỏ phiếu kín"), detail, done=done, url="elections:polls", missing=missing)


def _resolutions(held: Session, facts: Facts) -> Step:
    total = sum(facts.resolutions.values())
    detail = ngettext("%(n)d nghị quyết", "%(n)d nghị quyết", total) % {"n": total}
    if total:
        published = facts.resolutions["published"]
        detail = f"{detail} · " + _("%(n)d đã ban hành") % {"n": published}
    done = total > 0 and not facts.open_resolutions
    url = reverse("resolutions:resolution-list", args=[held.term.council.slug])
    return replace(
        _step(held, _("Nghị quyết"), detail, done=done, url="sessions:session-detail"), url=url
    )


def _publication(held: Session, facts: Facts) -> Step:
    if not held.is_public:
        return Step(
            _("Công khai"), _("Trang công khai mở khi kỳ họp được triệu tập"), NEXT,
            _url("sessions:note-list", held),
        )  # fmt: skip
    done = held.state == SessionState.CLOSED and not facts.open_resolutions
    detail = _("Trang công khai của kỳ họp đang mở; viết phần kết quả, hạn chế, phương hướng")
    return _step(held, _("Công khai"), detail, done=done, url="sessions:note-list")
