"""Messages between the library and its child process: a JSON header and raw bytes, each with its length
before it.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from typing import Any, BinaryIO

Header = dict[str, Any]

LENGTHS = struct.Struct(">II")


def frame(header: Header, body: bytes) -> bytes:
    """One message."""
    head = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return LENGTHS.pack(len(head), len(body)) + head + body


def read_frame(stream: BinaryIO) -> tuple[Header, bytes] | None:
    """The next message, or nothing at the end of the stream."""
    lengths = stream.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    head_length, body_length = LENGTHS.unpack(lengths)
    head, body = stream.read(head_length), stream.read(body_length)
    if len(head) < head_length or len(body) < body_length:
        return None
    return header_of(head), body


def header_of(head: bytes) -> Header:
    """The header that these bytes hold; raises ``ValueError``."""
    header = json.loads(head.decode("utf-8", "surrogatepass"))
    if not isinstance(header, dict):
        raise ValueError("a header is an object")
    return header


def joined(parts: Sequence[bytes]) -> tuple[list[int], bytes]:
    """Several byte strings as one, and their sizes."""
    return [len(part) for part in parts], b"".join(parts)


def parted(sizes: Sequence[int], body: bytes) -> list[bytes]:
    """The byte strings again."""
    parts, start = [], 0
    for size in sizes:
        parts.append(body[start : start + size])
        start += size
    return parts
