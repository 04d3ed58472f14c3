"""Words that must follow each other. The index knows in which articles a word stands, not where in them: it names the
candidates, and their texts are looked into, newest first, until a window is full.

Without places the index is less than half as large (https://www.sqlite.org/fts5.html, §4.6, ``detail=none``), and one
look costs some 90 microseconds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reader.store.codec import text_of
from reader.store.connection import Connection
from reader.store.folding import bare

LOOKED_INTO = 200
"""So many candidates are looked into for a search that is being typed, at most."""
_LETTER = r"[^\W_]"
_BETWEEN = r"[\W_]+"

Spellings = tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Phrases:
    """What candidates are looked into for: every wanted phrase in one of its spellings, no unwanted one in any."""

    wanted: tuple[Spellings, ...] = ()
    unwanted: tuple[Spellings, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted or self.unwanted)

    def install(self, connection: Connection) -> str:
        """Have this connection's SQL function ``says_so(title, body)`` tell whether an article is meant; the condition
        for ``articles a`` and ``documents d``.
        """
        connection.create_function("says_so", 2, self._met)
        return " AND says_so(a.title, d.body)"

    def _met(self, title: str, body: bytes) -> bool:
        try:
            parts = bare(title), bare(text_of(body))
        except ValueError:  # a damaged text says nothing; "lesart doctor" tells of it
            return False

        def said(spellings: Spellings) -> bool:
            return any(one.search(part) for one in spellings for part in parts)

        return all(map(said, self.wanted)) and not any(map(said, self.unwanted))


def phrase(words: Sequence[str], *, begins: bool) -> re.Pattern[str]:
    """The expression for words in a row; ``begins``: the last one may go on."""
    first, *others = (re.escape(bare(word)) for word in words)
    # What must not stand before the first word is asked behind it, so that the search is one for plain letters.
    row = _BETWEEN.join((f"{first}(?<!{_LETTER}{first})", *others))
    return re.compile(row if begins else f"{row}(?!{_LETTER})")
