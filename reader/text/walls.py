"""What stands in an article's place and speaks to its reader: requests for consent, bars, offers, failures.

Knows words, not pages: feeds ask it about the blocks of a page, the analysis about those of a document.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Walls:
    """How many different phrases of each kind a text holds."""

    consent: int = 0
    blocked: int = 0
    """Requests to switch something on or off, to prove to be human, to log in to a network."""
    missing: int = 0
    """Words of an error page."""
    paywall: int = 0
    """Words that make going on with this text depend on a subscription or a registration."""
    offers: int = 0
    """Words of an offer, which stand under whole texts as well."""

    @property
    def is_barred(self) -> bool:
        """Whether the words say that the text goes on behind a bar."""
        return self.paywall >= 2 or (self.paywall == 1 and self.offers >= 1)


def walls_in(text: str) -> Walls:
    """The phrases in ``text``, whose lines are blocks or sentences."""
    consent, blocked, missing, paywall, offers = _patterns()
    counts = (sum(1 for p in kind if p.search(text)) for kind in (consent, blocked, missing, paywall, offers))
    return Walls(*counts)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], ...], ...]:
    data = tomllib.loads(files("reader.text").joinpath("data", "walls.toml").read_text(encoding="utf-8"))
    lists = [data["consent"]["phrases"], data["blocked"]["phrases"], data["missing"]["phrases"]]
    lists += [data["paywall"]["phrases"], data["paywall"]["offers"]]
    return tuple(
        tuple(re.compile(p.replace(" ", r"[^\S\n]"), re.IGNORECASE | re.MULTILINE) for p in phrases)
        for phrases in lists
    )
