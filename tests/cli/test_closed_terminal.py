"""The reader whose terminal goes away, or that is told to end: it ends, and leaves no process behind."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import time
from pathlib import Path

import pytest

from tests.processes import HAS_PROC, assert_none_left, descendants, run, start

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(not HAS_PROC, reason="reads the list of processes from /proc"),
]


def seen(side: int, words: bytes, seconds: float = 60.0) -> bytes:
    """What the program sends, until these words are among it."""
    sent, end = b"", time.monotonic() + seconds
    while words not in sent:
        assert time.monotonic() < end, sent[-500:]
        if select.select([side], [], [], 0.1)[0]:
            with contextlib.suppress(OSError):
                sent += os.read(side, 1 << 16)
    return sent


@pytest.mark.parametrize("how", ["closed", "SIGTERM", "SIGHUP"])
def test_the_reader_ends_with_its_terminal_or_when_it_is_told_to(tmp_path: Path, how: str) -> None:
    side, other = os.openpty()
    environment = {"TERM": "xterm-256color", "LANG": "de_DE.UTF-8"}
    process = start("demo", home=tmp_path, stdin=other, stdout=other, stderr=other, environment=environment)
    os.close(other)
    sent = b""
    try:
        seen(side, b"\x1b[?1049h")
        children = descendants(process.pid)
        if how == "closed":
            os.close(side)
            process.send_signal(signal.SIGHUP)  # what the kernel sends to the session of a terminal that goes
        else:
            process.send_signal(getattr(signal, how))
            sent = seen(side, b"\x1b[?1049l", 10.0)
            if b"\x1b[?25h" not in sent:  # the cursor comes back after the screen
                sent += seen(side, b"\x1b[?25h", 10.0)
        process.wait(timeout=10)
    finally:
        process.kill()
        process.wait()
        if how != "closed":
            os.close(side)
    assert_none_left(children)
    if how != "closed":
        assert process.returncode == 128 + getattr(signal, how)
        assert b"\x1b[?25h" in sent
        assert b"Traceback" not in sent
    assert run("list", home=tmp_path)[0] == 0


@pytest.mark.parametrize("told", [False, True])
def test_the_reader_ends_with_a_terminal_that_sends_no_signal(tmp_path: Path, told: bool) -> None:
    side, other = os.openpty()  # in a session of its own, of which this is not the controlling terminal
    environment = {"TERM": "xterm-256color", "LANG": "de_DE.UTF-8"}
    process = start("demo", home=tmp_path, stdin=other, stdout=other, stderr=other, environment=environment)
    os.close(other)
    try:
        seen(side, b"\x1b[?1049h")
        children = descendants(process.pid)
        os.close(side)
        if told:
            process.send_signal(signal.SIGTERM)
        process.wait(timeout=10)
    finally:
        process.kill()
        process.wait()
    assert_none_left(children)
    assert process.returncode == 128 + (signal.SIGTERM if told else signal.SIGHUP)
