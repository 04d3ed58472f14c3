"""Lines of styled pieces, and how text becomes lines: wrapping, cutting and aligning by display cells.

Knows nothing of textual and nothing of colours: a piece carries the *role* of its words ("lead", "said person"), and
the palette of the theme in use turns a role into a style.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from rich.cells import cell_len, chop_cells

from reader.model.span import Span

ELLIPSIS = "…"
_TOKEN = re.compile(r"[ \t\n]+|[^ \t\n]+")
_BREAK_INSIDE = re.compile(r"(?<=[^\W\d_]{2}[-/–])(?=[^\W\d_]{3})")


class Piece(NamedTuple):
    """Some words of one role. ``target`` names what a click on them means; ``start`` is where they stand in the
    document's text, -1 for words of our own."""

    text: str
    role: str = ""
    target: str = ""
    start: int = -1


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the screen; ``start`` and ``end`` are the code points of the document it shows, -1 for none."""

    pieces: tuple[Piece, ...] = ()
    start: int = -1
    end: int = -1

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(piece.text for piece in self.pieces)

    def target_at(self, column: int) -> str:
        """What a click on this cell means."""
        reached = 0
        for piece in self.pieces:
            reached += cells(piece.text)
            if column < reached:
                return piece.target
        return ""


BLANK = Line()


def cells(text: str) -> int:
    """How many terminal cells the text takes."""
    return len(text) if text.isascii() else cell_len(text)


def line(*pieces: Piece | str) -> Line:
    """A line of our own words."""
    return Line(tuple(p if isinstance(p, Piece) else Piece(p) for p in pieces if p and p[0]))


def cut(text: str, width: int) -> str:
    """The text in at most ``width`` cells, with an ellipsis where something was left out."""
    if cells(text) <= width:
        return text
    if width <= 0:
        return ""
    head = chop_cells(text, width - 1)[0] if width > 1 else ""
    return head.rstrip() + ELLIPSIS


def cut_pieces(pieces: Sequence[Piece], width: int) -> tuple[Piece, ...]:
    """The pieces in at most ``width`` cells."""
    kept: list[Piece] = []
    for piece in pieces:
        size = cells(piece.text)
        if size > width or (size == width and piece is not pieces[-1] and any(p.text for p in pieces[len(kept) + 1 :])):
            kept.append(piece._replace(text=cut(piece.text + ELLIPSIS, width)))
            break
        kept.append(piece)
        width -= size
    return tuple(p for p in kept if p.text)


def measure(pieces: Iterable[Piece]) -> int:
    """The cells all pieces take together."""
    return sum(cells(piece.text) for piece in pieces)


def spread(left: Sequence[Piece], right: Sequence[Piece], width: int) -> Line:
    """``left`` at the left edge and ``right`` at the right one; ``left`` is cut when both do not fit."""
    taken = measure(right)
    head = cut_pieces(left, max(0, width - taken - 1)) if right else cut_pieces(left, width)
    gap = width - taken - measure(head)
    return Line((*head, Piece(" " * max(0, gap)), *right) if right else head)


def wrap(text: str, width: int, role: str = "") -> list[str]:
    """Plain text in lines of at most ``width`` cells."""
    return [entry.text for entry in flow([Piece(text, role)], width)]


class _Word:
    """Pieces that must not be parted, and the space before them."""

    __slots__ = ("pieces", "size", "space")

    def __init__(self, piece: Piece, size: int, space: Piece | None) -> None:
        self.pieces = [piece]
        self.size = size
        self.space = space


def flow(pieces: Iterable[Piece], width: int) -> list[Line]:
    """Fill lines of at most ``width`` cells; breaks fall on white space, after hyphens between letters, and inside a
    word only when it is longer than a line. A no-break space does not break."""
    return list(flowing(pieces, width))


def flowing(pieces: Iterable[Piece], width: int) -> Iterator[Line]:
    """The same line by line; pieces are taken as they are needed."""
    width = max(1, width)
    current: list[Piece] = []
    used = 0
    for word in _words(pieces):
        space = 1 if word.space is not None and current else 0
        if current and used + space + word.size > width:
            yield _finish(current)
            current, used, space = [], 0, 0
        if space and word.space is not None:
            current.append(word.space)
            used += 1
        if word.size <= width:
            current.extend(word.pieces)
            used += word.size
            continue
        for piece in word.pieces:
            for part in _chop(piece, width, width - used):
                size = cells(part.text)
                if current and used + size > width:
                    yield _finish(current)
                    current, used = [], 0
                current.append(part)
                used += size
    if current:
        yield _finish(current)


def _words(pieces: Iterable[Piece]) -> Iterator[_Word]:
    word: _Word | None = None
    space: Piece | None = None
    glued = False
    for piece in pieces:
        text, role, target, start = piece
        for match in _TOKEN.finditer(text):
            token, at = match.group(), match.start()
            if token[0] in " \t\n":
                space = Piece(" ", role, target, start + at if start >= 0 else -1)
                glued = False
                continue
            for part in _BREAK_INSIDE.split(token) if "-" in token or "/" in token or "–" in token else (token,):
                found = Piece(part, role, target, start + at if start >= 0 else -1)
                size = cells(part)
                if glued and word is not None:
                    word.pieces.append(found)
                    word.size += size
                else:
                    if word is not None:
                        yield word
                    word = _Word(found, size, space)
                space, glued = None, False
                at += len(part)
            glued = True
    if word is not None:
        yield word


def _chop(piece: Piece, width: int, room: int) -> list[Piece]:
    parts: list[Piece] = []
    start = piece.start
    rest = piece.text
    if 0 < room < width and cells(rest) > room:
        head = chop_cells(rest, room)[0]
        parts.append(piece._replace(text=head))
        rest = rest[len(head) :]
        start = start + len(head) if start >= 0 else -1
    for text in chop_cells(rest, width):
        parts.append(piece._replace(text=text, start=start))
        start = start + len(text) if start >= 0 else -1
    return parts


def _finish(pieces: list[Piece]) -> Line:
    merged: list[Piece] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        if last is not None and last.role == piece.role and last.target == piece.target and _adjoin(last, piece):
            merged[-1] = last._replace(text=last.text + piece.text)
        else:
            merged.append(piece)
    placed = [p for p in merged if p.start >= 0]
    if not placed:
        return Line(tuple(merged))
    return Line(tuple(merged), placed[0].start, placed[-1].start + len(placed[-1].text))


def _adjoin(left: Piece, right: Piece) -> bool:
    if left.start < 0 or right.start < 0:
        return left.start == right.start
    return left.start + len(left.text) == right.start


def indent(lines: Iterable[Line], first: Sequence[Piece], rest: Sequence[Piece]) -> list[Line]:
    """Put pieces before each line: ``first`` before the first, ``rest`` before the others."""
    return list(indenting(lines, first, rest))


def indenting(lines: Iterable[Line], first: Sequence[Piece], rest: Sequence[Piece]) -> Iterator[Line]:
    """The same line by line."""
    before = first
    for entry in lines:
        yield Line((*before, *entry.pieces), entry.start, entry.end)
        before = rest


def marked(entry: Line, spans: Sequence[Span], role: str) -> Line:
    """The line with ``role`` added to the words inside ``spans``."""
    if not any(entry.start < span.end and span.start < entry.end for span in spans):
        return entry
    pieces: list[Piece] = []
    for piece in entry.pieces:
        if piece.start < 0:
            pieces.append(piece)
            continue
        end = piece.start + len(piece.text)
        edges = {piece.start, end}
        for span in spans:
            edges.update(at for at in (span.start, span.end) if piece.start < at < end)
        ordered = sorted(edges)
        for left, right in pairwise(ordered):
            inside = any(span.start <= left and right <= span.end for span in spans)
            part = piece.text[left - piece.start : right - piece.start]
            pieces.append(Piece(part, f"{piece.role} {role}" if inside else piece.role, piece.target, left))
    return Line(tuple(pieces), entry.start, entry.end)
