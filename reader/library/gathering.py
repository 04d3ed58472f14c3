"""Writes that come close together wait for each other and share a transaction.

A commit costs as much as the rows of several feeds: the pages that each transaction touches are written once for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from reader.store import Store

T = TypeVar("T")

TOGETHER = 16
SECONDS = 0.15
"""So long the first waits for others; nobody looks at it meanwhile."""


class Gathering:
    """The writes of one refresh; ``left`` counts the tasks that may still write, so that the last wait for nobody."""

    def __init__(self, store: Store, left: Callable[[], int]) -> None:
        self._store = store
        self._left = left
        self._turns: list[asyncio.Future[None]] = []

    async def write(self, job: Callable[..., T], *args: Any) -> T:
        """``job(connection, ...)``, all or nothing; done once it is committed."""
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[None] = loop.create_future()
        self._turns.append(turn)
        if len(self._turns) >= min(TOGETHER, self._left()):
            self._release(self._turns)
        elif len(self._turns) == 1:
            loop.call_later(SECONDS, self._release, self._turns)
        await turn
        return await asyncio.wrap_future(self._store.submit(job, *args))

    def _release(self, turns: list[asyncio.Future[None]]) -> None:
        if turns is self._turns:
            self._turns = []
        for turn in turns:
            if not turn.done():
                turn.set_result(None)
