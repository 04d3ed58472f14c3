"""Where a German sentence ends, told from abbreviations, ordinals, dates, initials and quotations.

Knows nothing of attribution: a quotation of several sentences is split here like any other text.
"""

from __future__ import annotations

import re

from reader.model.span import Span

_MONTHS = (
    "Januar Jänner Februar Feber März April Mai Juni Juli August September Oktober November Dezember "
    "Jan Feb Mrz Apr Jun Jul Aug Sep Sept Okt Nov Dez"
)


def _words(listing: str) -> frozenset[str]:
    return frozenset(listing.split())


# Abbreviations after which the sentence goes on, whatever follows.
_ABBREVIATIONS = _words(
    """
    bzw ca etwa evtl ggf inkl exkl max min mind mtl vgl siehe sog zzgl zz zzt bes bspw allg ehem eigtl
    einschl entspr erg geb gest gegr gek ggfs hrsg i.d.r insb insbes jährl jew kath ev kfm langj lt med
    möbl mündl nachm nördl südl östl westl offz op phil prot rd resp röm schriftl selbst stellv
    stellvertr techn teilw tgl u.a u.ä u.u überarb übers unbek unverh urspr v.a verh verw vorm vors wg
    wiss wöchentl z.b z.t z.zt z.hd zus zw d.h i.a i.v o.g o.ä s.o s.u u.v.m v.chr n.chr m.e u.s dr prof
    dipl ing mag bacc rer nat hon habil doz priv univ hr fr frl hrn nr nrn str pl st sr jr mr mrs ms abb
    abs abt anm art aufl ausg bd bde bl bsp betr bez dt dtsch eur engl frz franz ital span amerik brit
    gen ges gebr hbf hptm kap kat lic lfd ltd maj mdl obj oberstlt okt pos präs red reg rep sen skr spec
    ssp std südd tel temp uffz verf verl vol zit ziff zs ztr zb evang luth
    """
)
# Abbreviations that may also end a sentence: only a word that opens sentences closes it.
_ABBREVIATIONS_AT_END = _words(
    """
    usw etc usf mio mrd bio tsd jh jhd co ag inc corp ff bhf u.s.w u.dgl o.ae dgl m.b.h uvm a.d a.m p.m
    n.n
    """
)
_MONTH_SET = _words(_MONTHS)

# Closed-class words that open a sentence and hardly ever follow an ordinal or an initial.
OPENERS = _words(
    """
    Der Die Das Dem Den Des Ein Eine Einer Eines Einem Einen Er Sie Es Wir Ich Ihr Man Dies Diese Dieser
    Dieses Diesem Diesen Jene Jener Sein Seine Seiner Seinem Seinen Ihre Ihrer Ihrem Ihren Unser Unsere
    Mein Meine Kein Keine Keiner Keinen In Im Ins An Am Ans Auf Aus Bei Beim Mit Nach Vor Von Vom Zu Zum
    Zur Für Gegen Seit Bis Durch Ohne Um Über Unter Zwischen Während Wegen Trotz Laut Neben Hinter Statt
    Aber Auch Und Oder Denn Doch Dort Da Dann Daher Dabei Dadurch Dafür Dagegen Damit Danach Daneben
    Daran Darauf Daraus Darin Darüber Darum Davon Davor Dazu Deshalb Deswegen Demnach Jedoch So Wie Was
    Wer Wo Wann Warum Weil Wenn Als Ob Nachdem Bevor Obwohl Sobald Solange Zwar Nur Noch Schon Bereits
    Erst Jetzt Nun Heute Gestern Morgen Derzeit Zurzeit Zudem Außerdem Allerdings Insgesamt Inzwischen
    Mittlerweile Zuvor Zuletzt Zunächst Später Hier Hinzu Immer Mehr Viele Einige Manche Mehrere Alle
    Alles Beide Beiden Jede Jeder Jedes Nicht Nichts Niemand Etwa Rund Knapp Ebenso Dennoch Trotzdem
    Somit Weiter Weitere Weiterhin Bisher Bislang Hat Ist Sind War Wird Seither Seitdem Demzufolge
    Unterdessen Gleichzeitig Vielmehr Innerhalb Außerhalb Anschließend
    """
)

_END = re.compile(r"[.!?…]+[“”\"»«’‘'›‹)\]]*|\n")
_WORD_BEFORE = re.compile(r"(?:[^\W_]+\.)*[^\W_]+$")
_START = re.compile(r"[„“”\"»«‚‘’'‹›(\[–—+*•-]*\s?([^\W_]+)")
_ADDRESS = re.compile(r"(?:https?://|www\.|@)\S*$")
_CLOSING = "“”\"»«’‘'›‹)]"


def _goes_on(text: str, low: int, match: re.Match[str], after: int, glued: bool) -> bool:
    """Whether the sentence goes on behind this mark, the next word starting near ``after``."""
    mark = match.group()
    following = _START.match(text, after)
    if following is None:
        return False
    word = following.group(1)
    if not (word[0].isupper() or word[0].isdigit()):
        return not text.startswith(("+++", "•", "*"), after)
    if not mark.startswith("."):
        return glued and not mark.endswith(tuple(_CLOSING))
    before = _WORD_BEFORE.search(text, max(low, match.start() - 40), match.start())
    if before is None:
        return glued and len(mark) == 1 and word[0].isdigit()
    last = before.group()
    if glued:
        return not _closes_glued(text, low, match, last, word)
    if len(mark) > 1 and mark[1] in _CLOSING and mark[1] != ")":
        return False
    return _is_abbreviated(text, low, before, last, word)


def _is_abbreviated(text: str, low: int, before: re.Match[str], last: str, word: str) -> bool:
    """Whether the full stop behind ``last`` belongs to an abbreviation or ordinal before ``word``."""
    key = last.lower()
    if key in _ABBREVIATIONS:
        return True
    if key in _ABBREVIATIONS_AT_END:
        return word not in OPENERS
    if last.isdigit():
        if word in _MONTH_SET:
            return True
        if len(last) > 3 or word[0].isdigit() or word in OPENERS:
            return False
        # "3,5 .", "2:1 .", "12.30 ." are no ordinals
        head = before.start()
        return not (head > low and text[head - 1] in ",:/-–")
    if len(last) == 1 and last.isalpha():
        return word not in OPENERS or last.islower()
    if "." in last and len(last.rsplit(".", 1)[1]) <= 2 and last[0].isalpha():
        return word not in OPENERS
    if last.isupper() and set(last) <= set("IVX"):
        return word not in OPENERS
    return False


def _closes_glued(text: str, low: int, match: re.Match[str], last: str, word: str) -> bool:
    """Whether a mark without white space behind it ends a sentence ("konfus.Altman")."""
    mark = match.group()
    if _ADDRESS.search(text, max(low, match.start() - 80), match.end()):
        return False
    if len(mark) > 1 and mark[1] in _CLOSING:
        return word[0].isupper()
    if "." in last or last.lower() in _ABBREVIATIONS or word[0].isdigit():
        return False
    if last.isalpha() and last.islower() and len(last) >= 3:
        return True
    return word in OPENERS and (len(last) >= 3 or text[match.start() - 1] == "%")


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of ``text[start:end]``, sorted, without the white space around them.

    A line feed always parts two sentences. The spans together cover everything but white space.
    Linear in the length.
    """
    stop = len(text) if end is None else end
    found: list[Span] = []
    low = start
    for match in _END.finditer(text, start, stop):
        if match.start() < low:
            continue
        at = match.end()
        if match.group() != "\n":
            # The mark stands alone in brackets: an aside such as (!), a gap such as (…).
            if match.start() and text[match.start() - 1] == "(" and match.group().endswith(")"):
                continue
            if at < stop:
                glued = not text[at].isspace()
                after = at
                while after < stop and text[after] in " \t\u00a0\u202f\r":
                    after += 1
                if after < stop and text[after] != "\n" and _goes_on(text, low, match, after, glued):
                    continue
                if glued and text[at] in ".,;:!?…)“”»":
                    continue
            else:
                at = stop
        _add(found, text, low, at)
        low = at
    _add(found, text, low, stop)
    return found


def _add(found: list[Span], text: str, low: int, high: int) -> None:
    while low < high and text[low].isspace():
        low += 1
    while high > low and text[high - 1].isspace():
        high -= 1
    if low < high:
        found.append(Span(low, high))
