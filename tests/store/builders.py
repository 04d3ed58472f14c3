"""Shared builders of the store's tests: short to write, real all the way down to the file."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from reader.model.article import Block, BlockKind, Document
from reader.model.span import Span
from reader.store import Connection, Store, articles, feeds
from reader.store.articles import Incoming
from reader.store.codec import pack_document
from reader.store.times import to_us

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def a_document(text: str = "Der Rat hat beschlossen.", title: str = "Beschluss") -> Document:
    """A document of one paragraph."""
    blocks = (Block(BlockKind.PARAGRAPH, Span(0, len(text))),) if text else ()
    return Document(text=text, blocks=blocks, title=title)


def an_entry(number: int, *, title: str = "", text: str = "", published: datetime | None = None) -> Incoming:
    """An entry as the parser hands it over."""
    document = a_document(text or f"Text {number}.", title or f"Meldung {number}")
    return Incoming(
        guid=f"guid-{number}",
        address=f"https://example.org/{number}",
        title=document.title,
        state=number,
        published=published,
        digest=document.digest,
        body=pack_document(document),
    )


def a_feed(store: Store, address: str = "https://example.org/feed", *, folder: str = "", title: str = "Blatt") -> int:
    """A subscription; its id."""
    return store.write(
        lambda connection: feeds.add_feed(connection, address, title=title, own_title=False, folder=folder)
    )


def add(store: Store, feed_id: int, entry: Incoming, now: datetime = NOW) -> int:
    """Store one new article; its id."""
    place = min(to_us(now), to_us(entry.published)) if entry.published else to_us(now)
    return store.write(articles.add_article, feed_id, entry, articles.key(entry.guid), place, now)


def add_many(store: Store, feed_id: int, number: int, start: int = 0) -> list[int]:
    """Articles one minute apart, the later the newer; their ids."""

    def job(connection: Connection) -> list[int]:
        return [
            articles.add_article(
                connection,
                feed_id,
                (entry := an_entry(i, published=NOW - timedelta(days=1) + timedelta(minutes=i))),
                articles.key(entry.guid),
                to_us(entry.published or NOW),
                NOW,
            )
            for i in range(start, start + number)
        ]

    return store.write(job)
