"""The last stage of a refresh: whether pages of articles are to be fetched, and how many at most."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from reader.config import Config
from reader.feeds.address import host
from reader.feeds.problems import StatusError
from reader.library.analyst import Worker
from reader.library.report import WAITING, FeedResult, Progress
from reader.model.settings import FullText
from reader.store import Connection, Store, analyses, feeds, pages
from reader.store.feeds import FeedRecord
from reader.store.times import to_us

if TYPE_CHECKING:
    from reader.feeds.fetch import Fetcher

PER_REFRESH, PER_HOST, PER_FEED = 200, 20, 10
"""Pages in all, of one machine, of one feed."""
RECENT = timedelta(days=14)
"""No article older than that has its page fetched by itself."""
RECONSIDERED = 50
"""So many of a feed's newest articles a changed setting takes effect on."""
SAME_PAGE = timedelta(days=1)
"""So long a page that was read for one article is not read again for another one with its address."""
TRIES, UNREACHED = 4, 2
"""Attempts for one page; attempts in a row at a machine that cannot be reached."""
PATIENCE = frozenset({429, 503})
"""Answers of a machine that wants to be left alone."""


def store_analyses(
    connection: Connection,
    done: Sequence[tuple[int, bytes, bytes, analyses.Summary | None]],
    version: int,
    now: datetime,
) -> None:
    """Store what was analysed; the same transaction decides whose pages are wanted, so that none is forgotten."""
    pages.want(connection, analyses.save(connection, done, version), to_us(now - RECENT))


def share_analyses(connection: Connection, pairs: Sequence[tuple[int, int]], version: int, now: datetime) -> None:
    """The same for articles whose text another one's analysis tells already."""
    pages.want(connection, analyses.share(connection, pairs, version), to_us(now - RECENT))


def set_full_text(connection: Connection, feed_id: int, full_text: FullText, now: datetime) -> None:
    """Change whether a feed's pages are fetched, also those of its recent articles."""
    feeds.set_full_text(connection, feed_id, full_text)
    pages.reconsider(connection, feed_id, to_us(now - RECENT), RECONSIDERED)


async def fetch_pages(
    store: Store,
    config: Config,
    worker: Worker,
    clock: Callable[[], datetime],
    new_fetcher: Callable[[], Fetcher],
    records: Sequence[FeedRecord],
    results: tuple[FeedResult, ...],
    on_progress: Callable[[Progress], None] | None,
) -> tuple[FeedResult, ...]:
    """Fetch what is wanted for these feeds; their results, the full texts counted. Raises ``StoreError``."""
    now, by_id = clock(), {record.id: record for record in records}
    found = store.read(pages.wanted, by_id, to_us(now), to_us(now - RECENT), PER_FEED, PER_REFRESH)
    if not found:
        return results
    from reader.library.pagefetch import PageFetcher  # loads what a refresh without news does not need

    resting = {
        host(result.address)
        for result in results
        if result.status == WAITING
        or (isinstance(result.error, StatusError) and (result.error.retry_seconds or result.error.status in PATIENCE))
    }
    async with new_fetcher() as fetcher:
        fetching = PageFetcher(store, config, worker, clock, fetcher)
        await fetching.run(found, by_id, resting, on_progress)
    return tuple(replace(result, pages=fetching.taken[result.feed_id]) for result in results)
