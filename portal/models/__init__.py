"""Models of the portal: search, what was ever public, open data, who follows what by letter."""

from portal.models.following import Delivery, Frequency, Letter, Subscriber, Subscription
from portal.models.published import DataFile, DataRelease, PublishedObject
from portal.models.search import SearchChange, SearchEntry, SearchFeed

__all__ = [
    "DataFile", "DataRelease", "Delivery", "Frequency", "Letter", "PublishedObject",
    "SearchChange", "SearchEntry", "SearchFeed", "Subscriber", "Subscription",
]  # fmt: skip
