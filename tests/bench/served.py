"""Generated feeds of the benchmark material on the loopback interface: 64 hosts with 50 ms latency."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def served_feeds(tools: Path, folder: Path, count: int) -> Iterator[list[str]]:
    """Make so many feeds in ``folder`` and serve them meanwhile; their addresses."""
    made = [sys.executable, str(tools / "make_feeds.py"), str(folder), "--feeds", str(count)]
    subprocess.run(made, check=True, stderr=subprocess.DEVNULL)
    addresses = (folder / "urls.txt").read_text().split()
    server = subprocess.Popen([sys.executable, tools / "serve_feeds.py", folder], stdout=subprocess.DEVNULL)
    try:
        _wait_for(addresses[0].rpartition("/")[0])
        yield addresses
    finally:
        server.terminate()
        server.wait()


def _wait_for(address: str) -> None:
    """Until the server answers."""
    for _ in range(200):
        try:
            with urllib.request.urlopen(address + "/__stats"):  # noqa: S310 - loopback
                return
        except urllib.error.URLError:
            time.sleep(0.05)
    raise SystemExit("the server does not answer")
