"""What stands on a page between the parts of an article and is none of it: links, offers, consent texts, players.

The knowledge is data (``data/furniture.toml``): German phrases, and names of page parts that many sites share.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice

from lxml.html import HtmlElement

from reader.feeds.pagefacts import folded
from reader.feeds.pagemeta import PageMeta
from reader.feeds.selection import Candidate
from reader.model.article import BlockKind

_PROSE_WORDS = 25
_MOST_WORDS, _MOST_CAPTION_WORDS, _MOST_OFFER_WORDS = 90, 60, 14
_LINKED = 0.85
_LONG = 24
_PART = 0.35
"""A part of the page with more of the text than this is not thrown away for its name."""
_OFFER_PART = 0.2
_MAIN = 0.9
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SENTENCES = re.compile(r"\w{3}[.!?] (?=[A-ZÄÖÜ])")
_MOST_CAPTION_SENTENCES = 3
_PICTURE_LINE = re.compile(
    r"\S.{12,400} (?:©"
    r"|\((?:quelle|bild|foto|archivbild|symbolbild|archivfoto|symbolfoto|imago|picture alliance)\b[^()]{0,80}\)"
    r"|(?:foto|bild|quelle|copyright)\s?: ?\S.{0,60}$)",
    re.IGNORECASE,
)
_PHOTO_CREDIT = re.compile(
    r"(?:(?:©|foto|bild|quelle|copyright)\s*:?\s*)?(?:[\w.&’'+-]+[ /,|]+){0,8}"
    r"(?:getty ?images|imago\w*|picture ?alliance|shutterstock|adobe ?stock|istock\w*|unsplash|pixabay|reuters|dpa|afp"
    r"|ap|epa|keystone|screenshot)(?:[ /,|]+[\w.&’'+-]+){0,5}|(?:©|foto|bild|copyright)\s*:?.{1,60}",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:(?:von|autor(?:in|en)?|text)\s*:?\s+)?(?:[\w.’'-]+ ){0,4}[\w.’'-]*\s*[,|–-]?\s*"
    r"\d{1,2}\.\s?(?:\d{1,2}\.|\w+)\s?\d{4}.{0,40}"
    r"|\d{1,2}[.:]\d\d uhr|(?:von|autor(?:in|en)?)\s*:?\s+(?:[A-ZÄÖÜ][\w.’'-]++[ ,]*+(?:und )?+){1,8}+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Table:
    lines: re.Pattern[str]
    anywhere: re.Pattern[str]
    sections: re.Pattern[str]
    offers: re.Pattern[str]
    shapes: re.Pattern[str]
    captions: re.Pattern[str]
    pictures: re.Pattern[str]
    leads: re.Pattern[str]


@cache
def _table() -> _Table:
    data = tomllib.loads(files("reader.feeds").joinpath("data", "furniture.toml").read_text(encoding="utf-8"))
    kinds = [data[name] for name in ("related", "promotion", "consent", "player")]

    def joined(parts: list[str]) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE | re.DOTALL)

    def named(parts: list[str]) -> re.Pattern[str]:
        return re.compile(rf"(?:^|[\s_-])(?:{'|'.join(parts)})(?:$|[\s_-])", re.IGNORECASE)

    return _Table(
        lines=joined([line for kind in kinds for line in kind["lines"]]),
        anywhere=joined([line for kind in kinds for line in kind["anywhere"]]),
        sections=joined(data["sections"]["lines"]),
        offers=joined(data["promotion"]["offers"]),
        shapes=named(data["shapes"]["names"]),
        captions=named(data["shapes"]["captions"]),
        pictures=named(data["shapes"]["pictures"]),
        leads=named(data["shapes"]["leads"]),
    )


def clear(candidates: list[Candidate], meta: PageMeta) -> None:
    """Drop what is none of the article: repetitions, links, offers, and what lies outside the text."""
    _mark_captions(candidates)
    _drop_lists(candidates)
    _drop_repetitions(candidates, meta)
    _drop_parts(candidates)
    _drop_far_parts(candidates)


def is_furniture(candidate: Candidate) -> bool:
    """Whether a block's own words or links say that it is no part of the text."""
    table = _table()
    if table.lines.match(candidate.text):
        return True
    if candidate.words <= _MOST_WORDS and table.anywhere.search(candidate.text):
        return True
    return candidate.kind is not BlockKind.TABLE and candidate.words < _PROSE_WORDS and candidate.linked >= _LINKED


def is_lead_part(element: HtmlElement) -> bool:
    """Whether an element is named as the teaser that opens a text."""
    return bool(_name_of(element, _table().leads))


def drop_loose_headings(candidates: list[Candidate]) -> None:
    """A heading with nothing under it headed something that is gone; pictures under it are something."""
    below: Candidate | None = None
    gone = pictures = 0
    for candidate in reversed(candidates):
        pictures += candidate.kind is BlockKind.CAPTION
        if not candidate.chosen:
            gone += candidate.dropped and candidate.kind is BlockKind.LIST
        elif candidate.kind is BlockKind.HEADING:
            same = below is not None and below.block.element.tag == candidate.block.element.tag
            if (below is None and not pictures) or (same and gone > 1):
                candidate.drop()
            else:
                below, gone, pictures = candidate, 0, 0
        elif candidate.kind is not BlockKind.CAPTION:
            below, gone, pictures = candidate, 0, 0


def _name_of(element: HtmlElement, names: re.Pattern[str]) -> str:
    """The first of the names that class or id of an element hold as a whole part ("article-teaserBox"), or nothing."""
    stated = f"{element.get('class') or ''} {element.get('id') or ''}"
    match = names.search(_CAMEL.sub("-", stated)) if len(stated) > 2 else None
    return match[0].strip(" _-\t\n").lower() if match is not None else ""


def _mark_captions(candidates: list[Candidate]) -> None:
    last = max((i for i, c in enumerate(candidates) if c.chosen), default=-1)
    for candidate in candidates[: last + 1]:
        own = candidate.kind in (BlockKind.PARAGRAPH, BlockKind.LIST) and candidate.words <= _MOST_CAPTION_WORDS
        own = own and len(_SENTENCES.findall(candidate.text)) < _MOST_CAPTION_SENTENCES
        if own and (_PICTURE_LINE.match(candidate.text) or _is_below_picture(candidate)):
            candidate.block.kind = BlockKind.CAPTION
        if candidate.kind is BlockKind.CAPTION and _PHOTO_CREDIT.fullmatch(candidate.text):
            candidate.drop()


def _is_below_picture(candidate: Candidate) -> bool:
    """Whether the elements right around a block are named as a picture's line, or as a picture and hold one."""
    around = list(islice(_below_article(candidate.block.element), 3))
    if any(_name_of(element, _table().captions) for element in around):
        return True
    return candidate.words <= _MOST_CAPTION_WORDS // 2 and any(
        _name_of(element, _table().pictures) and element.find(".//img") is not None for element in around[:2]
    )


def _below_article(element: HtmlElement) -> Iterator[HtmlElement]:
    """The element and those above it, below the article's own."""
    place: HtmlElement | None = element
    while place is not None and place.tag not in ("article", "main", "body"):
        yield place
        place = place.getparent()


def _drop_lists(candidates: list[Candidate]) -> None:
    """Lists of links to other texts, and tables of contents, whose lines are the sub-headlines further down."""
    headings = {c.letters for c in candidates if c.kind is BlockKind.HEADING}
    groups: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        if candidate.chosen and candidate.kind in (BlockKind.LIST, BlockKind.TABLE):
            groups.setdefault(candidate.block.group, []).append(candidate)
    for items in groups.values():
        away = sum(item.linked >= 0.6 or item.letters in headings for item in items)
        if away * 3 >= len(items) * 2:
            for item in items:
                item.drop()


def _drop_repetitions(candidates: list[Candidate], meta: PageMeta) -> None:
    """The title, the author's name and the date, and what stands twice; of a heading and a paragraph the heading."""
    known = {folded(title) for title in meta.titles} | {folded(meta.kicker)}
    authors = {folded(name) for name in meta.authors}
    paragraphs = {
        c.letters for c in candidates if c.chosen and c.kind is BlockKind.PARAGRAPH and len(c.letters) >= _LONG
    }
    seen: set[str] = set()
    before = 0
    for candidate in candidates:
        if not candidate.chosen or candidate.kind is BlockKind.SUMMARY:
            continue
        letters = candidate.letters
        again = len(letters) >= _LONG and letters in seen
        twin = candidate.kind is BlockKind.HEADING and letters in paragraphs
        opening = before < 3 and (letters in authors or _BYLINE.fullmatch(candidate.text) is not None)
        if letters in known or again or twin or opening:
            candidate.chosen = False
        else:
            seen.add(letters)
            before += candidate.is_prose


def _drop_parts(candidates: list[Candidate]) -> None:
    """Lines of furniture, what follows a heading of links, and parts that are named so or open with an offer."""
    weights, total = _weights(candidates)
    unwanted = _named_parts(weights, total)
    section = False
    for candidate in candidates:
        if not candidate.chosen or candidate.kind is BlockKind.SUMMARY:
            continue
        heads = len(candidate.text) <= 60 and _table().sections.fullmatch(candidate.text) is not None
        if not unwanted.isdisjoint(_place(candidate)) or is_furniture(candidate):
            candidate.drop()
            section = section or heads
        elif heads and candidate.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH):
            candidate.drop()
            section = True
        elif (
            section
            and candidate.kind is not BlockKind.HEADING
            and (candidate.kind is BlockKind.LIST or not candidate.is_prose)
        ):
            candidate.drop()
        else:
            section = False
    _drop_offers(candidates, weights, total)


def _named_parts(weights: dict[HtmlElement, int], total: int) -> set[HtmlElement]:
    """Parts of the page that are named as furniture, unless all parts of one name together hold much of the text."""
    named: dict[str, list[HtmlElement]] = {}
    for element in weights:
        if name := _name_of(element, _table().shapes):
            named.setdefault(name, []).append(element)
    unwanted: set[HtmlElement] = set()
    for elements in named.values():
        outer = [e for e in elements if not any(above in elements for above in e.iterancestors())]
        if sum(weights[element] for element in outer) <= total * _PART:
            unwanted.update(elements)
    return unwanted


def _drop_offers(candidates: list[Candidate], weights: dict[HtmlElement, int], total: int) -> None:
    """A box beside the paragraphs that opens with an offer is one as a whole."""
    inside = {place for place, weight in weights.items() if weight > total / 2}
    opened: set[HtmlElement] = set()
    visited: set[HtmlElement] = set()
    for candidate in candidates:
        place = box = candidate.block.element
        for above in _place(candidate):
            if above in inside:
                break
            box = above
        if box in visited:
            continue
        visited.add(box)
        offers = candidate.words <= _MOST_OFFER_WORDS and _table().offers.search(candidate.text) is not None
        if offers and box is not place and weights.get(box, 0) <= total * _OFFER_PART:
            opened.add(box)
    for candidate in candidates:
        if candidate.chosen and not opened.isdisjoint(_place(candidate)):
            candidate.drop()


def _drop_far_parts(candidates: list[Candidate]) -> None:
    """Outside the smallest part with nearly all paragraphs, only paragraphs before it are of the article."""
    weights, total = _weights([c for c in candidates if c.is_prose and c.kind is not BlockKind.SUMMARY], above=True)
    holders = [place for place, weight in weights.items() if weight >= total * _MAIN]
    if not total or not holders:
        return
    main = max(holders, key=lambda place: sum(1 for _ in place.iterancestors()))
    entered = False
    for candidate in candidates:
        inside = main in _place(candidate)
        entered = entered or inside
        if (
            candidate.chosen
            and not inside
            and candidate.kind is not BlockKind.SUMMARY
            and (entered or not candidate.is_prose)
        ):
            candidate.drop()


def _place(candidate: Candidate) -> list[HtmlElement]:
    """The element of a block and all above it, innermost first."""
    return [candidate.block.element, *candidate.block.element.iterancestors()]


def _weights(candidates: list[Candidate], *, above: bool = False) -> tuple[dict[HtmlElement, int], int]:
    """How many letters of chosen blocks each element holds, and their sum; ``above`` leaves out the innermost ones."""
    weights: dict[HtmlElement, int] = {}
    total = 0
    for candidate in candidates:
        if candidate.chosen:
            total += len(candidate.letters)
            for place in _place(candidate)[above:]:
                weights[place] = weights.get(place, 0) + len(candidate.letters)
    return weights, total
