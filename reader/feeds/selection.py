"""Which blocks of a page may be the article: trafilatura chooses text, our own walk gives it its structure.

trafilatura rebuilds the page in a tree of its own, in which line breaks, quotations, captions and lists are partly
lost. So its output is read as a judgement alone: a block of the page is chosen when its words stand in that output.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from reader.feeds.pagefacts import folded
from reader.model.article import BlockKind
from reader.text.html import HtmlBlock
from reader.text.page import article_element
from reader.text.sanitize import clean_line

logger = logging.getLogger(__name__)

_LONG = 24
"""From this many letters on, a block may stand inside a longer run of the output; shorter ones must be a whole one."""
_SHARE = 0.75
_PIECE = 12
_THIN_LETTERS, _THIN_SHARE = 1500, 0.6
_LITTLE_LETTERS, _LITTLE_SHARE = 400, 0.3
_MOST_LETTERS = 300_000
"""Longer articles end here; a search through more would not be worth its time."""
_MOST_ELEMENTS = 60_000
"""trafilatura's time grows with the square of the elements; the largest of 170 news pages has 2,600."""
_PROSE_WORDS, _SENTENCE_WORDS = 25, 8
_FILLING = (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST)
_ENDS = re.compile(r"[.!?…][\"“”»«’)]*$")


@dataclass(slots=True, eq=False)
class Candidate:
    """A block of the page on its way into the article or out of it."""

    block: HtmlBlock
    text: str
    """Its words on one line."""
    letters: str
    """Its letters and figures alone, in one case."""
    chosen: bool
    dropped: bool = False
    """Whether it was chosen and then found to be none of the article."""

    @property
    def kind(self) -> BlockKind:
        """The kind of its block."""
        return self.block.kind

    @property
    def words(self) -> int:
        """How many words it has."""
        return self.text.count(" ") + 1

    @property
    def linked(self) -> float:
        """Which part of its characters stands in links, 0 to 1."""
        length = len(self.block.text.strip())
        return min(1.0, self.block.linked / length) if length else 0.0

    @property
    def is_prose(self) -> bool:
        """Whether it is a paragraph of whole sentences."""
        if self.words >= _PROSE_WORDS:
            return True
        return self.words >= _SENTENCE_WORDS and _ENDS.search(self.text) is not None and self.linked < 0.5

    def drop(self) -> None:
        """Take it out of the article."""
        self.dropped, self.chosen = self.dropped or self.chosen, False


@dataclass(frozen=True, slots=True)
class Judgement:
    """What trafilatura takes for the article: its letters in one run, and those of each element of its output."""

    whole: str
    single: AbstractSet[str]

    def accepts(self, letters: str) -> bool:
        """Whether a block with these letters is in the article."""
        if len(letters) < _LONG:
            return bool(letters) and letters in self.single
        return letters in self.whole or share_told(letters, self.whole) >= _SHARE


def share_told(letters: str, whole: str) -> float:
    """Which part of ``letters``, cut into pieces, stands somewhere in ``whole``, 0 to 1."""
    pieces = [letters[i : i + _PIECE] for i in range(0, len(letters) - _PIECE + 1, _PIECE)]
    return sum(piece in whole for piece in pieces) / len(pieces) if pieces else 0.0


def judge(page: HtmlElement, *, thorough: bool = False) -> Judgement:
    """trafilatura's judgement of a page, which is not changed; empty where it finds nothing like an article.

    ``thorough`` has it compare its own reading with two other extractors, which takes twice the time.
    """
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(page, fast=not thorough, favor_precision=not thorough, include_comments=False)
    except Exception as error:  # a foreign page in foreign code: it costs the judgement, not the page
        logger.warning("trafilatura: %s: %s", type(error).__name__, error)
        found = None
    if found is None or isinstance(found, dict) or found.body is None:
        return Judgement("", frozenset())
    single: set[str] = set()
    for element in found.body.iter("*"):
        single.update(map(folded, (_text(element), element.text or "", element.tail or "")))
    return Judgement(folded("\n".join(map(str, found.body.itertext())))[:_MOST_LETTERS], single)


def _text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))


def select(page: HtmlElement, blocks: list[HtmlBlock]) -> list[Candidate]:
    """All ``blocks`` of a page, those chosen that trafilatura takes for the article and what lies between them.

    Where it finds next to nothing or the page is too large for it, all of the element marked as the article is chosen.
    """
    lines = [clean_line(block.text) for block in blocks]
    candidates = [Candidate(block, line, folded(line), False) for block, line in zip(blocks, lines, strict=True)]
    if sum(1 for _ in islice(page.iter(), _MOST_ELEMENTS)) < _MOST_ELEMENTS:
        _choose(candidates, judge(page))
        if _is_thin(candidates):
            _choose(candidates, judge(page, thorough=True))
    _choose_marked(page, candidates)
    _fill_gaps(candidates)
    return candidates


def _choose(candidates: list[Candidate], judgement: Judgement) -> None:
    for candidate in candidates:
        candidate.chosen = candidate.kind is BlockKind.SUMMARY or judgement.accepts(candidate.letters)


def _choose_marked(page: HtmlElement, candidates: list[Candidate]) -> None:
    """What the page itself marks as its article, where hardly any of it was chosen."""
    marked = article_element(page)
    inside = [c for c in candidates if c.block.element is marked or marked in c.block.element.iterancestors()]
    chosen = sum(len(c.letters) for c in candidates if c.chosen and c.kind is not BlockKind.SUMMARY)
    if not chosen or (
        chosen < _LITTLE_LETTERS and chosen < _LITTLE_SHARE * sum(len(c.letters) for c in inside if c.is_prose)
    ):
        for candidate in candidates:
            candidate.chosen = candidate.kind is BlockKind.SUMMARY
        for candidate in inside:
            candidate.chosen = True


def _is_thin(candidates: list[Candidate]) -> bool:
    """Whether little was chosen although the page has more paragraphs to offer."""
    prose = [c for c in candidates if c.is_prose and c.words >= 15]
    chosen = sum(len(c.letters) for c in prose if c.chosen)
    return chosen < _THIN_LETTERS and chosen < _THIN_SHARE * sum(len(c.letters) for c in prose)


def _fill_gaps(candidates: list[Candidate]) -> None:
    """A block between two chosen ones in one parent belongs to them, and a heading to what stands under it."""
    last: Candidate | None = None
    gap: list[Candidate] = []
    for candidate in candidates:
        if not candidate.chosen:
            gap.append(candidate)
            continue
        if last is not None and gap:
            parent = candidate.block.element.getparent()
            if last.block.element.getparent() is parent:
                for lost in gap:
                    if lost.kind in _FILLING and _stands_in(lost) is parent and lost.linked < 0.5:
                        lost.chosen = True
            _keep_headings(gap, candidate)
        last, gap = candidate, []


def _stands_in(candidate: Candidate) -> HtmlElement | None:
    """The element in which a block stands; for an item the one in which its outermost list stands."""
    if candidate.kind is not BlockKind.LIST:
        return candidate.block.element.getparent()
    lists = list(candidate.block.element.iterancestors("ul", "ol", "dl"))
    return lists[-1].getparent() if lists else None


def _keep_headings(gap: list[Candidate], following: Candidate) -> None:
    for lost in reversed(gap):
        if lost.kind is BlockKind.CAPTION:
            continue
        if lost.kind is not BlockKind.HEADING or lost.linked >= 0.5:
            return
        together = lost.block.element.getparent() is following.block.element.getparent()
        lost.chosen = following.is_prose or (following.kind is BlockKind.HEADING and together)
