"""The cost of a list does not depend on the archive: every plan walks an index, none sorts or scans."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reader.model.query import ArticleQuery, View
from reader.store import Store, listing
from reader.store.connection import Connection
from tests.store.builders import NOW, a_feed, add_many

QUERIES = [
    ArticleQuery(view=view, feed_id=1, folder="Politik", since=NOW, search=words)
    for view in View
    for words in ("", "text")
]


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: f"{q.view}{'-search' if q.search else ''}")
@pytest.mark.parametrize("analysed", [False, True])
def test_a_window_walks_an_index_in_its_own_order(store: Store, query: ArticleQuery, analysed: bool) -> None:
    add_many(store, a_feed(store, folder="Politik"), 300)
    if analysed:
        store.write(lambda connection: connection.execute("ANALYZE"))
    statement, values = store.read(listing._walk, query, listing.LAST)

    def plan(connection: Connection) -> list[str]:
        return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", (*values, 64))]

    steps = store.read(plan)
    assert not [step for step in steps if "TEMP B-TREE" in step], steps
    assert not [step for step in steps if step.startswith("SCAN") and "VIRTUAL TABLE" not in step], steps


def test_the_number_of_rows_read_by_a_window_is_its_own(store: Store) -> None:
    feed_id = a_feed(store)
    add_many(store, feed_id, 50)

    def steps(connection: Connection) -> int:
        count = 0

        def tick() -> int:
            nonlocal count
            count += 1
            return 0

        connection.set_progress_handler(tick, 10)
        listing.window(connection, ArticleQuery(view=View.UNREAD), None, 20)
        listing.counts(connection, NOW + timedelta(days=30))
        connection.set_progress_handler(None, 0)
        return count

    few = store.read(steps)
    add_many(store, feed_id, 3000, start=1000)
    assert store.read(steps) <= few * 1.3
