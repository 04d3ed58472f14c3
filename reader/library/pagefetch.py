"""The pages of new articles, at the end of a refresh: fetched, read, and kept in place of the feed's text where they
say more.

Bounds of one refresh (``pagestage``): ``PER_REFRESH`` pages in all, ``PER_HOST`` of one machine, ``PER_FEED`` of one
feed, newest first, articles of the last ``RECENT`` only; the rest follows in the next refreshes. A machine that
answers 429, 503 or Retry-After, or cannot be reached ``UNREACHED`` times, is asked no more. A page that fails is
tried ``TRIES`` times, further apart each time, and then given up: the feed's text stays. Each page is stored by
itself, so that a refresh that is killed loses none that it had.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

from reader.config import Config
from reader.errors import LesartError, StoreError
from reader.feeds.address import host, host_name
from reader.feeds.fetch import Fetcher
from reader.feeds.problems import StatusError
from reader.library import timing
from reader.library.analyst import ANALYSE_SECONDS, Urgency, Worker
from reader.library.fulltext import PAYWALLED, is_same_article, mark_paywalled, refusal
from reader.library.pages import document_of
from reader.library.pagestage import PATIENCE, PER_HOST, SAME_PAGE, TRIES, UNREACHED
from reader.library.report import PAGES, Progress
from reader.library.secrets import access_of
from reader.library.unforeseen import named
from reader.model.analysis import Completeness
from reader.model.article import Document
from reader.store import Connection, Store, analyses, articles, pages
from reader.store.codec import pack_document, unpack_document
from reader.store.feeds import FeedRecord
from reader.store.pages import Wanted
from reader.store.times import to_us

_TOGETHER = 8
"""Pages on their way at once."""
_FINAL = frozenset({401, 403, 404, 410, 451})
logger = logging.getLogger(__name__)


class PageFetcher:
    """One refresh's pages."""

    def __init__(
        self, store: Store, config: Config, worker: Worker, clock: Callable[[], datetime], fetcher: Fetcher
    ) -> None:
        self._store = store
        self._config = config
        self._worker = worker
        self._clock = clock
        self._fetcher = fetcher
        self._unreached: Counter[str] = Counter()
        self._resting: dict[str, int] = {}
        self.taken: Counter[int] = Counter()
        """Full texts that came in, by feed."""

    async def run(
        self,
        found: Sequence[Wanted],
        records: dict[int, FeedRecord],
        resting: Collection[str],
        on_progress: Callable[[Progress], None] | None,
    ) -> None:
        """Fetch these, but none from the machines that are ``resting``; raises ``StoreError``."""
        by_address: dict[str, list[Wanted]] = defaultdict(list)
        at_host: Counter[str] = Counter()
        for one in found:
            machine = host(one.address)
            if one.address in by_address or (machine not in resting and at_host[machine] < PER_HOST):
                at_host[machine] += one.address not in by_address
                by_address[one.address].append(one)
        hosts: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(self._config.fetch.per_host))
        slots = asyncio.Semaphore(min(_TOGETHER, self._config.fetch.concurrent))
        done = 0

        async def one_page(same: Sequence[Wanted]) -> None:
            nonlocal done
            record = records[same[0].feed_id]
            async with hosts[host(same[0].address)], slots:
                await self._one(same, record)
            done += 1
            if on_progress is not None:
                progress = Progress(
                    feed_id=record.id, title=record.title, done=done, total=len(by_address), phase=PAGES
                )
                on_progress(progress)

        # All come to their end before the store's trouble is told; being cancelled ends them all.
        ends = await asyncio.gather(*map(one_page, by_address.values()), return_exceptions=True)
        for trouble in filter(None, ends):
            raise trouble

    async def _one(self, same: Sequence[Wanted], record: FeedRecord) -> None:
        """One page, for every article that has its address."""
        machine = host(same[0].address)
        try:
            if await self._reused(same):
                return
            if machine in self._resting:
                await self._postpone(same, self._resting[machine], failed=False)
                return
            if self._unreached[machine] >= UNREACHED:
                return
            document = await self._document(same[0], record)
            for one in same:
                await self._settle(one, document)
        except StoreError:
            raise
        except StatusError as error:
            await self._refused_by_server(same, error, machine)
        except LesartError as error:
            self._unreached[machine] += 1
            logger.info("page of article %d: %s", same[0].article_id, error)
            await self._failed(same)
        except Exception as error:  # the border of a page: whatever it provokes ends here
            logger.info("page of article %d: %s", same[0].article_id, named(error), exc_info=True)
            await self._failed(same)

    async def _reused(self, same: Sequence[Wanted]) -> bool:
        """Whether the page was read for another article just now, and so needs not be asked for again."""
        since = to_us(self._clock() - SAME_PAGE)
        if any(one.taken for one in same):
            return False
        read = self._store.read(pages.twin, same[0].article_id, since)
        if read is None:
            return False
        document = unpack_document(read)
        for one in same:
            if PAYWALLED in document.labels:
                await self._write(refuse, one, unpack_document(one.body))
            else:
                await self._settle(one, document)
        return True

    async def _document(self, one: Wanted, record: FeedRecord) -> Document:
        page = await self._fetcher.get(
            one.address,
            guarded=not record.typed or host_name(one.address) != host_name(record.address),
            access=(await access_of(record)).towards(record.address, one.address),
        )
        self._unreached[host(one.address)] = 0
        hint = {
            "title": one.title,
            "teaser": "" if one.taken else unpack_document(one.body).text,
            "authors": list(one.authors),
            "date": None if one.published is None else one.published.isoformat(),
        }
        return await document_of(
            self._worker,
            page.body,
            address=page.address,
            content_type=page.content_type,
            hint=hint,
            urgency=Urgency.BACKLOG,
        )

    async def _settle(self, one: Wanted, found: Document) -> None:
        """Keep what the page says, or what it says about itself."""
        body = pack_document(found)
        header, analysis = await self._worker.run(
            {"job": "analyse", "sizes": [len(body)]}, body, Urgency.BACKLOG, ANALYSE_SECONDS
        )
        stored = unpack_document(one.body)
        summary = analyses.Summary(**header["rows"][0])
        how_much = Completeness(summary.completeness)
        other = not is_same_article(one.title, stored, found)
        # A text that was taken before may have become shorter: it was corrected.
        if other or how_much is Completeness.EMPTY or refusal(how_much, found, stored, corrected=one.taken):
            paywalled = how_much is Completeness.PAYWALL and not other
            await self._write(refuse, one, stored if paywalled and not one.taken else None)
            return
        result = (one.article_id, found.digest, analysis, summary)
        if await self._write(take, one, found.digest, body, self._clock(), result, header["version"]):
            self.taken[one.feed_id] += 1

    async def _refused_by_server(self, same: Sequence[Wanted], error: StatusError, machine: str) -> None:
        if error.status in PATIENCE or error.retry_seconds:
            wait = error.retry_seconds or timing.backoff(timing.SHORTEST, same[0].failures + 1, same[0].article_id)
            self._resting[machine] = to_us(self._clock() + timedelta(seconds=wait))
            await self._postpone(same, self._resting[machine], failed=True)
        elif error.status in _FINAL:
            for one in same:
                await self._write(refuse, one, None)
        else:
            await self._failed(same)

    async def _failed(self, same: Sequence[Wanted]) -> None:
        for one in same:
            if one.failures + 1 >= TRIES:
                await self._write(refuse, one, None)
                continue
            wait = timing.backoff(self._config.fetch.interval_minutes * 60, one.failures + 1, one.article_id)
            await self._postpone([one], to_us(self._clock() + timedelta(seconds=wait)), failed=True)

    async def _postpone(self, same: Sequence[Wanted], due_us: int, *, failed: bool) -> None:
        ids = [one.article_id for one in same]
        await asyncio.wrap_future(self._store.submit(pages.postpone, ids, due_us, failed=failed))

    async def _write(self, job: Callable[..., bool], *args: object) -> bool:
        return await asyncio.wrap_future(self._store.submit(job, *args))


def take(
    connection: Connection,
    one: Wanted,
    digest: bytes,
    body: bytes,
    now: datetime,
    result: tuple[int, bytes, bytes, analyses.Summary | None],
    version: int,
) -> bool:
    """Put the page's text in the place of the stored one, with its analysis; not when that has changed meanwhile."""
    if analyses.digest(connection, one.article_id) != one.digest:
        return False
    if digest != one.digest:
        articles.replace_document(connection, one.article_id, digest, body, now)
    pages.take(connection, one.article_id, one.digest)
    analyses.save(connection, [result], version)
    return digest != one.digest


def refuse(connection: Connection, one: Wanted, paywalled: Document | None) -> bool:
    """Keep the text there is; ``paywalled``: that text, whose page goes on behind a paywall, so that it is named."""
    if one.taken:
        pages.take(connection, one.article_id, None)
        return False
    pages.refuse(connection, one.article_id)
    if paywalled is not None:
        mark_paywalled(connection, one.article_id, paywalled)
    return False
