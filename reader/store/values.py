"""What a value of a backup may be, by the kind of its column: text that is safe to show, a number that can be counted
with, a packed document. A rule takes what SQLite hands out and says what is wrong with it; nothing is mended here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from math import isfinite
from string import Formatter
from typing import Any

from reader.errors import N_
from reader.model.analysis import Analysis
from reader.model.article import Document
from reader.model.span import Span
from reader.store.codec import (
    LARGEST,
    is_fragment,
    text_of,
    unpack_analysis,
    unpack_document,
    unpack_fragment,
    unpack_text,
)
from reader.text.address import web_address
from reader.text.fragment import Fragment

CONTROL = N_("{file} holds a control character: table {table}, column {column}, row {row}.")
LARGE = N_("{file} holds a value that is too large: table {table}, column {column}, row {row}.")
KIND = N_("{file} holds a value of the wrong kind: table {table}, column {column}, row {row}.")
UNKNOWN = N_("{file} holds a value that is none of those possible there: table {table}, column {column}, row {row}.")
UNREADABLE = N_("{file} holds a value that cannot be read: table {table}, column {column}, row {row}.")

Finding = tuple[str, str]
"""One of the messages above, and what was found, in ASCII."""
Rule = Callable[[Any], Finding | None]

_LINE, _TEXT = 131_072, 16 * 1024 * 1024
"""Characters of a line: feeds bring 2,000 and addresses 4,096 at most, but a person's title may fill an argument of the
command line (execve(2), MAX_ARG_STRLEN). And of a longer text: a feed may be nothing but an entry's authors.
"""

# Controls (ECMA-48), line and paragraph separators, and what cannot be seen: marks of direction, zero widths. All of it
# the border has taken out from the first version on.
_HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_BREAK = re.compile(r"[\t\n]")
_UNDECODED = re.compile("[\ud800-\udfff]")
_ENDS_A_HEADER = re.compile(r"[\r\n\x00]")
_DATE = re.compile(r"[0-9T:.+Z -]{4,40}")
_OWN_ADDRESS = re.compile(r"lesart:[\w/.-]{0,200}|lost:\d{1,15}", re.ASCII)
_NOT_IN_A_WORD = re.compile(r'[\s"]')
_MALFORMED = (ValueError, TypeError, AttributeError, LookupError, OverflowError, RecursionError)
"""What comes of a value of another form than ours; caught where nothing but the value can be to blame."""


def decoded(data: bytes) -> str:
    """Text as a database has it; bytes that are no UTF-8 become lone surrogates, which ``harm`` finds."""
    return data.decode("utf-8", "surrogateescape")


def harm(value: str) -> Finding | None:
    """Whether a text of several lines can do anything but be read."""
    found = _HARMFUL.search(value)
    if found is not None:
        return CONTROL, f"U+{ord(found[0]):04X}"
    return (UNREADABLE, "UTF-8") if _UNDECODED.search(value) else None


def text(most: int, *, one_line: bool = False) -> Rule:
    """So many characters of safe text, with line feeds and tabs unless it is one line."""

    def rule(value: Any) -> Finding | None:
        if type(value) is not str:
            return KIND, type(value).__name__
        if len(value) > most:
            return LARGE, f"{len(value)} > {most}"
        if value.isascii() and value.isprintable():
            return None
        if one_line and (found := _BREAK.search(value)) is not None:
            return CONTROL, f"U+{ord(found[0]):04X}"
        return harm(value)

    return rule


def whole(low: int, high: int, *besides: int) -> Rule:
    """A whole number from ``low`` to ``high``, or one of those besides."""

    def rule(value: Any) -> Finding | None:
        if type(value) is not int:
            return KIND, type(value).__name__
        return None if low <= value <= high or value in besides else (UNKNOWN, str(value))

    return rule


def blob(most: int, step: int = 1) -> Rule:
    """At most so many bytes, in steps."""

    def rule(value: Any) -> Finding | None:
        if type(value) is not bytes:
            return KIND, type(value).__name__
        if len(value) > most:
            return LARGE, f"{len(value)} > {most}"
        return (UNREADABLE, str(len(value))) if len(value) % step else None

    return rule


def one_of(choices: Iterable[str], *, several: bool = False) -> Rule:
    """One of these words; with ``several``, any of them between blanks."""
    known = frozenset(choices)

    def rule(value: Any) -> Finding | None:
        if type(value) is not str:
            return KIND, type(value).__name__
        words = value.split() if several else [value]
        return None if known.issuperset(words) else (UNKNOWN, ascii(value)[:40])

    return rule


line, lines = text(_LINE, one_line=True), text(_TEXT)


def address(value: Any) -> Finding | None:
    """An address as ``web_address`` lets it through, or none."""
    return line(value) or (None if not value or web_address(value) else (UNKNOWN, ascii(value)[:60]))


def feed_address(value: Any) -> Finding | None:
    """The address of a feed: on the web, of the bundled edition, or in the place of one that is lost."""
    if type(value) is str and _OWN_ADDRESS.fullmatch(value):
        return None
    return address(value) or (None if value else (UNKNOWN, "''"))


def proxy(value: Any) -> Finding | None:
    """A proxy setting (``model.settings.FeedSettings``)."""
    return None if value == "direct" else address(value)


def unshown(value: Any) -> Finding | None:
    """Text that is only read by the program."""
    if type(value) is not str:
        return KIND, type(value).__name__
    if len(value) > _TEXT:
        return LARGE, f"{len(value)} > {_TEXT}"
    return (UNREADABLE, "UTF-8") if _UNDECODED.search(value) else None


def validator(value: Any) -> Finding | None:
    """What a server sent for a header that it gets again, and nobody sees: only what would end it (RFC 9110, §5.5) is
    not in it.
    """
    return unshown(value) or ((CONTROL, ascii(value)[:40]) if _ENDS_A_HEADER.search(value) else None)


def index_word(value: Any) -> Finding | None:
    """A word of the search index, which is put between quotation marks to be looked for."""
    return line(value) or ((UNKNOWN, ascii(value)[:60]) if _NOT_IN_A_WORD.search(value) else None)


def json_text(parts: Callable[[Any], Iterable[Any]]) -> Rule:
    """JSON (RFC 8259); ``parts`` takes the value apart into its texts, and raises on one of another form."""

    def rule(value: Any) -> Finding | None:
        if (found := lines(value)) is not None:
            return found
        try:
            return _all_safe(parts(json.loads(value)))
        except _MALFORMED as error:
            return UNREADABLE, _told(error)

    return rule


def strings(value: Any) -> list[Any]:
    """The parts of a list of texts."""
    if type(value) is not list:
        raise TypeError("not a list")
    return value


def pairs(value: Any) -> Iterator[Any]:
    """The parts of a list of names with their texts."""
    for name, content in strings(value):
        yield from (name, content)


def headers(value: Any) -> Iterator[Any]:
    """The same of headers of a request, in which no line may end."""
    for part in pairs(value):
        if _BREAK.search(part):
            raise ValueError("a line break in a header")
        yield part


def error_parts(value: Any) -> Iterator[Any]:
    """The parts of an error as library/events.py writes it: what its texts name is there, and is named plainly."""
    filling = value["values"]
    for template in (value["title"], value["hint"]):
        for _, field, form, conversion in Formatter().parse(template):
            if field is not None and (field not in filling or form or conversion):
                raise ValueError("a placeholder without its value")
    yield from (value["class"], value["title"], value["detail"], value["hint"])
    for name, content in filling.items():
        if name in ("self", "title", "detail", "hint"):
            raise ValueError("a value of a reserved name")
        yield name
        yield str(content) if type(content) in (int, bool) else content


def optional(rule: Rule) -> Rule:
    """Nothing, or what the rule says."""
    return lambda value: None if value == "" else rule(value)


def document(value: Any) -> Finding | None:
    """A packed document, or the entry that none has been made of yet."""
    if type(value) is not bytes:
        return KIND, type(value).__name__
    try:
        return _fragment(unpack_fragment(value)) if is_fragment(value) else _document(unpack_document(value))
    except _MALFORMED as error:
        return UNREADABLE, _told(error)


def opening(value: Any) -> Finding | None:
    """Prose, packed or not (``codec.pack_text``)."""
    try:
        return lines(unpack_text(value))
    except _MALFORMED as error:
        return UNREADABLE, _told(error)


def analysis(body: bytes, digest: bytes, about: bytes) -> Finding | None:
    """A packed analysis with the packed document that it is about."""
    if is_fragment(about):
        return UNREADABLE, "an analysis of what is no document yet"
    try:
        words = text_of(about)
        return _analysis(unpack_analysis(body, digest, words), words)
    except _MALFORMED as error:
        return UNREADABLE, _told(error)


def _fragment(entry: Fragment) -> Finding | None:
    """Its HTML is cleaned on the way to a document, all else was when it came."""
    if type(entry.html) is not str:
        return KIND, "html"
    others = (entry.title, entry.base, entry.date, *entry.authors, *entry.labels, *entry.media)
    return address(entry.address) or _all_safe(others)


def _document(found: Document) -> Finding | None:
    end = 0
    for block in found.blocks:
        if block.span.start < end:
            raise ValueError("blocks that overlap")
        end = block.span.end
    _check_places(len(found.text), (block.span for block in found.blocks))
    _check_places(len(found.text), (link.span for link in found.links))
    if found.date is not None and not _DATE.fullmatch(found.date):
        return UNKNOWN, ascii(found.date)[:40]
    for link in found.links:
        if (wrong := address(link.address)) is not None:
            return wrong
    # One search for all of them; what is no string cannot be joined.
    return harm(
        "\n".join((found.text, found.title, found.kicker, found.language, *found.authors, *found.labels)),
    )


def _analysis(found: Analysis, about: str) -> Finding | None:
    known = {source.id for source in found.sources}
    named = {source.via for source in found.sources} | {one.source for one in found.attributions}
    if not known.union((None,)) >= named.union(*(point.sources for point in found.key_points)):
        raise ValueError("a source that is not there")
    numbers = [one.confidence for one in found.attributions] + [point.score for point in found.key_points]
    counts = [found.version, *known]
    if not all(type(number) is int for number in counts) or not all(isfinite(number) for number in numbers):
        raise ValueError("not a number")
    for source in found.sources:
        _check_places(len(about), source.mentions)
    for one in found.attributions:
        if not (one.content or one.cue):
            raise ValueError("a statement that stands nowhere")
        _check_places(len(about), (*one.content, *one.cue, *one.speaker))
    for point in found.key_points:
        _check_places(len(about), point.spans if point.evidence is None else (*point.spans, point.evidence))
    words = [source.name for source in found.sources]
    words += [source.role for source in found.sources if source.role is not None]
    words += [one.why for one in found.attributions] + [point.text for point in found.key_points]
    return harm("\n".join(words))


def _check_places(end: int, spans: Iterable[Span]) -> None:
    for span in spans:
        if type(span.start) is not int or type(span.end) is not int or span.end > end:
            raise ValueError("a place outside the text")


def _all_safe(parts: Iterable[Any]) -> Finding | None:
    return next((found for part in parts if (found := _any_text(part)) is not None), None)


_any_text = text(LARGEST)


def _told(error: Exception) -> str:
    return ascii(str(error))[1:-1][:100]
