"""What an address leads to: the page's word, the catalogue, the usual places; and the preview of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from reader.errors import FeedParseError, FetchError
from reader.feeds import catalog
from reader.feeds.catalog import CatalogEntry
from reader.feeds.discover import usual_addresses
from reader.library import Library
from reader.library.discovery import Offer
from tests.loopback import Answer, Server, item, rss

PAGE = b"<!doctype html><html><head><title>Blatt</title></head><body><p>Guten Tag.</p></body></html>"
DATE = "Mon, 23 Nov 2026 10:00:00 GMT"
LONG = (
    "Der Rat hat am Montag beschlossen, den Platz umzubauen. Die Arbeiten beginnen im Mai und dauern zwei Jahre. " * 12
)


def page_with(*paths: str) -> bytes:
    links = "".join(f"<link rel=alternate type='application/rss+xml' title='Feed {p}' href='{p}'>" for p in paths)
    return f"<!doctype html><html><head>{links}</head></html>".encode()


def paths(server: Server) -> list[str]:
    return [request.path for request in server.requests]


async def test_a_preview_says_what_a_feed_holds_and_stores_nothing(server: Server, library: Library) -> None:
    feed = rss(item(1, title="Eins", text=LONG, date=DATE), item(2, title="Zwei\x1b", text=LONG), title="Blatt")
    (preview,) = await library.preview(server.on("/feed", Answer(body=feed.replace(b"\x1b", b"&#27;"))))
    assert (preview.address, preview.title, preview.site) == (server.base + "/feed", "Blatt", "https://example.org/")
    assert (preview.count, preview.headlines, preview.language) == (2, ("Eins", "Zwei"), "de")
    assert preview.newest == datetime(2026, 11, 23, 10, tzinfo=UTC)
    assert (preview.teasers, preview.subscribed) == (0.0, False)
    assert library.feeds() == ()


async def test_a_preview_tells_teasers_and_what_is_subscribed(server: Server, library: Library) -> None:
    address = server.feed("/feed", rss(item(1, text="Der Rat tagt am Montag.")))
    await library.subscribe(address)
    (preview,) = await library.preview(address)
    assert (preview.teasers, preview.subscribed) == (1.0, True)


async def test_all_feeds_of_a_page_are_previewed_and_a_dead_one_harms_no_other(
    server: Server, library: Library
) -> None:
    server.feed("/a", rss(item(1), title="A"))
    server.on("/b", Answer(status=404))
    server.on("/c", Answer(body=PAGE))
    server.feed("/d", rss(item(2), title="D"))
    previews = await library.preview(server.on("/", Answer(body=page_with("/a", "/b", "/c", "/d"))))
    assert [preview.title for preview in previews] == ["A", "D"]


async def test_of_several_feeds_the_chosen_one_is_taken(server: Server, library: Library) -> None:
    server.feed("/a", rss(item(1), title="A"))
    server.feed("/b", rss(item(2), title="B"))
    seen: list[Offer] = []

    def second(offers: Sequence[Offer]) -> int:
        seen.extend(offers)
        return 1

    feed, _ = await library.subscribe(server.on("/", Answer(body=page_with("/a", "/b"))), choose=second)
    assert feed.title == "B"
    assert seen == [Offer(server.base + "/a", "Feed /a"), Offer(server.base + "/b", "Feed /b")]
    assert paths(server) == ["/", "/b"]


async def test_of_several_feeds_the_first_that_answers_is_taken_unasked(server: Server, library: Library) -> None:
    server.on("/a", Answer(status=500))
    server.feed("/b", rss(item(2), title="B"))
    feed, _ = await library.subscribe(server.on("/", Answer(body=page_with("/a", "/b"))))
    assert feed.title == "B"


async def test_one_feed_needs_no_choice(server: Server, library: Library) -> None:
    server.feed("/a", rss(item(1), title="A"))

    def never(_offers: Sequence[Offer]) -> int:
        raise AssertionError("there is nothing to choose from")

    feed, _ = await library.subscribe(server.on("/", Answer(body=page_with("/a"))), choose=never)
    assert feed.title == "A"


async def test_a_page_that_names_only_dead_feeds_says_so(server: Server, library: Library) -> None:
    address = server.on("/", Answer(body=page_with("/a", "/b")))
    for attempt in (library.preview, library.subscribe):
        with pytest.raises(FetchError, match="no page at this address"):
            await attempt(address)
    assert "/feed" not in paths(server)


async def test_a_page_that_names_none_is_searched_in_the_usual_places_up_to_the_first(
    server: Server, library: Library
) -> None:
    server.feed("/feed.xml", rss(item(1), title="Gefunden"))
    server.feed("/index.xml", rss(item(1), title="Zu spät"))
    address = server.on("/blog/", Answer(body=PAGE))
    (preview,) = await library.preview(address)
    assert (preview.title, preview.address) == ("Gefunden", server.base + "/feed.xml")
    assert paths(server) == ["/blog/", "/blog/feed", "/feed", "/rss", "/feed.xml"]
    feed, _ = await library.subscribe(address)
    assert feed.address == server.base + "/feed.xml"


async def test_without_any_feed_the_page_is_called_a_page_after_few_requests(server: Server, library: Library) -> None:
    address = server.on("/", Answer(body=PAGE))
    for path in ("/feed", "/rss"):
        server.on(path, Answer(body=PAGE))
    with pytest.raises(FeedParseError, match="web page"):
        await library.preview(address)
    assert len(server.requests) == 7
    with pytest.raises(FeedParseError, match="web page"):
        await library.subscribe(address)
    assert library.feeds() == ()


async def test_what_is_no_page_is_not_searched(server: Server, library: Library) -> None:
    with pytest.raises(FeedParseError):
        await library.preview(server.on("/x", Answer(body=b"\x00\x01\x02" * 500)))
    assert len(server.requests) == 1


async def test_the_catalogue_knows_the_feeds_of_a_host(
    server: Server, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = server.feed("/xyz", rss(item(1), title="Aus dem Katalog"))
    known = CatalogEntry(name="N", country="DE", section="news", address=address, text="full", access="free")
    monkeypatch.setattr(catalog, "at_host", lambda machine: (known,) if machine == "127.0.0.1" else ())
    (preview,) = await library.preview(server.on("/", Answer(body=PAGE)))
    assert (preview.title, len(server.requests)) == ("Aus dem Katalog", 2)


def test_an_outlet_is_found_by_its_registered_name() -> None:
    assert "tagesschau" in [entry.name for entry in catalog.at_host("tagesschau.de")]
    assert catalog.at_host("WWW.Tagesschau.de") == catalog.at_host("tagesschau.de")
    for machine in ("", "de", "co.at", "127.0.0.1", "tagesschau.de.example", "nichttagesschau.de"):
        assert catalog.at_host(machine) == (), machine


def test_the_usual_places_are_few() -> None:
    assert usual_addresses("https://a.example/") == tuple(
        f"https://a.example/{path}" for path in "feed rss feed.xml rss.xml index.xml atom.xml".split()
    )
    assert usual_addresses("https://a.example/blog/seite.html?x=1")[0] == "https://a.example/blog/feed"


async def test_a_network_s_log_in_page_is_named_and_costs_nothing(server: Server, library: Library) -> None:
    portal = (
        b"<!doctype html><html><head><title>WLAN-Anmeldung</title></head><body><form action=/login>"
        b"<p>Bitte anmelden</p></form></body></html>"
    )
    feed, _ = await library.subscribe(server.feed("/a", rss(item(1))))
    other = server.on("/portal", Answer(body=portal, headers={"Content-Type": "text/html"}))
    for answer in (Answer(body=portal), Answer(status=302, headers={"Location": other})):
        server.on("/a", answer)
        (result,) = (await library.refresh()).results
        assert "log-in page" in str(result.error)
        assert (library.feed(feed.id).title, library.feed(feed.id).total) == ("Testblatt", 1)
        (found,) = await library.check(library.candidates())
        assert "log-in page" in str(found.error)
    with pytest.raises(FetchError, match="log-in page"):
        await library.subscribe(server.base + "/portal")
    server.feed("/a", rss(item(2), item(1)))
    assert (await library.refresh()).new == 1
