"""A document without the entries that were read before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.feeds.delta import cut
from reader.feeds.parse import parse
from tests.growth import growth
from tests.loopback import item, rss


def titles(body: bytes) -> list[str]:
    return [entry.title for entry in parse(body).entries]


@given(st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9)))
def test_what_was_seen_is_left_out_and_nothing_else(before: set[int], now: set[int]) -> None:
    known = cut(rss(*(item(n) for n in sorted(before))), (), 100).unseen
    shortened = cut(rss(*(item(n) for n in sorted(now))), known, 100)
    assert titles(shortened.body) == [f"Meldung {n}" for n in sorted(now - before)]
    assert (len(shortened.seen), len(shortened.unseen)) == (len(now & before), len(now - before))


def test_an_entry_that_changed_by_one_byte_is_unseen() -> None:
    known = cut(rss(item(1), item(2)), (), 100).unseen
    assert titles(cut(rss(item(1, text="neu"), item(2)), known, 100).body) == ["Meldung 1"]


def test_what_is_beyond_the_limit_is_neither_seen_nor_read() -> None:
    shortened = cut(rss(*(item(n) for n in range(10))), (), 3)
    assert titles(shortened.body) == ["Meldung 0", "Meldung 1", "Meldung 2"]
    assert (len(shortened.seen), len(shortened.unseen)) == (0, 3)


def test_the_list_of_items_of_rss_1_is_no_item() -> None:
    body = b"<rdf:RDF><channel><items><rdf:Seq/></items></channel><item>a</item></rdf:RDF>"
    assert len(cut(body, (), 100).unseen) == 1


def test_a_document_without_entries_stays_as_it_is() -> None:
    assert cut(b"<html>x</html>", (1, 2), 100).body == b"<html>x</html>"


@pytest.mark.parametrize("each", [b"<item>", b"<item", b"<item></entry>"])
def test_entries_without_an_end_cost_time_by_their_number_alone(each: bytes) -> None:
    assert cut(each * 3, (), 100).body == each * 3
    assert growth(each.__mul__, lambda body: cut(body, (), 100), 1500, 8) < 24


def test_a_list_of_entries_that_differ_in_kind_is_cut_at_each() -> None:
    body = b"<rss><item a='1'>1</item >,<ENTRY/><entry>2</entry>,<item>3 <item>4</item></rss>"
    assert len(cut(body, (), 100).unseen) == 3
