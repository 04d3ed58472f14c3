from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.model.span import Span
from reader.tui.render.line import Line, Piece, cells, cut, cut_pieces, flow, marked, measure, spread, wrap

_TEXT = st.text(alphabet="abcdefghi äöüßÄ-/–„“\u00a0漢字★", max_size=200)


def test_breaks_fall_on_white_space() -> None:
    assert wrap("Die Brücke bleibt gesperrt", 12) == ["Die Brücke", "bleibt", "gesperrt"]


def test_a_compound_breaks_after_its_hyphen() -> None:
    assert wrap("das Außenminister-Treffen", 18) == ["das Außenminister-", "Treffen"]


def test_a_range_of_figures_does_not_break() -> None:
    assert wrap("Seite 10-12", 9) == ["Seite", "10-12"]


def test_a_no_break_space_does_not_break() -> None:
    assert wrap("ab ▣\u00a0dpa", 6) == ["ab", "▣\u00a0dpa"]


def test_a_word_longer_than_a_line_is_chopped() -> None:
    assert wrap("Donaudampfschiff", 6) == ["Donaud", "ampfsc", "hiff"]


def test_pieces_without_space_between_them_stay_together() -> None:
    lines = flow([Piece("Das sagt "), Piece("dpa", "speaker"), Piece(".")], 12)
    assert [entry.text for entry in lines] == ["Das sagt", "dpa."]


def test_lines_know_where_their_words_stand() -> None:
    lines = flow([Piece("eins zwei drei", "text", "", 100)], 9)
    assert [(entry.start, entry.end) for entry in lines] == [(100, 109), (110, 114)]


@given(text=_TEXT, width=st.integers(2, 40))
def test_no_line_is_wider_than_asked(text: str, width: int) -> None:
    assert all(cells(entry) <= width for entry in wrap(text, width))


@given(text=_TEXT, width=st.integers(2, 40))
def test_nothing_but_white_space_is_lost(text: str, width: int) -> None:
    kept = "".join(wrap(text, width))
    assert kept.replace(" ", "") == "".join(text.split(" "))


@given(text=_TEXT, width=st.integers(2, 40))
def test_offsets_point_at_the_words_that_are_shown(text: str, width: int) -> None:
    for entry in flow([Piece(text, "r", "", 0)], width):
        for piece in entry.pieces:
            assert text[piece.start : piece.start + len(piece.text)] == piece.text


@given(text=_TEXT, width=st.integers(0, 40))
def test_cutting_never_exceeds_the_width(text: str, width: int) -> None:
    assert cells(cut(text, width)) <= width
    assert measure(cut_pieces([Piece(text[:7]), Piece(text[7:])], width)) <= width


def test_cutting_says_that_something_is_missing() -> None:
    assert cut("Bundestag vertagt", 10) == "Bundestag…"


def test_cut_pieces_says_that_later_pieces_are_missing() -> None:
    assert Line(cut_pieces([Piece("Bundestag"), Piece(" vertagt")], 9)).text == "Bundesta…"


def test_spreading_cuts_the_left_side_for_the_right_one() -> None:
    assert spread([Piece("Hörfunk Nachrichten")], [Piece("12")], 12).text == "Hörfunk…  12"


def test_a_mark_covers_exactly_its_span() -> None:
    entry = flow([Piece("eins zwei drei", "text", "", 0)], 40)[0]
    found = marked(entry, [Span(5, 9)], "passage")
    assert [(p.text, p.role) for p in found.pieces] == [("eins ", "text"), ("zwei", "text passage"), (" drei", "text")]


def test_a_click_finds_its_target() -> None:
    entry = Line((Piece("漢字", "", "a"), Piece("xy", "", "b")))
    assert [entry.target_at(column) for column in range(5)] == ["a", "a", "a", "a", "b"]
