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
import os
import signal
import time
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Protocol

from reader.errors import N_, AnalysisError, FeedParseError, LesartError
from reader.library import worker
from reader.library.children import command
from reader.library.events import error_from_dict
from reader.library.frames import LENGTHS, Header, frame, header_of

PARSE_SECONDS = 5.0
"""Processor time for one feed."""
_FIRST_SECONDS, _FIRST_SECONDS_A_BYTE = 0.3, 2e-6
ANALYSE_SECONDS = 10.0
"""Processor time for one batch of documents."""
_WALL_FACTOR = 3.0
"""Wall time allowed for each second of processor time, on a busy machine and with a niced child."""
_START_SECONDS = 15.0
"""Wall time added for a child's first job, in which it loads its modules."""
_USUAL_START_SECONDS = 1.5
_IDLE_SECONDS = 90.0
"""An idle child is ended after this, and its memory with it."""
_HELD_UP_SECONDS = 0.5
"""A job that waits for so long gets a second child."""
LANES = 2
"""Children at most."""


class Urgency(IntEnum):
    """Who waits for the answer."""

    DEMAND = 0
    """A person."""
    PREFETCH = 1
    """A person, soon."""
    BACKLOG = 2
    """Nobody in particular."""
    LAST = 3
    """Nobody; it may take long, and goes when nothing else is left."""


def first_try(size: int) -> float:
    """Seconds of processor time that a feed of so many bytes gets while others may be waiting: several times what one
    needs that nobody made to take long. The whole it gets when they are done.
    """
    return min(_FIRST_SECONDS + size * _FIRST_SECONDS_A_BYTE, PARSE_SECONDS)


class Interrupted(AnalysisError):  # noqa: N818 - no error of the document's
    """The child gave no answer: it died, or its time was up. The same document may go well another time."""


class TookTooLong(FeedParseError):  # noqa: N818 - it is told as the error that it is one of
    """A feed was given up because its time was up."""


class Worker(Protocol):
    """What the library needs of a worker, whether it is a process of its own or not."""

    async def run(self, header: Header, body: bytes, urgency: Urgency, seconds: float) -> tuple[Header, bytes]:
        """Do one job; raises ``LesartError``."""
        ...

    def expect(self) -> None:
        """Much work is about to come, for as many hands as there are."""
        ...

    def close(self) -> None:
        """End at once; callable outside any event loop."""
        ...


class InlineWorker:
    """The same in this process, for tests."""

    async def run(self, header: Header, body: bytes, urgency: Urgency, seconds: float) -> tuple[Header, bytes]:
        """Do one job; raises ``LesartError``."""
        return answer_of(*worker.handle(header, body))

    def expect(self) -> None:
        """There is one pair of hands."""

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
    """One child process, and a second one while the first is held up; they belong to the event loop that
    uses them and end with it.
    """

    def __init__(self) -> None:
        self._numbers = itertools.count()
        self._jobs: list[_Job] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._more = asyncio.Condition()
        self._lanes: list[_Lane] = []

    @property
    def pids(self) -> tuple[int, ...]:
        """The process ids of the children there are."""
        return tuple(lane.pid for lane in self._lanes if lane.pid is not None)

    async def run(self, header: Header, body: bytes, urgency: Urgency, seconds: float) -> tuple[Header, bytes]:
        """Queue one job and wait; raises ``LesartError``."""
        loop = self._here()
        future: asyncio.Future[tuple[Header, bytes]] = loop.create_future()
        heapq.heappush(self._jobs, _Job(urgency, next(self._numbers), header, body, seconds, future))
        if not self._lanes:
            self._open_lane(loop)
        elif len(self._lanes) < LANES:
            loop.call_later(_HELD_UP_SECONDS, self._relieve, future)
        async with self._more:
            self._more.notify()
        return answer_of(*await future)

    def expect(self) -> None:
        """Much work is about to come: all lanes open at once, and not the second one when a job has waited."""
        loop = self._here()
        while len(self._lanes) < LANES:
            self._open_lane(loop)

    def close(self) -> None:
        """Kill the children now; waiting jobs are cancelled."""
        for lane in self._lanes:
            lane.kill()
            if self._loop is not None and not self._loop.is_closed():
                self._loop.call_soon_threadsafe(lane.task.cancel)

    async def closed(self) -> None:
        """Wait until the children are gone."""
        if self._lanes:
            await asyncio.wait([lane.task for lane in self._lanes])

    def _here(self) -> asyncio.AbstractEventLoop:
        """The running event loop, to which jobs and living lanes belong from now on."""
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            self._loop, self._jobs, self._lanes, self._more = loop, [], [], asyncio.Condition()
        self._lanes = [lane for lane in self._lanes if not lane.task.done()]
        return loop

    def _relieve(self, waiting: asyncio.Future[tuple[Header, bytes]]) -> None:
        """A job has waited for long: open a second lane, so that one document does not hold up all others."""
        queued = any(job.future is waiting for job in self._jobs)
        if not queued or waiting.done() or len(self._lanes) >= LANES or self._loop is None:
            return
        if any(lane.loading for lane in self._lanes):  # a child that is only just starting holds nothing up
            self._loop.call_later(_HELD_UP_SECONDS, self._relieve, waiting)
        else:
            self._open_lane(self._loop)

    def _open_lane(self, loop: asyncio.AbstractEventLoop) -> None:
        lane = _Lane()
        lane.task = loop.create_task(self._serve(lane), name="lesart-analyst")
        self._lanes.append(lane)

    async def _serve(self, lane: _Lane) -> None:
        try:
            while (job := await self._next_job()) is not None:
                try:
                    answer = await lane.do(job)
                except LesartError as error:
                    if not job.future.done():
                        job.future.set_exception(error)
                except asyncio.CancelledError:
                    job.future.cancel()
                    raise
                else:
                    if not job.future.done():
                        job.future.set_result(answer)
        finally:
            if lane in self._lanes:
                self._lanes.remove(lane)
            if not self._lanes:
                for job in self._jobs:
                    job.future.cancel()
                self._jobs.clear()
            await lane.end()

    async def _next_job(self) -> _Job | None:
        """The most urgent job that somebody still waits for; nothing after a while without any."""
        async with self._more:
            while True:
                while self._jobs:
                    job = heapq.heappop(self._jobs)
                    if not job.future.done():
                        return job
                try:
                    await asyncio.wait_for(self._more.wait(), _IDLE_SECONDS)
                except TimeoutError:
                    if not self._jobs:
                        return None


class _Lane:
    """One child process and the task that serves it."""

    task: asyncio.Task[None]

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self._first_job = True
        self._started = 0.0

    @property
    def loading(self) -> bool:
        """Whether the child is probably still busy with starting."""
        return self._first_job and time.monotonic() - self._started < _USUAL_START_SECONDS

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None else None

    async def do(self, job: _Job) -> tuple[Header, bytes]:
        """One job on the child; a child that died before its job's time was up gets one successor for it."""
        for last in (False, True):
            try:
                return await self._exchange(job)
            except TimeoutError:
                await self.end()
                raise _too_slow(job) from None
            except (OSError, asyncio.IncompleteReadError) as error:
                status = await self.end()
                if status == -_PROCESSOR_LIMIT:
                    raise _too_slow(job) from error
                if last:
                    raise _died(status) from error
            except BaseException:  # cancelled in mid-answer: the pipe is out of step
                self.kill()
                raise
        raise AssertionError("unreachable")

    async def end(self) -> int | None:
        """Kill the child and collect it; its exit status."""
        process, self._process = self._process, None
        if process is None:
            return None
        kill(process)
        status = await process.wait()
        if process.stdin is not None:
            process.stdin.close()
            with contextlib.suppress(OSError):
                await process.stdin.wait_closed()
        return status

    def kill(self) -> None:
        """Kill the child without waiting."""
        if self._process is not None:
            kill(self._process)

    async def _exchange(self, job: _Job) -> tuple[Header, bytes]:
        process = self._process
        if process is None:
            process = self._process = await _start()
            self._first_job, self._started = True, time.monotonic()
        if process.stdin is None or process.stdout is None:
            raise ConnectionResetError("the child has no pipes")
        async with asyncio.timeout(job.seconds * _WALL_FACTOR + (_START_SECONDS if self._first_job else 0.0)):
            process.stdin.write(frame({**job.header, "cpu_seconds": job.seconds}, job.body))
            await process.stdin.drain()
            lengths = LENGTHS.unpack(await process.stdout.readexactly(LENGTHS.size))
            header = header_of(await process.stdout.readexactly(lengths[0]))
            body = await process.stdout.readexactly(lengths[1])
        self._first_job = False
        return header, body


async def _start() -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *command("reader.library.worker"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )


def kill(process: asyncio.subprocess.Process) -> None:
    """Kill a child that may have died already.

    Not by the object's own ``kill``: that one collects a child that has just died, before asyncio does, which then
    complains on standard error about a process it does not know.
    """
    if process.returncode is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        if hasattr(signal, "SIGKILL"):
            os.kill(process.pid, signal.SIGKILL)
        else:
            process.kill()


_PROCESSOR_LIMIT = int(getattr(signal, "SIGPROF", 0))


def answer_of(header: Header, body: bytes) -> tuple[Header, bytes]:
    """The answer, or the error that it carries."""
    error: dict[str, Any] | None = header.get("error")
    if error is not None:
        raise error_from_dict(error)
    return header, body


def _too_slow(job: _Job) -> LesartError:
    kind = TookTooLong if job.header["job"] == "parse" else Interrupted
    return kind(
        N_("The document took more than {seconds} seconds to read."),
        hint=N_("It was given up; everything else goes on."),
        seconds=round(job.seconds),
    )


def _died(status: int | None) -> Interrupted:
    return Interrupted(
        N_("The analysis ended unexpectedly."),
        detail=f"exit status {status}",
        hint=N_("Everything else goes on. If it happens again, please report it."),
    )
