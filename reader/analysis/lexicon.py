"""The lexicon: closed word classes, verbs and nouns of saying, kinds of nouns, names of media, descriptions of rules.

Everything stands in ``data/*.toml``; here it is only turned into look-ups, once, at the first use.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from reader.analysis.data import table
from reader.analysis.morphology import strong_forms, weak_forms
from reader.model.analysis import SourceKind

# What a verb of saying takes (bits of SpeechForm.takes).
CLAUSE, QUOTE, FRAME, ZU, OBJECT, WEAK, WRITING, COLON, PREPOSITION, WIE, FAINT = (1 << n for n in range(11))
_TAKES = {
    "clause": CLAUSE,
    "quote": QUOTE,
    "frame": FRAME,
    "infinitive": ZU,
    "object": OBJECT,
    "weak": WEAK,
    "document": WRITING,
    "colon": COLON,
    "wieonly": WIE,
    "faint": FAINT,
}


class SpeechForm(NamedTuple):
    """One form of a verb of saying: ``needs`` are words that the same clause must hold (a prefix, "davon")."""

    lemma: str
    needs: tuple[str, ...]
    takes: int
    preposition: str
    """Prepositions of the object that sums up what was said, parted by blanks."""
    finite: bool
    participle: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the analysis: what it marks, in German, with an example that it fires on and one that it must not."""

    id: str
    sentence: str
    example: str
    counterexample: str


@cache
def words(section: str, key: str, name: str = "function_words") -> frozenset[str]:
    """The words of one list of a table."""
    return frozenset(table(name)[section][key].split())


@cache
def endings(section: str, key: str, name: str) -> tuple[str, ...]:
    """The words of one list of a table as endings, for ``str.endswith``."""
    return tuple(table(name)[section][key].split())


@cache
def closed_class() -> frozenset[str]:
    """Every word of a closed class: never a noun, even with a capital."""
    data = table("function_words")
    lists = [
        *(data["determiners"][k] for k in ("nominative", "oblique", "genitive")),
        *(data["pronouns"][k] for k in ("personal", "demonstrative", "object", "relative")),
        data["prepositions"]["all"],
        data["subordinators"]["all"],
        data["conjunctions"]["all"],
        data["adverbs"]["all"],
    ]
    return frozenset(" ".join(lists).split()) - {"dutzende", "hunderte", "tausende"}


def _forms_of(verb: str, strong: dict[str, str]) -> list[tuple[str, bool, bool]]:
    """(form, finite, participle) of a base verb, also of one with an inseparable prefix."""
    if verb == "sein":
        return [(f, True, False) for f in ("ist", "sind", "war", "waren", "sei", "seien", "wäre")]
    if verb == "werden":
        return [(f, True, False) for f in ("wird", "wurde", "wurden", "werde")] + [("geworden", False, True)]
    row = strong.get(verb)
    prefix = ""
    if row is None:
        for candidate in ("be", "emp", "ent", "er", "ge", "ver", "zer", "über", "unter", "wider"):
            base = verb[len(candidate) :]
            if verb.startswith(candidate) and base in strong:
                row, prefix = strong[base], candidate
                break
    if row is None:
        forms = weak_forms(verb)
        return [(f, not flags & 16 or f == forms[1][0], bool(flags & 16)) for f, flags in forms]
    out = []
    for form, flags in strong_forms(row):
        participle = bool(flags & 16)
        if prefix:
            form = prefix + (form[2:] if participle and form.startswith("ge") else form)
        out.append((form, not participle or form == forms_equal(row, prefix), participle))
    return out


def forms_equal(row: str, prefix: str) -> str:
    """The plural form that looks like the participle ("erhalten", "vergeben"), or nothing."""
    infinitive = row.split()[0]
    return prefix + infinitive if prefix else ""


@cache
def speech_forms() -> dict[str, tuple[SpeechForm, ...]]:
    """Every form of every verb of saying, in lower case."""
    strong = {row.split()[0]: row for row in table("verbs")["strong"]["verbs"].strip().splitlines()}
    found: dict[str, dict[tuple[str, tuple[str, ...], bool], SpeechForm]] = {}

    def put(form: str, entry: SpeechForm) -> None:
        bucket = found.setdefault(form, {})
        key = (entry.lemma, entry.needs, entry.participle)
        old = bucket.get(key)
        if old is not None:
            entry = entry._replace(
                takes=entry.takes | old.takes,
                preposition=" ".join(dict.fromkeys(f"{entry.preposition} {old.preposition}".split())),
                finite=entry.finite or old.finite,
            )
        bucket[key] = entry

    for group in table("speech")["verbs"]:
        takes, preposition = 0, ""
        for word in group["takes"].split():
            if word in _TAKES:
                takes |= _TAKES[word]
            else:
                takes |= PREPOSITION
                preposition = f"{preposition} {word}".strip()
        for item in group["verbs"].split():
            stem, *needs = item.split("+")
            prefix, _, base = stem.rpartition("|")
            lemma = prefix + base
            for form, finite, participle in _forms_of(base, strong):
                entry = SpeechForm(lemma, tuple(needs), takes, preposition, finite, participle)
                if not prefix:
                    put(form, entry)
                    continue
                if finite:
                    put(form, entry._replace(needs=(prefix, *needs), participle=False))
                put(prefix + form, entry)
            if prefix:
                put(prefix + "zu" + base, SpeechForm(lemma, tuple(needs), takes, preposition, False, False))
    forms = {form: tuple(entries.values()) for form, entries in found.items()}
    forms.update({form.replace("ß", "ss"): entries for form, entries in forms.items() if "ß" in form})
    return forms


@cache
def media_names() -> dict[str, SourceKind]:
    """Names of agencies and media, as they stand in texts."""
    data = table("outlets")
    names = {n.strip(): SourceKind.OUTLET for n in data["outlets"]["names"].split("|") if n.strip()}
    names.update({n.strip(): SourceKind.AGENCY for n in data["agencies"]["names"].split("|") if n.strip()})
    return names


_KIND_TABLES = (
    ("spokesperson", SourceKind.SPOKESPERSON),
    ("agency", SourceKind.AGENCY),
    ("anonymous", SourceKind.ANONYMOUS),
    ("outlet", SourceKind.OUTLET),
    ("document", SourceKind.DOCUMENT),
    ("institution", SourceKind.INSTITUTION),
    ("person", SourceKind.PERSON),
)


@cache
def _kind_words() -> dict[str, SourceKind]:
    data = table("nouns")
    known: dict[str, SourceKind] = {}
    for section, kind in reversed(_KIND_TABLES):
        for word in data[section]["suffixes"].split():
            known[word] = kind
    return known


_KIND_CACHE: dict[str, SourceKind | None] = {}


def noun_kind(noun: str) -> SourceKind | None:
    """The kind that a common noun tells: itself, or the longest known word it ends with ("Bauernverband")."""
    low = noun.lower()
    if low in _KIND_CACHE:
        return _KIND_CACHE[low]
    known = _kind_words()
    kind = known.get(low)
    if kind is None:
        tail = low
        for cut in range(2, len(low) - 2):
            tail = low[cut:]
            if tail in known and (len(tail) > 3 or low[cut - 1] == "-"):
                kind = known[tail]
                break
        if kind is None:
            for ending in ("es", "s", "en", "n"):
                if low.endswith(ending) and len(low) - len(ending) > 3:
                    kind = known.get(low[: -len(ending)])
                    if kind is None:
                        stem = low[: -len(ending)]
                        for cut in range(2, len(stem) - 3):
                            if stem[cut:] in known:
                                kind = known[stem[cut:]]
                                break
                    if kind is not None:
                        break
    if len(_KIND_CACHE) < 20_000:
        _KIND_CACHE[low] = kind
    return kind


@cache
def _rules() -> dict[str, Rule]:
    return {
        name: Rule(name, entry["sentence"], entry["example"], entry["not"]) for name, entry in table("rules").items()
    }


def rule(rule_id: str) -> Rule:
    """The rule with this id; KeyError when there is none."""
    return _rules()[rule_id]


def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the table."""
    return tuple(_rules().values())
