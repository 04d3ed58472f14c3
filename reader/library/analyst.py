"""The owner of the child process: starts it when there is work, hands out jobs by urgency, ends and replaces
it.

A document that takes too long costs its own job and nothing else: the child is killed and the next job gets
a new one.
"""

from __future__ import annotations

import asyncio
import contextlib
import heapq
import itertools
import signal
import sys
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Protocol

from reader.errors import N_, AnalysisError, FeedParseError, LesartError
from reader.library import worker
from reader.library.events import error_from_dict
from reader.library.frames import LENGTHS, Header, frame, header_of

PARSE_SECONDS = 5.0
"""Processor time for one feed."""
ANALYSE_SECONDS = 10.0
"""Processor time for one batch of documents."""
_WALL_FACTOR = 3.0
"""Wall time allowed for each second of processor time, on a busy machine and with a niced child."""
_START_SECONDS = 15.0
"""Wall time added for a child's first job, in which it loads its modules."""
_IDLE_SECONDS = 90.0
"""An idle child is ended after this, and its memory with it."""


class Urgency(IntEnum):
    """Who waits for the answer."""

    DEMAND = 0
    """A person."""
    PREFETCH = 1
    """A person, soon."""
    BACKLOG = 2
    """Nobody in particular."""


class Worker(Protocol):
    """What the library needs of a worker, whether it is a process of its own or not."""

    async def run(self, header: Header, body: bytes, urgency: Urgency, seconds: float) -> tuple[Header, bytes]:
        """Do one job; raises ``LesartError``."""
        ...

    def close(self) -> None:
        """End at once; callable outside any event loop."""
        ...


class InlineWorker:
    """The same in this process, for tests and for a first start without a network."""

    async def run(self, header: Header, body: bytes, urgency: Urgency, seconds: float) -> tuple[Header, bytes]:
        """Do one job; raises ``LesartError``."""
        return answer_of(*worker.handle(header, body))

    def close(self) -> None:
        """Nothing to end."""


@dataclass(order=True, slots=True)
class _Job:
    urgency: Urgency
    number: int
    header: Header = field(compare=False)
    body: bytes = field(compare=False)
    seconds: float = field(compare=False)
    future: asyncio.Future[tuple[Header, bytes]] = field(compare=False)


class ChildWorker:
    """One child process; belongs to the event loop that uses it and ends with it."""

    def __init__(self) -> None:
        self._numbers = itertools.count()
        self._jobs: list[_Job] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._more = asyncio.Event()
        self._dispatcher: asyncio.Task[None] | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._fresh = True

    @property
    def pid(self) -> int | None:
        """The child's process id, while there is one."""
        return self._process.pid if self._process is not None else None

    async def run(self, header: Header, body: bytes, urgency: Urgency, seconds: float) -> tuple[Header, bytes]:
        """Queue one job and wait; raises ``LesartError``."""
        loop = asyncio.get_running_loop()
        if self._loop is not loop or self._dispatcher is None or self._dispatcher.done():
            self._begin(loop)
        future: asyncio.Future[tuple[Header, bytes]] = loop.create_future()
        heapq.heappush(self._jobs, _Job(urgency, next(self._numbers), header, body, seconds, future))
        self._more.set()
        return answer_of(*await future)

    def close(self) -> None:
        """Kill the child now; waiting jobs are cancelled."""
        self._kill()
        if self._dispatcher is not None and self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._dispatcher.cancel)

    def _begin(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._loop is not loop:
            self._jobs = []
            self._more = asyncio.Event()
            self._loop = loop
        self._dispatcher = loop.create_task(self._dispatch(), name="lesart-analyst")

    async def _dispatch(self) -> None:
        try:
            while await self._has_job():
                job = heapq.heappop(self._jobs)
                if job.future.done():
                    continue
                try:
                    answer = await self._try(job)
                except LesartError as error:
                    if not job.future.done():
                        job.future.set_exception(error)
                else:
                    if not job.future.done():
                        job.future.set_result(answer)
        finally:
            for job in self._jobs:
                job.future.cancel()
            self._jobs = []
            await self._end()

    async def _has_job(self) -> bool:
        while not self._jobs:
            self._more.clear()
            try:
                await asyncio.wait_for(self._more.wait(), _IDLE_SECONDS)
            except TimeoutError:
                return False
        return True

    async def _try(self, job: _Job) -> tuple[Header, bytes]:
        """One job on the child; a child that died before its job's time was up gets one successor for it."""
        for last in (False, True):
            try:
                return await self._exchange(job)
            except TimeoutError:
                await self._end()
                raise _too_slow(job) from None
            except (OSError, asyncio.IncompleteReadError) as error:
                status = await self._end()
                if status == -_PROCESSOR_LIMIT:
                    raise _too_slow(job) from error
                if last:
                    raise _died(status) from error
            except BaseException:  # cancelled in mid-answer: the pipe is out of step
                self._kill()
                raise
        raise AssertionError("unreachable")

    async def _exchange(self, job: _Job) -> tuple[Header, bytes]:
        if self._process is None:
            await self._start()
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise ConnectionResetError("the child has no pipes")
        wall = job.seconds * _WALL_FACTOR + (_START_SECONDS if self._fresh else 0.0)
        cpu = job.seconds + (_START_SECONDS if self._fresh else 0.0)
        async with asyncio.timeout(wall):
            process.stdin.write(frame({**job.header, "cpu_seconds": cpu}, job.body))
            await process.stdin.drain()
            lengths = LENGTHS.unpack(await process.stdout.readexactly(LENGTHS.size))
            header = header_of(await process.stdout.readexactly(lengths[0]))
            body = await process.stdout.readexactly(lengths[1])
        self._fresh = False
        return header, body

    async def _start(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "reader.library.worker",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        self._fresh = True

    async def _end(self) -> int | None:
        """Kill the child and collect it; its exit status."""
        process = self._process
        if process is None:
            return None
        died = process.returncode
        self._kill()
        status = await process.wait()
        if process.stdin is not None:
            process.stdin.close()
            with contextlib.suppress(OSError):
                await process.stdin.wait_closed()
        self._process = None
        return status if died is None else died

    def _kill(self) -> None:
        if self._process is not None and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()


_PROCESSOR_LIMIT = int(getattr(signal, "SIGPROF", 0))


def answer_of(header: Header, body: bytes) -> tuple[Header, bytes]:
    """The answer, or the error that it carries."""
    error: dict[str, Any] | None = header.get("error")
    if error is not None:
        raise error_from_dict(error)
    return header, body


def _too_slow(job: _Job) -> LesartError:
    kind = FeedParseError if job.header["job"] == "parse" else AnalysisError
    return kind(
        N_("The document took more than {seconds} seconds to read."),
        hint=N_("It was given up; everything else goes on."),
        seconds=round(job.seconds),
    )


def _died(status: int | None) -> AnalysisError:
    return AnalysisError(
        N_("The analysis ended unexpectedly."),
        detail=f"exit status {status}",
        hint=N_("Everything else goes on. If it happens again, please report it."),
    )
