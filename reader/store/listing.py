"""What the lists show: windows, ids, rows and counts, always newest first and by key, never by number.

Every statement walks one index in the order of the list and stops at its limit, so its cost does not depend
on how much is stored (tests/store/test_plans.py reads the query plans).
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from reader.errors import N_, NotFoundError
from reader.model.article import Article, ArticleRow, Badge
from reader.model.query import ArticleQuery, Counts, Cursor, View, Window
from reader.store import stories
from reader.store.codec import unpack_guid, unpack_strings
from reader.store.connection import Connection
from reader.store.phrases import FRESH, LOOKED_INTO
from reader.store.search import Vocabulary, match_expression, phrases_in
from reader.store.times import STEP_US, from_us, optional_time, to_us

LAST = 2**63 - 1
CHUNK = 500
"""Ids in one statement; SQLite's limit on variables was 999 for long."""

LOOKED_AT = 3_000
"""So many hits of a search that is being typed are looked up in a view that may hold few of them: one or two ms."""

_ROW = (
    "a.id, a.feed_id, a.title, CASE a.outlet WHEN '' THEN f.title ELSE a.outlet END,"
    " a.published_us, a.fetched_us, a.read, a.starred,"
    " a.sources, a.anonymous, a.first_point, a.genre, a.completeness,"
    " a.minutes, a.badges, a.story_id, a.agency"
)


def window(connection: Connection, query: ArticleQuery, after: Cursor | None = None, limit: int = 64) -> Window:
    """The next ``limit`` rows of a list, from its beginning or below ``after``."""
    statement, values = _walk(connection, query, after.published if after is not None else LAST)
    found = connection.execute(statement, (*values, limit)).fetchall()
    more = Cursor(found[-1][1], found[-1][0]) if len(found) == limit else None
    return Window(rows=tuple(rows(connection, [record[0] for record in found])), after=more)


def ids(connection: Connection, query: ArticleQuery) -> array[int]:
    """The newest article ids of a list, as many as its ``bound`` allows."""
    return _ids(connection, query, -1 if query.bound is None else query.bound)


def unread_ids(connection: Connection, query: ArticleQuery) -> list[int]:
    """The ids of a list's unread articles, however many, those too that another row stands for."""
    wanted = replace(query, together=False)
    if query.view is View.ALL:
        return _ids(connection, replace(wanted, view=View.UNREAD), -1).tolist()
    unread: list[int] = []
    listed = _ids(connection, wanted, -1)
    for start in range(0, len(listed), CHUNK):
        part = listed[start : start + CHUNK].tolist()
        unread += [
            record[0]
            for record in connection.execute(
                f"SELECT id FROM articles WHERE read = 0 AND id IN ({marks(len(part))})",
                part,
            )
        ]
    return unread


def _ids(connection: Connection, query: ArticleQuery, limit: int) -> array[int]:
    statement, values = _walk(connection, query, LAST)
    found = array("q")
    cursor = connection.execute(statement, (*values, limit))
    while chunk := cursor.fetchmany(4096):
        found.extend([record[0] for record in chunk])
    return found


def rows(connection: Connection, wanted: Sequence[int]) -> list[ArticleRow]:
    """The rows with these ids in this order; ids that are gone are left out."""
    found: dict[int, ArticleRow] = {}
    for start in range(0, len(wanted), CHUNK):
        part = list(wanted[start : start + CHUNK])
        for record in connection.execute(
            f"SELECT {_ROW} FROM articles a CROSS JOIN feeds f ON f.id = a.feed_id WHERE a.id IN ({marks(len(part))})",
            part,
        ):
            found[record[0]] = _row(record)
    told = stories.tellings_of(connection, {row.story for row in found.values() if row.story is not None})
    return [_with_story(found[i], told) for i in wanted if i in found]


def article(connection: Connection, article_id: int) -> Article:
    """One article without its text; raises ``NotFoundError``."""
    record = connection.execute(
        "SELECT a.id, a.feed_id, d.guid, d.address, a.title,"
        " CASE a.outlet WHEN '' THEN f.title ELSE a.outlet END,"
        " d.authors, a.published_us, a.fetched_us, a.updated_us, a.read, a.starred"
        " FROM articles a JOIN feeds f ON f.id = a.feed_id JOIN documents d ON d.article_id = a.id"
        " WHERE a.id = ?",
        (article_id,),
    ).fetchone()
    if record is None:
        raise missing_article(article_id)
    number, feed_id, guid, address, title, outlet, authors, published, fetched, updated, read, starred = record
    return Article(
        id=number,
        feed_id=feed_id,
        guid=unpack_guid(guid, address),
        address=address,
        title=title,
        outlet=outlet,
        authors=unpack_strings(authors),
        published=optional_time(published),
        fetched=from_us(fetched),
        updated=optional_time(updated),
        read=bool(read),
        starred=bool(starred),
    )


def counts(connection: Connection, today_start: datetime) -> Counts:
    """The counts of the smart views; today's articles are few enough to be counted."""
    unread, starred, total = connection.execute("SELECT unread, starred, total FROM totals").fetchone()
    (today,) = connection.execute("SELECT count(*) FROM articles WHERE position >= ?", (to_us(today_start),)).fetchone()
    return Counts(unread=unread, starred=starred, today=today, total=total)


def publication_dates(connection: Connection, feed_id: int, latest: int, until_us: int) -> list[int]:
    """The dates of a feed's newest entries in microseconds, newest first: at most ``latest``, none later than
    ``until_us``, entries without a date left out.
    """
    rows = connection.execute(
        "SELECT a.published_us FROM entries e JOIN articles a ON a.id = e.article_id"
        " WHERE e.feed_id = ? ORDER BY e.position DESC LIMIT ?",
        (feed_id, latest),
    )
    return sorted((row[0] for row in rows if row[0] is not None and row[0] <= until_us), reverse=True)


def missing_article(article_id: int) -> NotFoundError:
    """The error for an id that is not there."""
    return NotFoundError(
        N_("There is no article {id}."),
        hint=N_("“lesart list” shows the articles and their ids."),
        id=article_id,
    )


def marks(number: int) -> str:
    """Placeholders for so many values."""
    return ",".join("?" * number)


def _row(record: tuple[Any, ...]) -> ArticleRow:
    (
        number,
        feed_id,
        title,
        outlet,
        published,
        fetched,
        read,
        starred,
        sources,
        anonymous,
        point,
        genre,
        full,
        minutes,
        badges,
        story,
        agency,
    ) = record
    return ArticleRow(
        id=number,
        feed_id=feed_id,
        title=title,
        outlet=outlet,
        published=from_us(fetched if published is None else published),
        dated=published is not None,
        read=bool(read),
        starred=bool(starred),
        sources=sources,
        anonymous=anonymous,
        first_point=point,
        genre=genre,
        completeness=full,
        minutes=minutes,
        badges=tuple(map(Badge, badges.split())),
        story=story,
        agency=agency,
    )


def _with_story(row: ArticleRow, told: Mapping[int, Sequence[tuple[int, str]]]) -> ArticleRow:
    """The row with what else belongs to its story."""
    others = [outlet for number, outlet in told.get(row.story or 0, ()) if number != row.id]
    if not others:
        return replace(row, story=None) if row.story is not None else row
    names = tuple(outlet for outlet in dict.fromkeys(others) if outlet != row.outlet)
    return replace(row, more=len(others), others=names)


def _walk(connection: Connection, query: ArticleQuery, below: int) -> tuple[str, list[object]]:
    """A statement for (id, position) of a list below a position; its last placeholder is the limit."""
    expression = match_expression(query.search, Vocabulary(connection), entered=query.entered)
    together = stories.newest_of_its_story(query)
    if expression:
        return _search(connection, query, expression, below)
    if query.view is View.FEED:
        return (
            f"SELECT e.article_id, e.position FROM entries e WHERE e.feed_id = ? AND e.position < ?{together}"
            " ORDER BY e.position DESC LIMIT ?",
            [query.feed_id, below],
        )
    if query.view is View.FOLDER:
        # DISTINCT: an article may stand in two feeds of the folder.
        return (
            "SELECT DISTINCT e.article_id, e.position FROM entries e"
            f" WHERE e.folder_id = (SELECT id FROM folders WHERE name = ?) AND e.position < ?{together}"
            " ORDER BY e.position DESC LIMIT ?",
            [query.folder, below],
        )
    condition, values = _filter(query)
    return (
        f"SELECT a.id, a.position FROM articles a WHERE a.position < ?{condition}{together}"
        " ORDER BY a.position DESC LIMIT ?",
        [below, *values],
    )


def _search(connection: Connection, query: ArticleQuery, expression: str, below: int) -> tuple[str, list[object]]:
    """The same for what a search finds: hits newest first, of which those that belong to the view are kept.

    Hits come in the order of the index, and nested loops keep it.
    """
    member, condition, values = _member(query)
    oldest = [to_us(query.since) // STEP_US] if query.view is View.TODAY and query.since is not None else []
    bounded = not query.entered and query.view not in (View.ALL, View.TODAY)
    # A hit of several words costs several times as much.
    most = LOOKED_AT // (expression.count(" AND ") + 1) if bounded else -1
    statement = (
        "SELECT a.id, a.position FROM (SELECT rowid AS step FROM search WHERE search MATCH ? AND rowid < ?"
        f"{' AND rowid >= ?' if oldest else ''} ORDER BY rowid DESC LIMIT ?) s CROSS JOIN {member}"
        f" WHERE a.position = s.step * {STEP_US}{condition}"
    )
    values = [expression, -(-below // STEP_US), *oldest, most, *values]
    phrases = phrases_in(query.search)
    if not phrases:
        return f"{statement} LIMIT ?", values
    says_so = phrases.install(connection, None if query.entered else FRESH)
    return (
        f"SELECT a.id, a.position FROM ({statement} LIMIT ?) h CROSS JOIN articles a ON a.id = h.id"
        f" CROSS JOIN documents d ON d.article_id = a.id WHERE TRUE{says_so} LIMIT ?",
        [*values, -1 if query.entered else LOOKED_INTO],
    )


def _member(query: ArticleQuery) -> tuple[str, str, list[object]]:
    """Where to look a hit up, as ``a``, and what must hold; in a small index, so that a miss costs little."""
    match query.view:
        case View.UNREAD:
            return "articles a INDEXED BY articles_unread", " AND a.read = 0", []
        case View.STARRED:
            return "articles a INDEXED BY articles_starred", " AND a.starred = 1", []
        case View.FEED:
            return "(SELECT feed_id, article_id AS id, position FROM entries) a", " AND a.feed_id = ?", [query.feed_id]
        case View.FOLDER:
            return (
                "articles a",
                f" AND EXISTS (SELECT 1 FROM entries e WHERE e.position = s.step * {STEP_US}"
                " AND e.folder_id = (SELECT id FROM folders WHERE name = ?))",
                [query.folder],
            )
        case _:
            return ("articles a", *_filter(query))


def _filter(query: ArticleQuery) -> tuple[str, list[object]]:
    """What else must hold for an article of this view."""
    match query.view:
        case View.UNREAD:
            return " AND a.read = 0", []
        case View.STARRED:
            return " AND a.starred = 1", []
        case View.TODAY if query.since is not None:
            return " AND a.position >= ?", [to_us(query.since)]
        case View.STORY:
            return " AND a.story_id = ?", [query.story]
        case _:
            return "", []
