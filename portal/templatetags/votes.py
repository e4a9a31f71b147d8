"""Open votes as bars and shares, by the one function for percentages of votes."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from council.rules import shares
from council.templatetags import nt
from sessions.models import OpenVote

register = template.Library()


@register.simple_tag
def vote_share(votes: int, base: int) -> str:
    """Votes in per cent of the base, in the page's form: "94,29%"; a dash where there is none."""
    return nt.vi_percent(shares.percentage(votes, base)) if base else nt.NOTHING


@register.simple_tag
def open_vote_bar(vote: OpenVote) -> SafeString:
    """For, against, not voting as a stacked bar over all delegates; who was away stays grey."""
    parts = (
        ("high", vote.for_count or 0),
        ("low", vote.against_count or 0),
        ("void", vote.not_voting_count or 0),
    )
    spoken = _("%(yes)d tán thành, %(no)d không tán thành, %(none)d không biểu quyết") % {
        "yes": parts[0][1],
        "no": parts[1][1],
        "none": parts[2][1],
    }
    return nt.stacked_bar(parts, vote.total_delegates, spoken)
