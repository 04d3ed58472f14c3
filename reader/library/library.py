"""``Library``: what the shells may ask for. Reads go straight to the store; work goes to the child process
and the network through modules that are loaded when they are first needed.
"""

from __future__ import annotations

import logging
from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader import store
from reader.config import Config
from reader.errors import AnalysisError, LesartError
from reader.library.events import error_from_dict, error_to_dict
from reader.library.reading import Readings
from reader.library.report import FeedResult, Progress, RefreshReport
from reader.library.subscriptions import feed_of, in_order, to_refresh
from reader.model.settings import FullText
from reader.paths import Paths
from reader.store import Store, open_store
from reader.store.times import to_us
from reader.text.sanitize import clean_line

logger = logging.getLogger(__name__)

if TYPE_CHECKING:
    from reader.library.analyst import Worker
    from reader.library.checkup import Candidate, FeedCheck
    from reader.library.discovery import Choose
    from reader.library.lists import ImportReport
    from reader.library.refresh import Refresher
    from reader.library.settings import AccessWish, Settings
    from reader.library.stories import StoryBook
    from reader.library.subscribe import Subscriber
    from reader.library.upkeep import Upkeep
    from reader.model.analysis import Reading
    from reader.model.article import Article, ArticleRow, Document, Feed
    from reader.model.health import FeedHealth, FeedPreview
    from reader.model.query import ArticleQuery, Counts, Cursor, Window


MARKED_AT_ONCE = 1_000
"""Articles in one transaction: some ten milliseconds."""


def utc_now() -> datetime:
    """The present, aware."""
    return datetime.now(UTC)


class Library:
    """Feeds, articles and their analyses in one place on disk."""

    def __init__(self, store: Store, paths: Paths, config: Config, clock: Callable[[], datetime], inline: bool) -> None:
        self.paths = paths
        self.config = config
        self.clock = clock
        self._store = store
        self._inline = inline
        self._running_worker: Worker | None = None
        self._given_up: dict[bytes, dict[str, Any]] = {}
        self._readings = Readings(store)
        self._story_book: StoryBook | None = None

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
        if self._running_worker is not None:
            self._running_worker.close()
        self._store.close()

    # Point reads: synchronous, a fraction of a millisecond each.

    def feeds(self) -> tuple[Feed, ...]:
        """All subscriptions by folder and title, as a German reader sorts."""
        return in_order(map(feed_of, self._store.read(store.feeds.all_feeds)))

    def feed(self, feed_id: int) -> Feed:
        """One subscription; raises ``NotFoundError``."""
        return feed_of(self._store.read(store.feeds.feed, feed_id))

    def counts(self) -> Counts:
        """The counts of the smart views."""
        return self._store.read(store.listing.counts, self.today_start())

    def version(self) -> int:
        """Another number than before once anybody has written to the store; to be asked in one and the same thread."""
        from reader.store.changes import version

        return self._store.read(version)

    def window(self, query: ArticleQuery, after: Cursor | None = None, limit: int = 64) -> Window:
        """The next rows of a list, newest first."""
        return self._store.read(store.listing.window, self._bounded(query), after, limit)

    def ids(self, query: ArticleQuery) -> array[int]:
        """All ids of a list, newest first; may be called in a thread."""
        return self._store.read(store.listing.ids, self._bounded(query))

    def rows(self, ids: Sequence[int]) -> list[ArticleRow]:
        """The rows with these ids in this order; ids that are gone are left out."""
        return self._store.read(store.listing.rows, ids)

    def article(self, article_id: int) -> Article:
        """One article without its text; raises ``NotFoundError``."""
        return self._store.read(store.listing.article, article_id)

    def reading(self, article_id: int) -> Reading:
        """One article with its text, and its analysis once there is one; raises ``NotFoundError``."""
        return self._readings.get(article_id)

    def is_pending(self, article_id: int) -> bool:
        """Whether the article's document is still to be made, which ``reading`` would do in its caller's thread."""
        return self._store.read(store.articles.pending_document, article_id) is not None

    def today_start(self) -> datetime:
        """The last local midnight."""
        return datetime.combine(self.clock().astimezone().date(), time.min).astimezone()

    # Writes: each waits for its own small transaction, so that the next read sees it.

    def mark_read(self, ids: Sequence[int], read: bool = True) -> tuple[int, ...]:
        """Mark articles read or unread; the ids that changed. Who has read a text has read its copies elsewhere."""
        ids = self.stories.with_copies(ids) if read else ids
        return self._store.write(store.articles.set_read, ids, read)

    def star(self, ids: Sequence[int], starred: bool = True) -> tuple[int, ...]:
        """Star articles or take the star away; the ids that changed."""
        return self._store.write(store.articles.set_starred, ids, starred)

    def mark_query_read(self, query: ArticleQuery) -> tuple[int, ...]:
        """Mark everything of a list read, step by step between the writes of others; the ids that changed."""
        unread = self._store.read(store.listing.unread_ids, self._bounded(query))
        changed: list[int] = []
        for start in range(0, len(unread), MARKED_AT_ONCE):
            changed += self._store.write(store.articles.set_read, unread[start : start + MARKED_AT_ONCE], True)
        return tuple(changed)

    @property
    def stories(self) -> StoryBook:
        """The stories that several outlets tell."""
        if self._story_book is None:
            from reader.library.stories import StoryBook

            together = self.config.view.together
            self._story_book = StoryBook(self._store, self._readings, self.clock, copies_together=together)
        return self._story_book

    def flush(self) -> None:
        """Wait until everything is committed."""
        self._store.flush()

    @property
    def settings(self) -> Settings:
        """What is set for single feeds."""
        from reader.library.settings import Settings

        return Settings(self._store, self.clock)

    def health(self) -> tuple[FeedHealth, ...]:
        """How each subscription is doing, in the order of ``feeds``; the demo edition is none."""
        from reader.library.health import health

        return health(self._store, self.clock())

    # Analysis, in the child process.

    async def opened(self, article_id: int) -> Reading:
        """The same as ``reading``; a document that is still to be made is made in the child process.

        Raises ``NotFoundError`` and ``AnalysisError``.
        """
        pending = self._store.read(store.articles.pending_document, article_id)
        if pending is not None:
            from reader.library.analyst import Urgency

            await self._refresher().backlog.make([pending], Urgency.DEMAND)
        return self.reading(article_id)

    async def analysed(self, article_id: int, *, demand: bool = True) -> Reading:
        """The reading with its analysis, made now if it is missing or of an older version.

        Raises ``NotFoundError`` and ``AnalysisError``.
        """
        from reader.library.analyst import Interrupted, Urgency
        from reader.model.analysis import ANALYSIS_VERSION

        reading = await self.opened(article_id)
        if reading.analysis is not None and reading.analysis.version >= ANALYSIS_VERSION:
            return reading
        digest, body = self._store.read(store.analyses.packed_document, article_id)
        if digest in self._given_up:
            raise error_from_dict(self._given_up[digest])
        urgency = Urgency.DEMAND if demand else Urgency.PREFETCH
        try:
            await self._refresher().backlog.analyse([(article_id, digest, body)], urgency)
        except Interrupted:
            raise  # the child was ended from outside, or the machine was busy: the next try may go well
        except AnalysisError as error:
            self._given_up[digest] = error_to_dict(error)
            raise
        self._readings.forget(article_id)
        return self.reading(article_id)

    async def prefetch(self, ids: Sequence[int]) -> None:
        """Have these analysed soon; what cannot be analysed is told when somebody asks for it."""
        for article_id in ids:
            try:
                await self.analysed(article_id, demand=False)
            except LesartError as error:
                logger.info("prefetch of article %d: %s", article_id, error)

    async def document_at(self, address: str) -> Document:
        """The article on a web page, read now; raises ``UsageError``, ``FetchError``, ``AnalysisError``."""
        from reader.feeds.address import typed_address
        from reader.library.pages import document_of

        async with self._refresher().fetcher() as fetcher:
            page = await fetcher.get(typed_address(address))
        return await document_of(self._worker(), page.body, address=page.address, content_type=page.content_type)

    async def load_full_text(self, article_id: int) -> Reading:
        """Fetch the article's page and keep its text in place of the feed's teaser, which stays as a version.

        Raises ``NotFoundError`` when the page says no more, ``FetchError`` and ``AnalysisError``.
        """
        from reader.library.fulltext import load

        reading = await self.opened(article_id)
        feed = self.feed(reading.article.feed_id)
        await load(self._store, self._refresher().fetcher(), self._worker(), reading, feed, self.clock())
        self._readings.forget(article_id)
        return await self.analysed(article_id)

    # Subscriptions and their refresh.

    async def subscribe(
        self,
        address: str,
        *,
        title: str = "",
        folder: str = "",
        choose: Choose | None = None,
        full_text: FullText | None = None,
        access: AccessWish | None = None,
        password: str = "",
    ) -> tuple[Feed, FeedResult]:
        """Read the address and subscribe to the feed there, or to the one that ``choose`` picks of those that the
        page there leads to, without it the first. A name of the catalogue stands for its address. ``full_text``:
        whether its pages are fetched, without it as configured. ``access`` and ``password``: how its server is asked.

        An address that is subscribed already gives the feed that is there. Raises ``UsageError``,
        ``FetchError``, ``FeedParseError``, and ``LesartError`` for a password that nothing can keep.
        """
        names = clean_line(title), clean_line(folder)
        feed_id, result = await self._subscriber().subscribe(address, *names, choose, full_text, access, password)
        self._retire_demo()
        return self.feed(feed_id), result

    async def preview(
        self, address: str, *, access: AccessWish | None = None, password: str = ""
    ) -> tuple[FeedPreview, ...]:
        """The feed at the address, or all that the page there leads to, as they are now; stores nothing.

        Raises ``UsageError``, ``FetchError``, ``FeedParseError`` and ``AnalysisError``.
        """
        return await self._subscriber().preview(address, access, password)

    async def refresh(
        self,
        feed_ids: Sequence[int] | None = None,
        *,
        on_progress: Callable[[Progress], None] | None = None,
        force: bool = False,
        due: bool = False,
        pages: bool = True,
    ) -> RefreshReport:
        """Refresh all feeds or these, in this process; never raises for one feed's trouble.

        A feed whose server has asked to wait is passed over unless ``force``. ``due``: only those whose next try has
        come, for callers that nobody watches. ``pages``: with the articles' own pages, where the
        feeds' settings ask for them. Raises ``NotFoundError``.
        """
        wanted = self._store.read(to_refresh, feed_ids, to_us(self.clock()) if due else None)
        report = await self._refresher().run(wanted, on_progress, force, with_pages=pages)
        await self.upkeep.daily()
        return report

    async def refresh_in_background(
        self,
        feed_ids: Sequence[int] | None = None,
        *,
        on_progress: Callable[[Progress], None] | None = None,
        force: bool = False,
        due: bool = False,
    ) -> RefreshReport:
        """The same in a child process of its own, which ends when this is cancelled."""
        from reader.library.background import refresh_elsewhere

        return await refresh_elsewhere(self.paths, feed_ids, on_progress, force=force, due=due)

    def load_demo(self) -> int:
        """Bring the demo edition in; the number of its articles."""
        from reader.library.demo import load

        return load(self._store, self.clock())

    def unsubscribe(self, feed_id: int) -> None:
        """End a subscription; starred articles stay, its log-in does not. Raises ``NotFoundError``."""
        record = self._store.read(store.feeds.feed, feed_id)
        self._store.write(store.feeds.remove_feed, feed_id)
        if record.settings.login:
            self.settings.end_login(record.settings.login, record.address)

    def back_up(self, target: Path, *, force: bool = False) -> None:
        """Copy the whole store into one file; never over a file that is there unless ``force``.

        Raises ``ExportError``.
        """
        from reader.library.upkeep import back_up

        back_up(self._store, self.paths, target, force=force)

    @property
    def upkeep(self) -> Upkeep:
        """Retention and daily copies."""
        from reader.library.upkeep import Upkeep

        return Upkeep(self._store, self.paths, self.config, self.clock)

    def candidates(self) -> tuple[Candidate, ...]:
        """The subscriptions as ``check`` takes them; the demo edition has no server to ask."""
        from reader.library.checkup import candidates

        return candidates(self._store)

    async def check(
        self, candidates: Sequence[Candidate], *, on_checked: Callable[[FeedCheck], None] | None = None
    ) -> tuple[FeedCheck, ...]:
        """Ask feeds whether they answer, without storing anything; never raises for one feed's trouble."""
        from reader.library.checkup import check

        return await check(self._refresher(), self.config.fetch.per_host, candidates, on_checked)

    def import_list(self, data: bytes) -> ImportReport:
        """Subscribe to what another reader's file holds (OPML, newsboat's ``urls``), without fetching.

        Raises ``FeedParseError`` when it is no such file.
        """
        from reader.library.lists import import_list

        report = import_list(self._store, data, FullText(self.config.fetch.full_text))
        self._retire_demo()
        return report

    def export_opml(self) -> bytes:
        """All subscriptions as OPML."""
        from reader.library.lists import export_list

        return export_list(self._store)

    def _retire_demo(self) -> None:
        """The demo edition makes room for somebody's own feeds; what was starred in it stays."""
        known = self.feeds()
        if any(not feed.bundled for feed in known):
            for feed in known:
                if feed.bundled:
                    self.unsubscribe(feed.id)

    def _subscriber(self) -> Subscriber:
        from reader.library.subscribe import Subscriber

        return Subscriber(self._store, self._refresher(), self._worker(), self.clock)

    def _worker(self) -> Worker:
        from reader.library.analyst import ChildWorker, InlineWorker

        if self._running_worker is None:
            self._running_worker = InlineWorker() if self._inline else ChildWorker()
        return self._running_worker

    def _refresher(self) -> Refresher:
        from reader.library.refresh import Refresher

        return Refresher(self._store, self.config, self._worker(), self.clock)

    def _bounded(self, query: ArticleQuery) -> ArticleQuery:
        from reader.model.query import View

        if query.view is View.TODAY and query.since is None:
            return replace(query, since=self.today_start())
        return query
