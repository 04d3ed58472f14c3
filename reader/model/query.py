"""What the list shows, and where in it one stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from reader.model.article import ArticleRow


class View(StrEnum):
    """The smart views; FEED and FOLDER carry what they mean in the query."""

    TODAY = "today"
    UNREAD = "unread"
    STARRED = "starred"
    ALL = "all"
    FEED = "feed"
    FOLDER = "folder"
    STORY = "story"
    """All articles of one story."""


LONGEST_LIST = 20_000
"""So many of the newest articles a list of ids holds; a screen is never scrolled further, and a million take half a
second. Older ones are found by paging on, by a search, or in their feed."""
MOST_HITS = 1_000
"""The same for a search, which is made anew with each letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleQuery:
    """Which articles, newest first. ``since`` bounds TODAY (local midnight, as aware time)."""

    view: View = View.ALL
    feed_id: int | None = None
    folder: str | None = None
    since: datetime | None = None
    search: str = ""
    entered: bool = False
    """The search is finished, not being typed: it may take its time and look for everything."""
    together: bool = False
    """One row for each story and each text: its newest article in this list stands for all."""
    story: int | None = None

    @property
    def bound(self) -> int | None:
        """So many of the newest ids a list of it holds; None where it holds all."""
        if self.search and not self.entered:
            return MOST_HITS
        return None if self.view in (View.UNREAD, View.STARRED) else LONGEST_LIST


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """A place between two rows: publication in microseconds since the epoch, then id."""

    published: int
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Some neighbouring rows; ``after`` continues towards older ones and is empty at the end."""

    rows: tuple[ArticleRow, ...]
    after: Cursor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Unread, starred and today's articles; feeds carry their own counts."""

    unread: int
    starred: int
    today: int
    total: int
