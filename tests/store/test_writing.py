"""The writer thread: all or nothing, in order, and what readers see of it."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from reader.errors import StoreError
from reader.store import Connection, Store, articles, listing, open_store
from tests.store.builders import NOW, a_feed, add, add_many, an_entry


def titles(store: Store) -> list[str]:
    return [record[0] for record in store.read(lambda c: c.execute("SELECT title FROM feeds ORDER BY id").fetchall())]


def test_a_job_that_fails_leaves_nothing_and_harms_no_neighbour(store: Store) -> None:
    release = threading.Event()

    def failing(connection: Connection) -> None:
        connection.execute("UPDATE folders SET name = 'halb'")
        raise KeyError("no")

    feed_id = a_feed(store, folder="Politik")
    blocked = store.submit(lambda _connection: release.wait(10))  # the next three share one transaction
    before = store.submit(articles.set_read, [1], True)
    failed = store.submit(failing)
    after = store.submit(lambda c: c.execute("UPDATE feeds SET title = 'danach' WHERE id = ?", (feed_id,)).rowcount)
    release.set()
    assert (blocked.result(), before.result(), after.result()) == (True, (), 1)
    with pytest.raises(KeyError):
        failed.result()
    assert store.read(lambda c: c.execute("SELECT name FROM folders").fetchall()) == [("Politik",)]
    assert titles(store) == ["danach"]


def test_an_sql_error_is_told_in_words(store: Store) -> None:
    with pytest.raises(StoreError, match="gave an error"):
        store.write(lambda connection: connection.execute("SELECT * FROM nowhere"))
    with pytest.raises(StoreError, match="gave an error"):
        store.read(lambda connection: connection.execute("SELECT * FROM nowhere"))


def test_reading_connections_cannot_write(store: Store) -> None:
    with pytest.raises(StoreError):
        store.read(lambda connection: connection.execute("DELETE FROM feeds"))


def test_a_write_is_seen_by_the_next_read_of_any_thread(store: Store) -> None:
    article_id = add(store, a_feed(store), an_entry(1))
    store.read(listing.rows, [article_id])
    store.write(articles.set_read, [article_id], True)
    seen: list[bool] = []
    thread = threading.Thread(target=lambda: seen.append(store.read(listing.rows, [article_id])[0].read))
    thread.start()
    thread.join()
    assert seen == [True]
    assert store.read(listing.rows, [article_id])[0].read


def test_closing_finishes_the_writes(tmp_path: Path) -> None:
    def add_folder(connection: Connection, name: str) -> None:
        connection.execute("INSERT INTO folders (name) VALUES (?)", (name,))

    store = open_store(tmp_path / "lesart.db")
    futures = [store.submit(add_folder, f"{number}") for number in range(200)]
    store.close()
    assert all(future.done() for future in futures)
    with closing(sqlite3.connect(tmp_path / "lesart.db")) as connection:
        assert connection.execute("SELECT count(*) FROM folders").fetchone() == (200,)


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = open_store(tmp_path / "lesart.db")
    store.read(listing.counts, NOW)
    store.close()
    store.close()
    with pytest.raises(StoreError, match="already closed"):
        store.write(articles.set_read, [1], True)
    with pytest.raises(StoreError, match="already closed"):
        store.read(listing.counts, NOW)


def test_marks_of_two_openers_are_both_kept(tmp_path: Path) -> None:
    first = open_store(tmp_path / "lesart.db")
    ids = add_many(first, a_feed(first), 400)
    second = open_store(tmp_path / "lesart.db")
    threads = [
        threading.Thread(target=lambda: [first.write(articles.set_read, [i], True) for i in ids[::2]]),
        threading.Thread(target=lambda: [second.write(articles.set_starred, [i], True) for i in ids[1::2]]),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rows = first.read(listing.rows, ids)
    assert [row.read for row in rows] == [True, False] * 200
    assert [row.starred for row in rows] == [False, True] * 200
    counts = second.read(listing.counts, NOW)
    assert (counts.unread, counts.starred) == (200, 200)
    first.close()
    second.close()


def test_a_full_disk_is_told_and_spoils_nothing(tmp_path: Path) -> None:
    store = open_store(tmp_path / "lesart.db")
    feed_id = a_feed(store)
    kept = add_many(store, feed_id, 10)
    store.write(lambda c: c.execute("PRAGMA max_page_count = 1"))  # SQLite raises it to the pages in use
    with pytest.raises(StoreError, match="no space left"):
        add_many(store, feed_id, 5000, start=10)
    assert len(store.read(listing.rows, kept)) == 10
    store.write(lambda c: c.execute("PRAGMA max_page_count = 1000000"))
    assert len(add_many(store, feed_id, 20, start=10)) == 20
    store.close()
