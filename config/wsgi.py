"""WSGI entry point: published pages from memory, everything else from Django.

Behind a proxy the visitor's address and scheme are what a trusted proxy says they are; from
anybody else those headers are ignored.
"""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django_application = get_wsgi_application()

# Only now: their modules need Django set up.
from council.web.language import language_of_headers  # noqa: E402
from portal.services import page_store  # noqa: E402
from portal.web.stored_pages import Application, StoredPages  # noqa: E402

application: Application = StoredPages(
    django_application, stamp=page_store.stamp(), language_of=language_of_headers,
    session_cookie=settings.SESSION_COOKIE_NAME,
)  # fmt: skip
if settings.BEHIND_PROXY:
    application = wrap_wsgi_with_proxy_headers(application, trusted_hosts=settings.TRUSTED_PROXIES)
