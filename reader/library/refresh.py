"""A refresh: fetch many feeds at once, parse in the worker, decide, store, then index and analyse what is
new.

fetch -> bytes -> worker: entries -> one transaction: look up, decide, store -> headlines stand
when all feeds are done -> worker: documents of new feeds' entries -> index in batches -> worker: analyses in batches

One feed's trouble ends in its own ``FeedResult``. What a refresh leaves undone (killed, cancelled) the next
one finds in the store and finishes.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Future
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from reader import __version__, i18n
from reader.config import Config
from reader.errors import N_, AnalysisError, FeedParseError, FetchError, LesartError, StoreError
from reader.feeds.address import host
from reader.feeds.fetch import Fetched, Fetcher, Limits, user_agent
from reader.feeds.portal import in_place_of
from reader.feeds.problems import StatusError
from reader.feeds.schedule import Rhythm
from reader.library import timing
from reader.library.analyst import ANALYSE_SECONDS, LANES, PARSE_SECONDS, Urgency, Worker
from reader.library.events import error_to_dict
from reader.library.frames import Header, joined, parted
from reader.library.gathering import Gathering
from reader.library.intake import ParsedAnswer, store_answer
from reader.library.pagestage import fetch_pages, share_analyses, store_analyses
from reader.library.report import ANALYSING, ERROR, MOVED, OK, UNCHANGED, WAITING, FeedResult, Progress, RefreshReport
from reader.library.secrets import access_of
from reader.library.unforeseen import named
from reader.model.analysis import ANALYSIS_VERSION
from reader.model.settings import FullText
from reader.store import Store, analyses, articles, feeds, search, stories
from reader.store.feeds import FeedRecord
from reader.store.times import to_us

T = TypeVar("T")
Batch = Sequence[tuple[int, bytes, bytes]]
"""(article id, digest, packed document or fragment)"""

logger = logging.getLogger(__name__)

DEMO_SCHEME = "lesart:"
TRUSTED_MACHINES = "LESART_TRUSTED_MACHINES"
"""Environment variable: IP addresses, parted by commas, that count as public; for tests on the loopback
interface, where everything that is not named stays refused to redirects.
"""
INDEX_BATCH, ANALYSE_BATCH, DOCUMENT_BATCH = 200, 16, 64
_BODIES = 64
"""Feeds whose bytes may wait for the worker; no more are fetched meanwhile."""
_MANY_UNREAD = 40
"""So many feeds that were never fetched are work for all lanes of the worker."""
_GONE, _TOO_MANY = 410, 429


def trusted_machines() -> frozenset[str]:
    """The machines that ``TRUSTED_MACHINES`` names."""
    return frozenset(os.environ.get(TRUSTED_MACHINES, "").split(",")) - {""}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shared:
    """What the feeds of one refresh share."""

    hosts: defaultdict[str, asyncio.Semaphore]
    slots: asyncio.Semaphore
    bodies: asyncio.Semaphore
    writes: Gathering


class Refresher:
    """What a refresh needs, in one place."""

    def __init__(self, store: Store, config: Config, worker: Worker, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._config = config
        self._worker = worker
        self._clock = clock

    @property
    def interval_seconds(self) -> int:
        """The configured time between two fetches of a feed."""
        return self._config.fetch.interval_minutes * 60

    @property
    def full_text(self) -> FullText:
        """What is configured for new feeds."""
        return FullText(self._config.fetch.full_text)

    def fetcher(self) -> Fetcher:
        """A client with the configured limits."""
        wanted = self._config.fetch
        limits = Limits(
            total_seconds=wanted.timeout_seconds,
            connect_seconds=wanted.connect_seconds,
            max_bytes=wanted.max_megabytes * 1_048_576,
            concurrent=wanted.concurrent,
            trusted=trusted_machines(),
        )
        return Fetcher(user_agent(__version__, wanted.contact), limits)

    async def run(
        self,
        records: Sequence[FeedRecord],
        on_progress: Callable[[Progress], None] | None,
        force: bool,
        *,
        with_pages: bool = True,
    ) -> RefreshReport:
        """Refresh these feeds; every one gets a result."""
        done = 0
        shared = _Shared(
            hosts=defaultdict(lambda: asyncio.Semaphore(self._config.fetch.per_host)),
            slots=asyncio.Semaphore(self._config.fetch.concurrent),
            bodies=asyncio.Semaphore(_BODIES),
            writes=Gathering(self._store, lambda: len(records) - done),
        )

        async def one(record: FeedRecord, fetcher: Fetcher) -> FeedResult:
            nonlocal done
            result = await self._refresh(record, fetcher, shared, force)
            done += 1
            if on_progress is not None:
                on_progress(_progress(result, done, len(records)))
            return result

        if sum(record.body_digest is None for record in records) >= _MANY_UNREAD:
            self._worker.expect()
        async with AsyncExitStack() as stack:
            fetcher = await stack.enter_async_context(self.fetcher())
            group = await stack.enter_async_context(asyncio.TaskGroup())
            tasks = [group.create_task(one(record, fetcher)) for record in records]
        trouble = await self.settle(on_progress=on_progress)
        results = tuple(task.result() for task in tasks)
        if with_pages:
            tools = (self._store, self._config, self._worker, self._clock, self.fetcher)
            fetched = await fetch_pages(*tools, records, results, on_progress)
            if fetched is not results:
                results, trouble = fetched, await self.settle() or trouble
        return RefreshReport(results, trouble)

    async def settle(
        self, at_most: int = sys.maxsize, on_progress: Callable[[Progress], None] | None = None
    ) -> AnalysisError | None:
        """Make the documents that are still to be made, index everything that is not yet findable, analyse what was not
        yet analysed, newest first, and put it to its stories. What kept the worker from it, if anything did: the
        articles are stored and readable all the same.
        """
        try:
            while found := self._store.read(articles.pending_documents, DOCUMENT_BATCH * LANES):
                await self._all_of(self.make, found, DOCUMENT_BATCH)
        except AnalysisError as error:
            return error
        while await self._write(search.index_pending, INDEX_BATCH):
            pass
        if self._store.read(analyses.version_settled) != ANALYSIS_VERSION:
            await self._write(analyses.forget_others, ANALYSIS_VERSION)
        twins = self._store.read(analyses.twins, ANALYSIS_VERSION)
        for start in range(0, len(twins), INDEX_BATCH):
            part = twins[start : start + INDEX_BATCH]
            await self._write(share_analyses, part, ANALYSIS_VERSION, self._clock())
        try:
            done, waiting = 0, self._store.read(analyses.pending_count)
            while done < at_most and (found := self._store.read(analyses.pending, ANALYSE_BATCH * LANES)):
                await self._all_of(self.analyse, found, ANALYSE_BATCH)
                done += len(found)
                if on_progress is not None:
                    # One text may stand for several articles: what is counted are articles, done and left.
                    left = self._store.read(analyses.pending_count)
                    waiting = max(waiting, left)
                    told = Progress(feed_id=0, title="", done=waiting - left, total=waiting, phase=ANALYSING)
                    on_progress(told)
            if self._store.read(stories.pending, 1):
                from reader.library.stories import cluster_pending  # loads the analysis

                await cluster_pending(self._store, self._worker)
        except AnalysisError as error:
            return error
        return None

    async def make(self, batch: Batch, urgency: Urgency) -> None:
        """Make the documents of (article id, digest, packed fragment) and store them. Raises ``AnalysisError``.

        An entry that cannot be read alone, while nobody waits for it, gets an empty text: it is not tried for ever.
        """
        sizes, body = joined([fragment for _, _, fragment in batch])
        try:
            header, packed = await self._worker.run({"job": "document", "sizes": sizes}, body, urgency, PARSE_SECONDS)
        except AnalysisError:
            if len(batch) == 1 and urgency is Urgency.BACKLOG:
                await self._assert_worker()
                await self._write(articles.set_empty, *batch[0][:2])
            raise
        made = zip(batch, header["digests"], parted(header["sizes"], packed), strict=True)
        await self._write(
            articles.set_documents,
            [
                (article_id, before, bytes.fromhex(digest), document)
                for (article_id, before, _), digest, document in made
            ],
        )

    async def analyse(self, batch: Batch, urgency: Urgency) -> None:
        """Analyse (article id, digest, packed document) and store the results.

        Raises ``AnalysisError``.

        A document that cannot be analysed alone is marked, so that it is not tried again and again.
        """
        sizes, body = joined([document for _, _, document in batch])
        try:
            header, packed = await self._worker.run({"job": "analyse", "sizes": sizes}, body, urgency, ANALYSE_SECONDS)
        except AnalysisError:
            if len(batch) == 1:
                article_id, digest, _ = batch[0]
                await self._assert_worker()
                await self._write(analyses.save, [(article_id, digest, b"", None)], ANALYSIS_VERSION)
            raise
        await self._write(store_analyses, results_of(batch, header, packed), header["version"], self._clock())

    async def _all_of(self, job: Callable[[Batch, Urgency], Awaitable[None]], found: Batch, size: int) -> None:
        """The job for all of these, ``size`` at once; all come to their end before the first trouble is told."""
        batches = [found[start : start + size] for start in range(0, len(found), size)]
        ends = await asyncio.gather(*(self._each(job, batch) for batch in batches), return_exceptions=True)
        for trouble in filter(None, ends):
            raise trouble

    async def _each(self, job: Callable[[Batch, Urgency], Awaitable[None]], batch: Batch) -> None:
        """One document that brings the worker down does not cost the others theirs."""
        try:
            await job(batch, Urgency.BACKLOG)
        except AnalysisError:
            await self._assert_worker()
            for item in batch if len(batch) > 1 else ():
                with suppress(AnalysisError):
                    await job([item], Urgency.BACKLOG)

    async def _assert_worker(self) -> None:
        """Raises ``AnalysisError`` when the worker does nothing at all, so that no document is to blame."""
        await self._worker.run({"job": "analyse", "sizes": []}, b"", Urgency.DEMAND, ANALYSE_SECONDS)

    async def parse(
        self,
        body: bytes,
        content_type: str,
        address: str,
        known: frozenset[int],
        urgency: Urgency,
        *,
        later: bool = False,
    ) -> ParsedAnswer:
        """Entries with documents, made in the worker, or ``later``; raises ``FeedParseError``."""
        from reader.library.entries import incoming  # loads the parser of HTML

        header, packed = await self._worker.run(
            {
                "job": "parse",
                "content_type": content_type,
                "address": address,
                "known": sorted(known),
                "later": later,
            },
            body,
            urgency,
            PARSE_SECONDS,
        )
        return ParsedAnswer(
            header["title"],
            header["site"],
            header["seen"],
            incoming(header["entries"], parted(header["sizes"], packed)),
            Rhythm(header["ttl"], header["skip_hours"], header["skip_days"]),
        )

    async def _refresh(self, record: FeedRecord, fetcher: Fetcher, shared: _Shared, force: bool) -> FeedResult:
        if record.address.startswith(DEMO_SCHEME):
            return _result(record, UNCHANGED)
        if not force and record.next_due_us > to_us(self._clock()):
            return _result(record, WAITING)
        try:
            async with AsyncExitStack() as held:
                async with shared.hosts[host(record.address)], shared.slots:
                    fetched = await fetcher.get(
                        record.address,
                        etag=record.etag,
                        last_modified=record.last_modified,
                        digest=record.body_digest,
                        guarded=not record.typed,
                        access=await access_of(record),
                    )
                    if record.unjudged and fetcher.is_public(record.address):
                        await self._write(feeds.guard, record.id)
                    if not fetched.unchanged:  # keeps its slot until there is room for its bytes
                        await held.enter_async_context(shared.bodies)
                return await self._take(record, fetched, shared.writes)
        except StoreError as error:
            return _result(record, ERROR, error=error)
        except LesartError as error:
            return await self._fail(record, error)
        except Exception as error:  # the border of a feed: whatever it provokes ends here, and no other feed's refresh
            logger.info("refresh of feed %d", record.id, exc_info=True)
            return await self._fail(record, _unforeseen(error))

    async def _take(self, record: FeedRecord, fetched: Fetched, writes: Gathering) -> FeedResult:
        parsed = None
        if not fetched.unchanged:
            known = self._store.read(articles.known_states, record.id)
            try:
                # Of a new feed nothing can have changed, so that nothing has to be compared with what is stored.
                parsed = await self.parse(
                    fetched.body, fetched.content_type, fetched.address, known, Urgency.BACKLOG, later=not known
                )
            except FeedParseError as error:
                raise in_place_of(error, fetched.body, record.address) from error
        moved, new, updated = await writes.write(
            store_answer, record.id, fetched, parsed, self._clock(), self.interval_seconds
        )
        status = MOVED if moved else UNCHANGED if parsed is None else OK
        return _result(record, status, new=new, updated=updated)

    async def _fail(self, record: FeedRecord, error: LesartError) -> FeedResult:
        now = self._clock()
        wait = timing.backoff(self.interval_seconds, record.failures + 1, record.id)
        held = 0  # a failure of our own or of the network does not keep a person from trying again
        if isinstance(error, StatusError) and error.status == _GONE:
            held = feeds.NEVER
        elif isinstance(error, StatusError) and (error.retry_seconds or error.status == _TOO_MANY):
            held = to_us(now + timedelta(seconds=error.retry_seconds or wait))
        try:
            await self._write(
                feeds.set_failed,
                record.id,
                now,
                json.dumps(error_to_dict(error)),
                next_due_us=held,
                due_us=max(held, to_us(timing.due(now, wait, record.skip_hours, record.skip_days))),
                interval_s=wait,
            )
        except StoreError as worse:
            return _result(record, ERROR, error=worse)
        return _result(record, ERROR, error=error)

    async def _write(self, job: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        future: Future[T] = self._store.submit(job, *args, **kwargs)
        return await asyncio.wrap_future(future)


def results_of(
    batch: Sequence[tuple[int, bytes, bytes]], header: Header, packed: bytes
) -> list[tuple[int, bytes, bytes, analyses.Summary | None]]:
    """The worker's answer for a batch as ``store.analyses.save`` takes it."""
    return [
        (article_id, digest, analysis, analyses.Summary(**row))
        for (article_id, digest, _), analysis, row in zip(
            batch, parted(header["sizes"], packed), header["rows"], strict=True
        )
    ]


def _unforeseen(error: Exception) -> FetchError:
    return FetchError(
        N_("This feed made the refresh stumble."),
        detail=named(error),
        hint=N_("All other feeds go on. Please report the address of this one."),
    )


def _result(
    record: FeedRecord, status: str, *, new: int = 0, updated: int = 0, error: LesartError | None = None
) -> FeedResult:
    return FeedResult(
        feed_id=record.id,
        title=record.title,
        address=record.address,
        status=status,
        new=new,
        updated=updated,
        error=error,
    )


def _progress(result: FeedResult, done: int, total: int) -> Progress:
    return Progress(
        feed_id=result.feed_id,
        title=result.title,
        done=done,
        total=total,
        new=result.new,
        error="" if result.error is None else i18n.worded(result.error),
    )
