"""Lines at the ends of a text that are none of it: credits and end marks, corrections, update marks, ornaments."""

from __future__ import annotations

import re

_AGENCY = r"(?:dpa-infocom|dpa-afx|dpa|afp|apa|ap|keystone-sda|sda|reuters|rtr|sid|epd|kna|dts|dapd|ddp|ots)"
_CREDIT = re.compile(
    r"(?:©.{1,120}"
    rf"|\(?(?:mit |von |text: )?{_AGENCY}\b[\w/, .:\-]{{0,60}}\)?"
    rf"|\(?(?:red(?:aktion)?\.?|ag(?:enturen)?\.?)[/, ]{{1,2}}(?:{_AGENCY}|red\.?|ag\.?)\b[\w/, .:\-]{{0,60}}\)?"
    r"|(?:verwendete )?(?:quellen?|text|autor|von|mitarbeit|redaktion|interview|protokoll)\s*:.{1,80}"
    r"|quelle (?:der|des) \w{4,24}:.{1,60}|agenturmaterial\.?|\(?mit agenturen\.?\)?"
    r"|\(?mit (?:agentur)?(?:material(?:ien)?|informationen)(?: (?:von|der|aus)\b.{1,60})?\.?\)?"
    r"|das (?:interview|gespräch) führten?\b.{1,60}"
    r"|(?-i:[A-ZÄÖÜ]{2,6} \((?:[a-zäöü]{2,4}|[A-ZÄÖÜ][^()]{2,50})\))"
    r"|(?:[a-zäöü]{2,4}/)*[a-zäöü]{2,4} \((?:dpa|afp|apa|sda|reuters|ap)[\w/, .]{0,30}\)|\((?!mehr\))[a-zäöü]{2,4}\)"
    r"|(?-i:[a-zäöü]{2,5}(?:\s?[/;,]\s?[a-zäöü]{2,5}){1,5})"
    r"|(?:dieser|der) (?:text|artikel|beitrag)(?: ist)? (?:erschien |wurde )?(?:zuerst|zunächst|ursprünglich) .{1,100}"
    r"|lesart-demoausgabe.{0,120})",
    re.IGNORECASE,
)
_LONGEST_CREDIT = 160
_END_MARK = re.compile(
    r"(?<=[.!?…“”\"»«’)])\s*("
    r"\((?!mehr\))[a-zäöü]{2,4}(?:/[a-zäöü]{2,4}){0,3}(?: mit [A-Za-z]{2,5})?\)"
    rf"|\((?:mit (?:material|informationen) (?:von|der) )?{_AGENCY}\b[\w/, .\-]{{0,30}}\)"
    rf"|\((?:[a-zäöü]{{2,5}}[/, ]{{1,2}}){{1,2}}{_AGENCY}\b[\w/, .\-]{{0,20}}\)"
    rf"|(?-i:[a-zäöü]{{2,5}})/{_AGENCY}"
    rf"|quelle: {_AGENCY}(?:[/, ]+{_AGENCY}){{0,3}}"
    rf"|© {_AGENCY}\b[\w/, .:\-]{{0,40}}"
    r")\.?$",
    re.IGNORECASE,
)
_CHANGED = r"(?:korrigiert|berichtigt|ergänzt|aktualisiert|geändert|präzisiert|überarbeitet)"
_TEXT = (
    r"(?:text|artikel|beitrag|bericht|meldung|fassung|version|überschrift|angabe|passage|stelle|satz|absatz|teaser)s?"
)
_NOTE = re.compile(
    r"[\s*(\[+_–—-]{0,6}(?:"
    rf"in (?:einer|der) (?:früheren|vorherigen|vorigen|ersten|älteren|ursprünglichen) (?:version|fassung)\b"
    r"|(?:korrektur|berichtigung|richtigstellung|korrekturhinweis|klarstellung)(?:\s*[:|]|[ ,(]+(?:vom |am )?\d|\s*$)"
    r"|(?:anmerkung|anm\.|hinweis|nachtrag) (?:der|d\.) red|redaktioneller hinweis|transparenzhinweis|offenlegung\s*:"
    r"|(?:hinweis|anmerkung|anm\.)\s*:"
    rf"|(?:wir haben|die redaktion hat) (?:den|die|das|diese[nrs]?) (?:\w+ )?{_TEXT}\b.{{0,80}}{_CHANGED}"
    r"|wir haben das (?:korrigiert|berichtigt)"
    rf"|(?:diese[rs]?|der|die) {_TEXT}(?: \w+){{0,2}} (?:wurde|ist|wird) (?:\S+ ){{0,8}}?"
    rf"(?:{_CHANGED}|maschinell|automati\w+)"
    r"|dies ist eine (?:maschinelle|automatische) übersetzung"
    r")",
    re.IGNORECASE,
)
_UPDATE = re.compile(
    r"[\s*(\[+_–—-]{0,6}"
    r"(?:update|aktualisierung|(?:zuletzt )?aktualisiert|letzte aktualisierung|stand(?: des artikels)?)"
    r"(?: \d\b)?(?:\s*[:,(|]?\s*(?:am |um |vom |von )?(?:(?:mo|di|mi|do|fr|sa|so)\w*,? )?(?:den )?\d{1,2}[.:]"
    r"|\s*[\])]?\s*:?\s*$)",
    re.IGNORECASE,
)
_MOST_UPDATE_WORDS = 16
"""Behind the mark of an update that says more, the news itself stands."""
_NOTE_HEADING = re.compile(
    r"(?:korrektur(?:en|hinweise?)?|berichtigung|richtigstellung|klarstellung|transparenzhinweis|offenlegung"
    r"|(?:anmerkung|hinweis|nachtrag)(?: der redaktion)?)\s*:?",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w")


def is_credit(line: str) -> bool:
    """Whether a line of text names an agency, a source or an author's mark and says nothing else."""
    return len(line) <= _LONGEST_CREDIT and _CREDIT.fullmatch(line) is not None


def end_mark(text: str) -> int | None:
    """Where the mark of an agency or an author begins behind the last sentence of a text: "… gesperrt. (dpa/ib)"."""
    match = _END_MARK.search(text, max(0, len(text) - _LONGEST_CREDIT))
    return match.start(1) if match is not None and text[: match.start(1)].strip() else None


def is_note(line: str) -> bool:
    """Whether a block speaks of the text and not of its subject: a correction, a remark of the editors, an update."""
    if _NOTE.match(line):
        return True
    return line.count(" ") < _MOST_UPDATE_WORDS and _UPDATE.match(line) is not None


def heads_note(line: str) -> bool:
    """Whether a heading stands over such a note."""
    return _NOTE_HEADING.fullmatch(line) is not None


def is_ornament(line: str) -> bool:
    """Whether a line has neither letters nor figures: "* * *"; dots say that something is missing, and stay."""
    return _WORD.search(line.replace("_", "")) is None and "…" not in line and "..." not in line
