"""Search: German words in any spelling, newest first, and nothing a person types can break it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.model.query import ArticleQuery, View
from reader.store import Store, articles, listing, search
from reader.store.articles import Incoming
from reader.store.codec import pack_document
from reader.store.search import match_expression
from tests.store.builders import NOW, a_document, a_feed, add, add_many, an_entry

TEXT = "Die Münchner Straßenbahn fährt wieder; das Wärmegesetz ist beschlossen."


def indexed(store: Store) -> None:
    store.write(search.index_pending, 1000)


def hits(store: Store, words: str) -> list[int]:
    return store.read(listing.ids, ArticleQuery(search=words)).tolist()


@pytest.mark.parametrize(
    "words",
    [
        "münchner", "MÜNCHNER", "Munchner", "Muenchner", "straßenbahn", "strassenbahn", "Waermegesetz", "wärme",
        "gesetz", "Gesetz ", "strassenbahn bahn", "bähn", "fahrt -Berlin", "straßenbahn münchner", '"fährt wieder"', '"faehrt wieder', "beschl", "Beschluss",
    ],
)  # fmt: skip
def test_an_article_is_found(store: Store, words: str) -> None:
    article_id = add(store, a_feed(store), an_entry(1, title="Beschluss", text=TEXT))
    indexed(store)
    assert hits(store, words) == [article_id]


@pytest.mark.parametrize(
    "words",
    [
        "Berlin",
        '"wieder fährt"',
        '"gesetz"',
        "etz",
        "fährt -wieder",
        'fährt -"ist beschlossen"',
        "fährt -straßenbahn",
        "münchner Berlin",
        "beschl ",
    ],
)
def test_an_article_is_not_found_by_other_words(store: Store, words: str) -> None:
    add(store, a_feed(store), an_entry(1, text=TEXT))
    indexed(store)
    assert hits(store, words) == []


def test_what_very_many_words_begin_with_is_sought_in_the_commonest(store: Store) -> None:
    article_id = add(store, a_feed(store), an_entry(1, text="Gesetz Gesetze Gesetzgeber."))
    indexed(store)
    assert '"gesetz"*' in store.read(lambda c: match_expression("gesetz", search.Vocabulary(c)))
    store.write(lambda c: c.execute("UPDATE word_starts SET articles = 4000 WHERE word <> 'gesetzgeber'"))
    assert "*" not in store.read(lambda c: match_expression("gese", search.Vocabulary(c)))
    assert hits(store, "gese") == [article_id]


def test_a_common_word_with_few_longer_ones_is_sought_without_all_that_begin_so(store: Store) -> None:
    article_id = add(store, a_feed(store), an_entry(1, text="Gesetz Gesetze Gesetzgeber. Gesetze Gesetz"))
    indexed(store)
    store.write(lambda c: c.execute("UPDATE word_starts SET articles = 4000 WHERE word = 'gesetz'"))
    assert "*" not in store.read(lambda c: match_expression("gesetz", search.Vocabulary(c)))
    assert "*" not in store.read(lambda c: match_expression("gesetze-gesetz", search.Vocabulary(c)))
    assert hits(store, "gesetz") == hits(store, "gesetze-gesetz") == hits(store, "gesetze-gesetzge") == [article_id]


def test_an_entered_search_finds_rare_compounds_and_beginnings_too(store: Store) -> None:
    feed_id = a_feed(store)
    add(store, feed_id, an_entry(1, text=" ".join(f"{head}gesetz Gesetz{head}" for head in heads(300))))
    rare = add(store, feed_id, an_entry(2, text="Zimmerlautstärkegesetz"))
    begun = add(store, feed_id, an_entry(3, text="Gesetzzweifler"))
    indexed(store)
    store.write(lambda c: c.execute("UPDATE word_ends SET articles = 99 WHERE reversed <> ?", ("gesetz"[::-1],)))
    store.write(
        lambda c: c.execute("UPDATE word_ends SET articles = 1 WHERE reversed = ?", ("zimmerlautstarkegesetz"[::-1],))
    )
    store.write(lambda c: c.execute("UPDATE word_starts SET articles = 99 WHERE word <> 'gesetzzweifler'"))
    assert rare not in hits(store, "gesetz")
    for words in ("gesetz", "gesetz "):
        found = store.read(listing.ids, ArticleQuery(search=words, entered=True)).tolist()
        assert (rare in found, begun in found) == (True, not words.endswith(" "))


def test_an_entered_search_of_many_words_has_a_bound(store: Store) -> None:
    add(store, a_feed(store), an_entry(1, text=" ".join(f"{head}gesetz" for head in heads(3000))))
    indexed(store)
    words = "gesetz " * 40
    expression = store.read(lambda c: match_expression(words, search.Vocabulary(c), entered=True))
    assert expression.count(" OR ") < 5000
    assert len(store.read(listing.ids, ArticleQuery(search=words, entered=True))) == 1


def heads(number: int) -> list[str]:
    """Words of letters alone."""
    letters = "abcdefghijklmnopqrst"
    return [letters[n // 400] + letters[n // 20 % 20] + letters[n % 20] for n in range(number)]


def test_the_words_of_the_index_are_counted(store: Store) -> None:
    add(store, a_feed(store), an_entry(1, text="Wärmegesetz, Wärmegesetz"))
    add(store, 1, an_entry(2, text="Waermegesetz und Wärmegesetz"))
    indexed(store)
    assert (
        store.read(lambda c: c.execute("SELECT * FROM word_ends WHERE reversed LIKE 'zteseg%' ORDER BY 1").fetchall())
        == [("zteseg" + "emreaw", 1), ("zteseg" + "emraw", 2)][::-1]
    )


def test_a_long_word_is_offered_for_its_beginning_once_it_has_come_again(store: Store) -> None:
    starts = "SELECT word, articles FROM word_starts ORDER BY word"
    feed_id = a_feed(store)
    add(store, feed_id, an_entry(1, title="Rat", text="Wärmegesetz Bahn"))
    indexed(store)
    assert store.read(lambda c: c.execute(starts).fetchall()) == [("bahn", 1), ("rat", 1)]
    add(store, feed_id, an_entry(2, title="Rat", text="Wärmegesetz"))
    indexed(store)
    assert store.read(lambda c: c.execute(starts).fetchall()) == [("bahn", 1), ("rat", 2), ("warmegesetz", 1)]


@given(words=st.text(max_size=40) | st.text(st.sampled_from("\"'*()^:-+{}[]ANDORNEAR \x00äß"), max_size=20))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
def test_nothing_a_person_types_is_an_error(store: Store, words: str) -> None:
    hits(store, words)


def test_words_without_letters_filter_nothing(store: Store) -> None:
    ids = add_many(store, a_feed(store), 3)
    assert match_expression(" „– ") == match_expression("-Berlin") == ""
    assert hits(store, "!!") == ids[::-1]


def test_hits_come_newest_first_and_page_by_key(store: Store) -> None:
    ids = add_many(store, a_feed(store), 10)
    indexed(store)
    query = ArticleQuery(search="text")
    first = store.read(listing.window, query, None, 6)
    second = store.read(listing.window, query, first.after, 6)
    assert [row.id for row in (*first.rows, *second.rows)] == ids[::-1]


def test_a_search_stays_inside_its_view(store: Store) -> None:
    first, second = a_feed(store, folder="A"), a_feed(store, "https://example.org/2", folder="B")
    one, two = add(store, first, an_entry(1)), add(store, second, an_entry(2))
    indexed(store)
    store.write(articles.set_read, [one], True)
    store.write(articles.set_starred, [one], True)
    found = {
        view: store.read(
            listing.ids, ArticleQuery(view=view, search="text", feed_id=second, folder="A", since=NOW)
        ).tolist()
        for view in View
    }
    assert found[View.UNREAD] == found[View.FEED] == [two]
    assert found[View.STARRED] == found[View.FOLDER] == [one]
    assert set(found[View.ALL]) == {one, two}


def test_an_edited_article_is_found_by_its_new_words_only(store: Store) -> None:
    article_id = add(store, a_feed(store), an_entry(1, text="Vorher Apfel."))
    indexed(store)
    document = a_document("Nachher Birne.", "Meldung 1")
    entry = Incoming(
        guid="guid-1", address="", title="Meldung 1", state=2, digest=document.digest, body=pack_document(document)
    )
    store.write(articles.replace_text, article_id, entry, NOW)
    assert hits(store, "Apfel") == []
    indexed(store)
    assert (hits(store, "Apfel"), hits(store, "Birne")) == ([], [article_id])


def test_a_removed_article_leaves_the_index_whole(store: Store) -> None:
    ids = add_many(store, a_feed(store), 5)
    indexed(store)
    store.write(articles.remove_articles, ids[:2])
    assert hits(store, "text") == ids[:1:-1]
    store.write(lambda c: c.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 0)"))


@pytest.mark.parametrize("view", [View.UNREAD, View.STARRED, View.FEED, View.FOLDER])
def test_a_typed_search_in_a_small_view_looks_at_the_newest_hits(
    store: Store, view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, feed_id = a_feed(store, folder="A"), a_feed(store, "https://example.org/2", folder="B")
    old = add_many(store, feed_id, 2)
    store.write(articles.set_starred, old, True)
    store.write(articles.set_read, add_many(store, other, 3, start=10), True)
    indexed(store)
    query = ArticleQuery(view=view, search="text", feed_id=feed_id, folder="B")
    assert store.read(listing.ids, query).tolist() == old[::-1]
    monkeypatch.setattr(listing, "LOOKED_AT", 4)
    assert store.read(listing.ids, query).tolist() == old[:0:-1]
    assert store.read(listing.ids, replace(query, entered=True)).tolist() == old[::-1]


def test_an_index_of_many_parts_is_merged_with_the_last_articles_of_a_refresh(store: Store) -> None:
    feed_id = a_feed(store)
    for number in range(15):
        add(store, feed_id, an_entry(number))
        store.write(search.index_pending, 1)
    parts = "SELECT count(DISTINCT segid) FROM search_idx"
    assert store.read(lambda c: c.execute(parts).fetchone()) > (4,)
    ids = [add(store, feed_id, an_entry(99))]
    indexed(store)
    assert store.read(lambda c: c.execute(parts).fetchone()) <= (2,)  # the last articles are one of their own
    assert len(hits(store, "text")) == 16
    store.write(articles.remove_articles, ids)
    store.write(lambda c: c.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 0)"))
