"""Words and punctuation marks of a text as parallel columns: cheap to make, cheap to walk."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

# A word keeps inner hyphens and apostrophes, dots between digits ("1.200"), a last hyphen ("Haupt- und").
_TOKEN = re.compile(
    r"\d+(?:[.,:]\d+)+(?:-[^\W_]+)*"
    r"|[^\W_]+(?:[-–/&'’.:*_](?=[^\W_])(?:(?<![.:])|(?<=[.:])(?=[a-zäöüß]))[^\W_]+)*(?:-(?!\w))?"
    r"|\.{2,}|\S"
)


class Tokens:
    """The tokens of ``text[start:end]`` as columns; offsets in code points, ``lows`` in lower case."""

    __slots__ = ("ends", "lows", "starts", "text", "words")

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        self.text = text
        matches = list(_TOKEN.finditer(text, start, len(text) if end is None else end))
        self.starts = [m.start() for m in matches]
        self.ends = [m.end() for m in matches]
        self.words = [m.group() for m in matches]
        self.lows = [word.lower() for word in self.words]

    def __len__(self) -> int:
        return len(self.words)

    def first_at(self, offset: int) -> int:
        """Index of the first token that ends behind ``offset``; the number of tokens when there is none."""
        return bisect_right(self.ends, offset)

    def first_from(self, offset: int) -> int:
        """Index of the first token from ``offset`` on; the number of tokens when there is none."""
        return bisect_left(self.starts, offset)
