"""What the page of one session says: its steps, its checklist, and the one thing to do next."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from council.services import access
from council.web.requests import StaffRequest
from sessions.forms.sessions import ConveneForm, SendBackForm, StoryForm
from sessions.models import Session, SessionState, Sitting
from sessions.queries import deadlines, facts, sessions, steps
from sessions.queries.facts import Facts


@dataclass(frozen=True, slots=True)
class NextAction:
    """The one next thing: a link (`url`), or a form that the template shows (`form`).

    `blocked` says why it cannot be done yet, or by this account; empty where it can.
    """

    sentence: str
    label: str
    url: str = ""
    form: str = ""
    blocked: str = ""
    hint: str = ""


def context(request: StaffRequest, council_session: Session, **forms: object) -> dict[str, object]:
    """The page; a form that was refused replaces the fresh one."""
    today = timezone.localdate()
    known = facts.of(council_session)
    late = sessions.days_late(council_session, today)
    return {
        "council": request.council,
        "nav_section": "sessions",
        "council_session": council_session,
        "facts": known,
        "steps": steps.steps(council_session, known),
        "checklist": deadlines.checklist(council_session, known, today),
        "action": next_action(request, council_session, known),
        "days_late": late if council_session.state == SessionState.APPROVED else 0,
        "may_edit": access.may(request.roles, "session.edit"),
        "may_approve": access.may(request.roles, "session.approve"),
        "send_back_form": SendBackForm(),
        "convene_form": ConveneForm(),
        "story_form": StoryForm(initial=story_of(council_session)),
        **forms,
    }


def story_of(council_session: Session) -> dict[str, object]:
    """What stands in the story form."""
    return {
        name: getattr(council_session, name) for name in ("summary", "illustrative_note", "version")
    }


def next_action(request: StaffRequest, held: Session, known: Facts) -> NextAction:
    """What to do next with the session, as this account sees it."""
    match SessionState(held.state):
        case SessionState.DRAFT:
            return _submit(request, held, known)
        case SessionState.SUBMITTED:
            return _approve(request, held)
        case SessionState.APPROVED:
            return NextAction(
                _("Kỳ họp đã được duyệt. Triệu tập để gửi giấy mời và mở trang công khai."),
                _("Triệu tập"), form="convene", blocked=_denied(request, "session.convene"),
            )  # fmt: skip
        case SessionState.CONVENED | SessionState.IN_PROGRESS:
            return _sitting(request, held, known)
        case SessionState.CLOSED:
            return _publish(held, known)


def _denied(request: StaffRequest, verb: str) -> str:
    return "" if access.may(request.roles, verb) else _("Vai trò của bạn không làm việc này.")


def _submit(request: StaffRequest, held: Session, known: Facts) -> NextAction:
    blocked = _denied(request, "session.submit")
    if not known.live_items:
        blocked = _("Chương trình chưa có nội dung nào.")
    elif not known.sittings:
        blocked = _("Chưa lên lịch phiên họp nào.")
    sentence = _("Chương trình xong thì trình để người khác duyệt.")
    if held.send_back_reason:
        sentence = _("Bị trả lại: %(reason)s Sửa xong thì trình lại.") % {
            "reason": f"{held.send_back_reason.rstrip('.')}."
        }
    return NextAction(sentence, _("Trình duyệt"), form="submit", blocked=blocked)


def _approve(request: StaffRequest, held: Session) -> NextAction:
    blocked = _denied(request, "session.approve")
    if not blocked and held.submitted_by_id == request.user.pk:
        blocked = _("Bạn đã trình kỳ họp này, nên phải nhờ một người khác duyệt.")
    sentence = _("%(who)s đã trình. Xem chương trình, tài liệu rồi duyệt hoặc trả lại.") % {
        "who": held.submitted_by
    }
    return NextAction(sentence, _("Duyệt kỳ họp"), form="approve", blocked=blocked)


def _sitting(request: StaffRequest, held: Session, known: Facts) -> NextAction:
    url = reverse("sessions:sitting-list", args=[request.council.slug, held.pk])
    running = known.open_sitting
    if running:
        name = str(running).capitalize()
        sentence = _("%(sitting)s: %(state)s.") % {
            "sitting": name, "state": running.get_state_display(),
        }  # fmt: skip
        return NextAction(sentence, _("Đến phiên họp"), url=url)
    coming = known.next_sitting
    if coming:
        sentence = _("Phiên tiếp theo: %(sitting)s.") % {"sitting": coming}
        return NextAction(sentence, _("Điểm danh, mở phiên"), url=url)
    if all(one.state == Sitting.State.CLOSED for one in known.sittings) and known.sittings:
        return NextAction(
            _("Mọi phiên họp đã kết thúc. Bế mạc kỳ họp, hoặc thêm phiên nếu còn họp."),
            _("Bế mạc kỳ họp"), form="close", blocked=_denied(request, "session.close"),
        )  # fmt: skip
    return NextAction(_("Kỳ họp chưa có phiên nào."), _("Lên lịch phiên họp"), url=url)


def _publish(held: Session, known: Facts) -> NextAction:
    slug = held.term.council.slug
    if known.open_resolutions:
        return NextAction(
            _("Kỳ họp đã bế mạc. Còn %(n)d nghị quyết chưa ban hành.")
            % {"n": known.open_resolutions},
            _("Đến nghị quyết"), url=reverse("resolutions:resolution-list", args=[slug]),
        )  # fmt: skip
    return NextAction(
        _("Kỳ họp đã bế mạc, mọi nghị quyết đã ban hành."), _("Xem trang công khai"),
        url=held.get_absolute_url(),
    )  # fmt: skip
