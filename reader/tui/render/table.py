"""Tables with aligned columns: widths from the cells, shrunk where the line is too short, cells wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reader.tui.render.line import Line, Piece, flow, measure

_GAP = " │ "
_NUMBER = re.compile(r"[-+−±]?\s*[\d.,]+\s*(?:%|€|\$|[a-zA-ZäöüÄÖÜ€$°²³/]{1,6}\.?)?")
_NARROWEST = 3


def render_table(rows: Sequence[Sequence[Sequence[Piece]]], width: int) -> Iterator[list[Line]]:
    """Rows of cells of pieces as lines of at most ``width`` cells, row by row; columns of numbers are set flush
    right."""
    count = max(len(row) for row in rows)
    full = [[list(row[c]) if c < len(row) else [] for c in range(count)] for row in rows]
    widths = _widths([[measure(cell) for cell in row] for row in full], width - len(_GAP) * (count - 1))
    flush = [_is_numeric([row[c] for row in full[1:]]) for c in range(count)]
    for row in full:
        lines: list[Line] = []
        wrapped = [flow(cell, widths[c]) for c, cell in enumerate(row)]
        height = max((len(cell) for cell in wrapped), default=0)
        for number in range(height):
            parts = [cell[number] if number < len(cell) else Line() for cell in wrapped]
            lines += [_row(parts, widths, flush)]
        if row is full[0] and len(full) > 1:
            lines.append(Line((Piece("─┼─".join("─" * size for size in widths), "rule"),)))
        yield lines


def _row(entries: Sequence[Line], widths: Sequence[int], flush: Sequence[bool]) -> Line:
    pieces: list[Piece] = []
    for column, entry in enumerate(entries):
        room = Piece(" " * (widths[column] - measure(entry.pieces)))
        cell = (room, *entry.pieces) if flush[column] else (*entry.pieces, room)
        pieces += [Piece(_GAP, "rule"), *cell] if column else cell
    placed = [piece for piece in pieces if piece.start >= 0]
    kept = tuple(piece for piece in pieces if piece.text)
    if not placed:
        return Line(kept)
    return Line(kept, placed[0].start, max(p.start + len(p.text) for p in placed))


def _widths(sizes: Sequence[Sequence[int]], room: int) -> list[int]:
    widths = [max(_NARROWEST, *(row[c] for row in sizes)) for c in range(len(sizes[0]))]
    while sum(widths) > room and max(widths) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return widths


def _is_numeric(cells: Sequence[Sequence[Piece]]) -> bool:
    texts = ["".join(piece.text for piece in cell).strip() for cell in cells]
    filled = [text for text in texts if text]
    return bool(filled) and all(_NUMBER.fullmatch(text) for text in filled)
