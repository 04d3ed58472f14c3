"""Which files are opened, which are refused, and that refused ones are left as they are."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.errors import StoreError
from reader.model.query import ArticleQuery, View
from reader.store import Connection, Store, articles, feeds, listing, open_store, schema, search
from reader.store.repair import survey
from reader.store.times import STEP_US
from tests.store.builders import NOW, a_feed, add, add_many, an_entry


@contextmanager
def left_untouched(path: Path) -> Iterator[None]:
    before = path.read_bytes()
    yield
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def open_and_count(path: Path) -> None:
    opened = open_store(path)
    try:
        opened.read(listing.counts, NOW)
    finally:
        opened.close()


def a_database(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_a_new_file_is_created_with_owner_and_version_in_its_header(tmp_path: Path) -> None:
    path = tmp_path / "new" / "lesart.db"
    open_store(path).close()
    header = path.read_bytes()[:100]
    assert int.from_bytes(header[68:72], "big") == schema.APPLICATION_ID
    assert int.from_bytes(header[60:64], "big") == len(schema.MIGRATIONS)


def test_what_was_stored_is_there_after_reopening(tmp_path: Path) -> None:
    path = tmp_path / "lesart.db"
    store = open_store(path)
    ids = add_many(store, a_feed(store), 3)
    store.close()
    again = open_store(path)
    assert [row.id for row in again.read(listing.rows, ids)] == ids
    again.close()


def test_a_text_file_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "lesart.db"
    path.write_text("Dies ist ein Brief.\n" * 50)
    with left_untouched(path), pytest.raises(StoreError, match="damaged"):
        open_store(path)


def test_another_program_s_database_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "lesart.db"
    a_database(path, "PRAGMA application_id = 7", "CREATE TABLE letters (text)")
    with left_untouched(path), pytest.raises(StoreError, match="another program"):
        open_store(path)


def test_a_database_without_an_owner_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "lesart.db"
    a_database(path, "CREATE TABLE letters (text)")
    with left_untouched(path), pytest.raises(StoreError, match="another program"):
        open_store(path)


def test_a_newer_schema_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "lesart.db"
    a_database(
        path,
        f"PRAGMA application_id = {schema.APPLICATION_ID}",
        f"PRAGMA user_version = {len(schema.MIGRATIONS) + 1}",
        "CREATE TABLE feeds (id)",
    )
    with left_untouched(path), pytest.raises(StoreError, match="newer version"):
        open_store(path)


@pytest.mark.parametrize("damage", ["header", "cut", "page"])
def test_a_damaged_file_is_reported_and_never_replaced(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "lesart.db"
    store = open_store(path)
    add_many(store, a_feed(store), 500)
    store.close()
    data = bytearray(path.read_bytes())
    if damage == "header":
        data[:100] = bytes(100)
    elif damage == "cut":
        del data[50:]
    else:
        data[4096 : len(data)] = b"\xa5" * (len(data) - 4096)
    path.write_bytes(data)
    with pytest.raises(StoreError, match="damaged"):
        open_and_count(path)
    assert path.read_bytes()[:50] == bytes(data[:50])


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(StoreError, match="folder of the database"):
        open_store(tmp_path / "data" / "lesart.db")


def test_two_openers_at_once_create_one_schema(tmp_path: Path) -> None:
    path, barrier, errors = tmp_path / "lesart.db", threading.Barrier(6), list[BaseException]()

    def opener() -> None:
        barrier.wait()
        try:
            open_store(path).close()
        except StoreError as error:
            errors.append(error)

    threads = [threading.Thread(target=opener) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def test_a_migration_keeps_a_copy_and_the_contents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "lesart.db"
    store = open_store(path)
    ids = add_many(store, a_feed(store), 5)
    store.close()
    more = (*schema.MIGRATIONS, ("CREATE TABLE later (id INTEGER PRIMARY KEY)",))
    monkeypatch.setattr("reader.store.connection.MIGRATIONS", more)
    migrated = open_store(path)
    assert len(migrated.read(listing.rows, ids)) == 5
    migrated.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(more),)
    with closing(sqlite3.connect(tmp_path / f"lesart.db.v{len(schema.MIGRATIONS)}")) as copy:
        assert copy.execute("SELECT count(*) FROM articles").fetchone() == (5,)


def test_a_failing_migration_leaves_the_old_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "lesart.db"
    open_store(path).close()
    broken = (*schema.MIGRATIONS, ("CREATE TABLE later (id)", "CREATE NONSENSE"))
    monkeypatch.setattr("reader.store.connection.MIGRATIONS", broken)
    with pytest.raises(StoreError):
        open_store(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(schema.MIGRATIONS),)
        assert connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'later'").fetchone() is None


def test_a_store_of_the_first_version_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "lesart.db"
    with monkeypatch.context() as earlier:
        earlier.setattr("reader.store.connection.MIGRATIONS", schema.MIGRATIONS[:1])
        store = open_store(path)
        feed_id = a_feed(store)
        store.close()
    migrated = open_store(path)
    record = migrated.read(feeds.feed, feed_id)
    migrated.close()
    assert (record.typed, record.outline, record.due_us, record.interval_s) == (True, "[]", 0, 0)


def test_what_was_findable_before_a_migration_is_so_after_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "lesart.db"
    with monkeypatch.context() as earlier:
        earlier.setattr("reader.store.connection.MIGRATIONS", schema.MIGRATIONS[:6])
        store = open_store(path)
        number = add(store, a_feed(store), an_entry(1, text="Das Wärmegesetz ist beschlossen."))
        # As the index of that schema was filled.
        store.write(
            lambda c: c.execute(
                "INSERT INTO search (rowid, title, text)"
                " SELECT position, title, 'Das Wärmegesetz ist beschlossen.' FROM articles"
            )
        )
        store.write(lambda c: c.execute("UPDATE articles SET indexed = 1"))
        store.close()
    migrated = open_store(path)
    for words in ("Wärmegesetz", "waerme", "Gesetz"):
        assert migrated.read(listing.ids, ArticleQuery(search=words)).tolist() == [number]
    migrated.write(articles.remove_articles, [number])
    migrated.close()
    assert survey(path).sound


def test_a_migration_puts_places_on_steps_and_keeps_the_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "lesart.db"
    with monkeypatch.context() as earlier:
        earlier.setattr("reader.store.connection.MIGRATIONS", schema.MIGRATIONS[:8])
        store = open_store(path)
        one, other = a_feed(store), a_feed(store, "https://example.org/2")
        ids = add_many(store, one, 40)
        store.write(articles.join_feed, other, ids[3], 7, 7)
        # As they lay then: microseconds apart where the dates were the same.
        store.write(lambda c: c.execute("UPDATE articles SET position = position / 600000000 * 600000000 - id"))
        store.write(
            lambda c: c.execute("UPDATE entries SET position = (SELECT position FROM articles WHERE id = article_id)")
        )
        store.write(
            lambda c: c.execute("INSERT INTO search (rowid, title, text) SELECT position, title, 'Wort' FROM articles")
        )
        store.write(lambda c: c.execute("UPDATE articles SET indexed = 1"))
        before = store.read(listing.ids, ArticleQuery()).tolist()
        store.close()
    migrated = open_store(path)
    assert migrated.read(listing.ids, ArticleQuery()).tolist() == before
    assert migrated.read(listing.ids, ArticleQuery(search="Text")).tolist() == before
    assert migrated.read(listing.ids, ArticleQuery(view=View.FEED, feed_id=other)).tolist() == [ids[3]]
    apart = "SELECT count(*) FROM articles a JOIN entries e ON e.article_id = a.id WHERE a.position <> e.position"
    assert migrated.read(lambda c: c.execute(apart).fetchone()) == (0,)
    migrated.write(articles.remove_articles, ids[:3])
    migrated.close()
    assert survey(path).sound


@given(places=st.lists(st.integers(-(10**9), 10**9) | st.integers(-3, 300_000), unique=True, max_size=40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_each_place_gets_the_first_free_step_below_the_newer_ones(store: Store, places: list[int]) -> None:
    def move(connection: Connection) -> list[int]:
        connection.execute("DELETE FROM articles")
        connection.execute("INSERT OR IGNORE INTO folders VALUES (1, '')")
        connection.execute("INSERT OR IGNORE INTO feeds (id, address, title, folder_id) VALUES (1, '', '', 1)")
        connection.executemany(
            "INSERT INTO articles (id, position, feed_id, fetched_us, title) VALUES (?, ?, 1, 0, '')",
            enumerate(places, 1),
        )
        for statement in schema.STEPS:
            connection.execute(statement)
        return [row[0] for row in connection.execute("SELECT position FROM articles ORDER BY id")]

    moved = dict(zip(places, store.write(move), strict=True))
    last = 10**12
    for place in sorted(places, reverse=True):
        last = min(place // STEP_US, last - 1)
        assert moved[place] == last * STEP_US


def test_articles_beyond_the_newest_ones_are_indexed_by_the_next_refresh(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lesart.db"
    with monkeypatch.context() as earlier:
        earlier.setattr("reader.store.connection.MIGRATIONS", schema.MIGRATIONS[:8])
        store = open_store(path)
        ids = add_many(store, a_feed(store), 9)
        store.write(lambda c: c.execute("UPDATE articles SET indexed = 1"))
        store.close()
    short = tuple(statement.replace("OFFSET 20000", "OFFSET 4") for statement in schema.MIGRATIONS[8])
    monkeypatch.setattr("reader.store.connection.MIGRATIONS", (*schema.MIGRATIONS[:8], short))
    migrated = open_store(path)
    assert migrated.read(listing.ids, ArticleQuery(search="text")).tolist() == ids[:4:-1]
    assert migrated.write(search.index_pending, 100) == 5
    assert migrated.read(listing.ids, ArticleQuery(search="text")).tolist() == ids[::-1]
    migrated.close()


def test_a_migration_stores_guids_that_are_addresses_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "lesart.db"
    guids = ["https://example.org/1", "tag:2", "", "=", "=https://example.org/5"]
    with monkeypatch.context() as earlier:
        earlier.setattr("reader.store.connection.MIGRATIONS", schema.MIGRATIONS[:9])
        store = open_store(path)
        feed_id = a_feed(store)
        ids = [add(store, feed_id, an_entry(number)) for number in range(1, 6)]
        for number, guid in zip(ids, guids, strict=True):
            store.write(
                lambda c, *row: c.execute("UPDATE documents SET guid = ? WHERE article_id = ?", row), guid, number
            )
        store.close()
    migrated = open_store(path)
    assert [migrated.read(listing.article, number).guid for number in ids] == guids
    assert migrated.write(search.index_pending, 100) == 5  # goes through the documents
    assert migrated.read(lambda c: c.execute("SELECT guid FROM documents LIMIT 1").fetchone()) == ("=",)
    assert [migrated.read(listing.article, number).guid for number in ids] == guids
    migrated.close()
    assert survey(path).sound


def test_unused_pages_are_cut_off_when_the_store_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "lesart.db"
    store = open_store(path)
    store.write(lambda c: c.execute("CREATE TABLE rubbish AS SELECT zeroblob(9000000) AS bytes"))
    store.close()
    large = path.stat().st_size
    store = open_store(path)
    store.write(lambda c: c.execute("DROP TABLE rubbish"))
    store.close()
    assert path.stat().st_size < large - 7_000_000
    assert survey(path).sound


def named(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("lesart.db.v"))


def test_of_the_copies_from_before_migrations_the_newest_stays(tmp_path: Path) -> None:
    path = tmp_path / "lesart.db"
    open_store(path).close()
    for name in ("lesart.db.v2", "lesart.db.v10", "lesart.db.v9", "lesart.db.vorher"):
        (tmp_path / name).write_bytes(b"x")
    open_store(path).close()
    assert named(tmp_path) == ["lesart.db.v10", "lesart.db.vorher"]


def test_a_copy_from_before_a_migration_goes_when_later_daily_copies_are_there(tmp_path: Path) -> None:
    path = tmp_path / "lesart.db"
    open_store(path).close()
    (tmp_path / "lesart.db.v7").write_bytes(b"x")
    os.utime(tmp_path / "lesart.db.v7", (1000, 1000))
    (tmp_path / "copies").mkdir()
    for day, kept in (("01", ["lesart.db.v7"]), ("02", [])):
        (tmp_path / "copies" / f"lesart-2026-03-{day}.db").write_bytes(b"x")
        open_store(path).close()
        assert named(tmp_path) == kept
