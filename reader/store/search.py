"""The full-text index: what goes in, and how a person's words become a query that cannot fail.

FTS5 without content of its own (https://www.sqlite.org/fts5.html, §4.4.2): the row id is the article's
position, so the newest hits come first by key and a common word costs no more than a rare one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reader.model.article import Document
from reader.store.codec import unpack_document
from reader.store.connection import Connection

_TERM = re.compile(r'(-?)"([^"]*)"?|(-?)(\S+)')
_WORD = re.compile(r"[^\W_]+")
# "Muenchen" for "München", where the two letters are not plainly two sounds (Bauer, neue, Quelle).
_TRANSCRIBED = re.compile(r"(?<![aeq])ue|ae|oe")

SHORTEST_END = 4
"""A word of so many letters is also sought as the last part of compounds: Gesetz in Energiegesetz, but not Ei in Brei."""
_SHORTEST_HEAD = 3
_COMPOUND = re.compile(rf"[^\W\d_]{{{SHORTEST_END + _SHORTEST_HEAD},60}}")
_MARKS = re.compile(r"[\u0300-\u036f]")
MOST_COMPOUNDS = 200
"""So many of the commonest compounds are sought besides a word; each costs some microseconds of every search."""
_MOST_LOOKED_AT = 5000

Compounds = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Term:
    words: list[str]
    quoted: bool
    excluded: bool
    last: bool
    """Whether nothing follows, not even a blank: then it may be a beginning."""


def fold(text: str) -> str:
    """What the tokenizer does not fold itself: ß as ss. (It drops the dots of umlauts, and case.)"""
    return text.replace("ß", "ss").replace("ẞ", "SS")


def match_expression(words: str, compounds: Compounds = lambda _word: ()) -> str:
    """The FTS5 query for what a person typed, or "" when there is no word in it that must occur.

    All words must occur, by themselves or as the last part of one of their ``compounds``; those "in quotation marks"
    must follow each other; -those must not occur; the last word may be a beginning.
    """
    terms = _terms(words)
    wanted = [_expression(term, compounds) for term in terms if not term.excluded]
    unwanted = [_expression(term, lambda _word: ()) for term in terms if term.excluded]
    if not wanted:
        return ""
    required = " AND ".join(wanted)
    return f"({required}) NOT ({' OR '.join(unwanted)})" if unwanted else required


def compounds_in(connection: Connection) -> Compounds:
    """Looks up the compounds in the index that end in a word, the commonest first."""

    def look_up(word: str) -> list[str]:
        end = _bare(word)
        if len(end) < SHORTEST_END or not end.isalpha():
            return []
        start = end[::-1]
        found = connection.execute(
            "SELECT reversed FROM (SELECT reversed, articles FROM word_ends WHERE reversed > ? AND reversed < ? LIMIT ?)"
            " WHERE length(reversed) >= ? ORDER BY articles DESC LIMIT ?",
            (start, start + "\U0010ffff", _MOST_LOOKED_AT, len(end) + _SHORTEST_HEAD, MOST_COMPOUNDS),
        )
        return [reverse[::-1] for (reverse,) in found]

    return look_up


def _terms(words: str) -> list[_Term]:
    found = [
        (_WORD.findall(m[2] if quoted else m[4]), quoted, bool(m[1] or m[3]))
        for m in _TERM.finditer(fold(words))
        for quoted in [m[2] is not None]
    ]
    kept = [group for group in found if group[0]]
    open_end = not words[-1:].isspace()
    return [
        _Term(parts, quoted, excluded, open_end and not quoted and number == len(kept))
        for number, (parts, quoted, excluded) in enumerate(kept, 1)
    ]


def _expression(term: _Term, compounds: Compounds) -> str:
    star = "*" if term.last else ""
    phrase = " ".join(term.words)
    spelt = [phrase]
    bare = " ".join(_TRANSCRIBED.sub(lambda m: m[0][0], word.lower()) for word in term.words)
    if bare != phrase.lower():
        spelt.append(bare)
    choices = [f'"{spelling}"{star}' for spelling in spelt]
    if len(term.words) == 1 and not term.quoted:
        choices += [f'"{compound}"' for spelling in spelt for compound in compounds(spelling)]
    return choices[0] if len(choices) == 1 else f"({' OR '.join(choices)})"


def _bare(text: str) -> str:
    """As the tokenizer stores it: lower case, no dots above."""
    return _MARKS.sub("", unicodedata.normalize("NFD", fold(text).lower()))


def index_pending(connection: Connection, limit: int) -> int:
    """Index up to ``limit`` articles that are not yet findable, newest first; the number done."""
    rows = connection.execute(
        "SELECT a.id, a.position, a.title, d.body FROM articles a JOIN documents d ON d.article_id = a.id"
        " WHERE a.indexed = 0 ORDER BY a.position DESC LIMIT ?",
        (limit,),
    ).fetchall()
    ends: Counter[str] = Counter()
    for article_id, position, title, body in rows:
        headline, text = _indexed_text(title, unpack_document(body))
        connection.execute("INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)", (position, headline, text))
        connection.execute("UPDATE articles SET indexed = 1 WHERE id = ?", (article_id,))
        ends.update({word[::-1] for word in _COMPOUND.findall(_bare(f"{headline} {text}"))})
    # In the order of the key, so that a page is touched once; a word is never taken out, it then finds nothing.
    connection.executemany(
        "INSERT INTO word_ends VALUES (?, ?)"
        " ON CONFLICT (reversed) DO UPDATE SET articles = articles + excluded.articles",
        sorted(ends.items()),
    )
    return len(rows)


def unindex(connection: Connection, article_id: int) -> None:
    """Take an article out of the index; must come before its title or document changes."""
    row = connection.execute(
        "SELECT a.position, a.title, d.body FROM articles a JOIN documents d ON d.article_id = a.id"
        " WHERE a.id = ? AND a.indexed = 1",
        (article_id,),
    ).fetchone()
    if row is None:
        return
    position, title, body = row
    # A contentless index forgets a row only when it is given the same words again (fts5, §6.3).
    connection.execute(
        "INSERT INTO search (search, rowid, title, text) VALUES ('delete', ?, ?, ?)",
        (position, *_indexed_text(title, unpack_document(body))),
    )
    connection.execute("UPDATE articles SET indexed = 0 WHERE id = ?", (article_id,))


def _indexed_text(title: str, document: Document) -> tuple[str, str]:
    return fold(title), fold(document.text)
