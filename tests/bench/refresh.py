"""A refresh of generated feeds beside other readers, in turn: ``LESART_BENCHMARKS=… python -m tests.bench.refresh``.

Generator, server and yardstick come from the benchmark material; they imitate 64 hosts with 50 ms latency on the loopback
interface. Four rounds: first fetch, twice nothing new, one feed in six changed. The readers alternate within a repetition, so
that a busy machine slows all of them; medians and ratios are printed, wall seconds and processor seconds of the whole
process tree. newsboat and newsraft take part where they are installed; the yardstick is a bare loop (aiohttp, fastfeedparser
or feedparser for unseen entries, SQLite with FTS5) that shows what Python can reach.

Where nothing is new Lesart is the command ``lesart refresh``, from the start of its process to the end. Its first refresh is
timed until the headlines of all feeds are stored, and then ended; its documents, its index and its analyses, which follow in
the background, are left out of what comes after, except for the new articles of the last round (``all``).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import reader
from reader.config import Config, FetchConfig
from reader.library import Library, Progress
from reader.library.report import FETCHING
from reader.model.analysis import ANALYSIS_VERSION
from reader.paths import resolve
from reader.store import Connection, analyses, articles, feeds, search
from reader.store.codec import pack_document, unpack_document
from tests.bench.served import served_feeds

CONFIG = Config(fetch=FetchConfig(concurrent=256, per_host=8))
ROUNDS = ("first", "again", "again", "changed")
AIMS = {
    "first": (("newsboat", 0.8), ("newsboat-default", 0.2)),
    "again": (("newsraft", 1.6), ("newsboat", 1 / 20)),
    "changed": (("newsraft", 2.5), ("newsboat", 1 / 8)),
}
"""What the issue asks for: headlines at most so many times the other reader's time."""

Run = Callable[[Path, str], dict[str, float]]


def subscribe(connection: Connection, addresses: list[str]) -> None:
    """Subscribe without fetching."""
    for address in addresses:
        feeds.add_feed(connection, address, title=address, own_title=False, folder="")


def settle(connection: Connection) -> None:
    """Make all documents, index everything, and have it count as analysed and put to its stories."""
    while found := articles.pending_documents(connection, 500):
        made = [(article_id, before, unpack_document(body)) for article_id, before, body in found]
        articles.set_documents(
            connection, [(number, before, one.digest, pack_document(one)) for number, before, one in made]
        )
    while search.index_pending(connection, 500):
        pass
    analyses.forget_others(connection, ANALYSIS_VERSION)
    connection.execute("UPDATE articles SET analysed = ?, clustered = 1", (ANALYSIS_VERSION,))


async def refresh(home: Path, *, headlines_only: bool) -> float:
    """One refresh; seconds since this process began until the last feed's headlines were stored."""
    library = Library.open(resolve(str(home)), CONFIG)
    stored = asyncio.Event()
    moment = 0.0

    def note(progress: Progress) -> None:
        nonlocal moment
        if progress.phase == FETCHING and progress.done == progress.total:
            moment = time.time()
            stored.set()

    task = asyncio.create_task(library.refresh(on_progress=note))
    if headlines_only:
        await stored.wait()
        task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    library.close()
    return moment


def lesart(folder: Path, name: str) -> dict[str, float]:
    """One round by a process of its own."""
    addresses = (folder / "urls").read_text().split()
    places = resolve(str(folder / "home"))
    if name == "first":
        places.config.mkdir(parents=True)
        limits = CONFIG.fetch
        places.config_file.write_text(f"[fetch]\nconcurrent = {limits.concurrent}\nper_host = {limits.per_host}\n")
    library = Library.open(places, CONFIG)
    if name == "first":
        library._store.write(subscribe, addresses)
    elif name == "again":
        library._store.write(settle)
    library.close()
    # As installed: modules are compiled.
    env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    env["PYTHONPYCACHEPREFIX"] = str(folder.parent / "compiled")
    home = str(folder / "home")
    if name == "first":
        package = str(Path(reader.__file__).parent)
        subprocess.run([sys.executable, "-m", "compileall", "-q", package], env=env, check=True)
    if name == "again":
        return timed([sys.executable, "-m", "reader", "--home", home, "refresh"], env)
    started = time.time()
    command = [sys.executable, "-m", "tests.bench.refresh", "--child", home]
    told: list[str] = []
    found = timed([*command, *(["--headlines"] if name == "first" else [])], env, told)
    return {**found, "headlines": json.loads(told[0])["headlines"] - started}


def newsboat(threads: int) -> Run:
    """The reader with so many threads."""

    def run(folder: Path, _name: str) -> dict[str, float]:
        (folder / "config").write_text(f"suppress-first-reload yes\nreload-threads {threads}\n")
        places = ["-C", folder / "config", "-u", folder / "urls", "-c", folder / "cache.db"]
        return timed(["newsboat", "-q", *map(str, places), "-x", "reload"])

    return run


def newsraft(folder: Path, _name: str) -> dict[str, float]:
    """The reader without regard to what servers say about the next time, as the others."""
    (folder / "config").write_text("set respect-ttl-element false\nset respect-expires-header false\n")
    places = ["-f", folder / "urls", "-c", folder / "config", "-d", folder / "db"]
    return timed(["newsraft", *map(str, places), "-e", "reload-all"])


def yardstick(tools: Path, parser: str) -> Run:
    """The bare loop with one of its parsers."""

    def run(folder: Path, _name: str) -> dict[str, float]:
        script = [sys.executable, str(tools / "limit_refresh.py"), str(folder / "x.db"), str(folder / "urls")]
        return timed([*script, "--parser", parser])

    return run


def timed(command: list[str], env: dict[str, str] | None = None, told: list[str] | None = None) -> dict[str, float]:
    """Wall and processor seconds of a command and all its children."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, env=env, check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        print(f"{command[0]} ended with {done.returncode}: {done.stderr[-300:]}", file=sys.stderr)
    if told is not None:
        told.append(done.stdout)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return {"headlines": wall, "all": wall, "cpu": cpu}


def available(tools: Path, *, default: bool) -> dict[str, Run]:
    """Who takes part."""
    readers: dict[str, Run] = {"lesart": lesart}
    if shutil.which("newsboat"):
        readers["newsboat"] = newsboat(32)
        if default:
            readers["newsboat-default"] = newsboat(1)
    if shutil.which("newsraft"):
        readers["newsraft"] = newsraft
    parser = (
        "fast"
        if subprocess.run([sys.executable, "-c", "import fastfeedparser"], check=False, capture_output=True).returncode
        == 0
        else "fp-delta"
    )
    readers[f"yardstick-{parser}"] = yardstick(tools, parser)
    return readers


def ask(address: str) -> None:
    """Tell the server something."""
    urllib.request.urlopen(address).close()  # noqa: S310 - loopback


def measure(readers: dict[str, Run], root: Path, addresses: list[str], repetitions: int) -> None:
    """All rounds of all readers in turn, and the table."""
    base = addresses[0].rpartition("/")[0]
    found: dict[tuple[str, str], list[dict[str, float]]] = defaultdict(list)
    for repetition in range(repetitions):
        for name in readers:
            folder = root / str(repetition) / name
            folder.mkdir(parents=True)
            (folder / "urls").write_text("\n".join(addresses) + "\n")
        for number, round_name in enumerate(ROUNDS):
            ask(f"{base}/__round/{int(round_name == 'changed')}")
            for name, run in readers.items():
                result = run(root / str(repetition) / name, round_name)
                told = ", ".join(f"{field} {seconds:.2f}" for field, seconds in result.items())
                print(f"{repetition + 1} {round_name} {name}: {told}", file=sys.stderr, flush=True)
                if number != 1 or not name.startswith("newsboat"):  # its second fetch sends no validators yet
                    found[name, round_name].append(result)
    medians = {
        key: {field: statistics.median(result[field] for result in results) for field in results[0]}
        for key, results in found.items()
    }
    for (name, round_name), middle in sorted(medians.items(), key=lambda pair: pair[0][::-1]):
        print(
            f"{round_name:<8} {name:<18} headlines {middle['headlines']:6.2f} s, all {middle['all']:6.2f} s, CPU {middle['cpu']:6.2f} s"
        )
    for round_name, aims in AIMS.items():
        for other, most in aims:
            if (other, round_name) in medians:
                ratio = medians["lesart", round_name]["headlines"] / medians[other, round_name]["all"]
                print(f"{round_name:<8} lesart / {other:<18} {ratio:6.3f}   (reach <= {most:.3f})")


def main() -> None:
    """Generate, serve, refresh."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=500)
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--default", action="store_true", help="newsboat with one thread as well, which takes minutes")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--headlines", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child is not None:
        print(json.dumps({"headlines": asyncio.run(refresh(options.child, headlines_only=options.headlines))}))
        return
    tools = Path(os.environ["LESART_BENCHMARKS"]) / "benchmarks" / "perf"
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        with served_feeds(tools, root / "feeds", options.feeds) as addresses:
            measure(available(tools, default=options.default), root, addresses, options.repetitions)


if __name__ == "__main__":
    main()
