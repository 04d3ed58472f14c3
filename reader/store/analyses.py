"""Analyses by the digest of their document and the version that made them, and the list columns drawn from
them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reader.model.analysis import Analysis
from reader.store.codec import beside, text_of, unpack_analysis
from reader.store.connection import Connection
from reader.store.listing import missing_article

_SHOWN = "sources, anonymous, first_point, genre, completeness, minutes, badges"
"""The columns that ``Summary`` fills."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a list row shows of an analysis."""

    sources: int
    anonymous: int
    first_point: str
    genre: str
    completeness: str
    minutes: int = 0
    badges: str = ""
    """Values of ``model.article.Badge``, parted by blanks."""


def analysis(connection: Connection, digest: bytes) -> Analysis | None:
    """The newest stored analysis of a document; its ``version`` tells whether it is still current."""
    row = connection.execute(
        "SELECT x.body, d.body FROM analyses x CROSS JOIN documents d ON d.digest = x.digest"
        " WHERE x.digest = ? ORDER BY x.version DESC LIMIT 1",
        (digest,),
    ).fetchone()
    return None if row is None else unpack_analysis(row[0], digest, text_of(row[1]))


def version_settled(connection: Connection) -> int:
    """The version of the analysis that ``forget_others`` was last called for; 0 for none."""
    row = connection.execute("SELECT value FROM notes WHERE name = 'analysis'").fetchone()
    return 0 if row is None else int(row[0])


def forget_others(connection: Connection, version: int) -> None:
    """Have every article analysed anew that another version of the analysis has seen."""
    connection.execute("UPDATE articles SET analysed = 0 WHERE analysed NOT IN (0, ?)", (version,))
    connection.execute("INSERT OR REPLACE INTO notes VALUES ('analysis', ?)", (str(version),))


def pending(connection: Connection, limit: int) -> list[tuple[int, bytes, bytes]]:
    """(article id, digest, packed document) of articles without an analysis, newest first, each document once."""
    found = connection.execute(
        "SELECT a.id, d.digest, d.body FROM articles a JOIN documents d ON d.article_id = a.id"
        " WHERE a.analysed = 0 AND d.pending = 0 ORDER BY a.position DESC LIMIT ?",
        (limit,),
    )
    by_digest: dict[bytes, tuple[int, bytes, bytes]] = {}
    for row in found:
        by_digest.setdefault(row[1], row)
    return list(by_digest.values())


def twins(connection: Connection, version: int) -> list[tuple[int, int]]:
    """Articles without an analysis, each with one that has the same document and was analysed by this version."""
    found = connection.execute(
        "SELECT a.id, o.id FROM articles a CROSS JOIN documents d ON d.article_id = a.id"
        " CROSS JOIN documents e ON e.digest = d.digest CROSS JOIN articles o ON o.id = e.article_id"
        " WHERE a.analysed = 0 AND o.analysed = ? ORDER BY a.position",
        (version,),
    )
    return list(dict(found.fetchall()).items())


def share(connection: Connection, pairs: Sequence[tuple[int, int]], version: int) -> list[int]:
    """Have the first of each pair show what the second shows, if their documents are still the same; their ids."""
    shared = []
    for article_id, other in pairs:
        shared += connection.execute(
            f"UPDATE articles SET (analysed, {_SHOWN}) ="
            f" (SELECT o.analysed, {_SHOWN} FROM articles o WHERE o.id = ?2) WHERE id = ?1 AND analysed = 0"
            " AND (SELECT digest FROM documents WHERE article_id = ?1) ="
            " (SELECT d.digest FROM documents d JOIN articles o ON o.id = d.article_id"
            "  WHERE d.article_id = ?2 AND o.analysed = ?3) RETURNING id",
            (article_id, other, version),
        ).fetchall()
    return [row[0] for row in shared]


def pending_count(connection: Connection) -> int:
    """How many articles are without an analysis."""
    (count,) = connection.execute("SELECT count(*) FROM articles WHERE analysed = 0").fetchone()
    return int(count)


def packed_document(connection: Connection, article_id: int) -> tuple[bytes, bytes]:
    """(digest, packed document) of an article; raises ``NotFoundError``."""
    row = connection.execute("SELECT digest, body FROM documents WHERE article_id = ?", (article_id,)).fetchone()
    if row is None:
        raise missing_article(article_id)
    return row[0], row[1]


def digest(connection: Connection, article_id: int) -> bytes:
    """The digest of an article's document; raises ``NotFoundError``."""
    row = connection.execute("SELECT digest FROM documents WHERE article_id = ?", (article_id,)).fetchone()
    if row is None:
        raise missing_article(article_id)
    return bytes(row[0])


def save(connection: Connection, done: Sequence[tuple[int, bytes, bytes, Summary | None]], version: int) -> list[int]:
    """Store (article id, digest, packed analysis, summary), for every article with that document; their ids.

    Without a summary the document could not be analysed and is not tried again by this version. A document that
    changed meanwhile stays pending.
    """
    stored: list[int] = []
    for _article_id, digest, body, summary in done:
        if summary is not None:
            connection.execute("DELETE FROM analyses WHERE digest = ? AND version < ?", (digest, version))
            row = connection.execute("SELECT body FROM documents WHERE digest = ?", (digest,)).fetchone()
            kept = body if row is None else beside(body, text_of(row[0]))
            connection.execute("INSERT OR REPLACE INTO analyses VALUES (?, ?, ?)", (digest, version, kept))
        shown = summary or Summary(sources=0, anonymous=0, first_point="", genre="", completeness="")
        stored += [
            row[0]
            for row in connection.execute(
                f"UPDATE articles SET (analysed, {_SHOWN}) = (?, ?, ?, ?, ?, ?, ?, ?)"
                " WHERE id IN (SELECT article_id FROM documents WHERE digest = ?) RETURNING id",
                (
                    version,
                    shown.sources,
                    shown.anonymous,
                    shown.first_point,
                    shown.genre,
                    shown.completeness,
                    shown.minutes,
                    shown.badges,
                    digest,
                ),
            ).fetchall()
        ]
    return stored
