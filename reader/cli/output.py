"""What the command line prints: data on stdout, narration on stderr, colour only on a terminal that wants it."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Iterable
from typing import Any, TextIO

from reader.errors import LesartError
from reader.i18n import _, describe, worded
from reader.text.sanitize import clean_line, clean_text


def data(text: str) -> None:
    """A line of data on stdout."""
    sys.stdout.write(text + "\n")


# What would steer a terminal or part a line although it stands in a JSON string: C1 controls, DEL, bidirectional
# controls, line and paragraph separators, lone surrogates.
_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def json_text(value: Any, *, indent: int | None = 2) -> str:
    """A JSON value as text that is safe to look at; it reads back character for character."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def data_json(value: Any, *, indent: int | None = 2) -> None:
    """A JSON value on stdout; with ``indent`` None on one line."""
    data(json_text(value, indent=indent))


def data_json_items(values: Iterable[Any]) -> None:
    """A JSON list on stdout, written item by item as ``data_json`` would write it whole."""
    before = "["
    for value in values:
        data(before)
        sys.stdout.write(textwrap.indent(json_text(value), "  "))
        before = ","
    data("[]" if before == "[" else "\n]")


def say(text: str) -> None:
    """A line of narration on stderr."""
    print(clean_line(text), file=sys.stderr)  # noqa: T201 - stderr is the narration


def tell(error: LesartError, *, hint: str | None = None) -> None:
    """An error on stderr: what happened and why on one line, what to do on the next, its own ``hint`` if none is
    given.
    """
    say(f"lesart: {worded(error)}")
    hint = describe(error)[2] if hint is None else hint
    if hint:
        say(f"  → {hint}")


def say_no_feeds() -> None:
    """What a list of nothing means before there is a feed."""
    say(_("No feeds yet. “lesart add ADDRESS” subscribes to one, “lesart demo” shows the demo edition."))


def wants_colour(stream: TextIO | None = None) -> bool:
    """A terminal that has not asked to be left without colour (no-color.org)."""
    stream = stream or sys.stdout
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width(limit: int = 100) -> int:
    """Columns to write in: the terminal's, at most ``limit``; 80 where there is no terminal."""
    return max(20, min(limit, shutil.get_terminal_size((80, 24)).columns))


def styled(text: str, *codes: int, colour: bool) -> str:
    """``text`` in SGR styles (ECMA-48, 8.3.117) when ``colour`` is on."""
    return f"\x1b[{';'.join(map(str, codes))}m{text}\x1b[0m" if colour and codes and text else text


def cells(text: str) -> int:
    """Terminal cells that the text takes: wide East Asian characters two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def fitted(text: str, size: int) -> str:
    """``text`` on one line in exactly ``size`` cells, cut with an ellipsis or filled with blanks."""
    line = clean_line(text)
    if cells(line) > size:
        while line and cells(line) > size - 1:
            line = line[:-1]
        line += "…"
    return line + " " * (size - cells(line))


def wrapped(text: str, size: int, indent: str = "") -> list[str]:
    """``text`` in lines of at most ``size`` cells, each behind ``indent``; a longer word is broken."""
    lines: list[str] = []
    room = max(8, size - cells(indent))
    for paragraph in clean_text(text).split("\n"):
        line = ""
        for word in paragraph.split():
            *full, rest = _broken(word, room)
            if full and line:
                lines.append(indent + line)
                line = ""
            lines += [indent + part for part in full]
            if line and cells(line) + 1 + cells(rest) > room:
                lines.append(indent + line)
                line = rest
            else:
                line = f"{line} {rest}" if line else rest
        lines.append(indent + line)
    return lines


def _broken(word: str, room: int) -> list[str]:
    """A word in parts of at most ``room`` cells."""
    parts, start, used = [], 0, 0
    for index, size in enumerate(map(cells, word)) if cells(word) > room else ():
        if used + size > room:
            parts.append(word[start:index])
            start, used = index, 0
        used += size
    return [*parts, word[start:]]
