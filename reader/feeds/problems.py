"""What can go wrong with an address, in words: what happened and what to do.

Nothing that a server says in words (its reason phrase, its page) is repeated here.
"""

from __future__ import annotations

import errno
import shlex
import socket
import ssl
import zlib
from typing import Any

from reader.errors import N_, FetchError, LesartError
from reader.feeds.address import host_name
from reader.feeds.tls import aiohttp
from reader.text.sanitize import clean_line

_KEPT = N_("The articles stored so far are kept; try again later.")


class StatusError(FetchError):
    """The server answered with an error status."""

    def __init__(self, title: str, *, status: int, retry_seconds: int, hint: str, address: str, **values: Any) -> None:
        super().__init__(title, hint=hint, status=status, host=_shown(address), address=address, **values)
        self.status = status
        self.retry_seconds = retry_seconds


def status_error(status: int, address: str, retry_seconds: int, *, login: bool = False) -> StatusError:
    """An answer that is neither 200 nor 304 (RFC 9110, §15); ``login``: a log-in went along."""
    title, hint = _STATUS.get(status) or (_SERVER if status >= 500 else _OTHER)
    if status == 401 and login:
        title, hint = _LOGIN_REFUSED
    return StatusError(title, status=status, retry_seconds=retry_seconds, hint=hint, address=address)


def network_error(error: Exception, address: str) -> FetchError:
    """Anything that aiohttp, the system or TLS raised on the way."""
    title, hint, detail = _worded(error)
    return FetchError(title, detail=detail, hint=hint, host=_shown(address), address=address)


def private_address(address: str, *, guarded: bool) -> FetchError:
    """A redirect into a private network, or an address that no feed can have."""
    if not guarded:
        return _problem(N_("{host} is not a machine that can offer a feed."), N_("Check the address."), address)
    return _problem(
        N_("The way to this feed leads into a private network, to {host}."),
        N_("This was refused. If it is your own feed, subscribe to that address itself."),
        address,
    )


def unusable_proxy(address: str, *, own: bool) -> FetchError:
    """A proxy of another kind than http and https; ``own``: it is set for this feed."""
    return _problem(
        N_("The proxy that is set for {host} cannot be used: Lesart knows http and https proxies only."),
        _OTHER_PROXY if own else _CHANGE_PROXY,
        address,
    )


def unreachable_proxy(address: str, machine: str, own: bool) -> FetchError:
    """Nobody answers where the proxy should be; ``own``: it is set for this feed."""
    return _problem(
        N_("The proxy {proxy} cannot be reached; {host} was not asked."),
        _OTHER_PROXY if own else _CHECK_PROXY,
        address,
        proxy=clean_line(machine)[:100],
    )


def proxy_status(status: int, address: str, machine: str, own: bool) -> FetchError:
    """The proxy itself refused (RFC 9110, §15.5.8 and §9.3.6); ``own``: it is set for this feed."""
    proxy = clean_line(machine)[:100]
    if status == 407:
        hint = _PROXY_LOGIN if own else N_("Set it in the environment: HTTPS_PROXY=http://name:password@machine:port.")
        return _problem(N_("The proxy {proxy} asks for a log-in."), hint, address, proxy=proxy)
    return _problem(
        N_("The proxy {proxy} does not let requests through to {host} (HTTP {status})."),
        _ASK_PROXY,
        address,
        proxy=proxy,
        status=status,
    )


def log_in_page(address: str) -> FetchError:
    """A hotel's or a train's own page in the place of every other."""
    return _problem(
        N_("Instead of the feed of {host} there came a log-in page."),
        N_("In a guest network, log in with the browser first. Nothing was changed."),
        address,
    )


def bad_redirect(address: str) -> FetchError:
    """A redirect to something that is no web address."""
    return _problem(
        N_("{host} redirects to something that is not a web address."), N_("Check the address in a browser."), address
    )


def too_many_redirects(address: str, limit: int) -> FetchError:
    """A chain without an end."""
    return _problem(
        N_("{host} redirects more than {limit} times."), N_("Check the address in a browser."), address, limit=limit
    )


def too_large(address: str, limit: int) -> FetchError:
    """More than the limit of unpacked bytes."""
    return _problem(
        N_("The answer of {host} is larger than {megabytes} MB."),
        N_("Check the address, or raise max_megabytes in the configuration."),
        address,
        megabytes=max(1, limit // 1_048_576),
    )


def broken_off(address: str) -> FetchError:
    """A body that ends too early."""
    return _problem(_BROKEN_OFF, _KEPT, address)


def unknown_coding(coding: str, address: str) -> FetchError:
    """A content coding that was not asked for."""
    title = N_("The answer of {host} is packed in a way that was not asked for.")
    return _problem(title, _KEPT, address, detail=clean_line(coding)[:50])


def for_new_address(error: LesartError, address: str, *, guessed: bool = False) -> LesartError:
    """The same error where there is no subscription yet: advice that speaks of one, or of stored articles, speaks of
    ``address`` instead, which is shown ready for a shell. ``guessed``: nobody has said that it is one with https.
    """
    hint = _AT_FIRST.get(error.hint)
    if guessed and error.title in _NOT_SECURE:
        hint, address = _UNENCRYPTED, f"http:{address.removeprefix('https:')}"
    if hint is None:
        return error
    values: dict[str, Any] = {**error.values, "command": shlex.quote(clean_line(address))}
    if isinstance(error, StatusError):
        return StatusError(
            error.title,
            status=error.status,
            retry_seconds=error.retry_seconds,
            hint=hint,
            address=str(error.values["address"]),
            command=values["command"],
        )
    return type(error)(error.title, detail=error.detail, hint=hint, **values)


def _problem(title: str, hint: str, address: str, *, detail: str = "", **values: object) -> FetchError:
    return FetchError(title, detail=detail, hint=hint, host=_shown(address), address=address, **values)


_CHANGE_PROXY = N_(
    "Change HTTPS_PROXY, HTTP_PROXY or ALL_PROXY, or set another one: “lesart set FEED --proxy ADDRESS”."
)
_CHECK_PROXY = N_("Check HTTPS_PROXY and HTTP_PROXY, or go without: “lesart set FEED --proxy direct”.")
_ASK_PROXY = N_("Ask whoever runs it, or go without: “lesart set FEED --proxy direct”.")
_PROXY_LOGIN = N_(
    "Its log-in can come from the environment alone: set HTTPS_PROXY=http://name:password@machine:port and take the"
    " feed's own proxy away: “lesart set FEED --proxy ''”."
)
_OTHER_PROXY = N_("It is set for this feed. Set another, or go without: “lesart set FEED --proxy direct”.")
_STATUS = {
    401: (
        N_("{host} asks for a log-in (HTTP 401)."),
        N_("This feed is not public. If you have a log-in: “lesart set FEED --login NAME --password-from-stdin”."),
    ),
    403: (
        N_("{host} refuses access (HTTP 403)."),
        N_("The publisher may block feed readers; check the address in a browser."),
    ),
    404: (
        N_("{host} has no page at this address (HTTP 404)."),
        N_("Check the address; it may have changed."),
    ),
    410: (
        N_("{host} has ended this feed for good (HTTP 410)."),
        N_("It is not asked for any more. Look for a new address, or try again with “lesart refresh --force”."),
    ),
    429: (
        N_("{host} asks for fewer requests (HTTP 429)."),
        N_("Lesart waits before it tries again."),
    ),
}
_LOGIN_REFUSED = (
    N_("{host} does not accept the log-in (HTTP 401)."),
    N_("Check name and password: “lesart set FEED --login NAME --password-from-stdin”."),
)
_NOT_YET = N_("Nothing was subscribed to; try again later.")
_WITH_LOGIN = N_("With a log-in: “lesart add {command} --login NAME --password-from-stdin”. Nothing was subscribed to.")
_AT_FIRST = {
    _KEPT: _NOT_YET,
    _STATUS[401][1]: _WITH_LOGIN,
    _LOGIN_REFUSED[1]: N_(
        "Check name and password: “lesart add {command} --login NAME --password-from-stdin”. Nothing was subscribed to."
    ),
    _STATUS[404][1]: N_("Check the address; it may have changed. Nothing was subscribed to."),
    _STATUS[410][1]: N_("Nothing was subscribed to. Look for the feed's new address."),
    _STATUS[429][1]: N_("Nothing was subscribed to; try again in some minutes."),
    _OTHER_PROXY: N_("Set another, or go without: “lesart add {command} --proxy direct”."),
    _CHANGE_PROXY: N_(
        "Change HTTPS_PROXY, HTTP_PROXY or ALL_PROXY, or use another one: “lesart add {command} --proxy ADDRESS”."
    ),
    _CHECK_PROXY: N_("Check HTTPS_PROXY and HTTP_PROXY, or go without: “lesart add {command} --proxy direct”."),
    _ASK_PROXY: N_("Ask whoever runs it, or go without: “lesart add {command} --proxy direct”."),
    _PROXY_LOGIN: N_(
        "Its log-in can come from the environment alone: set HTTPS_PROXY=http://name:password@machine:port."
    ),
    N_("Set it, or take the header away: “lesart set FEED --header {name}=”."): N_("Set it in the environment."),
    N_("Try again later; the articles stored so far are kept."): _NOT_YET,
    N_("Check the address; the articles stored so far are kept."): N_("Check the address. Nothing was subscribed to."),
    N_("Tell the publisher; the articles stored so far are kept."): N_(
        "Tell the publisher. Nothing was subscribed to."
    ),
}
"""Advice about a feed, and what it is where the feed is not there yet."""
_UNENCRYPTED = N_(
    "https was tried, because neither http:// nor https:// was given. Without encryption: “lesart add {command}”."
)
_NO_NAME = N_("There is no machine named {host}, or there is no network.")
_NO_WAY = N_("{host} cannot be reached.")
OFFLINE = frozenset({_NO_NAME, _NO_WAY})
"""The titles of errors that all feeds give when there is no network."""
_NOTHING_READ = N_("Nothing was read. Check the address; in a guest network, log in with the browser first.")
_UNSIGNED = (
    N_("The connection to {host} is not secure: its certificate is signed by nobody that this system trusts."),
    _NOTHING_READ,
)
_CERTIFICATE = {
    9: (
        N_("The connection to {host} is not secure: its certificate is not valid yet."),
        N_("Nothing was read. Check the clock."),
    ),
    10: (
        N_("The connection to {host} is not secure: its certificate has expired."),
        N_("Nothing was read. Check the clock; if it is right, only the publisher can mend this."),
    ),
    18: (N_("The connection to {host} is not secure: its certificate is signed by itself alone."), _NOTHING_READ),
    19: _UNSIGNED,
    20: _UNSIGNED,
    21: _UNSIGNED,
    62: (N_("The connection to {host} is not secure: its certificate is for another machine."), _NOTHING_READ),
    64: (N_("The connection to {host} is not secure: its certificate is for another machine."), _NOTHING_READ),
}
_NO_TLS = N_("{host} does not offer a secure connection.")
_BROKEN_OFF = N_("The answer of {host} broke off.")
_HUNG_UP = N_("{host} ends the connection without an answer.")
_CLOSED = N_("{host} does not accept connections.")
_SLOW = N_("{host} took too long to answer.")
_NOT_ACCEPTED = N_("The connection to {host} is not secure: its certificate was not accepted.")
_NOT_SECURE = frozenset(
    {_NO_TLS, _CLOSED, _HUNG_UP, _SLOW, _NOT_ACCEPTED, *(title for title, _hint in _CERTIFICATE.values())}
)
"""The titles of errors that the same machine may not give without https."""
_SERVER = (N_("{host} is out of order (HTTP {status})."), _KEPT)
_OTHER = (N_("{host} gave an answer that is no feed (HTTP {status})."), N_("Check the address in a browser."))


def _worded(error: Exception) -> tuple[str, str, str]:
    """Title, hint and technical detail."""
    if isinstance(error, TimeoutError):
        return _SLOW, _KEPT, ""
    if isinstance(error, zlib.error):
        return N_("The answer of {host} is damaged."), _KEPT, ""
    if isinstance(error, aiohttp.ClientConnectorSSLError | ssl.SSLError) and not _is_certificate(error):
        return _NO_TLS, N_("Check the address."), ""
    if isinstance(error, aiohttp.ClientSSLError | ssl.SSLError):
        return _certificate(error)
    if isinstance(error, aiohttp.ClientConnectorDNSError) or isinstance(_cause(error), socket.gaierror):
        return _NO_NAME, N_("Check the address and the network."), ""
    cause = _cause(error)
    if isinstance(cause, OSError) and cause.errno in (errno.ECONNREFUSED, errno.ECONNABORTED):
        return _CLOSED, _KEPT, ""
    if isinstance(cause, OSError) and cause.errno in (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN):
        return _NO_WAY, N_("Check the network."), ""
    if isinstance(error, aiohttp.InvalidURL | UnicodeError):
        return N_("The address cannot be understood."), N_("Check the address in a browser."), ""
    if isinstance(error, aiohttp.ClientResponseError):
        return N_("{host} does not answer as a web server does."), N_("Check the address."), ""
    if isinstance(error, aiohttp.ClientPayloadError | aiohttp.ServerDisconnectedError | ConnectionError):
        return _BROKEN_OFF, _KEPT, ""
    if isinstance(cause, ConnectionError):  # before anything was asked, as a machine without https may do
        return _HUNG_UP, _KEPT, ""
    return N_("{host} cannot be read."), _KEPT, type(error).__name__


def _certificate(error: Exception) -> tuple[str, str, str]:
    """What is wrong with a certificate, by OpenSSL's number for it (openssl-verification-options(1))."""
    found = getattr(error, "certificate_error", error)
    title, hint = _CERTIFICATE.get(getattr(found, "verify_code", 0)) or (
        _NOT_ACCEPTED,
        N_("Nothing was read. Check the address and the clock; in a guest network, log in first."),
    )
    known = getattr(found, "verify_code", 0) in _CERTIFICATE
    return title, hint, "" if known else clean_line(str(getattr(found, "verify_message", "") or found))[:200]


def _is_certificate(error: Exception) -> bool:
    return isinstance(error, ssl.SSLCertVerificationError | aiohttp.ClientConnectorCertificateError) or isinstance(
        _cause(error), ssl.SSLCertVerificationError
    )


def _cause(error: Exception) -> BaseException:
    return getattr(error, "os_error", error)


def _shown(address: str) -> str:
    return clean_line(host_name(address))[:100]
