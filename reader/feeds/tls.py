"""Whom servers are believed by: the system's certificates, read when the first address needs them.

And aiohttp, imported without two readings of its own, whose results no request here uses: 40 ms of every start.
"""

from __future__ import annotations

import importlib
import os
import ssl
from functools import cache

_FILE = "SSL_CERT_FILE"
"""Where OpenSSL looks for the certificates (SSL_CTX_set_default_verify_paths(3)); read whenever a context asks."""


def _load_aiohttp() -> None:
    """Import aiohttp, whose contexts (aiohttp/connector.py) find an empty file.

    A request that went without a context of ours would be checked as strictly, and fail for want of certificates.
    """
    chosen = os.environ.get(_FILE)
    os.environ[_FILE] = os.devnull
    try:
        importlib.import_module("aiohttp")
    finally:
        if chosen is None:
            del os.environ[_FILE]
        else:
            os.environ[_FILE] = chosen


@cache
def context() -> ssl.SSLContext:
    """Certificates and names of machines are checked; the same as aiohttp's own."""
    made = ssl.create_default_context()
    made.set_alpn_protocols(["http/1.1"])
    return made


_load_aiohttp()

import aiohttp  # noqa: E402 - loaded above, and known by its name from here on
from aiohttp.abc import AbstractResolver, ResolveResult  # noqa: E402

__all__ = ["AbstractResolver", "ResolveResult", "aiohttp", "context"]
