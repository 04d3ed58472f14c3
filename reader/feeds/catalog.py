"""The catalogue of German-language feeds that can be subscribed to by name: the facts stand in ``data/catalog.toml``,
here they are only looked up.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

COUNTRIES = ("DE", "AT", "CH", "LI", "LU")
SECTIONS = (
    "news politics economy region tech science health sport media law investigative opinion magazine tabloid".split()
)
TEXTS = ("teaser", "full", "title", "unknown")
ACCESSES = ("free", "metered")
_FILE = Path(__file__).parent / "data" / "catalog.toml"
_SECOND_LEVEL = frozenset("ac co com edu gv net or org".split())
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogEntry:
    """One feed of an outlet. ``text``: what its entries carry; ``access``: of the pages behind it."""

    name: str
    country: str
    section: str
    address: str
    text: str
    access: str
    aliases: tuple[str, ...] = ()


@cache
def entries() -> tuple[CatalogEntry, ...]:
    """All entries in the order of the file, which is read once."""
    tables = tomllib.loads(_FILE.read_text("utf-8"))["outlet"]
    return tuple(CatalogEntry(**{**table, "aliases": tuple(table.get("aliases", ()))}) for table in tables)


def find(name: str) -> CatalogEntry | None:
    """The entry that is called so: in any case, with or without umlauts, blanks and hyphens."""
    return next((found for key in _keys(name) if (found := _by_name().get(key)) is not None), None)


def nearest(name: str) -> CatalogEntry | None:
    """The entry whose name, in letters, is much like this one, if there is any."""
    import difflib  # only mistakes need it

    near = difflib.get_close_matches(next(iter(_keys(name)), ""), _by_name(), n=1, cutoff=0.8)
    return _by_name()[near[0]] if near else None


def at_host(machine: str) -> tuple[CatalogEntry, ...]:
    """The entries of the outlet that this machine belongs to: "www.example.org" to the feeds at "rss.example.org"."""
    wanted = _domain(machine)
    return tuple(entry for entry in entries() if wanted and _domain(urlsplit(entry.address).hostname or "") == wanted)


def search(words: str = "", *, country: str = "") -> tuple[CatalogEntry, ...]:
    """The entries of a country, or of all, in which every word stands: in name, alias, section or address."""
    wanted = [_keys(word) for word in words.split()]
    found = (entry for entry in entries() if country in ("", entry.country))
    return tuple(entry for entry in found if all(_holds(entry, keys) for keys in wanted))


@cache
def _by_name() -> dict[str, CatalogEntry]:
    return {
        key: entry
        for entry in reversed(entries())
        for name in (*entry.aliases, entry.name)
        for key in _keys(name)
        if key
    }


def _domain(machine: str) -> str:
    """The name that an outlet has registered: the last two labels, three under a suffix such as "co.at"."""
    labels = machine.lower().rstrip(".").split(".")
    if len(labels) < 2 or labels[-1].isdecimal():
        return ""
    size = 3 if labels[-2] in _SECOND_LEVEL else 2
    return ".".join(labels[-size:]) if len(labels) >= size else ""


def _holds(entry: CatalogEntry, keys: tuple[str, ...]) -> bool:
    texts = [key for name in (entry.name, *entry.aliases) for key in _keys(name)]
    texts += [entry.section, *_keys(entry.address)]
    return any(key in text for key in keys for text in texts)


def _keys(text: str) -> tuple[str, ...]:
    """The text folded both ways: "Süd" as "sud" and as "sued"."""
    lowered = unicodedata.normalize("NFC", text).casefold()
    return tuple(dict.fromkeys("".join(_letters(form)) for form in (lowered, lowered.translate(_SPELLED_OUT))))


def _letters(text: str) -> Iterator[str]:
    return (c for c in unicodedata.normalize("NFKD", text) if c.isalnum())
