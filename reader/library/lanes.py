"""The order in which machines are asked: many at once, each by no more hands than it may be, and what one has to give
one after the other, so that a connection that stands is used again.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def open_lanes(
    group: asyncio.TaskGroup,
    work: Iterable[tuple[str, T]],
    job: Callable[[T], Awaitable[None]],
    *,
    at_once: int,
    per_machine: int,
) -> None:
    """Do the job for all of (machine, thing) in tasks of the group: ``at_once`` in all, ``per_machine`` of one
    machine. Those with most to give begin.
    """
    waiting: defaultdict[str, deque[T]] = defaultdict(deque)
    for machine, thing in work:
        waiting[machine].append(thing)
    queues = sorted(waiting.values(), key=len, reverse=True)
    # A ticket is the right to be one of a machine's hands; who holds it stays until there is nothing left to fetch.
    tickets = [queue for hand in range(per_machine) for queue in queues if len(queue) > hand]
    free = iter(tickets)

    async def lane() -> None:
        for queue in free:
            while queue:
                await job(queue.popleft())

    for _ in range(min(at_once, len(tickets))):
        group.create_task(lane())
