"""One row of the story list: headline over two lines, or headline and first key point; then age, sources, outlet."""

from __future__ import annotations

from datetime import datetime

from reader import signs
from reader.i18n import _, ngettext, number_text, relative_text
from reader.model.article import ArticleRow
from reader.tui.render.line import Line, Piece, cells, cut, measure, wrap
from reader.words import completeness_word, genre_word

HEIGHT = 3
"""Lines of a row."""
_EDGE = 3
_GAP = " · "
_SHORTEST = 10
"""Cells below which an outlet's name is left out rather than cut."""


def render_row(
    row: ArticleRow | None,
    width: int,
    *,
    now: datetime,
    cursor: bool = False,
    focused: bool = False,
    outlet: bool = True,
) -> tuple[Line, ...]:
    """The lines of one story; ``None`` is a row that has not been read from the store yet."""
    if row is None:
        return (Line((Piece("   "), Piece("…", "meta"))), Line(), Line())
    room = max(4, width - _EDGE - 1)
    title = row.title or _("(without a headline)")
    role = "row-unread" if not row.read else "row-chosen" if cursor else "row-read"
    heads = wrap(title, room)
    second = Piece("")
    if len(heads) > 1:
        second = Piece(cut(" ".join(heads[1:]), room), role)
    elif row.first_point and row.first_point != title:
        second = Piece(cut(row.first_point, room), "row-point")
    sign = Piece("  ") if row.read else Piece(f"{signs.UNREAD} ", "unread-sign")
    facts = [Piece(f"{signs.STARRED} " if row.starred else "  ", "star"), *_facts(row, room, now, outlet)]
    lines = [[sign, Piece(heads[0] if heads else title, role)], [Piece("  "), second], facts]
    if not second.text:
        lines = [lines[0], facts, []]
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


def _facts(row: ArticleRow, width: int, now: datetime, outlet: bool) -> tuple[Piece, ...]:
    facts: list[Piece] = [Piece(relative_text(row.published, now, short=True), "meta")]
    mark = completeness_word(row.completeness)
    kind = genre_word(row.genre)
    if mark:
        facts.append(Piece(mark, "row-mark"))
    if kind and kind != mark:
        facts.append(Piece(kind, "row-mark"))
    if row.sources:
        words = ngettext("{n} source", "{n} sources", row.sources)
        facts.append(Piece(words.format(n=number_text(row.sources)), "meta"))
    if row.anonymous:
        sign = signs.SIGNS["anonymous"]
        facts.append(Piece(f"{sign} {number_text(row.anonymous)}", "sign sign-anonymous"))
    if outlet:
        facts.append(Piece(row.outlet, "meta"))
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
