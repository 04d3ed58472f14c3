"""HTML -> ``Document``: blocks, links and the editors' summary box; scripts, menus and pictures stay out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

from reader.model.article import BlockKind, Document
from reader.text.blocks import SUMMARY_LABEL, BlockBuilder
from reader.text.sanitize import clean_line

_SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "form",
        "button",
        "select",
        "option",
        "input",
        "textarea",
        "nav",
        "iframe",
        "object",
        "embed",
        "audio",
        "video",
        "canvas",
        "head",
        "title",
        "meta",
        "link",
        "map",
        "area",
        "dialog",
    ]
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
_SUMMARY_SHAPE = re.compile(
    r"(?:^|[\s_-])(?:summary|zusammenfassung|key-?points?|keyfacts?|key-?takeaways?|bulletpoints?|article-?summary|kurzfassung|"
    r"in-?kuerze|das-?wichtigste|infoboxsummary|typeinfoboxsummary|summarylist|summary_box|card--bullets)(?:$|[\s_-])",
    re.IGNORECASE,
)
_ENDS_SENTENCE = re.compile(r"[.!?…:][\"“”»«’)]*\s*$")


def safe_address(address: str | None, base: str = "") -> str:
    """The absolute http(s) address of a link, or nothing: text never opens any other scheme."""
    if not address:
        return ""
    cleaned = "".join(clean_line(address).split())
    try:
        absolute = urljoin(base, cleaned) if base else cleaned
        parts = urlsplit(absolute)
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return ""
    return absolute


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
        _Walk(builder, base).run(root)
    return builder.document(title=title, kicker=kicker, labels=labels)


def build_from_element(root: HtmlElement, builder: BlockBuilder, base: str = "") -> None:
    """Adds the blocks of one element of a page to ``builder``."""
    _Walk(builder, base).run(root)


def text_of(fragment: str) -> str:
    """The bare text of an HTML fragment on one line, for titles and names; entities are resolved once."""
    if "<" not in fragment and "&" not in fragment:
        return clean_line(fragment)
    root = _parsed(fragment)
    return clean_line(root.text_content()) if root is not None else clean_line(fragment)


def _parsed(fragment: str) -> HtmlElement | None:
    # lxml refuses NUL and reads an encoding declaration in a str as an error; neither means anything here.
    source = fragment.replace("\x00", "").encode("utf-8", "replace")
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


class _Walk:
    """One pass over an element, without recursion: depth is the sender's choice, the stack is ours."""

    def __init__(self, builder: BlockBuilder, base: str) -> None:
        self._builder = builder
        self._base = base
        self._parts: list[str] = []
        self._length = 0
        self._links: list[tuple[int, int, str]] = []
        self._open_links: list[tuple[int, str]] = []
        self._kinds: list[BlockKind] = [BlockKind.PARAGRAPH]
        self._breaks = 0
        self._label_pending = False
        self._boxes: set[HtmlElement] = set()

    def run(self, root: HtmlElement) -> None:
        stack: list[tuple[HtmlElement, Iterator[HtmlElement]]] = [(root, iter(root))]
        self._enter(root)
        while stack:
            element, children = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                self._leave(element)
                if stack:
                    self._write(element.tail)
                continue
            if not isinstance(child.tag, str) or child.tag in _SKIPPED or _hidden(child):
                self._write(child.tail)
                continue
            if child.tag == "br":
                self._break()
                self._write(child.tail)
                continue
            self._enter(child)
            stack.append((child, iter(child)))
        self._flush()

    def _enter(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag in _BLOCKS and self._kinds[-1] is BlockKind.TABLE and tag != "tr":
            # A row is one block, whatever its cells are made of.
            if self._length:
                self._append("\t" if tag in ("td", "th") else " ")
            self._kinds.append(BlockKind.TABLE)
        elif tag in _BLOCKS:
            self._flush()
            kind = self._kind_of(element)
            self._kinds.append(kind)
            if tag in ("ul", "ol", "table", "dl"):
                self._builder.new_group()
        elif tag == "a":
            address = safe_address(element.get("href"), self._base)
            self._open_links.append((self._length, address))
        self._write(element.text)

    def _leave(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag == "a" and self._open_links:
            start, address = self._open_links.pop()
            if address and self._length > start:
                self._links.append((start, self._length, address))
        if tag not in _BLOCKS:
            return
        if self._kinds[-1] is BlockKind.TABLE and tag != "tr":
            self._kinds.pop()
            return
        self._flush()
        self._kinds.pop()
        if tag in ("ul", "ol", "dl"):
            self._label_pending = False
        self._boxes.discard(element)

    def _kind_of(self, element: HtmlElement) -> BlockKind:
        tag = element.tag
        inside = self._kinds[-1]
        if _SUMMARY_SHAPE.search(
            f"{element.get('class') or ''} {element.get('id') or ''} {element.get('type') or ''}"
        ) and (element.find(".//li") is not None):
            self._boxes.add(element)
        if tag in _HEADINGS:
            return BlockKind.HEADING
        if tag == "pre":
            return BlockKind.PREFORMATTED
        if tag == "tr":
            return BlockKind.TABLE
        if tag in ("figcaption", "caption"):
            return BlockKind.CAPTION
        if tag == "blockquote":
            return BlockKind.QUOTE
        if tag in ("li", "dd", "dt"):
            return BlockKind.SUMMARY if self._boxes or self._label_pending else BlockKind.LIST
        keeps = (BlockKind.QUOTE, BlockKind.LIST, BlockKind.SUMMARY, BlockKind.TABLE, BlockKind.CAPTION)
        return inside if inside in keeps else BlockKind.PARAGRAPH

    def _write(self, text: str | None) -> None:
        if not text:
            return
        cleaned = self._builder.clean(text)
        if self._kinds[-1] is not BlockKind.PREFORMATTED:
            cleaned = cleaned.replace("\t", " ").replace("\n", " ")
        if cleaned.strip():
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
        if self._kinds[-1] is BlockKind.PREFORMATTED:
            self._append("\n")
        else:
            self._breaks += 1

    def _ends_paragraph(self) -> bool:
        tail = "".join(self._parts[-3:])
        return self._kinds[-1] is BlockKind.PARAGRAPH and _ENDS_SENTENCE.search(tail[-8:]) is not None

    def _flush(self) -> None:
        self._breaks = 0
        if not self._length:
            return
        text = "".join(self._parts)
        links = self._links
        # A link that is still open goes on in the next block; its part so far belongs to this one.
        for index, (start, address) in enumerate(self._open_links):
            if address and self._length > start:
                links.append((start, self._length, address))
            self._open_links[index] = (0, address)
        self._parts, self._length, self._links = [], 0, []
        if not text.strip():
            return
        kind = self._kinds[-1]
        label = clean_line(text)
        if kind in (BlockKind.HEADING, BlockKind.PARAGRAPH) and len(label) < 60 and SUMMARY_LABEL.fullmatch(label):
            # The label of a box is ours to write; what follows as a list are the editors' points.
            self._label_pending = True
            return
        if self._label_pending and not self._boxes and kind is BlockKind.PARAGRAPH:
            self._label_pending = False
        if self._boxes and kind in (BlockKind.HEADING, BlockKind.PARAGRAPH):
            return
        self._builder.add(kind, text, links)


def _hidden(element: HtmlElement) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or element.get("hidden") is not None or element.get("aria-hidden") == "true"
