"""The full-text index: what goes in, and how a person's words become a query that cannot fail.

FTS5 without content of its own (https://www.sqlite.org/fts5.html, §4.4.2): the row id is the article's
position, so the newest hits come first by key and a common word costs no more than a rare one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from reader.model.article import Document
from reader.store.codec import unpack_document
from reader.store.connection import Connection

_TERM = re.compile(r'(-?)"([^"]*)"?|(-?)(\S+)')
_WORD = re.compile(r"[^\W_]+")
# "Muenchen" for "München", where the two letters are not plainly two sounds (Bauer, neue, Quelle).
_TRANSCRIBED = re.compile(r"(?<![aeq])ue|ae|oe")

SHORTEST_START = 3
"""A word being typed is a beginning from so many letters on; fewer begin half of all words."""
SHORTEST_END = 4
"""A word of so many letters is also sought as the last part of compounds (Gesetz in Energiegesetz, not Ei in Brei)."""
_SHORTEST_HEAD = 3
_INDEXED = re.compile(rf"[^\W_]{{{SHORTEST_START},60}}")
_MARKS = re.compile(r"[\u0300-\u036f]")
_WHILE_TYPING = 12
"""So many of the commonest compounds and longer words are sought besides all words of a search that is being typed; one
costs 0.04 to 0.12 ms of every key among 100,000 articles."""
_AT_LEAST = 2
"""The same for one of many words."""
_ENTERED = 4_000
"""The same for all words of a finished search together: all that there are, as a rule."""
_CHEAP_HITS = 2_500
"""The index gathers all hits of a beginning before it hands out the first: more than two milliseconds where the
``_JUDGED_BY`` commonest words that begin so have more than these."""
_JUDGED_BY = 16
_MOST_LOOKED_AT = 20_000


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


def match_expression(words: str, vocabulary: Vocabulary | None = None, *, entered: bool = False) -> str:
    """The FTS5 query for what a person typed, or "" when there is no word in it that must occur.

    All words must occur, by themselves or as the last part of a compound; those "in quotation marks" must follow each
    other; -those must not occur; the last word may be a beginning. While a word is being typed, the commonest of very
    many beginnings and compounds are enough; a blank behind it seeks it alone and in more compounds. ``entered``: the
    rare ones are sought too.
    """
    terms, known = _terms(words), vocabulary or Vocabulary()
    number = sum(not term.excluded for term in terms)
    most = max(_AT_LEAST, (_ENTERED if entered else _WHILE_TYPING) // max(1, number))
    wanted = [_expression(term, known, most, entered) for term in terms if not term.excluded]
    unwanted = [_expression(term, Vocabulary(), most, entered) for term in terms if term.excluded]
    if not wanted:
        return ""
    required = " AND ".join(wanted)
    return f"({required}) NOT ({' OR '.join(unwanted)})" if unwanted else required


class Vocabulary:
    """The words of the index; knows none without a connection."""

    def __init__(self, connection: Connection | None = None) -> None:
        self._connection = connection

    def compounds(self, word: str, limit: int) -> list[str]:
        """The commonest words that end in this one."""
        end = _bare(word)
        if len(end) < SHORTEST_END or not end.isalpha():
            return []
        found = self._range("word_ends", "reversed", end[::-1], len(end) + _SHORTEST_HEAD, limit)
        return [reverse[::-1] for reverse, _articles in found]

    def beginnings(self, word: str, limit: int) -> list[str] | None:
        """The commonest words that begin so; None when they are so few that all may be sought."""
        found = self._range("word_starts", "word", _bare(word), 0, _JUDGED_BY)
        if sum(articles for _word, articles in found) <= _CHEAP_HITS:
            return None
        return [longer for longer, _articles in found[:limit]]

    def _range(self, table: str, column: str, start: str, shortest: int, limit: int) -> list[tuple[str, int]]:
        if self._connection is None:
            return []
        return self._connection.execute(
            f"SELECT {column}, articles FROM (SELECT {column}, articles FROM {table}"
            f" WHERE {column} > ? AND {column} < ? AND length({column}) >= ? LIMIT ?) ORDER BY articles DESC LIMIT ?",
            (start, start + "\U0010ffff", shortest, _MOST_LOOKED_AT, limit),
        ).fetchall()


def _terms(words: str) -> list[_Term]:
    found = [
        (_WORD.findall(m[2] if quoted else m[4]), quoted, bool(m[1] or m[3]))
        for m in _TERM.finditer(fold(words))
        for quoted in [m[2] is not None]
    ]
    kept = [group for group in found if group[0]]
    open_end = not words[-1:].isspace()
    return [
        _Term(parts, quoted, excluded, open_end and not quoted and not excluded and number == len(kept))
        for number, (parts, quoted, excluded) in enumerate(kept, 1)
    ]


def _expression(term: _Term, vocabulary: Vocabulary, most: int, entered: bool) -> str:
    """What one term seeks: besides itself at most ``most`` compounds and, while it is typed, longer words."""
    phrase = " ".join(term.words)
    spelt = [phrase]
    bare = " ".join(_TRANSCRIBED.sub(lambda m: m[0][0], word.lower()) for word in term.words)
    if bare != phrase.lower():
        spelt.append(bare)
    single = len(term.words) == 1 and not term.quoted
    begins = term.last and len(term.words[-1]) >= SHORTEST_START
    most = max(_AT_LEAST, most // len(spelt))
    choices: list[str] = []
    for spelling in spelt:
        longer = vocabulary.beginnings(spelling, most // 2) if single and begins and not entered else None
        choices.append(f'"{spelling}"*' if begins and longer is None else f'"{spelling}"')
        if single:
            ends = vocabulary.compounds(spelling, most if longer is None else most - most // 2)
            choices += [f'"{word}"' for word in (*(longer or ()), *ends)]
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
    counted: Counter[str] = Counter()
    for article_id, position, title, body in rows:
        headline, text = _indexed_text(title, unpack_document(body))
        connection.execute("INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)", (position, headline, text))
        connection.execute("UPDATE articles SET indexed = 1 WHERE id = ?", (article_id,))
        counted.update(set(_INDEXED.findall(_bare(f"{headline} {text}"))))
    _count_words(connection, counted)
    return len(rows)


def _count_words(connection: Connection, counted: Counter[str]) -> None:
    """Keep the vocabulary. Sorted, so that a page is touched once; a word is never taken out, it then finds nothing."""
    ends = {word[::-1]: n for word, n in counted.items() if len(word) >= SHORTEST_END + _SHORTEST_HEAD}
    for table, column, words in (("word_starts", "word", counted), ("word_ends", "reversed", ends)):
        connection.executemany(
            f"INSERT INTO {table} VALUES (?, ?)"
            f" ON CONFLICT ({column}) DO UPDATE SET articles = articles + excluded.articles",
            sorted(words.items()),
        )


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
