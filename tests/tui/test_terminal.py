"""The whole program in a real pseudo terminal: what a hostile feed can send there, and how the terminal is left."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pyte
import pytest

from reader.config import Config
from reader.library import Library
from reader.paths import resolve
from tests.tui.test_hostile import hostile_feed

pytestmark = pytest.mark.pty

BOUND_SECONDS = 60.0
COLUMNS, LINES = 110, 36
_OSC = re.compile(r"\x1b\].*?(?:\x07|\x1b\\)", re.DOTALL)
_FORBIDDEN = re.compile(r"[\x80-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")


class Terminal:
    """The program on one side of a pseudo terminal, an emulator on the other."""

    def __init__(self, home: Path, *arguments: str) -> None:
        self.sent = b""
        self._screen = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.ByteStream(self._screen)
        self._side, other = os.openpty()
        fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        environment = {**os.environ, "LESART_HOME": str(home), "LANG": "de_DE.UTF-8", "TERM": "xterm-256color"}
        for name in ("LINES", "COLUMNS"):  # they go before the size of the terminal
            environment.pop(name, None)
        self._program = subprocess.Popen(
            [sys.executable, "-m", "reader", *arguments],
            stdin=other,
            stdout=other,
            stderr=other,
            env=environment,
            start_new_session=True,
        )
        os.close(other)

    def until(self, predicate: Callable[[], bool], what: str) -> None:
        """Read on until a state is there, for a bounded time."""
        end = time.monotonic() + BOUND_SECONDS
        while not predicate():
            assert time.monotonic() < end, f"waited in vain for {what}:\n" + "\n".join(self._screen.display)
            self._read()

    def shows(self, words: str) -> bool:
        return any(words in line for line in self._screen.display)

    def press(self, keys: str) -> None:
        os.write(self._side, keys.encode())

    @property
    def pid(self) -> int:
        """The program's process, which leads a session of its own."""
        return self._program.pid

    def wait_of(self, key: str) -> float:
        """Press a key; the seconds until the first byte came, and then everything that follows it."""
        began = time.perf_counter()
        self.press(key)
        select.select([self._side], [], [], BOUND_SECONDS)
        waited = time.perf_counter() - began
        self._read()
        return waited

    def settle(self) -> None:
        """Read until nothing more comes for a moment."""
        before = -1
        while before != len(self.sent):
            before = len(self.sent)
            self._read()

    def leave(self) -> int:
        """Quit; the exit status."""
        self.press("q")
        self.until(lambda: self._program.poll() is not None, "the end of the program")
        self._read()
        return self._program.returncode

    def close(self) -> None:
        if self._program.poll() is None:
            self._program.kill()
        self._program.wait()
        os.close(self._side)

    def _read(self) -> None:
        # A terminal whose other side has gone gives an input/output error in place of an end.
        with contextlib.suppress(OSError):
            while select.select([self._side], [], [], 0.05)[0] and (data := os.read(self._side, 1 << 16)):
                self.sent += data
                self._stream.feed(data)


def harmless_feed(_now: datetime) -> list[tuple[str, str, str, bytes]]:
    items = "".join(f"<item><title>Meldung {n}</title><guid>{n}</guid></item>" for n in range(14))
    feed = f"<?xml version='1.0'?><rss version='2.0'><channel><title>Feed</title>{items}</channel></rss>"
    return [("lesart:harmless", "Ordner", "Braver Feed", feed.encode())]


def run(home: Path, feed: Callable[[datetime], list[tuple[str, str, str, bytes]]], name: str) -> tuple[str, int]:
    """Read the feed for a while and quit; everything that was sent to the terminal, and the exit status."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reader.library.demo.editions", feed)
        library = Library.open(resolve(str(home)), Config(), inline=True)
        library.load_demo()
        library.close()
    terminal = Terminal(home, "demo")
    try:
        terminal.until(lambda: terminal.shows(name), name)
        terminal.press("j" * 13)
        terminal.until(lambda: terminal.shows("14/"), "the fourteenth story")
        terminal.press("G?")
        terminal.until(lambda: terminal.shows("Esc schließt"), "help")
        terminal.press("?")
        terminal.until(lambda: not terminal.shows("Esc schließt"), "the end of help")
        status = terminal.leave()
    finally:
        terminal.close()
    return terminal.sent.decode("utf-8"), status


def test_a_hostile_feed_sends_the_terminal_nothing_but_text(tmp_path: Path) -> None:
    sent, status = run(tmp_path / "hostile", hostile_feed, "[bold]Böser Feed")
    usual, usual_status = run(tmp_path / "harmless", harmless_feed, "Braver Feed")
    assert (status, usual_status) == (0, 0)
    assert "[/] geschlossen" in sent
    assert set(_OSC.findall(sent)) <= set(_OSC.findall(usual))
    assert _FORBIDDEN.findall(sent) == []
    assert sent.rindex("\x1b[?1049l") > sent.rindex("\x1b[?1049h")
    assert sent.rindex("\x1b[?25h") > sent.rindex("\x1b[?25l")
