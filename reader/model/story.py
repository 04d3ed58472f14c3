"""The same story told several times: what its tellings share, and what one of them says alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reader.model.article import ArticleRow


class FindingKind(StrEnum):
    """What a finding is about."""

    SOURCE = "source"
    """Somebody is cited."""
    STATEMENT = "statement"
    """Somebody is cited with a certain statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A source or a statement that one outlet has alone, or that all have.

    ``text`` is the source's name, or the words of the statement as the newest telling has them; ``source`` the name of
    who says so; ``articles`` the tellings in which it stands, newest first; ``outlet`` the one that has it alone.
    """

    kind: FindingKind
    text: str
    source: str
    articles: tuple[int, ...]
    outlet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """A story with its tellings, newest first.

    ``outlets`` are those of the tellings, each once, in that order. ``agency`` is the one whose text at least two of
    them print. ``only_here`` and ``everywhere`` stay empty until the texts of two outlets have been analysed.
    """

    id: int
    rows: tuple[ArticleRow, ...]
    outlets: tuple[str, ...]
    agency: str = ""
    only_here: tuple[Finding, ...] = ()
    everywhere: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldApart:
    """What "not the same story" has changed, to be taken back."""

    article_id: int
    copies: tuple[int, ...]
    """Those of the others that print the same text."""
    others: tuple[int, ...]
    """The articles it was taken from."""
    added: tuple[int, ...]
    """Those of them that it had not been told apart from before."""
