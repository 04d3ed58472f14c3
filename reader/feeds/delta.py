"""A feed's document without the entries that were read before.

Parsing is the dearest step of a refresh, and most entries of a changed feed are old. Each entry's bytes are hashed; the
document is handed on with only those whose hash is new. Where the cut cannot be trusted the caller reads all of it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass

_ENTRY = re.compile(rb"<(item|entry)\b[^>]*>.*?</\1\s*>", re.DOTALL)


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
    for number, match in enumerate(_ENTRY.finditer(body)):
        state = _state(match[0])
        if number < limit and state not in known:
            unseen.append(state)
            continue
        if number < limit:
            seen.append(state)
        kept.append(body[position : match.start()])
        position = match.end()
    kept.append(body[position:])
    return Cut(b"".join(kept), tuple(seen), tuple(unseen))


def _state(entry: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(entry, digest_size=8).digest(), "big", signed=True)
