"""The pages of articles in a refresh: what is asked for, what is not, and what stops half way."""

from __future__ import annotations

import asyncio
import subprocess
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from reader.config import Config, FetchConfig
from reader.errors import NotFoundError
from reader.library import Library
from reader.library.pagestage import TRIES
from reader.library.refresh import TRUSTED_MACHINES
from reader.library.report import PAGES
from reader.model.analysis import Completeness
from reader.model.query import ArticleQuery
from reader.model.settings import FullText
from reader.store import articles
from tests.library.test_full_text import HTML, LONG, SENTENCES, page
from tests.loopback import Answer, Request, Server, loopback, rss
from tests.processes import BOUND_SECONDS, HAS_PROC, assert_none_left, descendants, start, until

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
TEASER = "Der Rat hat entschieden … [mehr]"


def entry(link: str, number: int | str = 1, *, text: str = TEASER, title: str = "Bad wird umgebaut") -> str:
    return (
        f"<item><title>{title}</title><guid>{number}</guid><link>{link}</link><description>{text}</description></item>"
    )


async def texts(library: Library, **how: object) -> int:
    """How many full texts a refresh brought."""
    report = await library.refresh(force=True, **how)  # type: ignore[arg-type]
    assert report.trouble is None
    return sum(result.pages for result in report.results)


def only(library: Library) -> int:
    (article_id,) = library.ids(ArticleQuery())
    return article_id


def is_full(library: Library, article_id: int) -> bool:
    return "Stadtkämmerer" in library.reading(article_id).document.text


async def test_a_refresh_cancelled_among_the_pages_is_finished_by_the_next(server: Server, library: Library) -> None:
    held = threading.Event()
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    links = [server.on(f"/s{n}", LONG) for n in range(4)]

    def slow(_request: Request) -> Answer:
        loop.call_soon_threadsafe(asked.set)
        return Answer(body=LONG.body, headers=HTML, wait=held)

    server.on("/s2", slow)
    await library.subscribe(server.feed("/feed", rss(*(entry(link, n) for n, link in enumerate(links)))))
    running = asyncio.create_task(library.refresh(force=True))
    await asyncio.wait_for(asked.wait(), 20)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    held.set()
    server.on("/s2", LONG)
    await texts(library)
    assert all(is_full(library, article_id) for article_id in library.ids(ArticleQuery()))
    assert max(len(server.asked(f"/s{n}")) for n in (0, 1, 3)) <= 2


@pytest.mark.skipif(not HAS_PROC, reason="reads the list of processes from /proc")
async def test_a_refresh_killed_among_the_pages_keeps_those_it_had_and_the_next_fetches_the_rest(
    server: Server, tmp_path: Path, open_library: Callable[..., Library]
) -> None:
    held = threading.Event()
    server.on("/s1", Answer(body=LONG.body, headers=HTML, wait=held))
    server.on("/s0", LONG)
    library = open_library()
    await library.subscribe(server.feed("/feed", rss(entry(server.base + "/s0", 0), entry(server.base + "/s1", 1))))
    library.close()
    process = start("refresh", "--force", home=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    watching = open_library()
    first, second = watching.ids(ArticleQuery())
    until(lambda: is_full(watching, first) and bool(server.asked("/s1")), "the first page")
    children = descendants(process.pid)
    process.kill()
    process.wait(BOUND_SECONDS)
    assert_none_left(children)
    held.set()
    server.on("/s1", LONG)
    assert not is_full(watching, second)
    assert await texts(watching) == 1
    assert is_full(watching, first)
    assert is_full(watching, second)
    assert len(server.asked("/s0")) == 1


async def test_a_feed_set_to_always_has_its_whole_texts_read_from_the_page_too(
    server: Server, library: Library
) -> None:
    whole = " ".join([SENTENCES, SENTENCES.replace("April", "Juni")])
    link = server.on("/seite", page(SENTENCES, SENTENCES.replace("April", "Juni"), SENTENCES, "Der Landrat schwieg."))
    await library.subscribe(server.feed("/feed", rss(entry(link, text=whole))), full_text=FullText.ALWAYS)
    article_id = only(library)
    reading = library.reading(article_id)
    assert reading.analysis is not None
    assert reading.analysis.completeness is Completeness.FULL
    assert await texts(library) == 1
    assert "Landrat" in library.reading(article_id).document.text


async def test_a_whole_text_is_left_as_it_is_by_default(server: Server, library: Library) -> None:
    whole = " ".join([SENTENCES, SENTENCES.replace("April", "Juni")])
    link = server.on("/seite", page(SENTENCES, SENTENCES, SENTENCES))
    await library.subscribe(server.feed("/feed", rss(entry(link, text=whole))))
    assert await texts(library) == 0
    assert server.asked("/seite") == []


async def test_always_set_later_takes_effect_on_recent_articles(server: Server, library: Library) -> None:
    whole = " ".join([SENTENCES, SENTENCES.replace("April", "Juni")])
    link = server.on("/seite", page(SENTENCES, SENTENCES.replace("April", "Juni"), SENTENCES, "Der Landrat schwieg."))
    feed, _ = await library.subscribe(server.feed("/feed", rss(entry(link, text=whole))))
    assert await texts(library) == 0
    library.settings.change(feed.id, full_text=FullText.ALWAYS)
    assert await texts(library) == 1


async def test_automatic_set_later_takes_effect_on_recent_teasers(server: Server, library: Library) -> None:
    link = server.on("/seite", LONG)
    feed, _ = await library.subscribe(server.feed("/feed", rss(entry(link))), full_text=FullText.NEVER)
    assert await texts(library) == 0
    library.settings.change(feed.id, full_text=FullText.AUTOMATIC)
    assert await texts(library) == 1


async def test_a_feed_added_again_takes_the_setting_that_is_given(server: Server, library: Library) -> None:
    address = server.feed("/feed", rss(entry(server.on("/seite", LONG))))
    await library.subscribe(address, full_text=FullText.NEVER)
    feed, _ = await library.subscribe(address)
    assert feed.settings.full_text is FullText.NEVER
    feed, _ = await library.subscribe(address, full_text=FullText.ALWAYS)
    assert feed.settings.full_text is FullText.ALWAYS
    assert await texts(library) == 1


async def test_a_page_on_another_private_machine_is_refused_without_a_request(
    server: Server, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    with loopback("127.0.0.2") as other:
        other.on("/seite", LONG)
        await library.subscribe(server.feed("/feed", rss(entry(other.base + "/seite"))))
        assert await texts(library) == 0
        assert other.requests == []
        assert "entschieden" in library.reading(only(library)).document.text
        monkeypatch.setenv(TRUSTED_MACHINES, "127.0.0.2")
        library._store.write(lambda c: c.execute("UPDATE articles SET page_due_us = 0"))
        assert await texts(library) == 1


@pytest.mark.parametrize("link", ["http://10.0.0.7/a", "http://169.254.169.254/latest", "http://[::1]/a"])
async def test_a_page_inside_a_network_is_not_asked_for(server: Server, library: Library, link: str) -> None:
    await library.subscribe(server.feed("/feed", rss(entry(link))))
    assert await texts(library) == 0
    assert "entschieden" in library.reading(only(library)).document.text


async def test_a_page_is_given_up_after_four_tries(server: Server, open_library: Callable[..., Library]) -> None:
    now = NOW
    library = open_library(clock=lambda: now)
    server.on("/seite", Answer(status=500))
    await library.subscribe(server.feed("/feed", rss(entry(server.base + "/seite"))))
    for _ in range(TRIES + 3):
        assert await texts(library) == 0
        now += timedelta(days=1)
    assert len(server.asked("/seite")) == TRIES


async def test_tries_lie_further_and_further_apart(server: Server, open_library: Callable[..., Library]) -> None:
    now = NOW
    library = open_library(clock=lambda: now)
    server.on("/seite", Answer(status=500))
    await library.subscribe(server.feed("/feed", rss(entry(server.base + "/seite"))))
    tried = []
    for hour in range(72):
        now = NOW + timedelta(hours=hour)
        before = len(server.asked("/seite"))
        await texts(library)
        tried += [hour] * (len(server.asked("/seite")) - before)
    gaps = [later - earlier for earlier, later in pairwise(tried)]
    assert gaps == sorted(gaps)
    assert gaps[-1] > gaps[0]


async def test_the_articles_of_an_old_store_are_not_fetched_all_at_once(
    server: Server, open_library: Callable[..., Library]
) -> None:
    library = open_library(clock=lambda: NOW)
    links = [server.on(f"/s{n}", LONG) for n in range(25)]
    await library.subscribe(
        server.feed("/feed", rss(*(entry(link, n, title=f"Bad {n}") for n, link in enumerate(links))))
    )
    # As a store from before there were pages, analysed by another version: everything is analysed anew.
    library._store.write(lambda c: c.execute("UPDATE articles SET page = 0, analysed = 999"))
    library._store.write(lambda c: c.execute("UPDATE articles SET position = position - 2592000000000 WHERE id > 20"))
    library._store.write(lambda c: c.execute("UPDATE notes SET value = '0' WHERE name = 'analysis'"))
    assert [await texts(library) for _ in range(3)] == [10, 10, 0]


async def test_what_was_analysed_before_there_were_pages_is_left_alone(
    server: Server, open_library: Callable[..., Library]
) -> None:
    library = open_library(clock=lambda: NOW)
    await library.subscribe(server.feed("/feed", rss(entry(server.on("/seite", LONG)))))
    library._store.write(lambda c: c.execute("UPDATE articles SET page = 0"))
    assert await texts(library) == 0
    assert server.asked("/seite") == []


async def test_an_address_read_for_one_feed_is_not_asked_for_another_in_a_later_refresh(
    server: Server, library: Library
) -> None:
    link = server.on("/seite", LONG)
    await library.subscribe(server.feed("/eins", rss(entry(link))))
    assert await texts(library) == 1
    await library.subscribe(server.feed("/zwei", rss(entry(link, 2, title="Das Bad wird umgebaut"))))
    assert await texts(library) == 1
    assert all(is_full(library, article_id) for article_id in library.ids(ArticleQuery()))
    assert len(library.ids(ArticleQuery())) == 2
    assert len(server.asked("/seite")) == 1


async def test_a_page_read_days_ago_is_read_anew_for_another_feed(
    server: Server, open_library: Callable[..., Library]
) -> None:
    now = NOW
    library = open_library(clock=lambda: now)
    link = server.on("/seite", LONG)
    await library.subscribe(server.feed("/eins", rss(entry(link))))
    await texts(library)
    now += timedelta(days=3)
    await library.subscribe(server.feed("/zwei", rss(entry(link, 2, title="Das Bad wird umgebaut"))))
    assert await texts(library) == 1
    assert len(server.asked("/seite")) == 2


async def test_a_paywall_met_by_one_feed_is_known_for_the_other(server: Server, library: Library) -> None:
    link = server.on("/seite", paywall())
    await library.subscribe(server.feed("/eins", rss(entry(link))))
    await texts(library)
    await library.subscribe(server.feed("/zwei", rss(entry(link, 2, title="Bad: Der Umbau kommt"))))
    await texts(library)
    rows = library.rows(library.ids(ArticleQuery()))
    assert [row.completeness for row in rows] == [Completeness.PAYWALL] * 2
    assert len(server.asked("/seite")) == 1


async def test_a_paywall_met_on_demand_is_named_from_then_on(server: Server, library: Library) -> None:
    await library.subscribe(server.feed("/feed", rss(entry(server.on("/seite", paywall())))))
    with pytest.raises(NotFoundError, match="paywall"):
        await library.load_full_text(only(library))
    reading = await library.analysed(only(library))
    assert reading.analysis is not None
    assert reading.analysis.completeness is Completeness.PAYWALL
    assert "entschieden" in reading.document.text


async def test_a_full_text_whose_page_is_barred_later_stays_one(server: Server, library: Library) -> None:
    await library.subscribe(server.feed("/feed", rss(entry(server.on("/seite", LONG)))))
    await texts(library)
    server.on("/seite", paywall())
    with pytest.raises(NotFoundError):
        await library.load_full_text(only(library))
    reading = await library.analysed(only(library))
    assert reading.analysis is not None
    assert reading.analysis.completeness is Completeness.FULL


async def test_an_edited_feed_text_is_kept_beside_the_full_text(server: Server, library: Library) -> None:
    link = server.on("/seite", LONG)
    await library.subscribe(server.feed("/feed", rss(entry(link))))
    await texts(library)
    server.feed("/feed", rss(entry(link, text="Der Rat hat nun anders beschlossen … [mehr]")))
    await texts(library)
    assert is_full(library, only(library))
    kept = [document.text for _, _, document in library._store.read(articles.versions, only(library))]
    assert any("anders beschlossen" in text for text in kept)
    assert any("entschieden" in text for text in kept)


@pytest.mark.parametrize("status", [429, 503])
async def test_a_machine_that_turns_a_feed_away_is_asked_for_no_page(
    server: Server, library: Library, status: int
) -> None:
    await library.subscribe(server.feed("/feed", rss(entry(server.on("/seite", LONG)))))
    server.on("/feed", Answer(status=status))
    assert await texts(library) == 0
    assert server.asked("/seite") == []
    server.feed("/feed", rss(entry(server.base + "/seite")))
    assert await texts(library) == 1


async def test_the_pages_tell_how_far_they_are(server: Server, library: Library) -> None:
    links = [server.on(f"/s{n}", LONG) for n in range(3)]
    await library.subscribe(server.feed("/feed", rss(*(entry(link, n) for n, link in enumerate(links)))))
    seen: list[tuple[int, int]] = []
    await library.refresh(
        force=True, on_progress=lambda p: seen.append((p.done, p.total)) if p.phase == PAGES else None
    )
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_imported_feeds_get_the_configured_setting(open_library: Callable[..., Library]) -> None:
    library = open_library(config=Config(fetch=FetchConfig(full_text="never")))
    opml = b'<opml version="2.0"><body><outline text="A" xmlUrl="https://a.example/feed"/></body></opml>'
    library.import_list(opml)
    library.import_list(b"https://b.example/feed\n")
    assert [feed.settings.full_text for feed in library.feeds()] == [FullText.NEVER] * 2


def paywall() -> Answer:
    html = (
        "<!DOCTYPE html><html lang='de'><head><title>Bad wird umgebaut</title><script type='application/ld+json'>"
        '{"@type":"NewsArticle","headline":"Bad wird umgebaut","isAccessibleForFree":false}</script></head><body><article>'
        "<h1>Bad wird umgebaut</h1><p>Der Rat hat nach langer Debatte am Abend über den Umbau entschieden.</p>"
        "<p>Jetzt weiterlesen mit dem Abo. Sie haben bereits ein Abo? Anmelden.</p></article></body></html>"
    )
    return Answer(body=html.encode(), headers=HTML)
