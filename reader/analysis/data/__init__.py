"""Linguistic knowledge as TOML tables, each read once, at its first use."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The table ``name``.toml of this folder."""
    import tomllib  # only where a table is read: the import of the package stays cheap

    return tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))
