"""A feed that wants to break the screen: nothing of it may act, crash or vanish."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from html import escape
from pathlib import Path

import pytest
from textual.widget import Widget

from reader.config import Config
from reader.library import Library
from reader.paths import resolve
from reader.tui.screens.pick import PickScreen
from tests.tui.builders import NOW
from tests.tui.driving import Reader, reading

TITLES = [
    "[Update] Bundestag vertagt",
    "[/] geschlossen",
    "[/dpa] Meldung",
    "[@click=app.quit]Klick[/]",
    "[b]Fett[/b]",
    "&#27;]0;umbenannt&#7;Titel",
    "&#155;31mRot",
    "links&#x202E;sthcer",
    "Wei&#xAD;che Tren&#xAD;nung",
    "👩‍👩‍👧‍👦 Familie 🇩🇪",
    "漢字" * 60,
    "x" * 5000,
    "",
    "Zeile\none\ttab",
]
BODY = "<p>[/b] „Das [ist] so“, sagte [Anna] Meier. &#27;[2J Ende.</p><p><a href='javascript:alert(1)'>[x]</a></p>"
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u00ad\u200b\ufeff]")


def hostile_feed(now: datetime) -> list[tuple[str, str, str, bytes]]:
    items = "".join(
        f"<item><title>{title if '&#' in title else escape(title)}</title><guid>{n}</guid>"
        f"<author>[/] x</author><description>{escape(BODY)}</description></item>"
        for n, title in enumerate(TITLES)
    )
    feed = f"<?xml version='1.1'?><rss version='2.0'><channel><title>[/] Feed</title>{items}</channel></rss>"
    return [("lesart:hostile", "[/] Ordner", "[bold]Böser Feed[/]", feed.encode())]


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    monkeypatch.setattr("reader.library.demo.editions", hostile_feed)
    opened = Library.open(resolve(str(tmp_path)), Config(), clock=lambda: NOW, inline=True)
    opened.load_demo()
    yield opened
    opened.close()


def painted(reader: Reader) -> str:
    """Everything that stands on the screen."""
    rows = []
    for widget in reader.app.screen.walk_children(Widget):
        rows += ["".join(s.text for s in widget.render_line(line)) for line in range(widget.size.height)]
    return "\n".join(rows)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_no_control_reaches_the_screen(hostile: Library, size: tuple[int, int]) -> None:
    assert hostile.counts().total >= 10
    async with reading(hostile, size=size) as reader:
        for _ in range(hostile.counts().total):
            assert not _CONTROLS.search(painted(reader).replace("\n", ""))
            await reader.press("j")
        await reader.press("colon")
        await reader.until(lambda: isinstance(reader.app.screen, PickScreen))
        assert not _CONTROLS.search(painted(reader).replace("\n", ""))


async def test_nothing_in_brackets_vanishes(hostile: Library) -> None:
    async with reading(hostile) as reader:
        text = painted(reader)
        assert "[bold]Böser Feed" in text
        assert "[/] Ordner" in text
        await reader.press("G", "g")
        titles = [row.title for row in hostile.rows(reader.screen.stories.ids)]
        assert "[/] geschlossen" in titles
        for index, title in enumerate(titles):
            reader.screen.stories.move_to(index)
            await reader.shown(reader.screen.stories.ids[index])
            assert title[:12].strip() in " ".join(line.strip() for line in reader.lines())


async def test_a_title_is_no_action(hostile: Library) -> None:
    async with reading(hostile) as reader:
        titles = [row.title for row in hostile.rows(reader.screen.stories.ids)]
        reader.screen.stories.move_to(next(n for n, title in enumerate(titles) if "@click" in title))
        await reader.pilot.pause()
        line = next(n for n, text in enumerate(reader.lines()) if "@click" in text)
        await reader.pilot.click("#article", offset=(8, line + 1))
        assert reader.app.is_running


async def test_an_error_that_looks_like_markup_is_told(hostile: Library) -> None:
    async with reading(hostile) as reader:
        reader.app.notify("[/] [nope", title="[/]", markup=False)
        reader.screen.tell("[/] [nope")
        await reader.pilot.pause()
        assert reader.app.is_running
