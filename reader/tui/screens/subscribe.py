"""The dialog that asks for the address of a feed and its folder."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from reader.i18n import _
from reader.tui.widgets.plain import PlainText


class Wish(NamedTuple):
    """What the reader wants to subscribe to."""

    address: str
    folder: str


class SubscribeScreen(ModalScreen[Wish | None], inherit_bindings=False):
    """Gives the wish, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("tab,down", "app.focus_next", show=False),
        Binding("shift+tab,up", "app.focus_previous", show=False),
    ]

    def __init__(self, folder: str = "") -> None:
        super().__init__()
        self.address = Input(placeholder="https://…", id="address", select_on_focus=False)
        self.folder = Input(value=folder, placeholder=_("none"), id="folder", select_on_focus=False)

    def compose(self) -> ComposeResult:
        """Two fields with their names."""
        with Vertical(id="subscribe-dialog", classes="dialog") as dialog:
            dialog.border_title = Text(_("Add a feed"))
            dialog.border_subtitle = Text(_("⏎ subscribe · Esc closes"))
            yield PlainText(Text(_("Address of the feed or of the page that offers it")), classes="form-label")
            yield self.address
            yield PlainText(Text(_("Folder")), classes="form-label")
            yield self.folder

    def on_mount(self) -> None:
        """Begin with the address."""
        self.address.focus()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        address = self.address.value.strip()
        if address:
            self.dismiss(Wish(address, self.folder.value.strip()))
        else:
            self.address.focus()

    def action_leave(self) -> None:
        """Close without a wish."""
        self.dismiss(None)
