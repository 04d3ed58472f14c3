"""How one server is asked where it differs from all others: proxy, log-in, headers. Pure; where secrets come from is
known elsewhere.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from reader.errors import N_, UsageError
from reader.text.address import web_address

DIRECT = "direct"
"""The proxy setting for "none, whatever the environment says"."""
FROM_ENVIRONMENT = "env:"
"""What a header's value begins with when it is the name of an environment variable."""
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}")
_VALUE = re.compile(r"[\t -~]{1,2000}")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,100}")
_OURS = frozenset(
    "accept-encoding connection content-length expect host if-match if-modified-since if-none-match if-range keep-alive"
    " proxy-authorization proxy-connection range te trailer transfer-encoding upgrade via".split()
)
_SECRET = re.compile(r"auth|cookie|key|token|secret|pass|session|credential|signature", re.IGNORECASE)
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Resolved for one request: a proxy address, "direct" or "" for the environment's; headers with their values."""

    proxy: str = ""
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """They go to the origin that is asked first, and to no other that it redirects to."""
    login: bool = False
    """Whether a log-in is among them."""

    def towards(self, home: str, address: str) -> Access:
        """What of this may be shown to another address: at the same origin all, elsewhere the proxy alone."""
        return self if origin(home) == origin(address) else Access(proxy=self.proxy)


def basic(login: str, password: str) -> tuple[str, str]:
    """The header of HTTP basic authentication (RFC 7617, §2 and §2.1: as UTF-8; bytes that are none as they came)."""
    pair = f"{login}:{password}".encode("utf-8", "surrogateescape")
    return "Authorization", "Basic " + base64.b64encode(pair).decode("ascii")


def origin(address: str) -> tuple[str, str, int]:
    """Scheme, machine and port of an address (RFC 6454, §4)."""
    parts = urlsplit(address)
    return parts.scheme, parts.hostname or "", parts.port or _DEFAULT_PORTS.get(parts.scheme, 0)


def checked_proxy(typed: str) -> str:
    """A proxy setting in its one form: "", "direct" or "http://machine:port"; raises ``UsageError``.

    A log-in is refused: the setting is shown and copied, the environment's HTTPS_PROXY may hold one.
    """
    text = typed.strip()
    if text.lower() in ("", DIRECT):
        return text.lower()
    if "@" in text:
        raise UsageError(
            N_("A proxy's log-in is not stored."),
            hint=N_("Set it in the environment: HTTPS_PROXY=http://name:password@machine:port."),
        )
    address = web_address(text if "://" in text else f"http://{text}")
    parts = urlsplit(address)
    if not address or parts.path != "/" or parts.query or parts.fragment:
        raise UsageError(
            N_("“{proxy}” is not the address of a proxy."),
            hint=N_("Give it as http://machine:port; “direct” means none."),
            proxy=text[:200],
        )
    return f"{parts.scheme}://{parts.netloc}"


def checked_login(typed: str) -> str:
    """A user name for basic authentication; raises ``UsageError``."""
    login = typed.strip()
    if ":" in login:
        raise UsageError(
            N_("A log-in name holds no colon."),
            hint=N_("Give the name alone; the password comes with --password-from-stdin."),
        )
    if not login.isprintable() or len(login) > 200:
        raise UsageError(N_("This is not a log-in name."), hint=N_("Give the name alone, on one line."))
    return login


def checked_header(name: str, value: str) -> tuple[str, str]:
    """A header to send, or (name, "") to send it no longer; raises ``UsageError``.

    What may be a secret is taken from the environment alone ("env:NAME"), so that it is nowhere in the store.
    """
    name, value = name.strip(), value.strip()
    if not _TOKEN.fullmatch(name) or name.lower() in _OURS:
        raise UsageError(
            N_("“{name}” is not a header that can be set."),
            hint=N_("Give it as NAME=VALUE; what belongs to the connection itself is not to be changed."),
            name=name[:100],
        )
    if value.startswith(FROM_ENVIRONMENT):
        if not _VARIABLE.fullmatch(value.removeprefix(FROM_ENVIRONMENT)):
            raise UsageError(
                N_("“{name}” does not name an environment variable."),
                hint=N_("Give it as {name}=env:VARIABLE."),
                name=name,
            )
    elif value and _SECRET.search(name):
        raise UsageError(
            N_("The value of “{name}” may be a secret and is not stored."),
            hint=N_("Put it into an environment variable and give its name: {name}=env:VARIABLE."),
            name=name,
        )
    elif value and not _VALUE.fullmatch(value):
        raise UsageError(
            N_("The value of “{name}” cannot stand in a header."),
            hint=N_("Letters, digits and signs of ASCII can."),
            name=name,
        )
    return name, value


def is_header_value(value: str) -> bool:
    """Whether a value may be sent (RFC 9110, §5.5, without the obsolete bytes)."""
    return _VALUE.fullmatch(value) is not None
