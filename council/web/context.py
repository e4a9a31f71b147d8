"""What every template knows about the site."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

TELLING: Final = ("page", "year", "ngay", "q")
"""Parameters that make another page; all others lead to the same one, or to a narrower list."""


@dataclass(frozen=True)
class Site:
    """The address, the languages and the way to the same page in another language."""

    request: HttpRequest

    @property
    def base_url(self) -> str:
        return str(settings.BASE_URL)

    @property
    def languages(self) -> list[tuple[str, str]]:
        return [(code, str(name)) for code, name in settings.LANGUAGES]

    @property
    def sends_letters(self) -> bool:
        return bool(settings.MAIL_IS_CONFIGURED)

    @property
    def language(self) -> str:
        return get_language() or settings.LANGUAGE_CODE

    @property
    def other_language(self) -> str:
        return "en" if self.language == "vi" else "vi"

    @property
    def path_in_other_language(self) -> str:
        query = self.request.GET.copy()
        query["lang"] = self.other_language
        return f"{self.request.path}?{query.urlencode()}"

    @property
    def canonical(self) -> str:
        """The one address of what is shown: without what only a visit adds to it.

        In a language that was asked for it is the address in that language, else the bare one.
        """
        return self._address(self.request.GET.get("lang", ""))

    @property
    def addresses_by_language(self) -> list[tuple[str, str]]:
        """The same page in each language; the bare address speaks the reader's."""
        return [("vi", self._address("")), ("en", self._address("en"))]

    def _address(self, language: str) -> str:
        kept = [(name, value) for name, value in self.request.GET.items() if name in TELLING]
        kept += [("lang", language)] if language == "en" else []
        query = f"?{urlencode(kept)}" if kept else ""
        return f"{self.base_url}{quote(self.request.path)}{query}"


def site(request: HttpRequest) -> dict[str, object]:
    """Template context: `site`."""
    return {"site": Site(request)}
