"""How one feed is treated where it differs from the others."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class FullText(StrEnum):
    """Whether the pages of a feed's articles are fetched."""

    AUTOMATIC = "automatic"
    """Where the feed brings a teaser or a title alone."""
    ALWAYS = "always"
    NEVER = "never"


class PageState(IntEnum):
    """Where an article stands with its page."""

    UNDECIDED = 0
    WANTED = 1
    TAKEN = 2
    """The page's text is the article's text."""
    REFUSED = 3
    """The page was read and says no more: consent, paywall, nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSettings:
    """What a person has set for one feed.

    ``proxy`` is an http(s) or socks-less proxy address without a log-in, "" for the environment's, "direct" for none.
    ``login`` is the user name of HTTP basic authentication (RFC 7617), "" for none; its password is in the keyring or
    the environment, never here. ``headers`` are (name, value); a value "env:NAME" is read from the environment.
    """

    full_text: FullText = FullText.AUTOMATIC
    proxy: str = ""
    login: str = ""
    headers: tuple[tuple[str, str], ...] = ()
