"""Articles as files: labels in the interface language, names that never overwrite, files that are whole or
not there.
"""

from __future__ import annotations

import contextlib
import json
import os
from enum import StrEnum
from pathlib import Path

from reader.errors import N_, ExportError
from reader.export import jsonl, markdown
from reader.export.filename import file_name
from reader.i18n import _, date_text
from reader.model.analysis import Reading, ReportForm, SourceKind
from reader.words import form_word, no_points_text, note_text, source_name, voice_word

_MOST_NAMES = 1000


class Format(StrEnum):
    """What an export is written as."""

    MARKDOWN = "markdown"
    JSON = "json"
    JSONL = "jsonl"
    """The same on one line."""


_SUFFIXES = {Format.MARKDOWN: ".md", Format.JSON: ".json", Format.JSONL: ".jsonl"}


def render(reading: Reading, form: Format) -> str:
    """The export as text."""
    if form is not Format.MARKDOWN:
        indent = 2 if form is Format.JSON else None
        return json.dumps(jsonl.article_dict(reading), ensure_ascii=False, indent=indent) + "\n"
    return markdown.render(reading, labels(reading))


def labels(reading: Reading) -> markdown.Labels:
    """The export's own words for this article."""
    analysis = reading.analysis
    return markdown.Labels(
        key_points_editorial=_("Key points (the editors' own)"),
        key_points_extracted=_("Key points (from the text)"),
        article=_("Article"),
        sources=_("Who says so"),
        no_source=_("source not named"),
        none_for="" if analysis is None or analysis.key_points else no_points_text(analysis.completeness),
        state=_("As of {date}").format(date=date_text(reading.article.fetched)),
        original=_("Original"),
        kinds={kind: voice_word(kind) for kind in SourceKind},
        forms={form: form_word(form) for form in ReportForm},
        notes=tuple(note_text(note) for note in analysis.notes) if analysis else (),
        name=source_name,
        via=lambda name: _("heard through {name}").format(name=name),
    )


def export_article(reading: Reading, folder: Path, form: Format = Format.MARKDOWN) -> Path:
    """Write the article into ``folder`` under a name made from its title; a taken name gets a number.

    Raises ``ExportError``; no half-written file is left behind.
    """
    text = render(reading, form)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from error
    for number in range(1, _MOST_NAMES):
        path = folder / file_name(reading.article.title, _SUFFIXES[form], number=number)
        try:
            _write_new(path, text)
        except FileExistsError:
            continue
        return path
    raise ExportError(
        N_("There are already {number} exports of this article in {folder}."),
        hint=N_("Tidy up the folder or choose another one."),
        number=_MOST_NAMES - 1,
        folder=folder,
    )


def export_to_file(reading: Reading, path: Path, form: Format, *, overwrite: bool = False) -> Path:
    """Write the article to exactly this file; raises ``ExportError`` when it is there and ``overwrite`` is
    off.
    """
    text = render(reading, form)
    if overwrite:
        _replace(path, text)
        return path
    try:
        _write_new(path, text)
    except FileExistsError as error:
        raise ExportError(
            N_("{path} is already there."),
            hint=N_("Choose another name, or add --force to replace it."),
            path=path,
        ) from error
    return path


def _write_new(path: Path, text: str) -> None:
    """Create the file; raises ``FileExistsError``, or ``ExportError`` when it cannot be written whole."""
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            try:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                with contextlib.suppress(OSError):
                    path.unlink()
                raise
    except FileExistsError:
        raise
    except OSError as error:
        raise _unwritable(path, error) from error


def _replace(path: Path, text: str) -> None:
    """Write beside the file and move over it, so that it is the old one or the new one at any moment."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        _write_new(beside, text)
        beside.replace(path)
    except FileExistsError as error:
        raise _unwritable(path, error) from error
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> ExportError:
    return ExportError(
        N_("{path} cannot be written."),
        detail=error.strerror or str(error),
        hint=N_("Nothing was saved. Choose another folder with -o, or set “exports” in the configuration."),
        path=path,
    )
