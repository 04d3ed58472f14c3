"""A feed's document without the entries that were read before.

Parsing is the dearest step of a refresh, and most entries of a changed feed are old. Each entry's bytes are hashed; the
document is handed on with only those whose hash is new. Where the cut cannot be trusted the caller reads all of it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

_TAG = re.compile(rb"<(?:(item|entry)\b[^<>]*|/(item|entry)\s*)>")


@dataclass(frozen=True, slots=True)
class Cut:
    """A shortened document; ``seen`` and ``unseen`` are the states of the entries left out and left in, in order."""

    body: bytes
    seen: tuple[int, ...]
    unseen: tuple[int, ...]


def cut(body: bytes, known: Collection[int], limit: int) -> Cut:
    """The document without the entries whose state is known, and without all beyond ``limit``."""
    kept, seen, unseen = [], [], []
    position = 0
    for number, (start, end) in enumerate(_entries(body)):
        if number < limit:
            state = _state(body[start:end])
            if state not in known:
                unseen.append(state)
                continue
            seen.append(state)
        kept.append(body[position:start])
        position = end
    kept.append(body[position:])
    return Cut(b"".join(kept), tuple(seen), tuple(unseen))


def _entries(body: bytes) -> Iterator[tuple[int, int]]:
    """Where each entry begins and ends: at the first tag that closes it, which may be the same."""
    start, name = 0, b""
    for tag in _TAG.finditer(body):
        if not name and tag[0].endswith(b"/>"):
            yield tag.span()
        elif not name:
            start, name = tag.start(), tag[1] or b""
        elif tag[2] == name:
            yield start, tag.end()
            name = b""


def _state(entry: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(entry, digest_size=8).digest(), "big", signed=True)
