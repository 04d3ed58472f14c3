"""From a point or a source to the words, through the passages, and back."""

from __future__ import annotations

from reader.library import Library
from reader.model.query import ArticleQuery, View
from reader.tui.render.article import passages
from reader.tui.render.summary import spans_of
from reader.tui.screens.text import WhyScreen
from reader.tui.state import Pane
from tests.tui.driving import Reader, reading


def quoted(library: Library, *, points: bool = False) -> int:
    """A long article of the demo edition with several sources (and key points that have a passage)."""
    found = []
    for article_id in library.ids(ArticleQuery(view=View.ALL)):
        read = library.reading(article_id)
        if read.analysis is None or len(passages(read)) < 3:
            continue
        chosen = [n for n in range(len(read.analysis.key_points)) if spans_of(f"p{n}", read)]
        if chosen or not points:
            found.append((len(read.document.text), article_id))
    return max(found)[1]


def text_of(reader: Reader) -> str:
    read = reader.screen.article.reading
    assert read is not None
    return read.document.text


async def test_w_walks_through_the_attributions_in_the_order_of_the_text(library: Library) -> None:
    async with reading(library) as reader:
        await reader.go_to(quoted(library))
        read = reader.screen.article.reading
        assert read is not None
        order = passages(read)
        seen = []
        for _ in range(3):
            await reader.press("w")
            passage = reader.screen.state.passage
            assert passage is not None
            seen.append(passage.attribution)
        assert seen == list(order[:3])
        await reader.press("W")
        passage = reader.screen.state.passage
        assert passage is not None
        assert passage.attribution == order[1]


async def test_standing_in_a_passage_shows_its_source_and_marks_its_words(library: Library) -> None:
    async with reading(library) as reader:
        await reader.go_to(quoted(library))
        await reader.press("w")
        screen = reader.screen
        read, passage = screen.article.reading, screen.state.passage
        assert read is not None
        assert read.analysis is not None
        assert passage is not None
        assert passage.attribution is not None
        attribution = read.analysis.attributions[passage.attribution]
        source = read.analysis.source(attribution.source)
        subtitle = str(screen.article.border_subtitle)
        if source is not None:
            assert source.name[:8] in subtitle
            assert screen.summary.current == f"s{source.id}"
        assert set(screen.article.mark) == {*attribution.content, *attribution.cue, *attribution.speaker}


async def test_the_passage_is_in_view(library: Library) -> None:
    async with reading(library, size=(120, 18)) as reader:
        await reader.go_to(quoted(library))
        read = reader.screen.article.reading
        assert read is not None
        for _ in passages(read):
            await reader.press("w")
            article = reader.screen.article
            assert article.article is not None
            line = article.article.line_of(min(span.start for span in article.mark))
            await reader.until(lambda line=line, a=article: a.top <= line < a.top + a.page)  # type: ignore[misc]


async def test_after_the_last_passage_it_is_said(library: Library) -> None:
    async with reading(library) as reader:
        await reader.go_to(quoted(library))
        read = reader.screen.article.reading
        assert read is not None
        for _ in range(len(passages(read)) + 1):
            await reader.press("w")
        assert reader.screen.key_bar.message == "Das war die letzte Stelle."


async def test_escape_leaves_the_passage_before_it_leaves_the_article(library: Library) -> None:
    async with reading(library) as reader:
        await reader.go_to(quoted(library))
        await reader.press("enter", "w", "escape")
        assert (reader.screen.state.passage, reader.screen.state.pane) == (None, Pane.ARTICLE)
        assert reader.screen.article.mark == ()
        await reader.press("escape")
        assert reader.screen.state.pane is Pane.LIST


async def test_choosing_a_source_goes_to_its_words_and_h_brings_back(library: Library) -> None:
    async with reading(library, size=(120, 18)) as reader:
        await reader.go_to(quoted(library))
        screen = reader.screen
        await reader.press("tab", "G", "tab", "G")
        await reader.until(lambda: screen.article.at_end)
        before = screen.article.top
        source = next(target for target, _f, _l in screen.summary.summary.choices if target.startswith("s"))
        screen.summary.select(source)
        await reader.press("enter")
        read = screen.article.reading
        assert read is not None
        assert screen.article.mark == spans_of(source, read)[0]
        await reader.press("h")
        await reader.until(lambda: screen.article.top == before)
        assert screen.article.mark == ()
        assert screen.state.pane is Pane.SUMMARY


async def test_choosing_a_source_again_goes_to_its_next_passage(library: Library) -> None:
    async with reading(library) as reader:
        await reader.go_to(quoted(library))
        screen = reader.screen
        read = screen.article.reading
        assert read is not None
        choices = [target for target, _f, _l in screen.summary.summary.choices]
        source = max(choices, key=lambda target: len(spans_of(target, read)))
        found = spans_of(source, read)
        seen = []
        for _ in range(len(found) + 1):
            screen.choose(source)
            seen.append(screen.article.mark)
        assert seen == [*found, found[0]]


async def test_choosing_a_key_point_goes_to_its_sentence(library: Library) -> None:
    async with reading(library) as reader:
        await reader.go_to(quoted(library, points=True))
        screen = reader.screen
        read = screen.article.reading
        assert read is not None
        assert read.analysis is not None
        point = next(n for n in range(len(read.analysis.key_points)) if spans_of(f"p{n}", read))
        await reader.press("tab", "tab")
        screen.summary.select(f"p{point}")
        await reader.press("enter")
        assert screen.article.mark == spans_of(f"p{point}", read)[0]


async def test_in_the_drawer_a_choice_leads_into_the_article_and_escape_back(library: Library) -> None:
    async with reading(library, size=(80, 24)) as reader:
        await reader.go_to(quoted(library))
        screen = reader.screen
        await reader.press("b")
        assert screen.summary.display
        screen.summary.select(next(t for t, _f, _l in screen.summary.summary.choices if t.startswith("s")))
        await reader.press("enter")
        assert str(screen.state.pane) == "article"
        await reader.press("escape")
        assert str(screen.state.pane) == "summary"


async def test_a_click_on_a_statement_stands_on_it(library: Library) -> None:
    async with reading(library) as reader:
        await reader.go_to(quoted(library))
        screen = reader.screen
        number, column = next(
            (n, sum(len(p.text) for p in entry.pieces[:k]) + 1)
            for n, entry in enumerate(screen.article.lines)
            for k, piece in enumerate(entry.pieces)
            if piece.target.startswith("a") and len(piece.text) > 4
        )
        await reader.pilot.click("#article", offset=(column + 1, number - screen.article.top + 1))
        await reader.until(lambda: screen.state.passage is not None)


async def test_x_explains_the_rule(library: Library) -> None:
    async with reading(library) as reader:
        await reader.go_to(quoted(library))
        await reader.press("w", "x")
        await reader.until(lambda: isinstance(reader.app.screen, WhyScreen))
        screen = reader.app.screen
        assert isinstance(screen, WhyScreen)
        await reader.until(lambda: len(screen.lines.lines) > 4)
        text = " ".join(entry.text for entry in screen.lines.lines)
        assert "Quelle" in text
        assert "Regel" in text
        await reader.press("escape")
        await reader.until(lambda: reader.app.screen is reader.screen)


async def test_x_without_a_passage_says_what_to_do(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("x")
        assert reader.screen.key_bar.message == "Erst eine Stelle aufsuchen: w führt zur nächsten."


async def test_the_analysis_arrives_without_moving_the_text(library: Library) -> None:
    async with reading(library, size=(100, 16)) as reader:
        await reader.go_to(quoted(library))
        screen = reader.screen
        read = screen.article.reading
        assert read is not None
        screen.article.show(type(read)(read.article, read.document, None), highlights=True)
        screen.article.step(9)
        await reader.until(lambda: screen.article.top == 9)
        offset = screen.article.first_visible_offset()
        screen.article.show(read, highlights=True, keep=True)
        await reader.pilot.pause()
        page = screen.article.article
        assert page is not None
        assert page.line_of(offset) == screen.article.top


async def test_the_drawer_opens_on_the_source_of_the_passage(library: Library) -> None:
    async with reading(library, size=(80, 24)) as reader:
        await reader.until(lambda: reader.screen.article.reading is not None)
        await reader.press("enter", "w", "w", "b")
        summary = reader.screen.summary
        await reader.until(lambda: summary.display and summary.size.height > 0)
        target = summary.current
        _target, first, last = next(choice for choice in summary.summary.choices if choice[0] == target)
        await reader.until(lambda: summary.top <= first and last < summary.top + summary.page)
