"""A refresh killed at any moment: what it reported as stored is there, once, and no process stays behind."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.library import Library
from reader.library.events import decode
from reader.library.report import Progress
from reader.model.query import ArticleQuery, View
from reader.paths import Paths
from tests.loopback import Server, rss

FEEDS = 20
ROUNDS = 60 if os.environ.get("LESART_LONG") else 8

_REFRESH = """
import asyncio, sys
from reader.config import Config, FetchConfig
from reader.library import Library
from reader.library.events import encode_progress
from reader.paths import resolve

library = Library.open(resolve(sys.argv[1]), Config(fetch=FetchConfig(per_host=8)))
asyncio.run(library.refresh(on_progress=lambda progress: print(encode_progress(progress), flush=True)))
library.close()
"""


def body(feed: int, newest: int) -> bytes:
    items = "".join(
        f"<item><guid>{feed}-{n}</guid><title>Meldung {n}</title><link>https://example.org/{feed}/{n}</link>"
        f"<description>Der Minister sagte am Montag, das Gesetz {n} komme noch in diesem Jahr.</description></item>"
        for n in range(newest, 0, -1)
    )
    return rss(items, title=f"Blatt {feed}")


def children_of(pid: int) -> list[Path]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = status.read_text().rpartition(")")[2].split()[1]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(parent) == pid:
            found.append(status.parent)
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads the list of processes from /proc")
@pytest.mark.timeout(1200)
async def test_kill_9_loses_nothing_doubles_nothing_and_leaves_nothing(
    server: Server, open_library: Callable[..., Library], paths: Paths
) -> None:
    chance = random.Random(5)  # noqa: S311 - the same moments every time
    library = open_library()
    for feed in range(FEEDS):
        await library.subscribe(server.feed(f"/{feed}", body(feed, 3)))
    library.close()
    marked: set[int] = set()
    before = dict.fromkeys(range(1, FEEDS + 1), 3)
    for number in range(1, ROUNDS + 1):
        for feed in range(FEEDS):
            server.feed(f"/{feed}", body(feed, 3 + 4 * number))
        process = subprocess.Popen(
            [sys.executable, "-c", _REFRESH, str(paths.data.parent)], stdout=subprocess.PIPE, start_new_session=True
        )
        assert process.stdout is not None
        reported = [process.stdout.readline() for _ in range(chance.randrange(FEEDS))]
        orphans = children_of(process.pid)
        process.kill()
        reported += process.stdout.readlines()
        process.stdout.close()
        process.wait()
        ended = time.monotonic()
        while any(orphan.exists() for orphan in orphans):
            assert time.monotonic() - ended < 10
            time.sleep(0.01)
        library = open_library()
        assert library._store.read(lambda c: c.execute("PRAGMA integrity_check").fetchone()) == ("ok",)
        totals = {feed.id: feed.total for feed in library.feeds()}
        for line in reported:
            if line.endswith(b"\n"):
                progress = decode(line)
                assert isinstance(progress, Progress)
                assert totals[progress.feed_id] == before[progress.feed_id] + progress.new
        guids = library._store.read(lambda c: c.execute("SELECT guid FROM documents").fetchall())
        assert len(guids) == len(set(guids)) == library.counts().total == sum(totals.values())
        unread = set(library.ids(ArticleQuery(view=View.UNREAD)))
        assert not marked & unread
        marked |= set(library.mark_read(sorted(unread)[:5]))
        before = totals
        library.close()
    library = open_library()
    await library.refresh()
    assert {feed.total for feed in library.feeds()} == {3 + 4 * ROUNDS}
    assert all(library.reading(i).analysis is not None for i in library.ids(ArticleQuery()))
