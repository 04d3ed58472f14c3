"""The bytes of a feed as UTF-8, whatever was declared.

Order: byte order mark; strict UTF-8 (text in another encoding is never valid UTF-8 by accident); the
declared encoding; UTF-8 with single damaged bytes read as windows-1252. Servers declare wrongly far more
often than bytes lie.
"""

from __future__ import annotations

import codecs
import re

from reader.text.decoding import mended_utf8

_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"'>]{0,100})["']""", re.IGNORECASE)
_CHARSET = re.compile(r"""charset\s*=\s*["']?([^\s"';]+)""", re.IGNORECASE)
_ONE_BYTE = frozenset({"iso-8859-1", "iso-8859-15", "windows-1252"})
_LIKE_ASCII = frozenset({"", "utf-8", "us-ascii"})
_MOST_DAMAGED = 300_000
_WIDE = re.compile(rb"^(?:\x00[<?{]|[<?{]\x00|\x00\x00\x00[<{]|[<{]\x00\x00\x00|\x4c\x6f\xa7\x94)")


def as_utf8(body: bytes, content_type: str) -> tuple[bytes, bool]:
    """The bytes, and whether they are UTF-8 now; otherwise they are left to feedparser with the server's
    declaration.
    """
    if body.startswith(_BOMS) or _WIDE.match(body):
        return body, False
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return body, not body.isascii()  # pure ASCII may still be an escaped encoding such as ISO-2022-JP
    declared = declared_encoding(body, content_type)
    if declared in ("", "utf-8", "utf8", "us-ascii", "ascii"):
        return _mended(body).encode("utf-8"), True
    return body, False


def _mended(body: bytes) -> str:
    """Each damaged byte costs microseconds; with very many of them nothing speaks for UTF-8 any more."""
    damaged = len(body) - len(body.decode("utf-8", "ignore").encode("utf-8"))
    return mended_utf8(body) if damaged < _MOST_DAMAGED else body.decode("cp1252", "replace")


def undoubted_utf8(data: bytes, is_utf8: bool, content_type: str) -> bytes | None:
    """What ``as_utf8`` gave as UTF-8, where all declarations agree on what it means; else nothing."""
    if is_utf8:
        return data
    declared = declared_encoding(data.removeprefix(codecs.BOM_UTF8), content_type)
    if data.isascii() or data.startswith(codecs.BOM_UTF8):
        return data if declared in _LIKE_ASCII else None
    if declared not in _ONE_BYTE:
        return None
    try:
        return data.decode(declared).encode("utf-8")
    except UnicodeDecodeError:
        return None


def declared_encoding(body: bytes, content_type: str) -> str:
    """What the server or else the document names, in lower case; "" for nothing that Python can decode."""
    inside = _DECLARED.match(body[:1024])
    return http_charset(content_type) or _known(inside[1].decode("ascii", "replace") if inside else "")


def http_charset(content_type: str) -> str:
    """The charset of a Content-Type header in lower case; "" for none that Python can decode."""
    named = _CHARSET.search(content_type)
    return _known(named[1] if named else "")


def _known(name: str) -> str:
    try:
        # A look-up alone would also find codecs that give no text ("hex") or none for bytes beyond ASCII ("punycode").
        b"a\xff".decode(name, "replace")
    except (LookupError, ValueError):
        return ""
    return name.lower()
