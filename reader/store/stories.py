"""Which articles tell one story, which print one text, and what the clustering needs to know of the last days.

Knows rows and keys; must not know how stories are found (analysis/stories.py does).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from reader.model.query import ArticleQuery, View
from reader.model.story import ToldApart
from reader.store.codec import pack_text, unpack_text
from reader.store.connection import Connection

_CHUNK = 500
_OUTLET = "CASE a.outlet WHEN '' THEN f.title ELSE a.outlet END"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An article as the clustering knows it; ``position`` in microseconds, ``story`` the one it belongs to already."""

    id: int
    position: int
    title: str
    outlet: str
    genre: str
    completeness: str
    story: int | None


_CANDIDATE = tuple(field.name for field in fields(Candidate))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending(Candidate):
    """An article that is to be put to its story; if it has one already, its text has changed. ``body`` is the packed
    document.
    """

    digest: bytes
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Known(Candidate):
    """An article of the last days that has been put to its story."""

    copy: int | None
    opening: str
    sketch: bytes
    agency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where an article belongs: ``story`` and ``copy`` are ids of the first articles there, its own for alone."""

    id: int
    digest: bytes
    story: int
    copy: int
    opening: str
    sketch: bytes
    agency: str


def pending(connection: Connection, limit: int) -> list[Pending]:
    """Analysed articles that have not been put to their stories, oldest first."""
    return [
        Pending(**_candidate(columns), digest=digest, body=body)
        for *columns, digest, body in connection.execute(
            f"SELECT a.id, a.position, a.title, {_OUTLET}, a.genre, a.completeness, a.story_id, d.digest, d.body"
            " FROM articles a CROSS JOIN documents d ON d.article_id = a.id CROSS JOIN feeds f ON f.id = a.feed_id"
            " WHERE a.clustered = 0 AND a.analysed <> 0 ORDER BY a.position LIMIT ?",
            (limit,),
        )
    ]


def known(connection: Connection, since_us: int, limit: int) -> list[Known]:
    """The latest ``limit`` articles since a time that have been put to their stories, oldest first."""
    found = connection.execute(
        f"SELECT a.id, t.position, a.title, {_OUTLET}, a.genre, a.completeness, a.story_id, a.copy_id,"
        " t.opening, t.sketch, t.agency FROM tellings t CROSS JOIN articles a ON a.id = t.article_id"
        " CROSS JOIN feeds f ON f.id = a.feed_id"
        " WHERE t.position >= ? AND a.clustered = 1 ORDER BY t.position DESC LIMIT ?",
        (since_us, limit),
    ).fetchall()
    return [
        Known(**_candidate(columns), copy=copy, opening=unpack_text(opening), sketch=sketch, agency=agency)
        for *columns, copy, opening, sketch, agency in reversed(found)
    ]


def told_apart(connection: Connection, ids: Sequence[int]) -> dict[int, list[int]]:
    """What each of these has been told apart from."""
    found: dict[int, list[int]] = {}
    for part in _parts(ids):
        marks = ",".join("?" * len(part))
        for number, other in connection.execute(
            f"SELECT article_id, other_id FROM told_apart WHERE article_id IN ({marks})"
            f" UNION SELECT other_id, article_id FROM told_apart WHERE other_id IN ({marks})",
            (*part, *part),
        ):
            found.setdefault(number, []).append(other)
    return found


def save(connection: Connection, placed: Sequence[Placed], keep_us: int) -> None:
    """Put articles to their stories; forget openings and sketches older than ``keep_us`` before the newest.

    An article whose text has changed meanwhile stays pending.
    """
    for one in placed:
        row = connection.execute(
            "SELECT a.position, a.story_id, a.copy_id FROM articles a JOIN documents d ON d.article_id = a.id"
            " WHERE a.id = ? AND d.digest = ?",
            (one.id, one.digest),
        ).fetchone()
        if row is None:
            continue
        position, story, copy = row
        connection.execute("UPDATE articles SET clustered = 1 WHERE id = ?", (one.id,))
        connection.execute(
            "INSERT OR REPLACE INTO tellings VALUES (?, ?, ?, ?, ?)",
            (one.id, position, pack_text(one.opening), one.sketch, one.agency),
        )
        if copy is not None and copy != one.copy:
            _leave_copies(connection, one.id, copy)
        if story is None and one.story != one.id:
            _join(connection, "story_id", one.id, one.story)
        if one.copy != one.id and (joined := _join(connection, "copy_id", one.id, one.copy)) is not None:
            _name_agency(connection, joined)
    connection.execute(
        "DELETE FROM tellings WHERE position < (SELECT max(position) FROM tellings) - ?",
        (keep_us,),
    )


def tellings_of(connection: Connection, stories: Collection[int]) -> dict[int, list[tuple[int, str]]]:
    """(article id, outlet) of all articles of these stories, newest first."""
    found: dict[int, list[tuple[int, str]]] = {}
    for part in _parts(list(stories)):
        for story, number, outlet in connection.execute(
            f"SELECT a.story_id, a.id, {_OUTLET} FROM articles a CROSS JOIN feeds f ON f.id = a.feed_id"
            f" WHERE a.story_id IN ({','.join('?' * len(part))}) ORDER BY a.story_id, a.position DESC",
            part,
        ):
            found.setdefault(story, []).append((number, outlet))
    return found


def story_of(connection: Connection, article_id: int) -> int | None:
    """The story of an article, if others tell it as well."""
    row = connection.execute("SELECT story_id FROM articles WHERE id = ?", (article_id,)).fetchone()
    return None if row is None else row[0]


def copies_of(connection: Connection, ids: Sequence[int]) -> list[int]:
    """The articles that print the text of one of these, these included."""
    found: list[int] = []
    for part in _parts(ids):
        found += [
            row[0]
            for row in connection.execute(
                "SELECT c.id FROM articles a CROSS JOIN articles c ON c.copy_id = a.copy_id"
                f" WHERE a.id IN ({','.join('?' * len(part))})",
                part,
            )
        ]
    return list(dict.fromkeys([*ids, *found]))


def latest(connection: Connection, since_us: int, limit: int) -> list[tuple[int, list[int]]]:
    """(story, article ids newest first) of the stories with an article since then, the newest story first."""
    found: dict[int, None] = {}
    for (story,) in connection.execute(
        "SELECT story_id FROM articles WHERE position >= ? AND story_id IS NOT NULL ORDER BY position DESC", (since_us,)
    ):
        found.setdefault(story)
        if len(found) == limit:
            break
    # Another process may have taken a story apart since.
    told = tellings_of(connection, found)
    return [(story, [number for number, _ in told[story]]) for story in found if len(told.get(story, ())) > 1]


def tell_apart(connection: Connection, article_id: int) -> ToldApart | None:
    """Take an article out of its story for good; nothing where it stands alone."""
    row = connection.execute("SELECT story_id, copy_id FROM articles WHERE id = ?", (article_id,)).fetchone()
    if row is None or row[0] is None:
        return None
    story, copy = row
    others = [number for number, _ in tellings_of(connection, [story])[story] if number != article_id]
    if not others:
        return None
    before = set(told_apart(connection, [article_id]).get(article_id, ()))
    added = [number for number in others if number not in before]
    connection.executemany("INSERT INTO told_apart VALUES (?, ?)", [(article_id, number) for number in added])
    copies = [] if copy is None else [number for number in copies_of(connection, [article_id]) if number != article_id]
    _leave(connection, "story_id", article_id, story)
    if copy is not None:
        _leave_copies(connection, article_id, copy)
    return ToldApart(article_id=article_id, copies=tuple(copies), others=tuple(others), added=tuple(added))


def undo(connection: Connection, done: ToldApart) -> None:
    """Put an article back to where it was taken from."""
    connection.executemany(
        "DELETE FROM told_apart WHERE article_id = ? AND other_id = ?", [(done.article_id, n) for n in done.added]
    )
    if not _exists(connection, done.article_id):
        return
    _reunite(connection, "story_id", done.article_id, done.others)
    copy = _reunite(connection, "copy_id", done.article_id, done.copies)
    if copy is not None:
        _name_agency(connection, copy)


def leave_no_one_alone(connection: Connection, article_id: int) -> None:
    """To be called before an article is removed: one that alone is left of a story or a text is no group."""
    for column, cleared in (("story_id", "story_id = NULL"), ("copy_id", "copy_id = NULL, agency = ''")):
        rest = connection.execute(
            f"SELECT o.id FROM articles a CROSS JOIN articles o ON o.{column} = a.{column}"
            " WHERE a.id = ? AND o.id <> a.id LIMIT 2",
            (article_id,),
        ).fetchall()
        if len(rest) == 1:
            connection.execute(f"UPDATE articles SET {cleared} WHERE id = ?", rest[0])


def _reunite(connection: Connection, column: str, article_id: int, others: Sequence[int]) -> int | None:
    """Put an article to the group of those that are still there, or make one of them; its number."""
    there = [number for number in others if _exists(connection, number)]
    if not there:
        return None
    rows = (connection.execute(f"SELECT {column} FROM articles WHERE id = ?", (number,)).fetchone() for number in there)
    group = min((row[0] for row in rows if row[0] is not None), default=min(*there, article_id))
    for number in (*there, article_id):
        connection.execute(f"UPDATE articles SET {column} = ? WHERE id = ?", (group, number))
    return int(group)


def newest_of_its_story(query: ArticleQuery) -> str:
    """A condition that only the newest article of a story within this list meets; for ``articles a`` or ``entries e``.

    One look into the index of stories for each row that is walked, whatever else is stored. A search shows every hit.
    """
    if not query.together or query.view is View.STORY:
        return ""
    newer = "SELECT 1 FROM articles n WHERE n.story_id = {story} AND n.position > {place}"
    in_articles = newer.format(story="a.story_id", place="a.position")
    in_entries = newer.format(story="(SELECT story_id FROM articles WHERE id = e.article_id)", place="e.position")
    match query.view:
        case View.UNREAD:
            return f" AND NOT EXISTS ({in_articles} AND n.read = 0)"
        case View.STARRED:
            return f" AND NOT EXISTS ({in_articles} AND n.starred = 1)"
        case View.FEED:
            same = "SELECT 1 FROM entries m WHERE m.feed_id = e.feed_id AND m.position = n.position"
            return f" AND NOT EXISTS ({in_entries} AND EXISTS ({same}))"
        case View.FOLDER:
            same = "SELECT 1 FROM entries m WHERE m.folder_id = e.folder_id AND m.position = n.position"
            return f" AND NOT EXISTS ({in_entries} AND EXISTS ({same}))"
        case _:
            return f" AND NOT EXISTS ({in_articles})"


def _join(connection: Connection, column: str, article_id: int, wanted: int) -> int | None:
    """Put an article to the group that the article ``wanted`` began or is in; the group's number.

    None, and nothing done, where that is gone or a person has told them apart since the place was decided.
    """
    row = connection.execute(
        f"SELECT coalesce((SELECT {column} FROM articles WHERE {column} = ?1 LIMIT 1),"
        f" (SELECT coalesce({column}, id) FROM articles WHERE id = ?1))",
        (wanted,),
    ).fetchone()
    group = row[0]
    apart = told_apart(connection, [article_id]).get(article_id, [])
    members = connection.execute(
        f"SELECT id FROM articles WHERE (id = ?1 OR {column} = ?1) AND id <> ?2",
        (group, article_id),
    ).fetchall()
    if not members or any(member in apart for (member,) in members):
        return None
    connection.execute(f"UPDATE articles SET {column} = ? WHERE id = ?", (group, article_id))
    connection.execute(f"UPDATE articles SET {column} = ?1 WHERE id = ?1 AND {column} IS NULL", (group,))
    return int(group)


def _leave(connection: Connection, column: str, article_id: int, group: int) -> None:
    """Take an article out; the rest keeps its number unless it was this article's, and one alone is no group."""
    connection.execute(f"UPDATE articles SET {column} = NULL WHERE id = ?", (article_id,))
    rest = [row[0] for row in connection.execute(f"SELECT id FROM articles WHERE {column} = ?", (group,))]
    if len(rest) == 1:
        connection.execute(f"UPDATE articles SET {column} = NULL WHERE id = ?", rest)
    elif rest and group == article_id:
        connection.execute(f"UPDATE articles SET {column} = ? WHERE {column} = ?", (min(rest), group))


def _leave_copies(connection: Connection, article_id: int, copy: int) -> None:
    """The same for a text; who stands alone then prints no agency's text with others."""
    rest = [row[0] for row in connection.execute("SELECT id FROM articles WHERE copy_id = ?", (copy,))]
    _leave(connection, "copy_id", article_id, copy)
    alone = {article_id, *rest} if len(rest) <= 2 else {article_id}
    connection.executemany("UPDATE articles SET agency = '' WHERE id = ?", [(number,) for number in alone])


def _name_agency(connection: Connection, copy: int) -> None:
    """The agency that any of the copies of a text names stands for all of them."""
    row = connection.execute(
        "SELECT t.agency FROM articles a CROSS JOIN tellings t ON t.article_id = a.id"
        " WHERE a.copy_id = ? AND t.agency <> '' ORDER BY a.position LIMIT 1",
        (copy,),
    ).fetchone()
    if row is not None:
        connection.execute("UPDATE articles SET agency = ? WHERE copy_id = ?", (row[0], copy))


def _exists(connection: Connection, article_id: int) -> bool:
    return connection.execute("SELECT 1 FROM articles WHERE id = ?", (article_id,)).fetchone() is not None


def _parts(ids: Sequence[int]) -> Iterable[list[int]]:
    return (list(ids[start : start + _CHUNK]) for start in range(0, len(ids), _CHUNK))


__all__ = [
    "Known",
    "Pending",
    "Placed",
    "copies_of",
    "known",
    "latest",
    "leave_no_one_alone",
    "newest_of_its_story",
    "pending",
    "save",
    "story_of",
    "tell_apart",
    "tellings_of",
    "told_apart",
    "undo",
]


def _candidate(columns: Sequence[Any]) -> dict[str, Any]:
    """What ``Candidate`` holds, from columns in the order of its fields."""
    return dict(zip(_CANDIDATE, columns, strict=True))
