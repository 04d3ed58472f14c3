"""How the program ends when it is told to from outside."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator


@contextlib.contextmanager
def heeded() -> Iterator[None]:
    """A wish to end, or a terminal that has gone, ends like an interruption: children, files and screen are tidied up.

    The exit status is 128 and the signal's number, as a shell has it.
    """

    told = 0

    def end(number: int, _frame: object) -> None:
        nonlocal told
        told = told or number
        if signal.getsignal(signal.SIGINT) in (signal.SIG_IGN, None):
            raise SystemExit(128 + number)
        # An event loop cancels its work on this one; an exception from here would end in whichever task is running.
        signal.raise_signal(signal.SIGINT)

    wanted = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    if threading.current_thread() is not threading.main_thread():
        wanted = []
    # What somebody has chosen to ignore (nohup) stays ignored.
    earlier = {number: signal.signal(number, end) for number in wanted if signal.getsignal(number) is signal.SIG_DFL}
    try:
        try:
            yield
        except KeyboardInterrupt:
            if not told:
                raise
        if told:  # the interface ends its cancelled work without an exception
            raise SystemExit(128 + told)
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)
