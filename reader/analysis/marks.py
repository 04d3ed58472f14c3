"""Marks that a source puts on its texts, and the data files that name them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

from reader.model.article import Document


def load(name: str) -> dict[str, Any]:
    """A data file of the analysis."""
    return tomllib.loads(files("reader.analysis").joinpath("data", name).read_text(encoding="utf-8"))


def any_of(parts: Iterable[str], frame: str = "{}") -> re.Pattern[str]:
    """One pattern for all parts, set into ``frame``; without parts it matches nothing. Blanks stand for white space."""
    inner = "|".join(f"(?:{part})" for part in parts) or r"(?!)"
    return re.compile(frame.replace("{}", f"(?:{inner})").replace(" ", r"\s"), re.IGNORECASE)


def source_marks(document: Document) -> list[str]:
    """The labels as bare words: sections, categories, and schema.org types without their key."""
    return [label.strip().removeprefix("@type=") for label in document.labels]
