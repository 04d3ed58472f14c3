"""What an address says about the kind of text behind it: "/meinung/…", "…/kommentar-zur-wahl.html"."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

KIND_LABEL = "path="
"""How such a word is told from what the source itself calls its text."""

_FOLDER = re.compile(
    r"meinung(?:en)?|(?:gast)?kommentare?|kolumnen?|leitartikel|glossen?|gastbeitr(?:ag|aege)|ratgeber|kaufberatung|tipps"
    r"|tests?|testberichte?|rezensionen|(?:film|buch)?kritiken|live-?blogs?|live-?ticker|podcasts?|videos?|mediathek"
    r"|anzeigen?|deals(?:[_-]\w+)?|advertorials?|sponsored|pressemitteilung(?:en)?|pressemeldung(?:en)?|medienmitteilung(?:en)?"
    r"|interviews?|fakten-?check|faktenfinder|faktenfuchs"
)
_OPENING = re.compile(
    r"((?:gast)?kommentar|gastbeitrag|leitartikel|kolumne|fakten-?check|live-?ticker|live-?blog|pressemitteilung"
    r"|interview(?=-mit-))[-_]"
)
_AGENCY = re.compile(r"(?:^|\.)presseportal\.(?:de|ch)$")
"""Here companies and the police speak for themselves."""


def kind_labels(address: str) -> tuple[str, ...]:
    """The folders of an address and the first word of its last part that name a kind of text, as labels; weak
    evidence, because folders are filled by habit. "" and broken addresses give none.
    """
    try:
        parts = urlsplit(address)
        machine = parts.hostname or ""
    except ValueError:
        return ()
    *folders, last = unquote(parts.path).lower().split("/")
    found = [folder for folder in folders if _FOLDER.fullmatch(folder)]
    if opening := _OPENING.match(last):
        found.append(opening[1])
    if _AGENCY.search(machine):
        found.append("presseportal")
    return tuple(KIND_LABEL + word for word in dict.fromkeys(found))
