"""A feed's entry before its document is made: its HTML as it came, with what the feed says of it besides.

Making the document is the dearest step of a first refresh; headlines need not wait for it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from reader.model.article import Document

_WORDS_OF_A_TEXT = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """``html`` is raw and never to be shown; all else is sanitised. ``base`` makes relative links absolute, ``date`` is
    ISO 8601 or "", ``media`` are the kinds of attached files ("audio", "video").
    """

    html: str
    title: str
    address: str = ""
    base: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    labels: tuple[str, ...] = ()
    media: tuple[str, ...] = ()

    def document(self) -> Document:
        """The entry's text; sections and attached media become labels, which the analysis may read."""
        from reader.text.html import document_from_html  # loads the parser of HTML
        from reader.text.kinds import kind_labels

        document = document_from_html(self.html, base=self.base, title=self.title)
        labels = (*document.labels, *self.labels, *kind_labels(self.address))
        if len(document.text.split()) < _WORDS_OF_A_TEXT:  # else the file is the spoken version of a written article
            labels += self.media
        return replace(
            document,
            authors=document.authors or self.authors,
            date=document.date or self.date or None,
            labels=tuple(dict.fromkeys(labels)),
        )
