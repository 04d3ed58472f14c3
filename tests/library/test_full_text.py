"""A teaser's page is fetched, and its text kept when it says more."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader import paths
from reader.config import Config, FetchConfig
from reader.errors import NotFoundError
from reader.library import Library
from reader.model.analysis import Completeness
from reader.model.query import ArticleQuery
from reader.model.settings import FullText
from tests.loopback import Answer, Server, loopback, rss

SENTENCES = (
    "Der Rat der Stadt Beispielheim hat den Umbau des Bades beschlossen. Die Arbeiten beginnen nach Angaben der Verwaltung im April. "
    "Die Kosten liegen bei zwölf Millionen Euro, sagte Bürgermeisterin Ilse Brandt. Der Eintritt bleibe stabil. Die Opposition "
    "stimmte dagegen und verwies auf die Schulden der Stadt. Der Stadtkämmerer widersprach in der Sitzung am Abend."
)
HTML = {"Content-Type": "text/html; charset=utf-8"}


@pytest.fixture
def server() -> Iterator[Server]:
    with loopback() as running:
        yield running


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(paths.resolve(str(tmp_path)), Config(), inline=True)
    try:
        yield opened
    finally:
        opened.close()


def subscribed(library: Library, server: Server) -> int:
    """A feed of one teaser whose page stands on the same machine; the article's id."""
    entry = (
        f"<item><title>Bad wird umgebaut</title><guid>a</guid><link>{server.base}/seite</link>"
        "<description>Der Rat hat entschieden … [mehr]</description></item>"
    )
    asyncio.run(library.subscribe(server.feed("/feed", rss(entry))))
    return library.ids(ArticleQuery())[0]


def page(*paragraphs: str) -> Answer:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    html = f"<!DOCTYPE html><html lang='de'><head><title>Bad wird umgebaut</title></head><body><article><h1>Bad wird umgebaut</h1>{body}</article></body></html>"
    return Answer(body=html.encode(), headers=HTML)


def test_the_page_takes_the_place_of_the_teaser_and_is_analysed(library: Library, server: Server) -> None:
    article_id = subscribed(library, server)
    server.on("/seite", page(SENTENCES, SENTENCES.replace("Bades", "Hallenbades"), SENTENCES.replace("April", "Mai")))
    reading = asyncio.run(library.load_full_text(article_id))
    assert "Stadtkämmerer" in reading.document.text
    assert reading.analysis is not None
    assert reading.analysis.attributions
    assert library.reading(article_id).document == reading.document
    assert reading.article.title == "Bad wird umgebaut"


def test_a_refresh_does_not_bring_the_teaser_back(library: Library, server: Server) -> None:
    article_id = subscribed(library, server)
    server.on("/seite", page(SENTENCES, SENTENCES))
    full = asyncio.run(library.load_full_text(article_id)).document
    asyncio.run(library.refresh(force=True))
    assert library.reading(article_id).document == full


def test_a_page_that_says_no_more_is_refused_and_the_teaser_kept(library: Library, server: Server) -> None:
    article_id = subscribed(library, server)
    before = library.reading(article_id).document
    server.on("/seite", page("Der Rat."))
    with pytest.raises(NotFoundError):
        asyncio.run(library.load_full_text(article_id))
    assert library.reading(article_id).document == before


def test_a_full_text_can_be_searched(library: Library, server: Server) -> None:
    article_id = subscribed(library, server)
    server.on("/seite", page(SENTENCES, SENTENCES))
    asyncio.run(library.load_full_text(article_id))
    asyncio.run(library.refresh(force=True))
    assert list(library.ids(ArticleQuery(search="Stadtkämmerer"))) == [article_id]


LONG = page(SENTENCES, SENTENCES.replace("Bades", "Hallenbades"), SENTENCES.replace("April", "Mai"))


def refreshed(library: Library, *, pages: bool = True) -> int:
    """The number of full texts that a refresh brought."""
    report = asyncio.run(library.refresh(force=True, pages=pages))
    assert report.trouble is None
    return sum(result.pages for result in report.results)


def test_a_refresh_fetches_the_page_of_a_teaser_once(library: Library, server: Server) -> None:
    article_id = subscribed(library, server)
    server.on("/seite", LONG)
    assert refreshed(library) == 1
    assert "Stadtkämmerer" in library.reading(article_id).document.text
    assert refreshed(library) == 0
    assert len(server.asked("/seite")) == 1


def test_a_refresh_without_pages_fetches_none(library: Library, server: Server) -> None:
    subscribed(library, server)
    server.on("/seite", LONG)
    assert refreshed(library, pages=False) == 0
    assert server.asked("/seite") == []


def test_a_feed_set_to_never_is_left_with_its_teasers(library: Library, server: Server) -> None:
    subscribed(library, server)
    library.settings.change(library.feeds()[0].id, full_text=FullText.NEVER)
    server.on("/seite", LONG)
    assert refreshed(library) == 0
    assert server.asked("/seite") == []


def test_an_edited_entry_has_its_page_read_anew_and_never_falls_back_to_the_teaser(
    library: Library, server: Server
) -> None:
    article_id = subscribed(library, server)
    server.on("/seite", LONG)
    refreshed(library)
    server.on(
        "/seite", page(SENTENCES, SENTENCES.replace("April", "Juni"), "Ergänzt: Der Landrat lobte den Beschluss.")
    )
    entry = (
        f"<item><title>Bad wird doch umgebaut</title><guid>a</guid><link>{server.base}/seite</link>"
        "<description>Der Rat hat anders entschieden … [mehr]</description></item>"
    )
    server.feed("/feed", rss(entry))
    refreshed(library, pages=False)
    assert "Stadtkämmerer" in library.reading(article_id).document.text
    assert refreshed(library) == 1
    reading = library.reading(article_id)
    assert "Landrat" in reading.document.text
    assert reading.article.title == "Bad wird doch umgebaut"
    assert len(server.asked("/seite")) == 2


def test_a_page_that_fails_is_not_asked_again_at_once(library: Library, server: Server) -> None:
    subscribed(library, server)
    server.on("/seite", Answer(status=500))
    assert refreshed(library) == 0
    assert refreshed(library) == 0
    assert len(server.asked("/seite")) == 1


def test_a_missing_page_is_given_up_and_the_teaser_stays(library: Library, server: Server) -> None:
    article_id = subscribed(library, server)
    refreshed(library)
    refreshed(library)
    assert len(server.asked("/seite")) == 1
    assert "entschieden" in library.reading(article_id).document.text


def test_a_server_that_wants_to_be_left_alone_gets_one_request(library: Library, server: Server) -> None:
    entries = [
        f"<item><title>Bad {n}</title><guid>{n}</guid><link>{server.base}/s{n}</link>"
        "<description>Der Rat hat entschieden … [mehr]</description></item>"
        for n in range(5)
    ]
    for n in range(5):
        server.on(f"/s{n}", Answer(status=429, headers={"Retry-After": "600"}))
    asyncio.run(library.subscribe(server.feed("/feed", rss(*entries))))
    refreshed(library)
    refreshed(library)
    assert sum(request.path.startswith("/s") for request in server.requests) == 1


def test_a_first_refresh_asks_for_ten_pages_of_a_feed_and_the_next_for_the_rest(
    library: Library, server: Server
) -> None:
    entries = []
    for n in range(13):
        link = server.on(f"/s{n}", LONG)
        entries.append(
            f"<item><title>Bad {n} wird umgebaut</title><guid>{n}</guid><link>{link}</link>"
            f"<description>Der Rat hat {n} entschieden … [mehr]</description></item>"
        )
    asyncio.run(library.subscribe(server.feed("/feed", rss(*entries))))
    assert [refreshed(library) for _ in range(3)] == [10, 3, 0]
    assert sum(request.path.startswith("/s") for request in server.requests) == 13


def test_a_paywall_behind_a_teaser_is_named_and_the_teaser_kept(library: Library, server: Server) -> None:
    article_id = subscribed(library, server)
    wall = (
        "<!DOCTYPE html><html lang='de'><head><title>Bad wird umgebaut</title><script type='application/ld+json'>"
        '{"@type":"NewsArticle","headline":"Bad wird umgebaut","isAccessibleForFree":false}</script></head><body><article>'
        "<h1>Bad wird umgebaut</h1><p>Der Rat hat nach langer Debatte am Abend über den Umbau entschieden.</p>"
        "<p>Jetzt weiterlesen mit dem Abo. Sie haben bereits ein Abo? Anmelden.</p></article></body></html>"
    )
    server.on("/seite", Answer(body=wall.encode(), headers=HTML))
    assert refreshed(library) == 0
    refreshed(library)
    assert len(server.asked("/seite")) == 1
    reading = library.reading(article_id)
    assert "entschieden" in reading.document.text
    assert reading.analysis is not None
    assert reading.analysis.completeness is Completeness.PAYWALL
    assert library.rows([article_id])[0].completeness == Completeness.PAYWALL


def test_a_page_of_plainly_another_article_is_refused(library: Library, server: Server) -> None:
    article_id = subscribed(library, server)
    other = "Ein Zug nach Musterstadt fiel gestern aus, weil Schnee lag. Reisende warteten lange. " * 8
    html = f"<html><head><title>Winterchaos</title></head><body><article><h1>Winterchaos</h1><p>{other}</p></article></body></html>"
    server.on("/seite", Answer(body=html.encode(), headers=HTML))
    assert refreshed(library) == 0
    assert "Musterstadt" not in library.reading(article_id).document.text


def test_the_demo_edition_asks_nobody(library: Library, server: Server) -> None:
    library.load_demo()
    assert refreshed(library) == 0
    assert server.requests == []


def test_an_article_of_two_feeds_is_fetched_once(library: Library, server: Server) -> None:
    subscribed(library, server)
    entry = (
        f"<item><title>Bad: Der Umbau kommt</title><guid>b</guid><link>{server.base}/seite</link>"
        "<description>Der Rat der Stadt hat entschieden … [mehr]</description></item>"
    )
    asyncio.run(library.subscribe(server.feed("/zwei", rss(entry))))
    server.on("/seite", LONG)
    assert refreshed(library) == 2
    assert len(server.asked("/seite")) == 1


def test_new_feeds_get_the_configured_setting(tmp_path: Path, server: Server) -> None:
    config = Config(fetch=FetchConfig(full_text="never"))
    opened = Library.open(paths.resolve(str(tmp_path)), config, inline=True)
    try:
        subscribed(opened, server)
        assert opened.feeds()[0].settings.full_text is FullText.NEVER
    finally:
        opened.close()
