"""Drawn lines as text to keep: under each line a letter for the role of each cell, and the roles at the end.

``LESART_UPDATE_GOLDENS=1`` writes the files anew; the diff then shows what changed on the screen.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from string import ascii_letters, digits

from reader.tui.render.line import Line, cells

_FOLDER = Path(__file__).parent / "golden"
_LETTERS = ascii_letters + digits


def as_text(lines: Iterable[Line]) -> str:
    letters: dict[str, str] = {"": " "}
    out = []
    for entry in lines:
        out.append(f"│{entry.text}")
        runs = ""
        for piece in entry.pieces:
            role = " ".join(sorted(set(piece.role.split())))
            letter = letters.setdefault(role, _LETTERS[len(letters) - 1])
            runs += letter * cells(piece.text)
        if runs.strip():
            out.append(f"┊{runs.rstrip()}")
    out.append("")
    out += [f"{letter} {role}" for role, letter in letters.items() if role]
    return "\n".join(line.rstrip() for line in out) + "\n"


def assert_golden(name: str, lines: Iterable[Line]) -> None:
    path = _FOLDER / f"{name}.txt"
    drawn = as_text(lines)
    if os.environ.get("LESART_UPDATE_GOLDENS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(drawn, "utf-8")
    assert drawn == path.read_text("utf-8"), f"{path.name}: LESART_UPDATE_GOLDENS=1 writes it anew"
