"""A refresh in a process of its own."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from reader import i18n
from reader.errors import ConfigError
from reader.library import Library, Progress
from reader.library.report import FETCHING
from reader.model.query import ArticleQuery
from reader.paths import Paths
from tests.loopback import Answer, Server, item, rss


def children_of(pid: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[1]) == pid and fields[0] != "Z":
            found.append(int(status.parent.name))
    return found


async def until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)


async def test_it_stores_and_reports_what_a_refresh_here_would(server: Server, library: Library) -> None:
    first, _ = await library.subscribe(server.feed("/a", rss(item(1))))
    second, _ = await library.subscribe(server.feed("/b", rss(item(5), title="Zweites")))
    server.feed("/a", rss(item(2), item(1)))
    server.on("/b", Answer(status=404))
    progress: list[Progress] = []
    report = await library.refresh_in_background(on_progress=progress.append)
    assert report.new == 1
    assert [(r.feed_id, r.status) for r in report.results] == [(first.id, "ok"), (second.id, "error")]
    assert str(report.failed[0].error).startswith("127.0.0.1 has no page at this address")
    assert {p.feed_id for p in progress if p.phase == FETCHING} == {first.id, second.id}
    newest = library.ids(ArticleQuery())[0]
    assert library.reading(newest).article.title == "Meldung 2"
    assert library.reading(newest).analysis is not None


async def test_only_the_feeds_asked_for_are_fetched(server: Server, library: Library) -> None:
    await library.subscribe(server.feed("/a", rss(item(1))))
    second, _ = await library.subscribe(server.feed("/b", rss(item(5))))
    await library.refresh_in_background([second.id])
    assert (len(server.asked("/a")), len(server.asked("/b"))) == (1, 2)


async def test_errors_are_told_in_the_language_of_the_interface(
    server: Server, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(i18n._State, "language", "en")
    await library.subscribe(server.feed("/a", rss(item(1))))
    server.on("/a", Answer(status=404))
    progress: list[Progress] = []
    await library.refresh_in_background(on_progress=progress.append)
    assert progress[0].error == "127.0.0.1 has no page at this address (HTTP 404)."


async def test_trouble_with_all_of_it_is_raised(server: Server, library: Library, paths: Paths) -> None:
    await library.subscribe(server.feed("/a", rss(item(1))))
    paths.config.mkdir(parents=True, exist_ok=True)
    paths.config_file.write_text("nonsense = 1\n")
    with pytest.raises(ConfigError, match="nonsense"):
        await library.refresh_in_background()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads the list of processes from /proc")
async def test_cancelling_leaves_no_process_behind(server: Server, library: Library) -> None:
    import threading

    await library.subscribe(server.feed("/a", rss(item(1))))
    never, asked = threading.Event(), threading.Event()

    def hang(_request: object) -> Answer:
        asked.set()
        return Answer(body=b"x", wait=never)

    server.on("/a", hang)
    task = asyncio.create_task(library.refresh_in_background())
    await until(asked.is_set)
    assert children_of(os.getpid())
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    never.set()
    await until(lambda: not children_of(os.getpid()), 2)
