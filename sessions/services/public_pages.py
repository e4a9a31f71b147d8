"""Tell the portal that what it shows of a session has changed; by name, since it lies above."""

from council.services import jobs
from sessions.models import PUBLIC_STATES, Session


def changed(held: Session) -> None:
    """Index the session anew and purge the council's stored pages; nothing for a private session.

    The key holds the session's version, so that a change made while an older one is being
    indexed gets a job of its own.
    """
    if held.state not in PUBLIC_STATES:
        return
    jobs.enqueue(
        "portal.index",
        key=f"portal.index.session.{held.pk}.{held.version}",
        title=f"Đưa {held} vào tìm kiếm",
        args=["session", held.pk],
        council=held.term.council,
    )
    purge(held, of=f"session.{held.pk}.{held.version}")


def purge(held: Session, *, of: str) -> None:
    """Forget the stored public pages of the session's council; `of` says what changed."""
    if held.state not in PUBLIC_STATES:
        return
    council = held.term.council
    jobs.enqueue(
        "portal.purge",
        key=f"portal.purge.{of}",
        title="Làm mới trang đã lưu",
        args=[council.slug],
        council=council,
    )


def follow(held: Session, *, of: str) -> None:
    """Have what programs follow of the session written down anew; `of` says what changed."""
    if held.state not in PUBLIC_STATES:
        return
    jobs.enqueue(
        "portal.follow",
        key=f"portal.follow.{of}",
        title="Ghi nhận dữ liệu công khai",
        args=["session", held.pk],
        council=held.term.council,
    )
