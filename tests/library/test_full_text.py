"""A teaser's page is fetched, and its text kept when it says more."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader import paths
from reader.config import Config
from reader.errors import NotFoundError
from reader.library import Library
from reader.model.query import ArticleQuery
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
