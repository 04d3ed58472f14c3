"""Who asks and who answers; all prose is ours."""

from __future__ import annotations

import pytest

from reader.analysis import analyze
from reader.analysis.interview import Interview, is_interview, read_interview
from reader.model.analysis import Genre, ReportForm, SourceKind
from reader.model.article import Document
from reader.text.plain import document_from_plain

ANSWERS = (
    "Ich rechne mit dem Herbst, aber ich verspreche nichts.",
    "Das wissen wir noch nicht, die Angebote kommen im Mai.",
    "Wir haben einen Bus bestellt, das hat mich Nerven gekostet.",
    "Ich schwimme im See, solange das Wasser nicht friert.",
)
QUESTIONS = ("Wann wird das Bad fertig?", "Wird es teurer?", "Was machen die Vereine?", "Und was machen Sie selbst?")


def a_talk(
    introduction: str,
    questions: tuple[str, ...],
    answers: tuple[str, ...] = ANSWERS,
    title: str = "„Ich rechne mit dem Herbst“",
) -> Document:
    turns = [turn for pair in zip(questions, answers, strict=True) for turn in pair]
    return document_from_plain("\n".join([introduction, *turns]), repair=False, title=title)


def read(document: Document) -> Interview:
    found = read_interview(document, said=True)
    assert found is not None
    return found


def answers_of(document: Document) -> list[str]:
    return [answer.span.of(document.text) for answer in read(document).answers]


@pytest.mark.parametrize(
    ("introduction", "questions"),
    [
        (
            "Bademeisterin Ilse Brandt leitet das Bad in Beispielheim.",
            ("Frau Brandt, wann wird das Bad fertig?", *QUESTIONS[1:]),
        ),
        ("Ein Gespräch mit der Bademeisterin Ilse Brandt über Wasser und Geld.", QUESTIONS),
        ("Wir sprachen mit Ilse Brandt über Wasser und Geld.", QUESTIONS),
        ("Das Bad in Beispielheim wird umgebaut. Ilse Brandt im Interview.", QUESTIONS),
    ],
)
def test_the_one_who_is_asked_is_found_before_the_first_question_or_in_it(
    introduction: str, questions: tuple[str, ...]
) -> None:
    document = a_talk(introduction, questions)
    assert read(document).people[0][0] == "Ilse Brandt"
    assert answers_of(document) == list(ANSWERS)


def test_the_headline_may_name_who_is_asked() -> None:
    document = a_talk("Das Bad wird umgebaut.", QUESTIONS, title="Ilse Brandt: „Ich rechne mit dem Herbst“")
    assert read(document).people[0][0] == "Ilse Brandt"


@pytest.mark.parametrize(
    ("asks", "says"),
    [("Funkblatt", "Ilse Brandt"), ("Frage", "Antwort"), ("FUNKBLATT ONLINE", "Brandt"), ("Jan Dorn", "Ilse Brandt")],
)
def test_labels_tell_who_speaks(asks: str, says: str) -> None:
    questions = tuple(f"{asks}: {question}" for question in QUESTIONS)
    document = a_talk("Ein Gespräch mit Ilse Brandt.", questions, tuple(f"{says}: {answer}" for answer in ANSWERS))
    assert read(document).people[0][0] == "Ilse Brandt"
    assert answers_of(document) == list(ANSWERS)


def test_initials_stand_for_a_name_that_was_introduced() -> None:
    questions = tuple(f"Funkblatt: {question}" for question in QUESTIONS)
    document = a_talk("Ilse Brandt leitet das Bad.", questions, tuple(f"I.B.: {answer}" for answer in ANSWERS))
    assert read(document).people[0][0] == "Ilse Brandt"


def test_two_may_answer() -> None:
    said = tuple(f"{who}: {answer}" for who, answer in zip(("Brandt", "Kolb", "Brandt", "Kolb"), ANSWERS, strict=True))
    document = a_talk("Ilse Brandt und Anna Kolb leiten das Bad.", QUESTIONS, said)
    found = read(document)
    assert [name for name, _ in found.people] == ["Ilse Brandt", "Anna Kolb"]
    assert [answer.who for answer in found.answers] == [0, 1, 0, 1]


def test_a_prompt_without_a_question_mark_is_no_answer() -> None:
    questions = ("Frau Brandt, wann wird das Bad fertig?", "Sie haben das Geld aber schon ausgegeben.", *QUESTIONS[2:])
    document = a_talk("Ilse Brandt leitet das Bad.", questions)
    assert answers_of(document) == list(ANSWERS)


def test_what_stands_behind_the_talk_is_no_answer() -> None:
    document = a_talk("Ilse Brandt im Gespräch.", QUESTIONS)
    longer = document_from_plain(document.text + "\nDas Interview führte Jan Dorn.", repair=False)
    assert answers_of(longer) == list(ANSWERS)


def test_without_a_name_nobody_answers() -> None:
    assert read_interview(a_talk("Das Bad wird umgebaut.", QUESTIONS), said=True) is None


def test_answers_are_direct_speech_of_the_one_who_is_asked_and_questions_nobodys() -> None:
    document = a_talk("Ein Gespräch mit der Bademeisterin Ilse Brandt.", QUESTIONS)
    found = analyze(document)
    assert found.genre is Genre.INTERVIEW
    person = next(source for source in found.sources if source.name.endswith("Ilse Brandt"))
    assert person.kind is SourceKind.PERSON
    said = [a for a in found.attributions if a.source == person.id]
    assert [a.content[0].of(document.text) for a in said] == list(ANSWERS)
    assert {a.form for a in said} == {ReportForm.DIRECT}
    assert len(found.attributions) == len(said)


def test_somebody_quoted_by_name_in_an_answer_keeps_the_word() -> None:
    answers = (ANSWERS[0], "Ich habe gefragt. Kämmerer Jan Dorn sagte, das Geld reiche bis zum Herbst.", *ANSWERS[2:])
    found = analyze(a_talk("Ein Gespräch mit der Bademeisterin Ilse Brandt.", QUESTIONS, answers))
    assert any(source.name == "Jan Dorn" for source in found.sources)


@pytest.mark.parametrize(
    "text",
    [
        "Was ist eine Wärmepumpe?\nSie holt Wärme aus der Luft.\nWas kostet sie?\nDer Preis liegt bei zwanzigtausend Euro.\n"
        "Wie lange hält sie?\nDie Hersteller nennen zwanzig Jahre.\nWer fördert sie?\nDer Bund gibt einen Zuschuss.",
        "Fazit: Ein gutes Gerät.\nPreis: 300 Euro.\nNote: Gut.\nGewicht: zwei Kilogramm.\nFarbe: blau.\nPreis: 20 Euro.",
        "09.15 Uhr: Der Pegel steigt.\n10.15 Uhr: Der Pegel fällt.\n11.15 Uhr: Der Pegel steigt.\n12.15 Uhr: Ruhe.",
    ],
    ids=["guide", "list of facts", "ticker"],
)
def test_what_only_looks_like_turns_is_no_interview(text: str) -> None:
    assert not is_interview(document_from_plain(text, repair=False, title="Alles Wichtige"))
