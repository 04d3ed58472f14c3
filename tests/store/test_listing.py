"""Lists: newest first, paged by key, each article once, counts kept with the writes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reader.errors import NotFoundError
from reader.model.query import ArticleQuery, Cursor, View
from reader.store import Store, articles, feeds, listing
from tests.store.builders import NOW, a_feed, add, add_many, an_entry


def paged(store: Store, query: ArticleQuery, limit: int) -> list[int]:
    found: list[int] = []
    after: Cursor | None = None
    while True:
        window = store.read(listing.window, query, after, limit)
        found += [row.id for row in window.rows]
        if window.after is None:
            return found
        after = window.after


def views(feed_id: int, folder: str) -> list[ArticleQuery]:
    return [
        ArticleQuery(),
        ArticleQuery(view=View.UNREAD),
        ArticleQuery(view=View.STARRED),
        ArticleQuery(view=View.TODAY, since=NOW - timedelta(hours=23, minutes=40)),
        ArticleQuery(view=View.FEED, feed_id=feed_id),
        ArticleQuery(view=View.FOLDER, folder=folder),
    ]


@pytest.mark.parametrize("limit", [1, 7, 64])
@pytest.mark.parametrize("number", range(6))
def test_pages_and_ids_agree_in_every_view(store: Store, number: int, limit: int) -> None:
    feed_id = a_feed(store, folder="Politik")
    ids = add_many(store, feed_id, 50)
    add_many(store, a_feed(store, "https://example.com/2", folder="Technik"), 20, start=100)
    store.write(articles.set_read, ids[::3], True)
    store.write(articles.set_starred, ids[::5], True)
    query = views(feed_id, "Politik")[number]
    listed = store.read(listing.ids, query)
    assert paged(store, query, limit) == listed.tolist()
    expected = {0: 70, 1: 53, 2: 10, 3: 50, 4: 50, 5: 50}[number]
    assert len(set(listed)) == len(listed) == expected


def test_the_newest_stands_first(store: Store) -> None:
    ids = add_many(store, a_feed(store), 10)
    assert store.read(listing.ids, ArticleQuery()).tolist() == ids[::-1]


def test_an_article_that_arrives_while_paging_neither_repeats_nor_hides_one(store: Store) -> None:
    feed_id = a_feed(store)
    ids = add_many(store, feed_id, 20)
    first = store.read(listing.window, ArticleQuery(), None, 10)
    add(store, feed_id, an_entry(99))
    second = store.read(listing.window, ArticleQuery(), first.after, 10)
    assert [row.id for row in (*first.rows, *second.rows)] == ids[::-1]


def test_entries_of_one_moment_keep_the_order_of_the_document(store: Store) -> None:
    feed_id = a_feed(store)
    moment = NOW - timedelta(hours=1)
    ids = [add(store, feed_id, an_entry(i, published=moment)) for i in range(5)]
    assert store.read(listing.ids, ArticleQuery()).tolist() == ids
    assert {row.published for row in store.read(listing.rows, ids)} == {moment}


def test_an_article_in_two_feeds_of_a_folder_is_listed_once(store: Store) -> None:
    first = a_feed(store, "https://example.org/1", folder="Politik")
    second = a_feed(store, "https://example.org/2", folder="Politik")
    article_id = add(store, first, an_entry(1))
    store.write(articles.join_feed, second, article_id, articles.key("other"), 1)
    assert store.read(listing.ids, ArticleQuery(view=View.FOLDER, folder="Politik")).tolist() == [article_id]
    assert store.read(listing.ids, ArticleQuery(view=View.FEED, feed_id=second)).tolist() == [article_id]
    assert [f.unread for f in store.read(feeds.all_feeds)] == [1, 1]
    store.write(articles.set_read, [article_id], True)
    assert [f.unread for f in store.read(feeds.all_feeds)] == [0, 0]
    assert store.read(listing.counts, NOW).unread == 0


def test_marking_tells_what_changed(store: Store) -> None:
    ids = add_many(store, a_feed(store), 4)
    assert store.write(articles.set_read, [ids[2], ids[0], 999], True) == (ids[2], ids[0])
    assert store.write(articles.set_read, ids, True) == (ids[1], ids[3])
    assert store.write(articles.set_read, ids, True) == ()


def test_rows_come_in_the_order_asked_without_those_that_are_gone(store: Store) -> None:
    ids = add_many(store, a_feed(store), 3)
    assert [row.id for row in store.read(listing.rows, [ids[2], 77, ids[0]])] == [ids[2], ids[0]]


def test_an_entry_without_a_date_shows_when_it_was_fetched(store: Store) -> None:
    article_id = add(store, a_feed(store), an_entry(1))
    assert store.read(listing.rows, [article_id])[0].published == NOW
    assert store.read(listing.article, article_id).published is None


def test_an_outlet_follows_its_feed_s_title(store: Store) -> None:
    article_id = add(store, a_feed(store, title="Tagesblatt"), an_entry(1))
    assert store.read(listing.rows, [article_id])[0].outlet == "Tagesblatt"


def test_a_missing_article_is_named(store: Store) -> None:
    with pytest.raises(NotFoundError, match="no article 42"):
        store.read(listing.article, 42)


def test_unsubscribing_keeps_starred_articles_and_those_of_other_feeds(store: Store) -> None:
    first, second = a_feed(store, "https://example.org/1"), a_feed(store, "https://example.org/2")
    plain, starred, shared = (add(store, first, an_entry(i)) for i in range(3))
    store.write(articles.set_starred, [starred], True)
    store.write(articles.join_feed, second, shared, articles.key("x"), 1)
    store.write(feeds.remove_feed, first)
    assert set(store.read(listing.ids, ArticleQuery())) == {starred, shared}
    assert [f.id for f in store.read(feeds.all_feeds)] == [second]
    assert store.read(listing.article, shared).feed_id == second
    assert store.read(listing.rows, [starred])[0].outlet == "Blatt"
    assert store.read(listing.rows, [plain]) == []
    counts = store.read(listing.counts, NOW)
    assert (counts.total, counts.unread, counts.starred) == (2, 2, 1)


def test_subscribing_again_finds_the_starred_articles(store: Store) -> None:
    feed_id = a_feed(store)
    article_id = add(store, feed_id, an_entry(1))
    store.write(articles.set_starred, [article_id], True)
    store.write(feeds.remove_feed, feed_id)
    assert a_feed(store, title="Neu", folder="Anderswo") == feed_id
    assert store.read(listing.ids, ArticleQuery(view=View.FEED, feed_id=feed_id)).tolist() == [article_id]
    assert store.read(listing.ids, ArticleQuery(view=View.FOLDER, folder="Anderswo")).tolist() == [article_id]
    assert store.read(feeds.feed, feed_id).title == "Neu"
