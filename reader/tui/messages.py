"""What the panes tell the screen: facts, never commands. Facts that a held key repeats replace each other."""

from __future__ import annotations

from array import array
from typing import Literal

from textual.message import Message

from reader.model.query import ArticleQuery
from reader.tui.render.tree import TreeRow


class RowHighlighted(Message):
    """The cursor of the story list stands on this article."""

    def __init__(self, article_id: int, index: int) -> None:
        super().__init__()
        self.article_id = article_id
        self.index = index

    def can_replace(self, message: Message) -> bool:
        """Only the last of a run counts."""
        return isinstance(message, RowHighlighted)


class TreeHighlighted(Message):
    """The cursor of the feed tree stands on this row."""

    def __init__(self, row: TreeRow) -> None:
        super().__init__()
        self.row = row

    def can_replace(self, message: Message) -> bool:
        """Only the last of a run counts."""
        return isinstance(message, TreeHighlighted)


class Chosen(Message):
    """Something was clicked or confirmed: a row of a pane, or a target inside the article or the sidebar."""

    def __init__(self, pane: Literal["feeds", "list", "article", "summary"], target: str = "") -> None:
        super().__init__()
        self.pane = pane
        self.target = target


class Scrolled(Message):
    """Other lines of the article are in view."""

    def can_replace(self, message: Message) -> bool:
        """Only the last of a run counts."""
        return isinstance(message, Scrolled)


class IdsLoaded(Message):
    """A query was read in a thread: its article ids newest first, the ids of everything unread, and those that tell the
    same story as the open article, where that one is not listed."""

    def __init__(
        self,
        query: ArticleQuery,
        ids: array[int],
        unread: set[int],
        merge: bool,
        story: frozenset[int] = frozenset(),
    ) -> None:
        super().__init__()
        self.query = query
        self.ids = ids
        self.unread = unread
        self.merge = merge
        self.story = story
