"""Linked data in a page: JSON-LD as a data block, which no browser runs and no CSP forbids."""

import json
from typing import Any, Final

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()
ESCAPES: Final = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}
"""As Django's `json_script` does it: no title can end the block."""


@register.simple_tag
def linked_data(data: dict[str, Any]) -> SafeString:
    """The document as ``<script type="application/ld+json">``."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return format_html(
        '<script type="application/ld+json">{}</script>',
        SafeString(text),
    )
