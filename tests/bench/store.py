"""What the lists cost by the number of stored articles: ``python -m tests.bench.store 100 100000 1000000``.

Prints the median and the 95th percentile in milliseconds, and the median of processor time, of each read and write that a
key press may cause; a flat column is the aim. The store is made in a temporary folder (``TMPDIR``) and removed; a million
articles take 3 GB and some minutes. Up to ``BY_THE_STORE`` articles are written by the store's own code; beyond that the
oldest rows are the same articles again, moved back in time by SQL, with texts of their own order in the index.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from reader.model.article import Block, BlockKind, Document
from reader.model.query import ArticleQuery, Cursor, View
from reader.model.span import Span
from reader.store import Connection, Store, articles, feeds, listing, open_store, search
from reader.store.articles import Incoming
from reader.store.codec import pack_document, unpack_document
from reader.store.times import STEP_US, to_us

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
FEEDS = 500
BY_THE_STORE = 20_000
REPETITIONS = 60
_SYLLABLES = "ber lin mer kel haus rat ge setz wahl kampf steu er re form land tag strom netz preis bahn hof".split()


def fill(store: Store, number: int) -> None:
    """Store so many articles of some 150 words, one in twenty unread, one in a hundred starred."""
    chance = random.Random(7)  # noqa: S311 - the same ballast every time
    words = ["".join(chance.choices(_SYLLABLES, k=3)) for _ in range(20_000)]
    # As often as its rank says (Zipf's law), flattened for the first ones.
    often = list(accumulate(1 / (rank + 20) for rank in range(len(words))))

    def batch(connection: Connection, start: int, end: int) -> None:
        for n in range(start, end):
            text = " ".join(chance.choices(words, cum_weights=often, k=150)) + "."
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
    own = min(number, BY_THE_STORE)
    for start in range(0, own, 2000):
        store.write(batch, start, min(own, start + 2000))
    if number > own:
        store.write(multiply, own, number)
        while store.write(search.merge):
            pass


def multiply(connection: Connection, own: int, number: int) -> None:
    """Repeat the ``own`` articles back in time until there are ``number``, rows, entries, texts and index."""
    span = 30_000_000 * own
    texts = [
        (position, title, unpack_document(body).text)
        for position, title, body in connection.execute(
            "SELECT a.position, a.title, d.body FROM articles a JOIN documents d ON d.article_id = a.id"
        )
    ]
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _sql in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    for turn in range(1, number // own):
        for table, identity in (("articles", "id"), ("documents", "article_id"), ("entries", "article_id")):
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            moved = {
                identity: f"{identity} + {turn * own}",
                "position": f"position - {turn * span}",
                "guid_key": f"guid_key + {turn}",
                "link_key": f"link_key + {turn}",
                "published_us": f"published_us - {turn * span}",
                "digest": f"digest || {turn}",
            }
            connection.execute(
                f"INSERT INTO {table} ({', '.join(columns)})"
                f" SELECT {', '.join(moved.get(column, column) for column in columns)} FROM {table}"
                f" WHERE {identity} <= {own} ORDER BY {identity}"
            )
        connection.executemany(
            "INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)",
            (((position - turn * span) // STEP_US, title, text) for position, title, text in texts),
        )
    times = number // own
    for table in ("word_starts", "word_ends"):
        connection.execute(f"UPDATE {table} SET articles = articles * {times}")
    connection.execute("UPDATE totals SET unread = unread * ?, starred = starred * ?, total = total * ?", [times] * 3)
    connection.execute("UPDATE feeds SET unread = unread * ?, total = total * ?", [times] * 2)
    for _name, sql in triggers:
        connection.execute(sql)


def measures(store: Store, number: int) -> dict[str, Callable[[], object]]:
    """Each thing a key press may ask for."""
    middle = Cursor(to_us(NOW - timedelta(seconds=30 * (number // 2))), 0)
    ids = store.read(listing.ids, ArticleQuery())
    phrase = " ".join(store.read(articles.document, ids[len(ids) // 2]).text.split()[20:23])
    chance = random.Random(8)  # noqa: S311 - the same ids every time

    # As many rows in the smallest store, so that the sizes can be compared.
    next_rows = store.read(listing.window, ArticleQuery(), None, 32).after

    def view(query: ArticleQuery, after: Cursor | None = None) -> Callable[[], object]:
        return lambda: store.read(listing.window, query, after, 64)

    unread = store.read(listing.ids, ArticleQuery(view=View.UNREAD)).tolist()[:1000]
    older = ids.tolist()[-1000:]
    marked: list[int] = []
    words = Counter(word for i in ids[:200] for word in store.read(articles.document, i).text.rstrip(".").split())
    common = [word for word, _times in words.most_common(30)]

    def in_a_row(**where: Any) -> Callable[[], object]:
        """Two common words, others each time, as the texts that were looked into are known the next time."""

        def ask() -> object:
            first, second = chance.sample(common, 2)
            return store.read(listing.ids, ArticleQuery(search=f'"{first} {second}"', **where))

        return ask

    def mark() -> object:
        """Something changes each time: an unread article becomes a read one, then the same one unread again."""
        if marked:
            return store.write(articles.set_read, [marked.pop()], False)
        marked.append(chance.choice(unread))
        return store.write(articles.set_read, marked, True)

    return {
        "first window, all": view(ArticleQuery()),
        "32 rows from the beginning": lambda: store.read(listing.window, ArticleQuery(), None, 32),
        "the next 32 rows": lambda: store.read(listing.window, ArticleQuery(), next_rows, 32),
        "window in the middle": view(ArticleQuery(), middle),
        "first window, unread": view(ArticleQuery(view=View.UNREAD)),
        "first window, starred": view(ArticleQuery(view=View.STARRED)),
        "first window, one feed": view(ArticleQuery(view=View.FEED, feed_id=7)),
        "first window, one folder": view(ArticleQuery(view=View.FOLDER, folder="Ressort 3")),
        "feeds with counts": lambda: store.read(feeds.all_feeds),
        "counts": lambda: store.read(listing.counts, NOW - timedelta(hours=12)),
        "64 rows by id": lambda: store.read(listing.rows, chance.sample(older, min(64, len(older)))),
        "article and text": lambda: store.read(articles.document, ids[chance.randrange(len(ids))]),
        "mark one read": mark,
        "all ids": lambda: store.read(listing.ids, ArticleQuery()),
        "unread ids": lambda: store.read(listing.ids, ArticleQuery(view=View.UNREAD)),
        "unread ids, together": lambda: store.read(listing.ids, ArticleQuery(view=View.UNREAD, together=True)),
        "search a rare word": view(ArticleQuery(search="meldung17 ")),
        "search a common word": view(ArticleQuery(search="haus ")),
        "search two words": view(ArticleQuery(search="berlinmer hausrat ")),
        "search a phrase": view(ArticleQuery(search=f'"{phrase}"')),
        "common words in a row": in_a_row(),
        "the same, unread": in_a_row(view=View.UNREAD),
        "the same, one folder": in_a_row(view=View.FOLDER, folder="Ressort 3"),
        "search a beginning": view(ArticleQuery(search="haus")),
        "search six letters": view(ArticleQuery(search="gesetz")),
        "search three words": view(ArticleQuery(search="haus gesetz wahl")),
        "ids of three words": lambda: store.read(listing.ids, ArticleQuery(search="haus gesetz wahl")),
        "ids in the unread view": lambda: store.read(listing.ids, ArticleQuery(view=View.UNREAD, search="haus")),
        "three words, unread": lambda: store.read(
            listing.ids, ArticleQuery(view=View.UNREAD, search="haus gesetz wahl")
        ),
        "ids of a search": lambda: store.read(listing.ids, ArticleQuery(search="haus")),
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
                times, processor = [], []
                for _ in range(REPETITIONS):
                    began, started = time.process_time(), time.perf_counter()
                    measure()
                    times.append((time.perf_counter() - started) * 1000)
                    processor.append((time.process_time() - began) * 1000)
                print(
                    f"  {name:<26} {statistics.median(times):8.3f} {statistics.quantiles(times, n=20)[-1]:8.3f}"
                    f" {statistics.median(processor):8.3f}"
                )
            store.close()


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [100, 100_000])
