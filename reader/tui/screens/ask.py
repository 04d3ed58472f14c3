"""The dialog that asks for one line of text."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from reader.i18n import _


class AskScreen(ModalScreen[str | None], inherit_bindings=False):
    """Gives the text, which may be empty, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self, title: str, value: str, placeholder: str = "") -> None:
        super().__init__()
        self._title = title
        self.field = Input(value=value, placeholder=placeholder, select_on_focus=False)

    def compose(self) -> ComposeResult:
        """One field."""
        with Vertical(id="ask-dialog", classes="dialog") as dialog:
            dialog.border_title = Text(self._title)
            dialog.border_subtitle = Text(_("⏎ keep · Esc closes"))
            yield self.field

    def on_mount(self) -> None:
        """Type at once."""
        self.field.focus()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.dismiss(self.field.value.strip())

    def action_leave(self) -> None:
        """Close without a change."""
        self.dismiss(None)
