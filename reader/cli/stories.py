"""``lesart stories``: what several outlets tell, from the store or of lines that come in."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from reader.cli.articles import print_rows
from reader.cli.lines import BadLineError, check_texts, numbered_lines, record_of
from reader.cli.output import data, data_json, say
from reader.cli.subscriptions import opened
from reader.config import Config
from reader.errors import N_, UsageError
from reader.i18n import _, ngettext, number_text
from reader.library import Library
from reader.library.clustering import LineStories
from reader.model.story import Finding, StoryView
from reader.paths import Paths


def stories(options: argparse.Namespace, places: Paths, settings: Config) -> int:
    """The stories of the last days, or with ``--jsonl`` of the lines of a file."""
    if options.jsonl is not None:
        if options.json:
            raise UsageError(N_("--jsonl takes the place of --json."))
        return _of_lines(options.jsonl)
    if options.limit < 1:
        raise UsageError(N_("--limit must be 1 or more."))
    with opened(places, settings) as library:
        found = _latest(library, options.limit, compare=options.json, alone=options.all)
        if options.json:
            data_json([_story_dict(story) for story in found])
        else:
            _print(library, found)
    return 0


def _latest(library: Library, limit: int, *, compare: bool, alone: bool) -> Sequence[StoryView]:
    """The newest stories, those of a single outlet only when ``alone``."""
    if alone:
        return library.stories.latest(limit, compare=compare)
    asked = limit
    while True:
        known = library.stories.latest(asked)
        found = [story for story in known if len(story.outlets) > 1][:limit]
        if len(found) == limit or len(known) < asked:
            break
        asked *= 2
    if not compare:
        return found
    wanted = {story.id for story in found}
    return [story for story in library.stories.latest(len(known), compare=True) if story.id in wanted]


def _print(library: Library, found: Sequence[StoryView]) -> None:
    """Each story as a line about it and one for each telling."""
    if not found:
        say(_("No story is told by more than one outlet. --all shows those of a single one."))
    for number, story in enumerate(found):
        if number:
            data("")
        tellings, outlets = len(story.rows), len(story.outlets)
        head = ngettext("{n} article", "{n} articles", tellings).format(n=number_text(tellings))
        head += ", " + ngettext("{n} outlet", "{n} outlets", outlets).format(n=number_text(outlets))
        if story.agency:
            head += ", " + _("text by {agency}").format(agency=story.agency)
        data(head)
        print_rows(story.rows, library.clock())


def _story_dict(story: StoryView) -> dict[str, Any]:
    return {
        "id": story.id,
        "outlets": list(story.outlets),
        "agency": story.agency or None,
        "articles": [
            {
                "id": row.id,
                "title": row.title,
                "outlet": row.outlet,
                "published": row.published.isoformat() if row.dated else None,
                "read": row.read,
            }
            for row in story.rows
        ],
        "only_here": [_finding_dict(finding) for finding in story.only_here],
        "everywhere": [_finding_dict(finding) for finding in story.everywhere],
    }


def _finding_dict(finding: Finding) -> dict[str, Any]:
    return {
        "kind": finding.kind.value,
        "text": finding.text,
        "source": finding.source,
        "outlet": finding.outlet or None,
        "articles": list(finding.articles),
    }


def _of_lines(name: str) -> int:
    """One answer a line, as soon as the line is there; a bad line is named on stderr and has none."""
    try:
        return _answered(name)
    finally:
        gc.enable()


def _answered(name: str) -> int:
    found = LineStories()
    gc.disable()  # stories hold no cycles; walking through them all would be the longest wait of a line
    failed = 0
    last = 0.0
    for number, line in numbered_lines(name):
        try:
            key, record = record_of(line)
            check_texts(record, key, "title", "text", "outlet")
            if not (record.get("title") or record.get("text")):
                raise BadLineError(_("neither “title” nor “text” is there"), key)
            last = _moment(record.get("published"), last, key)
        except BadLineError as error:
            failed += 1
            say(_("Line {number}: {problem}").format(number=number, problem=error))
            continue
        story = found.add(
            key,
            title=record.get("title") or "",
            text=record.get("text") or "",
            published=last,
            outlet=record.get("outlet") or "",
        )
        data_json({"id": key, "story": story}, indent=None)
        if name == "-":
            sys.stdout.flush()
    return 1 if failed else 0


_FARTHEST = 253_402_300_800
"""The end of the year 9999, in seconds since the epoch; dates go no farther."""


def _moment(value: object, last: float, key: object) -> float:
    """A time in seconds since the epoch; that of the line before where a line has none."""
    if value is None or value == "":
        return last
    if isinstance(value, int | float) and not isinstance(value, bool) and -_FARTHEST < value < _FARTHEST:
        return float(value)  # JSON as Python reads it has numbers that are none, and some without an end
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None:
        raise BadLineError(_("“published” is no ISO 8601 time"), key)
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
