"""Texts that argue or advise, told from reports by how their sentences go."""

from __future__ import annotations

from reader.analysis.argued import is_argued

REPORT = ["Die Stadt baut das Bad um.", "Der Rat hat am Montag zugestimmt.", "Der Umbau kostet 9 Millionen Euro."] * 4
ESSAY = ["Wir alle lieben das Bad.", "Doch warum nur?", "Das Wasser ist tief.", "Aber man muss es wollen."] * 3


def test_turns_questions_and_first_persons_argue() -> None:
    assert is_argued(ESSAY, 0)
    assert not is_argued(REPORT, 0)


def test_who_quotes_and_counts_reports() -> None:
    assert not is_argued(ESSAY, 4)
    assert not is_argued([*ESSAY, "Es waren 9.", "Es waren 7.", "Es waren 5."], 0)


def test_what_is_quoted_is_nobodys_turn() -> None:
    quoted = [f"„{sentence}“, sagte sie." for sentence in ESSAY]
    assert not is_argued(quoted, 0)


def test_a_short_text_says_too_little_about_itself() -> None:
    assert not is_argued(ESSAY[:4], 0)
