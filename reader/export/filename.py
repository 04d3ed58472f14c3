"""A safe file name from a title: no path, no reserved name, umlauts kept."""

from __future__ import annotations

import re

from reader.text.sanitize import clean_line

MAX_BYTES = 120
"""Of the whole name in UTF-8, suffix included: file systems allow 255, synchronised folders and archives less."""

_FORBIDDEN = re.compile(r"[<>:\"/\\|?*\x00-\x1f]+")
# Device names that Windows reserves whatever the extension is.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)", re.IGNORECASE)


def file_name(title: str, suffix: str = ".md", *, fallback: str = "artikel", number: int = 1) -> str:
    """``title`` as a file name of at most 120 bytes that ends in ``suffix``.

    ``number`` above 1 is added in brackets, for a second file of the same title.
    """
    visible = "".join(char for char in clean_line(title) if char.isprintable())
    stem = clean_line(_FORBIDDEN.sub(" ", visible.replace("/", "-")))
    stem = stem.strip(" .-~") or fallback
    if _RESERVED.match(stem):
        stem = f"{fallback} {stem}"
    ending = f" ({number}){suffix}" if number > 1 else suffix
    return _cut(stem, MAX_BYTES - len(ending.encode())).rstrip(" .-") + ending


def _cut(text: str, size: int) -> str:
    """At most ``size`` bytes of UTF-8, cut at a word where that costs little, never inside a character."""
    data = text.encode()
    if len(data) <= size:
        return text
    short = data[:size].decode("utf-8", "ignore")
    words = short.rsplit(" ", 1)
    return words[0] if len(words) == 2 and len(words[0]) > len(short) * 0.6 else short
