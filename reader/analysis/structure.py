"""What an article is before anybody is asked who says so: how much of it there is, and what kind of text."""

from __future__ import annotations

from reader.analysis.completeness import completeness
from reader.analysis.genre import genre

__all__ = ["completeness", "genre"]
