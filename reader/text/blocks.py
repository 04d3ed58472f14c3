"""From cleaned pieces of text to a ``Document``: one builder for HTML and plain text."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from reader.model.article import RUNNING_KINDS, Block, BlockKind, Document, Link
from reader.model.span import Span
from reader.text.endlines import end_mark, heads_note, is_credit, is_note, is_ornament
from reader.text.language import guess_language
from reader.text.repair import may_be_mojibake, repair_blanks, repair_mojibake, repair_seams
from reader.text.sanitize import clean_text, is_plain

SUMMARY_LABEL = re.compile(
    r"(?:zusammenfassung|das wichtigste(?: in kürze| im überblick)?|das wichtigste zum thema|in kürze|kurz und knapp"
    r"|kurz gefasst|kurzfassung|kurz zusammengefasst|darum geht['’]?s|darum geht es|auf einen blick"
    r"|die wichtigsten (?:infos|punkte|fakten|news)"
    r"(?: .{1,40})?|kernpunkte|stichpunkte|überblick)\s*[:：]?",
    re.IGNORECASE,
)
"""What editors write over their own points; the whole line must match."""

MOST_CHARACTERS, MOST_BLOCKS, MOST_LINKS = 100_000, 5000, 1000
"""Of one text from a feed or page; what comes behind them stays out, and the last block ends in "…". That is an hour
of reading, and more than the longest reports and live blogs have; without an end, a sender could have the
analysis take half a gigabyte, and the screen seconds to lay one article out.
"""
_MAX_LEAD_WORDS = 110
_WORD = re.compile(r"\S+")
_MOST_NOTE_WORDS = 90


@dataclass(slots=True)
class _Piece:
    kind: BlockKind
    text: str
    group: int
    glued: bool = False
    links: list[tuple[int, int, str]] = field(default_factory=list)


class BlockBuilder:
    """Collects blocks in order and joins them into one text; only white space is added or taken away after cleaning.

    A ``bounded`` one takes no more than ``MOST_CHARACTERS`` and so on: nobody has asked for what a sender sends.
    """

    def __init__(self, *, mend: bool = True, bounded: bool = True) -> None:
        self._mend = mend
        self._bounded = bounded
        self._pieces: list[_Piece] = []
        self._group = 0
        self._length = 0
        self._is_full = False

    def new_group(self) -> None:
        """The next list item, table row or summary point does not belong to the list before."""
        self._group += 1

    def clean(self, raw: str) -> str:
        """One run of characters, safe and without double encoding; white space is still as it came."""
        # Repaired first: half of a letter that was encoded twice may be a character that is not safe by itself.
        return clean_text(repair_mojibake(raw) if self._mend else raw)

    def cleaner(self, whole: str) -> Callable[[str], str]:
        """``clean`` for the runs of a text; where the whole of it needs none, a function that does nothing."""
        needed = not is_plain(whole) or (self._mend and may_be_mojibake(whole))
        return self.clean if needed else str

    def add(
        self, kind: BlockKind, text: str, links: list[tuple[int, int, str]] | None = None, *, glued: bool = False
    ) -> None:
        """One block of cleaned text; ``links`` are (start, end, address) in it. White space collapses, seams mend.

        ``glued`` says that nothing parted it from the block before: a blank is put there, the text stays as it ran.
        """
        if self._is_full:
            return
        keep_lines = kind is BlockKind.PREFORMATTED
        final = text.strip("\n").rstrip() if keep_lines else self._collapsed(kind, text)
        if not final.strip() or (kind in _PROSE and is_ornament(final)):
            return
        room = MOST_CHARACTERS - self._length
        if self._bounded and (len(final) > room or len(self._pieces) == MOST_BLOCKS - 1):
            self._is_full = True
            final = f"{final[:room].rstrip()} …".lstrip()
        most = MOST_LINKS if self._bounded else None
        self._length += len(final)
        self._pieces.append(_Piece(kind, final, self._group, glued, _moved(text, final, (links or [])[:most])))

    def _collapsed(self, kind: BlockKind, text: str) -> str:
        if kind is BlockKind.TABLE:
            return "\t".join(" ".join(cell.split()) for cell in text.split("\t"))
        text = " ".join(text.split())
        return repair_seams(repair_blanks(text)) if self._mend else text

    def document(
        self,
        *,
        title: str = "",
        kicker: str = "",
        date: str | None = None,
        authors: tuple[str, ...] = (),
        labels: tuple[str, ...] = (),
        lead_first: bool = True,
    ) -> Document:
        """All blocks as one document; with ``lead_first`` the first paragraph becomes the lead when more follows."""
        pieces = [_with_role(piece) for piece in self._pieces]
        _mark_headed_notes(pieces)
        _part_end_mark(pieces)
        pieces = [p for i, p in enumerate(pieces) if not (i == 0 and p.kind is BlockKind.HEADING and p.text == title)]
        if lead_first and not any(p.kind is BlockKind.LEAD for p in pieces):
            _first_becomes_lead(pieces)
        text = ""
        blocks: list[Block] = []
        links: list[Link] = []
        previous: _Piece | None = None
        for piece in pieces:
            if previous is not None:
                together = piece.kind is previous.kind and piece.group == previous.group
                text += " " if piece.glued else "\n" if together and piece.kind in _GROUPED else "\n\n"
            start = len(text)
            text += piece.text
            blocks.append(Block(piece.kind, Span(start, len(text))))
            room = MOST_LINKS - len(links) if self._bounded else None
            links += [Link(Span(start + a, start + b), address) for a, b, address in piece.links[:room]]
            previous = piece
        running = " ".join(p.text for p in pieces if p.kind in RUNNING_KINDS)
        return Document(
            text=text,
            blocks=tuple(blocks),
            title=title,
            kicker=kicker,
            date=date,
            authors=authors,
            links=tuple(links),
            language=guess_language(running),
            labels=labels,
        )


def _with_role(piece: _Piece) -> _Piece:
    if piece.kind is BlockKind.PARAGRAPH:
        if is_credit(piece.text):
            piece.kind = BlockKind.CREDIT
        elif is_note(piece.text):
            piece.kind = BlockKind.NOTE
    return piece


def _mark_headed_notes(pieces: list[_Piece]) -> None:
    for piece, below in pairwise(pieces):
        if piece.kind is BlockKind.HEADING and heads_note(piece.text):
            piece.kind = BlockKind.NOTE
            if below.kind is BlockKind.PARAGRAPH and len(below.text.split()) <= _MOST_NOTE_WORDS:
                below.kind = BlockKind.NOTE


def _part_end_mark(pieces: list[_Piece]) -> None:
    """The agency's mark behind the last sentence becomes a block of its own."""
    last = next((n for n in range(len(pieces) - 1, -1, -1) if pieces[n].kind in RUNNING_KINDS), None)
    if last is None or pieces[last].kind not in (BlockKind.PARAGRAPH, BlockKind.LEAD):
        return
    piece = pieces[last]
    begin = end_mark(piece.text)
    if begin is None:
        return
    mark = _Piece(BlockKind.CREDIT, piece.text[begin:], piece.group)
    piece.text = piece.text[:begin].rstrip()
    piece.links = [(a, min(b, len(piece.text)), address) for a, b, address in piece.links if a < len(piece.text)]
    pieces.insert(last + 1, mark)


_PROSE = frozenset({BlockKind.LEAD, BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST})
_GROUPED = frozenset({BlockKind.LIST, BlockKind.TABLE, BlockKind.SUMMARY})


def _first_becomes_lead(pieces: list[_Piece]) -> None:
    running = [p for p in pieces if p.kind in RUNNING_KINDS]
    if len(running) > 1 and running[0].kind is BlockKind.PARAGRAPH and len(running[0].text.split()) <= _MAX_LEAD_WORDS:
        running[0].kind = BlockKind.LEAD


def _moved(before: str, after: str, links: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The links' places after white space has changed: the n-th visible character stays the n-th."""
    if not links:
        return []
    if before == after and not any(before[start].isspace() or before[end - 1].isspace() for start, end, _ in links):
        return links
    ranks, rank, position = {}, 0, 0
    for edge in sorted({offset for start, end, _ in links for offset in (start, end)}):
        rank += len("".join(before[position:edge].split()))
        ranks[edge], position = rank, edge
    words = [match.span() for match in _WORD.finditer(after)]
    firsts = list(accumulate((end - start for start, end in words), initial=0))
    moved = []
    for start, end, address in links:
        first, last = ranks[start], ranks[end]
        if first < last <= firsts[-1]:
            moved.append((_place(first, words, firsts), _place(last - 1, words, firsts) + 1, address))
    return moved


def _place(rank: int, words: list[tuple[int, int]], firsts: list[int]) -> int:
    """Where the visible character of this rank stands; ``firsts`` are the ranks of the words' first characters."""
    word = bisect.bisect_right(firsts, rank) - 1
    return words[word][0] + rank - firsts[word]
