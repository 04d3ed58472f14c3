"""What can be read of a damaged file is read, the rest is named, and the damaged file stays."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from reader.errors import StoreError
from reader.model.query import ArticleQuery
from reader.store import articles, connection, feeds, listing, open_store, search, stories
from reader.store.connection import PAGE_BYTES
from reader.store.maintenance import examine
from reader.store.repair import survey
from reader.store.salvage import Salvage, salvage
from tests.store.builders import NOW, a_feed, add, add_many, an_entry

ARTICLES = 400
PAGE = PAGE_BYTES


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A store of a few hundred articles with long texts, every third read, every tenth starred."""
    path = tmp_path_factory.mktemp("whole") / "lesart.db"
    store = open_store(path)
    feed_id = a_feed(store, folder="Ordner")
    chance = random.Random(3)  # noqa: S311 - the same file every time
    for number in range(ARTICLES):
        words = " ".join(f"Wort{chance.randrange(10**6)}" for _ in range(300))
        add(store, feed_id, an_entry(number, text=words))
    store.write(articles.replace_text, 5, an_entry(4, text="Neue Fassung."), NOW)
    store.write(articles.set_read, range(1, ARTICLES + 1, 3), True)
    store.write(articles.set_starred, range(1, ARTICLES + 1, 10), True)
    store.write(search.index_pending, 1000)
    store.close()
    return path.read_bytes()


def root_page(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as opened:
        return int(opened.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0])


def saved_from(path: Path, damage: bytes) -> Salvage:
    path.write_bytes(damage)
    kept = path.with_name("lesart.db.damaged")
    found = salvage(path, kept)
    assert kept.read_bytes() == damage
    assert sorted(p.name for p in path.parent.iterdir()) == ["lesart.db", "lesart.db.damaged"]
    assert examine(path).problems == ()
    return found


def assert_usable(path: Path, at_least: int) -> None:
    store = open_store(path)
    while store.write(search.index_pending, 100):
        pass
    ids = list(store.read(listing.ids, ArticleQuery()))
    assert len(ids) >= at_least
    assert store.read(listing.counts, NOW).total == len(ids)
    for article_id in ids:
        row = store.read(listing.article, article_id)
        assert row.title == f"Meldung {article_id - 1}"
        assert (row.read, row.starred) == (article_id % 3 == 1, article_id % 10 == 1)
    store.close()
    assert survey(path).sound


def test_from_a_whole_file_everything_is_saved(whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / "lesart.db"
    found = saved_from(path, whole)
    assert (found.saved["articles"], found.saved["documents"], found.saved["versions"]) == (ARTICLES, ARTICLES, 1)
    assert (found.lost_places, found.without_text) == ({}, 0)
    assert_usable(path, ARTICLES)


@pytest.mark.parametrize("length", [16, 100, PAGE])
def test_a_lost_beginning_is_lent(whole: bytes, tmp_path: Path, length: int) -> None:
    path = tmp_path / "lesart.db"
    found = saved_from(path, bytes(length) + whole[length:])
    assert found.saved["articles"] == ARTICLES
    assert_usable(path, ARTICLES)


def test_a_lost_schema_is_lent(whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / "lesart.db"
    path.write_bytes(whole)
    first = min(root_page(path, table) for table in ("folders", "feeds", "articles"))
    damage = bytes(PAGE) + bytes(whole[PAGE:])
    # The schema's first leaf is the page after the first tables' own.
    leaf = next(page for page in range(first, len(whole) // PAGE) if b"CREATE TABLE folders" in page_of(whole, page))
    damage = damage[: (leaf - 1) * PAGE] + bytes(PAGE) + damage[leaf * PAGE :]
    found = saved_from(path, damage)
    assert found.saved["articles"] == ARTICLES
    assert_usable(path, ARTICLES)


@pytest.mark.parametrize("length", [16, 100, 4096])
def test_a_lost_beginning_of_an_older_layout_is_lent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    path = tmp_path / "lesart.db"
    with monkeypatch.context() as patch:
        patch.setattr(connection, "shape", lambda opened: opened.execute("PRAGMA page_size = 4096"))
        store = open_store(path)
        add_many(store, a_feed(store), 200)
        store.close()
    found = saved_from(path, bytes(length) + path.read_bytes()[length:])
    assert found.saved["articles"] == 200


def page_of(content: bytes, number: int) -> bytes:
    return content[(number - 1) * PAGE : number * PAGE]


def test_a_damaged_page_costs_what_is_on_it(whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / "lesart.db"
    damage = bytearray(whole)
    middle = len(whole) // PAGE // 2
    damage[middle * PAGE : (middle + 2) * PAGE] = b"\xa5" * (2 * PAGE)
    found = saved_from(path, bytes(damage))
    assert found.saved["articles"] + found.saved["documents"] >= 2 * ARTICLES - 50
    assert_usable(path, ARTICLES - 50)


def test_every_twentieth_page_damaged_still_gives_most(whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / "lesart.db"
    damage = bytearray(whole)
    for page in range(45, len(whole) // PAGE, 20):
        damage[page * PAGE : (page + 1) * PAGE] = b"\xa5" * PAGE
    found = saved_from(path, bytes(damage))
    assert found.without_text > 0
    assert_usable(path, ARTICLES // 2)


def test_of_a_file_cut_in_the_middle_the_first_half_is_saved(whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / "lesart.db"
    found = saved_from(path, whole[: len(whole) // 2 // PAGE * PAGE + 17])
    assert found.saved["articles"] > 0
    assert_usable(path, 1)


def test_lost_subscriptions_leave_their_articles(whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / "lesart.db"
    path.write_bytes(whole)
    page = root_page(path, "feeds")
    damage = bytearray(whole)
    damage[(page - 1) * PAGE : page * PAGE] = bytes(PAGE)
    found = saved_from(path, bytes(damage))
    assert found.lost_places["feeds"] >= 1
    assert_usable(path, ARTICLES)


def test_where_nothing_can_be_read_nothing_is_changed(tmp_path: Path) -> None:
    path = tmp_path / "lesart.db"
    path.write_bytes(b"SQLite format 3\x00" + b"\xa5" * 40)
    with pytest.raises(StoreError, match="Nothing can be read"):
        salvage(path, path.with_name("kept"))
    assert [p.name for p in tmp_path.iterdir()] == ["lesart.db"]


def test_what_lies_in_the_log_is_saved_too(tmp_path: Path) -> None:
    path = tmp_path / "lesart.db"
    store = open_store(path)
    add(store, a_feed(store), an_entry(0))
    copied = {name: Path(f"{path}{name}").read_bytes() for name in ("", "-wal")}
    store.close()
    other = tmp_path / "anders" / "lesart.db"
    other.parent.mkdir()
    for name, content in copied.items():
        Path(f"{other}{name}").write_bytes(content)
    found = salvage(other, other.with_name("kept"))
    assert found.saved["articles"] == 1
    assert Path(f"{other}").exists()
    assert not Path(f"{other}-wal").exists()
    assert other.with_name("kept-wal").read_bytes() == copied["-wal"]


def test_what_a_refresh_finds_out_anew_is_not_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "lesart.db"
    store = open_store(path)
    number = add(store, a_feed(store), an_entry(1))
    store.write(lambda c: c.execute("UPDATE articles SET story_id = 9, copy_id = 9, agency = 'dpa', clustered = 1"))
    store.close()
    salvage(path, path.with_name("kept"))
    store = open_store(path)
    (row,) = store.read(listing.rows, [number])
    assert row.agency == ""
    assert store.read(stories.story_of, number) is None
    store.close()


def test_a_lost_text_is_asked_for_again(tmp_path: Path) -> None:
    path = tmp_path / "lesart.db"
    store = open_store(path)
    feed_id = a_feed(store)
    kept, lost = add(store, feed_id, an_entry(1)), add(store, feed_id, an_entry(2))
    store.write(lambda c: c.execute("UPDATE feeds SET etag = '1', body_digest = x'00'"))
    store.write(lambda c: c.execute("DELETE FROM documents WHERE article_id = ?", (lost,)))
    store.close()
    assert salvage(path, path.with_name("kept")).without_text == 1
    store = open_store(path)
    record = store.read(feeds.feed, feed_id)
    assert (record.etag, record.body_digest) == (None, None)
    states = dict(store.read(lambda c: c.execute("SELECT article_id, state FROM entries").fetchall()))
    assert states[lost] == 0 != states[kept]
    store.close()
