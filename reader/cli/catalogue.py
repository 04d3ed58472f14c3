"""The catalogue of feeds, and whether feeds answer right now."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.cli.output import data, data_json, fitted, say
from reader.cli.subscriptions import opened
from reader.config import Config
from reader.errors import N_
from reader.i18n import _, describe, ngettext, number_text, relative_text, worded
from reader.library import Library
from reader.paths import Paths

if TYPE_CHECKING:
    from reader.feeds.catalog import CatalogEntry
    from reader.library.checkup import Candidate, FeedCheck

_SECTIONS = {
    "news": N_("news"),
    "politics": N_("politics"),
    "economy": N_("economy"),
    "region": N_("region"),
    "tech": N_("technology"),
    "science": N_("science"),
    "health": N_("health"),
    "sport": N_("sport"),
    "media": N_("media"),
    "law": N_("law"),
    "investigative": N_("investigations"),
    "opinion": N_("opinion"),
    "magazine": N_("magazine"),
    "tabloid": N_("tabloid"),
}
_TEXTS = {
    "teaser": N_("teasers"),
    "full": N_("full text"),
    "title": N_("titles alone"),
    "unknown": "",
}


def catalogue(options: argparse.Namespace, places: Paths, settings: Config) -> int:
    """List the catalogue or the part asked for; with ``--check`` ask each feed."""
    from reader.feeds import catalog
    from reader.library.checkup import Candidate

    found = catalog.search(options.search, country=options.country or "")
    if options.check:
        with opened(places, settings) as library:
            return check(
                library, [Candidate(title=entry.name, address=entry.address) for entry in found], as_json=options.json
            )
    if options.json:
        data_json([_entry_dict(entry) for entry in found])
        return 0
    for entry in found:
        notes = [_(_SECTIONS[entry.section]), _(_TEXTS[entry.text])]
        notes += [_("partly for subscribers")] if entry.access == "metered" else []
        data(f"{entry.country}  {fitted(entry.name, 28)}  {', '.join(filter(None, notes))}")
    if found:
        say(_("“lesart add NAME” subscribes to one of them."))
    else:
        say(_("Nothing in the catalogue fits."))
    return 0


def check(library: Library, candidates: Sequence[Candidate], *, as_json: bool) -> int:
    """Ask these feeds and store nothing; exit status 1 when one of them did not answer with a feed."""
    now = library.clock()

    def show(found: FeedCheck) -> None:
        if not as_json:
            data(_line(found, "" if found.newest is None else relative_text(found.newest, now)))

    checks = asyncio.run(library.check(candidates, on_checked=show))
    if as_json:
        data_json([_check_dict(found) for found in checks])
    failed = sum(found.error is not None for found in checks)
    total = ngettext("{n} feed asked", "{n} feeds asked", len(checks)).format(n=number_text(len(checks)))
    say(_("{total}, {failed} without a usable answer").format(total=total, failed=number_text(failed)))
    return 1 if failed else 0


def _line(found: FeedCheck, newest: str) -> str:
    name = fitted(found.title, 28)
    if found.error is not None:
        return f"! {name}  {worded(found.error)}"
    notes = [ngettext("{n} entry", "{n} entries", found.entries).format(n=number_text(found.entries))]
    notes += [_("newest {time}").format(time=newest)] if newest else []
    notes += [_("moved to {address}").format(address=found.moved_to)] if found.moved_to else []
    return f"  {name}  {', '.join(notes)}"


def _check_dict(found: FeedCheck) -> dict[str, object]:
    return {
        "title": found.title,
        "address": found.address,
        "entries": found.entries,
        "newest": found.newest.isoformat() if found.newest else None,
        "moved_to": found.moved_to or None,
        "error": worded(found.error) if found.error else None,
        "hint": (describe(found.error)[2] or None) if found.error else None,
    }


def _entry_dict(entry: CatalogEntry) -> dict[str, object]:
    return {
        "name": entry.name,
        "country": entry.country,
        "section": entry.section,
        "address": entry.address,
        "text": entry.text,
        "access": entry.access,
        "aliases": list(entry.aliases),
    }
