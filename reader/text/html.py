"""HTML -> ``Document``: blocks, links and the editors' summary box; scripts, menus and pictures stay out."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

from reader.model.article import BlockKind, Document
from reader.text.address import web_address
from reader.text.blocks import MOST_BLOCKS, BlockBuilder
from reader.text.boxes import Box, find_boxes
from reader.text.sanitize import clean_line

_SKIPPED = frozenset(
    "script style noscript template svg math form button select option input textarea nav iframe object embed audio "
    "video canvas head title meta link map area dialog".split()
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "aside",
        "figure",
        "figcaption",
        "blockquote",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "caption",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "pre",
        "address",
        "details",
        "summary",
        "center",
        "fieldset",
        "hr",
        "body",
        "html",
        "hgroup",
    ]
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_FOR_SCREEN_READERS = re.compile(
    r"(?:^|\s)(?:visually-?hidden|sr-only|screen-?reader(?:-text|-only)?|invisible-?text|u-hidden)(?:$|\s)",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"(?:^|\s)hidden(?:$|\s)")
"""Shown at some widths all the same where another class says so ("hidden md:block")."""
_INITIAL = re.compile(r"\s*[A-ZÄÖÜ]\s*")
"""A drop cap in an element of its own; the word goes on behind it, after white space on some pages."""
_MOST_CELLS, _LAYOUT_PARAGRAPHS = 60, 3
_BREAKS = re.compile(r"[\t\n\r]")
_LONG_TAG = re.compile(r"<[A-Za-z/][^<>]{20000,}>")
_NOWHERE = "#"
"""A jump within the page leads nowhere once the text has left it."""
_LINK_NOTE = re.compile(r"\((?:öffnet|wird|externer link)[^()]{0,40}\)", re.IGNORECASE)
"""What a link tells those who hear the page: "(öffnet im neuen Fenster)"."""
_ENDS_SENTENCE = re.compile(r"[.!?…:][\"“”»«’)]*\s*$")


def document_from_html(
    fragment: str,
    *,
    base: str = "",
    title: str = "",
    kicker: str = "",
    labels: tuple[str, ...] = (),
    repair: bool = True,
) -> Document:
    """The article in an HTML fragment, as a feed's entry carries it; ``base`` makes relative links absolute.

    Never raises for any string: what the parser cannot read yields an empty document.
    """
    builder = BlockBuilder(mend=repair)
    root = _parsed(fragment)
    if root is not None:
        build_from_element(root, builder, base)
    return builder.document(title=title, kicker=kicker, labels=labels)


def build_from_element(root: HtmlElement, builder: BlockBuilder, base: str = "") -> None:
    """Adds the blocks of one element of a page to ``builder``."""
    group = 0
    clean = builder.cleaner("".join(root.itertext()))
    for block in html_blocks(root, base, clean, find_boxes(root), most=MOST_BLOCKS):
        if block.group != group:
            group = block.group
            builder.new_group()
        builder.add(block.kind, block.text, block.links)


def text_of(fragment: str) -> str:
    """The bare text of an HTML fragment on one line, for titles and names; entities are resolved once."""
    if "<" not in fragment and "&" not in fragment:
        return clean_line(fragment)
    root = _parsed(fragment)
    return clean_line(root.text_content()) if root is not None else clean_line(fragment)


def without_long_tags(source: str) -> str:
    """HTML without the tags that nobody writes: a picture in its own address, or attributes by the ten thousand, for
    which libxml2 takes time that grows with the square of their number.
    """
    return _LONG_TAG.sub(" ", source)


def _target(href: str, base: str) -> str:
    # A line feed within an address in HTML is dropped and not refused (WHATWG URL, §4.4).
    return web_address(clean_line(_BREAKS.sub("", href)), base)


def _parsed(fragment: str) -> HtmlElement | None:
    # lxml refuses NUL and reads an encoding declaration in a str as an error; neither means anything here.
    source = without_long_tags(fragment.replace("\x00", "")).encode("utf-8", "replace")
    if not source.strip():
        return None
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        return lxml.html.fragment_fromstring(source.decode("utf-8"), create_parent="div", parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return _as_document(source, parser)


def _as_document(source: bytes, parser: lxml.html.HTMLParser) -> HtmlElement | None:
    try:
        root: HtmlElement = lxml.html.document_fromstring(source, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        # Nothing in it is markup or text that the parser knows; the caller gets an empty document and says so.
        return None
    return root


@dataclass(slots=True)
class HtmlBlock:
    """One block of a page before it is part of a document: cleaned text, links in it, and the element it stands in."""

    kind: BlockKind
    text: str
    links: list[tuple[int, int, str]]
    element: HtmlElement
    group: int
    """Neighbours of one list, table or box share it."""
    linked: int = 0
    """How many of its characters lead elsewhere, to whatever address."""


def html_blocks(
    root: HtmlElement, base: str, clean: Callable[[str], str], boxes: list[Box], *, most: int = sys.maxsize
) -> list[HtmlBlock]:
    """The first ``most`` blocks below ``root`` in document order.

    Labels of ``boxes`` are left out, their points are SUMMARY blocks.
    """
    walk = _Walk(base, clean, boxes)
    walk.run(root, most)
    return walk.blocks


class _Walk:
    """One pass over an element, without recursion: depth is the sender's choice, the stack is ours."""

    def __init__(self, base: str, clean: Callable[[str], str], boxes: list[Box]) -> None:
        self.blocks: list[HtmlBlock] = []
        self._clean = clean
        self._base = base
        self._group = 0
        self._parts: list[str] = []
        self._length = 0
        self._links: list[tuple[int, int, str]] = []
        self._open_links: list[tuple[int, str]] = []
        self._linked = 0
        self._kinds: list[tuple[BlockKind, HtmlElement | None]] = [(BlockKind.PARAGRAPH, None)]
        self._breaks = 0
        self._layouts: set[HtmlElement] = set()
        self._initial = False
        self._points = {point for box in boxes for point in box.points}
        self._labels = {box.label for box in boxes if box.label is not None}
        # A box may be folded away until a reader asks for it; its text is there all the same.
        self._shown = {above for box in boxes for above in box.points[0].iterancestors()} if boxes else set()

    def run(self, root: HtmlElement, most: int = sys.maxsize) -> None:
        stack: list[tuple[HtmlElement, Iterator[HtmlElement]]] = [(root, iter(root))]
        self._enter(root)
        while stack and len(self.blocks) < most:
            element, children = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                self._leave(element)
                if stack:
                    self._write(element.tail)
                continue
            if not isinstance(child.tag, str) or self._is_left_out(child):
                self._write(child.tail)
                continue
            if child.tag == "br":
                self._break()
                self._write(child.tail)
                continue
            self._enter(child)
            stack.append((child, iter(child)))
        self._flush()

    def _is_left_out(self, element: HtmlElement) -> bool:
        if element in self._labels:
            self._flush()
            return True
        return (element.tag in _SKIPPED or _hidden(element)) and element not in self._shown

    def _enter(self, element: HtmlElement) -> None:
        tag = element.tag
        kind = self._kinds[-1][0]
        if tag in _BLOCKS and kind is BlockKind.TABLE and tag != "tr":
            # A row is one block, whatever its cells are made of.
            if self._length:
                self._append("\t" if tag in ("td", "th") else " ")
            self._kinds.append((BlockKind.TABLE, self._kinds[-1][1]))
        elif tag in _BLOCKS:
            self._flush()
            if tag == "table" and _is_layout(element):
                self._layouts.add(element)
            self._kinds.append((self._kind_of(element), element))
            if tag in ("ul", "ol", "table", "dl"):
                self._group += 1
        elif tag == "a":
            target = element.get("href")
            address = _NOWHERE if not target or target.startswith("#") else _target(target, self._base)
            self._open_links.append((self._length, address))
        self._write(element.text)

    def _leave(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag == "a" and self._open_links:
            start, address = self._open_links.pop()
            self._link(start, address)
        if tag not in _BLOCKS:
            self._initial = self._length < 8 and _INITIAL.fullmatch("".join(self._parts)) is not None
            return
        if self._kinds[-1][0] is not BlockKind.TABLE or tag == "tr":
            self._flush()
        self._kinds.pop()

    def _kind_of(self, element: HtmlElement) -> BlockKind:
        if element in self._points:
            return BlockKind.SUMMARY
        tag = element.tag
        inside = self._kinds[-1][0]
        if tag in _HEADINGS and inside is not BlockKind.SUMMARY:
            return BlockKind.HEADING
        if tag == "pre":
            return BlockKind.PREFORMATTED
        if tag == "tr" and next(element.iterancestors("table"), None) not in self._layouts:
            return BlockKind.TABLE
        if tag in ("figure", "figcaption", "caption"):
            return BlockKind.CAPTION
        if tag == "blockquote":
            return BlockKind.QUOTE
        if tag in ("li", "dd", "dt") and inside is not BlockKind.SUMMARY:
            return BlockKind.LIST
        keeps = (BlockKind.QUOTE, BlockKind.LIST, BlockKind.SUMMARY, BlockKind.TABLE, BlockKind.CAPTION)
        return inside if inside in keeps else BlockKind.PARAGRAPH

    def _write(self, text: str | None) -> None:
        if not text:
            return
        if text.isspace():
            self._append("\n" if self._kinds[-1][0] is BlockKind.PREFORMATTED and "\n" in text else " ")
            return
        if text[:1] == "(" and _LINK_NOTE.fullmatch(text):
            return
        cleaned = self._clean(text)
        if self._kinds[-1][0] is not BlockKind.PREFORMATTED:
            cleaned = cleaned.replace("\t", " ").replace("\n", " ")
        if cleaned.strip():
            if self._initial and (rest := cleaned.lstrip())[:1].islower():
                self._parts, cleaned = ["".join(self._parts).strip()], rest
                self._length = len(self._parts[0])
            self._initial = False
            if self._breaks >= 2 or (self._breaks == 1 and self._ends_paragraph()):
                self._flush()
            elif self._breaks:
                self._append(" ")
            self._breaks = 0
        self._append(cleaned)

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _break(self) -> None:
        if self._kinds[-1][0] is BlockKind.PREFORMATTED:
            self._append("\n")
        else:
            self._breaks += 1

    def _ends_paragraph(self) -> bool:
        tail = "".join(self._parts[-3:])
        return self._kinds[-1][0] is BlockKind.PARAGRAPH and _ENDS_SENTENCE.search(tail[-8:]) is not None

    def _flush(self) -> None:
        self._breaks = 0
        if not self._length:
            return
        text = "".join(self._parts)
        links = self._links
        # A link that is still open goes on in the next block; its part so far belongs to this one.
        for index, (start, address) in enumerate(self._open_links):
            self._link(start, address)
            self._open_links[index] = (0, address)
        linked = self._linked
        self._parts, self._length, self._links, self._linked = [], 0, [], 0
        kind, element = self._kinds[-1]
        if text.strip() and element is not None:
            self.blocks.append(HtmlBlock(kind, text, links, element, self._group, linked))

    def _link(self, start: int, address: str) -> None:
        """The text from ``start`` on stands in a link."""
        if address != _NOWHERE and self._length > start:
            self._linked += self._length - start
            if address:
                self._links.append((start, self._length, address))


def _is_layout(table: HtmlElement) -> bool:
    """Whether a table sets a page and no figures: it holds a main heading, or a cell of several paragraphs."""
    for number, cell in enumerate(table.iter("td", "h1")):
        if number >= _MOST_CELLS:
            break
        if cell.tag == "h1" or sum(1 for _ in islice(cell.iter("p"), _LAYOUT_PARAGRAPHS)) == _LAYOUT_PARAGRAPHS:
            return True
    return False


def _hidden(element: HtmlElement) -> bool:
    attributes = element.attrib
    if not attributes:
        return False
    style = attributes.get("style")
    if style and "none" in style and "display:none" in style.replace(" ", "").lower():
        return True
    named = attributes.get("class")
    if (
        named
        and ("hidden" in named or "sr-only" in named or "reader" in named)
        and (_FOR_SCREEN_READERS.search(named) or (_HIDDEN.search(named) and ":" not in named))
    ):
        return True
    return "hidden" in attributes or attributes.get("aria-hidden") == "true"
