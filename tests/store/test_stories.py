"""Stories in the store: what folds together, what is told apart, and what a list costs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reader.model.query import ArticleQuery, View
from reader.store import Store, articles, listing, stories
from reader.store.connection import Connection
from reader.store.stories import Placed
from tests.store.builders import NOW, a_feed, add, add_many, an_entry

KEEP = 5 * 86_400_000_000


def placed(store: Store, article_id: int, story: int, *, copy: int | None = None, agency: str = "") -> None:
    """Put one article to a story, as the clustering would."""

    def job(connection: Connection) -> None:
        (digest,) = connection.execute("SELECT digest FROM documents WHERE article_id = ?", (article_id,)).fetchone()
        one = Placed(
            id=article_id, digest=digest, story=story, copy=copy or article_id, opening="", sketch=b"", agency=agency
        )
        stories.save(connection, [one], KEEP)

    store.write(job)


@pytest.fixture
def told(store: Store) -> list[int]:
    """Six articles, a minute apart, in two feeds; the first, third and fifth tell one story."""
    one, other = (
        a_feed(store, "https://a.example/", folder="A", title="Anzeiger"),
        a_feed(store, "https://b.example/", title="Bote"),
    )
    ids = [
        add(store, (one, other)[n % 2 == 0], an_entry(n, published=NOW - timedelta(minutes=60 - n))) for n in range(6)
    ]
    for number in (0, 2, 4):
        placed(store, ids[number], ids[0])
    for number in (1, 3, 5):
        placed(store, ids[number], ids[number])
    return ids


def shown(store: Store, **query: object) -> list[int]:
    return [row.id for row in store.read(listing.window, ArticleQuery(**query)).rows]  # type: ignore[arg-type]


def test_the_newest_article_of_a_story_stands_for_all(store: Store, told: list[int]) -> None:
    assert shown(store) == told[::-1]
    assert shown(store, together=True) == [told[n] for n in (5, 4, 3, 1)]
    (row,) = store.read(listing.rows, [told[4]])
    assert (row.story, row.more, row.others) == (told[0], 2, ())
    (alone,) = store.read(listing.rows, [told[5]])
    assert (alone.story, alone.more, alone.others) == (None, 0, ())


def test_the_newest_of_the_list_is_meant_not_of_all(store: Store, told: list[int]) -> None:
    store.write(articles.set_read, [told[4]], True)
    assert shown(store, view=View.UNREAD, together=True) == [told[n] for n in (5, 3, 2, 1)]
    store.write(articles.set_starred, [told[0]], True)
    assert shown(store, view=View.STARRED, together=True) == [told[0]]


def test_a_feed_s_list_folds_within_the_feed(store: Store, told: list[int]) -> None:
    placed(store, told[1], told[0])
    store.write(lambda c: c.execute("UPDATE articles SET story_id = ? WHERE id = ?", (told[0], told[1])))
    anzeiger = store.read(lambda c: c.execute("SELECT id FROM feeds WHERE title = 'Anzeiger'").fetchone()[0])
    assert shown(store, view=View.FEED, feed_id=anzeiger, together=True) == [told[n] for n in (5, 3, 1)]
    assert shown(store, view=View.FOLDER, folder="A", together=True) == [told[n] for n in (5, 3, 1)]
    (row,) = store.read(listing.rows, [told[1]])
    assert (row.more, row.others) == (3, ("Bote",))


def test_a_story_s_own_list_and_a_search_show_every_telling(store: Store, told: list[int]) -> None:
    assert shown(store, view=View.STORY, story=told[0], together=True) == [told[n] for n in (4, 2, 0)]


def test_marking_a_list_read_marks_what_its_rows_stand_for(store: Store, told: list[int]) -> None:
    unread = store.read(listing.unread_ids, ArticleQuery(together=True))
    assert sorted(unread) == told


def test_copies_carry_the_agency_that_one_of_them_names(store: Store, told: list[int]) -> None:
    placed(store, told[1], told[1], agency="dpa")
    placed(store, told[3], told[1], copy=told[1])
    rows = store.read(listing.rows, [told[1], told[3], told[5]])
    assert [row.agency for row in rows] == ["dpa", "dpa", ""]
    assert sorted(store.read(stories.copies_of, [told[3]])) == [told[1], told[3]]
    assert store.read(stories.copies_of, [told[5]]) == [told[5]]


def test_telling_apart_is_for_good_and_can_be_taken_back(store: Store, told: list[int]) -> None:
    done = store.write(stories.tell_apart, told[0])
    assert done is not None
    assert shown(store, together=True) == [told[n] for n in (5, 4, 3, 1, 0)]
    assert store.read(stories.story_of, told[0]) is None
    assert store.read(stories.story_of, told[2]) == store.read(stories.story_of, told[4]) == told[2]
    assert store.read(stories.told_apart, told)[told[4]] == [told[0]]
    store.write(stories.undo, done)
    assert shown(store, together=True) == [told[n] for n in (5, 4, 3, 1)]
    assert store.read(stories.told_apart, told) == {}


def test_a_story_of_one_is_none(store: Store, told: list[int]) -> None:
    store.write(stories.tell_apart, told[4])
    store.write(stories.tell_apart, told[2])
    assert [store.read(stories.story_of, number) for number in told] == [None] * 6
    assert store.write(stories.tell_apart, told[0]) is None


def test_what_was_told_apart_while_it_was_placed_stays_apart(store: Store, told: list[int]) -> None:
    placed(store, told[2], told[0], copy=told[0])
    store.write(stories.tell_apart, told[4])
    placed(store, told[4], told[0], copy=told[0])
    assert store.read(stories.story_of, told[4]) is None
    assert store.read(stories.copies_of, [told[4]]) == [told[4]]


def test_who_is_left_of_a_removed_story_stands_alone(store: Store, told: list[int]) -> None:
    placed(store, told[1], told[1], agency="dpa")
    placed(store, told[3], told[1], copy=told[1])
    store.write(articles.remove_articles, [told[0], told[1]])
    assert store.read(stories.story_of, told[2]) == store.read(stories.story_of, told[4]) == told[0]
    (row,) = store.read(listing.rows, [told[3]])
    assert row.agency == ""
    store.write(articles.remove_articles, [told[2]])
    assert store.read(stories.story_of, told[4]) is None
    assert store.write(stories.tell_apart, told[4]) is None


def test_who_goes_over_to_another_text_leaves_nobody_alone_with_the_first(store: Store, told: list[int]) -> None:
    placed(store, told[1], told[1], agency="dpa")
    placed(store, told[3], told[1], copy=told[1])
    placed(store, told[5], told[5], agency="AFP")
    placed(store, told[3], told[1], copy=told[5])
    assert [row.agency for row in store.read(listing.rows, [told[1], told[3], told[5]])] == ["", "AFP", "AFP"]
    assert store.read(stories.copies_of, [told[1]]) == [told[1]]


def test_whose_copy_has_another_number_by_now_is_joined_under_that(store: Store, told: list[int]) -> None:
    placed(store, told[3], told[1], copy=told[1])
    placed(store, told[5], told[3], copy=told[3])
    assert sorted(store.read(stories.copies_of, [told[5]])) == [told[1], told[3], told[5]]
    assert store.read(stories.story_of, told[5]) == told[1]


def test_a_text_whose_first_article_is_gone_meanwhile_is_joined_by_nobody(store: Store, told: list[int]) -> None:
    placed(store, told[3], told[3], copy=999, agency="dpa")
    (row,) = store.read(listing.rows, [told[3]])
    assert row.agency == ""


def test_undoing_what_is_gone_changes_nothing(store: Store, told: list[int]) -> None:
    done = store.write(stories.tell_apart, told[4])
    assert done is not None
    store.write(articles.remove_articles, [told[0], told[2]])
    store.write(stories.undo, done)
    assert store.read(stories.story_of, told[4]) is None


def test_an_edited_text_is_looked_at_anew_and_stays_in_its_story(store: Store, told: list[int]) -> None:
    store.write(lambda c: c.execute("UPDATE articles SET analysed = 1"))
    assert store.read(stories.pending, 9) == []
    store.write(articles.replace_text, told[2], an_entry(2, text="Ganz anders."), NOW)
    store.write(lambda c: c.execute("UPDATE articles SET analysed = 1"))
    (again,) = store.read(stories.pending, 9)
    assert (again.id, again.story) == (told[2], told[0])
    placed(store, told[2], told[0])
    assert store.read(stories.story_of, told[2]) == told[0]


def test_a_text_that_changed_meanwhile_stays_pending(store: Store, told: list[int]) -> None:
    store.write(articles.replace_text, told[1], an_entry(1, text="Ganz anders."), NOW)
    one = Placed(id=told[1], digest=b"alt", story=told[0], copy=told[1], opening="", sketch=b"", agency="")
    store.write(stories.save, [one], KEEP)
    store.write(lambda c: c.execute("UPDATE articles SET analysed = 1"))
    assert [pending.id for pending in store.read(stories.pending, 9)] == [told[1]]
    assert store.read(stories.story_of, told[1]) is None


def test_openings_are_forgotten_after_some_days(store: Store) -> None:
    feed = a_feed(store)
    old, new = (add(store, feed, an_entry(n, published=NOW - timedelta(days=n))) for n in (9, 0))
    placed(store, old, old)
    placed(store, new, new)
    assert [known.id for known in store.read(stories.known, 0, 10)] == [new]


QUERIES = [
    ArticleQuery(view=view, feed_id=1, folder="Politik", since=NOW, story=1, together=True, search=words)
    for view in View
    for words in ("", "text")
]


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: f"{q.view}{'-search' if q.search else ''}")
@pytest.mark.parametrize("analysed", [False, True])
def test_a_folded_window_walks_indexes_alone(store: Store, query: ArticleQuery, analysed: bool) -> None:
    ids = add_many(store, a_feed(store, folder="Politik"), 300)
    store.write(lambda c: c.executemany("UPDATE articles SET story_id = ? WHERE id = ?", [(n // 3, n) for n in ids]))
    if analysed:
        store.write(lambda c: c.execute("ANALYZE"))
    statement, values = store.read(listing._walk, query, listing.LAST)
    steps = store.read(lambda c: [row[3] for row in c.execute(f"EXPLAIN QUERY PLAN {statement}", (*values, 64))])
    assert not [step for step in steps if "TEMP B-TREE" in step], steps
    hits = [step for step in steps if step.startswith("SCAN") and "VIRTUAL TABLE" not in step]
    assert hits == (["SCAN s"] if query.search else []), steps


def test_a_folded_window_costs_the_same_however_much_is_stored(store: Store) -> None:
    feed_id = a_feed(store)

    def grow(number: int, start: int) -> None:
        ids = add_many(store, feed_id, number, start=start)
        store.write(
            lambda c: c.executemany("UPDATE articles SET story_id = ? WHERE id = ?", [(n // 3, n) for n in ids])
        )

    def steps(connection: Connection) -> int:
        count = 0

        def tick() -> int:
            nonlocal count
            count += 1
            return 0

        connection.set_progress_handler(tick, 10)
        listing.window(connection, ArticleQuery(view=View.UNREAD, together=True), None, 20)
        connection.set_progress_handler(None, 0)
        return count

    grow(90, 0)
    few = store.read(steps)
    grow(3000, 1000)
    assert store.read(steps) <= few * 1.3
