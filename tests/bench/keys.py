"""Does typing stay quick during a refresh? ``LESART_BENCHMARKS=… python -m tests.bench.keys [--feeds 500]``.

The real program in a pseudo terminal of 160 by 48, over a store in which half of the generated feeds have been fetched: so
many keys "j" while nothing else happens, then as many while "R" fetches all feeds, of which the other half is new, with its
parsing, storing, indexing and analysing. Printed: milliseconds from a key to the first byte that it paints, and the
processor time of the program's tree meanwhile. On a machine busy with other things compare the two lines, not the figures.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib.util
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from reader.library import Library
from reader.paths import resolve
from tests.bench.refresh import CONFIG, settle, subscribe
from tests.bench.served import served_feeds

SIZE = (160, 48)
BUSY = r"\d+/500|Abruf|Analyse|fetching|analysing"


def probe(tools: Path) -> Any:
    """The pseudo terminal of the benchmark material, as a module."""
    spec = importlib.util.spec_from_file_location("tui_probe", tools / "tui_probe.py")
    if spec is None or spec.loader is None:
        raise SystemExit("no tui_probe.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


async def prepare(home: Path, addresses: list[str]) -> None:
    """A store with all feeds, half of them fetched, with nothing left to do."""
    places = resolve(str(home))
    places.config.mkdir(parents=True)
    places.config_file.write_text("[fetch]\nper_host = 8\nconcurrent = 256\n")
    library = Library.open(places, CONFIG)
    library._store.write(subscribe, addresses)
    half = [feed.id for feed in library.feeds()][::2]
    fetched = asyncio.Event()
    task = asyncio.create_task(
        library.refresh(half, on_progress=lambda told: fetched.set() if told.done == told.total else None)
    )
    await fetched.wait()
    task.cancel()
    await asyncio.wait([task])
    library._store.write(settle)
    library.close()


def typed(terminal: Any, count: int, pause: float) -> list[float]:
    """Milliseconds to the first byte after each of so many keys, at the pace of a person who holds one down."""
    found = []
    for _ in range(count):
        key = terminal.key("j", quiet=0.01, timeout=2)
        if key["first_ms"] is not None:
            found.append(key["first_ms"])
        time.sleep(pause)
    return found


def line(name: str, found: list[float]) -> tuple[float, float]:
    """Print and return median and 95th percentile."""
    middle, late = statistics.median(found), statistics.quantiles(found, n=20)[-1]
    print(f"{name:<16} {len(found):4} keys: median {middle:6.2f} ms, p95 {late:6.2f} ms, longest {max(found):6.2f} ms")
    return middle, late


def main() -> None:
    """Generate, serve, type."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=500)
    parser.add_argument("--keys", type=int, default=150)
    options = parser.parse_args()
    tools = Path(os.environ["LESART_BENCHMARKS"]) / "benchmarks" / "perf"
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        with served_feeds(tools, root / "feeds", options.feeds) as addresses:
            asyncio.run(prepare(root / "home", addresses))
            command = [sys.executable, "-m", "reader", "--home", str(root / "home"), "--lang", "en"]
            with probe(tools).Tui(command, *SIZE) as terminal:
                terminal.wait_paint(r"\?")
                typed(terminal, 10, 0.02)
                idle = line("idle", typed(terminal, options.keys, 0.02))
                terminal.key("R", quiet=0.05, timeout=1)
                busy = line("during a refresh", typed(terminal, options.keys, 0.02))
                still = "still at work" if terminal.holds(BUSY) else "done"
                print(
                    f"ratio: median {busy[0] / idle[0]:.2f}, p95 {busy[1] / idle[1]:.2f}; the refresh is {still} at the end"
                )


if __name__ == "__main__":
    main()
