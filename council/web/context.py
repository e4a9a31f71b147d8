"""What every template knows about the site."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language


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


def site(request: HttpRequest) -> dict[str, object]:
    """Template context: `site`."""
    return {"site": Site(request)}
