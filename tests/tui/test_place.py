"""The place in a list that was read again."""

from __future__ import annotations

from array import array

from reader.tui.place import kept_place


def ids(*numbers: int) -> array[int]:
    return array("q", numbers)


def test_an_article_that_is_listed_is_gone_on_with() -> None:
    assert kept_place(3, ids(1, 2, 3), ids(9, 3), (), stays=True) == (ids(9, 3), 1)


def test_the_row_of_its_story_stands_for_a_hidden_one() -> None:
    assert kept_place(3, ids(1, 2, 3), ids(9, 1), (1, 3), stays=True) == (ids(9, 1), 1)


def test_one_that_was_read_just_now_stays_between_its_neighbours() -> None:
    assert kept_place(2, ids(1, 2, 3), ids(9, 3), (), stays=True) == (ids(9, 2, 3), 1)
    assert kept_place(2, ids(1, 2), ids(9), (), stays=True) == (ids(9, 2), 1)


def test_the_next_row_takes_the_place_of_one_that_is_gone() -> None:
    assert kept_place(2, ids(1, 2, 3), ids(1, 3), (), stays=False) == (ids(1, 3), 1)
    assert kept_place(2, ids(1, 2), ids(1), (), stays=False) == (ids(1), 0)
    assert kept_place(2, ids(1, 2), ids(), (), stays=False) == (ids(), 0)
