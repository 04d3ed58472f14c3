"""A refresh killed while the headlines of a new feed stand and their documents are half made."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing

import pytest

from reader.library import Library
from reader.model.query import ArticleQuery
from reader.paths import Paths
from reader.store import feeds, search
from tests.library.test_kill import _REFRESH
from tests.loopback import Server, item, rss

ENTRIES = 600
ROUNDS = 12 if os.environ.get("LESART_LONG") else 2
TEXT = "Der Minister sagte am Montag, das Gesetz komme noch in diesem Jahr." + "&lt;b&gt;&lt;/b&gt;" * 400
"""Little to analyse, but much markup, so that the documents take a while to make."""
BOUND_SECONDS = 60.0


def pending(paths: Paths) -> int:
    with closing(sqlite3.connect(paths.database)) as connection:
        found: int = connection.execute("SELECT COUNT(*) FROM documents WHERE pending").fetchone()[0]
        return found


def kill_at_half(paths: Paths) -> int:
    """Refresh, and kill -9 once some of the documents are made and others are not; how many are not."""
    process = subprocess.Popen(
        [sys.executable, "-c", _REFRESH, str(paths.data.parent)], stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        end = time.monotonic() + BOUND_SECONDS
        most = 0
        while not 0 < (left := pending(paths)) < most:
            assert process.poll() is None, "the refresh ended before it could be killed"
            assert time.monotonic() < end
            most = max(most, left)
    finally:
        process.kill()
        process.wait()
    return pending(paths)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("number", range(ROUNDS))
async def test_kill_9_among_half_made_documents_loses_and_doubles_none(
    server: Server, open_library: Callable[..., Library], paths: Paths, number: int
) -> None:
    address = server.feed("/a", rss(*(item(n, text=f"Meldung {n}. {TEXT}") for n in range(1, ENTRIES + 1))))
    library = open_library()
    library._store.write(
        lambda connection: feeds.add_feed(connection, address, title="Blatt", own_title=False, folder="")
    )
    library.close()
    assert 0 < kill_at_half(paths) < ENTRIES

    library = open_library()
    assert library._store.read(lambda c: c.execute("PRAGMA integrity_check").fetchone()) == ("ok",)
    ids = library.ids(ArticleQuery())
    assert len(ids) == library.counts().total == ENTRIES  # the headlines stand, also of those without a document
    report = await library.refresh()
    assert (report.results[0].new, report.results[0].updated) == (0, 0)
    assert library.ids(ArticleQuery()) == ids
    assert pending(paths) == 0
    assert library._store.read(search.index_pending, 1) == 0
    readings = [library.reading(article_id) for article_id in ids]
    assert {reading.document.text.split(".")[0] for reading in readings} == {
        f"Meldung {n}" for n in range(1, ENTRIES + 1)
    }
    assert all(reading.analysis is not None for reading in readings)
