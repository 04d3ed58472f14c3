"""Addresses: as typed by a person, as found in a feed, and which machines they may lead to."""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit, urlunsplit

from reader.errors import N_, UsageError
from reader.text.address import ENDS, host_part, web_address

_SHARED = ipaddress.ip_network("100.64.0.0/10")
_WITH_LOGIN = re.compile(r"((?:feed:)?(?:https?:)?//)([^/?#\s]*)@(.*)", re.IGNORECASE | re.DOTALL)
_LOGIN = re.compile(r"//[^/?#\s\"'<>]*@")
_PASSWORD = re.compile(r"((?:^|//|\s)[^/?#:\s]*:)(?!//).*@", re.DOTALL)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_NAMED_HOST = re.compile(r".*[.。．｡].*|localhost|\d+|0x[0-9a-f]+|\[.*\]", re.IGNORECASE)
_TRACKING = re.compile(
    r"(?:utm_\w+|wt_z?mc\w*|at_(?:medium|campaign|custom\w*|link\w*|ptr\w*|format|variant|creation)|xtor|fbclid|gclid"
    r"|dclid|msclkid|yclid|mc_[ce]id|mkt_tok|_hs\w+|pk_\w+|mtm_\w+|ns_(?:campaign|mchannel|source|linkname|fee)"
    r"|igshid|cmpid|ocid|ftag|icid|rss_?id)",
    re.IGNORECASE,
)
_TRACKING_FRAGMENT = re.compile(r"(?:ref=(?:rss|feed)\w*|xtor=.*|rss|utm_.*|at_.*)", re.IGNORECASE)
_TRACKING_REF = re.compile(r"ref=(?:rss|feed)\w*", re.IGNORECASE)


_parts = lru_cache(maxsize=1024)(urlsplit)


def split_login(typed: str) -> tuple[str, str, str]:
    """A typed address without its log-in, the user name, the password: of "https://me:pw@example.org/" all three."""
    match = _WITH_LOGIN.match(typed.strip(ENDS))
    if match is None:
        return typed, "", ""
    login, _, password = match[2].partition(":")
    return match[1] + match[3], unquote(login), unquote(password)


def without_password(text: str) -> str:
    """An address as it was typed, to be shown again: what may be a password in it is left out."""
    return _PASSWORD.sub(r"\1…@", text)


def without_login(text: str) -> str:
    """Foreign text without the log-in of any address in it."""
    return _LOGIN.sub("//", text)


def typed_address(typed: str) -> str:
    """The feed or page address a person means: "example.org/feed" becomes "https://example.org/feed".

    Raises ``UsageError``.
    """
    text = typed.strip(ENDS)
    if text.lower().startswith("feed:"):
        text = text[5:] if re.match(r"feed:https?:", text, re.IGNORECASE) else "https:" + text[5:]
    if not re.match(r"https?:", text, re.IGNORECASE):
        if _SCHEME.match(text) and not re.match(r"[^:/?#]+:\d+(?:[/?#]|$)", text):
            raise UsageError(
                N_("“{address}” is not a web address."),
                hint=N_("Only addresses with http:// or https:// can be read."),
                address=without_password(text)[:200],
            )
        text = "https://" + text.lstrip("/")
    address = web_address(text)
    if not address or not _NAMED_HOST.fullmatch(host_part(urlsplit(address))):
        raise UsageError(
            N_("“{address}” is not a web address."),
            hint=N_("Give it as it stands in the browser, for example https://example.org/feed."),
            address=without_password(typed)[:200],
        )
    return address


def article_address(raw: str, base: str = "") -> str:
    """``web_address`` without what only counts the reader."""
    address = web_address(raw, base)
    if "?" not in address and "#" not in address:
        return address
    parts = urlsplit(address)
    query = "&".join(
        pair
        for pair in parts.query.split("&")
        if not _TRACKING.fullmatch(pair.partition("=")[0]) and not _TRACKING_REF.fullmatch(pair)
    )
    fragment = "" if _TRACKING_FRAGMENT.fullmatch(parts.fragment) else parts.fragment
    return urlunsplit(parts._replace(query=query, fragment=fragment))


def host(address: str) -> str:
    """The host and port that a per-host limit counts by."""
    return _parts(address).netloc.lower()


def host_name(address: str) -> str:
    """The machine an address names, without port and brackets."""
    try:
        return _parts(address).hostname or ""
    except ValueError:
        return ""


@lru_cache(maxsize=1024)
def connected_name(address: str) -> str:
    """The machine an address names as it will be looked up: full-width digits, circled ones and what IDNA leaves out
    (UTS 46, §4) can spell 127.0.0.1 too.
    """
    machine = host_name(address)
    if machine.isascii():
        return machine
    from yarl import URL  # what aiohttp itself reads addresses with

    try:
        return URL(address).raw_host or ""
    except ValueError:  # such an address is never asked
        return machine


@lru_cache(maxsize=1024)
def is_public(machine: str) -> bool:
    """Whether an IP address belongs to the public internet: not loopback, private, link-local, shared (RFC
    6598), unspecified, multicast, or one of these mapped or embedded into IPv6.
    """
    try:
        found = ipaddress.ip_address(machine.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or _embedded(found)
        if inner is not None:
            found = inner
    return found.is_global and not found.is_multicast


@lru_cache(maxsize=1024)
def may_be_typed(machine: str) -> bool:
    """Whether a person may subscribe to something on this IP address: the public internet, this machine, or
    a private network (bridges live there); never link-local (cloud metadata), unspecified, multicast or
    reserved ones.
    """
    if is_public(machine):
        return True
    try:
        found = ipaddress.ip_address(machine.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        found = found.ipv4_mapped or found
    if found.is_loopback:
        return True
    shared = isinstance(found, ipaddress.IPv4Address) and found in _SHARED
    forbidden = found.is_link_local or found.is_unspecified or found.is_multicast or found.is_reserved
    return (found.is_private or shared) and not forbidden


def _embedded(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address in NAT64 (RFC 6052), Teredo and IPv4-compatible forms."""
    if address in ipaddress.ip_network("64:ff9b::/96") or (int(address) >> 32 == 0 and int(address) > 1):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.teredo[1] if address.teredo else None
