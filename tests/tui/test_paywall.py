"""A teaser whose page turned out to be barred: named, and only the browser leads on."""

from __future__ import annotations

from reader.library import Library
from reader.model.query import ArticleQuery
from reader.tui.render.summary import BROWSER, FULL_TEXT
from tests.library.test_pages import entry, paywall
from tests.loopback import Answer, Server, rss
from tests.tui.driving import reading


async def refreshed(library: Library, server: Server, page: Answer) -> int:
    await library.subscribe(server.feed("/feed", rss(entry(server.on("/seite", page)))))
    await library.refresh(force=True)
    (article_id,) = library.ids(ArticleQuery())
    return int(article_id)


async def test_a_barred_page_is_named_and_only_the_browser_offered(empty_library: Library, server: Server) -> None:
    await refreshed(empty_library, server, paywall())
    async with reading(empty_library) as reader:
        assert any("Bezahlschranke" in line for line in reader.lines())
        await reader.until(lambda: bool(reader.screen.summary.summary.choices))
        offers = [target for target, _first, _last in reader.screen.summary.summary.choices]
        assert BROWSER in offers
        assert FULL_TEXT not in offers


async def test_a_page_that_could_not_be_read_may_be_loaded_again(empty_library: Library, server: Server) -> None:
    await refreshed(empty_library, server, Answer(status=500))
    async with reading(empty_library) as reader:
        assert not any("Bezahlschranke" in line for line in reader.lines())
        await reader.until(lambda: bool(reader.screen.summary.summary.choices))
        offers = [target for target, _first, _last in reader.screen.summary.summary.choices]
        assert {BROWSER, FULL_TEXT} <= set(offers)
