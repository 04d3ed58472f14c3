"""Copies of the whole database: complete, never over another file unasked, and only ours are brought back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from reader.errors import ExportError, StoreError
from reader.model.query import ArticleQuery
from reader.store import Store, articles, connection, feeds, listing, maintenance, open_store, schema
from reader.store.maintenance import back_up, empty_log, examine, give_back, rebuild, restore
from tests.store.builders import NOW, a_feed, add_many


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "data" / "lesart.db")
    add_many(opened, a_feed(opened), 20)
    yield opened
    opened.close()


def total(path: Path) -> int:
    opened = open_store(path)
    try:
        return opened.read(listing.counts, NOW).total
    finally:
        opened.close()


def a_backup(store: Store, folder: Path) -> Path:
    path = folder / "sicherung.db"
    store.read(back_up, path)
    return path


def test_a_backup_is_one_whole_file_of_the_moment(store: Store, tmp_path: Path) -> None:
    path = a_backup(store, tmp_path / "data")
    add_many(store, a_feed(store, "https://example.org/2"), 5, start=100)
    assert examine(path).articles == 20
    assert sorted(p.name for p in path.parent.glob("sicherung*")) == ["sicherung.db"]


def test_a_backup_goes_over_no_file_unasked(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "meins.txt"
    path.write_text("meins")
    with pytest.raises(ExportError, match="already there"):
        store.read(back_up, path)
    assert path.read_text() == "meins"
    store.read(back_up, path, force=True)
    assert examine(path).articles == 20


def test_a_backup_that_cannot_be_written_leaves_nothing(store: Store, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="cannot be written"):
        store.read(back_up, tmp_path / "fehlt" / "x.db")
    assert [p.name for p in tmp_path.iterdir()] == ["data"]


def test_the_database_is_no_backup_of_itself(store: Store) -> None:
    with pytest.raises(ExportError, match="itself"):
        store.read(back_up, store.path, force=True)
    with pytest.raises(ExportError, match="itself"):
        restore(store.path, store.path, force=True)


def test_a_restored_store_has_everything_again(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "neu" / "lesart.db"
    assert restore(a_backup(store, tmp_path), target) is None
    assert total(target) == 20
    with closing(sqlite3.connect(target)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_store_that_is_there_is_replaced_only_on_demand_and_kept(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "anders" / "lesart.db"
    other = open_store(target)
    add_many(other, a_feed(other), 3)
    other.close()
    with pytest.raises(ExportError, match="would be replaced"):
        restore(a_backup(store, tmp_path), target)
    assert total(target) == 3
    kept = restore(tmp_path / "sicherung.db", target, force=True)
    assert kept is not None
    assert (total(target), examine(kept).articles) == (20, 3)


def test_another_process_goes_on_with_what_was_restored(store: Store, tmp_path: Path) -> None:
    path = a_backup(store, tmp_path)
    feed_id = a_feed(store, "https://example.org/2")
    assert store.read(listing.counts, NOW).total == 20
    restore(path, store.path, force=True)
    assert [record.id for record in store.read(feeds.all_feeds)] != [feed_id]
    assert len(store.read(feeds.all_feeds)) == 1
    add_many(store, a_feed(store, "https://example.org/3"), 2, start=200)
    assert store.read(listing.counts, NOW).total == 22
    assert examine(store.path).problems == ()


@pytest.mark.parametrize("damage", ["header", "page", "text"])
def test_a_damaged_store_is_moved_away(store: Store, tmp_path: Path, damage: str) -> None:
    path = a_backup(store, tmp_path)
    target = tmp_path / "kaputt" / "lesart.db"
    restore(path, target)
    data = bytearray(target.read_bytes())
    if damage == "header":
        data[:100] = bytes(100)
    elif damage == "page":
        data[4096:] = b"\xa5" * (len(data) - 4096)
    else:
        data = bytearray(b"Dies ist ein Brief.\n" * 500)
    target.write_bytes(data)
    kept = restore(path, target, force=True)
    assert kept is not None
    assert kept.read_bytes() == bytes(data)
    assert total(target) == 20


def test_another_program_s_database_is_never_replaced(store: Store, tmp_path: Path) -> None:
    path, target = a_backup(store, tmp_path), tmp_path / "fremd.db"
    with closing(sqlite3.connect(target)) as connection:
        connection.execute("PRAGMA application_id = 7")
        connection.execute("CREATE TABLE letters (text)")
    before = target.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        restore(path, target, force=True)
    assert target.read_bytes() == before


def spoiled(path: Path, how: str) -> None:
    if how == "empty":
        path.write_bytes(b"")
    elif how == "text":
        path.write_text("Dies ist ein Brief.\n" * 50)
    elif how == "page":
        data = bytearray(path.read_bytes())
        data[8192:] = b"\xa5" * (len(data) - 8192)
        path.write_bytes(data)
    else:
        statement = {
            "foreign": "PRAGMA application_id = 7",
            "newer": f"PRAGMA user_version = {len(schema.MIGRATIONS) + 1}",
            "trigger": "CREATE TRIGGER sneaky AFTER UPDATE ON articles BEGIN DELETE FROM articles; END",
            "changed trigger": "DROP TRIGGER entry_removed",
            "table": "CREATE TABLE letters (text)",
        }[how]
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(statement)
            connection.commit()


@pytest.mark.parametrize(
    "how", ["empty", "text", "page", "foreign", "newer", "trigger", "changed trigger", "table", "missing"]
)
def test_what_is_no_sound_backup_of_ours_is_refused(store: Store, tmp_path: Path, how: str) -> None:
    path, target = a_backup(store, tmp_path), tmp_path / "neu" / "lesart.db"
    if how == "missing":
        path.unlink()
    else:
        spoiled(path, how)
    with pytest.raises(StoreError):
        restore(path, target)
    assert not target.exists()


def test_a_backup_of_an_earlier_version_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "alt.db"
    with monkeypatch.context() as earlier:
        earlier.setattr("reader.store.connection.MIGRATIONS", schema.MIGRATIONS[:1])
        old = open_store(path)
        add_many(old, a_feed(old), 4)
        old.close()
    target = tmp_path / "neu" / "lesart.db"
    restore(path, target)
    assert (total(target), examine(target).schema) == (4, len(schema.MIGRATIONS))


def test_an_examination_changes_nothing_and_counts(store: Store) -> None:
    found = examine(store.path)
    assert (found.feeds, found.articles, found.problems) == (1, 20, ())
    assert found.size + found.wal_size > 50_000


def test_an_examination_names_damage(store: Store, tmp_path: Path) -> None:
    path = a_backup(store, tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(
            "INSERT INTO documents (article_id, guid, address, authors, digest, body)"
            " VALUES (4711, '', '', '[]', x'00', x'00')"
        )
        connection.commit()
    assert [problem.partition(":")[0] for problem in examine(path).problems] == ["documents"]


def let_all_go(store: Store) -> None:
    store.write(articles.remove_articles, store.read(listing.ids, ArticleQuery()).tolist())


def test_unused_pages_are_given_back_step_by_step(store: Store) -> None:
    add_many(store, a_feed(store), 600, start=100)
    let_all_go(store)
    empty_log(store.path)
    before = store.path.stat().st_size
    left = store.write(give_back, 5)
    assert left > 0
    while left:
        left = store.write(give_back, 50)
    empty_log(store.path)
    assert store.path.stat().st_size < before * 0.8
    assert not examine(store.path).problems


def test_a_store_of_an_older_layout_is_rebuilt_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "alt" / "lesart.db"
    with monkeypatch.context() as patch:
        patch.setattr(connection, "shape", lambda opened: opened.execute("PRAGMA page_size = 4096"))
        store = open_store(path)
    add_many(store, a_feed(store), 900)
    assert not rebuild(path), "nothing is unused yet"
    let_all_go(store)
    empty_log(path)
    before = path.stat().st_size
    assert store.write(give_back, 50) == 0
    assert (rebuild(path), rebuild(path)) == (True, False)
    assert path.stat().st_size < before * 0.8
    add_many(store, a_feed(store), 3, start=2000)
    store.close()
    assert examine(path).articles == 3
    assert not examine(path).problems


def test_a_large_store_is_not_rebuilt(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maintenance, "_INCREMENTAL", -1)
    let_all_go(store)
    monkeypatch.setattr(maintenance, "_WORTH_IT", 10**6)
    monkeypatch.setattr(maintenance, "LARGEST_REBUILT", 1000)
    assert not rebuild(store.path)
