"""The cost of a list does not depend on the archive: every plan walks an index, none sorts or scans."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from reader.model.query import ArticleQuery, View
from reader.store import Store, analyses, articles, feeds, listing, open_store, search, stories
from reader.store import connection as connection_module
from reader.store.connection import Connection
from reader.store.times import to_us
from tests.store.builders import NOW, a_feed, add_many, an_entry

GROWING = re.compile(
    r"SCAN (articles|a|n|c|documents|d|entries|e|m|versions|analyses|tellings|t|word_starts|word_ends)( |$)(?!USING INDEX)"
)
"""A whole table of these is read; walking a partial index of what is left to do is no scan of it."""
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
    # What a search has found is read to the limit.
    hits = [step for step in steps if step.startswith("SCAN") and "VIRTUAL TABLE" not in step]
    assert hits == (["SCAN s"] if query.search else []), steps


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


def everyday(store: Store) -> None:
    """What reading, marking, refreshing, analysing and searching ask of the store, with one article of each kind."""
    feed_id = a_feed(store, folder="Politik")
    ids = add_many(store, feed_id, 40)
    entry = an_entry(1, text="Ein anderer Text.")
    store.write(search.index_pending, 100)
    for query in QUERIES:
        for together in (False, True):
            store.read(listing.window, replace(query, together=together, story=1), None, 5)
            store.read(listing.ids, replace(query, together=together, story=1))
    store.read(listing.rows, ids[:3])
    store.read(listing.article, ids[0])
    store.read(listing.counts, NOW)
    store.read(feeds.all_feeds)
    store.read(articles.document, ids[0])
    store.read(articles.versions, ids[0])
    store.read(articles.known_states, feed_id)
    store.read(articles.seen_entries, feed_id, [1, 2])
    store.read(articles.lookup, feed_id, [articles.key("guid-1")], [articles.key(entry.address)])
    store.read(analyses.pending, 5)
    store.read(analyses.packed_document, ids[0])
    store.read(analyses.analysis, entry.digest)
    store.read(stories.pending, 5)
    store.read(stories.known, 0, 5)
    store.read(stories.copies_of, ids[:3])
    store.read(stories.latest, to_us(NOW), 5)
    summary = analyses.Summary(sources=1, anonymous=0, first_point="", genre="news", completeness="full")
    store.write(analyses.save, [(ids[0], store.read(analyses.digest, ids[0]), b"[]", summary)], 1)
    store.write(analyses.share, store.read(analyses.twins, 1), 1)
    store.write(articles.set_read, ids[:3], True)
    store.write(articles.set_starred, ids[:3], True)
    store.write(articles.replace_text, ids[1], entry, NOW)
    store.write(articles.set_state, feed_id, ids[1], 7, 8)
    store.write(articles.remove_articles, ids[4:6])


def test_no_statement_of_everyday_use_scans_what_grows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    traced: set[str] = set()
    connect = connection_module._connect

    def tracing(path: Path) -> Connection:
        opened = connect(path)
        opened.set_trace_callback(traced.add)
        return opened

    store = open_store(tmp_path / "lesart.db")
    monkeypatch.setattr(connection_module, "_connect", tracing)
    everyday(store)
    # What a subquery has bounded may be read from end to end.
    looked_at = [
        statement
        for statement in sorted(traced)
        if re.match(r"\s*(SELECT|UPDATE|DELETE|INSERT)\b", statement)
        and "VALUES ('delete'" not in statement
        and f"LIMIT {articles.STATES}) e" not in statement
    ]

    def plan(opened: Connection, statement: str) -> list[str]:
        return [row[3] for row in opened.execute(f"EXPLAIN QUERY PLAN {statement}")]

    scanning = {
        (step, statement) for statement in looked_at for step in store.read(plan, statement) if GROWING.match(step)
    }
    store.close()
    assert len(looked_at) > 100
    assert scanning == set()
