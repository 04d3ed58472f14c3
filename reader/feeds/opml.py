"""OPML 2.0 (http://opml.org/spec2.opml), read as it is found and written as it should be.

Read by a scanner of our own instead of an XML parser: lists of subscriptions are often not well-formed, and what does
not exist cannot be abused. Nothing is declared, expanded or fetched; entities of a document type are left out. The time
is linear in the length of the file.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from reader.errors import N_, FeedParseError
from reader.feeds.address import without_login
from reader.feeds.encoding import as_utf8, declared_encoding
from reader.feeds.outlines import MAX_BYTES, Collector, Outline, OutlineList
from reader.text.sanitize import clean_line

DEEPEST = 20
_MOST_ATTRIBUTES, _LONGEST_VALUE = 40, 2000
_OWN = frozenset({"text", "title", "xmlurl", "htmlurl"})
_NAME = r"[A-Za-z_][\w.-]*+(?::[A-Za-z_][\w.-]*+)?+"
_OPENING = re.compile(r"<[/!?A-Za-z_]")
_MOST_OPENINGS = 500_000
"""A hundred times the subscriptions that are taken."""
_TAG = re.compile(rf"<(/?)({_NAME})", re.ASCII)
_ATTRIBUTE = re.compile(rf"""\s*+({_NAME})\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""", re.ASCII)
_END = re.compile(r"\s*+(/?)>")
_DOCTYPE = re.compile(
    r"""<!DOCTYPE[^\[>]*+(?:\[(?:[^\]"']++|"[^"]*+"|'[^']*+')*+\])?+[^>]*+>""",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z_][\w.-]{0,40});", re.ASCII)
_SKIPPED = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"))
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_opml(data: bytes, trusted: frozenset[str] = frozenset()) -> OutlineList:
    """The subscriptions of a file; raises ``FeedParseError`` for one that is no OPML at all."""
    if len(data) > MAX_BYTES:
        raise FeedParseError(
            N_("The list is larger than {megabytes} MB."),
            hint=N_("Split it into smaller files."),
            megabytes=MAX_BYTES // 1_048_576,
        )
    collector = Collector(trusted)
    folders: list[str] = []
    spaces: dict[str, str] = {}
    is_opml = False
    text = _text(data)
    scan = _Scan(text)
    has_ended = False
    for tag in scan.tags():
        name = tag.name.lower()
        if name == "opml" and tag.closes:
            has_ended = True
        if name == "opml" and not tag.closes:
            is_opml, has_ended = True, tag.is_empty
            spaces = {key: value for key, value in tag.attributes.items() if key.startswith("xmlns:")}
        if name != "outline":
            continue
        if tag.closes:
            del folders[-1:]
            continue
        given = {key.lower(): value for key, value in tag.attributes.items()}
        title = given.get("text", "").strip() or given.get("title", "")
        if "xmlurl" in given and len(folders) <= DEEPEST:
            collector.offer(
                given["xmlurl"],
                title=title,
                folders=folders,
                site=given.get("htmlurl", ""),
                attributes=_foreign(tag.attributes, spaces),
            )
        elif "xmlurl" in given:
            collector.refuse(given["xmlurl"], N_("in too many folders inside one another"))
        elif not tag.is_whole:
            collector.refuse(title or given.get("htmlurl", ""), N_("damaged in line {line}"), line=tag.line)
        if not tag.is_empty:
            folders.append("" if "xmlurl" in given else title)
    if not is_opml:
        raise FeedParseError(
            N_("This is not a list of subscriptions."),
            hint=N_("An OPML file or newsboat's “urls” is expected, as other readers export it."),
        )
    found = collector.found()
    if has_ended and not scan.lost_from:
        return found
    line = scan.lost_from or text.count("\n", 0, len(text.rstrip())) + 1
    if not found.outlines:
        raise FeedParseError(
            N_("The list is damaged: it breaks off in line {line}, and no subscription can be read before that."),
            hint=N_("Nothing was changed. Export the list from the other program again, or mend it at that line."),
            line=line,
        )
    collector.refuse("", N_("the list breaks off in line {line}; what came after that is missing"), line=line)
    return collector.found()


def write_opml(outlines: Iterable[Outline], *, title: str = "Lesart") -> bytes:
    """A well-formed document in UTF-8; ``read_opml`` gives the same subscriptions again."""
    root = _Folder()
    for outline in outlines:
        folder = root
        for name in filter(None, outline.folder.split(" / ")):
            folder = folder.folders.setdefault(name, _Folder())
        folder.outlines.append(outline)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        f"  <head><title>{escape(title)}</title></head>",
        "  <body>",
        *_lines(root, "    "),
        "  </body>",
        "</opml>",
        "",
    ]
    return "\n".join(lines).encode()


@dataclass(slots=True)
class _Folder:
    folders: dict[str, _Folder] = field(default_factory=dict)
    outlines: list[Outline] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Tag:
    name: str
    attributes: dict[str, str]
    closes: bool
    is_empty: bool
    is_whole: bool
    """Its end was found."""
    line: int


def _text(data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    plain, is_utf8 = as_utf8(data, "")
    return plain.decode("utf-8" if is_utf8 else declared_encoding(plain, "") or "utf-8", "replace")


class _Scan:
    """One pass over the text of a file."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.lost_from = 0
        """The line from which on nothing could be read, 0 for none."""

    def tags(self) -> Iterator[_Tag]:
        """Each tag, with the attributes that can be read."""
        text = self._text
        position, has_doctype, line, counted, openings = 0, False, 1, 0, 0
        while (found := _OPENING.search(text, position)) is not None:
            position = found.start()
            line, counted = line + text.count("\n", counted, position), position
            openings += 1
            if openings > _MOST_OPENINGS:
                self.lost_from = line
                return
            skipped = next((end for start, end in _SKIPPED if text.startswith(start, position)), None)
            if skipped is not None:
                end = text.find(skipped, position)
                if end < 0:
                    self.lost_from = line
                    return
                position = end + len(skipped)
                continue
            if not has_doctype and text[position : position + 9].upper() == "<!DOCTYPE":
                has_doctype = True  # a second one is not XML, and trying all that are not closed would take square time
                doctype = _DOCTYPE.match(text, position)
                position = doctype.end() if doctype is not None else position + 1
                continue
            opening = _TAG.match(text, position)
            if opening is None:
                position += 1
                continue
            attributes: dict[str, str] = {}
            position = opening.end()
            while given := _ATTRIBUTE.match(text, position):
                attributes.setdefault(given[1], _unescaped(given[2] if given[2] is not None else given[3]))
                position = given.end()
            ending = _END.match(text, position)
            if ending is not None:
                is_empty = bool(ending[1])
            else:  # damaged inside; where it ends is looked for nearby, or many of them would take square time
                end = text.find(">", position, position + _LONGEST_VALUE)
                is_empty = end > 0 and text[end - 1] == "/"
            yield _Tag(opening[2], attributes, bool(opening[1]), is_empty, ending is not None, line)


def _unescaped(text: str) -> str:
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(reference: re.Match[str]) -> str:
    """A predefined, numeric or HTML reference; a document's own entity, which is never expanded, is left out."""
    character = html.unescape(reference[0])
    return "" if character == reference[0] else character


def _foreign(attributes: dict[str, str], spaces: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """What another program wrote for itself; a prefix brings its namespace along, else it cannot be kept."""
    kept: dict[str, str] = {}
    for name, value in list(attributes.items())[:_MOST_ATTRIBUTES]:
        if name.lower() in _OWN or name == "xmlns" or (name.lower() == "type" and value.lower() in ("", "rss")):
            continue
        prefix, colon, _ = name.partition(":")
        if colon and prefix not in ("xmlns", "xml"):
            space = attributes.get(f"xmlns:{prefix}") or spaces.get(f"xmlns:{prefix}")
            if not space:
                continue
            kept[f"xmlns:{prefix}"] = clean_line(space)[:_LONGEST_VALUE]
        kept[name] = without_login(clean_line(value)[:_LONGEST_VALUE])
    return tuple(kept.items())


def _lines(folder: _Folder, indent: str) -> Iterator[str]:
    for name, inner in folder.folders.items():
        yield f"{indent}<outline{_attributes({'text': name})}>"
        yield from _lines(inner, indent + "  ")
        yield f"{indent}</outline>"
    for outline in folder.outlines:
        values = {"type": "rss", "text": outline.title, "xmlUrl": outline.address}
        if outline.site:
            values["htmlUrl"] = outline.site
        yield f"{indent}<outline{_attributes({**values, **dict(outline.attributes)})}/>"


def _attributes(values: dict[str, str]) -> str:
    return "".join(f' {name}="{escape(value, {chr(34): "&quot;"})}"' for name, value in values.items())
