"""Who is asked when: no machine by too many, what waits by hands that are there, and nobody held up by one that hangs."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence

import pytest

from reader.library.lanes import Lanes

Work = Sequence[tuple[str, int]]


async def work_through(
    work: Work, job: Callable[[int], Awaitable[None]], *, at_once: int = 100, per_machine: int = 1
) -> None:
    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        Lanes(work, at_once=at_once, per_machine=per_machine).open(group, job)


class Watch:
    """A job that counts how many of it are at work, in all and at each machine."""

    def __init__(self, work: Work) -> None:
        self._machine = {thing: machine for machine, thing in work}
        self._now: Counter[str] = Counter()
        self.done: list[int] = []
        self.most = 0
        self.most_at_one = 0

    async def __call__(self, thing: int) -> None:
        machine = self._machine[thing]
        self._now[machine] += 1
        self.most = max(self.most, self._now.total())
        self.most_at_one = max(self.most_at_one, *self._now.values())
        for _ in range(3):
            await asyncio.sleep(0)
        self._now[machine] -= 1
        self.done.append(thing)


@pytest.mark.parametrize(("at_once", "per_machine"), [(1, 1), (3, 1), (5, 2), (100, 8), (7, 100)])
async def test_all_is_done_within_both_limits(at_once: int, per_machine: int) -> None:
    work = [(f"{number % 7}.example", number) for number in range(60)] + [("big.example", n) for n in range(60, 90)]
    watch = Watch(work)
    await work_through(work, watch, at_once=at_once, per_machine=per_machine)
    assert sorted(watch.done) == list(range(90))
    assert watch.most <= at_once
    assert watch.most_at_one <= per_machine


async def test_as_many_as_allowed_are_at_work() -> None:
    work = [(f"{number % 5}.example", number) for number in range(50)]
    watch = Watch(work)
    await work_through(work, watch, at_once=8, per_machine=2)
    assert (watch.most, watch.most_at_one) == (8, 2)


async def test_one_that_hangs_holds_up_no_other_of_its_machine() -> None:
    """Two things of one machine, one pair of hands free elsewhere: it comes over when the first hangs."""
    work = [("a.example", 1), ("b.example", 2), ("a.example", 3)]
    third = asyncio.Event()

    async def job(thing: int) -> None:
        if thing == 1:
            await third.wait()
        elif thing == 3:
            third.set()

    await work_through(work, job, at_once=2, per_machine=2)
    assert third.is_set()


async def test_what_waits_is_left_to_the_hands_that_are_there() -> None:
    """The second thing of a machine goes to who did the first: where a connection stands, no other is opened."""
    work = [("a.example", 1), ("b.example", 2), ("a.example", 3)]
    done_by: dict[int, asyncio.Task[None] | None] = {}

    async def job(thing: int) -> None:
        done_by[thing] = asyncio.current_task()
        for _ in range(5 if thing == 1 else 1):
            await asyncio.sleep(0)

    await work_through(work, job, at_once=2, per_machine=2)
    assert done_by[3] is done_by[1] is not done_by[2]


async def test_after_a_job_that_ends_the_group_nothing_is_begun() -> None:
    begun: list[int] = []

    async def job(thing: int) -> None:
        begun.append(thing)
        raise ZeroDivisionError

    with pytest.raises(BaseExceptionGroup):
        await work_through([("a.example", 1), ("a.example", 2), ("b.example", 3)], job, at_once=1)
    assert begun == [1]


async def test_nothing_to_do_is_done_at_once() -> None:
    await work_through([], Watch([]))
