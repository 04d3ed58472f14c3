"""The terminal of the reader, and what happens when it is gone.

The kernel sends SIGHUP to the session of a terminal that goes. A reader for which it is only stdin and stdout, not the
controlling terminal, gets none: textual would read the end of the file again and again, and wait for good for a place
in the queue of a writer that an error has ended. Here such a reader is sent the signal, and what it still writes is
dropped. And one that was stopped without a chance to leave the screen enters it anew when it goes on.
"""

from __future__ import annotations

import os
import select
import signal
import threading
from collections.abc import Callable
from functools import partial
from typing import IO, Any

from textual.drivers.linux_driver import LinuxDriver

GRACE_SECONDS = 1.0
"""So long a kernel's own signal may take to end the reader before it is sent another, which would cut the end short."""


def hang_up() -> None:
    """Tell this process that its terminal is gone; one that is to outlive a hangup (``nohup``) is told to end."""
    ignored = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    os.kill(os.getpid(), signal.SIGTERM if ignored else signal.SIGHUP)


class Outlet:
    """A terminal to write to; once that fails, all that follows is dropped."""

    def __init__(self, file: IO[str], lost: Callable[[], None]) -> None:
        self._file = file
        self._lost = lost
        self._gone = False

    def write(self, text: str) -> None:
        """Write, or drop."""
        if not self._gone:
            try:
                self._file.write(text)
            except OSError:
                self._lose()

    def flush(self) -> None:
        """Send what is written, or drop it."""
        if not self._gone:
            try:
                self._file.flush()
            except OSError:
                self._lose()

    def fileno(self) -> int:
        """The number of the file."""
        return self._file.fileno()

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return self._file.isatty()

    def _lose(self) -> None:
        self._gone = True
        self._lost()


class TerminalDriver(LinuxDriver):
    """Textual's own, for a terminal that may go away without a signal, and a reader that is stopped in any way."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._file: Any = Outlet(self._file, self._lose)
        self._leaving = threading.Event()
        self._told = threading.Lock()
        self._watch: threading.Thread | None = None
        self._asleep = False
        """The screen is left, or could not be entered (a job in the background), until the reader is woken."""
        self._entered = False

    def start_application_mode(self) -> None:
        """Also watch for the terminal's end."""
        self._leaving.clear()
        self._asleep, before = True, self._writer_thread
        super().start_application_mode()  # type: ignore[no-untyped-call]  # textual leaves it untyped
        if self._writer_thread is before:
            return
        self._asleep, self._entered = False, True
        if os.isatty(self.fileno) and (self._watch is None or not self._watch.is_alive()):
            self._watch = threading.Thread(target=self._wait_for_the_end, name="lesart-terminal", daemon=True)
            self._watch.start()

    def stop_application_mode(self) -> None:
        """The reader leaves the screen: whoever told it to, it need not be told again."""
        self._leaving.set()
        self._entered = False
        super().stop_application_mode()

    def suspend_application_mode(self) -> None:
        """Leave the screen for a while."""
        super().suspend_application_mode()
        self._asleep = True

    def _sigcont_application(self, *_: object) -> None:
        """Enter the screen again. A reader that was stopped without leaving it (SIGSTOP) leaves it first: textual would
        go on with two threads that read the keys, and take what it has made of the terminal for its former state."""
        if not self._auto_restart:
            return
        if self._entered:
            self.suspend_application_mode()
        if self._asleep:
            self.resume_application_mode()
        if self._entered:
            # A screen of the same size is not painted by itself.
            self._loop.call_soon_threadsafe(partial(self._app.call_later, self._app.refresh, layout=True))

    def _wait_for_the_end(self) -> None:
        poll = select.poll()
        poll.register(self.fileno, 0)  # without a wish for input only hangup and error are told
        poll.poll()
        self._lose()

    def _lose(self) -> None:
        if not self._leaving.wait(GRACE_SECONDS) and self._told.acquire(blocking=False):
            hang_up()
