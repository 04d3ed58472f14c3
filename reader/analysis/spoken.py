"""A statement with its speaker in front: "Streeck: Kokain macht abhängig".

Finds the statement and the name that may stand before it; the name stands in the text as it is, in the nominative.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from reader.analysis.deletion import Clause, is_finite
from reader.analysis.lexicon import noun_kind
from reader.analysis.stems import lexicon, word_set
from reader.model.analysis import Attribution, ReportForm, Source, SourceKind
from reader.model.span import Span

SPEAKER_WORDS = 3
"""A longer name does not go before a colon."""
FRAME_WORDS = 7
"""A longer frame says more than who speaks."""
_OF_FRAMES = frozenset("laut nach".split())
_WORD = re.compile(r"\w+")
_PRONOUNS = frozenset("er sie es ihm ihr wir ich man dieser diese der die das beide".split())
_DETERMINERS = frozenset("der die das ein eine den dem des einer einem".split())
_GOVERNING = frozenset("von vom bei beim laut nach aus gegenüber seitens durch zufolge in im mit zu zum zur".split())


def spoken_form(
    text: str, sources: Mapping[int, Source], attribution: Attribution, sentence: Span
) -> tuple[Clause, Span] | None:
    """The statement of the sentence without its frame, and the name that may stand before it with a colon.

    The frame stands behind it ("…, sagte Streeck"), before it ("Streeck sagte: …", "Streeck sagte, das Bad sei dicht"),
    or in a sentence near it where a quotation or Konjunktiv I runs over several.
    """
    if attribution.form not in (ReportForm.DIRECT, ReportForm.INDIRECT, ReportForm.SUBJUNCTIVE):
        return None
    if not attribution.speaker:
        return None
    pieces = [piece for piece in attribution.content if piece.overlaps(sentence)]
    frame = [part for part in (*attribution.cue, *attribution.speaker) if part.overlaps(sentence)]
    if attribution.form is ReportForm.INDIRECT and frame and len(pieces) == len(attribution.content):
        around = _around_its_frame(text, sources, attribution, sentence)
        if around:
            return around
    if len(pieces) != 1:
        return None
    said = Span(max(pieces[0].start, sentence.start), min(pieces[0].end, sentence.end))
    if not any(part.overlaps(sentence) for part in attribution.cue):
        if _is_told_next(text, pieces[0], attribution, sentence):
            name = _name(text, sources, attribution)
            return (Clause.of(text, sentence), name) if name else None
        return _carried(text, sources, attribution, said, sentence)
    if len(attribution.content) > 1 or not all(
        sentence.contains(part) for part in (*attribution.cue, *attribution.speaker)
    ):
        return None
    if said.end <= min(part.start for part in frame):
        return _before_its_frame(text, sources, attribution, said, sentence)
    if said.start >= max(part.end for part in frame):
        return _behind_its_frame(text, sources, attribution, said, sentence)
    return None


def _around_its_frame(
    text: str, sources: Mapping[int, Source], attribution: Attribution, sentence: Span
) -> tuple[Clause, Span] | None:
    """A frame of a few words inside the sentence ("Zwei Männer kamen laut Polizei zu Tode") or before its verb.

    What is left of "Laut Polizei wurden zwei Männer verletzt" begins with its verb; only a line without it may stand.
    """
    parts = [*attribution.cue, *attribution.speaker]
    if not attribution.cue or not all(sentence.contains(part) for part in (*parts, *attribution.content)):
        return None
    frame = Span(min(part.start for part in parts), max(part.end for part in parts))
    words = _WORD.findall(frame.of(text).lower())
    # "Angaben der Bahn zufolge": the noun before the genitive belongs to the frame.
    told = _TOLD.search(text[sentence.start : frame.start]) if words[-1] == "zufolge" else None
    if told:
        frame = Span(sentence.start + told.start(), frame.end)
    if (words[0] not in _OF_FRAMES and words[-1] != "zufolge") or len(words) > FRAME_WORDS:
        return None
    # A mark inside or beside the frame parts more than the frame.
    if any(char in ",:;–—()" for char in text[max(sentence.start, frame.start - 2) : frame.end + 1]):
        return None
    if any(part.overlaps(frame) for part in attribution.content):
        return None
    whole = Clause.of(text, sentence)
    gone = [n for n in range(len(whole)) if frame.start <= whole.starts[n] < frame.end]
    source = sources.get(attribution.source) if attribution.source is not None else None
    # "laut Medienberichten", "Experten zufolge": before a colon they would stand in the wrong case, or as a title.
    is_paper = source is not None and source.kind is SourceKind.DOCUMENT
    if source is None or source.kind is SourceKind.ANONYMOUS or (is_paper and not _is_study(attribution, text)):
        return None
    # "werden laut Jury Frauen und Männer beleidigt": half of a pair went with the frame.
    if gone and _goes_on_in_a_pair(whole, gone[-1] + 1):
        return None
    # A bare plural in the dative: "laut Regularien", "Behörden zufolge".
    mention = attribution.speaker[0].of(text)
    if mention.endswith("ien") or (mention.endswith("n") and " " not in mention and noun_kind(mention)):
        return None
    name = _name(text, sources, attribution)
    if not gone or name is None or any(whole.quoted[n] for n in gone) or ":" in whole.words:
        return None
    # Nothing goes in front of a colon with the speaker that is the article's own: "… – sprich, das Bad wird teurer".
    kept = [n for n in range(len(whole)) if n not in gone and whole.words[n][0].isalnum()]
    if not all(any(part.start <= whole.starts[n] < part.end for part in attribution.content) for n in kept):
        return None
    return whole.without([(gone[0], gone[-1] + 1)]), name


_TOLD = re.compile(r"(?:Angaben|Informationen|Berichten|Daten|Zahlen|Worten|Aussagen|Auskunft|Darstellung) $")


def _is_study(attribution: Attribution, text: str) -> bool:
    """Whether the speaker is one paper whose noun is the same in every case ("einer Umfrage", "einer Auswertung")."""
    words = attribution.speaker[0].of(text).split()
    return len(words) == 2 and words[0] in ("einer", "der") and words[1].lower().endswith(_STUDIES)


_STUDIES = (
    "umfrage",
    "studie",
    "analyse",
    "untersuchung",
    "erhebung",
    "befragung",
    "auswertung",
    "schätzung",
    "prognose",
)


def _goes_on_in_a_pair(clause: Clause, place: int) -> bool:
    return clause.lows[place : place + 1] in (["und"], ["oder"], ["sowie"])


def _before_its_frame(
    text: str, sources: Mapping[int, Source], attribution: Attribution, said: Span, sentence: Span
) -> tuple[Clause, Span] | None:
    """ "…, sagte Streeck"."""
    frame = (*attribution.cue, *attribution.speaker)
    gap = _WORD.findall(text[said.end : min(part.start for part in frame)].lower())
    # "…, wie die Polizei mitteilte"
    if gap and gap != ["wie"]:
        return None
    name = _name(text, sources, attribution)
    if name is None:
        return None
    start, end = said.start, said.end
    runs_on = attribution.content[0].start < sentence.start
    if not runs_on and start > sentence.start and text[start - 1] in _MARKS:
        start -= 1
    if not runs_on and end < sentence.end and text[end] in _MARKS:
        end += 1
    # Anything else before the statement, or a colon behind the frame, would be lost unseen.
    behind = text[max(part.end for part in frame) : sentence.end]
    hedged = any(word in word_set("hedge") for word in _WORD.findall(text[end : sentence.end].lower()))
    if text[sentence.start : start].strip() or ":" in behind or "," in behind or hedged:
        return None
    return _stripped(text, Span(start, end)) if runs_on else Clause.of(text, Span(start, end)), name


def _behind_its_frame(
    text: str, sources: Mapping[int, Source], attribution: Attribution, said: Span, sentence: Span
) -> tuple[Clause, Span] | None:
    """ "Streeck sagte: …", and in indirect speech "Streeck sagte, das Bad sei dicht"."""
    frame_end = max(part.end for part in (*attribution.cue, *attribution.speaker))
    gap = text[frame_end : said.start].strip(" " + _MARKS)
    # Before a colon stands to whom and when it was said as well.
    leads = gap == "," or (gap.endswith(":") and "," not in gap)
    if not leads or text[said.end : sentence.end].strip(" .!" + _MARKS):
        return None
    first = _WORD.search(text[said.start : said.end])
    # "…, dass das Bad dicht ist": its verb stands last.
    if first is None or (gap == "," and first.group().lower() in word_set("subordinator") - _ARTICLES):
        return None
    before = text[sentence.start : said.start]
    words = [m.group().lower() for m in _WORD.finditer(before)]
    if "," in before[: -len(text[frame_end : said.start])] or ":" in before[: -len(text[frame_end : said.start])]:
        return None
    lost = word_set("hedge") | _UNSURE
    if any(word in lost or word[0].isdigit() for word in words) or any(
        part.of(text).lower() in _DENIES for part in attribution.cue
    ):
        return None
    name = _name(text, sources, attribution)
    if name is None:
        return None
    clause = _stripped(text, said)
    # A verb-final clause without its conjunction is none: "…, die noch nie dort waren".
    if gap == "," and not _is_verb_second(clause):
        return None
    return clause, name


def _carried(
    text: str, sources: Mapping[int, Source], attribution: Attribution, said: Span, sentence: Span
) -> tuple[Clause, Span] | None:
    """A whole sentence of a speech whose frame stands in another one; only where the speaker is named there."""
    if attribution.confidence < CARRIED_CONFIDENCE or attribution.form is ReportForm.INDIRECT:
        return None
    # In an interview the answer is the speaker's without a frame, however far the name is.
    is_answer = attribution.why == "interview"
    if attribution.form is ReportForm.DIRECT and not attribution.cue and not is_answer:
        return None
    around = text[sentence.start : said.start] + text[said.end : sentence.end]
    if any(char.isalnum() for char in around) or ":" in said.of(text):
        return None
    cues = {word for part in attribution.cue for word in part.of(text).lower().split()}
    if cues & (_DENIES | word_set("hedge")):
        return None
    mention = attribution.speaker[0]
    is_far = abs(mention.start - said.start) > CARRIED_DISTANCE and not is_answer
    if is_far or not _is_definite(text, sources, attribution):
        return None
    if attribution.form is ReportForm.SUBJUNCTIVE and _may_be_others(text, sources, attribution, said):
        return None
    name = _name(text, sources, attribution)
    return (_stripped(text, said), name) if name else None


def _may_be_others(text: str, sources: Mapping[int, Source], attribution: Attribution, said: Span) -> bool:
    """Whether a Konjunktiv without its own frame may be someone else's than the last speaker's.

    Behind a new paragraph, an opening "Nach …" or "Laut …", or another source named in between, nobody can be sure.
    """
    between = text[attribution.speaker[0].end : said.start]
    if "\n" in between or text[said.start : said.end].lower().startswith(("nach ", "laut ")):
        return True
    inside = Span(min(attribution.speaker[0].end, said.start), said.start)
    return any(
        mention.overlaps(inside)
        for source in sources.values()
        if source.id != attribution.source
        for mention in source.mentions
    )


def _is_definite(text: str, sources: Mapping[int, Source], attribution: Attribution) -> bool:
    """Whether the speaker has a full name or is "der", "die" so-and-so: "einige Spieler" may not be the speaker."""
    source = sources.get(attribution.source) if attribution.source is not None else None
    if source is None or source.kind in (SourceKind.ANONYMOUS, SourceKind.DOCUMENT):
        return False
    mention = attribution.speaker[0]
    named = source.kind in (SourceKind.PERSON, SourceKind.SPOKESPERSON) and len(source.name.split()) > 1
    before = text[max(0, mention.start - 12) : mention.start].lower().split()[-1:]
    definite = {mention.of(text).split()[0].lower(), *before} & _DEFINITE
    return bool(definite) or (named and source.name[0].isupper())


def _stripped(text: str, span: Span) -> Clause:
    """The words without a quotation mark that opens or closes at one end only."""
    words = span.of(text)
    marks = sum(1 for char in words if char in _MARKS)
    start, end = span.start, span.end
    while end > start and text[end - 1] in " .!":
        end -= 1
    opens, closes = text[start] in _MARKS, end > start and text[end - 1] in _MARKS
    if opens and (marks % 2 or (closes and marks == 2)):
        start += 1
    if closes and (marks % 2 or (opens and marks == 2)):
        end -= 1
    return Clause.of(text, Span(start, end)) if end > start else Clause.of(text, span)


def _is_verb_second(clause: Clause) -> bool:
    """Whether a finite verb stands within the first words and none closes the clause."""
    comma = next((n for n, word in enumerate(clause.words) if word == ","), len(clause))
    verb = next((n for n in range(1, min(comma, 9)) if is_finite(clause.lows[n]) and clause.words[n].islower()), 0)
    return 0 < verb < comma - 1 and clause.lows[verb] in word_set("subjunctive") | _STAND_INS | word_set("auxiliary")


def in_quotations(text: str, spans: Sequence[Span]) -> list[bool]:
    """For each sentence whether a quotation that began before goes on in it; a line feed ends every quotation."""
    found: list[bool] = []
    end, is_open = 0, False
    for span in spans:
        is_open = is_open and "\n" not in text[end : span.start]
        for char in text[end : span.start]:
            is_open = _turned(char, is_open)
        found.append(is_open)
        for char in span.of(text):
            is_open = _turned(char, is_open)
        end = span.end
    return found


def _turned(char: str, is_open: bool) -> bool:
    """Whether a quotation is open behind the character; Swiss and straight marks turn it."""
    if char in "„“”":
        return char == "„"
    return not is_open if char in '"»«' else is_open


CARRIED_CONFIDENCE, CARRIED_DISTANCE = 0.8, 900
"""How sure the attribution must be, and within how many characters the speaker must be named."""
_MARKS = '„“”»«"‚‘'
_DEFINITE = frozenset("der die das dem des vom beim zum zur im".split())
_ARTICLES = frozenset("der die das den dem".split())
_STAND_INS = frozenset("hätte hätten wäre wären würde würden".split())
_UNSURE = frozenset(
    "hatte hatten einst damals früher zunächst ursprünglich kein keine keinen nie niemals wenn falls ob".split()
)
_DENIES = frozenset(
    "bestritt bestritten bestreitet bestreiten dementierte dementierten dementiert verneinte verneint verneinten "
    "leugnete leugnet widersprach widersprachen widerspricht fragte fragt fragten witzelte scherzte spottete "
    "lästerte".split()
)


def _is_told_next(text: str, content: Span, attribution: Attribution, sentence: Span) -> bool:
    """Whether the whole sentence is a statement and the next one says whose ("…. Das teilte die Kammer mit.")."""
    first = min(part.start for part in (*attribution.cue, *attribution.speaker))
    last = max(part.end for part in (*attribution.cue, *attribution.speaker))
    if len(attribution.content) != 1 or not attribution.cue:
        return False
    covers = content.start <= sentence.start + 1 and content.end >= sentence.end - 2
    if not covers or first < sentence.end:
        return False
    # "Das bestritt der Minister" says the contrary.
    if not any(word in _TELLS for part in attribution.cue for word in part.of(text).lower().split()):
        return False
    behind = _WORD.findall(text[last : last + 60].split(".")[0].lower())
    # "Damit hätte niemand gerechnet": a comment of the author's.
    if _STAND_INS & set(_WORD.findall(sentence.of(text).lower())):
        return False
    between = text[sentence.end : first]
    return _DAS.fullmatch(between) is not None and not word_set("hedge") & set(behind)


_TELLS = frozenset(
    "teilte teilten teilt teilen sagte sagten sagt berichtet berichtete berichten berichteten erklärte erklärten "
    "meldet meldete melden meldeten schreibt schrieb bestätigte gab".split()
)
_DAS = re.compile(r"[\s“”\"»«]*(?:Das|Dies)\s+")


def _before(mention: str, at: int) -> str:
    return (mention[: max(0, at)].split() or [""])[-1]


def _name(text: str, sources: Mapping[int, Source], attribution: Attribution) -> Span | None:
    """What stands before the colon: the family name of a person, else the mention without its article."""
    source = sources.get(attribution.source) if attribution.source is not None else None
    mention = attribution.speaker[0]
    if source is not None and any(char in _MARKS for char in source.name):
        return None
    # A bracket or a place behind it is no part of the name.
    aside = re.search(r" (?:\(|in [A-ZÄÖÜ])", mention.of(text))
    if aside:
        mention = Span(mention.start, mention.start + aside.start())
    words = [(m.group(), mention.start + m.start()) for m in re.finditer(r"\S+", mention.of(text))]
    if not words or len(attribution.speaker) > 1:
        return None
    # "aus Sicht des Politologen": no name, and not in the nominative.
    is_named = source is not None and source.name.split()[0].lower() not in _DETERMINERS
    if source is not None and source.kind is SourceKind.PERSON and is_named:
        family = source.name.split()[-1]
        at = mention.of(text).rfind(family)
        # "der Präsident Indonesiens": a genitive is no family name.
        is_whose = (
            source.name == family and family.endswith("s") and noun_kind(_before(mention.of(text), at)) is not None
        )
        if at >= 0 and family[0].isupper() and len(source.name.split()) <= SPEAKER_WORDS and not is_whose:
            return Span(mention.start + at, mention.start + at + len(family))
    if words[0][0].lower() in _PRONOUNS and len(words) == 1:
        return None
    before = text[max(0, mention.start - 40) : mention.start].split()
    governed = before[-1].lower() if before else ""
    if governed in _DETERMINERS and len(before) > 1:
        governed = before[-2].lower()
    determiner = words[0][0].lower() if words[0][0].lower() in _DETERMINERS else ""
    if determiner:
        words = words[1:]
    # "hieß es von der Schweizerischen Post": the name stands in another case than before a colon.
    is_oblique = governed in _GOVERNING or determiner in ("dem", "den", "des", "einem", "einer", "eines")
    is_oblique = is_oblique and not _is_study(attribution, text)
    if is_oblique and (determiner or len(words) > 1 or before[-1].lower() in _DETERMINERS):
        return None
    # "der Vorsitzende" bends with its article.
    if determiner and re.search(lexicon()["words"]["adjectival_noun"], words[-1][0] if words else ""):
        return None
    # "das Statistische Bundesamt" would be "Statistisches Bundesamt" without its article.
    article = determiner or (before[-1].lower() if before else "")
    if article in _BENDING and len(words) > 1 and _ADJECTIVE.fullmatch(words[0][0]) and words[1][0][0].isupper():
        return None
    if words and words[-1][0].lower() in _UTTERED:
        return None
    if any(word.lower() in word_set("first_person") for word, _ in words):
        return None
    if not words or len(words) > SPEAKER_WORDS or words[-1][0].endswith("-") or not words[0][0][0].isupper():
        return None
    return Span(words[0][1], mention.end)


_BENDING = frozenset("der das dem den des".split())
_ADJECTIVE = re.compile(r"[A-ZÄÖÜ]\w*(?:isch|lich|al|ell|är|iv|ig|deutsch|rot|neu|weiß|frei|hoh|oberst)en?")
_UTTERED = frozenset("wort worte worten satz text zitat motto frage fazit".split())
"""What is said, or in what: nobody who says it."""

__all__ = ["in_quotations", "spoken_form"]
