"""The order in which machines are asked: many at once, each by no more hands than it may be, and what one has to give
one after the other, so that a connection that stands is used again.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from typing import Generic, TypeVar

T = TypeVar("T")

PATIENCE_SECONDS = 0.25
"""So long what waits at a machine is left to the hands that are there: sooner than with a new connection they will do
it, unless one of them hangs.
"""


class _Machine(Generic[T]):
    """What waits at one machine, and how many tasks are at it."""

    __slots__ = ("hands", "waiting")

    def __init__(self) -> None:
        self.waiting: deque[T] = deque()
        self.hands = 0


class Lanes(Generic[T]):
    """The tasks that work through (machine, thing): ``at_once`` in all, ``per_machine`` at one machine."""

    def __init__(self, work: Iterable[tuple[str, T]], *, at_once: int, per_machine: int) -> None:
        found: dict[str, _Machine[T]] = {}
        for name, thing in work:
            found.setdefault(name, _Machine()).waiting.append(thing)
        # Those with most to give begin; of each as many hands as it has things, one round of all after the other.
        machines = sorted(found.values(), key=lambda machine: len(machine.waiting), reverse=True)
        rounds = ((machine, hand) for hand in range(per_machine) for machine in machines)
        self._tickets = deque(machine for machine, hand in rounds if len(machine.waiting) > hand)
        self._at_once = at_once
        self._running = 0
        self._timer: asyncio.TimerHandle | None = None

    def open(self, group: asyncio.TaskGroup, job: Callable[[T], Awaitable[None]]) -> None:
        """Do the job for all of it in tasks of the group."""
        while self._running < self._at_once and self._tickets:
            self._running += 1
            group.create_task(self._lane(group, job, self._tickets.popleft()))

    async def _lane(
        self, group: asyncio.TaskGroup, job: Callable[[T], Awaitable[None]], machine: _Machine[T] | None
    ) -> None:
        while machine is not None:
            machine.hands += 1
            try:
                while machine.waiting:
                    await job(machine.waiting.popleft())
            except BaseException:  # the group ends, and nothing more is begun in it
                self._tickets.clear()
                raise
            machine.hands -= 1
            machine = self._next()
        self._running -= 1
        if self._tickets and self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(PATIENCE_SECONDS, self._relieve, group, job)

    def _next(self) -> _Machine[T] | None:
        """A machine at which more waits than the hands there will take up next."""
        self._tickets = deque(machine for machine in self._tickets if machine.waiting)
        for number, machine in enumerate(self._tickets):
            if len(machine.waiting) > machine.hands:
                del self._tickets[number]
                return machine
        return None

    def _relieve(self, group: asyncio.TaskGroup, job: Callable[[T], Awaitable[None]]) -> None:
        """What has waited for so long gets hands of its own."""
        self._timer = None
        self._tickets = deque(machine for machine in self._tickets if machine.waiting)
        self.open(group, job)
