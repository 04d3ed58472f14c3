"""``Library``: what the shells may ask for. Reads go straight to the store; work goes to the child process
and the network through modules that are loaded when they are first needed.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time

from reader import i18n
from reader.config import Config
from reader.library.events import error_from_dict
from reader.library.reading import Readings
from reader.model.analysis import Reading
from reader.model.article import Article, ArticleRow, Feed
from reader.model.query import ArticleQuery, Counts, Cursor, View, Window
from reader.paths import Paths
from reader.store import Store, articles, feeds, listing, open_store
from reader.store.feeds import FeedRecord


def utc_now() -> datetime:
    """The present, aware."""
    return datetime.now(UTC)


class Library:
    """Feeds, articles and their analyses in one place on disk."""

    def __init__(
        self, store: Store, paths: Paths, config: Config, clock: Callable[[], datetime], inline: bool
    ) -> None:
        self.paths = paths
        self.config = config
        self.clock = clock
        self._store = store
        self._inline = inline
        self._readings = Readings(store)

    @classmethod
    def open(
        cls,
        paths: Paths,
        config: Config,
        *,
        clock: Callable[[], datetime] = utc_now,
        inline: bool = False,
    ) -> Library:
        """Open the library or create it; raises ``StoreError``. ``inline``: no child process, analyse in
        this one.
        """
        return cls(open_store(paths.database), paths, config, clock, inline)

    def close(self) -> None:
        """Finish the writes, end the child, close the store."""
        self._store.close()

    # Point reads: synchronous, a fraction of a millisecond each.

    def feeds(self) -> tuple[Feed, ...]:
        """All subscriptions by folder and title, as a German reader sorts."""
        found = [_feed(record) for record in self._store.read(feeds.all_feeds)]
        return tuple(sorted(found, key=lambda f: (_sort_key(f.folder), _sort_key(f.title), f.id)))

    def feed(self, feed_id: int) -> Feed:
        """One subscription; raises ``NotFoundError``."""
        return _feed(self._store.read(feeds.feed, feed_id))

    def counts(self) -> Counts:
        """The counts of the smart views."""
        return self._store.read(listing.counts, self.today_start())

    def window(self, query: ArticleQuery, after: Cursor | None = None, limit: int = 64) -> Window:
        """The next rows of a list, newest first."""
        return self._store.read(listing.window, self._bounded(query), after, limit)

    def ids(self, query: ArticleQuery) -> array[int]:
        """All ids of a list, newest first; may be called in a thread."""
        return self._store.read(listing.ids, self._bounded(query))

    def rows(self, ids: Sequence[int]) -> list[ArticleRow]:
        """The rows with these ids in this order; ids that are gone are left out."""
        return self._store.read(listing.rows, ids)

    def article(self, article_id: int) -> Article:
        """One article without its text; raises ``NotFoundError``."""
        return self._store.read(listing.article, article_id)

    def reading(self, article_id: int) -> Reading:
        """One article with its text, and its analysis once there is one; raises ``NotFoundError``."""
        return self._readings.get(article_id)

    def today_start(self) -> datetime:
        """The last local midnight."""
        return datetime.combine(self.clock().astimezone().date(), time.min).astimezone()

    # Writes: each waits for its own small transaction, so that the next read sees it.

    def mark_read(self, ids: Sequence[int], read: bool = True) -> tuple[int, ...]:
        """Mark articles read or unread; the ids that changed."""
        return self._store.write(articles.set_read, ids, read)

    def star(self, ids: Sequence[int], starred: bool = True) -> tuple[int, ...]:
        """Star articles or take the star away; the ids that changed."""
        return self._store.write(articles.set_starred, ids, starred)

    def mark_query_read(self, query: ArticleQuery) -> tuple[int, ...]:
        """Mark everything of a list read; the ids that changed."""
        bounded = self._bounded(query)
        return self._store.write(
            lambda connection: articles.set_read(connection, listing.unread_ids(connection, bounded), True)
        )

    def flush(self) -> None:
        """Wait until everything is committed."""
        self._store.flush()

    def unsubscribe(self, feed_id: int) -> None:
        """End a subscription; starred articles stay. Raises ``NotFoundError``."""
        self._store.read(feeds.feed, feed_id)
        self._store.write(feeds.remove_feed, feed_id)

    def _bounded(self, query: ArticleQuery) -> ArticleQuery:
        if query.view is View.TODAY and query.since is None:
            return replace(query, since=self.today_start())
        return query


_FOLDED = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})


def _sort_key(text: str) -> str:
    """DIN 5007-1: umlauts sort as their vowels."""
    return text.lower().translate(_FOLDED).casefold()


def _feed(record: FeedRecord) -> Feed:
    error = hint = ""
    if record.error:
        title, detail, hint = i18n.describe(error_from_dict(json.loads(record.error)))
        error = f"{title} ({detail})" if detail else title
    return Feed(
        id=record.id,
        address=record.address,
        title=record.title,
        folder=record.folder,
        site=record.site,
        unread=record.unread,
        total=record.total,
        last_success=record.last_success,
        last_attempt=record.last_attempt,
        error=error,
        hint=hint,
    )
