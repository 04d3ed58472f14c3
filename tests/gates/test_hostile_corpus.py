"""The hostile corpus through the command line: every feed at once, twice, and everything that was read shown and
exported; then its lists and its pages."""

from __future__ import annotations

import re
import socket
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from reader.errors import UsageError
from reader.feeds.address import host_name, is_public, may_be_typed, typed_address
from reader.text.address import web_address
from tests import hostile
from tests.hostile import GOOD_FEEDS, PLAIN, Corpus, Program, Server
from tests.tui.test_terminal import Terminal

_SOURCE = hostile.folder()
pytestmark = [
    pytest.mark.skipif(_SOURCE is None, reason="the hostile corpus lies in LESART_BENCHMARKS, which is not set"),
    pytest.mark.timeout(600),
]
_SHOWN = 3
"""Articles of each feed that are shown and exported."""
Article = dict[str, Any]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    assert _SOURCE is not None
    return hostile.make(_SOURCE, tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def server(corpus: Corpus) -> Iterator[Server]:
    assert _SOURCE is not None
    with hostile.serve(_SOURCE, corpus) as running:
        yield running


@dataclass(frozen=True, slots=True)
class Round:
    """What stood there after a refresh, by case."""

    feeds: dict[str, dict[str, Any]]
    articles: dict[str, list[Article]]
    log: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Read:
    """Two refreshes of the whole corpus beside some good feeds, and what was shown of the first."""

    program: Program
    first: Round
    second: Round
    shown: dict[str, bytes]
    """What ``show``, ``list`` and ``export`` wrote of a case, as bytes."""


@pytest.fixture(scope="module")
def read(corpus: Corpus, server: Server, tmp_path_factory: pytest.TempPathFactory) -> Read:
    program = Program(tmp_path_factory.mktemp("home"))
    program.configure(PLAIN)
    cases = corpus.of_kind("feed")
    addresses = [server.address(case.id) for case in cases]
    addresses += [f"{server.base}/__feed/{number}" for number in range(1, GOOD_FEEDS + 1)]
    listed = program.home / "subscriptions.opml"
    listed.write_bytes(hostile.subscriptions(addresses))
    assert program.run("import", str(listed)).returncode == 0
    # By number from here on: feeds may move to other addresses.
    known = {feed["address"]: int(feed["id"]) for feed in program.json("feeds", "--json")}
    numbers = {known[server.address(case.id)]: case.id for case in cases}
    first = _round(program, server, numbers)
    shown = {
        case.id: _shown(program, first.articles[case.id])
        for case in cases
        if case.checks.keys() & {"show", "hide", "forbid"}
    }
    _mark_all_read(program)
    return Read(program, first, _round(program, server, numbers), shown)


def _round(program: Program, server: Server, numbers: dict[int, str]) -> Round:
    before = len(server.log())
    program.run("refresh", "--json", seconds=300)
    log = server.log()[before:]
    feeds = {numbers.get(feed["id"], "good"): feed for feed in program.json("feeds", "--json")}
    articles: dict[str, list[Article]] = defaultdict(list)
    for article in program.json("list", "--json", "--limit", "100000"):
        articles[numbers.get(article["feed"], "good")].append(article)
    return Round(feeds, articles, log)


def _shown(program: Program, articles: list[Article]) -> bytes:
    ids = [str(article["id"]) for article in articles[:_SHOWN]]
    written = [program.run("show", article).stdout for article in ids]
    if ids:
        written.append(program.run("export", *ids, "-o", "-").stdout)
    return b"\n".join(written) + "\n".join(article["title"] for article in articles).encode()


def _mark_all_read(program: Program) -> None:
    with closing(sqlite3.connect(program.home / "data" / "lesart.db")) as connection, connection:
        connection.execute("UPDATE articles SET read = 1")


def bounds(wanted: int | list[int]) -> tuple[int, int]:
    return (wanted, wanted) if isinstance(wanted, int) else (wanted[0], wanted[1])


def flat(written: bytes) -> str:
    return " ".join(written.decode("utf-8").split())


def test_every_feed_gives_the_articles_that_can_be_had(corpus: Corpus, read: Read) -> None:
    wrong = {}
    for case in corpus.of_kind("feed"):
        least, most = bounds(case.checks.get("entries", [0, 20_000]))
        if not least <= read.first.feeds[case.id]["total"] <= most:
            wrong[case.id] = read.first.feeds[case.id]["total"]
    assert wrong == {}


def test_the_good_feeds_beside_them_have_theirs(read: Read) -> None:
    assert len(read.first.articles["good"]) == len(read.second.articles["good"]) == 3 * GOOD_FEEDS


def test_trouble_is_told_and_nothing_else_is_called_trouble(corpus: Corpus, read: Read) -> None:
    told = {
        case.id: bool(read.first.feeds[case.id]["error"]) for case in corpus.of_kind("feed") if "error" in case.checks
    }
    assert told == {case.id: case.checks["error"] for case in corpus.of_kind("feed") if "error" in case.checks}


def test_what_can_be_read_is_shown_and_what_deceives_is_not(corpus: Corpus, read: Read) -> None:
    missing = {
        case.id: words
        for case in corpus.of_kind("feed")
        for words in case.checks.get("show", ())
        if words not in flat(read.shown[case.id])
    }
    deceiving = {
        case.id: words
        for case in corpus.of_kind("feed")
        for words in case.checks.get("hide", ())
        if words in flat(read.shown[case.id])
    }
    assert (missing, deceiving) == ({}, {})


def test_no_control_of_a_feed_leaves_the_program(corpus: Corpus, read: Read) -> None:
    assert {case.id for case in corpus.of_kind("feed") for bad in case.forbidden if bad in read.shown[case.id]} == set()
    assert b"Traceback" not in read.program.outputs


def test_servers_are_asked_no_more_and_read_no_further_than_allowed(corpus: Corpus, read: Read) -> None:
    requests = Counter(entry["case"] for entry in read.first.log if entry["listener"] != "internal")
    taken: Counter[str] = Counter()
    for entry in read.first.log:
        taken[entry["case"]] += entry["bytes_sent"]
    wrong = {}
    for case in corpus.of_kind("feed"):
        if requests[case.id] > case.checks.get("max_requests", 22):
            wrong[case.id] = f"{requests[case.id]} requests"
        if taken[case.id] > case.checks.get("max_read_mb", 40) * 1_048_576:
            wrong[case.id] = f"{taken[case.id]} bytes"
    assert wrong == {}
    assert [entry for entry in [*read.first.log, *read.second.log] if entry["listener"] == "internal"] == []


def test_a_second_refresh_loses_doubles_and_unreads_nothing(corpus: Corpus, read: Read) -> None:
    wrong: dict[str, Any] = {}
    requests = Counter(entry["case"] for entry in read.second.log)
    for case in corpus.of_kind("feed"):
        checks = case.checks.get("second", {})
        articles = read.second.articles[case.id]
        if "entries" in checks and read.second.feeds[case.id]["total"] != checks["entries"]:
            wrong[case.id] = read.second.feeds[case.id]["total"]
        if "error" in checks and bool(read.second.feeds[case.id]["error"]) is not checks["error"]:
            wrong[case.id] = read.second.feeds[case.id]["error"] or "no error"
        if requests[case.id] > checks.get("max_requests", 22):
            wrong[case.id] = f"{requests[case.id]} requests"
        if checks.get("conditional"):
            asked = [entry for entry in read.second.log if entry["case"] == case.id]
            if (
                not all({"if-none-match", "if-modified-since"} & entry["headers"].keys() for entry in asked)
                or not asked
            ):
                wrong[case.id] = "not conditional"
        for words in checks.get("show", ()):
            if words not in flat(_shown(read.program, articles)):
                wrong[case.id] = words
        if checks.get("read_kept") and not all(article["read"] for article in articles):
            wrong[case.id] = "unread again"
    assert wrong == {}


def test_the_store_is_sound_afterwards(read: Read) -> None:
    with closing(sqlite3.connect(read.program.home / "data" / "lesart.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert read.program.run("doctor").returncode == 0


def test_exports_lie_in_their_folder_under_names_of_their_own(read: Read, tmp_path: Path) -> None:
    ids = [str(article["id"]) for article in read.first.articles["export-names"]]
    target = tmp_path / "here"
    target.mkdir()
    read.program.run("export", *ids, "-o", str(target))
    written = list(target.iterdir())
    assert len(written) == len(ids)
    assert max(len(path.name.encode()) for path in written) <= 255
    assert list(tmp_path.iterdir()) == [target]


def test_an_export_holds_no_markup_that_acts(corpus: Corpus, read: Read) -> None:
    case = next(case for case in corpus.cases if case.id == "export-markdown")
    ids = [str(article["id"]) for article in read.first.articles[case.id]]
    _, _, written = read.program.run("export", *ids, "-o", "-").stdout.decode().partition("\n---\n")
    acting = re.sub(r"\\.", "", written).lower()  # CommonMark, 2.4: what follows a backslash is plain text
    assert [text for text in case.checks["export"]["forbid_text"] if text in acting] == []


def test_hostile_lists_are_taken_or_refused_item_by_item(corpus: Corpus, tmp_path: Path) -> None:
    wrong = {}
    for number, case in enumerate(corpus.of_kind("opml")):
        program = Program(tmp_path / str(number))
        found = program.run("import", str(corpus.folder / "opmls" / f"{case.id}.opml"), seconds=30)
        own = [feed for feed in program.json("feeds", "--json") if feed["address"].startswith("http")]
        least, most = bounds(case.checks.get("feeds", [0, 10_000]))
        if not least <= len(own) <= most or b"Traceback" in program.outputs or found.returncode not in (0, 1):
            wrong[case.id] = (len(own), found.returncode, found.stderr[-300:])
    assert wrong == {}


def test_hostile_pages_are_read_or_refused(corpus: Corpus, server: Server, tmp_path: Path) -> None:
    wrong = {}
    program = Program(tmp_path)
    for case in corpus.of_kind("page"):
        found = program.run("analyse", server.address(case.id), "--format", "text", seconds=90)
        missing = [words for words in case.checks.get("show", ()) if words not in flat(found.stdout)]
        bad = [control.hex() for control in case.forbidden if control in found.stdout + found.stderr]
        if missing or bad or b"Traceback" in found.stderr:
            wrong[case.id] = (missing, bad, found.stderr[-300:])
    assert wrong == {}


def test_the_links_of_the_table_are_opened_or_not(corpus: Corpus) -> None:
    opened = {row["href"]: bool(web_address(row["href"])) for row in corpus.table("links")}
    assert opened == {row["href"]: row["open"] for row in corpus.table("links")}


def machines(address: str) -> list[str]:
    """Where an address of the table leads; none where it cannot be reached at all. Its names are this machine's."""
    try:
        host = host_name(typed_address(address)).rstrip(".")
        return [str(found[4][0]) for found in socket.getaddrinfo(host, 80)] if host else []
    except (UsageError, OSError):
        return []


def test_the_addresses_of_the_table_may_be_typed_or_led_to(corpus: Corpus) -> None:
    rows = corpus.table("addresses")
    may = {}
    for row in rows:
        found = machines(row["url"])
        may[row["url"]] = tuple(bool(found) and all(map(rule, found)) for rule in (may_be_typed, is_public))
    assert may == {row["url"]: (row["given"], row["led"]) for row in rows}


def tour(home: Path, feeds: int) -> tuple[bytes, int]:
    """Go through every view and feed by keyboard, look at the feeds' health and quit; what the terminal got."""
    terminal = Terminal(home)
    try:
        terminal.until(lambda: terminal.shows("Quelle"), "a feed")
        terminal.press("h")
        for _ in range(feeds + 8):
            terminal.press("j")
            terminal.settle()
        terminal.press("H")
        terminal.until(lambda: terminal.shows("Zustand der Feeds"), "the feeds' health")
        for _ in range(feeds):
            terminal.press("\x1b[B")
            terminal.settle()
        terminal.press("\x1b")
        terminal.until(lambda: not terminal.shows("Zustand der Feeds"), "the end of the dialog")
        return terminal.sent, terminal.leave()
    finally:
        terminal.close()


@pytest.mark.pty
def test_the_terminal_gets_no_control_that_a_harmless_run_lacks(
    corpus: Corpus, read: Read, server: Server, tmp_path: Path
) -> None:
    assert _SOURCE is not None
    clean = Program(tmp_path)
    clean.run("add", *[f"{server.base}/__feed/{number}" for number in range(1, GOOD_FEEDS + 1)])
    usual, usual_status = tour(clean.home, GOOD_FEEDS)
    sent, status = tour(read.program.home, len(read.second.feeds) + GOOD_FEEDS)
    assert (status, usual_status) == (0, 0)
    forbidden = sorted({text for case in corpus.of_kind("feed") for text in case.checks.get("forbid", ())})
    assert hostile.judge(_SOURCE).findings(usual, sent, forbidden) == []
