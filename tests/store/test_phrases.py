"""Words in a row: told by the texts, because the index does not know where a word stands."""

from __future__ import annotations

import pytest

from reader.model.query import ArticleQuery, View
from reader.store import Store, articles, listing, phrases, search
from tests.store.builders import a_feed, add, an_entry

TEXT = "Der Wärme-Gipfel tagt. Die Wiederwahl, sagt die Ministerin, ist „sicher“."


def hits(store: Store, words: str, *, entered: bool = False) -> list[int]:
    return store.read(listing.ids, ArticleQuery(search=words, entered=entered)).tolist()


def an_article(store: Store, text: str = TEXT, number: int = 1, title: str = "Gipfel in Bern") -> int:
    article_id = add(store, a_feed(store), an_entry(number, title=title, text=text))
    store.write(search.index_pending, 1000)
    return article_id


@pytest.mark.parametrize(
    "words",
    [
        '"die wiederwahl"', '"Die WIEDERWAHL sagt"', '"ist sicher"', "Wärme-Gipfel", "waerme-gipf", '"waerme gipfel tagt"',
        '"Gipfel in Bern"', '-"sagt die Wiederwahl" Gipfel', "-gipfel-wärme bern", '"die ministerin" "der wärme"',
    ],
)  # fmt: skip
def test_words_in_a_row_are_found(store: Store, words: str) -> None:
    article_id = an_article(store)
    assert hits(store, words) == hits(store, words, entered=True) == [article_id]


@pytest.mark.parametrize(
    "words",
    [
        '"wiederwahl die"', '"die wieder"', '"ie wiederwahl"', '"Bern der"', '"Bern Der Wärme"', "Wärme-Gip ",
        '-"die Wiederwahl" Gipfel', "-wärme-gipfel bern", '"die ministerin" "ministerin die"',
    ],
)  # fmt: skip
def test_other_rows_of_the_same_words_are_not_found(store: Store, words: str) -> None:
    an_article(store)
    assert hits(store, words) == hits(store, words, entered=True) == []


def test_a_row_of_common_words_is_sought_in_the_newest_articles_while_it_is_typed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "LOOKED_INTO", 2)
    for number in range(2, 5):
        an_article(store, "Ist die Wahl gut?", number)
    old = an_article(store, "Die Wahl ist vorbei.")  # of the same moment, so it stands below
    assert hits(store, '"wahl ist"') == []
    assert hits(store, '"wahl ist"', entered=True) == [old]


def test_each_letter_of_a_row_of_words_leads_further_back(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "FRESH", 1)  # one text that was not looked into before
    found = [
        an_article(store, "Vor der Wahl ist nach der Wahl.", number, f"Weiter zurück {number}") for number in (1, 2, 3)
    ]
    typed = ("wahl-ist", "wahl-ist-nac", "wahl-ist-nach", "wahl-ist-nach-der")
    assert [hits(store, words) for words in typed] == [found[:1], found[:2], found, found]
    assert hits(store, '"der Wahl ist"', entered=True) == found


def test_rows_of_words_page_by_key_and_stay_inside_their_view(store: Store) -> None:
    found = [an_article(store, number=number) for number in range(1, 8)]
    query = ArticleQuery(search='"die Ministerin"')
    first = store.read(listing.window, query, None, 4)
    second = store.read(listing.window, query, first.after, 4)
    assert [row.id for row in (*first.rows, *second.rows)] == found
    store.write(articles.set_read, found[1:], True)
    unread = ArticleQuery(search='"die Ministerin"', view=View.UNREAD)
    assert store.read(listing.ids, unread).tolist() == found[:1]


def test_a_damaged_text_says_nothing(store: Store) -> None:
    article_id = an_article(store)
    other = an_article(store, number=2)
    store.write(lambda c: c.execute("UPDATE documents SET body = x'0100' WHERE article_id = ?", (article_id,)))
    assert hits(store, '"die Ministerin"') == [other]


@pytest.mark.parametrize("sign", [chr(0x19B0), chr(0x1CF2), "ẞ", "\U0001e900", "٣"])
def test_letters_that_one_of_the_tokenizers_does_not_know_are_no_error(store: Store, sign: str) -> None:
    an_article(store)
    assert hits(store, f"a{sign}b") == []


def test_a_phrase_with_the_signs_of_expressions_is_taken_as_it_is() -> None:
    assert phrases.phrase(["a1", "b2"], begins=False).search("so a1 - b2.")
    assert not phrases.phrase(["a1", "b2"], begins=False).search("a1 b23")
