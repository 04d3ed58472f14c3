"""Marks that stand on the screen already and are on their way to the store.

What is read from the store meanwhile is older than what the reader has done; here it is brought up to date. Pure, and
knows nothing of textual.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from reader.model.article import ArticleRow
from reader.tui.state import Marking


class Pending:
    """For each article the last marking of each kind that is on its way."""

    def __init__(self) -> None:
        self._last: dict[str, dict[int, Marking]] = {"read": {}, "star": {}}

    def add(self, marking: Marking) -> None:
        """A marking sets out; it counts before earlier ones."""
        self._last[marking.kind].update(dict.fromkeys(marking.ids, marking))

    def settle(self, marking: Marking) -> tuple[int, ...]:
        """A marking has arrived or was refused; the ids for which no later one is on its way."""
        last = self._last[marking.kind]
        found = tuple(article_id for article_id in marking.ids if last.get(article_id) is marking)
        for article_id in found:
            del last[article_id]
        return found

    def free(self, kind: str, ids: Iterable[int]) -> tuple[int, ...]:
        """Those of the ids for which nothing is on its way."""
        return tuple(article_id for article_id in ids if article_id not in self._last[kind])

    def value(self, kind: str, article_id: int, stored: bool) -> bool:
        """How the article is marked, where the store says ``stored``."""
        marking = self._last[kind].get(article_id)
        return stored if marking is None else marking.value

    def rows(self, stored: Iterable[ArticleRow]) -> list[ArticleRow]:
        """Rows as they are shown."""
        if not any(self._last.values()):
            return list(stored)
        return [
            replace(row, read=self.value("read", row.id, row.read), starred=self.value("star", row.id, row.starred))
            for row in stored
        ]

    def unread(self, stored: set[int]) -> set[int]:
        """The unread ids as they are shown."""
        last = self._last["read"]
        return (stored | {i for i, m in last.items() if not m.value}) - {i for i, m in last.items() if m.value}
