"""Which proxy a request goes through: the feed's own, else the environment's (HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and
NO_PROXY in upper or lower case, as urllib reads them; on Windows and macOS the system's where those are not set).

netrc is not read: what it holds would be sent without anybody having said so for this feed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from reader.feeds import problems
from reader.feeds.access import DIRECT
from reader.feeds.address import host_name
from reader.text.address import web_address


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """A proxy to go through. The log-in comes from the environment alone and is never shown."""

    address: str
    login: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    own: bool = False
    """It is set for this feed, not for all of them by the environment."""


def environment() -> Mapping[str, str]:
    """The proxies of this process by scheme, "all" for the rest."""
    return getproxies()


def proxy_for(address: str, wish: str, known: Mapping[str, str]) -> Proxy | None:
    """The proxy for an address, nothing for none; raises ``FetchError`` for one that cannot be used.

    Such a one is never passed over: who set it may not want to be seen without it.
    """
    if wish == DIRECT:
        return None
    if wish:
        return _proxy(wish, address, own=True)
    if not known:
        return None
    parts = urlsplit(address)
    raw = known.get(parts.scheme) or known.get("all") or ""
    if not raw or proxy_bypass(parts.netloc) or proxy_bypass(parts.hostname or ""):
        return None
    return _proxy(raw, address, own=False)


def _proxy(raw: str, address: str, *, own: bool) -> Proxy:
    text = raw if "://" in raw else f"http://{raw}"
    clean = web_address(text)
    if not clean:
        raise problems.unusable_proxy(address, own=own)
    parts = urlsplit(text)
    login, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Proxy(address=clean, login=login, password=password, own=own)


def told(proxy: Proxy | None) -> tuple[str, bool]:
    """The machine of a proxy, and whether it is the feed's own, for messages."""
    return (host_name(proxy.address), proxy.own) if proxy is not None else ("", False)
