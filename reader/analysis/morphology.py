"""A small morphology of German verbs: whether a lower-case word can be finite, and in which mood.

Forms are generated from the base verbs of ``data/verbs.toml``; prefixes are taken off before the look-up. Conjugation
and Konjunktiv after Duden, Die Grammatik (9th ed.), chapter "Das Verb".
"""

from __future__ import annotations

from reader.analysis.data import table

FINITE = 1
"""Indicative, or a form that cannot be told from it."""
SUBJUNCTIVE1 = 2
SUBJUNCTIVE2 = 4
INFINITIVE = 8
PARTICIPLE = 16
ZU_INFINITIVE = 32
PLURAL = 64
"""A form in -en that is finite only with a plural subject, and looks like the infinitive."""
AUXILIARY = 128
MODAL = 256

ANY_FINITE = FINITE | SUBJUNCTIVE1 | SUBJUNCTIVE2

# Verbs that begin so form their participle without "ge"; "beichten" or "erben" lose nothing by the extra form.
_WITHOUT_GE = ("be", "emp", "ent", "er", "ge", "ver", "zer", "über", "unter", "wider", "wieder")

_SEP_PREFIXES: tuple[str, ...] = ()
_PREFIXES: tuple[str, ...] = ()
_FORMS: dict[str, int] = {}
_CACHE: dict[str, int] = {}
_CACHE_LIMIT = 20_000


def _add(form: str, flag: int) -> None:
    _FORMS[form] = _FORMS.get(form, 0) | flag
    if "ß" in form:
        # Swiss spelling
        swiss = form.replace("ß", "ss")
        _FORMS[swiss] = _FORMS.get(swiss, 0) | flag


def _heavy(stem: str) -> bool:
    """Whether a stem in -m or -n takes a linking e: "rechnet", "atmet", but "wohnt", "warnt"."""
    return stem[-1] in "mn" and len(stem) > 2 and (stem[-2] in "fgtdbkp" or stem[-3:-1] == "ch")


def weak_forms(infinitive: str) -> list[tuple[str, int]]:
    """(form, flags) of a regular verb, the participle with "ge" where the verb takes it."""
    stem = infinitive[:-2] if infinitive.endswith("en") else infinitive[:-1]
    link = "e" if stem[-1] in "dt" or _heavy(stem) else ""
    first = stem[:-2] + stem[-1] if infinitive.endswith("eln") else stem
    prefixed = infinitive.startswith(_WITHOUT_GE) or stem.endswith("ier")
    participle = stem + link + "t" if prefixed else "ge" + stem + link + "t"
    return [
        (first + "e", SUBJUNCTIVE1),
        (stem + "e" if first != stem else first + "e", SUBJUNCTIVE1),
        (stem + link + "t", FINITE),
        (stem + link + "te", FINITE),
        (stem + link + "ten", FINITE),
        (infinitive, INFINITIVE | PLURAL),
        (participle, PARTICIPLE),
    ]


def strong_forms(row: str) -> list[tuple[str, int]]:
    """(form, flags) from "infinitive present preterite participle subjunctive2"."""
    infinitive, present, preterite, participle, second = row.split()
    stem = infinitive[:-2] if infinitive.endswith("en") else infinitive[:-1]
    plural = preterite + ("n" if preterite.endswith("e") else "en")
    return [
        (stem + "e", SUBJUNCTIVE1),
        (present, FINITE),
        (preterite, FINITE),
        (plural, FINITE),
        (infinitive, INFINITIVE | PLURAL),
        (participle, PARTICIPLE),
        (second, SUBJUNCTIVE2 if second != preterite else FINITE),
        (second + "n", SUBJUNCTIVE2 if second + "n" != plural else FINITE),
    ]


def _load() -> None:
    global _PREFIXES, _SEP_PREFIXES
    data = table("verbs")
    for verb in data["weak"]["verbs"].split():
        for form, flag in weak_forms(verb):
            _add(form, flag)
    for row in data["strong"]["verbs"].strip().splitlines():
        for form, flag in strong_forms(row):
            _add(form, flag)
    for form in data["auxiliary"]["indicative"].split():
        _FORMS[form] = FINITE | AUXILIARY | (INFINITIVE if form in ("haben", "werden") else 0)
    for form in data["auxiliary"]["modal"].split():
        _FORMS[form] = FINITE | MODAL | (INFINITIVE if form.endswith("en") and "te" not in form else 0)
    for form in data["auxiliary"]["subjunctive1"].split():
        _FORMS[form] = SUBJUNCTIVE1 | (AUXILIARY if form in ("sei", "seien", "habe", "werde") else MODAL)
    for form in data["auxiliary"]["subjunctive2"].split():
        _FORMS[form] = SUBJUNCTIVE2 | (AUXILIARY if form[0] in "wh" else MODAL)
    _FORMS["sein"] = INFINITIVE
    _FORMS["worden"] = _FORMS["gewesen"] = _FORMS["geworden"] = PARTICIPLE
    _SEP_PREFIXES = tuple(sorted(set(data["prefixes"]["separable"].split()), key=len, reverse=True))
    _PREFIXES = tuple(sorted({*_SEP_PREFIXES, *data["prefixes"]["inseparable"].split()}, key=len, reverse=True))


def _strip(word: str) -> int:
    for prefix in _PREFIXES:
        if not word.startswith(prefix) or len(word) - len(prefix) < 3:
            continue
        rest = word[len(prefix) :]
        separable = prefix in _SEP_PREFIXES
        flags = _FORMS.get(rest, 0)
        if separable and rest.startswith("zu"):
            inner = _FORMS.get(rest[2:], 0)
            if inner & INFINITIVE or (len(rest) > 6 and rest.endswith("n") and prefix != "zu"):
                return ZU_INFINITIVE
        if not flags and prefix in (
            "an",
            "ab",
            "auf",
            "aus",
            "ein",
            "mit",
            "vor",
            "nach",
            "zu",
            "zurück",
            "bei",
            "wieder",
        ):
            for inner_prefix in ("be", "ver", "er", "ent", "ge", "zer", "über", "unter"):
                if rest.startswith(inner_prefix):
                    base = rest[len(inner_prefix) :]
                    flags = _FORMS.get(base, 0) & ~PARTICIPLE | (_FORMS.get("ge" + base, 0) & PARTICIPLE)
                    break
        if flags:
            flags &= ~(AUXILIARY | MODAL)
            if not separable and ((flags & FINITE and rest.endswith("t")) or _FORMS.get("ge" + rest, 0) & PARTICIPLE):
                flags |= PARTICIPLE
            if not separable and flags & PARTICIPLE and rest.startswith("ge") and prefix != "ge":
                # "be" + "gesagt" is no form; strong participles without "ge" are found below
                continue
            return flags
        if not separable and len(rest) > 3 and _FORMS.get("ge" + rest, 0) & PARTICIPLE:
            return PARTICIPLE
    return 0


def _foreign(word: str) -> int:
    """Verbs in -ieren are regular, and there is no end to them."""
    if len(word) > 6:
        if word.endswith("iert"):
            return FINITE | PARTICIPLE
        if word.endswith(("ierte", "ierten")):
            return FINITE
        if word.endswith("ieren"):
            return INFINITIVE | PLURAL
    return 0


def verb_form(word: str) -> int:
    """Flags of a lower-case word as a verb form; 0 when no base verb accounts for it."""
    known = _CACHE.get(word)
    if known is not None:
        return known
    if not _FORMS:
        _load()
    flags = _FORMS.get(word, 0) or _strip(word) or _foreign(word)
    if len(_CACHE) < _CACHE_LIMIT:
        _CACHE[word] = flags
    return flags
