"""The application under test: started headless, driven by keys, waited for by what is asserted."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from reader.config import Config
from reader.library import Library
from reader.tui import keymap
from reader.tui.app import LesartApp
from reader.tui.screens.main import MainScreen

BOUND_SECONDS = 15.0


class Reader:
    """A running application and its main screen."""

    def __init__(self, app: LesartApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def screen(self) -> MainScreen:
        """The main screen, also under a dialog."""
        found = self.app.screen_stack[0]
        assert isinstance(found, MainScreen)
        return found

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def until(self, predicate: Callable[[], bool], what: str = "the asserted state") -> None:
        """Wait for a state, for a bounded time."""
        end = time.monotonic() + BOUND_SECONDS
        while not predicate():
            assert time.monotonic() < end, f"waited in vain for {what}"
            await asyncio.sleep(0.01)
            await self.pilot.pause()

    async def ready(self) -> None:
        """Until the stories are listed and the first is open and analysed."""

        def listed() -> bool:
            reading = self.screen.article.reading
            return reading is not None and reading.analysis is not None

        await self.until(listed, "the first article")

    async def shown(self, article_id: int | None) -> None:
        """Until this article is open and analysed."""

        def there() -> bool:
            reading = self.screen.article.reading
            return reading is not None and reading.article.id == article_id and reading.analysis is not None

        await self.until(there, f"article {article_id}")

    async def go_to(self, article_id: int) -> None:
        """Choose a story of the list."""
        self.screen.stories.move_to(list(self.screen.stories.ids).index(article_id))
        await self.shown(article_id)

    def lines(self) -> list[str]:
        """The words of the article pane."""
        return [entry.text for entry in self.screen.article.lines]


@asynccontextmanager
async def reading(
    library: Library, *, size: tuple[int, int] = (120, 40), config: Config | None = None, wait: bool = True
) -> AsyncIterator[Reader]:
    """Start the application over a library."""
    settings = config or Config()
    app = LesartApp(library, settings, keymap.resolve(settings.keys))
    async with app.run_test(size=size) as pilot:
        reader = Reader(app, pilot)
        reader.screen.looking.pause()  # a test that counts decides itself when the store is looked at
        if wait:
            await reader.ready()
        yield reader
