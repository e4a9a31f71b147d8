"""Addresses by which pages are found and followed: sitemaps, linked data, letters."""

from portal.models import Letter, Subscriber, Subscription
from portal.services import follow_tokens
from tests.resolutions.stage import MOMENT

REACH = """
portal:robots                      GET,OPTIONS  public
portal:sitemap-index               GET,OPTIONS  public
portal:sitemap                     GET,OPTIONS  public
portal:resolution-jsonld           GET,OPTIONS  public
portal:follow                      GET,POST  public
portal:follow-asked                GET       public
portal:follow-confirm              GET,POST  public
portal:follow-leave                GET,POST  public
"""


def follower_words() -> dict[str, str]:
    """A reader who follows, and the signed words of the reader's links."""
    reader = Subscriber.objects.create(email="doc.gia@vi-du.vn", key="a" * 32, made_at=MOMENT)
    subscription = Subscription.objects.create(
        subscriber=reader, topic="council=tinh-thu", key="b" * 32, asked_at=MOMENT
    )
    letter = Letter.objects.create(
        subscriber=reader, kind="confirm", subscription=subscription, frequency="daily",
        language="vi", made_at=MOMENT, not_before=MOMENT,
    )  # fmt: skip
    return {
        "confirm_token": follow_tokens.to_confirm(letter),
        "leave_token": follow_tokens.to_leave(reader),
    }
