"""The Markdown export, read back by a CommonMark and a YAML parser."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from reader import __version__
from reader.export.markdown import escape, yaml_string
from reader.library.exports import Format, render
from tests.builders import NOON, a_reading

HOSTILE = st.text(st.sampled_from("#*_`[]()<>!|~-=+.:&\\\"'1 \n\tä„“$^@{}x"), max_size=60)
FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


def parsed(markdown: str) -> list[Token]:
    """The block tokens behind the front matter."""
    return MarkdownIt("commonmark").enable("table").parse(FRONT.sub("", markdown, count=1))


def headings(markdown: str) -> list[tuple[str, str]]:
    tokens = parsed(markdown)
    return [
        (token.tag, "".join(child.content for child in tokens[i + 1].children or []))
        for i, token in enumerate(tokens)
        if token.type == "heading_open"
    ]


def front(markdown: str) -> dict[str, object]:
    match = FRONT.match(markdown)
    assert match is not None
    found = yaml.safe_load(match[1])
    assert isinstance(found, dict)
    return found


def test_the_front_matter_names_the_article() -> None:
    matter = front(render(a_reading(), Format.MARKDOWN))
    assert matter == {
        "title": "Bad in Beispielheim wird umgebaut",
        "outlet": "Funkblatt",
        "authors": ["Ilse Brandt"],
        "published": NOON.isoformat(),
        "fetched": NOON.isoformat(),
        "url": "https://funkblatt.example/bad",
        "lesart": __version__,
    }


def test_an_attributed_statement_carries_a_footnote_with_its_source() -> None:
    text = render(a_reading(), Format.MARKDOWN)
    assert re.search(r"Der Umbau beginnt im April, teilte die Stadt mit\.\[\^1\]", text)
    assert re.search(r"^\[\^1\]: (?:Die )?Stadt \(Institution\), indirekte Rede – „teilte … mit“$", text, re.MULTILINE)
    assert "## Wer sagt das?" in text


def test_blocks_keep_their_kind() -> None:
    html = (
        "<p>Vorspann.</p><h2>Zwischen</h2><ul><li>eins</li><li>zwei</li></ul><blockquote>Zitat</blockquote>"
        "<table><tr><td>a|b</td><td>c</td></tr><tr><td>1</td><td>2</td></tr></table>"
        "<p>Mit <a href='https://a.example/x(1)'>Verweis</a> darin.</p>"
    )
    tokens = parsed(render(a_reading(html), Format.MARKDOWN))
    kinds = [token.type for token in tokens]
    assert kinds.count("bullet_list_open") >= 1
    assert kinds.count("blockquote_open") == 1
    assert kinds.count("table_open") == 1
    links = [c for token in tokens for c in token.children or [] if c.type == "link_open"]
    assert "https://a.example/x%281%29" in [link.attrs["href"] for link in links]


def test_preformatted_text_cannot_leave_its_fence() -> None:
    reading = a_reading("<ul><li>eins</li></ul><pre># Fremd\n```\n[x](javascript:1)</pre><p>Ende.</p>")
    tokens = parsed(render(reading, Format.MARKDOWN))
    fence = next(token for token in tokens if token.type == "fence")
    assert fence.content == "# Fremd\n```\n[x](javascript:1)\n"


def test_editorial_points_are_called_the_editors_own() -> None:
    html = "<h3>Das Wichtigste in Kürze</h3><ul><li>Bad wird umgebaut</li><li>Start im April</li></ul><p>Text dazu, teilte die Stadt mit.</p>"
    text = render(a_reading(html), Format.MARKDOWN)
    assert "## Das Wichtigste (Redaktion)\n\n- Bad wird umgebaut" in text


@given(HOSTILE)
def test_escaped_text_is_shown_letter_for_letter(text: str) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(escape(text))
    words = " ".join(text.split())
    if not words:
        assert tokens == []
        return
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert "".join(child.content for child in tokens[1].children or []) == words


BLOCKS = st.lists(st.tuples(st.sampled_from(["p", "pre", "li", "blockquote", "td", "figcaption"]), HOSTILE), max_size=5)


@given(HOSTILE, BLOCKS)
def test_headings_are_only_ours(title: str, blocks: list[tuple[str, str]]) -> None:
    from html import escape as html_escape

    wrapped = {"li": "<ul><li>{}</li></ul>", "td": "<table><tr><td>{}</td></tr></table>"}
    html = "".join(wrapped.get(tag, f"<{tag}>{{}}</{tag}>").format(html_escape(text)) for tag, text in blocks)
    reading = a_reading(html + "<p>Letzter Absatz.</p>", title=title)
    found = headings(render(reading, Format.MARKDOWN))
    assert found[0][0] == "h1"
    assert {tag for tag, _ in found[1:]} <= {"h2"}
    assert {words for _, words in found[1:]} <= {"Artikel", "Wer sagt das?", "Das Wichtigste (aus dem Text)"}


@given(st.text(max_size=120), st.lists(st.text(max_size=30), max_size=3))
def test_the_front_matter_round_trips_through_yaml(title: str, names: list[str]) -> None:
    def survives(text: str) -> str:
        return text.encode("utf-8", "replace").decode("utf-8").replace("\ufeff", "")

    matter = front(render(a_reading(title=title, authors=tuple(names), outlet=title), Format.MARKDOWN))
    assert matter["title"] == survives(title)
    assert matter["authors"] == [survives(name) for name in names]


@given(st.text())
def test_a_yaml_scalar_is_one_line(text: str) -> None:
    scalar = yaml_string(text)
    assert "\n" not in scalar
    assert isinstance(yaml.safe_load(scalar), str)


def test_a_missing_date_is_null() -> None:
    assert front(render(a_reading(published=None, address=""), Format.MARKDOWN))["published"] is None


def test_times_keep_their_zone() -> None:
    moment = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    assert front(render(a_reading(published=moment), Format.MARKDOWN))["published"] == "2026-01-02T03:04:00+00:00"
