from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.model.analysis import Analysis, Attribution, Completeness, Genre, ReportForm, Source, SourceKind
from reader.model.article import BlockKind
from reader.tui.render.balance import Balance, source_balance
from tests.tui.builders import BRIDGE, a_document, bridge_analysis, span_of


def test_every_character_of_the_running_text_counts_once() -> None:
    running = sum(
        len(b.span)
        for b in BRIDGE.blocks
        if b.kind not in (BlockKind.SUMMARY, BlockKind.HEADING, BlockKind.CREDIT, BlockKind.TABLE)
    )
    assert source_balance(BRIDGE, bridge_analysis()).total == running


def test_statements_count_for_the_kind_of_their_source() -> None:
    named, institutional, anonymous, hearsay, _own = source_balance(BRIDGE, bridge_analysis()).characters
    assert named == len("Die Pfeiler sind nicht mehr sicher") + len("Sie rechne mit einer Sperrung bis Juli")
    assert institutional == len("Die Hafenbrücke bleibt bis zum Sommer gesperrt") + len("sind zwei Lager gerissen")
    assert anonymous == len("Der Umbau müsse acht Millionen Euro kosten")
    assert hearsay == len("ein Schiff gegen den Pfeiler gestoßen sein")


def test_the_inner_statement_decides() -> None:
    document = a_document((BlockKind.PARAGRAPH, "Laut Zeitung sagte Meier, es regne."))
    text = document.text
    analysis = Analysis(
        digest=b"",
        version=1,
        completeness=Completeness.FULL,
        genre=Genre.NEWS,
        sources=(
            Source(id=1, name="Zeitung", kind=SourceKind.OUTLET),
            Source(id=2, name="Meier", kind=SourceKind.PERSON),
        ),
        attributions=(
            Attribution(content=(span_of(text, "es regne"),), source=2, form=ReportForm.INDIRECT),
            Attribution(content=(span_of(text, "sagte Meier, es regne"),), source=1, form=ReportForm.INDIRECT),
        ),
    )
    assert source_balance(document, analysis).characters[0] == len("es regne")


@given(st.tuples(*[st.integers(0, 5000)] * 5), st.integers(1, 200))
def test_shares_add_up(characters: tuple[int, int, int, int, int], whole: int) -> None:
    shares = Balance(characters).shares(whole)
    assert sum(shares) == (whole if sum(characters) else 0)
    assert all(share >= 0 for share in shares)
