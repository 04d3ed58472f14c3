"""A reader that is stopped and goes on, and one that is to outlive its terminal: how the terminal is left and found."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes import HAS_PROC, assert_none_left, descendants

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(not HAS_PROC, reason="reads the list of processes from /proc"),
]

BOUND_SECONDS = 60.0
SCREEN, NO_SCREEN = b"\x1b[?1049h", b"\x1b[?1049l"
TITLES = (b"Quellen", b"Ungelesen", b"Artikel", b"Auf einen Blick", b"Hilfe")
"""What stands in each of the panes and in the key bar."""


class Session:
    """The program in a pseudo terminal; whoever started it is in the same session, as a shell is."""

    def __init__(self, home: Path, *before: str, own_session: bool = False) -> None:
        self.side, self.other = os.openpty()
        self.before = termios.tcgetattr(self.other)
        environment = {**os.environ, "LESART_HOME": str(home), "TERM": "xterm-256color", "LANG": "de_DE.UTF-8"}
        environment |= {"COLUMNS": "120", "LINES": "40"}
        self.program = subprocess.Popen(
            [*before, sys.executable, "-m", "reader", "demo"],
            stdin=self.other,
            stdout=self.other,
            stderr=self.other,
            env=environment,
            start_new_session=own_session,
            process_group=None if own_session else 0,
        )

    def press(self, keys: bytes) -> None:
        os.write(self.side, keys)

    def seen(self, words: bytes) -> bytes:
        """What the program sends, until these words are among it."""
        sent, end = b"", time.monotonic() + BOUND_SECONDS
        while words not in sent:
            assert time.monotonic() < end, f"waited in vain for {words!r}: {sent[-500:]!r}"
            if select.select([self.side], [], [], 0.1)[0]:
                with contextlib.suppress(OSError):
                    sent += os.read(self.side, 1 << 16)
        return sent

    def painted(self) -> None:
        """Read on until every pane is painted."""
        sent = b""
        while not all(title in sent for title in TITLES):
            sent += self.seen(next(title for title in TITLES if title not in sent))

    def stopped(self) -> None:
        """Wait until the program is stopped."""
        end = time.monotonic() + BOUND_SECONDS
        stat = Path(f"/proc/{self.program.pid}/stat")
        while stat.read_text().rpartition(")")[2].split()[0] != "T":
            assert time.monotonic() < end, "the program goes on"
            time.sleep(0.01)

    def leave(self) -> None:
        """Quit; the terminal is as it was before."""
        self.press(b"q")
        self.seen(NO_SCREEN)
        assert self.program.wait(BOUND_SECONDS) == 0
        assert termios.tcgetattr(self.other) == self.before

    def close(self) -> None:
        if self.program.poll() is None:
            self.program.kill()
        self.program.wait()
        for side in (self.side, self.other):
            with contextlib.suppress(OSError):
                os.close(side)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = Session(tmp_path)
    opened.painted()
    yield opened
    opened.close()


def test_ctrl_z_gives_the_terminal_back_and_the_screen_comes_again(session: Session) -> None:
    for _ in range(2):
        session.press(b"\x1a")
        session.seen(NO_SCREEN)
        session.stopped()
        assert termios.tcgetattr(session.other) == session.before
        session.program.send_signal(signal.SIGCONT)
        session.seen(SCREEN)
        session.painted()
    session.leave()


def test_stopped_from_outside_it_gives_the_terminal_back_too(session: Session) -> None:
    session.program.send_signal(signal.SIGTSTP)
    session.seen(NO_SCREEN)
    session.stopped()
    assert termios.tcgetattr(session.other) == session.before
    session.program.send_signal(signal.SIGCONT)
    session.seen(SCREEN)
    session.painted()
    session.leave()


def test_stopped_without_a_chance_to_leave_the_screen_it_paints_again_and_goes_on(session: Session) -> None:
    session.program.send_signal(signal.SIGSTOP)
    session.stopped()
    session.program.send_signal(signal.SIGCONT)
    session.painted()
    session.press(b"?")
    session.seen("schließt".encode())
    session.press(b"?")
    session.leave()


def test_where_nobody_would_wake_it_ctrl_z_does_not_put_it_to_sleep(tmp_path: Path) -> None:
    session = Session(tmp_path, own_session=True)
    try:
        session.painted()
        session.press(b"\x1a?")
        assert NO_SCREEN not in session.seen("schließt".encode())
        session.press(b"?")
        session.leave()
    finally:
        session.close()


def test_a_reader_that_ignores_hangups_ends_with_its_terminal(tmp_path: Path) -> None:
    session = Session(tmp_path, "sh", "-c", 'trap "" HUP; exec "$@"', "sh")
    try:
        session.painted()
        children = descendants(session.program.pid)
        os.close(session.other)
        os.close(session.side)
        assert session.program.wait(BOUND_SECONDS) == 128 + signal.SIGTERM
        assert_none_left(children)
    finally:
        session.close()


def test_a_terminal_that_goes_while_the_reader_sleeps_ends_it_when_it_wakes(session: Session) -> None:
    session.press(b"\x1a")
    session.seen(NO_SCREEN)
    session.stopped()
    os.close(session.other)
    os.close(session.side)
    session.program.send_signal(signal.SIGCONT)
    assert session.program.wait(BOUND_SECONDS) == 128 + signal.SIGHUP
