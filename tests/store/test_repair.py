"""What does not agree inside a database is found, and mended without loss."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from reader.errors import StoreError
from reader.model.query import ArticleQuery
from reader.store import articles, listing, open_store, search
from reader.store.connection import PAGE_BYTES
from reader.store.maintenance import examine
from reader.store.repair import mend, survey
from tests.store.builders import NOW, a_feed, add_many


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store of twelve articles in two feeds, three of them read, one starred, all findable."""
    path = tmp_path / "lesart.db"
    store = open_store(path)
    ids = add_many(store, a_feed(store), 10)
    add_many(store, a_feed(store, "https://b.example/"), 2, start=50)
    store.write(articles.set_read, ids[:3], True)
    store.write(articles.set_starred, ids[:1], True)
    store.write(search.index_pending, 100)
    store.close()
    return path


def spoil(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def rows(path: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement).fetchall()


def assert_sound(path: Path, total: int = 12) -> None:
    assert survey(path).sound
    assert examine(path).problems == ()
    store = open_store(path)
    while store.write(search.index_pending, 100):
        pass
    assert store.read(listing.counts, NOW).total == total
    assert len(store.read(listing.ids, ArticleQuery(search="Text"))) == sum(
        bool(store.read(articles.document, i).text) for i in store.read(listing.ids, ArticleQuery())
    )
    store.close()


def test_a_sound_store_gives_nothing_to_mend(path: Path) -> None:
    before = path.read_bytes()
    assert survey(path).sound
    assert path.read_bytes() == before


def test_counters_are_made_right(path: Path) -> None:
    spoil(path, "UPDATE totals SET unread = 77", "UPDATE feeds SET total = 1, unread = 4 WHERE id = 2")
    assert survey(path).counters == ("unread", "feed 2")
    mend(path)
    assert rows(path, "SELECT unread, starred, total FROM totals") == [(9, 1, 12)]
    assert rows(path, "SELECT unread, total FROM feeds ORDER BY id") == [(7, 10), (2, 2)]
    assert_sound(path)


def test_lost_counters_come_back(path: Path) -> None:
    spoil(path, "DELETE FROM totals")
    assert "totals" in survey(path).counters
    mend(path)
    assert_sound(path)


@pytest.mark.parametrize(
    "statements",
    [
        ("INSERT INTO search (search) VALUES ('delete-all')",),
        ("INSERT INTO search (rowid, title, text) VALUES (5, 'Geist', 'Text')",),
    ],
    ids=["emptied", "a ghost"],
)
def test_the_search_index_is_made_anew(path: Path, statements: tuple[str, ...]) -> None:
    spoil(path, *statements)
    found = survey(path)
    assert (found.unsearchable, found.unfound) in {(12, 0), (0, 1)}
    mend(path)
    assert_sound(path)


def test_rows_that_belong_to_nothing_go(path: Path) -> None:
    ((trigger,),) = rows(path, "SELECT sql FROM sqlite_master WHERE name = 'entry_added'")
    spoil(
        path,
        "INSERT INTO documents (article_id, guid, address, digest, body) VALUES (900, '', '', x'00', x'00')",
        "INSERT INTO versions (article_id, replaced_us, title, digest, body) VALUES (900, 1, '', x'00', x'00')",
        "INSERT INTO told_apart VALUES (1, 900)",
        "INSERT INTO let_go VALUES (77, 1, 1)",
        "DROP TRIGGER entry_added",
        "INSERT INTO entries VALUES (1, 5, 900, 1, 1, 1)",
    )
    spoil(path, str(trigger))
    assert survey(path).orphans == {"documents": 1, "versions": 1, "told_apart": 1, "let_go": 1, "entries": 1}
    mend(path)
    assert_sound(path)


def test_an_article_without_a_text_keeps_its_headline_and_marks(path: Path) -> None:
    spoil(path, "DELETE FROM documents WHERE article_id = 1")
    assert survey(path).textless == 1
    mend(path)
    store = open_store(path)
    row = store.read(listing.article, 1)
    assert (row.title, row.read, row.starred) == ("Meldung 0", True, True)
    assert store.read(articles.document, 1).text == ""
    assert store.read(lambda c: c.execute("SELECT state FROM entries WHERE article_id = 1").fetchone()) == (0,)
    store.close()


def test_an_article_that_stands_in_no_feed_comes_back_to_its_own(path: Path) -> None:
    spoil(path, "DELETE FROM entries WHERE article_id = 1")
    assert survey(path).feedless == 1
    mend(path)
    assert rows(path, "SELECT feed_id FROM entries WHERE article_id = 1") == [(1,)]
    assert_sound(path)


def test_a_lost_feed_leaves_its_articles(path: Path) -> None:
    spoil(path, "DELETE FROM feeds WHERE id = 2")
    mend(path)
    assert rows(path, "SELECT subscribed, total FROM feeds WHERE id = 2") == [(0, 2)]
    assert_sound(path)


def test_the_triggers_are_those_of_before(path: Path) -> None:
    wanted = rows(path, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
    spoil(path, "INSERT INTO let_go VALUES (77, 1, 1)")
    mend(path)
    assert rows(path, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name") == wanted


def test_damaged_pages_are_not_mended_but_named(path: Path) -> None:
    (root,) = rows(path, "SELECT rootpage FROM sqlite_master WHERE name = 'documents'")[0]
    data = bytearray(path.read_bytes())
    page = int(str(root))
    data[(page - 1) * PAGE_BYTES : page * PAGE_BYTES] = b"\xa5" * PAGE_BYTES
    path.write_bytes(data)
    with pytest.raises(StoreError, match="beyond"):
        mend(path)


def test_an_index_that_misses_a_change_is_made_anew(path: Path) -> None:
    ((root, model),) = rows(path, "SELECT rootpage, sql FROM sqlite_master WHERE name = 'articles_unread'")
    spoil(path, "PRAGMA writable_schema = ON", "DELETE FROM sqlite_master WHERE name = 'articles_unread'")
    spoil(path, "UPDATE articles SET read = 0 WHERE id = 1")
    spoil(
        path,
        "PRAGMA writable_schema = ON",
        f"INSERT INTO sqlite_master VALUES ('index', 'articles_unread', 'articles', {root}, '{model}')",
    )
    assert any("articles_unread" in problem for problem in examine(path).problems)
    mend(path)
    assert_sound(path)


def test_what_stories_are_found_by_goes_with_its_article(path: Path) -> None:
    spoil(path, "INSERT INTO tellings VALUES (999, 1, '', x'', '')")
    assert examine(path).problems
    assert not survey(path).sound
    assert mend(path).orphans == {"tellings": 1}
    assert_sound(path)
