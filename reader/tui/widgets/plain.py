"""A line of text of our own that cannot be read as markup."""

from __future__ import annotations

from rich.text import Text
from textual.widget import Widget


class PlainText(Widget):
    """Shows one styled text."""

    can_focus = False

    def __init__(self, text: Text, *, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self._text = text

    def render(self) -> Text:
        """The text itself."""
        return self._text
