"""Damage that publishers and crawlers do to text: glued sentences, blanks before commas, double-encoded umlauts."""

from __future__ import annotations

import bisect
import re

ABBREVIATIONS = frozenset(
    """
        abs abt adr allg anm art aufl az bd betr bez bzgl bzw ca co corp dgl dipl dr dt ebd ehem eig
        einschl etc evtl exkl fa ff fr geb gegr ggf hbf hg hr hrsg hst inc ing inkl insb ital jan feb
        mrz apr jun jul aug sep sept okt nov dez jh jg jr kap kfm kg lat lt ltd max med min mind mio mr
        mrd mrs ms mwst nr od österr pol prof proz qm rd red rel röm schr schw sen sog sr st std stk str
        svw tel tgl tsd usf usw verf vgl vol vors wg zit zt ztr zzgl
    """.split()
)
"""Words, folded to lower case, whose full stop does not end a sentence by itself."""

# Articles and pronouns, prepositions, conjunctions and adverbs that open sentences.
_OPENERS = """
    Der Die Das Den Dem Des Ein Eine Einen Einem Einer Eines Kein Keine Er Sie Es Ich Wir Ihr Man Dies Diese
    Dieser Dieses Diesen Diesem Jene Jener Jedes Jeder Jede Alle Alles Viele Einige Manche Mehrere Beide
    Beides Sein Seine Seinen Ihre Ihren Unser Unsere Wer Was Wie Wo Wann Warum Welche Wenn Ob Dass Weil Da
    Obwohl Während Nachdem Bevor Seitdem Sobald Solange Damit Sofern Falls In Im Am An Auf Aus Bei Beim Bis
    Durch Für Gegen Hinter Mit Nach Neben Ohne Seit Trotz Über Um Unter Vom Von Vor Wegen Zu Zum Zur
    Zwischen Laut Ab Angesichts Anlässlich Aufgrund Dank Gegenüber Innerhalb Statt Anstatt Aber Allerdings
    Also Anders Anschließend Auch Außerdem Bereits Bisher Bislang Dabei Dadurch Dafür Dagegen Daher Damals
    Danach Daneben Dann Daran Darauf Daraus Darin Darüber Darum Darunter Davon Davor Dazu Demnach Dennoch
    Denn Derzeit Deshalb Deswegen Doch Dort Ebenfalls Ebenso Erst Erstmals Etwa Folglich Gerade Gleichzeitig
    Heute Hier Hierbei Hierfür Hinzu Immer Indes Inzwischen Ja Jedoch Jetzt Knapp Künftig Kurz Letztlich
    Mittlerweile Morgen Nein Nicht Noch Nun Nur Oder Oft Rund Schließlich Schon Sogar Somit Sondern Sonst
    Später Stattdessen So Tatsächlich Trotzdem Und Unterdessen Ursprünglich Vielmehr Vorerst Weder Weiter Weitere
    Weiterhin Wohl Zudem Zuerst Zugleich Zuletzt Zumindest Zunächst Zusätzlich Zuvor Zwar
""".split()
_OPENER = re.compile(rf"(?:{'|'.join(sorted(set(_OPENERS), key=len, reverse=True))})\b(?![.:/@])")
_PREFIXES = frozenset(
    [
        "an",
        "ab",
        "zu",
        "um",
        "so",
        "da",
        "ja",
        "es",
        "er",
        "aus",
        "auf",
        "ein",
        "vor",
        "los",
        "mit",
        "bei",
        "weg",
        "hin",
        "her",
    ]
)
"""Separated prefixes and pronouns that end a clause ("lehnte ab.Ilya"); none of them is an abbreviation."""

# A place where one sentence may run into the next: end marks (with a closing mark on either side), a colon or a
# bracket, and the
# next character at once. Lengths are bounded, so that the search stays linear on any input.
_SEAM = re.compile(
    r"(?P<stop>[“”»«’\")]?[.!?…]{1,3}[“”»«’\")]{0,2}|[:)])"
    r"(?=[„‚»«“\"'(]?[A-ZÄÖÜ]|[„»«“\"]\d|(?<=[a-zäöüß][.!?])\d{2,4} [A-Za-zÄÖÜäöü])"
)
_SEAM_AT_ALL = re.compile(r"[.!?…:)][“”»«’\")]{0,2}(?:[„‚»«“\"'(]?[A-ZÄÖÜ]|[„»«“\"]\d|(?<=[a-zäöüß][.!?])\d)")
"""Part of every seam; rarely there, and found many times as fast."""
_WORD_BEFORE = re.compile(r"[\w\-%]+\)?$")
_LONGEST_WORD = 48

_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S{1,2000}|(?<![\w.@\-])[\w.\-]{1,64}@[\w.\-]{1,200}"
    r"|(?<![\w.\-])[\w\-]{1,63}(?:\.[\w\-]{1,63}){0,4}\.(?:de|com|org|net|at|ch|eu|info|io|tv|gov|edu)\b(?:/\S{0,2000})?"
)
_OPENING = '„‚»«“"'
_AMBIGUOUS = '“”»«"'
_NAME = re.compile(r"[\w\-]+")
_SWISS = re.compile(r"(?:^|[\s(])«(?=\w)", re.MULTILINE)
_GERMAN = re.compile(r"(?:^|[\s(])»(?=\w)", re.MULTILINE)
_BLANK_BEFORE_COMMA = re.compile(r"(?<=[\w\"“”»«’‘)\]%]) +(?=[,;!?](?:[\s\"“”»«’‘)\]]|$))")
_BLANK_BEFORE_STOP = re.compile(r"(?<=[\wäöüß\"“”»«’‘)\]%]) +(?=\.(?:\s|$))(?!\.\.)")
_BLANK_BEFORE = re.compile(" [.,;!?]")
"""Rarely there, and found many times as fast."""

# UTF-8 that was read as windows-1252 and encoded again: a lead byte and its continuation bytes, each shown as one
# character.
_CONTINUATION = "".join(
    {chr(b) for b in range(0x80, 0xC0)} | {bytes([b]).decode("cp1252", "ignore") for b in range(0x80, 0xC0)}
)
_MOJIBAKE = re.compile(f"[Â-ß][{re.escape(_CONTINUATION)}]|[à-ï][{re.escape(_CONTINUATION)}]{{2}}")


def glue_points(text: str) -> list[int]:
    """Offsets at which a sentence starts without the white space that should stand before it, ascending."""
    seams = list(_SEAM.finditer(text)) if _SEAM_AT_ALL.search(text) else []
    if not seams:
        return []
    marks = _Marks(text)
    addresses = [match.span() for match in _ADDRESS.finditer(text)]
    points = []
    for seam in seams:
        point = seam.end("stop")
        if seam["stop"][-1] in _AMBIGUOUS and point - seam.start() > 1 and marks.opens(point - 1):
            # The mark belongs to what follows: the seam lies before it.
            point -= 1
        if text[point - 1] in ".!?…:" and text[point] in _AMBIGUOUS and not marks.opens(point):
            continue
        if _is_glued(text, seam.start(), point) and not _inside_address(text, point, addresses):
            points.append(point)
    return points


def _is_glued(text: str, start: int, point: int) -> bool:
    stop, rest = text[start:point], text[point : point + _LONGEST_WORD]
    before = _WORD_BEFORE.search(text, max(0, start - _LONGEST_WORD), start)
    word = before[0] if before else ""
    if not word:
        return stop[0] in '“”»«’")' and len(stop) > 1
    if stop == ":":
        return word[-3:].isalpha() and word[-3:].islower() and _OPENER.match(rest) is not None
    if stop == ")":
        return word[-1] != "-" and rest[1:3].isalpha() and rest[1:3].islower()
    if len(stop) > 1 and stop.strip(".!?…"):
        return True
    if word.lower() in ABBREVIATIONS and stop == ".":
        return False
    if start - len(word) > 0 and text[start - len(word) - 1] in "./@:":
        return False
    if word in _PREFIXES:
        return rest[:1] in _OPENING or rest[1:2].islower()
    if len(word) >= 3 and word[-3:].isalpha() and word[-3:].islower():
        return _name_end(rest) not in "/@"
    if word[0].isupper() or word[-1] in "%)" or (len(word) == 4 and word.isdigit()):
        return rest[:1] in '„‚»«“"(' or _OPENER.match(rest) is not None
    return False


def _name_end(rest: str) -> str:
    """The character behind the word that follows the seam; a blank at the end."""
    match = _NAME.match(rest)
    return rest[match.end() : match.end() + 1] or " " if match else " "


def _inside_address(text: str, point: int, addresses: list[tuple[int, int]]) -> bool:
    index = bisect.bisect_right(addresses, (point, 0)) - 1
    if index < 0 or point > addresses[index][1]:
        return False
    # "zeit.Das" has the shape of a host name; a capital behind the stop tells a sentence, unless a scheme stands
    # before it.
    start, end = addresses[index]
    return point == end or not text[point].isupper() or "/" in text[start:point]


class _Marks:
    """Which quotation marks open, in the style of one text: »…« or «…», „…“ or “…”, and straight ones by turns."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._opening = {"„", "‚"}
        self._opening.add("«" if len(_SWISS.findall(text)) > len(_GERMAN.findall(text)) else "»")
        if "„" not in text:
            self._opening.add("“")
        self._straight = [i for i, c in enumerate(text) if c == '"']

    def opens(self, position: int) -> bool:
        """Whether the mark at ``position`` opens; a straight one does after an even number of them in its line."""
        if self._text[position] != '"':
            return self._text[position] in self._opening
        line = self._text.rfind("\n", 0, position) + 1
        before = bisect.bisect_left(self._straight, position) - bisect.bisect_left(self._straight, line)
        return before % 2 == 0


def may_be_mojibake(text: str) -> bool:
    """Whether anything in a text could be double-encoded UTF-8."""
    return not text.isascii() and _MOJIBAKE.search(text) is not None


def repair_mojibake(text: str) -> str:
    """Double-encoded UTF-8 becomes what was meant ("fÃ¼r" -> "für"); everything else stays."""
    if not may_be_mojibake(text):
        return text

    def mended(match: re.Match[str]) -> str:
        raw = bytearray()
        for char in match[0]:
            code = ord(char)
            raw += bytes([code]) if code < 0x100 else char.encode("cp1252")
        try:
            meant = raw.decode("utf-8")
        except UnicodeDecodeError:
            return match[0]
        # "süß“" is no N'Ko letter: only Latin and general punctuation are what a German text can have meant.
        return meant if meant < "\u0250" or "\u2000" <= meant <= "\u22ff" else match[0]

    return _MOJIBAKE.sub(mended, text)


def repair_blanks(text: str) -> str:
    """White space before a comma, semicolon, exclamation or question mark goes, and before a full stop that ends."""
    if _BLANK_BEFORE.search(text) is None:
        return text
    return _BLANK_BEFORE_STOP.sub("", _BLANK_BEFORE_COMMA.sub("", text))


def repair_seams(text: str, gap: str = " ") -> str:
    """White space goes between glued sentences."""
    points = glue_points(text)
    if not points:
        return text
    return gap.join(text[a:b] for a, b in zip([0, *points], [*points, len(text)], strict=True))


def repair(text: str) -> str:
    """All repairs on one block of text, before any offset is taken."""
    return repair_seams(repair_blanks(repair_mojibake(text)))
