"""Which sentences carry an article."""

from __future__ import annotations

import pytest

from reader.analysis.ranking import Ranking, Weights, chosen, cosine, unit

EVEN = Weights(central=1.0, lead=0.0, headline=0.0, share=0.0)


def test_unit_vectors_have_length_one_and_nothing_stays_nothing() -> None:
    assert cosine(unit({"a": 3.0, "b": 4.0}), unit({"a": 3.0, "b": 4.0})) == pytest.approx(1.0)
    assert unit({"a": 0.0}) == {}
    assert cosine({}, unit({"a": 1.0})) == 0.0


def test_what_many_sentences_name_is_central() -> None:
    sentences = [["bad", "umbau"], ["bad", "rat"], ["bad", "geld"], ["see", "fisch"]]
    ranking = Ranking(sentences, [])
    scores = [ranking.score(ranking.vector(words), n, EVEN) for n, words in enumerate(sentences)]
    assert min(scores) == scores[3]


def test_each_sign_counts() -> None:
    ranking = Ranking([["bad"], ["see"]], ["see"])
    early = Weights(central=0.0, lead=1.0, headline=0.0, share=0.0)
    named = Weights(central=0.0, lead=0.0, headline=1.0, share=1.0)
    assert ranking.score(ranking.vector(["bad"]), 0, early) > ranking.score(ranking.vector(["bad"]), 5, early)
    assert ranking.score(ranking.vector(["see"]), 0, named) > ranking.score(ranking.vector(["bad"]), 0, named)


def test_the_same_thing_is_not_chosen_twice() -> None:
    bad, rat = unit({"bad": 1.0}), unit({"rat": 1.0})
    assert chosen([bad, bad, rat], [0.9, 0.8, 0.1], 3, likeness=0.5, limit=0.5) == [0, 2]


def test_the_likeness_to_what_is_chosen_costs() -> None:
    bad, like, other = unit({"bad": 1.0}), unit({"bad": 1.0, "rat": 2.0}), unit({"geld": 1.0})
    assert chosen([bad, like, other], [0.9, 0.5, 0.45], 2, likeness=1.0, limit=0.9) == [0, 2]


def test_a_second_one_of_a_kind_counts_less() -> None:
    vectors = [unit({word: 1.0}) for word in ("bad", "rat", "geld")]
    kinds = ["figure", "figure", None]
    order = chosen(vectors, [0.9, 0.5, 0.4], 3, likeness=0.0, limit=0.5, kinds=kinds, again=0.6)
    assert order == [0, 2, 1]
    assert chosen(vectors, [0.9, 0.5, 0.4], 3, likeness=0.0, limit=0.5) == [0, 1, 2]


def test_what_three_sentences_name_is_a_topic() -> None:
    assert Ranking([["bad", "rat"], ["bad"]], ["bad"]).topics == {"bad"}


def test_empty_vectors_are_never_chosen_and_equals_keep_their_order() -> None:
    one, two = unit({"a": 1.0}), unit({"b": 1.0})
    assert chosen([{}, one, two], [1.0, 0.5, 0.5], 3, likeness=0.5, limit=0.5) == [1, 2]
