"""The browser beside the reader: only one with a window of its own, and only what it did is claimed."""

from __future__ import annotations

import subprocess
import webbrowser
from pathlib import PurePath

TEXT_MODE = frozenset(
    {"www-browser", "links", "links2", "elinks", "lynx", "w3m", "browsh", "carbonyl", "cha", "chawan"}
)
"""Browsers that would take the terminal over."""
_SECONDS = 1.0
"""A browser that runs longer has opened; one that cannot open is over before."""


def open_address(address: str) -> bool:
    """Open an http(s) address; whether a browser with a window took it. Takes up to a second, so call it in a
    thread."""
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    if PurePath(getattr(browser, "name", "")).stem.lower() in TEXT_MODE:
        return False
    if isinstance(browser, webbrowser.GenericBrowser):
        return _start([browser.name, *(argument.replace("%s", address) for argument in browser.args)])
    try:
        return browser.open(address)
    except (OSError, webbrowser.Error):
        return False


def _start(command: list[str]) -> bool:
    """Run a browser without the terminal, which the standard library would leave to it."""
    silent = subprocess.DEVNULL
    try:
        # The command is the person's own $BROWSER or the system's; the address is one argument and no shell reads it.
        process = subprocess.Popen(  # noqa: S603
            command, stdin=silent, stdout=silent, stderr=silent, start_new_session=True
        )
        return process.wait(_SECONDS) == 0
    except subprocess.TimeoutExpired:
        return True
    except OSError:
        return False
