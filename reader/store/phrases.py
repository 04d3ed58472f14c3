"""Words that must follow each other. The index knows in which articles a word stands, not where in them: it names the
candidates, and their texts are looked into, newest first, until a window is full.

Without places the index is less than half as large (https://www.sqlite.org/fts5.html, §4.6, ``detail=none``), and one
look costs some 70 microseconds, of which unpacking and folding the text take nine tenths. So a search that is being
typed looks into few texts that it does not know yet, and those that it knows are kept for the next letter: each letter
leads further back.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from reader.store.codec import text_of
from reader.store.connection import Connection
from reader.store.folding import bare

LOOKED_INTO = 120
"""So many candidates are looked into for a search that is being typed, at most."""
FRESH = 64_000
"""Characters of texts that one letter of such a search unpacks: one or two milliseconds."""
_EACH = 1_000
"""What a text costs besides its characters, as so many of them."""
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

    def install(self, connection: Connection, fresh: int | None = None) -> str:
        """Have this connection's SQL function ``says_so(title, body)`` tell whether an article is meant; the condition
        for ``articles a`` and ``documents d``. After ``fresh`` characters of texts that were not known none is.
        """
        left = fresh

        def says_so(title: str, body: bytes) -> bool:
            nonlocal left
            if left is not None and left <= 0:
                return False
            known = _LOOKED_INTO_LAST.get(title, body)
            try:
                parts = known or (bare(title), bare(text_of(body)))
            except ValueError:  # a damaged text says nothing; "lesart doctor" tells of it
                return False
            if left is not None and known is None:
                left -= _EACH + len(parts[1])
                _LOOKED_INTO_LAST.keep(title, body, parts)
            return self._met(parts)

        connection.create_function("says_so", 2, says_so)
        return " AND says_so(a.title, d.body)"

    def _met(self, parts: tuple[str, str]) -> bool:
        def said(spellings: Spellings) -> bool:
            return any(one.search(part) for one in spellings for part in parts)

        return all(map(said, self.wanted)) and not any(map(said, self.unwanted))


class _Texts:
    """Headline and text of the articles that were looked into last, folded, by what the store holds of them."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._parts: dict[tuple[str, bytes], tuple[str, str]] = {}
        self._lock = threading.Lock()

    def get(self, title: str, body: bytes) -> tuple[str, str] | None:
        return self._parts.get((title, body))

    def keep(self, title: str, body: bytes, parts: tuple[str, str]) -> None:
        with self._lock:  # each thread has its own connection, but all share this
            while len(self._parts) >= self._most:
                del self._parts[next(iter(self._parts))]
            self._parts[title, body] = parts


_LOOKED_INTO_LAST = _Texts(2 * LOOKED_INTO)


def phrase(words: Sequence[str], *, begins: bool) -> re.Pattern[str]:
    """The expression for words in a row; ``begins``: the last one may go on."""
    first, *others = (re.escape(bare(word)) for word in words)
    # What must not stand before the first word is asked behind it, so that the search is one for plain letters.
    row = _BETWEEN.join((f"{first}(?<!{_LETTER}{first})", *others))
    return re.compile(row if begins else f"{row}(?!{_LETTER})")
