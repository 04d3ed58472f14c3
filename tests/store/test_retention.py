"""Articles let go: the right ones, with everything of theirs, remembered, in short steps."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from reader.library.intake import store_entries
from reader.model.query import ArticleQuery, View
from reader.model.retention import Retention, parse
from reader.store import Connection, Store, analyses, articles, feeds, listing, retention, search
from reader.store.analyses import Summary
from reader.store.maintenance import examine
from reader.store.repair import survey
from reader.store.times import to_us
from tests.store.builders import NOW, a_feed, add, an_entry

RULE = parse("gelesene nach 90 Tagen, ungelesene nach 365 Tagen")
FAR = timedelta(days=10_000)


def kept_ids(store: Store) -> list[int]:
    return sorted(store.read(listing.ids, ArticleQuery()))


def tidy(store: Store, rule: Retention = RULE, now: datetime = NOW) -> int:
    ids, done, gone = store.read(retention.due, rule, now), 0, 0
    while done < len(ids):
        looked, removed = store.write(retention.let_go, ids[done:], rule, now)
        done, gone = done + looked, gone + removed
    return gone


def came(store: Store, feed_id: int, number: int, days_ago: int, *, read: bool = False) -> int:
    """An article that came so long ago and, if so, was read then."""
    moment = NOW - timedelta(days=days_ago)
    article_id = add(store, feed_id, an_entry(number, published=moment), moment)
    if read:
        store.write(articles.set_read, [article_id], True)
        store.write(lambda c: c.execute("UPDATE articles SET read_us = ? WHERE id = ?", (to_us(moment), article_id)))
    return article_id


def test_each_mark_has_its_own_age_and_starred_ones_stay(store: Store) -> None:
    feed_id = a_feed(store)
    young_read, old_read = came(store, feed_id, 1, 89, read=True), came(store, feed_id, 2, 91, read=True)
    young, old = came(store, feed_id, 3, 364), came(store, feed_id, 4, 366)
    starred = came(store, feed_id, 5, 4000, read=True)
    store.write(articles.set_starred, [starred], True)
    assert list(store.read(retention.due, RULE, NOW)) == [old, old_read]
    assert tidy(store) == 2
    assert kept_ids(store) == [young_read, young, starred]


def test_starred_ones_go_when_the_rule_says_so(store: Store) -> None:
    starred = came(store, a_feed(store), 1, 800, read=True)
    store.write(articles.set_starred, [starred], True)
    assert tidy(store, parse("alle nach 1 Tag")) == 0
    assert tidy(store, parse("gemerkte nach 2 Jahren")) == 1


def test_an_old_article_that_was_read_just_now_is_kept_from_now_on(store: Store) -> None:
    article_id = came(store, a_feed(store), 1, 200)
    store.write(articles.set_read, [article_id], True)
    (read_us,) = store.read(lambda c: c.execute("SELECT read_us FROM articles").fetchone())
    assert abs(read_us / 1e6 - time.time()) < 60
    assert tidy(store) == 0


def test_an_old_entry_that_came_today_is_not_old(store: Store) -> None:
    add(store, a_feed(store), an_entry(1, published=NOW - FAR), NOW)
    assert tidy(store, parse("alle nach 1 Tag")) == 0


def test_everything_of_an_article_goes_with_it(store: Store) -> None:
    feed_id = a_feed(store)
    gone, stays = came(store, feed_id, 1, 400), came(store, feed_id, 2, 1)
    store.write(articles.replace_text, gone, an_entry(1, text="Neuer Wortlaut."), NOW)
    for article_id in (gone, stays):
        digest = store.read(analyses.digest, article_id)
        summary = Summary(sources=0, anonymous=0, first_point="", genre="", completeness="")
        store.write(analyses.save, [(article_id, digest, b"x", summary)], 1)
    store.write(search.index_pending, 10)
    store.write(lambda c: c.execute("INSERT INTO told_apart VALUES (?, ?)", (stays, gone)))
    assert tidy(store) == 1

    def left(connection: Connection) -> dict[str, int]:
        tables = ("articles", "documents", "versions", "analyses", "entries", "told_apart", "search_docsize")
        return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}

    assert store.read(left) == {
        "articles": 1, "documents": 1, "versions": 0, "analyses": 1, "entries": 1, "told_apart": 0, "search_docsize": 1,
    }  # fmt: skip
    assert list(store.read(listing.ids, ArticleQuery(search="Wortlaut"))) == []
    (record,) = store.read(feeds.all_feeds)
    counts = store.read(listing.counts, NOW)
    assert (record.total, record.unread, counts.total, counts.unread) == (1, 1, 1, 1)
    assert examine(store.path).problems == ()
    assert survey(store.path).sound


def test_a_mark_set_meanwhile_saves_an_article(store: Store) -> None:
    article_id = came(store, a_feed(store), 1, 400)
    ids = store.read(retention.due, RULE, NOW)
    store.write(articles.set_starred, [article_id], True)
    assert store.write(retention.let_go, ids, RULE, NOW) == (1, 0)


def test_a_feed_that_still_lists_an_entry_does_not_bring_it_back(store: Store) -> None:
    feed_id = a_feed(store)
    entry = an_entry(1, text="Alt.")
    store.write(store_entries, feed_id, [entry], NOW - timedelta(days=400))
    assert tidy(store) == 1
    assert store.write(store_entries, feed_id, [entry, an_entry(2)], NOW) == (1, 0)
    assert store.write(store_entries, feed_id, [an_entry(1, text="Geändert.")], NOW) == (0, 0)
    assert len(kept_ids(store)) == 1


def remembered(store: Store) -> int:
    return int(store.read(lambda c: c.execute("SELECT count(*) FROM let_go").fetchone()[0]))


def test_what_a_feed_lists_no_longer_is_forgotten_and_what_it_lists_for_years_is_not(store: Store) -> None:
    feed_id = a_feed(store)
    store.write(store_entries, feed_id, [an_entry(1), an_entry(2)], NOW - timedelta(days=400))
    assert tidy(store) == 2
    later = NOW + timedelta(days=1000)  # the feed said "nothing new" all the time
    assert store.write(store_entries, feed_id, [an_entry(1), an_entry(3)], later) == (1, 0)
    assert remembered(store) == 1
    assert store.write(store_entries, feed_id, [an_entry(1)], later + timedelta(days=100)) == (0, 0)
    assert store.write(store_entries, feed_id, [an_entry(1)], later + timedelta(days=250)) == (0, 0)


def test_a_feed_s_memory_goes_with_its_subscription(store: Store) -> None:
    feed_id = a_feed(store)
    store.write(store_entries, feed_id, [an_entry(1)], NOW - timedelta(days=400))
    tidy(store)
    store.write(feeds.remove_feed, feed_id)
    assert remembered(store) == 0


def test_the_preview_counts_by_feed_and_says_since_when(store: Store) -> None:
    one, two = a_feed(store, "https://a.example/", title="A"), a_feed(store, "https://b.example/", title="B")
    came(store, one, 1, 400)
    came(store, two, 2, 100, read=True)
    came(store, two, 3, 500)
    came(store, two, 4, 5)
    big, small = store.read(retention.shares, RULE, NOW)
    assert (big.title, big.read, big.unread, big.starred, big.articles) == ("B", 1, 1, 0, 2)
    assert big.oldest == NOW - timedelta(days=500)
    assert (small.title, small.articles) == ("A", 1)
    assert big.bytes > small.bytes > 0
    assert len(kept_ids(store)) == 4


def test_no_rule_lets_nothing_go(store: Store) -> None:
    came(store, a_feed(store), 1, 9000, read=True)
    assert store.read(retention.shares, parse(""), NOW) == []
    assert tidy(store, parse("")) == 0


def test_an_analysis_that_nothing_needs_any_more_is_found_and_dropped(store: Store) -> None:
    article_id = came(store, a_feed(store), 1, 1)
    digest = store.read(analyses.digest, article_id)
    summary = Summary(sources=0, anonymous=0, first_point="", genre="", completeness="")
    store.write(analyses.save, [(article_id, digest, b"x", summary)], 1)
    assert store.read(retention.unused_analyses) == []
    store.write(articles.replace_text, article_id, an_entry(1, text="Anders."), NOW)
    assert store.read(retention.unused_analyses) == [digest]
    store.write(retention.drop_analyses, [digest])
    assert store.read(retention.unused_analyses) == []


def test_a_step_is_short_however_much_there_is(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    feed_id = a_feed(store)
    store.write(store_entries, feed_id, [an_entry(n) for n in range(300)], NOW - timedelta(days=400))
    ids = store.read(retention.due, RULE, NOW)
    looked, gone = store.write(retention.let_go, ids, RULE, NOW)
    assert 0 < looked == gone <= retention.STEP_ARTICLES
    monkeypatch.setattr(retention, "STEP_SECONDS", 0.0)
    assert store.write(retention.let_go, ids[looked:], RULE, NOW) == (1, 1)


def test_the_folder_and_unread_views_agree_afterwards(store: Store, tmp_path: Path) -> None:
    feed_id = a_feed(store, folder="Ordner")
    came(store, feed_id, 1, 400)
    stays = came(store, feed_id, 2, 1)
    tidy(store)
    for query in (ArticleQuery(view=View.UNREAD), ArticleQuery(view=View.FOLDER, folder="Ordner")):
        assert list(store.read(listing.ids, query)) == [stays]
