"""What stands on a page between the parts of an article and belongs to none: related links, offers, consent texts, players.

The knowledge is data (``data/furniture.toml``): German phrases and names of page parts that many sites share.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from lxml.html import HtmlElement

from reader.model.article import BlockKind
from reader.text.html import HtmlBlock
from reader.text.sanitize import clean_line

_PROSE_WORDS = 25
_MOST_WORDS = 90
_LINKED = 0.85
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_ENDS = re.compile(r"[.!?…][\"“”»«’)]*$")


@dataclass(frozen=True, slots=True)
class _Table:
    lines: re.Pattern[str]
    anywhere: re.Pattern[str]
    sections: re.Pattern[str]
    offers: re.Pattern[str]
    shapes: re.Pattern[str]
    captions: re.Pattern[str]
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
        leads=named(data["shapes"]["leads"]),
    )


def is_furniture(block: HtmlBlock) -> bool:
    """Whether a block's own words or links say that it is no part of the text."""
    text = clean_line(block.text)
    words = len(text.split())
    table = _table()
    if table.lines.match(text):
        return True
    if words <= _MOST_WORDS and table.anywhere.search(text):
        return True
    return block.kind is not BlockKind.TABLE and words < _PROSE_WORDS and linked_share(block) >= _LINKED


def opens_section(block: HtmlBlock) -> bool:
    """Whether a block is the heading of links or offers that follow it."""
    text = clean_line(block.text)
    return len(text) <= 60 and _table().sections.fullmatch(text) is not None


def opens_offer(block: HtmlBlock) -> bool:
    """Whether a short block announces what an outlet wants to sell or to be given."""
    text = clean_line(block.text)
    return len(text.split()) <= 14 and _table().offers.search(text) is not None


def is_prose(block: HtmlBlock) -> bool:
    """Whether a block is a paragraph of whole sentences."""
    text = clean_line(block.text)
    words = len(text.split())
    return words >= _PROSE_WORDS or (words >= 8 and _ENDS.search(text) is not None and linked_share(block) < 0.5)


def linked_share(block: HtmlBlock) -> float:
    """Which part of a block's characters stands in links, 0 to 1."""
    length = len(block.text.strip())
    return sum(len(block.text[a:b].strip()) for a, b, _ in block.links) / length if length else 0.0


def part_of(element: HtmlElement, names: re.Pattern[str]) -> bool:
    """Whether class or id of an element holds one of the names as a whole part."""
    stated = f"{element.get('class') or ''} {element.get('id') or ''}"
    return len(stated) > 2 and names.search(_CAMEL.sub("-", stated)) is not None


def shape_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Names of furniture, of pictures' lines and of leads."""
    table = _table()
    return table.shapes, table.captions, table.leads
