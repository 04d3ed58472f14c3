"""Pages of our own making: an article of five paragraphs, and what a test puts around and into it."""

from __future__ import annotations

from reader.model.article import BlockKind, Document

PARAGRAPHS = (
    "Der Stadtrat von Beispielstadt hat am Dienstagabend den Umbau des alten Freibads beschlossen. Dafür stimmten 31 von "
    "45 Mitgliedern, wie die Verwaltung nach der Sitzung mitteilte.",
    "Die Arbeiten sollen im April beginnen und zwei Jahre dauern. Nach Angaben der Bauleiterin Ilse Brandt wird zuerst das "
    "große Becken erneuert, danach folgen die Umkleiden und der Eingang.",
    "Die Kosten liegen bei zwölf Millionen Euro, ein Drittel davon übernimmt das Land. Kämmerer Jost Ohlsen warnte, die "
    "Preise für Beton und Stahl seien zuletzt kaum vorherzusagen gewesen.",
    "Kritik kam von einer Bürgerinitiative, die einen Neubau am Stadtrand gefordert hatte. Deren Sprecher Ute Meinel sagte, "
    "der Rat habe die Gutachten zum Untergrund nicht ernst genommen.",
    "Der Eintritt soll trotz der höheren Ausgaben stabil bleiben. Im Sommer will die Stadt einen Wettbewerb ausschreiben, "
    "der über die Gestaltung der Liegewiesen entscheidet.",
)
TITLE = "Beispielstadt baut das Freibad um"


def a_page(*, head: str = "", before: str = "", inside: str = "", after: str = "", body: str = "") -> bytes:
    """A whole page; ``inside`` stands between the second and the third paragraph, ``body`` in place of all paragraphs."""
    paragraphs = [f"<p>{text}</p>" for text in PARAGRAPHS]
    text = body or "".join((*paragraphs[:2], inside, *paragraphs[2:]))
    return (
        f'<!DOCTYPE html><html lang="de"><head><title>{TITLE} | Funkblatt</title>{head}</head><body>'
        '<nav><ul><li><a href="/">Start</a></li><li><a href="/lokales">Lokales</a></li></ul></nav>'
        f'<main><article><h1>{TITLE}</h1>{before}<div class="article-body">{text}</div>{after}</article></main>'
        "<footer><p>Impressum, Datenschutz und alle Rechte beim Funkblatt in Beispielstadt.</p></footer></body></html>"
    ).encode()


def blocks(document: Document) -> list[tuple[str, str]]:
    """Kind and text of every block."""
    return [(block.kind.value, block.span.of(document.text)) for block in document.blocks]


def of_kind(document: Document, *kinds: BlockKind) -> list[str]:
    """The texts of the blocks of some kinds."""
    return [block.span.of(document.text) for block in document.of_kind(*kinds)]
