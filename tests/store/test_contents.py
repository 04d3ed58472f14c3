"""What is not from us in a backup: refused by name, the store that is there left alone; and all that is from us passes."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from reader.errors import LesartError, StoreError
from reader.feeds.problems import network_error, status_error
from reader.library import demo
from reader.library.events import error_to_dict
from reader.model.analysis import Attribution, ReportForm, Source, SourceKind
from reader.model.query import ArticleQuery
from reader.model.retention import parse
from reader.model.settings import FeedSettings, FullText
from reader.model.span import Span
from reader.store import (
    Store,
    articles,
    codec,
    contents,
    feeds,
    listing,
    open_store,
    retention,
    schema,
    stories,
    values,
)
from reader.store.articles import Incoming
from reader.store.maintenance import back_up, restore
from reader.text.fragment import Fragment
from tests.store.builders import NOW, a_feed, add, add_many, an_entry

ESC = "'\x1b]0;X\x07'"


def with_everything(store: Store) -> None:
    """Something in every table and column, by the code that writes it."""
    demo.load(store, NOW)
    feed_id = a_feed(store, folder="Politik / Inland", title="Blatt „Süd“")
    number = add(store, feed_id, an_entry(1))
    store.write(articles.replace_text, number, an_entry(1, text="Ein anderer Text.\n\n»Zitat«"), NOW)
    fragment = Fragment(html="<p>Roh \x1b[31m</p>", title="Titel", authors=("A. B.",), date="2026-03-01T12:00:00+00:00")
    packed = codec.pack_fragment(fragment)
    add(
        store,
        feed_id,
        Incoming(guid="=x", address="https://example.org/ä", title="T", digest=b"1" * 16, body=packed, state=3),
    )
    settings = FeedSettings(
        full_text=FullText.ALWAYS, proxy="http://127.0.0.1:8080", login="ich", headers=(("X-Key", "env:KEY"),)
    )
    store.write(feeds.set_access, feed_id, settings)
    store.write(feeds.set_full_text, feed_id, FullText.NEVER)
    store.write(feeds.set_origin, feed_id, typed=True, outline=json.dumps([["category", "a,b"]]))
    store.write(feeds.set_moved, feed_id, "https://example.org/neu")
    store.write(feeds.set_fetched, feed_id, NOW, etag='W/"ü"', last_modified="Sun", body_digest=b"2" * 16)
    for error in (
        network_error(TimeoutError(), "https://example.org/feed"),
        status_error(404, "https://example.org/feed", 0),
    ):
        told = json.dumps(error_to_dict(error))
        store.write(
            feeds.set_failed, a_feed(store, f"https://example.org/{error.title}"), NOW, told, next_due_us=feeds.NEVER
        )
    one = store.read(listing.ids, ArticleQuery())
    store.write(articles.set_starred, one[:3], True)
    store.write(articles.set_read, one[2:9], True)
    (story,) = store.read(lambda c: c.execute("SELECT id FROM articles WHERE story_id IS NOT NULL LIMIT 1").fetchone())
    store.write(stories.tell_apart, story)
    old = add_many(store, feed_id, 3, start=10)
    store.write(retention.let_go, old, parse("alle nach 1 Tag"), NOW + timedelta(days=90))
    store.write(retention.set_note, "copied", "2026-03-01")
    store.write(lambda c: c.execute("INSERT OR REPLACE INTO notes VALUES ('analysis', '4')"))


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("backup")
    store = open_store(folder / "lesart.db")
    with_everything(store)
    store.flush()
    store.read(back_up, folder / "sicherung.db", configuration='# \ufeff\x0c\nlanguage = "de"\n')
    store.close()
    return folder / "sicherung.db"


@pytest.fixture
def doctored(backup: Path, tmp_path: Path) -> Callable[..., Path]:
    """A copy of the backup after these statements."""

    def make(*statements: str | tuple[str, tuple[Any, ...]]) -> Path:
        path = tmp_path / "fremd.db"
        path.write_bytes(backup.read_bytes())
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA writable_schema = ON")
            for trigger in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                kept.append(connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", trigger).fetchone()[0])
                connection.execute(f"DROP TRIGGER {trigger[0]}")
            for statement in statements:
                connection.execute(*([statement] if isinstance(statement, str) else statement))
            for words in kept:
                connection.execute(words)
            connection.commit()
        return path

    kept: list[str] = []
    return make


def refused(path: Path, tmp_path: Path) -> StoreError:
    """The error, after a look at the store that would have been replaced."""
    target = tmp_path / "data" / "lesart.db"
    live = open_store(target)
    add_many(live, a_feed(live), 3)
    live.close()
    before = {file.name: file.read_bytes() for file in target.parent.iterdir()}
    with pytest.raises(StoreError) as caught:
        restore(path, target, force=True)
    assert {file.name: file.read_bytes() for file in target.parent.iterdir()} == before
    assert caught.value.hint == "Nothing was changed. Try an earlier backup."
    assert str(caught.value).isprintable()
    return caught.value


def place(error: LesartError) -> tuple[str, object, object]:
    return error.title, error.values["table"], error.values["column"]


def test_everything_that_this_program_writes_comes_back(backup: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(backup)) as connection:
        filled = {table for table in contents.COLUMNS if connection.execute(f"SELECT 1 FROM {table}").fetchone()}
        expected = connection.execute("SELECT title, first_point FROM articles ORDER BY id").fetchall()
    assert filled == set(contents.COLUMNS)
    restore(backup, tmp_path / "neu" / "lesart.db")
    with closing(sqlite3.connect(tmp_path / "neu" / "lesart.db")) as connection:
        assert connection.execute("SELECT title, first_point FROM articles ORDER BY id").fetchall() == expected


def test_every_column_of_the_schema_has_its_rule(backup: Path) -> None:
    with closing(sqlite3.connect(backup)) as connection:
        tables = {
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith(("search", "sqlite_stat"))
        }
        columns = {
            table: {row[1] for row in connection.execute(f"PRAGMA table_info({table})")} for table in sorted(tables)
        }
    assert {table: set(rules) for table, rules in contents.COLUMNS.items()} == columns


def an_earlier_store(folder: Path, monkeypatch: pytest.MonkeyPatch, version: int, change: str = "") -> Path:
    """A store of an earlier layout with four articles, changed by hand."""
    path = folder / "alt.db"
    with monkeypatch.context() as earlier:
        earlier.setattr("reader.store.connection.MIGRATIONS", schema.MIGRATIONS[:version])
        old = open_store(path)
        add_many(old, a_feed(old), 4)
        if change:
            old.write(lambda c: c.execute(change))
        old.close()
    return path


@pytest.mark.parametrize("version", range(1, len(schema.MIGRATIONS)))
def test_a_backup_of_every_earlier_layout_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    path = an_earlier_store(tmp_path, monkeypatch, version)
    target = tmp_path / "neu" / "lesart.db"
    restore(path, target)
    again = open_store(target)
    assert again.read(listing.counts, NOW).total == 4
    again.close()


@pytest.mark.parametrize("version", range(1, len(schema.MIGRATIONS)))
def test_an_earlier_layout_is_looked_into_before_it_is_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    path = an_earlier_store(tmp_path, monkeypatch, version, f"UPDATE articles SET outlet = {ESC} WHERE id = 3")
    assert place(refused(path, tmp_path)) == (values.CONTROL, "articles", "outlet")


VALUES = [
    ("articles", "title", ESC, values.CONTROL),
    ("articles", "title", "'Titel\n2  Noch einer'", values.CONTROL),
    ("articles", "outlet", "'a\x9b31m'", values.CONTROL),
    ("articles", "first_point", "'\u202egnp.exe'", values.CONTROL),
    ("articles", "agency", "'a' || char(0) || 'b'", values.CONTROL),
    ("feeds", "title", "'\u2066a'", values.CONTROL),
    ("folders", "name", "'\u200b' || id", values.CONTROL),
    ("documents", "guid", "'\x7f'", values.CONTROL),
    ("documents", "authors", "json_array(char(27) || '[31m')", values.CONTROL),
    ("versions", "title", ESC, values.CONTROL),
    ("tellings", "agency", ESC, values.CONTROL),
    ("tellings", "opening", ESC, values.CONTROL),
    ("notes", "name", "char(27) || name", values.CONTROL),
    ("word_starts", "word", "word || char(27)", values.CONTROL),
    ("feeds", "login", ESC, values.CONTROL),
    ("feeds", "etag", "'x' || char(13, 10) || 'X-Evil: 1'", values.CONTROL),
    ("feeds", "outline", "json_array(json_array('a', char(27)))", values.CONTROL),
    ("articles", "title", "x'41'", values.KIND),
    ("articles", "sources", "'viele'", values.KIND),
    ("articles", "published_us", "1.5", values.KIND),
    ("articles", "read", "x'01'", values.KIND),
    ("documents", "digest", "'digest'", values.KIND),
    ("documents", "body", "'[]'", values.KIND),
    ("feeds", "body_digest", "7", values.KIND),
    ("feeds", "etag", "x'00'", values.KIND),
    ("feeds", "full_text", "x'00'", values.KIND),
    ("totals", "unread", "'a'", values.KIND),
    ("sqlite_sequence", "seq", "'a'", values.KIND),
    ("notes", "value", "x'00'", values.KIND),
    ("feeds", "full_text", "'manchmal'", values.UNKNOWN),
    ("feeds", "full_text", "''", values.UNKNOWN),
    ("articles", "genre", "'roman'", values.UNKNOWN),
    ("articles", "completeness", "'half'", values.UNKNOWN),
    ("articles", "badges", "'urgent evil'", values.UNKNOWN),
    ("articles", "page", "9", values.UNKNOWN),
    ("articles", "read", "2", values.UNKNOWN),
    ("feeds", "typed", "3", values.UNKNOWN),
    ("feeds", "skip_hours", "16777216", values.UNKNOWN),
    ("articles", "published_us", "9223372036854775807", values.UNKNOWN),
    ("articles", "fetched_us", "-9000000000000000000", values.UNKNOWN),
    ("feeds", "due_us", "9223372036854775806", values.UNKNOWN),
    ("feeds", "interval_s", "9000000000000", values.UNKNOWN),
    ("sqlite_sequence", "seq", "9223372036854775807", values.UNKNOWN),
    ("documents", "address", "'javascript:alert(1)'", values.UNKNOWN),
    ("documents", "address", "'file:///etc/passwd'", values.UNKNOWN),
    ("feeds", "site", "'http://[::1'", values.UNKNOWN),
    ("feeds", "address", "'ftp://a.example/' || id", values.UNKNOWN),
    ("feeds", "moved_to", "'data:,x'", values.UNKNOWN),
    ("feeds", "proxy", "'socks5://a.example:1'", values.UNKNOWN),
    ("word_ends", "reversed", "reversed || '\"'", values.UNKNOWN),
    ("documents", "authors", "'{'", values.UNREADABLE),
    ("documents", "authors", "'\"a\"'", values.UNREADABLE),
    ("documents", "authors", "'[1]'", values.KIND),
    ("documents", "authors", f"'{'[' * 100_000}'", values.UNREADABLE),
    ("feeds", "outline", "'[[\"a\"]]'", values.UNREADABLE),
    ("feeds", "headers", "json_array(json_array('X', 'a' || char(10) || 'Y: b'))", values.UNREADABLE),
    ("feeds", "error", "'{}'", values.UNREADABLE),
    ("documents", "body", "x'00'", values.UNREADABLE),
    ("documents", "body", "substr(body, 1, length(body) - 3)", values.UNREADABLE),
    ("versions", "body", "zeroblob(0)", values.UNREADABLE),
    ("analyses", "body", "x'0300'", values.UNREADABLE),
    ("tellings", "sketch", "x'000000'", values.UNREADABLE),
    ("tellings", "opening", "x'01'", values.UNREADABLE),
    ("articles", "title", "CAST(x'C328' AS TEXT)", values.UNREADABLE),
    ("notes", "value", "CAST(x'FF' AS TEXT)", values.UNREADABLE),
    ("articles", "title", "replace(hex(zeroblob(5000000)), '0', 'a')", values.LARGE),
    ("feeds", "title", "replace(hex(zeroblob(20000000)), '0', 'a')", values.LARGE),
    ("documents", "body", "zeroblob(40000000)", values.LARGE),
    ("documents", "digest", "zeroblob(65)", values.LARGE),
]


@pytest.mark.parametrize(
    ("table", "column", "value", "title"), VALUES, ids=[f"{n}-{row[0]}.{row[1]}" for n, row in enumerate(VALUES)]
)
def test_a_value_that_is_not_from_us_is_refused_by_its_place(
    doctored: Callable[..., Path], tmp_path: Path, table: str, column: str, value: str, title: str
) -> None:
    ordered = {"notes": "name", "word_starts": "word", "word_ends": "reversed"}.get(table, "rowid")
    one = f"{ordered} = (SELECT max({ordered}) FROM {table})"
    error = refused(doctored(f"UPDATE {table} SET {column} = {value} WHERE {one}"), tmp_path)
    assert place(error) == (title, table, column)
    assert isinstance(error.values["row"], int)
    assert error.values["row"] > 0


def test_the_row_of_a_value_is_named(doctored: Callable[..., Path], tmp_path: Path) -> None:
    error = refused(doctored(f"UPDATE articles SET title = {ESC} WHERE id = 7"), tmp_path)
    assert (error.values["row"], error.detail) == (7, "U+001B")


def packed(value: object) -> bytes:
    return zlib.compress(json.dumps(value).encode())


A_DOCUMENT = ["Der Rat.", [["paragraph", 0, 8]], "Titel", "", None, [], [], "de", []]


def a_document_with(number: int, value: object) -> bytes:
    return packed([*A_DOCUMENT[:number], value, *A_DOCUMENT[number + 1 :]])


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (zlib.compress(b'["' + b"a" * 50_000_000 + b'"]'), values.UNREADABLE),
        (packed({"text": "a"}), values.UNREADABLE),
        (packed(A_DOCUMENT[:-1]), values.UNREADABLE),
        (a_document_with(0, 7), values.UNREADABLE),
        (a_document_with(0, "Der \x1b[2J"), values.CONTROL),
        (a_document_with(0, "Der \ud800 R"), values.UNREADABLE),
        (a_document_with(1, [["paragraph", 0, 99]]), values.UNREADABLE),
        (a_document_with(1, [["paragraph", 0.0, 8.0]]), values.UNREADABLE),
        (a_document_with(1, [["paragraph", 3, 8], ["quote", 0, 4]]), values.UNREADABLE),
        (a_document_with(1, [["marquee", 0, 8]]), values.UNREADABLE),
        (a_document_with(2, None), values.UNREADABLE),
        (a_document_with(3, "\u202e"), values.CONTROL),
        (a_document_with(4, "morgen"), values.UNKNOWN),
        (a_document_with(5, ["\x9b1m"]), values.CONTROL),
        (a_document_with(6, [[0, 3, "javascript:alert(1)"]]), values.UNKNOWN),
        (a_document_with(6, [[0, 99, "https://a.example/"]]), values.UNREADABLE),
        (a_document_with(8, [1]), values.UNREADABLE),
        (zlib.compress(b"[" * 200_000), values.UNREADABLE),
        (codec.pack_fragment(Fragment(html="<p>", title="\x1b")), values.CONTROL),
        (codec.pack_fragment(Fragment(html="<p>", title="a", address="file:///")), values.UNKNOWN),
        (codec.pack_fragment(Fragment(html=None, title="a")), values.KIND),  # type: ignore[arg-type]
        (codec.pack_fragment(Fragment(html="<p>", title="a", authors=(None,))), values.KIND),  # type: ignore[arg-type]
    ],
    ids=range(22),
)
def test_a_packed_text_that_is_not_from_us_is_refused(
    doctored: Callable[..., Path], tmp_path: Path, body: bytes, title: str
) -> None:
    error = refused(doctored(("UPDATE documents SET body = ? WHERE article_id = 4", (body,))), tmp_path)
    assert (*place(error), error.values["row"]) == (title, "documents", "body", 4)


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({"sources": (Source(id=1, name="\x1b[1m", kind=SourceKind.PERSON),)}, values.CONTROL),
        ({"sources": (Source(id=1, name="A", kind=SourceKind.PERSON, role="\x9b"),)}, values.CONTROL),
        ({"sources": (Source(id=1, name="A", kind=SourceKind.PERSON, via=5),)}, values.UNREADABLE),
        ({"version": "4"}, values.UNREADABLE),
        ({"attributions": (Attribution(content=(), form=ReportForm.DIRECT),)}, values.UNREADABLE),
        (
            {"sources": (Source(id=1, name="A", kind=SourceKind.PERSON, mentions=(Span(0, 10**6),)),)},
            values.UNREADABLE,
        ),
    ],
    ids=["control", "role", "nobody", "version", "nowhere", "outside"],
)
def test_an_analysis_that_is_not_from_us_is_refused(
    doctored: Callable[..., Path], backup: Path, tmp_path: Path, changes: dict[str, Any], title: str
) -> None:
    with closing(sqlite3.connect(backup)) as connection:
        digest, body, about = connection.execute(
            "SELECT x.digest, x.body, d.body FROM analyses x JOIN documents d ON d.digest = x.digest ORDER BY x.rowid"
        ).fetchone()
    text = codec.text_of(about)
    found = codec.unpack_analysis(body, digest, text)
    changed = replace(found, **{"attributions": (), "key_points": (), **changes})
    forged = codec.beside(codec.pack_analysis(changed), text)
    error = refused(doctored(("UPDATE analyses SET body = ? WHERE digest = ?", (forged, digest))), tmp_path)
    assert place(error) == (title, "analyses", "body")


AN_ERROR = error_to_dict(status_error(404, "https://example.org/feed", 0))


@pytest.mark.parametrize(
    "change",
    [
        {"title": "{host.__class__}"},
        {"title": "{host:>1000000000}"},
        {"title": "{nobody}"},
        {"hint": "{0}"},
        {"hint": "{host"},
        {"title": None},
        {"values": {"title": "x"}},
        {"values": ["host"]},
    ],
    ids=str,
)
def test_an_error_whose_words_would_not_be_filled_is_refused(
    doctored: Callable[..., Path], tmp_path: Path, change: dict[str, Any]
) -> None:
    told = json.dumps({**AN_ERROR, **change})
    error = refused(doctored(("UPDATE feeds SET error = ? WHERE id = 1", (told,))), tmp_path)
    assert place(error) == (values.UNREADABLE, "feeds", "error")


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("CREATE TRIGGER search_evil AFTER UPDATE ON articles BEGIN DELETE FROM feeds; END", "trigger search_evil"),
        ("CREATE VIEW search_all AS SELECT * FROM feeds", "view search_all"),
        ("CREATE TABLE search_more (x)", "table search_more"),
        ("CREATE VIRTUAL TABLE other USING fts5 (x)", "table other"),
        ("CREATE INDEX odd ON articles (abs(id))", "index odd"),
        ("ALTER TABLE articles ADD COLUMN evil AS (abs(id))", "table articles"),
        ("DROP INDEX articles_copy", "index articles_copy"),
    ],
    ids=["trigger", "view", "table", "virtual", "index", "computed", "missing"],
)
def test_what_is_not_of_our_schema_is_refused_by_name(
    doctored: Callable[..., Path], tmp_path: Path, statement: str, named: str
) -> None:
    error = refused(doctored(statement), tmp_path)
    assert error.title == "{file} is no backup of Lesart, or it is damaged."
    assert error.detail == named


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("DELETE FROM totals", "totals"),
        ("UPDATE notes SET value = 'a b' WHERE name = 'analysis'", "notes"),
        ("INSERT OR REPLACE INTO notes VALUES ('loose', '1')", "notes"),
    ],
)
def test_what_is_read_without_a_question_is_there_in_its_form(
    doctored: Callable[..., Path], tmp_path: Path, statement: str, table: str
) -> None:
    assert refused(doctored(statement), tmp_path).values["table"] == table


def test_rows_that_refer_to_nothing_are_refused(doctored: Callable[..., Path], tmp_path: Path) -> None:
    error = refused(doctored("UPDATE entries SET folder_id = 4711"), tmp_path)
    assert error.detail.startswith("entries")


def test_a_schema_that_cannot_be_read_is_no_backup(doctored: Callable[..., Path], tmp_path: Path) -> None:
    path = doctored("UPDATE sqlite_master SET sql = 'CREATE TABLE articles (' WHERE name = 'articles'")
    assert refused(path, tmp_path).title == "{file} is no backup of Lesart, or it is damaged."


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE search_data SET block = zeroblob(length(block)) WHERE id > 10",
        "DELETE FROM search_data",
        "UPDATE search_config SET v = 99",
    ],
    ids=["pages", "nothing", "version"],
)
def test_a_search_index_that_cannot_be_read_is_refused(
    doctored: Callable[..., Path], tmp_path: Path, statement: str
) -> None:
    assert refused(doctored(statement), tmp_path).detail.startswith("search: ")
