"""Every hostile feed alone beside three good ones, refreshed in the reader on a pseudo terminal while keys are pressed.

    LESART_BENCHMARKS=… python -m tests.bench.hostile [CASE …]

For each case: seconds until the refresh is done, growth of memory against a refresh of the good feeds alone (resident
memory of the whole session, children included, sampled), the longest time a key waited for its first byte, and what
the server was asked for. A case that breaks a bound of the corpus is marked; the last line sums up. Linux only.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from tests import hostile
from tests.hostile import Case, Program, Server
from tests.tui.test_terminal import Terminal

_GOOD = 3
_FETCHING = "Abruf"
_KEY_GAP_MS, _MEMORY_MB, _SECONDS, _READ_MB = 250.0, 300.0, 60.0, 40.0
"""What holds for every case that names no bound of its own."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One refresh: ``gap_ms`` the longest wait of a key, ``peak_mb`` resident memory of all processes at once."""

    seconds: float
    peak_mb: float
    gap_ms: float
    keys: int
    status: int


class Memory(threading.Thread):
    """Samples the resident memory of a session."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self._session = session
        self._end = threading.Event()
        self.peak = 0

    def run(self) -> None:
        while not self._end.wait(0.02):
            self.peak = max(self.peak, _resident(self._session))

    def stop(self) -> None:
        self._end.set()
        self.join()


def _resident(session: int) -> int:
    """Bytes in memory of every process of a session (proc(5))."""
    total, page = 0, os.sysconf("SC_PAGE_SIZE")
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                if int(fields[3]) == session:
                    total += int((entry / "statm").read_text().split()[1]) * page
            except (OSError, IndexError):  # it has ended meanwhile
                continue
    return total


def refresh(program: Program) -> Outcome:
    """Refresh in the reader, moving the cursor all the while."""
    terminal = Terminal(program.home)
    memory = Memory(terminal.pid)
    try:
        terminal.until(lambda: terminal.shows("Meldung"), "a story")
        terminal.settle()
        memory.start()
        began, longest, keys = time.perf_counter(), 0.0, 0
        terminal.press("R")
        terminal.until(lambda: terminal.shows(_FETCHING), "the refresh")
        while terminal.shows(_FETCHING) and time.perf_counter() - began < 3 * _SECONDS:
            longest = max(longest, terminal.wait_of("jk"[keys % 2]))
            keys += 1
        seconds = time.perf_counter() - began
        memory.stop()
        return Outcome(seconds, memory.peak / 1_048_576, longest * 1000, keys, terminal.leave())
    finally:
        terminal.close()


def prepared(folder: Path, server: Server, *addresses: str) -> Program:
    """A store with the good feeds read and the others subscribed to."""
    program = Program(folder)
    program.configure("[fetch]\nper_host = 16\nautomatic = false\n")
    listed = folder / "subscriptions.opml"
    listed.write_bytes(hostile.subscriptions([f"{server.base}/__feed/{n}" for n in range(1, _GOOD + 1)]))
    program.run("import", str(listed))
    program.run("refresh")
    if addresses:
        listed.write_bytes(hostile.subscriptions(list(addresses)))
        program.run("import", str(listed))
    server.reset()
    return program


def broken(case: Case, outcome: Outcome, usual_mb: float, server: Server, program: Program) -> list[str]:
    """Which bounds the case has broken."""
    checks = case.checks
    log = [entry for entry in server.log() if entry["case"] == case.id]
    read_mb = sum(entry["bytes_sent"] for entry in log) / 1_048_576
    found = {
        "seconds": outcome.seconds > checks.get("max_s", _SECONDS),
        "memory": outcome.peak_mb - usual_mb > checks.get("max_rss_mb", _MEMORY_MB),
        "key": outcome.gap_ms > checks.get("ui_gap_ms", _KEY_GAP_MS),
        "bytes": read_mb > checks.get("max_read_mb", _READ_MB),
        "requests": len(log) > checks.get("max_requests", 22),
        "internal": any(entry["listener"] == "internal" for entry in server.log()),
        "status": outcome.status != 0,
        "good feeds": sum(feed["total"] for feed in program.json("feeds", "--json") if "__feed" in feed["address"])
        != 3 * _GOOD,
    }
    return [name for name, wrong in found.items() if wrong]


def main() -> int:
    """Run the cases that are named, or all."""
    source = hostile.folder()
    if source is None:
        print("LESART_BENCHMARKS is not set, or holds no hostile corpus", file=sys.stderr)
        return 2
    os.environ["LESART_TRUSTED_MACHINES"] = "127.0.0.1"
    failed = 0
    with tempfile.TemporaryDirectory() as scratch:
        corpus = hostile.make(source, Path(scratch) / "corpus")
        cases = [case for case in corpus.of_kind("feed") if not sys.argv[1:] or case.id in sys.argv[1:]]
        with hostile.serve(source, corpus) as server:
            usual = refresh(prepared(Path(scratch) / "usual", server))
            print(f"{'good feeds alone':24} {usual.seconds:6.1f} s {usual.peak_mb:6.0f} MB {usual.gap_ms:6.0f} ms")
            for case in cases:
                program = prepared(Path(scratch) / case.id, server, server.address(case.id))
                outcome = refresh(program)
                wrong = broken(case, outcome, usual.peak_mb, server, program)
                failed += bool(wrong)
                grown = outcome.peak_mb - usual.peak_mb
                told = f"{case.id:24} {outcome.seconds:6.1f} s {grown:+6.0f} MB {outcome.gap_ms:6.0f} ms {outcome.keys:5} keys"
                print(told, *wrong, flush=True)
    print(f"{len(cases) - failed} of {len(cases)} hold")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
