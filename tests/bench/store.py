"""What the lists cost by the number of stored articles: ``python -m tests.bench.store 100 100000``.

Prints the median and the 95th percentile in milliseconds of each read and write that a key press may cause; a flat column
is the aim. The store is made in a temporary folder and removed.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reader.model.article import Block, BlockKind, Document
from reader.model.query import ArticleQuery, Cursor, View
from reader.model.span import Span
from reader.store import Connection, Store, articles, feeds, listing, open_store, search
from reader.store.articles import Incoming
from reader.store.codec import pack_document
from reader.store.times import to_us

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
FEEDS = 500
_SYLLABLES = "ber lin mer kel haus rat ge setz wahl kampf steu er re form land tag strom netz preis bahn hof".split()


def fill(store: Store, number: int) -> None:
    """Store so many articles of some 150 words, one in twenty unread, one in a hundred starred."""
    chance = random.Random(7)  # noqa: S311 - the same ballast every time
    words = ["".join(chance.choices(_SYLLABLES, k=3)) for _ in range(20_000)]

    def batch(connection: Connection, start: int, end: int) -> None:
        for n in range(start, end):
            text = " ".join(chance.choices(words, k=150)) + "."
            document = Document(
                text=text, blocks=(Block(BlockKind.PARAGRAPH, Span(0, len(text))),), title=f"Meldung {n}"
            )
            entry = Incoming(
                guid=f"guid-{n}",
                address=f"https://example.org/{n}",
                title=f"{text[:60]} {n}",
                state=n,
                published=NOW - timedelta(seconds=30 * (number - n)),
                digest=document.digest,
                body=pack_document(document),
            )
            place = to_us(entry.published or NOW)
            article_id = articles.add_article(connection, n % FEEDS + 1, entry, articles.key(entry.guid), place, NOW)
            if n % 20:
                articles.set_read(connection, [article_id], True)
            if n % 100 == 1:
                articles.set_starred(connection, [article_id], True)
        while search.index_pending(connection, 1000):
            pass

    def subscribe(connection: Connection) -> None:
        for n in range(FEEDS):
            address = f"https://example.org/feed/{n}"
            feeds.add_feed(connection, address, title=f"Blatt {n}", own_title=False, folder=f"Ressort {n % 10}")

    store.write(subscribe)
    for start in range(0, number, 2000):
        store.write(batch, start, min(number, start + 2000))


def measures(store: Store, number: int) -> dict[str, Callable[[], object]]:
    """Each thing a key press may ask for."""
    middle = Cursor(to_us(NOW - timedelta(seconds=30 * (number // 2))), 0)
    ids = store.read(listing.ids, ArticleQuery())
    chance = random.Random(8)  # noqa: S311 - the same ids every time

    def view(query: ArticleQuery, after: Cursor | None = None) -> Callable[[], object]:
        return lambda: store.read(listing.window, query, after, 64)

    def mark() -> object:
        wanted = [ids[chance.randrange(len(ids))]]
        return store.write(articles.set_read, wanted, bool(chance.getrandbits(1)))

    return {
        "first window, all": view(ArticleQuery()),
        "window in the middle": view(ArticleQuery(), middle),
        "first window, unread": view(ArticleQuery(view=View.UNREAD)),
        "first window, starred": view(ArticleQuery(view=View.STARRED)),
        "first window, one feed": view(ArticleQuery(view=View.FEED, feed_id=7)),
        "first window, one folder": view(ArticleQuery(view=View.FOLDER, folder="Ressort 3")),
        "feeds with counts": lambda: store.read(feeds.all_feeds),
        "counts": lambda: store.read(listing.counts, NOW - timedelta(hours=12)),
        "64 rows by id": lambda: store.read(listing.rows, chance.sample(ids.tolist()[-1000:], min(64, len(ids)))),
        "article and text": lambda: store.read(articles.document, ids[chance.randrange(len(ids))]),
        "mark one read": mark,
        "search a common word": view(ArticleQuery(search="haus ")),
        "search two words": view(ArticleQuery(search="berlinmer hausrat ")),
        "search a beginning": view(ArticleQuery(search="geset")),
    }


def main(sizes: list[int]) -> None:
    """Measure each size."""
    for number in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "lesart.db"
            store = open_store(path)
            started = time.perf_counter()
            fill(store, number)
            print(f"{number} articles stored and indexed in {time.perf_counter() - started:.1f} s")
            store.close()
            size = path.stat().st_size
            started = time.perf_counter()
            store = open_store(path)
            store.read(listing.window, ArticleQuery())
            first = (time.perf_counter() - started) * 1000
            print(f"  {size / number:.0f} bytes each; opened with the first window in {first:.1f} ms")
            for name, measure in measures(store, number).items():
                times = []
                for _ in range(60):
                    started = time.perf_counter()
                    measure()
                    times.append((time.perf_counter() - started) * 1000)
                print(f"  {name:<26} {statistics.median(times):8.3f} {statistics.quantiles(times, n=20)[-1]:8.3f}")
            store.close()


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [100, 100_000])
