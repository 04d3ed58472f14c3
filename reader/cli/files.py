"""Commands that take another reader's list in or write one: import, export-opml."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from reader.cli.output import data, say
from reader.cli.subscriptions import opened
from reader.config import Config
from reader.errors import N_, ExportError, LesartError
from reader.feeds.outlines import MAX_BYTES, MAX_OUTLINES, Refusal
from reader.i18n import _, ngettext, number_text
from reader.library.subscriptions import for_feed
from reader.paths import Paths

_TOLD = 20
"""Lines of one kind that are told one by one."""


def import_list(options: argparse.Namespace, places: Paths, settings: Config) -> int:
    """Subscribe to what a file holds; exit status 1 when some of it was refused."""
    content = _read(options.file)
    with opened(places, settings) as library:
        report = library.import_list(content)
    # In a pipe the titles are data, and data is whole; on a terminal they would push everything else out of sight.
    _told(report.added, data, len(report.added), bounded=sys.stdout.isatty())
    _told([_("{title}: subscribed already").format(title=title) for title in report.known], say, len(report.known))
    noted = [f"  {note.entry}: {for_feed(_why(note), note.feed_id)}" for note in report.noted]
    _told(noted, say, len(noted))
    _told([f"! {no.entry or '–'}: {_why(no)}" for no in report.refused], say, report.refused_in_all)
    if not (report.added or report.known or report.refused):
        say(_("The list holds no subscription."))
    new = len(report.added)
    say(ngettext("{n} new subscription", "{n} new subscriptions", new).format(n=number_text(new)))
    if count := report.refused_in_all:
        say(ngettext("{n} entry refused", "{n} entries refused", count).format(n=number_text(count)))
    if new:
        say(ngettext("“lesart refresh” fetches it.", "“lesart refresh” fetches them.", new))
    return 1 if report.refused else 0


def _why(refusal: Refusal) -> str:
    return _(refusal.reason).format(line=refusal.line, most=number_text(MAX_OUTLINES))


def _told(lines: Sequence[str], put: Callable[[str], None], count: int, *, bounded: bool = True) -> None:
    """The first lines one by one, the rest of ``count`` as a number."""
    told = lines[:_TOLD] if bounded else lines
    for line in told:
        put(line)
    if bounded and count > len(told):
        say(_("and {n} more").format(n=number_text(count - len(told))))


def export_opml(options: argparse.Namespace, places: Paths, settings: Config) -> int:
    """Write all subscriptions as OPML."""
    with opened(places, settings) as library:
        document = library.export_opml()
    if options.file == "-":
        sys.stdout.write(document.decode())
        return 0
    path = Path(options.file)
    try:
        with path.open("wb" if options.force else "xb") as file:
            file.write(document)
    except FileExistsError as error:
        if path.is_dir():  # which --force does not replace
            raise ExportError(N_("{path} cannot be written."), detail="Is a directory", path=path) from error
        raise ExportError(
            N_("{path} is already there."), hint=N_("Choose another name, or add --force to replace it."), path=path
        ) from error
    except OSError as error:
        raise ExportError(N_("{path} cannot be written."), detail=error.strerror or str(error), path=path) from error
    data(str(path))
    return 0


def _read(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    try:
        with Path(name).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise LesartError(N_("{name} cannot be read."), detail=error.strerror or str(error), name=name) from error
