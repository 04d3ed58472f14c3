"""The feed tree as rows: smart views, folders, feeds; each with what is unread."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from reader import signs
from reader.i18n import _, number_text
from reader.model.article import Feed
from reader.model.query import Counts, View
from reader.tui.render.line import Line, Piece, spread


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeRow:
    """One row: a smart view, a folder or a feed."""

    view: View
    label: str
    count: int = 0
    feed_id: int | None = None
    folder: str | None = None
    depth: int = 0
    folded: bool = False
    failed: bool = False


def view_word(view: View) -> str:
    """The name of a smart view."""
    words = {View.TODAY: _("Today"), View.UNREAD: _("Unread"), View.STARRED: _("Starred"), View.ALL: _("All")}
    return words.get(view, "")


def tree_rows(feeds: Iterable[Feed], counts: Counts, folded: Collection[str] = ()) -> tuple[TreeRow, ...]:
    """Views first, then feeds without a folder, then folders with their feeds (``feeds`` come sorted that way)."""
    rows = [
        TreeRow(view=View.TODAY, label=view_word(View.TODAY), count=counts.today),
        TreeRow(view=View.UNREAD, label=view_word(View.UNREAD), count=counts.unread),
        TreeRow(view=View.STARRED, label=view_word(View.STARRED), count=counts.starred),
        TreeRow(view=View.ALL, label=view_word(View.ALL), count=counts.total),
    ]
    folders: dict[str, list[Feed]] = {}
    for feed in feeds:
        folders.setdefault(feed.folder, []).append(feed)
    for folder in sorted(folders, key=lambda name: name != ""):
        members = folders[folder]
        closed = folder in folded
        if folder:
            rows.append(
                TreeRow(
                    view=View.FOLDER,
                    label=folder,
                    count=sum(feed.unread for feed in members),
                    folder=folder,
                    folded=closed,
                    failed=closed and any(feed.error for feed in members),
                )
            )
        if not closed:
            rows += [
                TreeRow(
                    view=View.FEED,
                    label=feed.title or feed.address,
                    count=feed.unread,
                    feed_id=feed.id,
                    depth=1 if folder else 0,
                    failed=bool(feed.error),
                )
                for feed in members
            ]
    return tuple(rows)


def render_tree_row(row: TreeRow, width: int, *, cursor: bool, focused: bool) -> Line:
    """One line of the tree."""
    chosen = ("cursor" if focused else "cursor-blurred") if cursor else ""
    bold = row.count > 0 and row.view in (View.FEED, View.FOLDER, View.UNREAD)
    role = f"tree{' tree-unread' if bold else ''}"
    left = [Piece(signs.CURSOR if cursor else " ", "cursor-sign")]
    if row.view is View.FOLDER:
        left.append(Piece(f"{signs.FOLDED if row.folded else signs.OPENED} ", "tree-fold", "fold"))
    else:
        left.append(Piece("  " * (row.depth + 1) if row.view is View.FEED else "", role))
    if row.view not in (View.FEED, View.FOLDER):
        left.append(Piece(f"{_VIEW_SIGNS[row.view]} ", "tree-sign"))
    if row.failed:
        left.append(Piece(f"{signs.FAILED} ", "error"))
    left.append(Piece(row.label, role))
    right = [Piece(number_text(row.count) if row.count else "", "count"), Piece(" ")]
    entry = spread(left, right, width)
    if not chosen:
        return entry
    return Line(tuple(piece._replace(role=f"{piece.role} {chosen}") for piece in entry.pieces))


_VIEW_SIGNS = {View.TODAY: "◷", View.UNREAD: signs.UNREAD, View.STARRED: signs.STARRED, View.ALL: "≡"}
