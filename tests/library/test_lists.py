"""Lists of subscriptions against the store: what a subscription remembers of its origin, and what it forgets."""

from __future__ import annotations

import pytest

from reader.library import Library
from reader.library.refresh import TRUSTED_MACHINES
from reader.model.query import ArticleQuery
from tests.loopback import Answer, Server, item, rss


def a_list(address: str) -> bytes:
    return f"<opml><body><outline text='Liste' xmlUrl='{address}' x='1'/></body></opml>".encode()


async def test_an_imported_feed_that_had_ended_starts_afresh(
    server: Server, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TRUSTED_MACHINES, "127.0.0.1")
    feed, _ = await library.subscribe(server.feed("/a", rss(item(1))))
    library.star(library.ids(ArticleQuery()).tolist())
    server.on("/a", Answer(status=410))
    await library.refresh()
    library.unsubscribe(feed.id)
    server.feed("/a", rss(item(1), item(2)))
    assert library.import_list(a_list(feed.address)).added == ("Liste",)
    (again,) = library.feeds()
    assert (again.id, again.ended, again.next_try) == (feed.id, False, None)
    assert [result.status for result in (await library.refresh()).results] == ["ok"]


async def test_a_feed_that_was_imported_once_is_the_person_s_when_added_later(
    server: Server, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = server.feed("/a", rss(item(1)))
    with monkeypatch.context() as trusting:
        trusting.setenv(TRUSTED_MACHINES, "127.0.0.1")
        library.import_list(a_list(address))
        await library.refresh()
    library.star(library.ids(ArticleQuery()).tolist())
    library.unsubscribe(library.feeds()[0].id)
    await library.subscribe(address)
    assert not (await library.refresh()).failed
    assert b"x=" not in library.export_opml()


async def test_titles_of_a_list_are_kept_when_the_feed_has_another(
    server: Server, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TRUSTED_MACHINES, "127.0.0.1")
    library.import_list(a_list(server.feed("/a", rss(item(1), title="Eigener"))))
    library.import_list(f"{server.feed('/b', rss(item(2), title='Zweites'))}\n".encode())
    await library.refresh()
    assert [feed.title for feed in library.feeds()] == ["Liste", "Zweites"]
