"""The child process: works, is replaced when it dies, is stopped when it takes too long, ends with its owner."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from typing import BinaryIO, cast

import pytest

from reader.errors import AnalysisError, FeedParseError
from reader.library import analyst
from reader.library.analyst import ChildWorker, InlineWorker, Urgency
from reader.library.frames import frame, parted, read_frame
from reader.model.article import Block, BlockKind, Document
from reader.model.span import Span
from reader.store.codec import pack_document, unpack_analysis
from tests.loopback import item, rss

TEXT = "Der Minister sagte, das Gesetz komme. Die Opposition lehnt es ab."
DOCUMENT = Document(text=TEXT, blocks=(Block(BlockKind.PARAGRAPH, Span(0, len(TEXT))),))
BODY = pack_document(DOCUMENT)
ANALYSE = {"job": "analyse", "sizes": [len(BODY)]}


def parse_job() -> dict[str, object]:
    return {"job": "parse", "content_type": "", "address": "https://example.org/", "known": []}


def slow_feed() -> bytes:
    """120 kB that hold feedparser for half a minute without letting go of the interpreter."""
    # The document type keeps it from the parser for plain feeds, the tag in the name from being shortened.
    return b"<!DOCTYPE rss>" + rss(f"<item><title>T</title><author><b/>{'a.a' * 40_000}</author></item>")


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
async def child() -> AsyncIterator[ChildWorker]:
    worker = ChildWorker()
    yield worker
    worker.close()
    await worker.closed()


async def test_child_and_inline_worker_give_the_same(child: ChildWorker) -> None:
    answers = [await w.run(ANALYSE, BODY, Urgency.DEMAND, 10) for w in (child, InlineWorker())]
    assert answers[0] == answers[1]
    header, packed = answers[0]
    analysis = unpack_analysis(parted(header["sizes"], packed)[0])
    assert (analysis.digest, analysis.version) == (DOCUMENT.digest, header["version"])
    assert header["rows"][0]["sources"] == len(analysis.sources)


async def test_no_child_without_work() -> None:
    assert ChildWorker().pids == ()


async def test_errors_come_back_as_they_are(child: ChildWorker) -> None:
    with pytest.raises(FeedParseError, match="web page"):
        await child.run(parse_job(), b"<!doctype html><html></html>", Urgency.DEMAND, 5)
    with pytest.raises(AnalysisError, match="brought the analysis down") as caught:
        await child.run(ANALYSE, b"nonsense", Urgency.DEMAND, 5)
    assert "codec.py" in caught.value.detail


async def test_a_killed_idle_child_is_replaced_unnoticed(child: ChildWorker) -> None:
    await child.run(ANALYSE, BODY, Urgency.DEMAND, 10)
    (first,) = child.pids
    os.kill(first, signal.SIGKILL)
    await child.run(ANALYSE, BODY, Urgency.DEMAND, 10)
    (second,) = child.pids
    assert second != first


async def test_a_child_killed_at_work_is_replaced_and_the_job_done(child: ChildWorker) -> None:
    await child.run(ANALYSE, BODY, Urgency.DEMAND, 10)
    (first,) = child.pids
    os.kill(first, signal.SIGSTOP)  # the job will be under way, and stay so
    job = asyncio.create_task(child.run(ANALYSE, BODY, Urgency.DEMAND, 60))
    await asyncio.sleep(0)
    while child._jobs:
        await asyncio.sleep(0)
    os.kill(first, signal.SIGKILL)
    header, _ = await asyncio.wait_for(job, 60)
    assert header["rows"]
    assert first not in child.pids


async def test_what_takes_too_long_costs_itself_only(child: ChildWorker) -> None:
    await child.run(parse_job(), rss(item(1)), Urgency.BACKLOG, 5)
    (first,) = child.pids
    started = time.monotonic()
    with pytest.raises(FeedParseError, match="took more than"):
        await child.run(parse_job(), slow_feed(), Urgency.BACKLOG, 0.5)
    assert time.monotonic() - started < 10
    header, _ = await child.run(parse_job(), rss(item(2)), Urgency.BACKLOG, 5)
    assert header["entries"][0]["title"] == "Meldung 2"
    assert first not in child.pids


async def test_the_processor_limit_counts_from_the_first_job_on(child: ChildWorker) -> None:
    with pytest.raises(FeedParseError, match="took more than"):
        await asyncio.wait_for(child.run(parse_job(), slow_feed(), Urgency.BACKLOG, 0.5), 15)


@pytest.mark.parametrize("warm", [True, False], ids=["at any time", "as the first of all"])
async def test_a_document_that_takes_long_holds_up_no_other(child: ChildWorker, warm: bool) -> None:
    if warm:
        await child.run(parse_job(), rss(item(1)), Urgency.BACKLOG, 5)
    slow = asyncio.create_task(child.run(parse_job(), slow_feed(), Urgency.BACKLOG, 20))
    await asyncio.sleep(0)
    await asyncio.wait_for(child.run(parse_job(), rss(item(2)), Urgency.BACKLOG, 5), 30)
    assert not slow.done()
    assert len(child.pids) == 2
    slow.cancel()


async def test_expected_work_is_shared_from_the_first_job_on(child: ChildWorker) -> None:
    child.expect()
    jobs = [asyncio.create_task(child.run(ANALYSE, BODY, Urgency.BACKLOG, 10)) for _ in range(2)]
    async with asyncio.timeout(30):
        await asyncio.gather(*jobs)
    assert len(child.pids) == 2


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="no priorities of processes here")
async def test_the_child_gives_way_from_the_first_analysis_on(child: ChildWorker) -> None:
    await child.run(parse_job(), rss(item(1)), Urgency.BACKLOG, 5)
    (pid,) = child.pids
    own = os.getpriority(os.PRIO_PROCESS, 0)
    assert os.getpriority(os.PRIO_PROCESS, pid) == own
    for _ in range(2):
        await child.run(ANALYSE, BODY, Urgency.BACKLOG, 10)
        assert os.getpriority(os.PRIO_PROCESS, pid) == min(own + 10, 19)


async def test_the_loop_stays_free_while_the_child_is_held(child: ChildWorker) -> None:
    await child.run(parse_job(), rss(item(1)), Urgency.BACKLOG, 5)
    slow = asyncio.create_task(child.run(parse_job(), slow_feed(), Urgency.BACKLOG, 0.5))
    longest, last = 0.0, time.monotonic()
    while not slow.done():
        await asyncio.sleep(0.001)
        now = time.monotonic()
        longest, last = max(longest, now - last), now
    with pytest.raises(FeedParseError):
        slow.result()
    assert longest < 0.25


async def test_a_person_s_wish_goes_first(child: ChildWorker) -> None:
    await child.run(ANALYSE, BODY, Urgency.DEMAND, 10)
    order: list[str] = []

    async def run(name: str, urgency: Urgency) -> None:
        await child.run(ANALYSE, BODY, urgency, 10)
        order.append(name)

    names = {"backlog": Urgency.BACKLOG, "soon": Urgency.PREFETCH, "now": Urgency.DEMAND}
    async with asyncio.TaskGroup() as group:
        for name, urgency in names.items():
            group.create_task(run(name, urgency))
    assert order == ["now", "soon", "backlog"]


async def test_a_wish_withdrawn_is_not_worked_on(child: ChildWorker) -> None:
    blocked = asyncio.create_task(child.run(ANALYSE, BODY, Urgency.DEMAND, 10))
    withdrawn = asyncio.create_task(child.run(ANALYSE, b"nonsense", Urgency.BACKLOG, 10))
    await asyncio.sleep(0)
    withdrawn.cancel()
    await blocked
    with pytest.raises(asyncio.CancelledError):
        await withdrawn
    await child.run(ANALYSE, BODY, Urgency.DEMAND, 10)


async def test_closing_ends_the_child_at_once(child: ChildWorker) -> None:
    await child.run(ANALYSE, BODY, Urgency.DEMAND, 10)
    (pid,) = child.pids
    child.close()
    await asyncio.wait_for(child.closed(), 2)
    assert not alive(pid)


def test_the_end_of_the_loop_ends_the_child() -> None:
    worker = ChildWorker()

    async def use() -> int:
        await worker.run(ANALYSE, BODY, Urgency.DEMAND, 10)
        return worker.pids[0]

    first, second = asyncio.run(use()), asyncio.run(use())
    assert first != second
    assert not alive(first)
    assert not alive(second)


async def test_an_idle_child_is_let_go(child: ChildWorker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analyst, "_IDLE_SECONDS", 0.05)
    await child.run(ANALYSE, BODY, Urgency.DEMAND, 10)
    (pid,) = child.pids
    await asyncio.wait_for(child.closed(), 10)
    assert child.pids == ()
    assert not alive(pid)
    await child.run(ANALYSE, BODY, Urgency.DEMAND, 10)


def test_the_child_ends_with_its_input_even_at_work() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "reader.library.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdin.write(frame(ANALYSE, BODY))
    process.stdin.flush()
    assert read_frame(cast("BinaryIO", process.stdout)) is not None
    many = {"job": "analyse", "sizes": [len(BODY)] * 20_000}
    process.stdin.write(frame(many, BODY * 20_000))
    process.stdin.close()
    assert process.wait(2) == 0
    assert process.stderr.read() == b""
    process.stdout.close()
    process.stderr.close()


def test_a_half_message_is_the_end() -> None:
    whole = frame({"job": "x"}, b"body")
    for cut in range(len(whole)):
        assert read_frame(io.BytesIO(whole[:cut])) is None
    assert read_frame(io.BytesIO(whole)) == ({"job": "x"}, b"body")
