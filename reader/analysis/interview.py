"""Interviews: which blocks ask, which answer, and who it is that answers.

Turns are told by their labels ("Frage: …", "Funkblatt: …", "Brandt: …", "I.B.: …") or by the change of short questions
and longer blocks. Who answers is named by the label, by the address in the questions ("Herr Professor Kolb, …"), or by
what stands before the first question ("im Gespräch mit der Autorin Anna Kolb").
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise

from reader.analysis.lexicon import media_names, noun_kind
from reader.analysis.names import is_given_name
from reader.model.article import RUNNING_KINDS, BlockKind, Document
from reader.model.span import Span

LEAST_QUESTIONS, LEAST_WHEN_SAID = 4, 2
"""So many questions make an interview; fewer do where its source or headline calls it one."""
LEAST_TURNS, LEAST_SHARE = 4, 0.2
"""Labelled turns, and the share of questions in those of the one who asks where nothing is plainer."""
MOST_QUESTION_WORDS, MOST_PROMPT_WORDS = 70, 40
MOST_INTRODUCTION = 12
"""So many blocks before the first question may introduce who is asked."""

_LABEL = re.compile(r"(?P<label>[A-ZÄÖÜ][\w.’'&+-]{0,24}(?: [\w.’'&+-]{1,24}){0,3}) ?: +(?=\S)")
_ASKING = frozenset({"frage", "fragen", "f", "redaktion", "interviewer", "interviewerin", "moderator", "moderatorin"})
_ANSWERING = frozenset({"antwort", "a"})
_QUESTION = re.compile(r"\?[“”\"»«’'›‹)\]]*$")
_FIRST_PERSON = re.compile(r"\b(?:ich|wir|mir|mich|uns|unser\w*|meine?\w*)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"\b(?:Sie|Ihnen|Ihr(?:e[nmrs]?)?|[Dd]u|[Dd]ir|[Dd]ich|[Dd]ein\w*|[Ee]uch|[Ee]uer)\b")
_SPOKEN_TO = re.compile(r"(?:^|(?<![.!?:] ))\b(?:Sie|Ihnen|Ihre?[nmrs]?)\b")
_CALLED = re.compile(
    r"\b(?:Herrn?|Frau)(?: (?:Dr\.|Prof\.|Professor(?:in)?|Doktor|Minister\w*|Präsident\w*|Bürgermeister\w*))*"
    r" (?P<name>(?:(?:von|van|de|der|zu) ){0,2}[A-ZÄÖÜ][\w’-]+)"
)
_WITH = re.compile(
    r"\b(?:interview|gespräch|talk|sprach|sprachen|spricht|unterh\w+)\b[^.?!]{0,60}?\bmit\b", re.IGNORECASE
)
_IN_TALK = re.compile(r"\bim (?:[\w-]+-)?(?:interview|gespräch)\b|\b(?:erklärt|erzählt|berichtet)\b", re.IGNORECASE)
_NAME = re.compile(r"[A-ZÄÖÜ][\w’-]+(?: (?:(?:von|van|de|der|zu|la) ){0,2}[A-ZÄÖÜ][\w’.-]*[\w’]){1,3}")
_NO_NAMES = frozenset(
    "der die das den dem des ein eine einer im in am an auf bei mit von vom zu zum zur nach seit und aber auch wir sie"
    " er es ich herr frau hier heute was wer wie wann wo warum für über unter vor alle viele mehr so doch".split()
)
_TITLED = re.compile(rf"^(?P<name>{_NAME.pattern})\s?: ?[„“\"»«]")
_END = re.compile(
    r"(?:zur person|über d(?:en|ie) (?:autor|gesprächspartner|interviewten?)"
    r"|das (?:interview|gespräch) (?:führte|wurde)|(?:interview|fragen|text)\s?: )",
    re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """One block of an answer, without its label."""

    span: Span
    label: Span | None
    """The words before the colon that name who answers, where they stand there."""
    who: int
    """Which of the persons asked."""


@dataclass(frozen=True, slots=True)
class Interview:
    """The turns of an interview."""

    people: tuple[tuple[str, Span | None], ...]
    """Name of each person asked, and where the text introduces it."""
    questions: tuple[Span, ...]
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class _Block:
    span: Span
    text: str
    words: int
    heading: bool
    label: str
    """What stands before the first colon, if it can be a speaker."""
    told: Span
    """The block without its label."""

    @property
    def asks(self) -> bool:
        return self.words <= MOST_QUESTION_WORDS and _QUESTION.search(self.text) is not None


def is_interview(document: Document) -> bool:
    """Whether questions and answers take turns; sub-headlines that ask are those of a guide, unless somebody speaks."""
    blocks = _blocks(document)
    return _labelled(blocks) is not None or _takes_turns(blocks, LEAST_QUESTIONS)


def read_interview(document: Document, *, said: bool) -> Interview | None:
    """The turns of an interview whose interviewee is known; ``said`` where its source or headline calls it one."""
    blocks = _blocks(document)
    parts = _labelled(blocks)
    if parts is not None:
        return _of_labels(document, blocks, *parts)
    if _takes_turns(blocks, LEAST_WHEN_SAID if said else LEAST_QUESTIONS, said=said):
        return _of_turns(document, blocks)
    return None


def _blocks(document: Document) -> list[_Block]:
    found = []
    for block in document.blocks:
        if block.kind not in RUNNING_KINDS and block.kind is not BlockKind.HEADING:
            continue
        text = block.span.of(document.text)
        match = _LABEL.match(text)
        told = Span(block.span.start + match.end(), block.span.end) if match is not None else block.span
        label = match["label"] if match is not None else ""
        found.append(_Block(block.span, text, len(text.split()), block.kind is BlockKind.HEADING, label, told))
    return found


def _labelled(blocks: list[_Block]) -> tuple[frozenset[str], tuple[str, ...]] | None:
    """(labels that ask, labels that answer) where labels tell who speaks; without any that ask, questions have none."""
    groups: dict[str, list[_Block]] = defaultdict(list)
    for block in blocks:
        if block.label:
            groups[block.label.split()[-1]].append(block)
    speakers = {name: own for name, own in groups.items() if len(own) >= 2 or name.lower() in _ASKING | _ANSWERING}
    turns = [block for block in blocks if block.label and block.label.split()[-1] in speakers]
    if len(turns) < LEAST_TURNS or len(turns) * 5 < len(blocks):
        return None
    shares = {name: sum(block.asks for block in own) / len(own) for name, own in speakers.items()}
    asking = {name for name, share in shares.items() if _is_asking(name, share)}
    if not asking and len(shares) > 1:
        first, second = sorted(shares, key=lambda name: -shares[name])[:2]
        asking = {first} if shares[first] >= LEAST_SHARE and shares[first] >= 2 * shares[second] else set()
    if len(asking) == len(speakers):
        return None
    if asking:
        sides = [block.label.split()[-1] in asking for block in turns]
    else:
        sides = [block.asks for block in blocks if block in turns or (block.asks and not block.label)]
        if sum(sides) < LEAST_QUESTIONS:
            return None
    changes = sum(one != other for one, other in pairwise(sides))
    if changes < LEAST_TURNS - 1 or changes * 2 < len(sides) - 1:
        return None
    labels = dict.fromkeys(block.label for block in turns)
    said = tuple(label for label in labels if label.split()[-1] not in asking)
    return frozenset(label for label in labels if label not in said), said


def _is_asking(name: str, share: float) -> bool:
    if name.lower() in _ANSWERING:
        return False
    return name.lower() in _ASKING or share >= 0.5 or (name in media_names() and share > 0)


def _takes_turns(blocks: list[_Block], least: int, *, said: bool = False) -> bool:
    """Whether at least so many short questions stand each before a block that is none, and a person is spoken to."""
    asked = [n for n, block in enumerate(blocks[:-1]) if block.asks and not blocks[n + 1].asks]
    if len(asked) < least or len(asked) * 5 < len(blocks):
        return False
    spoken = sum(1 for n in asked if _FIRST_PERSON.search(blocks[n + 1].text))
    addressed = sum(1 for n in asked if _ADDRESS.search(blocks[n].text))
    called = any(_CALLED.search(blocks[n].text) for n in asked)
    return (
        spoken * 2 >= len(asked)
        or (addressed * 2 >= len(asked) and spoken * 4 >= len(asked))
        or ((called or said) and spoken + addressed > 0)
    )


def _of_labels(
    document: Document, blocks: list[_Block], asking: frozenset[str], answering: tuple[str, ...]
) -> Interview | None:
    first = next(n for n, block in enumerate(blocks) if block.label in asking or block.label in answering)
    introduction = blocks[:first]
    surnames: dict[str, int] = {}
    people: list[tuple[str, Span | None]] = []
    for label in answering:
        known = next((n for other, n in surnames.items() if _is_same(other, label)), None)
        if known is None:
            known = len(people)
            named = (
                _introduced(document, introduction) if label.lower() in _ANSWERING else _full(document, blocks, label)
            )
            if named is None:
                return None
            people.append(named)
        surnames[label] = known
    questions, answers = [], []
    who: int | None = None
    for block in blocks[first:]:
        if block.label in asking:
            who = None
            questions.append(block.span)
        elif (known := _speaker(block.label, surnames)) is not None:
            who = known
            label_span = Span(block.span.start, block.span.start + len(block.label))
            answers.append(Answer(block.told, label_span, who))
        elif block.heading or _END.match(block.text):
            who = who if block.heading and not block.asks and not _END.match(block.text) else None
        elif block.asks or who is None or _is_prompt(block, answering=True):
            who = None
            questions.append(block.span)
        else:
            answers.append(Answer(block.span, None, who))
    return Interview(tuple(people), tuple(questions), tuple(answers))


def _speaker(label: str, surnames: dict[str, int]) -> int | None:
    if not label:
        return None
    return next((n for other, n in surnames.items() if _is_same(other, label)), None)


def _is_same(one: str, other: str) -> bool:
    """Whether two labels are one person's: "Anna Kolb" and "Kolb"."""
    return one == other or one.endswith(f" {other}") or other.endswith(f" {one}")


def _of_turns(document: Document, blocks: list[_Block]) -> Interview | None:
    first = next(n for n, block in enumerate(blocks[:-1]) if block.asks and not blocks[n + 1].asks)
    person = _asked_person(document, blocks, first)
    if person is None:
        return None
    surname = person[0].split()[-1]
    questions, answers = [], []
    answering = False
    for block in blocks[first:]:
        if _END.match(block.text):
            break
        mine = bool(block.label) and block.label.split()[-1] == surname
        if block.heading and not block.asks:
            continue
        if not mine and (block.asks or _is_prompt(block, answering=answering)):
            questions.append(block.span)
            answering = True
        elif answering:
            label = Span(block.span.start, block.span.start + len(block.label)) if mine else None
            answers.append(Answer(block.told if mine else block.span, label, 0))
    return Interview((person,), tuple(questions), tuple(answers)) if answers else None


def _is_prompt(block: _Block, *, answering: bool) -> bool:
    """Whether a short block speaks to somebody and of nobody's own, or breaks off: a question without its mark."""
    if not answering or block.words > MOST_PROMPT_WORDS:
        return False
    if block.text.endswith(("…", "...")) and block.words <= MOST_PROMPT_WORDS // 2:
        return True
    # "Sie haben …" may be about others; an answer that is passed over does less harm than a question put into a mouth.
    return _SPOKEN_TO.search(block.text) is not None and not _FIRST_PERSON.search(block.text)


def _asked_person(document: Document, blocks: list[_Block], first: int) -> tuple[str, Span | None] | None:
    called = Counter(m["name"] for block in blocks[first:] if block.asks and (m := _CALLED.search(block.text)))
    if called:
        return _full(document, blocks, called.most_common(1)[0][0])
    label = blocks[first + 1].label
    if label and _NAME.fullmatch(label) and any(map(is_given_name, label.split())):
        return _full(document, blocks, label)
    return _introduced(document, blocks[:first])


def _introduced(document: Document, introduction: list[_Block]) -> tuple[str, Span | None] | None:
    """Who is introduced before the first question."""
    near = introduction[-MOST_INTRODUCTION:]
    if (match := _TITLED.match(document.title)) and (name := _person(match["name"])):
        return _where(document, name) or (name, None)
    for text, start in [(document.title, None), (document.kicker, None), *((b.text, b.span.start) for b in near)]:
        for mention in _NAME.finditer(text):
            name = _person(mention[0])
            before, behind = text[: mention.start()], text[mention.end() : mention.end() + 60]
            with_whom = [m.end() for m in _WITH.finditer(before)]
            if name and ((with_whom and mention.start() - with_whom[-1] < 90) or _IN_TALK.search(behind)):
                at = mention.end() - len(name)
                span = Span(start + at, start + mention.end()) if start is not None else None
                return (name, span) if span is not None else _where(document, name) or (name, None)
    named = defaultdict(list)
    for block in near:
        for mention in _NAME.finditer(block.text):
            if (name := _person(mention[0])) and is_given_name(name.split()[0]):
                named[name].append(Span(block.span.start + mention.end() - len(name), block.span.start + mention.end()))
    return next(((name, spans[0]) for name, spans in named.items()), None) if len(named) == 1 else None


def _person(run: str) -> str:
    """A run of capitals without the role before the name; nothing where it is no person's name."""
    parts = run.split()
    if parts[0].lower() in _NO_NAMES:
        return ""
    while (
        len(parts) > 2
        and not is_given_name(parts[0])
        and (noun_kind(parts[0]) is not None or any(map(is_given_name, parts[1:-1])))
    ):
        parts.pop(0)
    if len(parts) < 2 or not (
        is_given_name(parts[0]) or (noun_kind(parts[0]) is None and noun_kind(parts[-1]) is None)
    ):
        return ""
    return " ".join(parts)


def _full(document: Document, blocks: list[_Block], name: str) -> tuple[str, Span | None]:
    """The longest form in which the text gives a surname, and where; the name as it is where there is none."""
    surname = name.split()[-1]
    initials = re.fullmatch(r"(?:[A-ZÄÖÜ]\.?){2,3}", name.replace(" ", ""))
    for block in blocks:
        for mention in _NAME.finditer(block.text):
            full = _person(mention[0])
            fits = full.endswith(f" {surname}") or (
                initials and [p[0] for p in full.split()] == re.findall(r"[A-ZÄÖÜ]", name)
            )
            if full and fits:
                return full, Span(block.span.start + mention.end() - len(full), block.span.start + mention.end())
    for mention in _NAME.finditer(f"{document.kicker}\n{document.title}"):
        full = _person(mention[0])
        if full.endswith(f" {surname}"):
            return full, None
    return name, None


def _where(document: Document, name: str) -> tuple[str, Span | None] | None:
    at = document.text.find(name)
    return (name, Span(at, at + len(name))) if at >= 0 else None


__all__ = ["Answer", "Interview", "is_interview", "read_interview"]
