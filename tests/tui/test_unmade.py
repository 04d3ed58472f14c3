"""Articles whose headlines stand before their documents are made: what a key that opens one does."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from reader.config import Config, FetchConfig
from reader.i18n import _
from reader.library import Library
from reader.library.analyst import ChildWorker, InlineWorker, Interrupted, Urgency
from reader.library.frames import Header
from reader.model.query import ArticleQuery
from reader.paths import resolve
from tests.library.test_pending import headlines_alone
from tests.loopback import Server, item, rss
from tests.tui.driving import Reader, reading

CONFIG = Config(fetch=FetchConfig(automatic=False))
TEXT = "Der Minister sagte am Montag, das Gesetz komme noch in diesem Jahr. Die Opposition lehnt es ab."


@pytest.fixture
async def unmade(tmp_path: Path, server: Server) -> tuple[Path, list[int]]:
    """A store with three headlines of which no document is made; their ids in the order of the list."""
    opened = Library.open(resolve(str(tmp_path)), CONFIG, inline=True)
    await headlines_alone(opened, server.feed("/a", rss(*(item(n, text=f"Text {n}. {TEXT}") for n in (3, 2, 1)))))
    ids = opened.ids(ArticleQuery())
    assert all(map(opened.is_pending, ids))
    opened.close()
    return tmp_path, list(ids)


def first_words(reader: Reader) -> str:
    shown = reader.screen.article.reading
    return "" if shown is None else shown.document.text.split(".")[0]


def pane(reader: Reader) -> str:
    return " ".join(" ".join(reader.lines()).split())


def sidebar(reader: Reader) -> str:
    return " ".join(" ".join(entry.text for entry in reader.screen.summary.lines).split())


class DyingWorker(InlineWorker):
    """A worker whose child dies over each of the next ``deaths`` jobs."""

    def __init__(self, deaths: int) -> None:
        super().__init__()
        self.deaths = deaths
        self.asked = 0

    async def run(self, header: Header, body: bytes, urgency: Urgency, seconds: float) -> tuple[Header, bytes]:
        self.asked += 1
        if self.asked <= self.deaths:
            raise Interrupted("x", hint="y")
        return await super().run(header, body, urgency, seconds)


async def test_the_key_that_opens_it_has_it_made(unmade: tuple[Path, list[int]]) -> None:
    home, ids = unmade
    library = Library.open(resolve(str(home)), CONFIG, inline=True)
    try:
        async with reading(library, config=CONFIG) as reader:
            await reader.shown(ids[0])
            await reader.press("j")
            await reader.shown(ids[1])
            assert first_words(reader) == library.reading(ids[1]).document.text.split(".")[0]
            assert "noch in diesem Jahr" in " ".join(" ".join(reader.lines()).split())
        assert not any(map(library.is_pending, ids[:2]))
    finally:
        library.close()


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="stops a process by signal")
async def test_a_child_that_dies_over_it_is_replaced_and_the_text_comes(unmade: tuple[Path, list[int]]) -> None:
    home, ids = unmade
    library = Library.open(resolve(str(home)), CONFIG)
    try:
        async with reading(library, config=CONFIG, wait=False) as reader:
            await reader.shown(ids[0])
            child = library._worker()
            assert isinstance(child, ChildWorker)
            await reader.until(lambda: not any(map(library.is_pending, ids)), "the neighbours, made ahead")
            library._store.write(
                lambda connection: connection.execute("UPDATE documents SET pending = 1 WHERE article_id = ?", ids[1:2])
            )
            (first,) = child.pids
            os.kill(first, signal.SIGSTOP)
            await reader.press("j")
            await reader.until(lambda: reader.screen.state.selected == ids[1], "the choice")
            assert reader.screen.article.reading is None  # nothing of the article before stands under the new headline
            assert library.article(ids[1]).title in pane(reader)
            assert _("The text is being read …") in pane(reader)
            assert sidebar(reader) == _("Analysing …")
            os.kill(first, signal.SIGKILL)
            await reader.shown(ids[1])
            assert first not in child.pids
    finally:
        library.close()


async def test_a_child_that_dies_again_is_told_once_with_what_to_do(unmade: tuple[Path, list[int]]) -> None:
    home, ids = unmade
    library = Library.open(resolve(str(home)), CONFIG, inline=True)
    dying = library._running_worker = DyingWorker(deaths=1)
    try:
        async with reading(library, config=CONFIG, wait=False) as reader:
            failed = _("The text could not be read.")
            await reader.until(lambda: failed in pane(reader), "the failure")
            assert library.article(ids[0]).title in pane(reader)
            assert _("{key} tries again.").format(key=reader.screen.key("open")) in pane(reader)
            assert sidebar(reader) == _("This article could not be analysed.")
            await reader.pilot.pause()
            assert dying.asked == 1
            assert len(reader.app._notifications) == 1
            await reader.press("enter")
            await reader.shown(ids[0])
            assert failed not in pane(reader)
    finally:
        library.close()


async def test_an_article_without_its_text_can_be_starred_and_marked(unmade: tuple[Path, list[int]]) -> None:
    home, ids = unmade
    library = Library.open(resolve(str(home)), CONFIG, inline=True)
    library._running_worker = DyingWorker(deaths=1000)
    try:
        async with reading(library, config=CONFIG, wait=False) as reader:
            await reader.until(lambda: reader.screen.article.opened is not None, "the headline")
            await reader.press("s", "m")
            await reader.until(lambda: library.article(ids[0]).starred and library.article(ids[0]).read, "both marks")
    finally:
        library.close()
