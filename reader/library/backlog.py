"""What a refresh leaves to be done once the headlines stand: documents, index, analyses, stories.

Nothing of it is kept in memory: the store knows what is undone, and a refresh that was killed or cancelled leaves it to
the next one.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, TypeVar

from reader.errors import AnalysisError
from reader.library.analyst import ANALYSE_SECONDS, LANES, PARSE_SECONDS, Urgency, Worker
from reader.library.frames import Header, joined, parted
from reader.library.pagestage import share_analyses, store_analyses
from reader.library.report import ANALYSING, Progress
from reader.model.analysis import ANALYSIS_VERSION
from reader.store import Store, analyses, articles, search, stories

T = TypeVar("T")
Batch = Sequence[tuple[int, bytes, bytes]]
"""(article id, digest, packed document or fragment)"""

INDEX_BATCH, ANALYSE_BATCH, DOCUMENT_BATCH = 200, 16, 64


class Backlog:
    """The work that waits in the store, and the worker that does it."""

    def __init__(self, store: Store, worker: Worker, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._worker = worker
        self._clock = clock

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
            done = waiting = 0
            while done < at_most and (found := self._store.read(analyses.pending, ANALYSE_BATCH * LANES)):
                waiting = waiting or self._store.read(analyses.pending_count)
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

    async def _write(self, job: Callable[..., T], *args: Any) -> T:
        return await asyncio.wrap_future(self._store.submit(job, *args))


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
