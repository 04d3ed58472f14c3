"""The full-text index: what goes in, and how a person's words become a query that cannot fail.

FTS5 without content of its own (https://www.sqlite.org/fts5.html, §4.4.2): the row id is the article's
position in steps of ``STEP_US``, so the newest hits come first by key and a common word costs no more than a rare one.
It knows nothing of the order of words (phrases.py does).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from reader.store.codec import text_of
from reader.store.compaction import compact
from reader.store.connection import Connection
from reader.store.folding import bare, fold
from reader.store.phrases import Phrases, Spellings, phrase
from reader.store.times import STEP_US

_TERM = re.compile(r'(-?)"([^"]*)"?|(-?)(\S+)')
_WORD = re.compile(r"[^\W_]+")
_OLDER = unicodedata.ucd_3_2_0
"""SQLite's tokenizer knows fewer letters than Python. A word with one that it takes for a sign would be two words to it
and a phrase, which this index refuses; so letters that came to Unicode later part words here as well."""
# "Muenchen" for "München", where the two letters are not plainly two sounds (Bauer, neue, Quelle).
_TRANSCRIBED = re.compile(r"(?<![aeq])ue|ae|oe")

SHORTEST_START = 3
"""A word being typed is a beginning from so many letters on; fewer begin half of all words."""
SHORTEST_END = 4
"""A word of so many letters is also sought as the last part of compounds (Gesetz in Energiegesetz, not Ei in Brei)."""
_SHORTEST_HEAD = 3
_INDEXED = re.compile(rf"[^\W_]{{{SHORTEST_START},60}}")
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
_MOST_PARTS = 4
_MERGED_PAGES = 2_000
"""Pages of 4 kB that one step of merging writes: a tenth of a second, and all of an index of 25,000 articles."""


@dataclass(frozen=True, slots=True)
class _Term:
    words: list[str]
    quoted: bool
    excluded: bool
    last: bool
    """Whether nothing follows, not even a blank: then it may be a beginning."""

    @property
    def in_order(self) -> bool:
        """Whether there are several words, which must follow each other."""
        return len(self.words) > 1

    @property
    def begins(self) -> bool:
        """Whether the last word may go on."""
        return self.last and len(self.words[-1]) >= SHORTEST_START


def match_expression(words: str, vocabulary: Vocabulary | None = None, *, entered: bool = False) -> str:
    """The FTS5 query for what a person typed, or "" when there is no word in it that must occur.

    All words must occur, by themselves or as the last part of a compound; those "in quotation marks" too, and
    ``phrases_in`` sees to their order; -those must not occur; the last word may be a beginning. While a word is being
    typed, the commonest of very many beginnings and compounds are enough; a blank behind it seeks it alone and in more
    compounds. ``entered``: the rare ones are sought too.
    """
    terms, known = _terms(words), vocabulary or Vocabulary()
    number = sum(not term.excluded for term in terms)
    # Of several words the lists of all are read further for each hit, the further the more words there are.
    most = max(_AT_LEAST, _ENTERED // max(1, number) if entered else _WHILE_TYPING * 2 // (number * (number + 1) or 1))
    wanted = [_expression(term, known, most, entered) for term in terms if not term.excluded]
    unwanted = [_expression(term, Vocabulary(), most, entered) for term in terms if term.excluded and not term.in_order]
    if not wanted:
        return ""
    required = " AND ".join(wanted)
    return f"({required}) NOT ({' OR '.join(unwanted)})" if unwanted else required


def phrases_in(words: str) -> Phrases:
    """What the index cannot tell: which words must, or must not, follow each other."""
    in_order = [term for term in _terms(words) if term.in_order]

    def spellings(term: _Term) -> Spellings:
        return tuple(phrase(spelling, begins=term.begins) for spelling in _spelt(term))

    return Phrases(
        wanted=tuple(spellings(term) for term in in_order if not term.excluded),
        unwanted=tuple(spellings(term) for term in in_order if term.excluded),
    )


class Vocabulary:
    """The words of the index; knows none without a connection."""

    def __init__(self, connection: Connection | None = None) -> None:
        self._connection = connection

    def compounds(self, word: str, limit: int) -> list[str]:
        """The commonest words that end in this one."""
        end = bare(word)
        if len(end) < SHORTEST_END or not end.isalpha():
            return []
        found = self._range("word_ends", "reversed", end[::-1], len(end) + _SHORTEST_HEAD, limit)
        return [reverse[::-1] for reverse, _articles in found]

    def beginnings(self, word: str, limit: int) -> list[str] | None:
        """The commonest words that begin so; None when they and the word itself are so few that all may be sought."""
        start = bare(word)
        found = self._range("word_starts", "word", start, 0, _JUDGED_BY)
        if sum(articles for _word, articles in found) + self._articles(start) <= _CHEAP_HITS:
            return None
        return [longer for longer, _articles in found[:limit]]

    def _articles(self, word: str) -> int:
        if self._connection is None:
            return 0
        found = self._connection.execute("SELECT articles FROM word_starts WHERE word = ?", (word,)).fetchone()
        return int(found[0]) if found is not None else 0

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
        (_words(m[2] if quoted else m[4]), quoted, bool(m[1] or m[3]))
        for m in _TERM.finditer(fold(words))
        for quoted in [m[2] is not None]
    ]
    kept = [group for group in found if group[0]]
    open_end = not words[-1:].isspace()
    return [
        _Term(parts, quoted, excluded, open_end and not quoted and not excluded and number == len(kept))
        for number, (parts, quoted, excluded) in enumerate(kept, 1)
    ]


def _words(text: str) -> list[str]:
    if not text.isascii():
        text = "".join(" " if _OLDER.category(sign) == "Cn" else sign for sign in text)
    return _WORD.findall(text)


def _spelt(term: _Term) -> list[list[str]]:
    """The words as they were typed and, where that is something else, with umlauts instead of their transcription."""
    plain = [_TRANSCRIBED.sub(lambda m: m[0][0], word.lower()) for word in term.words]
    return [term.words, plain] if plain != [word.lower() for word in term.words] else [term.words]


def _expression(term: _Term, vocabulary: Vocabulary, most: int, entered: bool) -> str:
    """What one term seeks: besides itself at most ``most`` compounds and, while it is typed, longer words."""
    spelt = _spelt(term)
    most = max(_AT_LEAST, most // len(spelt))
    choices: list[str] = []
    for words in spelt:
        if term.in_order:
            *row, last = (f'"{word}"' for word in words)
            longer = vocabulary.beginnings(words[-1], most) if term.begins and not entered else None
            if longer:
                last = _any([last, *(f'"{other}"' for other in longer)])
            elif term.begins and longer is None:
                last += "*"
            choices.append(f"({' AND '.join((*row, last))})")
            continue
        (word,) = words
        single = not term.quoted
        longer = vocabulary.beginnings(word, most // 2) if single and term.begins and not entered else None
        choices.append(f'"{word}"*' if term.begins and longer is None else f'"{word}"')
        if single:
            ends = vocabulary.compounds(word, most if longer is None else most - most // 2)
            choices += [f'"{other}"' for other in (*(longer or ()), *ends)]
    return _any(choices)


def _any(choices: list[str]) -> str:
    return choices[0] if len(choices) == 1 else f"({' OR '.join(choices)})"


def index_pending(connection: Connection, limit: int) -> int:
    """Index up to ``limit`` articles that are not yet findable, newest first; the number done."""
    rows = connection.execute(
        "SELECT a.id, a.position, a.title, d.body FROM articles a JOIN documents d ON d.article_id = a.id"
        " WHERE a.indexed = 0 ORDER BY a.position DESC LIMIT ?",
        (limit,),
    ).fetchall()
    counted: Counter[str] = Counter()
    for article_id, position, title, body in rows:
        headline, text = fold(title), fold(text_of(body))
        connection.execute(
            "INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)", (position // STEP_US, headline, text)
        )
        connection.execute("UPDATE articles SET indexed = 1 WHERE id = ?", (article_id,))
        counted.update(set(_INDEXED.findall(bare(f"{headline} {text}"))))
    _count_words(connection, counted)
    if rows:
        compact(connection)
    if 0 < len(rows) < limit:  # the last ones of a refresh
        merge(connection)
    return len(rows)


def merge(connection: Connection) -> bool:
    """Bring the parts of the index (fts5, §6.8) a step nearer to being one, if there are many; whether there still are.

    Each word is looked up in each part: among 100,000 articles a search took 0.9 ms in seven and takes 0.2 ms in one.
    """
    if _parts(connection) <= _MOST_PARTS:
        return False
    connection.execute("INSERT INTO search (search, rank) VALUES ('merge', ?)", (-_MERGED_PAGES,))
    return _parts(connection) > _MOST_PARTS


def _parts(connection: Connection) -> int:
    (parts,) = connection.execute("SELECT count(DISTINCT segid) FROM search_idx").fetchone()
    return int(parts)


def _count_words(connection: Connection, counted: Counter[str]) -> None:
    """Keep the vocabulary. Sorted, so that a page is touched once; a word is never taken out, it then finds nothing."""
    long = SHORTEST_END + _SHORTEST_HEAD
    ends = {word[::-1]: n for word, n in counted.items() if len(word) >= long}
    # Four of five words are compounds that never come again; nobody is offered one for a beginning.
    known = "SELECT 1 FROM word_ends WHERE reversed = ?"
    starts = {
        word: n
        for word, n in counted.items()
        if n > 1 or len(word) < long or connection.execute(known, (word[::-1],)).fetchone()
    }
    for table, column, words in (("word_starts", "word", starts), ("word_ends", "reversed", ends)):
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
        (position // STEP_US, fold(title), fold(text_of(body))),
    )
    connection.execute("UPDATE articles SET indexed = 0 WHERE id = ?", (article_id,))
