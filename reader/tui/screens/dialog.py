"""What dialogs share."""

from __future__ import annotations

from rich.text import Text


def title_text(text: str) -> Text:
    """A frame's title that is not read as markup."""
    return Text(text)
