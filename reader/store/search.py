"""The full-text index: what goes in, and how a person's words become a query that cannot fail.

FTS5 without content of its own (https://www.sqlite.org/fts5.html, §4.4.2): the row id is the article's
position, so the newest hits come first by key and a common word costs no more than a rare one.
"""

from __future__ import annotations

import re

from reader.model.article import Document
from reader.store.codec import unpack_document
from reader.store.connection import Connection

_TERM = re.compile(r'"([^"]*)"?|(\S+)')
_WORD = re.compile(r"[^\W_]+")
# "Muenchen" for "München", where the two letters are not plainly two sounds (Bauer, neue, Quelle).
_TRANSCRIBED = re.compile(r"(?<![aeq])ue|ae|oe")


def fold(text: str) -> str:
    """What the tokenizer does not fold itself: ß as ss. (It drops the dots of umlauts, and case.)"""
    return text.replace("ß", "ss").replace("ẞ", "SS")


def match_expression(words: str) -> str:
    """The FTS5 query for what a person typed, or "" when there is no word in it.

    All words must occur; "in quotation marks" they must follow each other; the last word may be a beginning.
    """
    groups = [(m[1], True) if m[1] is not None else (m[2], False) for m in _TERM.finditer(fold(words))]
    terms = [(found, quoted) for text, quoted in groups if (found := _WORD.findall(text))]
    if not terms:
        return ""
    open_end = not words[-1:].isspace() and not terms[-1][1]
    return " AND ".join(
        _term(found, prefix=open_end and number == len(terms)) for number, (found, _quoted) in enumerate(terms, 1)
    )


def _term(words: list[str], *, prefix: bool) -> str:
    star = "*" if prefix else ""
    phrase = f'"{" ".join(words)}"{star}'
    bare = " ".join(_TRANSCRIBED.sub(lambda m: m[0][0], word.lower()) for word in words)
    if bare == " ".join(words).lower():
        return phrase
    return f'({phrase} OR "{bare}"{star})'


def index_pending(connection: Connection, limit: int) -> int:
    """Index up to ``limit`` articles that are not yet findable, newest first; the number done."""
    rows = connection.execute(
        "SELECT a.id, a.position, a.title, d.body FROM articles a JOIN documents d ON d.article_id = a.id"
        " WHERE a.indexed = 0 ORDER BY a.position DESC LIMIT ?",
        (limit,),
    ).fetchall()
    for article_id, position, title, body in rows:
        connection.execute(
            "INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)",
            (position, *_indexed_text(title, unpack_document(body))),
        )
        connection.execute("UPDATE articles SET indexed = 1 WHERE id = ?", (article_id,))
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
