"""The body of an answer, unpacked piece by piece within a limit: 421 bytes can hold 512 megabytes."""

from __future__ import annotations

import zlib

from reader.feeds import problems
from reader.feeds.tls import aiohttp

_PIECE = 64 * 1024
_GZIP = b"\x1f\x8b"


async def unpacked(stream: aiohttp.StreamReader, encoding: str, limit: int, address: str) -> bytes:
    """Read and unpack at most ``limit`` bytes; raises ``FetchError`` for more, for an unknown coding, and
    for a packed body that breaks off.
    """
    coding = encoding.strip().lower()
    if coding in ("", "identity"):
        return await _plain(stream, limit, address)
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise problems.unknown_coding(coding, address)
    return await _inflated(stream, limit, address)


async def _plain(stream: aiohttp.StreamReader, limit: int, address: str) -> bytes:
    body = bytearray()
    async for piece in stream.iter_chunked(_PIECE):
        body += piece
        if len(body) > limit:
            raise problems.too_large(address, limit)
    if body.startswith(_GZIP):  # a packed file served as it lies on the disk
        unpacker = _Unpacker(limit, address)
        for start in range(0, len(body), _PIECE):
            unpacker.feed(bytes(body[start : start + _PIECE]))
        return unpacker.finish()
    return bytes(body)


async def _inflated(stream: aiohttp.StreamReader, limit: int, address: str) -> bytes:
    unpacker = _Unpacker(limit, address)
    async for piece in stream.iter_chunked(_PIECE):
        unpacker.feed(piece)
    return unpacker.finish()


class _Unpacker:
    """gzip (RFC 1952, several members), zlib (RFC 1950) or bare deflate (RFC 1951), told apart by the first
    bytes.
    """

    def __init__(self, limit: int, address: str) -> None:
        self._limit = limit
        self._address = address
        self._body = bytearray()
        self._inflate: zlib._Decompress | None = None
        self._held = b""

    def feed(self, piece: bytes) -> None:
        """Unpack a piece; a small one, because what follows each member is copied (a megabyte holds 50,000 of them)."""
        data = self._held + piece
        self._held = b""
        while data:
            if self._inflate is None:
                if len(data) < 2:
                    self._held = data
                    return
                if self._body and not data.startswith(_GZIP):
                    return  # padding after the last member
                self._inflate = zlib.decompressobj(_window_bits(data))
            self._body += self._inflate.decompress(data, self._limit + 1 - len(self._body))
            if len(self._body) > self._limit:
                raise problems.too_large(self._address, self._limit)
            data = self._inflate.unconsumed_tail
            if self._inflate.eof:
                data, self._inflate = self._inflate.unused_data, None

    def finish(self) -> bytes:
        if self._inflate is not None or self._held:
            raise problems.broken_off(self._address)
        return bytes(self._body)


def _window_bits(data: bytes) -> int:
    if data.startswith(_GZIP):
        return 16 + zlib.MAX_WBITS
    zlib_header = data[0] & 0x0F == 8 and (data[0] << 8 | data[1]) % 31 == 0
    return zlib.MAX_WBITS if zlib_header else -zlib.MAX_WBITS
