"""Models of the portal: what can be searched, what was ever public, who follows what by letter."""

from portal.models.following import Delivery, Frequency, Letter, Subscriber, Subscription
from portal.models.search import PublishedObject, SearchChange, SearchEntry, SearchFeed

__all__ = [
    "Delivery", "Frequency", "Letter", "PublishedObject", "SearchChange", "SearchEntry",
    "SearchFeed", "Subscriber", "Subscription",
]  # fmt: skip
