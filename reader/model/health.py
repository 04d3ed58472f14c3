"""How a feed is doing, and what an address offers before it is subscribed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from reader.model.article import Feed


class HealthState(StrEnum):
    """One word for a feed's condition; where several hold, the first in this order that needs a person."""

    ENDED = "ended"
    """Its server has said that it is gone for good (HTTP 410)."""
    FAILING = "failing"
    """The last fetch went wrong."""
    MOVED = "moved"
    """Its server names another address for the future, not yet confirmed or not to be adopted of itself."""
    NEVER = "never"
    """Not fetched yet."""
    SILENT = "silent"
    """It answers, but has brought nothing for long, measured by its own rhythm."""
    WELL = "well"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHealth:
    """A subscription and how it is doing. ``advice`` is in the interface language, empty where all is well."""

    feed: Feed
    state: HealthState
    publishes_every: timedelta | None = None
    """The mean time between its latest entries; nothing where too few carry a date."""
    newest: datetime | None = None
    """The date of its newest entry, aware; nothing where none carries one."""
    moved_to: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPreview:
    """A feed as it answers now, before anything of it is stored. Texts are safe to show."""

    address: str
    """The one to subscribe to."""
    title: str
    site: str = ""
    count: int = 0
    """Entries in the document."""
    newest: datetime | None = None
    headlines: tuple[str, ...] = ()
    """The first few, in the feed's order."""
    teasers: float = 0.0
    """The share of its entries without full text, from 0 to 1."""
    language: str = ""
    """ISO 639-1 of most of its entries, empty where none has text."""
    subscribed: bool = False
