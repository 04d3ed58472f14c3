"""The program as a process of its own, and what is left of it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

BOUND_SECONDS = 60.0
HAS_PROC = Path("/proc/self/stat").exists()


def start(*arguments: str, home: Path, **more: object) -> subprocess.Popen[bytes]:
    """``lesart`` with these arguments, in a process group of its own."""
    environment = {**os.environ, "LESART_HOME": str(home), "LESART_TRUSTED_MACHINES": "127.0.0.1"}
    environment.update(more.pop("environment", {}))  # type: ignore[call-overload]
    options: dict[str, object] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(  # type: ignore[call-overload, no-any-return]
        [sys.executable, "-m", "reader", *arguments], env=environment, start_new_session=True, **(options | more)
    )


def run(*arguments: str, home: Path, **more: object) -> tuple[int, str, str]:
    """The same to its end: exit status, stdout, stderr."""
    process = start(*arguments, home=home, **more)
    out, err = process.communicate(timeout=BOUND_SECONDS)
    return process.returncode, (out or b"").decode(), (err or b"").decode()


def descendants(pid: int) -> list[Path]:
    """The running processes that a process has started, and those that these have."""
    parents: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        parents.setdefault(int(fields[1]), []).append(int(status.parent.name))
    found, left = [], [pid]
    while left:
        children = parents.get(left.pop(), [])
        found += [Path(f"/proc/{child}") for child in children]
        left += children
    return found


def running(process: Path) -> bool:
    """Whether it is still there and not only waits to be collected."""
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def until(predicate: Callable[[], bool], what: str, seconds: float = BOUND_SECONDS) -> None:
    """Wait for a state, for a bounded time."""
    end = time.monotonic() + seconds
    while not predicate():
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.01)


def assert_none_left(processes: Sequence[Path]) -> None:
    """All of them end by themselves."""
    until(lambda: not any(map(running, processes)), "the end of the children", 3.0)
