"""A refresh: fetch many feeds at once, parse in the worker, decide, store, then index and analyse what is
new.

fetch -> bytes -> worker: entries -> one transaction: look up, decide, store -> headlines stand
when all feeds are done -> the backlog: documents, index, analyses, stories

One feed's trouble ends in its own ``FeedResult``. What a refresh leaves undone (killed, cancelled) the next
one finds in the store and finishes.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from reader import __version__, i18n
from reader.config import Config
from reader.errors import N_, FeedParseError, FetchError, LesartError, StoreError
from reader.feeds.address import host
from reader.feeds.fetch import Fetched, Fetcher, Limits, user_agent
from reader.feeds.problems import StatusError
from reader.feeds.schedule import Rhythm
from reader.library import timing
from reader.library.analyst import PARSE_SECONDS, TookTooLong, Urgency, Worker, first_try
from reader.library.events import error_to_dict
from reader.library.frames import parted
from reader.library.gathering import Batches, Gathering
from reader.library.lanes import Lanes
from reader.library.report import ERROR, MOVED, OK, UNCHANGED, WAITING, FeedResult, Progress, RefreshReport
from reader.library.secrets import access_of
from reader.library.unforeseen import named
from reader.model.settings import FullText
from reader.store import Store, feeds
from reader.store.feeds import FeedRecord
from reader.store.times import to_us

if TYPE_CHECKING:
    from reader.library.backlog import Backlog
    from reader.library.intake import ParsedAnswer

T = TypeVar("T")

logger = logging.getLogger(__name__)

DEMO_SCHEME = "lesart:"
TRUSTED_MACHINES = "LESART_TRUSTED_MACHINES"
"""Environment variable: IP addresses, parted by commas, that count as public; for tests on the loopback
interface, where everything that is not named stays refused to redirects.
"""
_BODIES = 64
"""Feeds whose bytes may wait for the worker; no more are fetched meanwhile."""
_UNCHANGED_TOGETHER = 64
"""Answers without news that are stored in one go."""
_MANY_UNREAD = 40
"""So many feeds that were never fetched are work for all lanes of the worker."""
_LARGE = 1024 * 1024
"""A body of so many bytes may take seconds to read, and waits until the smaller ones are done."""
_GONE, _TOO_MANY = 410, 429
_LATER = (
    "reader.model.article",
    "reader.model.analysis",
    "reader.store.codec",
    "reader.store.stories",
    "reader.store.listing",
    "reader.store.articles",
    "reader.store.retention",
    "reader.library.intake",
    "reader.library.backlog",
    "reader.library.upkeep",
)
"""What answers need, in steps of a few milliseconds: loaded while the servers think, which are asked sooner for it."""
_STEPS_TO_SEND = 6
"""Rounds of the event loop from a new connection to the request on it."""


def trusted_machines() -> frozenset[str]:
    """The machines that ``TRUSTED_MACHINES`` names."""
    return frozenset(os.environ.get(TRUSTED_MACHINES, "").split(",")) - {""}


class Refresher:
    """What a refresh needs, in one place."""

    def __init__(self, store: Store, config: Config, worker: Worker, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._config = config
        self._worker = worker
        self._clock = clock

    @cached_property
    def backlog(self) -> Backlog:
        """What is left to be done once the headlines stand."""
        from reader.library.backlog import Backlog

        return Backlog(self._store, self._worker, self._clock)

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
        if sum(record.body_digest is None for record in records) >= _MANY_UNREAD:
            self._worker.expect()
        results = await self._all(records, on_progress, force)
        trouble = await self.backlog.settle(on_progress=on_progress)
        if with_pages:
            from reader.library.pagestage import fetch_pages

            tools = (self._store, self._config, self._worker, self._clock, self.fetcher)
            fetched = await fetch_pages(*tools, records, results, on_progress)
            if fetched is not results:
                results, trouble = fetched, await self.backlog.settle() or trouble
        return RefreshReport(results, trouble)

    async def _all(
        self, records: Sequence[FeedRecord], on_progress: Callable[[Progress], None] | None, force: bool
    ) -> tuple[FeedResult, ...]:
        """Every feed asked and stored; how they fared, in the same order."""
        results: dict[int, FeedResult] = {}
        wanted: list[tuple[str, int]] = []
        unasked = len(records)

        def done(number: int, result: FeedResult) -> None:
            results[number] = result
            if on_progress is not None:
                on_progress(_progress(result, len(results), len(records)))

        async def ask(number: int) -> None:
            nonlocal unasked
            record = records[number]
            found = await self._bordered(record, self._ask(record, fetcher))
            unasked -= 1
            if isinstance(found, FeedResult):
                done(number, found)
            elif found.unchanged:
                unchanged.add((number, found))
            else:  # the next feed is not asked before there is room for this one's bytes
                await room.acquire()
                group.create_task(take(number, found))
            if not unasked:
                unchanged.flush()

        async def take(number: int, fetched: Fetched) -> None:
            try:
                done(number, await self._bordered(records[number], self._take(records[number], fetched, writes)))
            finally:
                room.release()

        async def settle(answers: list[tuple[int, Fetched]]) -> None:
            told = await self._unchanged([(records[number], fetched) for number, fetched in answers])
            for (number, _), result in zip(answers, told, strict=True):
                done(number, result)

        room = asyncio.Semaphore(_BODIES)
        writes = Gathering(self._store, lambda: len(records) - len(results))
        unchanged = Batches[tuple[int, Fetched]](
            lambda answers: group.create_task(settle(answers)), _UNCHANGED_TOGETHER
        )
        now = to_us(self._clock())
        for number, record in enumerate(records):
            if record.address.startswith(DEMO_SCHEME):
                status = UNCHANGED
            elif not force and record.next_due_us > now:
                status = WAITING
            else:
                wanted.append((host(record.address), number))
                continue
            unasked -= 1
            done(number, _result(record, status))
        limits = self._config.fetch
        async with self.fetcher() as fetcher, asyncio.TaskGroup() as group:
            Lanes(wanted, at_once=limits.concurrent, per_machine=limits.per_host).open(group, ask)
            group.create_task(_load_later())
        return tuple(results[number] for number in range(len(records)))

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
        """Entries with documents, made in the worker, or ``later``; raises ``FeedParseError``.

        In the ``BACKLOG`` a feed that takes long is put behind all others, so that it holds them up for no longer than
        its first try.
        """
        from reader.library.entries import incoming  # loads the parser of HTML
        from reader.library.intake import ParsedAnswer

        told = {"content_type": content_type, "address": address, "known": sorted(known), "later": later}
        job = {"job": "parse", **told}
        try:
            seconds = first_try(len(body)) if urgency is Urgency.BACKLOG else PARSE_SECONDS
            header, packed = await self._worker.run(job, body, urgency, seconds)
        except TookTooLong:
            if urgency is not Urgency.BACKLOG:
                raise
            header, packed = await self._worker.run(job, body, Urgency.LAST, PARSE_SECONDS)
        return ParsedAnswer(
            header["title"],
            header["site"],
            header["seen"],
            incoming(header["entries"], parted(header["sizes"], packed)),
            Rhythm(header["ttl"], header["skip_hours"], header["skip_days"]),
        )

    async def _bordered(self, record: FeedRecord, work: Awaitable[T]) -> T | FeedResult:
        """What comes of it, or how the feed failed: whatever it provokes ends here, and no other feed's refresh."""
        try:
            return await work
        except StoreError as error:
            return _result(record, ERROR, error=error)
        except LesartError as error:
            return await self._fail(record, error)
        except Exception as error:
            logger.info("refresh of feed %d", record.id, exc_info=True)
            return await self._fail(record, _unforeseen(error))

    async def _ask(self, record: FeedRecord, fetcher: Fetcher) -> Fetched:
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
        return fetched

    async def _unchanged(self, answers: Sequence[tuple[FeedRecord, Fetched]]) -> list[FeedResult]:
        """Answers that say nothing new, stored together; one after the other where that fails."""
        from reader.library.intake import store_unchanged

        told = [(record.id, fetched) for record, fetched in answers]
        try:
            moved = await self._write(store_unchanged, told, self._clock(), self.interval_seconds)
        except Exception:  # of one of them; whose it is comes out when each is stored by itself
            logger.info("%d answers cannot be stored together", len(told), exc_info=True)
            writes = Gathering(self._store, lambda: 1)
            return [await self._bordered(record, self._take(record, fetched, writes)) for record, fetched in answers]
        return [
            _result(record, MOVED if at_new else UNCHANGED) for (record, _), at_new in zip(answers, moved, strict=True)
        ]

    async def _take(self, record: FeedRecord, fetched: Fetched, writes: Gathering) -> FeedResult:
        from reader.library.intake import store_answer
        from reader.store import articles

        parsed = None
        if not fetched.unchanged:
            known = self._store.read(articles.known_states, record.id)
            # What failed before may do so again, and need not do it before all others.
            last = record.failures > 0 or len(fetched.body) > _LARGE
            urgency = Urgency.LAST if last else Urgency.BACKLOG
            try:
                # Of a new feed nothing can have changed, so that nothing has to be compared with what is stored.
                parsed = await self.parse(
                    fetched.body, fetched.content_type, fetched.address, known, urgency, later=not known
                )
            except FeedParseError as error:
                from reader.feeds.portal import in_place_of

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
        return await asyncio.wrap_future(self._store.submit(job, *args, **kwargs))


async def _load_later() -> None:
    for _ in range(_STEPS_TO_SEND):
        await asyncio.sleep(0)
    for name in _LATER:
        await asyncio.sleep(0)
        import_module(name)


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
