"""Lines of JSON from a file or standard input, each judged by itself: one bad line does not stop the rest."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reader.errors import N_, LesartError
from reader.feeds.address import without_password
from reader.i18n import _

MOST_BYTES = 16 * 1024 * 1024
LONGEST_LINE = 2_000_000
"""Bytes of one line; a long newspaper article has 60,000."""


class BadLineError(Exception):
    """What is wrong with a line, in words, and the id it carries, if it can be read."""

    def __init__(self, message: str, key: object = None) -> None:
        super().__init__(message)
        self.key = key


def numbered_lines(name: str) -> Iterator[tuple[int, bytes]]:
    """Number, from 1, and bytes of each line that is not blank; raises ``LesartError`` for what cannot be read."""
    try:
        with sys.stdin.buffer if name == "-" else Path(name).expanduser().open("rb") as file:
            number = 0
            while line := file.readline(MOST_BYTES):
                number += 1
                while not line.endswith(b"\n") and (rest := file.readline(MOST_BYTES)):
                    # The rest of a line that is too long is passed over; what is left of it is too long to be valid.
                    line = line[: LONGEST_LINE + 1] + (b"\n" if rest.endswith(b"\n") else b"")
                if line.strip():
                    yield number, line
    except OSError as error:
        raise LesartError(
            N_("{name} cannot be read."), detail=error.strerror or str(error), name=shown_name(name)
        ) from error


def shown_name(name: str) -> str:
    """A file's name in a message; an address that was mistyped into one without its password."""
    return _("standard input") if name == "-" else without_password(name)


def record_of(line: bytes) -> tuple[str | int, dict[str, Any]]:
    """The id and the object of a line; raises ``BadLineError``."""
    if len(line) > LONGEST_LINE:
        raise BadLineError(_("longer than {size} MB").format(size=LONGEST_LINE // 1_000_000))
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadLineError(_("not UTF-8")) from error
    except (ValueError, RecursionError) as error:
        raise BadLineError(_("not JSON")) from error
    if not isinstance(record, dict):
        raise BadLineError(_("not a JSON object"))
    key = record.get("id")
    if not isinstance(key, str | int) or isinstance(key, bool):
        raise BadLineError(_("“id” is missing"))
    return key, record


def check_texts(record: dict[str, Any], key: object, *names: str) -> None:
    """Raises ``BadLineError`` for a field that is there but no text."""
    for name in names:
        if not isinstance(record.get(name) or "", str):
            raise BadLineError(_("“{name}” is not a text").format(name=name), key)
