"""Subscribing: the address is read first, and nothing is stored that is not a feed."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from reader import i18n
from reader.errors import FeedParseError, FetchError, NotFoundError, UsageError
from reader.i18n import describe
from reader.library import Library
from reader.library.refresh import TRUSTED_MACHINES
from reader.model.health import HealthState
from reader.model.query import ArticleQuery
from tests.loopback import Answer, Server, item, rss


async def test_a_feed_is_subscribed_to_under_its_own_title(server: Server, library: Library) -> None:
    address = server.feed("/a", rss(item(1), title="Tages&amp;Blatt"))
    feed, result = await library.subscribe(address, folder="Politik")
    assert (feed.title, feed.folder, feed.address, feed.site) == (
        "Tages&Blatt", "Politik", address, "https://example.org/",
    )  # fmt: skip
    assert (result.status, result.new, feed.unread) == ("ok", 1, 1)


async def test_a_title_of_one_s_own_is_kept(server: Server, library: Library) -> None:
    feed, _ = await library.subscribe(server.feed("/a", rss(item(1))), title="Mein Blatt")
    server.feed("/a", rss(item(1), item(2), title="Umbenannt"))
    await library.refresh()
    assert library.feed(feed.id).title == "Mein Blatt"


async def test_a_page_leads_to_the_feed_it_announces(server: Server, library: Library) -> None:
    address = server.feed("/feed.xml", rss(item(1)))
    links = "<link rel=alternate type='application/rss+xml' href='/feed.xml'>"
    page = f"<!doctype html><html><head>{links}</head></html>".encode()
    feed, result = await library.subscribe(server.on("/", Answer(body=page, headers={"Content-Type": "text/html"})))
    assert (feed.address, result.new) == (address, 1)


async def test_a_page_that_announces_itself_ends(server: Server, library: Library) -> None:
    page = b"<!doctype html><html><head><link rel=alternate type='application/rss+xml' href='/'></head></html>"
    with pytest.raises(FeedParseError, match="web page"):
        await library.subscribe(server.on("/", Answer(body=page)))
    assert library.feeds() == ()


async def test_an_address_that_is_there_already_gives_its_feed(server: Server, library: Library) -> None:
    address = server.feed("/a", rss(item(1)))
    feed, _ = await library.subscribe(address)
    again, result = await library.subscribe(address.upper().replace("/A", "/a"), title="Zweimal")
    assert (again, result.status, result.new) == (feed, "unchanged", 0)
    assert len(server.requests) == 1


async def test_an_address_that_has_moved_is_kept_as_the_new_one(server: Server, library: Library) -> None:
    new = server.feed("/new", rss(item(1)))
    feed, _ = await library.subscribe(server.redirect("/old", "/new", 301))
    assert feed.address == new
    again, _ = await library.subscribe(server.base + "/old")
    assert again.id == feed.id


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Answer(status=404), FetchError),
        (Answer(body=b""), FeedParseError),
        (Answer(body=b"<html><body>no feed</body></html>"), FeedParseError),
    ],
)
async def test_what_is_no_feed_is_not_stored(
    server: Server, library: Library, answer: Answer, kind: type[Exception]
) -> None:
    with pytest.raises(kind):
        await library.subscribe(server.on("/a", answer))
    assert library.feeds() == ()


async def test_what_is_no_address_is_refused(library: Library) -> None:
    with pytest.raises(UsageError):
        await library.subscribe("Zeitung")


async def test_a_subscription_ends(server: Server, library: Library) -> None:
    feed, _ = await library.subscribe(server.feed("/a", rss(item(1))))
    library.unsubscribe(feed.id)
    assert library.feeds() == ()
    assert library.ids(ArticleQuery()).tolist() == []
    with pytest.raises(NotFoundError):
        library.unsubscribe(feed.id)
    with pytest.raises(NotFoundError):
        library.feed(feed.id)


async def test_an_article_at_an_address_is_read(server: Server, library: Library) -> None:
    text = "Der Rat hat am Montag beschlossen, den Platz umzubauen. Die Arbeiten beginnen im Mai. " * 5
    page = f"<html><head><title>Umbau</title></head><body><article><h1>Umbau</h1><p>{text}</p></article></body></html>"
    document = await library.document_at(server.on("/a", Answer(body=page.encode())))
    assert "den Platz umzubauen" in document.text


async def test_the_name_of_a_public_machine_cannot_lead_into_a_private_network_later(
    server: Server, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TRUSTED_MACHINES, "127.0.0.1")
    own = rss(item(1)).replace(b"https://example.org/1", f"{server.base}/1".encode())
    feed, _ = await library.subscribe(server.feed("/a", own))
    monkeypatch.delenv(TRUSTED_MACHINES)
    server.requests.clear()
    (result,) = (await library.refresh()).results
    assert result.error is not None
    assert "private network" in result.error.title
    with pytest.raises(FetchError, match="private network"):
        await library.load_full_text(library.ids(ArticleQuery())[0])
    assert server.requests == []
    await library.subscribe(feed.address)
    assert (await library.refresh(force=True)).failed == ()


@pytest.mark.parametrize(
    ("answer", "advice"),
    [
        (Answer(status=401), "lesart add"),
        (Answer(status=404), "address"),
        (Answer(status=410), "new address"),
        (Answer(status=429), "try again"),
        (Answer(status=500), "try again"),
        (Answer(body=b""), "try again"),
        (Answer(body=b"Nichts"), "address"),
    ],
)
async def test_advice_about_a_new_address_speaks_of_no_feed_and_no_articles(
    server: Server, library: Library, answer: Answer, advice: str
) -> None:
    i18n.install("en")
    address = server.on("/a?x=$(id)", answer)
    for way in (library.subscribe, library.preview):
        with pytest.raises((FetchError, FeedParseError)) as caught:
            await way(address)
        hint = describe(caught.value)[2]
        assert advice in hint
        assert "lesart set" not in hint
        assert "stored so far" not in hint
        assert "$(id)" not in hint.replace(f"'{address}'", "")


async def test_a_refused_log_in_of_a_new_address_names_the_command_that_gives_another(
    server: Server, library: Library
) -> None:
    address = server.on("/a", Answer(status=401))
    with pytest.raises(FetchError, match="does not accept") as caught:
        await library.subscribe(address.replace("://", "://ich:geheim@"))
    assert f"lesart add {address} --login NAME" in describe(caught.value)[2]
    assert "geheim" not in describe(caught.value)[2]


async def test_a_missing_page_is_told_as_missing(server: Server, library: Library) -> None:
    with pytest.raises(FetchError, match=r"no page at this address \(HTTP 404\)"):
        await library.subscribe(server.on("/weg", Answer(status=404)))


async def test_a_feed_that_breaks_off_is_told_and_asked_for_anew(server: Server, library: Library) -> None:
    i18n.install("en")
    whole = rss(item(1), item(2), title="Blatt")
    cut = whole[: whole.index(b"<title>Meldung 2")].replace(b"<title>Blatt</title>", b"")
    headers = {"ETag": '"gleich"'}
    feed, result = await library.subscribe(server.on("/a", Answer(body=cut, headers=headers)))
    assert (feed.title, result.new) == ("127.0.0.1", 2)
    assert feed.error == "The feed's document breaks off; entries that could be read: 2."
    (doing,) = library.health()
    assert (doing.state, doing.advice) == (HealthState.FAILING, feed.hint)
    server.on("/a", Answer(body=whole, headers=headers))
    await library.refresh()
    assert "If-None-Match" not in server.requests[-1].headers
    after = library.feed(feed.id)
    assert (after.title, after.error) == ("Blatt", "")


async def test_a_feed_of_an_old_store_is_guarded_once_its_address_has_turned_out_to_be_public(
    server: Server, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TRUSTED_MACHINES, "127.0.0.1")
    await library.subscribe(server.feed("/a", rss(item(1))))
    with closing(sqlite3.connect(library.paths.database)) as connection:
        connection.execute("UPDATE feeds SET typed = 1")  # as the migration gave it to all
        connection.commit()
    assert (await library.refresh()).failed == ()
    monkeypatch.delenv(TRUSTED_MACHINES)
    server.requests.clear()
    (result,) = (await library.refresh()).results
    assert result.error is not None
    assert "private network" in result.error.title
    assert server.requests == []


async def test_a_local_feed_of_an_old_store_stays_local(server: Server, library: Library) -> None:
    await library.subscribe(server.feed("/a", rss(item(1))))
    with closing(sqlite3.connect(library.paths.database)) as connection:
        connection.execute("UPDATE feeds SET typed = 1")
        connection.commit()
    for _ in range(2):
        assert (await library.refresh()).failed == ()
