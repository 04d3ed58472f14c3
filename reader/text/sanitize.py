"""Hostile text becomes safe text, once, at the border.

What leaves here is NFC and holds no C0 or C1 control, escape sequence, bidirectional or invisible format character,
so that no sink (screen, command line, Markdown, file name) has to know about them. Cleaning is idempotent.
"""

from __future__ import annotations

import re
import unicodedata

# ECMA-48: CSI sequences, and the string controls OSC, DCS, SOS, PM, APC up to their terminator. An unterminated
# string control loses its introducer alone, so that no text can vanish behind it. None holds another introducer: a
# million of them would each be looked through for an end.
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x90\x98\x9b-\x9f\n]{0,4096}(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]+[0-~]"
)

_INTRODUCER = re.compile("[\x1b\x90\x98\x9b\x9d\x9e\x9f]")
_NESTED = 4

# Combining marks, of whatever script, may pile up three high on one letter; German needs one, Vietnamese two. They are
# looked for where no letters of the Latin, Greek, Cyrillic, Han or Hangul scripts lie between.
_MARK_RUN = re.compile("[^\x00-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u205f\u3400-\u9fff\uac00-\ud7a3]{4,}")
_HIGHEST = 3

_LINE_BREAKS = ("\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029")

_REMOVED = (
    [c for c in range(0x20) if c not in (0x09, 0x0A)]
    + [0x7F, 0xAD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFEFF, 0xFFA0, 0xFFFC]
    + list(range(0x180B, 0x1810))  # Mongolian separators
    + list(range(0x200B, 0x2010))  # zero width, joiners, marks of direction
    + list(range(0x202A, 0x202F))  # bidirectional embeddings and overrides (CVE-2021-42574)
    + list(range(0x2060, 0x2070))  # word joiner, invisible operators, isolates
    + list(range(0xFE00, 0xFE10))  # variation selectors: terminals disagree on their width
    + list(range(0xFFF0, 0xFFFC))  # interlinear annotation
    + [*range(0x0600, 0x0606), 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD]  # marks before numbers
    + list(range(0x13430, 0x13456))  # hieroglyphic format controls
    + list(range(0x1BCA0, 0x1BCA4))  # shorthand format controls
    + list(range(0x1D173, 0x1D17B))  # musical format controls
    + list(range(0xE0000, 0xE0FFF + 1))  # tags, further variation selectors
)


def _c1_repairs() -> dict[int, str | None]:
    # A C1 control in a text is nearly always windows-1252 that was declared ISO-8859-1; browsers read it so (WHATWG
    # Encoding).
    table: dict[int, str | None] = {}
    for code in range(0x80, 0xA0):
        try:
            table[code] = bytes([code]).decode("cp1252")
        except UnicodeDecodeError:
            table[code] = None
    return table


_TABLE: dict[int, str | None] = {
    **dict.fromkeys(_REMOVED),
    **_c1_repairs(),
    **dict.fromkeys((160, 5760, *range(8192, 8203), 8239, 8287, 12288), " "),
    **dict.fromkeys(range(55296, 57344), "�"),
    **{plane << 16 | 0xFFFE: None for plane in range(17)},
    **{plane << 16 | 0xFFFF: None for plane in range(17)},
    **dict.fromkeys(range(0xFDD0, 0xFDF0)),
}

_PLAIN = re.compile(r"[\t\n\x20-\x7e¡-¬®-ʯ–—‘-„†-•…‹›€]*")
"""Text that needs no work at all: printable ASCII, Latin letters in composed form, common punctuation."""


def is_plain(text: str) -> bool:
    """Whether a text needs no work, and no part of it either; false says nothing."""
    return _PLAIN.fullmatch(text) is not None


def clean_text(text: str) -> str:
    """Safe text of several lines: line feeds and tabs stay, every other line break becomes a line feed."""
    if is_plain(text):
        return text
    for mark in _LINE_BREAKS:
        if mark in text:
            text = text.replace(mark, "\n")
    # Removing one sequence may join the halves of another; whatever is nested deeper loses its introducers below.
    for _ in range(_NESTED):
        if not _INTRODUCER.search(text):
            break
        text = _ESCAPES.sub("", text)
    text = text.translate(_TABLE)
    text = unicodedata.normalize("NFC", text)
    return _MARK_RUN.sub(_flattened, text)


def _flattened(match: re.Match[str]) -> str:
    kept, height = [], 0
    for char in match[0]:
        height = height + 1 if _takes_no_room(char) else 0
        if height <= _HIGHEST:
            kept.append(char)
    return "".join(kept)


def _takes_no_room(char: str) -> bool:
    """Whether a terminal sets it onto the character before: a combining mark, or the middle or end of a syllable in
    Hangul Jamo.
    """
    if unicodedata.category(char) in ("Mn", "Me"):
        return True
    return "\u1160" <= char <= "\u11ff" or "\ud7b0" <= char <= "\ud7ff"


def looks_binary(data: bytes) -> bool:
    """Whether bytes are no text in any encoding: more than one in twenty of the first 2,000 is a control character.

    UTF-16, in which every second byte may be zero, is told by its byte order mark.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return False
    head = data[:2000]
    return sum(byte < 9 or 13 < byte < 32 for byte in head) > len(head) // 20


def clean_line(text: str) -> str:
    """Safe text on one line: every run of white space is one blank, none at the ends."""
    return " ".join(clean_text(text).split())
