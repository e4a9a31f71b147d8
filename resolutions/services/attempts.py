"""Wrong passwords, passphrases and PINs while signing: five in fifteen minutes, no more."""

from typing import Final

from django.core.cache import cache
from django.db import transaction

from council.models import User
from council.rules.refusals import Refusal, gettext_noop
from council.services import audit
from resolutions.models import Notice, Resolution

FAILURES_MAX: Final = 5
FAILURES_WINDOW_SECONDS: Final = 15 * 60


def _key(by: User) -> str:
    return f"resolutions:sign-failures:{by.pk}"


def check(by: User, *, field: str) -> None:
    """Refuse who failed too often.

    Raises:
        Refusal: ``sign.too_many_failures``.
    """
    if int(cache.get(_key(by), 0)) >= FAILURES_MAX:
        raise Refusal(
            "sign.too_many_failures",
            gettext_noop(
                "Đã nhập sai mật khẩu %(count)d lần. Vì an toàn, hãy đợi 15 phút rồi ký lại; "
                "nghị quyết chưa được ký."
            ),
            params={"count": FAILURES_MAX},
            field=field,
        )


def failed(
    document: Resolution | Notice, *, by: User, verb: str = "resolution.sign_failed"
) -> None:
    """Count a failure and write it down; what was typed is written nowhere."""
    cache.set(_key(by), int(cache.get(_key(by), 0)) + 1, FAILURES_WINDOW_SECONDS)
    with transaction.atomic():
        audit.record(verb, document, by=by, council=document.council)


def succeeded(by: User) -> None:
    """Forget the failures."""
    cache.delete(_key(by))
