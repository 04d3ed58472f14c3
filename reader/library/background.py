"""A refresh in a process of its own, for the interface: it fetches, parses, stores and analyses; only its
progress comes back, line by line, so that the interface holds nothing per feed.

``python -m reader.library.background`` takes its orders as one JSON line on standard input (the folders as
they are, the language, the feeds) and ends when that input ends.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from reader import i18n
from reader.errors import N_, AnalysisError, LesartError
from reader.library.analyst import kill
from reader.library.children import command
from reader.library.events import decode, encode_failure, encode_progress, encode_report
from reader.library.report import Progress, RefreshReport
from reader.paths import Paths

_NICENESS = 10
_LONGEST_LINE = 64 * 1024 * 1024
_PATIENCE_SECONDS = 1.5


async def refresh_elsewhere(
    paths: Paths,
    feed_ids: Sequence[int] | None,
    on_progress: Callable[[Progress], None] | None,
    *,
    force: bool = False,
    due: bool = False,
    pages: bool = True,
) -> RefreshReport:
    """Run a refresh in a child process; raises ``LesartError`` when it could not be done at all."""
    orders = {
        "paths": [str(path) for path in (paths.config, paths.data, paths.cache, paths.exports)],
        "language": i18n.language(),
        "feeds": None if feed_ids is None else list(feed_ids),
        "force": force,
        "due": due,
        "pages": pages,
    }
    process = await asyncio.create_subprocess_exec(
        *command("reader.library.background"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        limit=_LONGEST_LINE,
    )
    try:
        return await _follow(process, json.dumps(orders).encode() + b"\n", on_progress)
    finally:
        await _end(process)


async def _follow(
    process: asyncio.subprocess.Process, orders: bytes, on_progress: Callable[[Progress], None] | None
) -> RefreshReport:
    if process.stdin is None or process.stdout is None:
        raise _ended(process.returncode)
    with contextlib.suppress(ConnectionError):
        process.stdin.write(orders)
        await process.stdin.drain()
    async for line in process.stdout:
        event = decode(line)
        if isinstance(event, LesartError):
            raise event
        if isinstance(event, RefreshReport):
            return event
        if on_progress is not None:
            on_progress(event)
    raise _ended(await process.wait())


async def _end(process: asyncio.subprocess.Process) -> None:
    """Close its input, which ends it and its own child; kill it when that does not help."""
    if process.stdin is not None:
        process.stdin.close()
        with contextlib.suppress(OSError):
            await process.stdin.wait_closed()
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            await process.wait()
    except TimeoutError:
        kill(process)
        await process.wait()


def _ended(status: int | None) -> AnalysisError:
    return AnalysisError(
        N_("The refresh ended unexpectedly."),
        detail=f"exit status {status}",
        hint=N_("What was stored is kept. Try again; if it stays, run “lesart refresh” in a terminal."),
    )


def main() -> None:
    """Do what the one line of orders says."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    sink = os.fdopen(os.dup(1), "w", encoding="utf-8")
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - open to the end
    orders = json.loads(sys.stdin.buffer.readline())

    def tell(line: str) -> None:
        sink.write(line + "\n")
        sink.flush()

    try:
        i18n.install(orders["language"])
        tell(encode_report(asyncio.run(_refresh(orders, tell))))
    except LesartError as error:
        tell(encode_failure(error))
    except (asyncio.CancelledError, BrokenPipeError):
        return  # whoever asked has gone
    finally:
        with contextlib.suppress(OSError):
            sink.close()


async def _refresh(orders: dict[str, object], tell: Callable[[str], None]) -> RefreshReport:
    from reader.config import load
    from reader.library.library import Library

    folders = orders["paths"]
    wanted = orders["feeds"]
    if not isinstance(folders, list) or not isinstance(wanted, list | None):
        raise TypeError("not a refresh's orders")
    paths = Paths(*(Path(folder) for folder in folders))
    library = Library.open(paths, load(paths.config_file))
    task = asyncio.current_task()
    loop = asyncio.get_running_loop()

    def end_with_input() -> None:
        sys.stdin.buffer.read()
        with contextlib.suppress(RuntimeError):  # the loop has ended first
            loop.call_soon_threadsafe(task.cancel if task is not None else loop.stop)

    threading.Thread(target=end_with_input, daemon=True).start()
    try:
        return await library.refresh(
            wanted,
            on_progress=lambda progress: tell(encode_progress(progress)),
            force=bool(orders["force"]),
            due=bool(orders["due"]),
            pages=bool(orders["pages"]),
        )
    finally:
        library.close()


if __name__ == "__main__":
    main()
