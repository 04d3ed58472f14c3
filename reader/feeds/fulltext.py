"""A web page -> the article on it, as a ``Document``."""

from __future__ import annotations

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

from reader.feeds.pagemeta import PageMeta, folded, read_meta
from reader.feeds.passages import article_blocks, chosen_text
from reader.model.article import BlockKind, Document
from reader.text.blocks import BlockBuilder
from reader.text.boxes import find_boxes
from reader.text.html import HtmlBlock, html_blocks
from reader.text.page import decode


def article_from_page(data: bytes, *, address: str = "", charset: str | None = None) -> Document:
    root = _parsed(decode(data, charset))
    if root is None:
        return BlockBuilder().document()
    meta = read_meta(root, address)
    builder = BlockBuilder()
    body = root.find("body")
    if body is None:
        body = root
    boxes = find_boxes(body)
    blocks = html_blocks(body, address, builder.clean, boxes)
    whole, single = chosen_text(root)
    kept = article_blocks(blocks, whole, single, meta)
    group = 0
    for block in kept:
        if block.group != group:
            group = block.group
            builder.new_group()
        builder.add(block.kind, block.text, block.links)
    return builder.document(title=meta.title, kicker=meta.kicker, date=meta.date, authors=meta.authors, labels=meta.labels)


def _parsed(source: str) -> HtmlElement | None:
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_pis=True, remove_comments=True)
    try:
        root: HtmlElement = lxml.html.document_fromstring(source.replace("\x00", "").encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    return root
