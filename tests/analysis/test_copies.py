"""Texts that are the same but for a few words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.analysis.copies import SHORTEST, VALUES, Copies, alike, resemblance, sketch

TEXT = (
    "Der Stadtrat von Hohenwied hat die Entscheidung über die Brücke ein weiteres Mal vertagt. Für Lastwagen bleibt die "
    "Überfahrt bis auf Weiteres gesperrt. Anlass sind Zweifel an einem Gutachten zur Statik des Bauwerks aus dem Jahr 1911. "
    "Die Stadt hat bereits eine zweite Prüfung in Auftrag gegeben, das Ergebnis liegt voraussichtlich im Herbst vor."
)
OTHER = (
    "Das Filmfest von Marental muss sich nach 38 Jahren ein neues Haus suchen. Die Betreiber des Kinos haben den Vertrag "
    "gekündigt, der Saal soll zu einer Kletterhalle werden. Die Leiterin des Festivals hofft auf rasche Hilfe der Stadt."
)


def test_a_text_is_a_copy_of_itself_whatever_its_case_and_punctuation() -> None:
    assert resemblance(sketch(TEXT), sketch(TEXT.upper().replace(",", " –"))) == 1.0


def test_a_new_first_sentence_leaves_a_copy_a_copy() -> None:
    assert alike(sketch("In Hohenwied geht nichts voran. " + TEXT), sketch(TEXT))


def test_another_text_is_none() -> None:
    assert resemblance(sketch(TEXT), sketch(OTHER)) == 0.0


def test_a_quoted_paragraph_is_none() -> None:
    assert not alike(sketch(OTHER + " " + OTHER.replace("Marental", "Osterfelde") + " " + TEXT[:150]), sketch(TEXT))


def test_a_short_text_is_nobody_s_copy() -> None:
    short = " ".join(TEXT.split()[: SHORTEST - 1])
    assert not sketch(short)
    assert not alike(sketch(short), sketch(short))


def test_copies_are_found_and_forgotten() -> None:
    known = Copies()
    known.add(1, sketch(OTHER))
    known.add(2, sketch(TEXT))
    known.add(3, sketch("Nachtrag. " + TEXT))
    assert known.find(sketch(TEXT)) == [2, 3]
    known.forget(2)
    known.forget(2)
    assert known.find(sketch(TEXT)) == [3]
    assert known.find(sketch("")) == []


def test_of_a_text_that_is_repeated_without_end_the_first_are_found() -> None:
    known, values = Copies(), sketch(TEXT)
    for number in range(1000):
        known.add(number, values)
    assert known.find(values)[0] == 0
    assert len(known.find(values)) < 100
    for number in range(1000):
        known.forget(number)
    known.add(1000, values)
    assert known.find(values) == [1000]
    assert len(known) == 1


def test_a_text_that_has_changed_is_found_by_its_new_words_alone() -> None:
    known = Copies()
    known.add(1, sketch(TEXT))
    known.add(1, sketch(OTHER))
    assert known.find(sketch(TEXT)) == []
    assert known.find(sketch(OTHER)) == [1]


NUMBERED = st.lists(st.integers(0, 400), min_size=SHORTEST, max_size=160)


@given(NUMBERED, NUMBERED)
def test_the_sketch_estimates_the_resemblance(one: list[int], other: list[int]) -> None:
    def shingles(numbers: list[int]) -> set[tuple[int, ...]]:
        return {tuple(numbers[n : n + 5]) for n in range(len(numbers) - 4)}

    mine, theirs = shingles(one), shingles(other + one[: len(one) // 2])
    true = len(mine & theirs) / len(mine | theirs)
    values = [sketch(" ".join(map(str, numbers))) for numbers in (one, other + one[: len(one) // 2])]
    assert all(len(value) <= VALUES for value in values)
    assert abs(resemblance(*values) - true) < 0.25
    assert resemblance(*values) == resemblance(*reversed(values))
