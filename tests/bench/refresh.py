"""A refresh of generated feeds, round by round: ``LESART_BENCHMARKS=… python -m tests.bench.refresh [--feeds 500]``.

Generator and server come from the benchmark material; they imitate hosts with 50 ms latency on the loopback interface. Four
rounds: first fetch, twice nothing new, one feed in six changed. Printed for each: seconds until the headlines of all feeds
are stored, seconds until everything is indexed and analysed, processor seconds of this process and of its children.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import resource
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from reader.config import Config, FetchConfig
from reader.library import Library, Progress
from reader.paths import resolve
from reader.store import Connection, feeds

CONFIG = Config(fetch=FetchConfig(concurrent=256, per_host=8))


def subscribe(connection: Connection, addresses: list[str]) -> None:
    """Subscribe without fetching."""
    for address in addresses:
        feeds.add_feed(connection, address, title=address, own_title=False, folder="")


async def one_round(home: Path, name: str, addresses: list[str]) -> None:
    """One refresh by a freshly opened library, as a command would do it."""
    started, headlines = time.perf_counter(), 0.0

    def note(progress: Progress) -> None:
        nonlocal headlines
        headlines = time.perf_counter() - started

    before = os.times()
    library = Library.open(resolve(str(home)), CONFIG)
    if addresses:
        library._store.write(subscribe, addresses)
    report = await library.refresh(on_progress=note)
    library.close()
    after = os.times()
    own = after.user - before.user + after.system - before.system
    print(
        f"{name:<9} headlines {headlines:6.2f} s, all {time.perf_counter() - started:6.2f} s, own CPU {own:5.2f} s;"
        f" {report.new} new, {len(report.failed)} failed"
    )


def wait_for(address: str) -> None:
    """Until the server answers."""
    for _ in range(200):
        try:
            with urllib.request.urlopen(address + "/__stats"):  # noqa: S310 - loopback
                return
        except urllib.error.URLError:
            time.sleep(0.05)
    raise SystemExit("the server does not answer")


def main() -> None:
    """Generate, serve, refresh."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=500)
    number = parser.parse_args().feeds
    tools = Path(os.environ["LESART_BENCHMARKS"]) / "benchmarks" / "perf"
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        made = root / "feeds"
        subprocess.run(
            [sys.executable, tools / "make_feeds.py", made, "--feeds", str(number)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        addresses = (made / "urls.txt").read_text().split()
        server = subprocess.Popen([sys.executable, tools / "serve_feeds.py", made], stdout=subprocess.DEVNULL)
        base = addresses[0].rpartition("/")[0]
        try:
            wait_for(base)
            asyncio.run(one_round(root / "home", "first", addresses))
            asyncio.run(one_round(root / "home", "again", []))
            asyncio.run(one_round(root / "home", "again", []))
            urllib.request.urlopen(base + "/__round/1").close()  # noqa: S310 - loopback
            asyncio.run(one_round(root / "home", "changed", []))
        finally:
            server.terminate()
            server.wait()
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        size = (root / "home" / "data" / "lesart.db").stat().st_size
        print(
            f"children: CPU {children.ru_utime:.1f} s, peak {children.ru_maxrss / 1024:.0f} MB; store {size / 1e6:.1f} MB"
        )


if __name__ == "__main__":
    main()
