"""Whether a list says that there may be more than it holds."""

from __future__ import annotations

import pytest

from reader.library.searching import may_hold_more
from reader.model.query import LONGEST_LIST, MOST_HITS, ArticleQuery, View


@pytest.mark.parametrize(
    ("query", "found", "more"),
    [
        (ArticleQuery(), LONGEST_LIST - 1, False),
        (ArticleQuery(), LONGEST_LIST, True),
        (ArticleQuery(view=View.UNREAD), LONGEST_LIST, False),
        (ArticleQuery(search="wahl"), MOST_HITS - 1, False),
        (ArticleQuery(search="wahl"), MOST_HITS, True),
        (ArticleQuery(search="wahl", entered=True), MOST_HITS, False),
        (ArticleQuery(search='"die wahl"'), 1, True),
        (ArticleQuery(search='wahl -"die wahl"'), 1, True),
        (ArticleQuery(search='"die wahl"', entered=True), 1, False),
        (ArticleQuery(search='"wahl"'), 1, False),
    ],
)
def test_a_list_that_may_be_cut_is_known_as_such(query: ArticleQuery, found: int, more: bool) -> None:
    assert may_hold_more(query, found) == more
