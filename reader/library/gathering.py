"""What comes close together waits for each other and shares a transaction.

A commit costs as much as the rows of several feeds: the pages that each transaction touches are written once for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from reader.store import Store

T = TypeVar("T")

TOGETHER = 16
SECONDS = 0.15
"""So long the first waits for others; nobody looks at it meanwhile."""


class Batches(Generic[T]):
    """Things that cost little alone and less together: handed on when there are enough or the first has waited long."""

    def __init__(self, deal: Callable[[list[T]], object], size: int) -> None:
        self._deal = deal
        self._size = size
        self._things: list[T] = []

    def add(self, thing: T) -> None:
        """One more."""
        self._things.append(thing)
        if len(self._things) >= self._size:
            self.flush()
        elif len(self._things) == 1:
            asyncio.get_running_loop().call_later(SECONDS, self._flush_if, self._things)

    def flush(self) -> None:
        """Hand on what there is."""
        things, self._things = self._things, []
        if things:
            self._deal(things)

    def _flush_if(self, things: list[T]) -> None:
        if things is self._things:
            self.flush()


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
