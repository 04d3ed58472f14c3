"""Which blocks of a page are the article: trafilatura chooses text, our own walk over the page gives it its structure.

trafilatura rebuilds the page in a tree of its own, in which line breaks, quotations, captions and lists are partly lost. So its
output is read as a judgement alone: a block of the page belongs to the article when its words stand in that output.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml.html import HtmlElement

from reader.feeds.furniture import is_furniture, is_prose, linked_share, opens_offer, opens_section, part_of, shape_patterns
from reader.feeds.pagemeta import PageMeta, folded
from reader.model.article import BlockKind
from reader.text.html import HtmlBlock
from reader.text.sanitize import clean_line

_LONG = 24
"""From this many letters on, a block may stand inside a longer run of the output; shorter ones must be a run of their own."""
_SHARE = 0.75
_STEP = 12
_PART = 0.35
"""A part of the page with more of the text than this is not thrown away for its name."""
_MAIN = 0.9
_LEAD_WORDS = range(6, 121)
_SENTENCE_END = re.compile(r"[.!?][\"“”»«’)]*$")
_PICTURE_LINE = re.compile(
    r"\S.{12,} (?:©|\((?:quelle|bild|foto|archivbild|symbolbild|archivfoto|symbolfoto|imago|picture alliance)\b[^()]*\)|(?:foto|bild|quelle|copyright)\s?: ?\S.{0,60}$)",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:(?:von|autor(?:in|en)?|text)\s*:?\s+)?(?:[\w.’'-]+ ){0,4}[\w.’'-]*\s*[,|–-]?\s*\d{1,2}\.\s?(?:\d{1,2}\.|\w+)\s?\d{4}.{0,40}"
    r"|\d{1,2}[.:]\d\d uhr|(?:von|autor(?:in|en)?)\s*:?\s+(?:[A-ZÄÖÜ][\w.’'-]+[ ,]*(?:und )?){1,8}",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Candidate:
    block: HtmlBlock
    letters: str
    chosen: bool
    dropped: bool = False
    """Whether it was chosen and then found to be furniture."""

    def drop(self) -> None:
        self.dropped, self.chosen = self.dropped or self.chosen, False


def chosen_text(page: HtmlElement) -> tuple[str, frozenset[str]]:
    """Letters of trafilatura's text of a page in one run, and the letters of each of its elements.

    ``page`` is not changed. Both are empty where nothing like an article is found.
    """
    from trafilatura import bare_extraction

    found = bare_extraction(page, fast=True, favor_precision=True, include_comments=False, include_tables=True)
    if found is None or isinstance(found, dict) or found.body is None:
        return "", frozenset()
    whole = folded("\n".join(found.body.itertext()))
    single: set[str] = set()
    for element in found.body.iter("*"):
        single.add(folded("".join(element.itertext())))
        single.add(folded(element.text or ""))
        single.add(folded(element.tail or ""))
    return whole, frozenset(single)


def article_blocks(blocks: list[HtmlBlock], whole: str, single: Iterable[str], meta: PageMeta) -> list[HtmlBlock]:
    """The blocks of the article in order, its lead marked as such; ``blocks`` are those of the page."""
    candidates = [_Candidate(block, letters := folded(block.text), _is_chosen(letters, whole, single)) for block in blocks]
    _mark_captions(candidates)
    _fill_gaps(candidates)
    _drop_lists(candidates)
    _drop_repetitions(candidates, meta)
    _drop_furniture(candidates)
    _drop_far_parts(candidates)
    lead = _lead(candidates, meta)
    _drop_loose_headings(candidates)
    kept = [c.block for c in candidates if c.chosen or c.block.kind is BlockKind.SUMMARY]
    if lead is not None:
        kept = [lead, *(block for block in kept if block is not lead)]
    return kept


def _is_chosen(letters: str, whole: str, single: Iterable[str]) -> bool:
    if len(letters) < _LONG:
        return bool(letters) and letters in single
    if letters in whole:
        return True
    pieces = [letters[i : i + _STEP] for i in range(0, len(letters) - _STEP + 1, _STEP)]
    return sum(piece in whole for piece in pieces) >= _SHARE * len(pieces)


def _mark_captions(candidates: list[_Candidate]) -> None:
    names = shape_patterns()[1]
    for candidate in candidates:
        block = candidate.block
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST) or len(block.text.split()) > 60:
            continue
        if _PICTURE_LINE.search(clean_line(block.text)):
            block.kind = BlockKind.CAPTION
            continue
        for place, _ in zip((block.element, *block.element.iterancestors()), range(3), strict=False):
            if place.tag in ("article", "main", "body"):
                break
            if part_of(place, names):
                block.kind = BlockKind.CAPTION
                break


def _fill_gaps(candidates: list[_Candidate]) -> None:
    """A block between two chosen ones in one parent belongs to them, unless its words speak against it."""
    last: _Candidate | None = None
    gap: list[_Candidate] = []
    for candidate in candidates:
        if not candidate.chosen:
            gap.append(candidate)
            continue
        if last is not None and gap:
            parents = {last.block.element.getparent(), candidate.block.element.getparent()}
            for lost in gap:
                kind = lost.block.kind
                if kind in (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.QUOTE) and lost.block.element.getparent() in parents:
                    lost.chosen = len(parents) == 1 and linked_share(lost.block) < 0.5
            _keep_headings(gap, candidate)
        last, gap = candidate, []


def _keep_headings(gap: list[_Candidate], following: _Candidate) -> None:
    """Headings right above a chosen paragraph, or above a chosen heading in the same parent, are its own."""
    for lost in reversed(gap):
        if lost.block.kind is BlockKind.CAPTION:
            continue
        if lost.block.kind is not BlockKind.HEADING or linked_share(lost.block) >= 0.5:
            return
        together = lost.block.element.getparent() is following.block.element.getparent()
        lost.chosen = is_prose(following.block) or (following.block.kind is BlockKind.HEADING and together)


def _drop_repetitions(candidates: list[_Candidate], meta: PageMeta) -> None:
    titles = {folded(title) for title in meta.titles} | {folded(meta.kicker)}
    authors = {folded(name) for name in meta.authors}
    seen: set[str] = set()
    before = 0
    for candidate in candidates:
        if not candidate.chosen:
            continue
        letters = candidate.letters
        if letters in titles and candidate.block.kind is not BlockKind.SUMMARY:
            candidate.chosen = False
        elif before < 3 and (letters in authors or _BYLINE.fullmatch(clean_line(candidate.block.text))):
            candidate.chosen = False
        elif len(letters) >= _LONG and letters in seen:
            candidate.chosen = False
        else:
            seen.add(letters)
            before += is_prose(candidate.block)


def _drop_furniture(candidates: list[_Candidate]) -> None:
    shapes = shape_patterns()[0]
    total = sum(len(c.letters) for c in candidates if c.chosen) or 1
    weights: dict[HtmlElement, int] = {}
    for candidate in candidates:
        if candidate.chosen:
            place = candidate.block.element
            while place is not None:
                weights[place] = weights.get(place, 0) + len(candidate.letters)
                place = place.getparent()
    unwanted = {e for e, weight in weights.items() if weight <= total * _PART and part_of(e, shapes)}
    section = False
    for index, candidate in enumerate(candidates):
        if not candidate.chosen:
            continue
        block = candidate.block
        if any(e in unwanted for e in (block.element, *block.element.iterancestors())) or is_furniture(block):
            candidate.drop()
            section = section or opens_section(block)
        elif opens_section(block) and block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH):
            candidate.drop()
            section = True
        elif section and block.kind is not BlockKind.HEADING and (block.kind is BlockKind.LIST or not is_prose(block)):
            candidate.drop()
        else:
            section = False
    _drop_offers(candidates, weights, total)


def _drop_offers(candidates: list[_Candidate], weights: dict[HtmlElement, int], total: int) -> None:
    """A box beside the paragraphs that opens with an offer is one as a whole."""
    inside = {place for place, weight in weights.items() if weight > total / 2}
    opened: set[HtmlElement] = set()
    done: set[HtmlElement] = set()
    for candidate in candidates:
        place = candidate.block.element
        box = place
        for above in (place, *place.iterancestors()):
            if above in inside:
                break
            box = above
        if box in done:
            continue
        done.add(box)
        if box is not place and opens_offer(candidate.block) and weights.get(box, 0) <= total * _PART:
            opened.add(box)
    for candidate in candidates:
        if candidate.chosen and any(place in opened for place in candidate.block.element.iterancestors()):
            candidate.drop()


def _drop_lists(candidates: list[_Candidate]) -> None:
    """Lists of links to other texts, and tables of contents, whose lines are the sub-headlines further down."""
    headings = {c.letters for c in candidates if c.block.kind is BlockKind.HEADING}
    groups: dict[int, list[_Candidate]] = {}
    for candidate in candidates:
        if candidate.chosen and candidate.block.kind is BlockKind.LIST:
            groups.setdefault(candidate.block.group, []).append(candidate)
    for items in groups.values():
        away = sum(linked_share(item.block) >= 0.6 or item.letters in headings for item in items)
        if away * 3 >= len(items) * 2:
            for item in items:
                item.drop()


def _drop_far_parts(candidates: list[_Candidate]) -> None:
    """Outside the smallest part of the page that holds nearly all paragraphs, only paragraphs before it are of the article."""
    weights: dict[HtmlElement, int] = {}
    total = 0
    for candidate in candidates:
        if candidate.chosen and is_prose(candidate.block):
            total += len(candidate.letters)
            for place in candidate.block.element.iterancestors():
                weights[place] = weights.get(place, 0) + len(candidate.letters)
    holders = [place for place, weight in weights.items() if weight >= total * _MAIN]
    if not total or not holders:
        return
    main = max(holders, key=lambda place: sum(1 for _ in place.iterancestors()))
    entered = False
    for candidate in candidates:
        inside = main in candidate.block.element.iterancestors()
        entered = entered or inside
        if candidate.chosen and not inside and (entered or not is_prose(candidate.block)):
            candidate.drop()


def _drop_loose_headings(candidates: list[_Candidate]) -> None:
    """A heading with nothing under it headed something that is gone."""
    below: _Candidate | None = None
    gone = pictures = 0
    for candidate in reversed(candidates):
        kind = candidate.block.kind
        pictures += kind is BlockKind.CAPTION
        if not candidate.chosen:
            gone += candidate.dropped and kind is BlockKind.LIST
        elif kind is BlockKind.HEADING:
            same = below is not None and below.block.element.tag == candidate.block.element.tag
            if (below is None and not pictures) or (same and gone > 1):
                candidate.chosen = False
            else:
                below, gone, pictures = candidate, 0, 0
        elif kind is not BlockKind.CAPTION:
            below, gone, pictures = candidate, 0, 0


def _lead(candidates: list[_Candidate], meta: PageMeta) -> HtmlBlock | None:
    """The teaser that opens the article: on the page where it stands there, else the page's description of itself."""
    first = next((i for i, c in enumerate(candidates) if c.chosen and is_prose(c.block) and c.block.kind is not BlockKind.CAPTION), None)
    if first is None:
        return None
    teasers = [folded(text.rstrip("… .")) for text in meta.descriptions]
    for teaser in teasers:
        for candidate in candidates[: first + 3]:
            if candidate.block.kind is not BlockKind.CAPTION and _says(candidate.letters, teaser):
                return _as_lead(candidate, candidates)
    names = shape_patterns()[2]
    titles = {folded(title) for title in meta.titles}
    heading = max((i for i, c in enumerate(candidates[:first]) if c.letters in titles or _is_main_heading(c.block)), default=first - 4)
    for candidate in candidates[max(0, heading + 1) : first]:
        block = candidate.block
        if block.kind is BlockKind.PARAGRAPH and len(block.text.split()) in _LEAD_WORDS and not _is_beside(candidate):
            places = (block.element, *list(block.element.iterancestors())[:2])
            if is_prose(block) or any(part_of(place, names) for place in places):
                return _as_lead(candidate, candidates)
    if _opens_itself(candidates[first:]):
        return _as_lead(candidates[first], candidates)
    words = " ".join(c.letters for c in candidates if c.chosen)
    for text in meta.descriptions:
        if _SENTENCE_END.search(text) and len(text.split()) in _LEAD_WORDS and not _is_told(folded(text), words):
            return HtmlBlock(BlockKind.LEAD, text, [], candidates[first].block.element, -1)
    return None


def _opens_itself(candidates: list[_Candidate]) -> bool:
    """Whether the first paragraph is set apart from the next ones, which are alike."""
    marks = []
    for candidate in candidates:
        if candidate.chosen and candidate.block.kind is BlockKind.PARAGRAPH and is_prose(candidate.block):
            element = candidate.block.element
            inner = element[0].tag if len(element) == 1 and not (element.text or "").strip() and not (element[0].tail or "").strip() else ""
            marks.append((element.tag, element.get("class"), element.getparent(), inner))
        if len(marks) == 3:
            break
    return len(marks) == 3 and marks[0] != marks[1] == marks[2] and len(candidates[0].block.text.split()) in _LEAD_WORDS


def _is_main_heading(block: HtmlBlock) -> bool:
    return block.element.tag == "h1" or any(place.tag == "h1" for place in block.element.iterancestors())


def _is_beside(candidate: _Candidate) -> bool:
    """Whether a block before the text is something else than its teaser."""
    return candidate.letters == "" or linked_share(candidate.block) >= 0.5 or is_furniture(candidate.block)


def _says(letters: str, teaser: str) -> bool:
    if len(letters) < _LONG or len(teaser) < _LONG or len(letters) > 3 * len(teaser) + 200:
        return False
    return teaser in letters or (letters in teaser and len(letters) > len(teaser) * 0.6)


def _is_told(letters: str, words: str) -> bool:
    pieces = [letters[i : i + _STEP] for i in range(0, len(letters) - _STEP + 1, _STEP)]
    return bool(pieces) and sum(piece in words for piece in pieces) >= 0.7 * len(pieces)


def _as_lead(candidate: _Candidate, candidates: list[_Candidate]) -> HtmlBlock:
    candidate.chosen = True
    if candidate.block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.CAPTION):
        candidate.block.kind = BlockKind.LEAD
    for other in candidates:
        if other is not candidate and other.letters == candidate.letters:
            other.chosen = False
    return candidate.block
