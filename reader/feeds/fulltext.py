"""A web page -> the article on it, as a ``Document``.

trafilatura says what the article is (``selection``), our own walk over the page says how it is built: sub-headlines,
lists, quotations, tables, captions, links, the editors' summary box, credits. What the page says of itself is in
``pagemeta``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

from reader.feeds.furniture import clear, drop_loose_headings
from reader.feeds.opening import mark_points, take_lead
from reader.feeds.pagefacts import plain_lines
from reader.feeds.pagemeta import read_meta
from reader.feeds.selection import Candidate, select
from reader.feeds.stubmarks import wall_labels
from reader.model.article import BlockKind, Document
from reader.text.blocks import BlockBuilder
from reader.text.boxes import find_boxes
from reader.text.endlines import is_credit
from reader.text.html import HtmlBlock, html_blocks, without_long_tags
from reader.text.page import decode, document_from_page
from reader.text.repair import glue_points
from reader.text.sanitize import clean_text

_SOURCES = re.compile(r"(?:unsere |verwendete |weitere )?quellen(?:angaben?)?\s*:?", re.IGNORECASE)
_LITTLE = 0.3
"""Of the text in JSON-LD: with less on the page itself, that text is taken."""
_MOST_BLOCKS = 20_000
"""No article has more; a page that does is not read to its end."""
_WHOLE_PAGE = re.compile(r"<!doctype\s+html|<(?:html|head|body)[\s>]", re.IGNORECASE)
_HEAD = 4000
_AFTER = 4
"""A line of credits stands at most so many blocks behind the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """What is known of the article from elsewhere, a feed's entry for instance; the page's own word comes first."""

    title: str = ""
    teaser: str = ""
    authors: tuple[str, ...] = ()
    date: str | None = None


def read_page(
    data: bytes | str, *, address: str = "", charset: str | None = None, hint: Hint | None = None
) -> Document:
    """A whole page through full text, a fragment of one as it is; for those who do not know which they hold."""
    source = data if isinstance(data, str) else decode(data, charset)
    if _WHOLE_PAGE.search(source[:_HEAD]):
        return article_from_page(source, address=address, hint=hint)
    return document_from_page(source, base=address)


def article_from_page(
    data: bytes | str, *, address: str = "", charset: str | None = None, hint: Hint | None = None
) -> Document:
    """The article of a page: text without furniture, with structure, title, authors, date and labels.

    ``charset`` is what the server declared, ``address`` makes links absolute. Never raises for any bytes: a page
    without an article gives a document without blocks. The lead comes first; a summary box is in SUMMARY blocks.
    """
    hint = hint or Hint()
    root = _parsed(data if isinstance(data, str) else decode(data, charset))
    if root is None:
        return BlockBuilder().document(title=hint.title, date=hint.date, authors=hint.authors)
    meta = read_meta(root, address)
    builder = BlockBuilder()
    found = root.find("body")
    body = root if found is None else found
    candidates = select(root, html_blocks(body, meta.address, builder.clean, find_boxes(body), most=_MOST_BLOCKS))
    clear(candidates, meta)
    lead = take_lead(candidates, (*meta.titles, hint.title), (*meta.teasers, hint.teaser))
    _mark_sources(candidates)
    drop_loose_headings(candidates)
    mark_points(candidates)
    _keep_credits(candidates)
    blocks = [c.block for c in candidates if c.chosen]
    if sum(len(block.text) for block in blocks) < len(meta.body) * _LITTLE:
        # The page is built in the browser; what it shows then stands in its JSON-LD alone.
        _add_body(builder, meta.body)
    else:
        _add(builder, [lead, *(b for b in blocks if b is not lead)] if lead is not None else blocks)
    return builder.document(
        title=meta.title or hint.title,
        kicker=meta.kicker,
        date=meta.date or hint.date,
        authors=meta.authors or hint.authors,
        labels=(*meta.labels, *wall_labels(candidates, meta.title or hint.title)),
    )


def _parsed(source: str) -> HtmlElement | None:
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_pis=True, remove_comments=True)
    try:
        # lxml refuses NUL, and reads an encoding declaration in a str as an error.
        root: HtmlElement = lxml.html.document_fromstring(
            without_long_tags(source.replace("\x00", "")).encode("utf-8", "replace"), parser=parser
        )
    except (etree.LxmlError, ValueError, AssertionError):
        # Nothing in it is markup or text that the parser knows; the caller gets an empty document and says so.
        return None
    return root


def _mark_sources(candidates: list[Candidate]) -> None:
    """A list under the heading "Quellen" at the end names where the text has it from."""
    chosen = [c for c in candidates if c.chosen]
    for index, candidate in enumerate(chosen):
        if _SOURCES.fullmatch(candidate.text) and candidate.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH):
            listed = [c for c in chosen[index + 1 :] if c.kind is not BlockKind.CAPTION]
            if listed and all(c.kind is BlockKind.LIST or is_credit(c.text) for c in listed):
                candidate.chosen = False
                for source in listed:
                    source.block.kind = BlockKind.CREDIT


def _keep_credits(candidates: list[Candidate]) -> None:
    """The line right behind the text that names an agency or the author is kept, whoever left it out."""
    last = max((i for i, c in enumerate(candidates) if c.chosen and c.is_prose), default=None)
    if last is None:
        return
    for candidate in candidates[last + 1 : last + 1 + _AFTER]:
        if (
            candidate.kind is BlockKind.PARAGRAPH
            and not candidate.chosen
            and is_credit(candidate.text)
            and candidate.linked < 0.5
        ):
            candidate.chosen = True
            return


def _add_body(builder: BlockBuilder, body: str) -> None:
    for line in clean_text(plain_lines(body)).split("\n"):
        points = [0, *glue_points(line), len(line)]
        for start, end in pairwise(points):
            builder.add(BlockKind.PARAGRAPH, line[start:end])


def _add(builder: BlockBuilder, blocks: list[HtmlBlock]) -> None:
    group = 0
    for block in blocks:
        if block.group != group:
            group = block.group
            builder.new_group()
        builder.add(block.kind, block.text, block.links)
