"""Writes of one refresh: in few transactions, none of them kept waiting for long, a failing one by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.library import gathering
from reader.library.gathering import TOGETHER, Batches, Gathering
from reader.store import Connection, Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "lesart.db")
    yield store
    store.close()


def doubled(_connection: Connection, number: int) -> int:
    return 2 * number


def refused(_connection: Connection) -> int:
    raise ValueError("no")


async def test_each_gets_its_own_answer(store: Store) -> None:
    writes = Gathering(store, lambda: 100)
    found = await asyncio.gather(*(writes.write(doubled, number) for number in range(TOGETHER + 3)))
    assert found == [2 * number for number in range(TOGETHER + 3)]


async def test_the_last_ones_wait_for_nobody(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "SECONDS", 60.0)
    async with asyncio.timeout(10):
        assert await asyncio.gather(*(Gathering(store, lambda: 1).write(doubled, n) for n in (1, 2))) == [2, 4]


async def test_a_write_alone_waits_no_longer_than_the_time_set(store: Store) -> None:
    async with asyncio.timeout(10):
        assert await Gathering(store, lambda: 100).write(doubled, 4) == 8


async def test_a_failing_write_costs_the_others_nothing(store: Store) -> None:
    writes = Gathering(store, lambda: 2)
    failed, done = await asyncio.gather(writes.write(refused), writes.write(doubled, 1), return_exceptions=True)
    assert isinstance(failed, ValueError)
    assert done == 2


async def test_a_write_given_up_holds_up_nobody(store: Store) -> None:
    writes = Gathering(store, lambda: 100)
    given_up = asyncio.create_task(writes.write(doubled, 1))
    await asyncio.sleep(0)
    given_up.cancel()
    assert await asyncio.gather(*(writes.write(doubled, 2) for _ in range(TOGETHER - 1))) == [4] * (TOGETHER - 1)


async def test_what_comes_close_together_is_dealt_with_together() -> None:
    dealt: list[list[int]] = []
    batches = Batches[int](dealt.append, 3)
    for number in range(7):
        batches.add(number)
    batches.flush()
    batches.flush()
    assert dealt == [[0, 1, 2], [3, 4, 5], [6]]


async def test_the_first_of_a_batch_waits_no_longer_than_the_time_set() -> None:
    dealt: asyncio.Queue[list[int]] = asyncio.Queue()
    batches = Batches[int](dealt.put_nowait, 100)
    batches.add(1)
    async with asyncio.timeout(10):
        assert await dealt.get() == [1]
