"""Documents that were made in place of longer entries fill their pages again."""

from __future__ import annotations

import pytest

from reader.model.query import ArticleQuery
from reader.store import Connection, Store, articles, compaction, listing, search
from reader.store.articles import Incoming
from reader.store.codec import pack_document, pack_fragment, unpack_document
from reader.text.fragment import Fragment
from tests.store.builders import NOW, a_feed, add, add_many, an_entry


def an_unmade(store: Store, feed_id: int, number: int) -> int:
    fragment = Fragment(html=f"<p>{'Die Meldung geht weiter. ' * 9} {number}</p>" * 3, title=f"Meldung {number}")
    entry = Incoming(
        guid=f"g{number}",
        address=f"https://example.org/{number}",
        title=fragment.title,
        state=number,
        digest=number.to_bytes(16, "big"),
        body=pack_fragment(fragment),
    )
    return add(store, feed_id, entry)


def make(store: Store, limit: int) -> None:
    def job(connection: Connection) -> None:
        found = articles.pending_documents(connection, limit)
        made = [(number, before, unpack_document(body)) for number, before, body in found]
        articles.set_documents(connection, [(n, before, one.digest, pack_document(one)) for n, before, one in made])

    store.write(job)


def noted(store: Store) -> list[tuple[str]]:
    return store.read(lambda c: c.execute("SELECT value FROM notes WHERE name = 'loose'").fetchall())


def documents(store: Store) -> list[tuple[object, ...]]:
    return store.read(lambda c: c.execute("SELECT * FROM documents ORDER BY article_id").fetchall())


def test_documents_are_the_same_after_they_were_laid_out_anew(store: Store) -> None:
    feed_id = a_feed(store)
    kept = add_many(store, feed_id, 3)
    ids = [an_unmade(store, feed_id, number) for number in range(20, 30)]
    make(store, 10)
    before = documents(store)
    assert noted(store) == [(f"{ids[0]} {ids[-1]}",)]
    store.write(compaction.compact)
    assert (documents(store), noted(store)) == (before, [])
    assert len(store.read(listing.rows, [*kept, *ids])) == 13


def test_nothing_is_laid_out_anew_while_documents_among_them_are_to_be_made(store: Store) -> None:
    feed_id = a_feed(store)
    ids = [an_unmade(store, feed_id, number) for number in range(20, 24)]
    make(store, 1)  # the last one
    store.write(compaction.compact)
    assert noted(store) == [(f"{ids[-1]} {ids[-1]}",)]
    make(store, 10)
    assert noted(store) == [(f"{ids[0]} {ids[-1]}",)]


def test_many_are_laid_out_anew_in_steps(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    feed_id = a_feed(store)
    ids = [an_unmade(store, feed_id, number) for number in range(20, 31)]
    make(store, 20)
    before = documents(store)
    monkeypatch.setattr(compaction, "_AT_ONCE", 4)
    steps = []
    while noted(store):
        steps.append(noted(store)[0][0])
        store.write(compaction.compact)
    assert steps == [f"{ids[0]} {ids[-1]}", f"{ids[4]} {ids[-1]}", f"{ids[8]} {ids[-1]}"]
    assert documents(store) == before


def test_indexing_lays_them_out_by_the_way(store: Store) -> None:
    feed_id = a_feed(store)
    ids = [an_unmade(store, feed_id, number) for number in range(20, 24)]
    make(store, 10)
    assert store.write(search.index_pending, 100) == 4
    assert noted(store) == []
    assert store.read(listing.ids, ArticleQuery(search="meldung")).tolist() == ids
    assert store.write(search.index_pending, 100) == 0


def test_they_are_fewer_pages_afterwards(store: Store) -> None:
    feed_id = a_feed(store)
    for number in range(20, 320):
        an_unmade(store, feed_id, number)

    def free(connection: Connection) -> int:
        return int(connection.execute("PRAGMA freelist_count").fetchone()[0])

    make(store, 300)
    before = store.read(free)
    store.write(compaction.compact)
    assert store.read(free) > before


def test_a_document_of_its_own_is_not_noted(store: Store) -> None:
    add(store, a_feed(store), an_entry(1), NOW)
    assert noted(store) == []


def test_every_column_goes_along(store: Store) -> None:
    columns = store.read(lambda c: [row[1] for row in c.execute("PRAGMA table_info(documents)")])
    assert compaction._COLUMNS.split(", ") == columns


def test_a_row_that_is_no_text_goes_along(store: Store) -> None:
    article_id = an_unmade(store, a_feed(store), 20)
    make(store, 1)
    store.write(lambda c: c.execute("UPDATE documents SET address = CAST(x'ff' AS TEXT)"))
    store.write(compaction.compact)
    kept = store.read(lambda c: c.execute("SELECT article_id, CAST(address AS BLOB) FROM documents").fetchall())
    assert kept == [(article_id, b"\xff")]
