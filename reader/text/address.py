"""Addresses found in foreign text: only plain web addresses pass, in one form."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

_LONGEST = 4096
_HOST = re.compile(r"[^\s/?#@:\[\]\\<>^|%\"'`{}]+|\[[0-9a-fA-F:.%a-z]+\]")
ENDS = "".join(map(chr, range(0x21)))
"""What browsers drop at the ends of an address (WHATWG URL, §4.4)."""
_PLAIN = re.compile(r"https?://[a-z0-9][a-z0-9.-]*/(?:[\w.~%/@!$&'()*+,:=-]*)(?:\?[\w.~%/@!$&'()*+,:=-]+)?", re.ASCII)
"""An address that comes out as it went in, whatever the base."""
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]")


def web_address(raw: str, base: str = "") -> str:
    """An absolute http(s) address without white space, control characters or credentials; "" for anything
    else.
    """
    text = raw.strip(ENDS)
    if len(text) <= _LONGEST and _PLAIN.fullmatch(text):
        return text
    if _UNPRINTABLE.search(text):
        return ""
    try:
        parts = urlsplit(urljoin(base, text) if base else text)
        port = parts.port
    except ValueError:
        return ""
    machine = host_part(parts)
    if parts.scheme.lower() not in ("http", "https") or not machine or not _HOST.fullmatch(machine):
        return ""
    safe = SplitResult(
        parts.scheme.lower(),
        machine.lower() + (f":{port}" if port is not None else ""),
        _quoted(parts.path) or "/",
        _quoted(parts.query),
        _quoted(parts.fragment),
    )
    address = urlunsplit(safe)
    return address if len(address) <= _LONGEST else ""


def host_part(parts: SplitResult) -> str:
    """The machine as it stands in an address, IPv6 in brackets; "" where none is named."""
    hostname = parts.hostname or ""
    return f"[{hostname}]" if ":" in hostname else hostname


def _quoted(text: str) -> str:
    return quote(text, safe="%/:?#[]@!$&'()*+,;=~")
