"""The full text of an article whose feed delivers a teaser: its page is fetched, read, and kept when it says more."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from datetime import datetime

from reader.errors import N_, LesartError, NotFoundError
from reader.feeds.address import host_name
from reader.feeds.fetch import Fetcher
from reader.library.analyst import ANALYSE_SECONDS, Urgency, Worker
from reader.library.pages import document_of
from reader.library.secrets import access_to
from reader.model.analysis import Completeness, Reading
from reader.model.article import Article, Document, Feed
from reader.store import Connection, Store, articles, feeds, pages
from reader.store.codec import pack_document

_MISSING = {
    Completeness.CONSENT: N_("The page shows a request for consent instead of the article."),
    Completeness.PAYWALL: N_("The article continues behind a paywall."),
}
PAYWALLED = "wall=paywall"
"""The label by which the analysis names a text that goes on behind a paywall."""
_SHARED = 0.3
"""Of the words of the feed's text, at least so many stand on the page of the same article."""
_WORD = re.compile(r"[^\W\d_]{4,}")


async def full_text(fetcher: Fetcher, worker: Worker, article: Article, feed: Feed, *, local: bool) -> Document:
    """The document of the article's page; raises ``NotFoundError``, ``FetchError``, ``AnalysisError``.

    The address comes from the feed, nobody typed it: it may lead into a private network only where the feed itself is
    ``local`` and comes from that same machine.
    """
    if not article.address:
        raise NotFoundError(N_("This article has no address on the web."))
    guarded = not local or host_name(article.address) != host_name(feed.address)
    access = await access_to(feed.id, feed.address, feed.settings)
    page = await fetcher.get(article.address, guarded=guarded, access=access.towards(feed.address, article.address))
    hint = {"title": article.title, "authors": list(article.authors)}
    return await document_of(worker, page.body, address=page.address, content_type=page.content_type, hint=hint)


def refusal(
    how_much: Completeness, found: Document, stored: Document, *, corrected: bool = False
) -> LesartError | None:
    """Why the page's text is not taken in place of the stored one; nothing when it says more, or is the same page's
    ``corrected`` one.
    """
    hint = N_("The feed's text is kept. The page can be opened in the browser.")
    if how_much in _MISSING:
        return NotFoundError(_MISSING[how_much], hint=hint)
    if not corrected and len(found.text.split()) <= len(stored.text.split()):
        return NotFoundError(N_("The page holds no more text than the feed."), hint=hint)
    return None


def is_same_article(title: str, stored: Document, found: Document) -> bool:
    """Whether a page can be the one of this entry: a word of the title in its own, or enough of the entry's words."""
    named_here, named_there = (set(_WORD.findall(text.lower())) for text in (title, found.title))
    if not named_here or not named_there or named_here & named_there:
        return True
    words = set(_WORD.findall(f"{title} {stored.text}".lower()))
    return len(words & set(_WORD.findall(found.text.lower()))) >= _SHARED * len(words)


async def load(store: Store, fetcher: Fetcher, worker: Worker, reading: Reading, feed: Feed, now: datetime) -> None:
    """Put the text of the article's page in the place of the one that was read, where it says more.

    Raises ``NotFoundError`` where it does not, ``FetchError``, ``AnalysisError`` and ``StoreError``.
    """
    async with fetcher:
        local = store.read(feeds.feed, feed.id).typed
        found = await full_text(fetcher, worker, reading.article, feed, local=local)
    body = pack_document(found)
    header, _ = await worker.run({"job": "analyse", "sizes": [len(body)]}, body, Urgency.DEMAND, ANALYSE_SECONDS)
    how_much = Completeness(header["rows"][0]["completeness"])
    refused = refusal(how_much, found, reading.document)
    if refused is not None:
        barred = how_much is Completeness.PAYWALL
        if barred and is_same_article(reading.article.title, reading.document, found):
            await asyncio.wrap_future(store.submit(mark_paywalled, reading.article.id, reading.document))
        raise refused
    await asyncio.wrap_future(store.submit(take_page, reading, found, now))


def take_page(connection: Connection, reading: Reading, found: Document, now: datetime) -> None:
    """The page's text in place of the one that was read; an unchanged entry does not bring that back."""
    articles.replace_document(connection, reading.article.id, found.digest, pack_document(found), now)
    pages.take(connection, reading.article.id, reading.document.digest)


def mark_paywalled(connection: Connection, article_id: int, stored: Document) -> None:
    """The feed's text that is stored says of itself that its page goes on behind a paywall; a page's text does not."""
    if PAYWALLED not in stored.labels and not pages.is_taken(connection, article_id):
        marked = replace(stored, labels=(*stored.labels, PAYWALLED))
        pages.mark_document(connection, article_id, stored.digest, marked.digest, pack_document(marked))
