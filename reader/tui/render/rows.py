"""One row of the story list: headline over two lines, or headline and first key point; then age, sources, outlet.

With the points shown a row has a line more, so that the headline keeps its two and the point has its own.
"""

from __future__ import annotations

from datetime import datetime

from reader import signs
from reader.i18n import _, ngettext, number_text, relative_text
from reader.model.analysis import Completeness
from reader.model.article import ArticleRow
from reader.tui.render.line import Line, Piece, cells, cut, measure, wrap
from reader.words import badge_word, completeness_word, genre_word

_EDGE = 3
_BRANCH = "└ "
_GAP = " · "
_SHORTEST = 10
"""Cells below which an outlet's name is left out rather than cut."""


def row_height(*, points: bool) -> int:
    """Lines of a row."""
    return 4 if points else 3


def render_row(
    row: ArticleRow | None,
    width: int,
    *,
    now: datetime,
    cursor: bool = False,
    focused: bool = False,
    outlet: bool = True,
    points: bool = False,
    opened: bool = False,
    child: bool = False,
    folded: bool = True,
) -> tuple[Line, ...]:
    """The lines of one story; ``None`` is a row that has not been read from the store yet.

    ``points``: the first key point has a line of its own. ``opened``: the other articles of its story stand below it;
    ``child``: it is one of those; ``folded``: they stand behind it, else in rows of their own.
    """
    height = row_height(points=points)
    if row is None:
        return (Line((Piece("   "), Piece("…", "meta"))), *[Line()] * (height - 1))
    branch, indent = (_BRANCH, " " * len(_BRANCH)) if child else ("", "")
    room = max(4, width - _EDGE - 1 - len(branch))
    title = row.title or _("(without a headline)")
    role = "row-unread" if not row.read else "row-chosen" if cursor else "row-read"
    heads = wrap(title, room) or [title]
    sign = Piece("  ") if row.read else Piece(f"{signs.UNREAD} ", "unread-sign")
    lines = [[sign, Piece(branch, "meta"), Piece(heads[0], role)]]
    below = Piece(f"  {indent}")
    if len(heads) > 1:
        lines.append([below, Piece(cut(" ".join(heads[1:]), room), role)])
    if row.first_point and row.first_point != title and (points or len(heads) == 1):
        lines.append([below, Piece(cut(row.first_point, room), "row-point")])
    fold = signs.OPENED if opened else signs.FOLDED if folded else ""
    star = Piece(f"{signs.STARRED} " if row.starred else "  ", "star")
    lines.append([star, Piece(indent), *_facts(row, room, now, outlet=outlet, child=child, fold=fold)])
    if row.others and not child and len(lines) < height:
        also = _("also in {outlets}").format(outlets=", ".join(row.others))
        lines.append([below, Piece(cut(also, room), "meta")])
    lines += [[]] * (height - len(lines))
    chosen = ("cursor" if focused else "cursor-blurred") if cursor else ""
    return tuple(_finish(pieces, width, chosen) for pieces in lines)


def _finish(pieces: list[Piece], width: int, chosen: str) -> Line:
    edge = Piece(signs.CURSOR if chosen else " ", "cursor-sign")
    entry = [edge, *(piece for piece in pieces if piece.text)]
    if not chosen:
        return Line(tuple(entry))
    room = width - sum(cells(piece.text) for piece in entry)
    entry.append(Piece(" " * max(0, room)))
    return Line(tuple(piece._replace(role=f"{piece.role} {chosen}".strip()) for piece in entry))


def _facts(row: ArticleRow, width: int, now: datetime, *, outlet: bool, child: bool, fold: str) -> tuple[Piece, ...]:
    facts: list[Piece] = [Piece(relative_text(row.published, now, short=True), "meta")]
    if child and row.outlet:
        # Below a story it is the outlet that tells one row from another.
        facts.insert(0, Piece(cut(row.outlet, width), "meta"))
    marks = [completeness_word(row.completeness), genre_word(row.genre), *map(badge_word, row.badges)]
    facts += [Piece(mark, "row-mark") for mark in dict.fromkeys(marks) if mark]
    if row.more and not child:
        facts.append(Piece(f"{fold}+{number_text(row.more)}", "row-more"))
    if row.sources:
        words = ngettext("{n} source", "{n} sources", row.sources)
        facts.append(Piece(words.format(n=number_text(row.sources)), "meta"))
    if row.anonymous:
        sign = signs.SIGNS["anonymous"]
        facts.append(Piece(f"{sign} {number_text(row.anonymous)}", "sign sign-anonymous"))
    if outlet and not child:
        facts.append(Piece(row.outlet, "meta"))
    if row.minutes and row.completeness == Completeness.FULL:
        facts.append(Piece(_("{n} min").format(n=number_text(row.minutes)), "meta"))
    return _fitting(facts, width)


def _fitting(facts: list[Piece], width: int) -> tuple[Piece, ...]:
    """As many facts as there is room for; the last one that begins is cut."""
    pieces: list[Piece] = []
    for fact in facts:
        room = width - measure(pieces) - (len(_GAP) if pieces else 0)
        if not fact.text or room < min(cells(fact.text), _SHORTEST):
            continue
        if cells(fact.text) > room and fact is not facts[-1]:
            continue
        shown = fact._replace(text=cut(fact.text, room))
        pieces += [Piece(_GAP, "meta"), shown] if pieces else [shown]
    return tuple(pieces)
