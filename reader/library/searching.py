"""What a search seeks, as the shells may ask before they search."""

from __future__ import annotations

from reader.store.search import match_expression


def seeks_a_word(words: str) -> bool:
    """Whether there is a word that must occur; one with a minus only leaves out, and signs alone are none."""
    return bool(match_expression(words))
