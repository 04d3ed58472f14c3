"""One address fetched: conditional, within limits of time and size, never led from the public internet into
a private network. Every failure leaves here as a ``FetchError`` in words.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import socket
import threading
import zlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any

from reader.errors import FetchError
from reader.feeds import problems, proxy, tls
from reader.feeds.access import Access, basic, origin
from reader.feeds.address import connected_name, is_public, may_be_typed
from reader.feeds.outlines import leads_inside
from reader.feeds.proxy import Proxy
from reader.feeds.schedule import fresh_seconds
from reader.feeds.tls import AbstractResolver, ResolveResult, aiohttp
from reader.feeds.unpack import unpacked
from reader.text.address import web_address

MAX_REDIRECTS = 10
_PERMANENT, _TEMPORARY = frozenset({301, 308}), frozenset({302, 303, 307})
_PLAIN = Access()
_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml,"
    " application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.5, */*;q=0.1"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long, how large, how many. Seconds, bytes of unpacked body, connections."""

    total_seconds: float = 20.0
    connect_seconds: float = 10.0
    max_bytes: int = 16 * 1024 * 1024
    concurrent: int = 32
    trusted: frozenset[str] = frozenset()
    """Machines that count as public although they are not; for tests on the loopback interface."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer. ``unchanged`` is true when the server, whose ``body`` is empty then, or the same bytes again, say:
    nothing new.
    """

    address: str
    """Where the answer came from, after redirects."""
    permanent: str
    """The address to use from now on, when every redirect on the way was a permanent one; else ""."""
    unchanged: bool
    body: bytes
    content_type: str
    etag: str | None
    last_modified: str | None
    digest: bytes | None
    fresh_seconds: int = 0
    """How long the server wants the answer to be used, 0 when it does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hop:
    """One request on the way: what is asked, and how."""

    address: str
    headers: Mapping[str, str]
    proxy: Proxy | None
    guarded: bool
    login: bool
    """Whether a log-in goes along."""


class _Resolver(AbstractResolver):
    """Names to addresses; remembers what it found, and when ``guarded`` gives out public addresses only.

    aiohttp connects to exactly what is returned here, so there is no second look-up that could answer
    otherwise.
    """

    def __init__(self, *, guarded: bool, trusted: frozenset[str]) -> None:
        self._guarded = guarded
        self._trusted = trusted
        self.seen: dict[str, list[str]] = {}

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await _look_up(host, port, family)
        self.seen[host] = [result["host"] for result in found]
        allowed = [result for result in found if self.allows(result["host"])]
        if not allowed:
            raise PrivateAddressError(host)
        return allowed

    def allows(self, machine: str) -> bool:
        """Whether this machine may be connected to."""
        return self.is_public(machine) or (not self._guarded and may_be_typed(machine))

    def is_public(self, machine: str) -> bool:
        """Whether this machine belongs to the public internet, or is trusted as if it did."""
        return machine in self._trusted or is_public(machine)

    async def close(self) -> None:
        """Nothing is open between look-ups."""


class PrivateAddressError(OSError):
    """A name that leads to private machines only."""


class Fetcher:
    """HTTP for one refresh; an asynchronous context manager.

    Three pools of connections: one for addresses that a person has typed, which may be local, one for everything that
    somebody else's redirect leads to, which may not, and one for what goes through a proxy.

    The proxy looks the names up, so there the address that is connected to cannot be judged: a redirect is refused by
    what stands in it, an IP address that is not public or a name such as localhost, and by no more.
    """

    def __init__(self, user_agent: str, limits: Limits) -> None:
        self._limits = limits
        self._headers = {
            "User-Agent": user_agent,
            "Accept": _ACCEPT,
            "Accept-Encoding": "gzip, deflate",
            "Accept-Language": "de, en;q=0.7",
        }
        self._open = _Resolver(guarded=False, trusted=limits.trusted)
        self._guarded = _Resolver(guarded=True, trusted=limits.trusted)
        self._proxies = proxy.environment()
        self._sessions: dict[str, aiohttp.ClientSession] = {}

    async def __aenter__(self) -> Fetcher:
        # A proxy's name is looked up apart, so that what is seen there says nothing of the machines behind it.
        to_proxy = _Resolver(guarded=False, trusted=self._limits.trusted)
        resolvers = {"open": self._open, "guarded": self._guarded, "proxied": to_proxy}
        self._sessions = {name: self._session(resolver) for name, resolver in resolvers.items()}
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for session in self._sessions.values():
            await session.close()

    async def get(
        self,
        address: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        digest: bytes | None = None,
        guarded: bool = False,
        access: Access = _PLAIN,
    ) -> Fetched:
        """Fetch; raises ``FetchError``. The validators go out exactly as they once came in (RFC 9110,
        §13.1).

        ``digest`` is that of the last body: many servers send the same bytes again. ``guarded``: the address
        was not typed by a person. The headers of ``access`` go to the origin of ``address`` and no further: a
        redirect to another one leaves them behind for good (Fetch standard, HTTP-redirect fetch, step 13).
        """
        validators = {}
        if etag is not None:
            validators["If-None-Match"] = etag
        if last_modified is not None:
            validators["If-Modified-Since"] = last_modified
        way = [address]
        try:
            async with asyncio.timeout(self._limits.total_seconds):
                return await self._follow(way, validators, digest, guarded, access)
        except FetchError:
            raise
        except (aiohttp.ClientError, OSError, ValueError, UnicodeError, zlib.error) as error:
            raise problems.network_error(error, way[-1]) from error

    async def _follow(
        self, way: list[str], validators: Mapping[str, str], digest: bytes | None, guarded: bool, access: Access
    ) -> Fetched:
        """The answer at the end of the way, to which each address on it is added."""
        current, permanent, own = way[0], True, dict(access.headers)
        for _ in range(MAX_REDIRECTS + 1):
            hop = _Hop(
                address=current,
                headers={**own, **validators},
                proxy=proxy.proxy_for(current, access.proxy, self._proxies),
                guarded=guarded,
                login=access.login and bool(own),
            )
            async with self._request(hop) as response:
                if response.status not in _PERMANENT | _TEMPORARY:
                    moved = current if permanent and current != way[0] else ""
                    return await self._answer(response, hop, moved, digest)
                permanent = permanent and response.status in _PERMANENT
                location = response.headers.get("Location", "")
                target = web_address(location, current) if location else ""
            if not target:
                raise problems.bad_redirect(current)
            guarded = guarded or self.is_public(current)
            if origin(target) != origin(current):
                own = {}
            current = target
            way.append(current)
        raise problems.too_many_redirects(way[0], MAX_REDIRECTS)

    @contextlib.asynccontextmanager
    async def _request(self, hop: _Hop) -> AsyncIterator[aiohttp.ClientResponse]:
        machine = connected_name(hop.address)
        resolver = self._guarded if hop.guarded else self._open
        by_name = hop.guarded and hop.proxy is not None and leads_inside(hop.address, self._limits.trusted)
        if by_name or (_is_literal(machine) and not resolver.allows(machine)):
            raise problems.private_address(hop.address, guarded=hop.guarded)
        pool = "proxied" if hop.proxy is not None else "guarded" if hop.guarded else "open"
        headers = dict(hop.headers)
        via: dict[str, Any] = {} if hop.proxy is None else {"proxy": hop.proxy.address}
        if hop.proxy is not None and hop.proxy.login:
            name, value = basic(hop.proxy.login, hop.proxy.password)
            # With https only the request for a tunnel is the proxy's; with http it is the one request there is.
            to_proxy = via.setdefault("proxy_headers", {}) if hop.address.startswith("https:") else headers
            to_proxy[f"Proxy-{name}"] = value
        if not all(address.startswith("http:") for address in (hop.address, via.get("proxy", "http:"))):
            via["ssl"] = tls.context()
        try:
            async with self._sessions[pool].get(hop.address, headers=headers, allow_redirects=False, **via) as response:
                yield response
        except aiohttp.ClientHttpProxyError as error:
            raise problems.proxy_status(error.status, hop.address, *proxy.told(hop.proxy)) from None
        except aiohttp.ClientConnectorError as error:
            if isinstance(error.os_error, PrivateAddressError):
                raise problems.private_address(hop.address, guarded=hop.guarded) from error
            if hop.proxy is not None and isinstance(
                error, aiohttp.ClientProxyConnectionError | aiohttp.ClientConnectorDNSError
            ):
                raise problems.unreachable_proxy(hop.address, *proxy.told(hop.proxy)) from None
            raise

    def is_public(self, address: str) -> bool:
        """Whether the machine that has just answered belongs to the public internet."""
        machine = connected_name(address)
        if not _is_literal(machine) and leads_inside(address, self._limits.trusted):
            return False
        machines = [machine] if _is_literal(machine) else self._open.seen.get(machine, [])
        return any(self._open.is_public(found) for found in machines) or not machines

    async def _answer(
        self, response: aiohttp.ClientResponse, hop: _Hop, permanent: str, digest: bytes | None
    ) -> Fetched:
        address = hop.address
        etag, last_modified = (validator(response.headers.get(name)) for name in ("ETag", "Last-Modified"))
        body, found = b"", digest
        if response.status != 304:
            if response.status == 407 and hop.proxy is not None:
                raise problems.proxy_status(response.status, address, *proxy.told(hop.proxy))
            if response.status != 200:
                raise problems.status_error(response.status, address, retry_after(response.headers), login=hop.login)
            encoding = response.headers.get("Content-Encoding", "")
            body = await unpacked(response.content, encoding, self._limits.max_bytes, address)
            found = hashlib.blake2b(body, digest_size=16).digest()
        unchanged = response.status == 304 or (digest is not None and found == digest)
        return Fetched(
            address=address,
            permanent=permanent,
            unchanged=unchanged,
            body=body,
            content_type=response.headers.get("Content-Type", ""),
            etag=etag,
            last_modified=last_modified,
            digest=found,
            fresh_seconds=fresh_seconds(response.headers),
        )

    def _session(self, resolver: _Resolver) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=self._limits.concurrent, resolver=resolver),
            headers=self._headers,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            timeout=aiohttp.ClientTimeout(
                total=None, sock_connect=self._limits.connect_seconds, connect=None, sock_read=None
            ),
        )


async def _look_up(host: str, port: int, family: socket.AddressFamily) -> list[ResolveResult]:
    """The system's addresses for a name.

    In a thread of its own that nobody waits for: a name server that hangs must not hang the end of the program, as it
    would in the pool of threads that asyncio joins.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[list[Any]] = loop.create_future()

    def deliver(found: list[Any], error: OSError | UnicodeError | None) -> None:
        if future.done():
            return
        if error is None:
            future.set_result(found)
        else:
            future.set_exception(error)

    def ask() -> None:
        found: list[Any] = []
        problem: OSError | UnicodeError | None = None
        try:
            found = socket.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
        except (OSError, UnicodeError) as error:
            problem = error
        with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(deliver, found, problem)

    threading.Thread(target=ask, name="lesart-resolver", daemon=True).start()
    return [
        ResolveResult(
            hostname=host,
            host=address[0],
            port=address[1],
            family=kind,
            proto=protocol,
            flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
        )
        for kind, _type, protocol, _name, address in await future
        if kind in (socket.AF_INET, socket.AF_INET6)
    ]


def validator(value: str | None) -> str | None:
    """A validator as received; none for bytes that are no UTF-8, which can be neither stored nor sent again."""
    if value is None or value.isascii():
        return value
    return None if any("\ud800" <= char <= "\udfff" for char in value) else value


def retry_after(headers: Mapping[str, str], now: float | None = None) -> int:
    """Seconds that the server asks to wait (RFC 9110, §10.2.3), 0 for none."""
    import time

    value = headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdecimal():
        return min(int(value[:9]), 86_400)
    try:
        moment = parsedate_to_datetime(value).timestamp()
    except (ValueError, TypeError, OverflowError):
        return 0
    return max(0, min(int(moment - (time.time() if now is None else now)), 86_400))


def user_agent(version: str, contact: str) -> str:
    """ "Lesart/1.0 (+contact)"."""
    reachable = "".join(c for c in contact if c.isascii() and c.isprintable() and c not in "()\\")
    return f"Lesart/{version} (+{reachable})" if reachable else f"Lesart/{version}"


def _is_literal(machine: str) -> bool:
    """Whether aiohttp connects to it without asking the resolver (``aiohttp.helpers.is_ip_address``)."""
    return ":" in machine or machine.replace(".", "").isdigit()
