"""Which language a text is in, told by its function words; German is what the analysis reads."""

from __future__ import annotations

import re
from collections import Counter

_WORDS = re.compile(r"[^\W\d_]+")

_FUNCTION_WORDS: dict[str, frozenset[str]] = {
    "de": frozenset(
        """
            der die das und ist nicht ein eine einen einem einer zu den dem des mit von für auf sich
            im auch als an bei aus nach wird werden sind war hat haben wurde wie über dass es er sie
            noch nur oder aber vor zum zur durch um am bis mehr gegen soll vom beim ins unter seit ohne zwischen
            kein keine ihr ihre sein seine diese dieser wenn weil kann muss will wir ich man bereits rund etwa
        """.split()
    ),
    "en": frozenset(
        """
            the of and to in is that for it as was with on be by at from are this have has not but
            they his her which you or an will
        """.split()
    ),
    "fr": frozenset(
        """
            le la les des et est une dans pour que qui sur pas plus par au aux ce cette avec sont
            ont du un il elle
        """.split()
    ),
    "it": frozenset(
        """
            il lo gli della di che non per una sono con del alla dei nel anche più come ha è le si
            da
        """.split()
    ),
    "es": frozenset(
        """
            el los las de que y en un una por con para del se no es su al más como lo ha pero
        """.split()
    ),
    "nl": frozenset(
        """
            de het een van en in is dat op te zijn met voor niet aan er maar om ook als bij naar uit
            werd
        """.split()
    ),
    "da": frozenset(
        """
            og at det er en til på af for ikke der den som med har de et var fra men om han jeg blev også efter eller
            kan vil sagde
        """.split()
    ),
    "sv": frozenset(
        """
            och att det är en till på av för inte som med har de ett var från men om han jag blev också efter eller kan
            vill den sade
        """.split()
    ),
    "no": frozenset(
        """
            og at det er en til på av for ikke som med har de et var fra men om han jeg ble også etter eller kan vil
            den sa
        """.split()
    ),
    "tr": frozenset(
        """
            ve bir bu da de için ile olarak olan daha çok en gibi kadar sonra var ne ama ancak değil göre dedi söyledi
            tarafından yeni
        """.split()
    ),
    "pl": frozenset(
        """
            i w na nie że się z do to jest o po za od jak przez który która będzie są ale dla oraz czy już było
        """.split()
    ),
    "cs": frozenset(
        """
            a v na se že je to z do o po za od jak který která bude jsou ale pro nebo už bylo také při není
        """.split()
    ),
    "pt": frozenset(
        """
            o a os as que e em um uma para por com do da dos das no na não se é ao mais como foi são sobre disse
        """.split()
    ),
    "hu": frozenset(
        """
            a az és hogy nem is egy van volt meg csak már még ez ezt azt mint de ha után szerint között lesz pedig
        """.split()
    ),
    "fi": frozenset(
        """
            ja on ei että se hän oli ovat mutta kun myös joka jotka ovat sen mukaan kuin vain jo vielä olla tai
        """.split()
    ),
    "lb": frozenset(
        """
            de d den an vun fir mat ass sinn huet hunn och net e en eng dat datt nach op zu bei wéi awer gëtt ginn zou
        """.split()
    ),
    "nds": frozenset(
        """
            de dat un is nich vun för mit op to in en wat hett hebbt sünd warrt weer ok noch wi se he von't bi na as
            över wenn man mehr keen schall will
        """.split()
    ),
    "gsw": frozenset(
        """
            de d di s isch und mit uf für vo vom zum zur nöd nid ned het hät hend händ sind wo au no si mer mir im
            e en es ide i am bi nach wie wänn wenn kei gseit worde wird
        """.split()
    ),
}
_ENOUGH_WORDS = 12
_FEWEST_DIFFERENT = 3
"""Different function words that another language than the default must show: "van Dijk, De Luca" are two names."""
_SAMPLE = 2000
_SCRIPTS = (
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("ja", re.compile("[\u3041-\u30ff]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
)
"""Languages told by their letters; kana stand before the signs that Japanese shares with Chinese."""
_UKRAINIAN = re.compile("[іїєґ]", re.IGNORECASE)
_LATIN = re.compile("[\x00-\u036f\u2000-\u2e7f]*+")
"""Text that holds a letter of none of them."""


def _by_word() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for code, words in _FUNCTION_WORDS.items():
        for word in words:
            table[word] = (*table.get(word, ()), code)
    return table


_LANGUAGES_OF = _by_word()


def guess_language(text: str, default: str = "de") -> str:
    """An ISO 639 code; ``default`` where the text is short or says nothing clear.

    Low German ("nds") and Swiss German dialect ("gsw") are languages of their own: their verbs are not those that the
    analysis knows. Only the first 2,000 characters are read.
    """
    script = _of_script(text[:_SAMPLE])
    if script:
        return script
    words = _WORDS.findall(text[:_SAMPLE].lower())
    if len(words) < _ENOUGH_WORDS:
        return default
    hits = dict.fromkeys(_FUNCTION_WORDS, 0)
    different = dict.fromkeys(_FUNCTION_WORDS, 0)
    for word, count in Counter(filter(_LANGUAGES_OF.__contains__, words)).items():
        for code in _LANGUAGES_OF[word]:
            hits[code] += count
            different[code] += 1
    best = max(hits, key=lambda code: (hits[code], code == default))
    clear = hits[best] >= len(words) * 0.08 and different[best] >= _FEWEST_DIFFERENT
    return best if clear else default


def _of_script(text: str) -> str:
    """The language whose script is that of at least a third of the text, or nothing."""
    if _LATIN.fullmatch(text):
        return ""
    for code, letters in _SCRIPTS:
        if letters.search(text) and len(letters.findall(text)) * 3 > len(text):
            return "uk" if code == "ru" and _UKRAINIAN.search(text) else code
    return ""
