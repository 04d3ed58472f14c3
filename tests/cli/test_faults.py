"""Faults from outside: each ends with a clear message and the right exit status, loses nothing, leaves no process."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import pytest

from reader.config import Config
from reader.library import Library
from reader.model.query import ArticleQuery
from reader.paths import resolve
from reader.store import copies, open_store, schema
from reader.store.codec import pack_document
from reader.store.repair import survey
from tests.loopback import Answer, Server, item, loopback, rss
from tests.processes import HAS_PROC, assert_none_left, descendants, run, start, until
from tests.store.builders import a_document, a_feed, add_many

needs_proc = pytest.mark.skipif(not HAS_PROC, reason="reads the list of processes from /proc")


@pytest.fixture
def server() -> Iterator[Server]:
    with loopback() as running:
        yield running


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def subscribed(server: Server, home: Path, feeds: int = 3, articles: int = 4) -> None:
    """Feeds with some articles each, all stored."""
    addresses = [server.feed(f"/{n}", rss(*(numbered(n, i) for i in range(articles)))) for n in range(feeds)]
    status, _, err = run("add", *addresses, home=home)
    assert status == 0, err


def numbered(feed: int, number: int, size: int = 1) -> str:
    text = "Der Minister sagte am Montag, das Gesetz komme. " * size
    return item(feed * 10_000 + number, guid=f"{feed}-{number}", text=text)


def total(home: Path) -> int:
    status, out, err = run("list", "--json", "--limit", "100000", home=home)
    assert status == 0, err
    return len(json.loads(out))


def assert_told(err: str) -> None:
    assert "lesart: " in err
    assert "→" in err
    assert "Traceback" not in err


@contextmanager
def mounted(place: Path, *options: str, kind: str = "tmpfs") -> Iterator[None]:
    place.mkdir(parents=True, exist_ok=True)
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("needs root to mount a file system")
    command = ["mount", "-t", kind, "-o", ",".join(options), kind, str(place)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("mounting is refused here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)


# Signals.


@needs_proc
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_a_signal_ends_a_refresh_and_its_child(server: Server, home: Path, name: str) -> None:
    subscribed(server, home)
    gate = threading.Event()
    server.feed("/0", rss(*(numbered(0, i) for i in range(12))))
    server.on("/1", Answer(body=rss(), wait=gate))
    process = start("refresh", home=home)
    try:
        until(lambda: bool(descendants(process.pid)), "the child")
        until(lambda: len(server.asked("/1")) == 2, "the request that hangs")
        children = descendants(process.pid)
        process.send_signal(getattr(signal, name))
        _, err = process.communicate(timeout=10)
    finally:
        gate.set()
        process.kill()
        process.wait()
    assert process.returncode == 128 + getattr(signal, name)
    assert b"Traceback" not in err
    assert_none_left(children)
    assert survey(resolve(str(home)).database).sound
    assert total(home) >= 12


# Output.


def test_a_reader_that_goes_after_the_first_line_is_no_error(server: Server, home: Path) -> None:
    subscribed(server, home, feeds=1, articles=400)
    process = start("list", "--limit", "100000", home=home)
    assert process.stdout is not None
    assert process.stdout.readline()
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 0


def test_the_c_locale_changes_no_letter(server: Server, home: Path) -> None:
    feed = server.feed("/a", rss(item(1, title="Größe: „süß“")))
    environment = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    assert run("--lang", "de", "add", feed, home=home, environment=environment)[0] == 0
    status, out, err = run("list", home=home, environment=environment)
    assert (status, err) == (0, "")
    assert "Größe: „süß“" in out
    status, out, _ = run("doctor", home=home, environment=environment)
    assert status == 0


# Places that cannot be written to.


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Nothing can be written there: by permissions, and for root, whom these do not bind, by a mount."""
    if os.geteuid() != 0:
        folder.chmod(0o500)
        try:
            yield
        finally:
            folder.chmod(0o700)
        return
    if shutil.which("mount") is None:
        pytest.skip("permissions do not bind root, and there is no mount")
    if subprocess.run(["mount", "--bind", str(folder), str(folder)], capture_output=True, check=False).returncode:
        pytest.skip("permissions do not bind root, and mounting is refused here")
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", str(folder)], check=True, capture_output=True)
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def test_a_home_where_nothing_may_be_created_is_named(home: Path) -> None:
    home.mkdir()
    with read_only(home):
        status, out, err = run("feeds", home=home)
    assert (status, out) == (1, "")
    assert_told(err)
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("command", [("refresh",), ("import", "-"), ("tidy",), ("remove", "1")])
def test_a_read_only_folder_is_told_and_nothing_is_lost(server: Server, home: Path, command: tuple[str, ...]) -> None:
    subscribed(server, home)
    before = total(home)
    server.feed("/0", rss(*(numbered(0, i) for i in range(9))))
    (home / "config").mkdir()
    (home / "config" / "lesart.toml").write_text('[keep]\nrule = "alle nach 1 Tag"\n')
    with read_only(home / "data"):
        status, _, err = run(*command, home=home)
    assert status == 1
    assert_told(err)
    assert total(home) == before
    assert survey(resolve(str(home)).database).sound


def test_what_is_stored_can_be_read_in_a_read_only_folder_or_it_is_said_why_not(server: Server, home: Path) -> None:
    subscribed(server, home)
    with read_only(home / "data"):
        status, out, err = run("list", "--json", home=home)
    if status == 0:
        assert len(json.loads(out)) == 12
    else:
        assert_told(err)


# Full disks.


def small_files() -> None:
    """In the child: no file may grow beyond 400 kB, as if the disk were full there."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))


def test_a_file_that_may_not_grow_loses_nothing_that_was_stored(server: Server, home: Path) -> None:
    subscribed(server, home)
    for feed in range(3):
        server.feed(f"/{feed}", rss(*(numbered(feed, i, size=20) for i in range(100))))
    status, _, err = run("refresh", home=home, preexec_fn=small_files)
    assert status == 1
    assert_told(err)
    assert total(home) >= 12
    assert survey(resolve(str(home)).database).sound
    assert run("refresh", home=home)[0] == 0
    assert total(home) == 300


def test_a_full_disk_is_told_and_it_goes_on_when_there_is_room(server: Server, home: Path) -> None:
    with mounted(home, "size=4m"):
        subscribed(server, home)
        ballast = home / "ballast"
        free = shutil.disk_usage(home).free
        ballast.write_bytes(bytes(free - 200_000))
        for feed in range(3):
            server.feed(f"/{feed}", rss(*(numbered(feed, i) for i in range(100))))
        status, _, err = run("refresh", home=home)
        assert status == 1
        assert_told(err)
        assert "Platz" in err
        ballast.unlink()
        assert total(home) >= 12
        status, _, err = run("refresh", home=home)
        assert status == 0, err
        assert total(home) == 300
        (home / "ballast").write_bytes(bytes(max(0, shutil.disk_usage(home).free - 100_000)))
        status, _, err = run("backup", str(home / "sicherung.db"), home=home)
        assert status == 1
        assert "Traceback" not in err
        assert not (home / "sicherung.db").exists()
        assert not list(home.glob("*.part"))


# Bad files.


def stored(home: Path, number: int = 300) -> Path:
    path = resolve(str(home)).database
    store = open_store(path)
    add_many(store, a_feed(store), number)
    store.close()
    return path


def damage(path: Path, how: str) -> None:
    content = bytearray(path.read_bytes())
    middle = len(content) // 4096 // 2
    if how == "header":
        content[:100] = bytes(100)
    elif how == "page":
        content[4096 * 2 : 4096 * 60] = b"\xa5" * (4096 * 58)
    elif how == "middle":
        content[4096 * middle : 4096 * (middle + 2)] = b"\xa5" * (4096 * 2)
    elif how == "cut":
        del content[4096 * middle + 100 :]
    else:
        content.clear()
    path.write_bytes(bytes(content))


@pytest.mark.parametrize("how", ["header", "page", "cut"])
@pytest.mark.parametrize("command", [("list",), ("refresh",), ("backup", "x.db")])
def test_damage_is_told_and_never_replaced(home: Path, how: str, command: tuple[str, ...], tmp_path: Path) -> None:
    path = stored(home)
    damage(path, how)
    before = path.read_bytes()
    status, _, err = run(*command, home=home, cwd=tmp_path)
    assert status == 1
    assert_told(err)
    assert "beschädigt" in err or "damaged" in err
    assert path.read_bytes()[200:] == before[200:]
    assert not (tmp_path / "x.db").exists()


@pytest.mark.parametrize("how", ["empty", "gone"])
def test_an_empty_or_missing_store_with_copies_is_never_a_first_start(home: Path, how: str) -> None:
    path = stored(home)
    copy = copies.make(path, date(2026, 3, 1), number=7, megabytes=500)
    if how == "gone":
        path.unlink()
    else:
        path.write_bytes(b"")
    for command in (("list",), ("refresh",), ("import", os.devnull), ("doctor",)):
        status, _, err = run(*command, home=home)
        assert status == 1
        assert_told(err)
        assert not path.exists() or path.read_bytes() == b""
    assert run("restore", str(copy), home=home)[0] == 0
    assert total(home) == 300


@pytest.mark.parametrize("side", ["-wal", "-shm"])
def test_a_lost_side_file_leaves_a_sound_store(home: Path, side: str) -> None:
    path = resolve(str(home)).database
    store = open_store(path)
    ids = add_many(store, a_feed(store), 50)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(FULL)")
    add_many(store, 1, 5, start=500)
    content = {name: Path(f"{path}{name}").read_bytes() for name in ("", "-wal", "-shm")}
    store.close()
    for name, data in content.items():
        Path(f"{path}{name}").write_bytes(data)
    Path(f"{path}{side}").unlink()
    assert total(home) == len(ids) + (5 if side == "-shm" else 0)
    assert run("doctor", home=home)[0] == 0


def test_salvage_and_restore_lead_out_of_damage(home: Path) -> None:
    path = stored(home)
    damage(path, "middle")
    before = path.read_bytes()
    status, _, err = run("doctor", home=home)
    assert status == 1
    assert "--salvage" in err
    assert run("doctor", "--repair", home=home)[0] == 1
    status, _, err = run("doctor", "--salvage", home=home)
    assert status == 0, err
    (kept,) = (p for p in path.parent.glob("lesart.db.damaged-*") if not p.name.endswith(("-wal", "-shm")))
    assert kept.read_bytes() == before
    assert total(home) > 0
    assert run("doctor", "--salvage", home=home)[0] == 1  # there is nothing more to salvage


def test_repair_makes_counters_right_after_a_copy(home: Path) -> None:
    path = stored(home)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE totals SET unread = 7")
        connection.commit()
    status, _, err = run("doctor", home=home)
    assert status == 1
    assert "--repair" in err
    status, _, err = run("doctor", "--repair", home=home)
    assert status == 0, err
    assert (path.parent / "lesart.db.before-repair").exists()
    assert run("doctor", "--repair", home=home)[0] == 0
    assert len(list(path.parent.glob("*.before-repair*"))) == 1


@pytest.mark.parametrize("version", range(1, len(schema.MIGRATIONS)))
def test_a_store_of_every_earlier_layout_opens_with_what_it_holds(home: Path, version: int) -> None:
    path = resolve(str(home)).database
    an_old_store(path, version)
    status, out, err = run("list", "--json", home=home)
    assert status == 0, err
    assert [row["title"] for row in json.loads(out)] == ["Meldung 2", "Meldung 1"]
    assert survey(path).sound
    with closing(sqlite3.connect(path.with_name(f"lesart.db.v{version}"))) as copy:
        assert copy.execute("SELECT count(*) FROM articles").fetchone() == (2,)


def an_old_store(path: Path, version: int) -> None:
    """A file as that version wrote it, by statements that each of them understood."""
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statements in schema.MIGRATIONS[:version]:
            schema.migrate(connection, statements)
        connection.execute("INSERT INTO folders VALUES (1, '')")
        connection.execute("INSERT INTO feeds (id, address, title, folder_id) VALUES (1, 'https://a.example/', 'A', 1)")
        for number in (1, 2):
            document = a_document(f"Text {number}.", f"Meldung {number}")
            connection.execute(
                "INSERT INTO articles (id, position, feed_id, fetched_us, title) VALUES (?, ?, 1, ?, ?)",
                (number, number, number, document.title),
            )
            connection.execute(
                "INSERT INTO documents (article_id, guid, address, digest, body) VALUES (?, ?, '', ?, ?)",
                (number, str(number), document.digest, pack_document(document)),
            )
            connection.execute("INSERT INTO entries VALUES (1, ?, ?, 1, ?, ?)", (number, number, number, number))
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("PRAGMA journal_mode = WAL")


@pytest.mark.parametrize("how", ["newer", "foreign"])
@pytest.mark.parametrize(
    "command",
    [("list",), ("refresh",), ("tidy",), ("doctor",), ("doctor", "--repair"), ("doctor", "--salvage")],
    ids=" ".join,
)
def test_what_is_not_ours_or_newer_stays_byte_for_byte(home: Path, how: str, command: tuple[str, ...]) -> None:
    path = stored(home, 5)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        name, value = ("user_version", len(schema.MIGRATIONS) + 1) if how == "newer" else ("application_id", 7)
        connection.execute(f"PRAGMA {name} = {value}")
    before = path.read_bytes()
    status, _, err = run(*command, home=home)
    assert status == 1
    assert_told(err)
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]


# A disk that does not write what it was given.


def test_a_failing_fsync_is_told_and_nothing_is_claimed(server: Server, home: Path, tmp_path: Path) -> None:
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None or not sys.platform.startswith("linux"):
        pytest.skip("needs a C compiler to have fsync fail")
    source, library = tmp_path / "fail.c", tmp_path / "fail.so"
    source.write_text(
        "#include <errno.h>\nint fsync(int f) { errno = EIO; return -1; }\n"
        "int fdatasync(int f) { errno = EIO; return -1; }\n"
    )
    subprocess.run([compiler, "-shared", "-fPIC", "-o", str(library), str(source)], check=True)
    failing = {"LD_PRELOAD": str(library)}
    status, _, err = run("add", server.feed("/a", rss(item(1))), home=home, environment=failing)
    assert status == 1
    assert_told(err)
    subscribed(server, tmp_path / "anders")
    target = tmp_path / "sicherung.db"
    status, out, err = run("backup", str(target), home=tmp_path / "anders", environment=failing)
    assert (status, out) == (1, "")
    assert "Traceback" not in err
    assert not target.exists()
    assert total(tmp_path / "anders") == 12


# Two at once.


@needs_proc
def test_commands_and_an_open_reader_mark_at_once_and_all_marks_are_kept(server: Server, home: Path) -> None:
    subscribed(server, home, feeds=2, articles=60)
    for feed in range(2):
        server.feed(f"/{feed}", rss(*(numbered(feed, i) for i in range(90))))
    library = Library.open(resolve(str(home)), Config(), inline=True)
    try:
        ids = sorted(library.ids(ArticleQuery()))
        processes = [start("refresh", home=home) for _ in range(2)]
        for article_id in ids[:60]:
            library.mark_read([article_id])
            library.star([article_id])
        ends = [process.communicate(timeout=60)[1].decode() for process in processes]
        assert [process.returncode for process in processes] == [0, 0], ends
        assert not any("lock" in end for end in ends)
        assert library.counts().total == 180
        assert library.counts().starred == 60
        assert all(row.read and row.starred for row in library.rows(ids[:60]))
    finally:
        library.close()
    assert survey(resolve(str(home)).database).sound


@pytest.mark.parametrize("how", ["header", "page", "middle", "cut"])
@pytest.mark.parametrize("with_copy", [True, False])
def test_a_repair_that_fails_names_another_way_out(home: Path, how: str, with_copy: bool) -> None:
    path = stored(home)
    copy = copies.make(path, date(2026, 3, 1), number=7, megabytes=500) if with_copy else None
    damage(path, how)
    status, _, err = run("doctor", "--repair", home=home)
    assert status == 1
    assert "lesart doctor --salvage" in err
    assert "doctor --repair" not in err
    assert f"lesart restore {copy or 'FILE'} --force" in " ".join(err.replace("DATEI", "FILE").split())
