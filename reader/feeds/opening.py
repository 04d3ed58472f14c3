"""How an article opens: its lead, and the points that editors put before the first paragraph without a label."""

from __future__ import annotations

import re

from reader.feeds.furniture import is_furniture, is_lead_part
from reader.feeds.pagefacts import folded
from reader.feeds.selection import Candidate, share_told
from reader.model.article import BlockKind
from reader.text.html import HtmlBlock

_LEAD_WORDS = range(6, 121)
_LONG = 24
_TOLD = 0.5
_SENTENCE_END = re.compile(r"(?:[^.]\.|[!?])[\"“”»«’)]*$")
_POINTS = range(2, 7)
_POINT_WORDS = range(6, 46)
_BODY = 3
"""So many paragraphs must follow points that nobody labelled."""


def take_lead(candidates: list[Candidate], titles: tuple[str, ...], teasers: tuple[str, ...]) -> HtmlBlock | None:
    """The teaser that opens the article: on the page where it stands there, else what the page says of itself.

    The block is marked as lead and chosen; one that comes from ``teasers`` is new.
    """
    first = next((i for i, c in enumerate(candidates) if c.chosen and c.is_prose and c.kind in _TEXT), None)
    if first is None:
        return None
    for teaser in (folded(text.rstrip("… .")) for text in teasers):
        for candidate in candidates[: first + 3]:
            if candidate.kind is not BlockKind.CAPTION and _says(candidate.letters, teaser):
                return _marked(candidate, candidates)
    for candidate in candidates[_below_heading(candidates[:first], {folded(title) for title in titles}) : first]:
        if candidate.kind is BlockKind.PARAGRAPH and candidate.words in _LEAD_WORDS and not _is_beside(candidate):
            places = (candidate.block.element, *list(candidate.block.element.iterancestors())[:2])
            if candidate.is_prose or any(map(is_lead_part, places)):
                return _marked(candidate, candidates)
    if _opens_itself(candidates[first:]):
        return _marked(candidates[first], candidates)
    told = " ".join(c.letters for c in candidates if c.chosen)
    for text in teasers:
        if _SENTENCE_END.search(text) and len(text.split()) in _LEAD_WORDS and share_told(folded(text), told) < _TOLD:
            return HtmlBlock(BlockKind.LEAD, text, [], candidates[first].block.element, -1)
    return None


_TEXT = (BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST, BlockKind.HEADING)


def mark_points(candidates: list[Candidate]) -> None:
    """A short list of whole sentences before the first paragraph is the editors' summary, whether it says so or not."""
    if any(c.kind is BlockKind.SUMMARY for c in candidates):
        return
    chosen = [c for c in candidates if c.chosen and c.kind is not BlockKind.CAPTION]
    start = next((i for i, c in enumerate(chosen) if c.kind is BlockKind.LIST), None)
    if start is None or start > 2 or any(c.kind is BlockKind.HEADING for c in chosen[:start]):
        return
    if sum(c.is_prose for c in chosen[:start]) > 1:
        return
    group = chosen[start].block.group
    points = [c for c in chosen[start:] if c.kind is BlockKind.LIST and c.block.group == group]
    rest = chosen[start + len(points) :]
    whole = sum(_SENTENCE_END.search(point.text) is not None for point in points)
    fits = len(points) in _POINTS and all(p.words in _POINT_WORDS and p.linked < 0.3 for p in points)
    introduced = start > 0 and chosen[start - 1].text.endswith(":")
    if fits and not introduced and whole * 2 >= len(points) and sum(c.is_prose for c in rest) >= _BODY:
        for point in points:
            point.block.kind = BlockKind.SUMMARY


def _below_heading(candidates: list[Candidate], titles: set[str]) -> int:
    """Where the teaser may begin: behind the main heading, else behind the title, else a little above the text."""
    main = [i for i, c in enumerate(candidates) if _is_main_heading(c)]
    titled = [i for i, c in enumerate(candidates) if c.letters in titles]
    found = [i for i in main if i in titled] or main or titled
    return found[-1] + 1 if found else max(0, len(candidates) - 3)


def _is_main_heading(candidate: Candidate) -> bool:
    element = candidate.block.element
    return element.tag == "h1" or any(place.tag == "h1" for place in element.iterancestors())


def _is_beside(candidate: Candidate) -> bool:
    """Whether a block before the text is something else than its teaser."""
    return not candidate.letters or candidate.linked >= 0.5 or is_furniture(candidate)


def _says(letters: str, teaser: str) -> bool:
    if len(letters) < _LONG or len(teaser) < _LONG or len(letters) > 3 * len(teaser) + 200:
        return False
    return teaser in letters or (letters in teaser and len(letters) > len(teaser) * 0.6)


def _opens_itself(candidates: list[Candidate]) -> bool:
    """Whether the first paragraph is set apart from the next ones, which are alike."""
    marks = []
    for candidate in candidates:
        if candidate.chosen and candidate.kind is BlockKind.PARAGRAPH and candidate.is_prose:
            element = candidate.block.element
            alone = len(element) == 1 and not (element.text or "").strip() and not (element[0].tail or "").strip()
            marks.append((element.tag, element.get("class"), element.getparent(), element[0].tag if alone else ""))
        if len(marks) == 3:
            break
    return len(marks) == 3 and marks[0] != marks[1] == marks[2] and candidates[0].words in _LEAD_WORDS


def _marked(candidate: Candidate, candidates: list[Candidate]) -> HtmlBlock:
    for other in candidates:
        if other.letters == candidate.letters:
            other.chosen = False
    candidate.chosen = True
    if candidate.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.CAPTION):
        candidate.block.kind = BlockKind.LEAD
    return candidate.block
