"""A whole HTML page -> ``Document``: decoding, the element with the article, and what the page says about itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

from reader.model.article import Document
from reader.text.blocks import BlockBuilder
from reader.text.decoding import mended_utf8
from reader.text.html import build_from_element, text_of, without_long_tags
from reader.text.sanitize import clean_line

_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{2,40})", re.IGNORECASE)
_FURNITURE = ("nav", "header", "footer", "aside", "form", "menu")
_OUTLET_SUFFIX = re.compile(r"\s+[|–—-]\s+[^|–—]{2,40}$")
_NEWS_TYPES = (
    "article",
    "newsarticle",
    "reportagenewsarticle",
    "opinionnewsarticle",
    "analysisnewsarticle",
    "blogposting",
    "liveblogposting",
)
_ENOUGH_WORDS = 40


def decode(data: bytes, declared: str | None = None) -> str:
    """By byte order mark, the header's charset, strict UTF-8, the page's declaration, UTF-8 with windows-1252 in it;
    never an error. Why feeds are decoded otherwise stands in ``text.decoding``.
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    match = _DECLARED.search(data[:2048])
    candidates = [declared, "utf-8", match[1].decode("ascii") if match else None]
    for name in candidates:
        if not name:
            continue
        # ISO-8859-1 is read as windows-1252, as browsers do (WHATWG Encoding): pages that declare it hold „ “ –.
        encoding = (
            "cp1252"
            if name.lower().replace("_", "-") in ("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii")
            else name
        )
        try:
            return data.decode(encoding)
        except (UnicodeError, LookupError):  # "undefined" is the name of an encoding that raises the former
            continue
    return mended_utf8(data)


def looks_like_html(text: str) -> bool:
    """Whether a text is a page or a fragment of one, rather than plain text with a stray bracket."""
    head = text[:4000].lstrip("\ufeff \t\r\n").lower()
    if head.startswith(
        ("<!doctype html", "<html", "<?xml", "<article", "<body", "<div", "<p>", "<p ", "<section", "<main", "<h1")
    ):
        return True
    return (
        len(
            re.findall(
                r"</(?:p|div|a|h[1-6]|li|ul|span|strong|em|b|i|blockquote|article|body|html)\s*>",
                text[:200_000].lower(),
            )
        )
        >= 2
    )


def document_from_page(page: bytes | str, *, base: str = "", charset: str | None = None) -> Document:
    """The article of a page. Never raises for any input: a page without an article yields an empty document."""
    source = decode(page, charset) if isinstance(page, bytes) else page
    source = without_long_tags(source.replace("\x00", ""))
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_pis=True, remove_comments=True)
    try:
        root = lxml.html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return BlockBuilder().document()
    meta = _Meta(root)
    article = article_element(root)
    title = meta.title(article)
    for tag in _FURNITURE:
        for element in list(article.iter(tag)):
            if element is not article and element.find(".//h1") is None:
                _drop(element)
    for heading in article.iter("h1"):
        if clean_line(heading.text_content()) == title:
            _drop(heading)
            break
    builder = BlockBuilder()
    build_from_element(article, builder, base)
    return builder.document(title=title, date=meta.date, authors=meta.authors, labels=meta.labels)


def _drop(element: HtmlElement) -> None:
    """Leave nothing of an element but the text behind it.

    It stays in its place as one that is not shown: taking it out would copy all the text around it each time.
    """
    element.clear(keep_tail=True)
    element.tag = "template"


def article_element(root: HtmlElement) -> HtmlElement:
    """The element marked as the article with the most words in paragraphs; the body when none is marked."""
    marked = [e for e in root.iter() if isinstance(e, HtmlElement) and _is_marked(e)]
    weights = [(sum(len(p.text_content().split()) for p in e.iter("p", "li")), e) for e in marked]
    # An <article> inside <main> is the closer one: take the first that has nearly all the words.
    most = max((w for w, _ in weights), default=0)
    if most >= _ENOUGH_WORDS:
        inner = [e for w, e in weights if w >= most * 0.8]
        return inner[-1]
    body = root.find("body")
    return body if body is not None else root


def _is_marked(element: HtmlElement) -> bool:
    return (
        element.tag in ("article", "main") or element.get("itemprop") == "articleBody" or element.get("role") == "main"
    )


class _Meta:
    """What a page says about itself: JSON-LD first, then meta elements (schema.org NewsArticle, Open Graph)."""

    def __init__(self, root: HtmlElement) -> None:
        self._root = root
        self._ld = next(_news_objects(root), {})
        self._metas = {
            (m.get("property") or m.get("name") or m.get("itemprop") or "").lower(): m.get("content") or ""
            for m in root.iter("meta")
        }

    def title(self, article: HtmlElement) -> str:
        heading = next((clean_line(h.text_content()) for h in article.iter("h1")), "")
        # HTML has resolved its references already; publishers put them into JSON as well, where nobody has.
        named = heading or text_of(_text(self._ld.get("headline"))) or clean_line(self._metas.get("og:title", ""))
        if named:
            return named
        element = self._root.find(".//title")
        return _OUTLET_SUFFIX.sub("", clean_line(element.text_content())) if element is not None else ""

    @property
    def date(self) -> str | None:
        value = (
            _text(self._ld.get("datePublished"))
            or self._metas.get("article:published_time")
            or self._metas.get("date", "")
        )
        match = re.match(
            r"\d{4}-\d{2}(?:-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?)?", value.strip()
        )
        return match[0] if match else None

    @property
    def authors(self) -> tuple[str, ...]:
        value = self._ld.get("author")
        people = value if isinstance(value, list) else [value]
        names = [_text(p.get("name")) if isinstance(p, dict) else _text(p) for p in people if p]
        if not any(names):
            names = [clean_line(self._metas.get("author", ""))]
        return tuple(dict.fromkeys(n for n in names if n and "://" not in n))

    @property
    def labels(self) -> tuple[str, ...]:
        labels = []
        free = self._ld.get("isAccessibleForFree", self._ld.get("isAccessibleforFree"))
        if free is not None and _text(free).lower().rsplit("/", 1)[-1] == "false":
            labels.append("isAccessibleForFree=false")
        section = _text(self._ld.get("articleSection")) or clean_line(self._metas.get("article:section", ""))
        kind = self._ld.get("@type")
        labels += [section] if section else []
        labels += [f"@type={_text(kind)}"] if isinstance(kind, str) else []
        return tuple(labels)


def _text(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return clean_line(str(value)) if isinstance(value, str | bool | int | float) else ""


def _news_objects(root: HtmlElement) -> Iterator[dict[str, object]]:
    for script in root.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json":
            continue
        try:
            data = json.loads(script.text_content() or "", strict=False)
        except (ValueError, RecursionError):
            # One broken block must not cost the page the others.
            continue
        queue = data if isinstance(data, list) else [data]
        for item in queue:
            if isinstance(item, dict):
                graph = item.get("@graph")
                for node in [item, *(graph if isinstance(graph, list) else [])]:
                    kinds = node.get("@type") if isinstance(node, dict) else None
                    named = kinds if isinstance(kinds, list) else [kinds]
                    if any(str(k).lower() in _NEWS_TYPES for k in named):
                        yield node
