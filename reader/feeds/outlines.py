"""Subscriptions as they stand in another reader's file: what is taken, what is refused and why.

Pure; knows neither the format of a file nor what is subscribed already.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass, field

from reader.errors import N_
from reader.feeds.address import connected_name, is_public, without_login
from reader.text.address import web_address
from reader.text.sanitize import clean_line

MAX_BYTES = 8 * 1024 * 1024
MAX_OUTLINES = 5000
LOGIN_LEFT_OUT = N_("taken without its log-in; “lesart set FEED --login NAME --password-from-stdin” gives it back")
_LONGEST_TITLE, _LONGEST_FOLDER, _LONGEST_SHOWN = 300, 200, 100
_FEED_SCHEME = re.compile(r"feed:(?://)?(?=https?:)", re.IGNORECASE)
_NUMERIC = re.compile(r"[0-9a-fx.]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One subscription, safe to show. ``folder`` is "A / B" for B inside A; ``attributes`` are those that
    only the program that wrote them understands, in their order.
    """

    address: str
    title: str = ""
    folder: str = ""
    site: str = ""
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was not taken, as it stood there (safe to show, shortened), and why (a message id)."""

    entry: str
    reason: str
    line: int = 0
    """Where in the file, for a reason that says so with ``{line}``; ``{most}`` in one is ``MAX_OUTLINES``."""
    address: str = ""
    """Of a subscription that was taken."""
    feed_id: int = 0
    """The number that it was given, as soon as it has one."""


@dataclass(frozen=True, slots=True)
class OutlineList:
    """What a file holds, in its order, each address once."""

    outlines: tuple[Outline, ...]
    refused: tuple[Refusal, ...]
    noted: tuple[Refusal, ...] = ()
    """What was taken, but not wholly as it stood there, and why."""
    refused_in_all: int = 0
    """How many were refused, those included that ``refused`` has no room for."""


@dataclass(slots=True)
class Collector:
    """Takes what a file offers, one by one. ``trusted`` machines count as public; for tests."""

    trusted: frozenset[str] = frozenset()
    _taken: dict[str, Outline] = field(default_factory=dict)
    _refused: list[Refusal] = field(default_factory=list)
    _noted: list[Refusal] = field(default_factory=list)
    _refused_in_all: int = 0
    _is_full: bool = False

    def offer(
        self,
        raw: str,
        *,
        title: str = "",
        folders: Iterable[str] = (),
        site: str = "",
        attributes: tuple[tuple[str, str], ...] = (),
    ) -> None:
        """Take a subscription, or note why not."""
        address = web_address(_FEED_SCHEME.sub("", raw.strip(), count=1))
        shown = clean_line(title)[:_LONGEST_TITLE]
        if not address:
            reason = N_("not a web address") if raw.strip() else N_("without an address")
            self.refuse(raw.strip() or shown, reason)
        elif leads_inside(address, self.trusted):
            self.refuse(address, N_("leads into a private network; if it is yours, use “lesart add”"))
        elif len(self._taken) >= MAX_OUTLINES and address not in self._taken:
            self._refuse_as_too_many(address)
        else:
            outline = Outline(
                address=address,
                title=shown,
                folder=" / ".join(name for name in map(_folder_name, folders) if name)[:_LONGEST_FOLDER].strip(" /"),
                site=web_address(site),
                attributes=attributes,
            )
            self._taken.setdefault(address, outline)
            if without_login(raw) != raw:
                self._noted.append(Refusal(shown or address[:_LONGEST_SHOWN], LOGIN_LEFT_OUT, address=address))

    def refuse(self, entry: str, reason: str, *, line: int = 0) -> None:
        """Note what is not taken; ``reason`` is a message id."""
        self._refused_in_all += 1
        if len(self._refused) < MAX_OUTLINES:
            safe = without_login(entry[: 4 * _LONGEST_SHOWN])
            self._refused.append(Refusal(clean_line(safe)[:_LONGEST_SHOWN], reason, line))

    def _refuse_as_too_many(self, address: str) -> None:
        """Say it of the first one alone, and count the others."""
        if self._is_full:
            self._refused_in_all += 1
            return
        self._is_full = True
        self.refuse(
            address, N_("one too many: only the first {most} subscriptions of a file are taken; split the file")
        )

    def found(self) -> OutlineList:
        """Everything that was offered."""
        return OutlineList(tuple(self._taken.values()), tuple(self._refused), tuple(self._noted), self._refused_in_all)


def leads_inside(address: str, trusted: frozenset[str] = frozenset()) -> bool:
    """Whether an address names a machine that is not public; names that only a look-up can judge do not
    count, they are judged when they are fetched.
    """
    machine = connected_name(address).rstrip(".")
    if machine in trusted:
        return False
    if machine == "localhost" or machine.endswith(".localhost"):
        return True
    try:
        return not is_public(str(ipaddress.ip_address(machine)))
    except ValueError:
        pass
    if not _NUMERIC.fullmatch(machine):
        return False
    try:  # 127.1, 0x7f000001 and their like, as the system reads them (inet_aton)
        return not is_public(socket.inet_ntoa(socket.inet_aton(machine)))
    except OSError:
        return False


def _folder_name(name: str) -> str:
    return " ".join(clean_line(name)[:_LONGEST_FOLDER].split()).strip(" /")
