"""Bytes that are UTF-8 but for single damaged ones, or windows-1252 throughout.

What feeds and pages share of decoding. Their orders differ and stay apart: a page's server is believed before its bytes
(WHATWG Encoding, as browsers do; ``text.page``), a feed's is not, because feed servers name ISO-8859-1 by habit for
what is UTF-8, and what cannot be told is left to feedparser (``feeds.encoding``).
"""

from __future__ import annotations

import codecs

_HANDLER = "lesart-windows-1252"


def _windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    damaged = error.object[error.start : error.end]
    return damaged.decode("cp1252", "replace"), error.end


codecs.register_error(_HANDLER, _windows_1252)


def mended_utf8(data: bytes) -> str:
    """UTF-8 with each byte that is none read as windows-1252; never an error."""
    return data.decode("utf-8", _HANDLER)
