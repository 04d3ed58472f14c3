"""``library.stories``: stories told by several outlets, and the errand that finds them after a refresh."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from reader.analysis.comparison import compared
from reader.analysis.stories import LONGEST
from reader.errors import N_, AnalysisError, LesartError, NotFoundError
from reader.i18n import _
from reader.library.analyst import Interrupted, Urgency, Worker
from reader.library.frames import joined, parted
from reader.model.analysis import Reading
from reader.model.article import ArticleRow
from reader.model.story import StoryView, ToldApart
from reader.store import Store, listing
from reader.store import stories as table
from reader.store.listing import missing_article
from reader.store.times import to_us

if TYPE_CHECKING:
    from reader.library.reading import Readings

logger = logging.getLogger(__name__)

BATCH = 64
"""Documents in one job."""
_KNOWN = 20_000
"""Articles of the days around a batch that it is compared with at most, the latest."""
_SECONDS = 20.0
"""Processor time for one job."""
_DAY_US = 86_400_000_000
_LONGEST_US = LONGEST * 1_000_000
KEPT_US = _LONGEST_US + _DAY_US
"""How long openings and sketches are kept, in microseconds before the newest."""
_COMPARED = 24
"""Tellings whose sources are compared, the latest."""


class StoryBook:
    """What the shells may ask about stories."""

    def __init__(
        self, store: Store, readings: Readings, clock: Callable[[], datetime], *, copies_together: bool
    ) -> None:
        self._store = store
        self._readings = readings
        self._clock = clock
        self._copies_together = copies_together

    def view(self, article_id: int, *, compare: bool = True) -> StoryView | None:
        """The story of an article; nothing where no other article tells it. Raises ``NotFoundError``.

        ``compare``: with what its outlets have alone and in common, which reads up to 24 analyses.
        """
        self._store.read(listing.article, article_id)
        story = self._store.read(table.story_of, article_id)
        if story is None:
            return None
        told = self._store.read(table.tellings_of, [story]).get(story, [])
        return self._view(story, [number for number, _ in told], compare=compare) if len(told) > 1 else None

    def latest(self, limit: int = 50, *, days: float = 4, compare: bool = False) -> tuple[StoryView, ...]:
        """The stories told within so many days, the one with the newest telling first."""
        since = to_us(self._clock() - timedelta(days=days))
        found = self._store.read(table.latest, since, limit)
        return tuple(self._view(story, numbers, compare=compare) for story, numbers in found)

    def tell_apart(self, article_id: int) -> ToldApart:
        """Take an article out of its story, for good; what ``undo`` takes back.

        Raises ``NotFoundError``, and ``LesartError`` for an article that stands alone.
        """
        done = self._store.write(table.tell_apart, article_id)
        if done is None:
            headline = self._store.read(listing.article, article_id).title or _("(without a headline)")
            raise LesartError(N_("No other article tells the story of “{headline}”."), headline=headline)
        return done

    def undo(self, done: ToldApart) -> None:
        """Put the article back; what has come to the story since stays in it."""
        self._store.write(table.undo, done)

    def with_copies(self, ids: Sequence[int]) -> Sequence[int]:
        """These articles and all that print the text of one of them word for word, where copies count as one."""
        return self._store.read(table.copies_of, ids) if self._copies_together else ids

    def _view(self, story: int, numbers: Sequence[int], *, compare: bool) -> StoryView:
        rows: tuple[ArticleRow, ...] = tuple(self._store.read(listing.rows, numbers))
        if not rows:
            raise missing_article(story)
        only_here, everywhere = compared(list(self._told(rows[:_COMPARED])) if compare else [])
        return StoryView(
            id=story,
            rows=rows,
            outlets=tuple(dict.fromkeys(row.outlet for row in rows)),
            agency=next((row.agency for row in rows if row.agency), ""),
            only_here=only_here,
            everywhere=everywhere,
        )

    def _told(self, rows: Sequence[ArticleRow]) -> Iterator[tuple[int, str, Reading]]:
        """What each of these tells; another process may be letting one go."""
        for row in rows:
            with suppress(NotFoundError):
                yield row.id, row.outlet, self._readings.get(row.id)


async def cluster_pending(store: Store, worker: Worker) -> None:
    """Put everything that is analysed to its story; what is left undone is found in the store the next time.

    Raises ``AnalysisError`` when the worker gives no answers at all.
    """
    series = _Series(store, worker)
    while batch := store.read(table.pending, BATCH):
        try:
            placed = await series.place(batch)
        except Interrupted:
            raise
        except AnalysisError:
            placed = await series.place_each(batch)
        await asyncio.wrap_future(store.submit(table.save, placed, KEPT_US))


class _Series:
    """Jobs that follow each other: the child keeps the stories of one for the next, as long as it is the same child."""

    def __init__(self, store: Store, worker: Worker) -> None:
        self._store = store
        self._worker = worker
        self._name = uuid.uuid4().hex
        self._begun = False

    async def place(self, batch: Sequence[table.Pending]) -> list[table.Placed]:
        """Where the articles belong; raises ``AnalysisError``."""
        apart = self._store.read(table.told_apart, [one.id for one in batch])
        new = [_record(one, apart=apart.get(one.id, [])) for one in batch]
        answer, packed = await self._ask(new, [one.body for one in batch], None) if self._begun else ({}, b"")
        if "placed" not in answer:
            known = self._store.read(table.known, batch[0].position - _LONGEST_US, _KNOWN)
            answer, packed = await self._ask(new, [one.body for one in batch], known)
        self._begun = True
        return placed_of(batch, answer, packed)

    async def place_each(self, batch: Sequence[table.Pending]) -> list[table.Placed]:
        """The same one by one; a document that brings the worker down stands alone and does not cost the others."""
        placed = []
        for one in batch:
            self._begun = False
            try:
                placed += await self.place([one])
            except Interrupted:
                raise
            except AnalysisError as error:
                logger.info("article %d is put to no story: %s", one.id, error)
                alone = table.Placed(
                    id=one.id, digest=one.digest, story=one.id, copy=one.id, opening="", sketch=b"", agency=""
                )
                placed.append(alone)
        return placed

    async def _ask(
        self, new: list[dict[str, Any]], bodies: Sequence[bytes], known: Sequence[table.Known] | None
    ) -> tuple[dict[str, Any], bytes]:
        """One job: with ``known`` a new beginning, without it the child goes on if it can."""
        header, body = _job(self._name, new, bodies, known)
        return await self._worker.run(header, body, Urgency.BACKLOG, _SECONDS)


def first_job(batch: Sequence[table.Pending]) -> tuple[dict[str, Any], bytes]:
    """The job for the articles of a store in which none has a story yet."""
    return _job("", [_record(one, apart=[]) for one in batch], [one.body for one in batch], ())


def placed_of(batch: Sequence[table.Pending], answer: dict[str, Any], packed: bytes) -> list[table.Placed]:
    """The worker's answer for a batch as ``store.stories.save`` takes it."""
    return [
        table.Placed(digest=one.digest, sketch=values, **place)
        for one, place, values in zip(batch, answer["placed"], parted(answer["sizes"], packed), strict=True)
    ]


def _job(
    series: str,
    new: list[dict[str, Any]],
    bodies: Sequence[bytes],
    known: Sequence[table.Known] | None,
) -> tuple[dict[str, Any], bytes]:
    told = None if known is None else [_record(one, copy=one.copy, opening=one.opening) for one in known]
    sizes, body = joined([*(one.sketch for one in known or ()), *bodies])
    return {"job": "cluster", "series": series, "known": told, "new": new, "sizes": sizes}, body


def _record(one: table.Pending | table.Known, **more: Any) -> dict[str, Any]:
    return {
        "id": one.id,
        "position": one.position,
        "title": one.title,
        "outlet": one.outlet,
        "genre": one.genre,
        "completeness": one.completeness,
        "story": one.story,
        **more,
    }
