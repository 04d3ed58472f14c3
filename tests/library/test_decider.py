"""What a document changes, decided without a store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from reader.library.decider import Verdict, decide, keyed, place
from reader.store.articles import Incoming, Known, KnownEntry, key
from reader.store.times import to_us
from tests.store.builders import NOW, an_entry

FEED, OTHER = 1, 2


def stored(entry: Incoming, *, feed_id: int = FEED, article_id: int = 10, own: bool = True) -> KnownEntry:
    ((guid_key, _),) = keyed([entry])
    return KnownEntry(
        article_id=article_id,
        feed_id=feed_id,
        own_feed=own,
        guid_key=guid_key,
        link_key=key(entry.address) if entry.address else None,
        state=entry.state,
        title=entry.title,
        digest=entry.digest,
    )


def known(*entries: KnownEntry) -> Known:
    by_link: dict[int, tuple[KnownEntry, ...]] = {}
    for entry in entries:
        if entry.link_key is not None:
            by_link[entry.link_key] = (*by_link.get(entry.link_key, ()), entry)
    return Known({entry.guid_key: entry for entry in entries if entry.feed_id == FEED}, by_link)


def verdicts(entries: list[Incoming], have: Known) -> list[tuple[Verdict, int]]:
    return [(d.verdict, d.article_id) for d in decide(FEED, keyed(entries), have)]


def test_what_was_never_seen_is_new() -> None:
    assert verdicts([an_entry(1), an_entry(2)], known()) == [(Verdict.NEW, 0), (Verdict.NEW, 0)]


def test_what_looks_as_before_is_the_same() -> None:
    assert verdicts([replace(an_entry(1), body=b"")], known(stored(an_entry(1)))) == [(Verdict.SAME, 10)]


@pytest.mark.parametrize("edited", [an_entry(1, text="Neuer Text."), an_entry(1, title="Neuer Titel")])
def test_another_text_or_title_is_an_edit(edited: Incoming) -> None:
    edited = replace(edited, state=99)
    assert verdicts([edited], known(stored(an_entry(1)))) == [(Verdict.TEXT, 10)]


def test_another_date_or_author_is_a_detail() -> None:
    changed = replace(an_entry(1), state=99, authors=("Anna",))
    assert verdicts([changed], known(stored(an_entry(1)))) == [(Verdict.DETAILS, 10)]


def test_a_changed_guid_with_the_same_link_is_no_twin() -> None:
    renamed = replace(an_entry(1), guid="ganz-anders")
    assert verdicts([renamed], known(stored(an_entry(1)))) == [(Verdict.STATE, 10)]
    assert verdicts([replace(renamed, state=99)], known(stored(an_entry(1)))) == [(Verdict.DETAILS, 10)]


def test_a_link_shared_by_several_entries_says_nothing() -> None:
    home = "https://example.org/"
    entries = [replace(an_entry(n), address=home) for n in (1, 2)]
    have = known(stored(replace(an_entry(3), address=home)))
    assert verdicts(entries, have) == [(Verdict.NEW, 0), (Verdict.NEW, 0)]


def test_an_entry_still_there_under_its_guid_is_not_taken_over() -> None:
    first, second = an_entry(1), replace(an_entry(2), address="https://example.org/neu")
    taker = replace(an_entry(3), address=first.address, title="Andere")
    assert verdicts([replace(first, address=""), second, taker], known(stored(first))) == [
        (Verdict.SAME, 10),
        (Verdict.NEW, 0),
        (Verdict.NEW, 0),
    ]


def test_one_guid_for_several_entries_is_told_apart_by_link() -> None:
    entries = [replace(an_entry(n), guid="immer-gleich") for n in (1, 2, 3)]
    assert len(keyed(entries)) == 3


def test_an_entry_that_stands_twice_counts_once() -> None:
    assert len(keyed([an_entry(1), an_entry(1)])) == 1


def test_without_guid_the_link_and_without_both_the_title_identify() -> None:
    linked = replace(an_entry(1), guid="")
    bare = replace(an_entry(2), guid="", address="")
    assert verdicts([linked, bare], known(stored(linked), stored(bare, article_id=11))) == [
        (Verdict.SAME, 10),
        (Verdict.SAME, 11),
    ]


def test_the_same_article_of_another_feed_is_joined() -> None:
    have = known(stored(an_entry(1), feed_id=OTHER))
    assert verdicts([an_entry(1)], have) == [(Verdict.JOIN, 10)]


def test_another_headline_over_the_same_link_is_an_article_of_its_own() -> None:
    have = known(stored(an_entry(1), feed_id=OTHER))
    assert verdicts([an_entry(1, title="Kommentiert")], have) == [(Verdict.NEW, 0)]


def test_an_edit_in_a_feed_that_only_joined_leaves_the_text_alone() -> None:
    edited = replace(an_entry(1, text="Kürzer."), state=99)
    assert verdicts([edited], known(stored(an_entry(1), own=False))) == [(Verdict.STATE, 10)]


def test_an_entry_s_place_is_its_date_but_never_the_future() -> None:
    past, future = NOW - timedelta(days=3), NOW + timedelta(days=3)
    assert place(an_entry(1, published=past), 5, NOW) == to_us(past)
    assert place(an_entry(1, published=future), 5, NOW) == to_us(NOW) - 5
    assert place(an_entry(1), 5, NOW) == to_us(NOW) - 5
