"""The application: themes, the key map and the one main screen."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import ClassVar

from textual.actions import ActionParseResult
from textual.app import App
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.driver import Driver

from reader.config import Config
from reader.errors import LesartError
from reader.i18n import _
from reader.library import Library
from reader.library.lookback import Lookback
from reader.tui import keymap
from reader.tui.keymap import Keys
from reader.tui.screens.main import MainScreen
from reader.tui.themes import COLOURS, textual_theme, theme_name

_MOVES = frozenset({"down", "up", "page_down", "page_up", "top", "bottom"})
"""Actions that move a cursor and mean nothing that it stands on."""


def terminal_driver() -> type[Driver] | None:
    """What drives the terminal; None for textual's own choice (Windows, or one that is asked for by its variable)."""
    if sys.platform == "win32" or os.environ.get("TEXTUAL_DRIVER"):
        return None
    from reader.tui.driver import TerminalDriver  # needs termios

    return TerminalDriver


def has_shell() -> bool:
    """Whether somebody in this session could wake the program when it sleeps."""
    if sys.platform == "win32":
        return False
    try:
        return os.getsid(os.getppid()) == os.getsid(0)
    except OSError:
        return False


class LesartApp(App[int], inherit_bindings=False):
    """Lesart on the screen."""

    TITLE = "Lesart"
    CSS_PATH = "lesart.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", show=False, priority=True),
    ]

    def __init__(self, library: Library, config: Config, keys: Keys) -> None:
        without_colour = "NO_COLOR" in os.environ
        super().__init__(driver_class=terminal_driver(), ansi_color=True if without_colour else None)
        for name in COLOURS:
            self.register_theme(textual_theme(name))
        theme_name(config.view.theme)  # refuses an unknown one whatever was chosen since
        wished = theme_name(Lookback(library.paths, config.view).view.theme)
        self.theme = "lesart-ansi" if without_colour else wished
        self.library = library
        self.config = config
        self.keys = keys

    def get_default_screen(self) -> MainScreen:
        """The main screen with the bindings of the key map."""
        return bound(self.keys)(self.library, self.config, self.keys)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key or a command asks for; an error that a person may meet is told, whichever action it was."""
        name = action if isinstance(action, str) else action[1]
        try:
            # A held key opens only the story at which it stops.
            if name not in _MOVES:
                self.main_screen.catch_up()
            return await super().run_action(action, default_namespace, namespaces)
        except LesartError as error:
            self.main_screen.tell_error(error)
            return True

    @property
    def main_screen(self) -> MainScreen:
        """The screen below all dialogs."""
        found = self.screen_stack[0]
        if not isinstance(found, MainScreen):
            raise TypeError(f"the lowest screen is {found!r}")
        return found

    def action_suspend_process(self) -> None:
        """Sleep until the shell wakes the program; where there is no shell to do so, say that."""
        if has_shell():
            super().action_suspend_process()
        else:
            self.main_screen.tell(_("There is no shell that would bring Lesart back."))

    async def action_quit(self) -> None:
        """End the program as the reader's own key does."""
        self.main_screen.action_quit()


def bound(keys: Keys) -> type[MainScreen]:
    """The main screen's class with these keys as its bindings."""

    class BoundScreen(MainScreen, inherit_bindings=False):
        """The main screen with its keys."""

        BINDINGS: ClassVar[list[BindingType]] = [*keymap.bindings(keys)]

    return BoundScreen


def run(library: Library, config: Config) -> int:
    """Read until the reader leaves; the exit status. Raises ``ConfigError`` for a key map or a theme that does not
    fit."""
    app = LesartApp(library, config, keymap.resolve(config.keys))
    app.run()
    return app.return_code or 0
