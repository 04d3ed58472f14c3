"""What keeps the store small and safe by itself: articles let go by the configured rule, daily copies, backups.

After a refresh at most once a day; nothing here makes a refresh fail.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from reader.config import Config
from reader.errors import LesartError
from reader.paths import Paths
from reader.store import Connection, Store, copies, maintenance, retention
from reader.store.copies import Copy, NotWantedError, sync_folder
from reader.store.retention import FeedShare

T = TypeVar("T")

logger = logging.getLogger(__name__)

_TIDIED, _COPIED = "tidied", "copied"
_LONG_SILENCE = timedelta(days=30)
"""After such a time the clock may be wrong; a day is given to notice before anything is let go."""
_SWEPT = 200
"""Unused analyses in one step."""
_CUT_OFF = 500
"""Unused pages in one step; some ten milliseconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """Where the earlier store is kept, and the configuration that came along; nothing where there was none."""

    kept: Path | None
    configuration: Path | None
    kept_configuration: Path | None


class Upkeep:
    """Retention and daily copies of one library."""

    def __init__(self, store: Store, paths: Paths, config: Config, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._paths = paths
        self._keep = config.keep
        self._clock = clock

    def preview(self) -> list[FeedShare]:
        """What the rule would let go now, by feed, the feed with the most first."""
        return self._store.read(retention.shares, self._keep.retention, self._clock())

    async def tidy(self, on_progress: Callable[[int, int], None] | None = None) -> int:
        """Let go what the rule says, step by step between the writes of others; the number of articles.

        ``on_progress`` is given how many are done, and how many there are to look at. Raises ``StoreError``.
        """
        rule, now = self._keep.retention, self._clock()
        ids = await asyncio.to_thread(self._elsewhere, retention.due, rule, now)
        done = gone = 0
        while done < len(ids):
            step = ids[done : done + retention.STEP_ARTICLES]
            looked, removed = await self._write(retention.let_go, step, rule, now)
            done, gone = done + looked, gone + removed
            if on_progress is not None:
                on_progress(done, len(ids))
        unused = await asyncio.to_thread(self._elsewhere, retention.unused_analyses)
        for start in range(0, len(unused), _SWEPT):
            await self._write(retention.drop_analyses, unused[start : start + _SWEPT])
        await self._shrink()
        return gone

    async def _shrink(self) -> None:
        """Give the space of what is gone back to the disk, step by step between the writes of others."""
        await asyncio.to_thread(maintenance.rebuild, self._store.path)
        left = await self._write(maintenance.give_back, _CUT_OFF)
        while left:
            before, left = left, await self._write(maintenance.give_back, _CUT_OFF)
            if left >= before:  # another process fills them again
                break
        await asyncio.to_thread(maintenance.empty_log, self._store.path)

    async def daily(self) -> None:
        """What is due today; called after a refresh. Its troubles are logged, and told by ``lesart doctor``."""
        try:
            if not self._keep.retention.keeps_everything and await self._is_turn(_TIDIED, _LONG_SILENCE):
                gone = await self.tidy()
                logger.info("%d articles let go", gone)
            if self._keep.copies and await self._is_turn(_COPIED):
                await self._copy()
        except (LesartError, OSError) as error:
            logger.warning("upkeep: %s", error)

    def copies(self) -> tuple[Copy, ...]:
        """The daily copies, newest first."""
        return copies.copies(self._paths.database)

    async def _copy(self) -> None:
        end = threading.Event()
        try:
            await asyncio.to_thread(
                copies.make,
                self._paths.database,
                self._clock().astimezone().date(),
                number=self._keep.copies,
                megabytes=self._keep.copies_megabytes,
                configuration=configuration_text(self._paths),
                wanted=lambda: not end.is_set(),
            )
        except asyncio.CancelledError:
            end.set()
            raise
        except NotWantedError:
            logger.info("the daily copy was given up")

    async def _is_turn(self, name: str, silence: timedelta | None = None) -> bool:
        """Whether something was last done on an earlier day; from now on it is done today.

        What has never been done waits for the next day: on its first day a store holds nothing worth the time. A day
        in the future (the clock was wrong) and too long a silence count the same.
        """
        today = self._clock().astimezone().date()

        def turn(connection: Connection) -> bool:
            noted = retention.note(connection, name)
            if noted == today.isoformat():
                return False
            retention.set_note(connection, name, today.isoformat())
            earliest = "" if silence is None else (today - silence).isoformat()
            return bool(noted) and earliest <= noted < today.isoformat()

        # Most refreshes find it done already and write nothing.
        if self._store.read(retention.note, name) == today.isoformat():
            return False
        return await self._write(turn)

    def _elsewhere(self, query: Callable[..., T], *args: Any) -> T:
        """A long read on a connection that is closed afterwards."""
        return maintenance.read_once(self._store.path, query, *args)

    async def _write(self, job: Callable[..., T], *args: Any) -> T:
        future: Future[T] = self._store.submit(job, *args)
        return await asyncio.wrap_future(future)


def configuration_text(paths: Paths) -> str:
    """The configuration file as it stands; "" where there is none that can be read."""
    with contextlib.suppress(OSError, UnicodeDecodeError):
        return paths.config_file.read_text("utf-8")
    return ""


def back_up(store: Store, paths: Paths, target: Path, *, force: bool) -> None:
    """Copy the store with the configuration into one file; raises ``ExportError`` and ``StoreError``."""
    store.flush()
    store.read(maintenance.back_up, target, force=force, configuration=configuration_text(paths))


def restore(paths: Paths, source: Path, *, force: bool) -> Restored:
    """Put a backup in the place of the store, and its configuration where there is none yet, or with ``force`` in the
    place of the one that is there, which is kept.

    Raises ``StoreError`` for what is no sound backup, ``ExportError`` when there is a store and no ``force``.
    """
    text = maintenance.configuration_in(source)
    kept = maintenance.restore(source, paths.database, force=force)
    target = paths.config_file
    if not text or text == configuration_text(paths) or (target.exists() and not force):
        return Restored(kept=kept, configuration=None, kept_configuration=None)
    earlier = target.with_name(target.name + ".before-restore") if target.exists() else None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if earlier is not None:
            target.replace(earlier)
        part = target.with_name(f"{target.name}.{os.getpid()}.part")
        part.write_text(text, "utf-8")
        part.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise maintenance.cannot_write(target, error) from error
    return Restored(kept=kept, configuration=target, kept_configuration=earlier)
