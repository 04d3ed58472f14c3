"""Errors that nobody foresaw, named at the borders where they end."""

from __future__ import annotations

import traceback
from pathlib import Path


def named(error: Exception) -> str:
    """The kind of the error and the place it comes from: "ValueError in parse.py:12". Nothing of its message, which
    may hold foreign text.
    """
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(last.filename).name}:{last.lineno}"
