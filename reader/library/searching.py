"""What a search seeks, and whether all of it was found, as the shells may ask."""

from __future__ import annotations

from reader.model.query import ArticleQuery
from reader.store.search import match_expression, phrases_in


def seeks_a_word(words: str) -> bool:
    """Whether there is a word that must occur; one with a minus only leaves out, and signs alone are none."""
    return bool(match_expression(words))


def may_hold_more(query: ArticleQuery, found: int) -> bool:
    """Whether there may be more in a list than the ``found`` articles: it has a bound, and words in a row that are
    being typed are sought in the newest articles alone.
    """
    if query.bound is not None and found >= query.bound:
        return True
    return bool(query.search) and not query.entered and bool(phrases_in(query.search))
