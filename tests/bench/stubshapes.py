"""Stubs and whole texts of our own making, in the shapes that publishers' pages and feeds have.

The articles are those of the demo edition. ``tuned`` shapes were there while the rules were written; ``fresh`` ones were
measured first and looked at afterwards, so that their first figure says how the rules fare with what they never saw.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product

from reader.demo import editions
from reader.feeds.fulltext import article_from_page
from reader.feeds.model import ParsedEntry, ParsedFeed
from reader.feeds.parse import parse
from reader.library.entries import document_of
from reader.model.article import Document

_TAGS = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Shape:
    """A document and whether it is a stub: a part of an article, or none at all."""

    name: str
    document: Document
    is_stub: bool
    fresh: bool = False


def articles() -> list[tuple[str, list[str]]]:
    """Title and paragraphs of the demo edition's whole articles."""
    found = []
    for edition in editions(datetime(2026, 1, 1, tzinfo=UTC)):
        for entry in parse(edition.data).entries:
            parts = re.findall(r"<p>(.*?)</p>", entry.html, re.DOTALL)
            paragraphs = [" ".join(_TAGS.sub("", part).split()) for part in parts]
            if sum(len(p.split()) for p in paragraphs) >= 120 and len(paragraphs) >= 3 and "++" not in entry.title:
                found.append((entry.title, paragraphs))
    return found


def an_entry(title: str, html: str, *, categories: tuple[str, ...] = ()) -> Document:
    """An entry of a feed as the library makes a document of it."""
    entry = ParsedEntry(guid="1", address="https://funkblatt.example/1", title=title, html=html, categories=categories)
    return document_of(entry, ParsedFeed(title="Funkblatt", site="https://funkblatt.example/", entries=(entry,)))


def a_page(
    title: str, body: str, *, head: str = "", around: str = "<main><article><h1>{title}</h1>{body}</article></main>"
) -> Document:
    """A whole page; ``around`` is its body."""
    inside = around.format(title=title, body=body)
    source = f"<!doctype html><html lang=de><head><meta charset=utf-8><title>{title} | Funkblatt</title>{head}</head>"
    menu = "<nav><a href=/politik>Politik</a> <a href=/sport>Sport</a></nav>"
    foot = "<footer><a href=/impressum>Impressum</a> <a href=/datenschutz>Datenschutz</a></footer>"
    return article_from_page(f"{source}<body><header>{menu}</header>{inside}{foot}</body></html>")


def _paragraphs(parts: list[str]) -> str:
    return "".join(f"<p>{part}</p>" for part in parts)


def _words(paragraphs: list[str], number: int) -> str:
    return " ".join(" ".join(paragraphs).split()[:number])


def _sentences(paragraphs: list[str], number: int) -> str:
    return " ".join(re.split(r"(?<=[a-zäöüß]{3}[.!?]) (?=[A-ZÄÖÜ„])", " ".join(paragraphs))[:number])


# --- teasers of feeds ------------------------------------------------------------------------------------------------

_MARKS = (
    "(Weiter lesen)", "[mehr]", "[mehr …]", "Mehr …", "(mehr)", "Weiterlesen", "weiterlesen →", "Weiterlesen ...", "» weiterlesen",
    "<a href='https://funkblatt.example/1'>Weiterlesen</a>", "<a href='https://funkblatt.example/1'>mehr</a>",
    "[…]", "[...]", "[&#8230;]", "(…)", "…", "...", "&hellip;", "… [+2413 chars]",
    "Der Beitrag {title} erschien zuerst auf Funkblatt.", "The post {title} appeared first on Funkblatt.",
    "Zum Artikel", "Den ganzen Artikel lesen", "Lesen Sie mehr auf funkblatt.example",
)  # fmt: skip
_FRESH_MARKS = (
    "[weiter]", "Jetzt lesen", "Hier weiterlesen", "Mehr lesen »", "Mehr dazu hier", "[Weiterlesen]", "→ Weiterlesen", "Weiterlesen ›",
    "… weiterlesen", "[zum Artikel]", "(zum Beitrag)", "Zum vollständigen Beitrag", "Mehr Informationen", "Mehr zum Thema auf funkblatt.example",
    "Lies weiter", "Weiter zum Artikel", "Read more…", "Continue reading →", "... mehr", "Details", "Artikel lesen",
    "<a href='https://funkblatt.example/1'>Bad wird umgebaut weiterlesen</a>",
)  # fmt: skip


def _teasers() -> Iterator[Shape]:
    for number, (title, paragraphs) in enumerate(articles()):
        for sentences in (1, 2, 3):
            yield Shape(f"teaser of {sentences}", an_entry(title, _sentences(paragraphs, sentences)), True)
        for words in (20, 35, 90, 130):
            yield Shape(f"cut at {words} …", an_entry(title, _words(paragraphs, words) + " …"), True)
        yield Shape("cut at 70, no mark", an_entry(title, _words(paragraphs, 70)), True)
        yield Shape("cut at 120, no mark", an_entry(title, _words(paragraphs, 120)), True, fresh=True)
        yield Shape(
            "two paragraphs cut",
            an_entry(title, _paragraphs([paragraphs[0], _words(paragraphs[1:], 40) + "..."])),
            True,
            fresh=True,
        )
        for marks, fresh in ((_MARKS, False), (_FRESH_MARKS, True)):
            mark = marks[number % len(marks)].format(title=title)
            for begin, place in product((_sentences(paragraphs, 2), _paragraphs(paragraphs[:2])), (" ", "<p>")):
                yield Shape(f"mark {mark}", an_entry(title, f"{begin}{place}{mark}"), True, fresh)
        yield Shape(
            "picture and caption alone",
            an_entry(
                title, "<img src=a.jpg alt='Ein Bild'><figcaption>Blick auf den Ort. Foto: Ilse Brandt</figcaption>"
            ),
            True,
        )
        yield Shape("title again", an_entry(title, f"<p>{title}</p>"), True)
        yield Shape("nothing", an_entry(title, ""), True)
        yield Shape("a pixel", an_entry(title, "<img src=https://zaehler.example/p.gif width=1 height=1>"), True)
        yield Shape(
            "comments link", an_entry(title, "<a href='https://funkblatt.example/1#c'>Comments</a>"), True, fresh=True
        )
        yield Shape(
            "a question at the end",
            an_entry(title, _sentences(paragraphs, 3) + " Doch was heißt das für die Menschen vor Ort?"),
            True,
            fresh=True,
        )


# --- consent walls ---------------------------------------------------------------------------------------------------

_CONSENT = (
    "<h2>Ihre Zustimmung, bitte</h2><p>Wir und unsere 214 Partner speichern und verarbeiten Informationen auf Ihrem Gerät, etwa Cookies.</p><p>Sie können Ihre Einwilligung jederzeit widerrufen.</p><button>Alle akzeptieren</button>",
    "<h1>Willkommen beim Funkblatt</h1><p>Weiter mit Werbung: Lesen Sie uns wie gewohnt mit Werbung und Cookies. Ihre Zustimmung ist jederzeit widerrufbar.</p><p>Oder werbefrei lesen im Pur-Abo für 3,99 Euro im Monat.</p>",
    "<p>Um diese Seite zu nutzen, brauchen wir Ihre Einwilligung in personalisierte Werbung. Mit Klick auf „Akzeptieren“ stimmen Sie zu.</p><p>Einstellungen verwalten | Datenschutz-Einstellungen</p>",
    "<h1>Privacy Center</h1><p>Mit unseren Partnern verarbeiten wir personenbezogene Daten für personalisierte Anzeigen und Inhalte. Zustimmen und weiter. Privatsphäre-Einstellungen.</p>",
)  # fmt: skip
_FRESH_CONSENT = (
    "<h1>Mit Werbung weiterlesen</h1><p>Besuchen Sie das Funkblatt wie gewohnt mit Werbung und Tracking. Details zum Werbe- und Analyse-Tracking finden Sie in der Datenschutzerklärung.</p><p>Nutzen Sie das Funkblatt ganz ohne Werbung, Werbetracking und Cookies für 2,50 Euro pro Woche.</p>",
    "<p>Diese Website nutzt Cookies und ähnliche Techniken, um Inhalte auszuspielen und Reichweiten zu messen.</p><p>Notwendige Cookies · Statistik · Marketing</p><p>Auswahl speichern</p><p>Alle annehmen</p>",
    "<h1>Datenschutz ist uns wichtig</h1><p>Zwecke: Speichern von oder Zugriff auf Informationen auf einem Endgerät; Anzeigenmessung; Zielgruppenforschung.</p><p>Ablehnen. Zustimmen. Anbieterliste ansehen.</p>",
    "<h1>Bevor es weitergeht</h1><p>Wir möchten mit Ihrer Erlaubnis Daten erheben, um unser Angebot zu finanzieren. Einverstanden? Sie können das später in den Cookie-Einstellungen ändern oder ein Abo ohne Tracking abschließen.</p>",
)  # fmt: skip
_WALLS = (
    "<h1>Bitte JavaScript aktivieren</h1><p>Diese Seite benötigt JavaScript, um zu funktionieren.</p>",
    "<h1>Adblocker erkannt</h1><p>Bitte deaktivieren Sie Ihren Adblocker, um weiterzulesen.</p>",
    "<h1>Seite nicht gefunden</h1><p>Die gewünschte Seite existiert nicht oder nicht mehr. Zurück zur Startseite.</p>",
    "<h1>403 Forbidden</h1><p>Zugriff verweigert.</p>",
)
_FRESH_WALLS = (
    "<h1>Einen Moment bitte …</h1><p>Wir prüfen, ob Sie ein Mensch sind. Bitte lösen Sie das Captcha.</p>",
    "<h1>Just a moment...</h1><p>Checking your browser before accessing funkblatt.example.</p>",
    "<h1>Fehler 404</h1><p>Leider konnten wir den Artikel nicht finden. Vielleicht hilft die Suche weiter.</p>",
    "<h1>Access Denied</h1><p>You don't have permission to access this page on this server.</p>",
    "<h1>Willkommen im Gäste-WLAN</h1><p>Bitte akzeptieren Sie die Nutzungsbedingungen, um ins Internet zu gelangen. Zimmernummer und Nachname eingeben.</p>",
)
_AROUND = (
    "<main><article>{body}</article></main>",
    "<div class='cmp-layer' role='dialog'>{body}</div>",
    "<div id=root><div><div>{body}</div></div></div>",
    "<table><tr><td>{body}</td></tr></table>",
)


def _consent() -> Iterator[Shape]:
    for bodies, fresh in ((_CONSENT, False), (_FRESH_CONSENT, True), (_WALLS, False), (_FRESH_WALLS, True)):
        for body, around in product(bodies, _AROUND):
            yield Shape("wall " + _TAGS.sub(" ", body)[:40], a_page("Funkblatt", body, around=around), True, fresh)
        for body in bodies:
            yield Shape("wall entry", an_entry("Bad wird umgebaut", body), True, fresh)


# --- paywalls --------------------------------------------------------------------------------------------------------

_PAYWALLS = (
    "<h3>Jetzt mit Funkblatt Plus weiterlesen</h3><p>Sie haben bereits ein Abo? Hier anmelden.</p>",
    "<p>Dieser Artikel ist exklusiv für Abonnenten.</p><p>Monatlich kündbar. Nur 9,99 Euro im Monat.</p>",
    "<div class=paywall><p>Weiterlesen mit dem Digital-Abo</p><ul><li>Alle Artikel frei</li><li>Monatlich kündbar</li></ul></div>",
    "<p>Zum Weiterlesen bitte anmelden oder registrieren.</p>",
    "<p>Lesen Sie diesen Artikel mit Funkblatt+</p><p>Jetzt testen</p><p>Schon registriert? Einloggen</p>",
)
_FRESH_PAYWALLS = (
    "<p>Sie möchten weiterlesen?</p><p>Wählen Sie Ihr Angebot:</p><p>4 Wochen für 1 Euro, danach 12,90 Euro alle 4 Wochen.</p>",
    "<div><p>Das ist ein Plus-Text.</p><p>Probeabo starten</p></div>",
    "<p>Ab hier geht es nur mit Abo weiter.</p>",
    "<section><h4>Unabhängiger Journalismus kostet Geld</h4><p>Schließen Sie ein Abonnement ab und lesen Sie alle Texte.</p><p>Angebote ansehen</p><p>Anmelden</p></section>",
    "<p>Premium-Inhalt. Bitte melden Sie sich an, um den vollständigen Text zu sehen.</p>",
    "<p>Mehr lesen? Kostenlos registrieren und drei Artikel im Monat gratis lesen.</p>",
    "<p>Du willst weiterlesen? Werde Mitglied und unterstütze uns.</p><p>Bereits Mitglied? Log dich ein.</p>",
)  # fmt: skip
_LOCKED = (
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"%s","isAccessibleForFree":false}</script>',
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"%s","isAccessibleForFree":"False"}</script>',
    '<meta property="article:content_tier" content="locked">',
)
_FRESH_LOCKED = (
    '<script type="application/ld+json">{"@graph":[{"@type":["NewsArticle"],"headline":"%s","isAccessibleForFree":"http://schema.org/False"}]}</script>',
    '<script type="application/ld+json">{"@type":"WebPage","isAccessibleForFree":false,"hasPart":{"@type":"WebPageElement","isAccessibleForFree":false,"cssSelector":".paywall"}}</script>',
    '<meta name="cXenseParse:paywall" content="true">',
)  # fmt: skip


def _paywalls() -> Iterator[Shape]:
    for number, (title, paragraphs) in enumerate(articles()):
        begin = _paragraphs(paragraphs[: 1 + number % 2])
        half = f"<p>{_words(paragraphs, 60 + 15 * (number % 4))}</p>"
        for walls, fresh in ((_PAYWALLS, False), (_FRESH_PAYWALLS, True)):
            wall = walls[number % len(walls)]
            yield Shape("paywall " + _TAGS.sub(" ", wall)[:30], a_page(title, begin + wall), True, fresh)
            yield Shape("paywall, cut " + _TAGS.sub(" ", wall)[:30], a_page(title, half + wall), True, fresh)
        for heads, fresh in ((_LOCKED, False), (_FRESH_LOCKED, True)):
            head = heads[number % len(heads)].replace("%s", title.replace('"', ""))
            yield Shape(
                "locked " + head[:40], a_page(title, f"<p>{_sentences(paragraphs, 2)}</p>", head=head), True, fresh
            )
            yield Shape("locked, cut " + head[:40], a_page(title, half, head=head), True, fresh)
        yield Shape(
            "class paywall",
            a_page(title, f"<p>{_sentences(paragraphs, 3)}</p><div class='article__paywall'><h3>Angebot</h3></div>"),
            True,
            fresh=True,
        )


# --- films, sounds, tickers ------------------------------------------------------------------------------------------


def _media() -> Iterator[Shape]:
    for title, paragraphs in articles()[:12]:
        line = _sentences(paragraphs, 1)
        yield Shape("video title", an_entry(f"Video: {title}", line), True)
        yield Shape("video label", an_entry(title, line, categories=("Video",)), True)
        yield Shape("podcast title", an_entry(f"Podcast: {title}", line + " Jetzt hören."), True)
        yield Shape(
            "video page",
            a_page(
                title, f"<video src=a.mp4></video><p>{line}</p>", head='<meta property="og:type" content="video.other">'
            ),
            True,
            fresh=True,
        )
        yield Shape(
            "podcast page",
            a_page(
                title,
                f"<audio src=a.mp3></audio><p>{line} {_sentences(paragraphs[1:], 2)}</p><p>Folge anhören</p>",
                head='<script type="application/ld+json">{"@type":"PodcastEpisode","name":"x"}</script>',
            ),
            True,
            fresh=True,
        )
        yield Shape("gallery", an_entry(f"Bilderstrecke: {title}", line), True)
        notes = "".join(
            f"<h3>{hour}.{hour + 20} Uhr: {_sentences(paragraphs[n % len(paragraphs) :], 1)[:60]}</h3><p>{paragraphs[n % len(paragraphs)]}</p>"
            for n, hour in enumerate(range(9, 16))
        )
        yield Shape("ticker page", a_page(f"{title} im Liveticker", notes), True)
        yield Shape(
            "ticker type",
            a_page(
                title,
                _paragraphs(paragraphs),
                head='<script type="application/ld+json">{"@type":"LiveBlogPosting","headline":"x"}</script>',
            ),
            True,
        )
        yield Shape("ticker by its notes", a_page(title, notes), True, fresh=True)


# --- whole texts -----------------------------------------------------------------------------------------------------

_ITEMS = (
    "Musterstadt (dpa) - Ein Baum ist auf die Oberleitung der Bahn gefallen. Verletzt wurde niemand, sagte die Feuerwehr. Die Strecke blieb fünf Stunden lang für alle Züge gesperrt.",
    "Bei einem Zusammenstoß zweier Straßenbahnen sind in Beispielheim vier Menschen leicht verletzt worden. Das teilten die Verkehrsbetriebe mit. Die Ursache war zunächst unklar. Die Linie 4 fuhr bis zum Abend nur bis zum Markt. (AFP)",
    "Der FC Beispielheim hat seinen Trainer entlassen. Nach fünf Niederlagen habe man handeln müssen, teilte der Verein mit. Bis zum Saisonende übernimmt der bisherige Assistent. (sid/ib)",
    "Heute ist es meist stark bewölkt, im Süden fällt etwas Regen. An der Küste weht ein frischer Wind. Die Höchstwerte liegen zwischen 4 und 9 Grad. In der Nacht kühlt es auf 3 bis minus 1 Grad ab. Morgen wird es freundlicher, und es bleibt meist trocken.",
    "WIEN. Die Zahl der Nächtigungen ist im Vorjahr um zwei Prozent gestiegen. Das gab die Statistikbehörde bekannt. Besonders stark war das Plus in den Städten. Im Westen gab es Rückgänge. Für das laufende Jahr rechnet die Branche mit einem ähnlichen Ergebnis, sagte ihre Sprecherin. (APA)",
)  # fmt: skip
_FRESH_ITEMS = (
    "Die Polizei sucht Zeugen eines Überfalls auf eine Tankstelle an der Beispielstraße. Ein Maskierter hatte am Dienstag gegen 21 Uhr Bargeld verlangt und war zu Fuß geflohen. Die Angestellte blieb unverletzt. Der Täter ist etwa 1,80 Meter groß und trug eine graue Jacke. Hinweise nimmt die Wache unter der bekannten Nummer entgegen.",
    "Basel (sda) Der Pegel des Rheins ist wieder gesunken. Die Schifffahrt läuft seit dem Morgen ohne Einschränkung. Das teilten die Häfen am Donnerstag mit.",
    "Ein leichtes Erdbeben hat am Morgen die Region erschüttert. Es hatte nach Angaben des Erdbebendienstes die Stärke 2,9. Schäden sind nicht bekannt. Das Beben war in mehreren Gemeinden zu spüren. Quelle: KNA",
    "Das Landgericht hat einen 34-Jährigen wegen Betrugs zu drei Jahren Haft verurteilt. Er hatte über das Internet Fahrräder verkauft, die es nicht gab. Der Schaden liegt bei 80.000 Euro. Der Verteidiger hatte auf Bewährung plädiert. Das Urteil ist nicht rechtskräftig, beide Seiten können Revision einlegen. red/dpa",
)  # fmt: skip
_FLASHES = (
    ("Eilmeldung: Regierungschefin tritt zurück", "Die Regierungschefin von Beispielland ist zurückgetreten, wie ihr Büro am Abend mitteilte."),
    ("+++ EIL +++ Notenbank senkt Leitzins", "Die Notenbank senkt den Leitzins um einen Viertelpunkt auf 2,0 Prozent. (dpa)"),
)  # fmt: skip
_FRESH_FLASHES = (
    ("EIL - Tarifeinigung bei der Bahn", "Die Bahn und die Gewerkschaft haben sich auf einen Tarifvertrag geeinigt, wie beide Seiten mitteilten."),
    ("Breaking: Schiff im Hafen gesunken", "Im Hafen von Beispielheim ist am Morgen eine Fähre gesunken, alle Passagiere wurden gerettet."),
)  # fmt: skip
_UNDER = (
    "<p>Mehr zum Thema: <a href=/2>Streit um das Bad</a></p>",
    "<p>Abonnieren Sie unseren Newsletter und bleiben Sie auf dem Laufenden.</p>",
    "<p>Jetzt kostenlos testen: vier Wochen Funkblatt Plus.</p>",
    "<p>© dpa-infocom, dpa:260101-930-1/1</p>",
    "<p>Und dann kam alles anders ...</p>",
    "<aside class='paywall-teaser'><p>Monatlich kündbar</p></aside>",
)
_ABOUT = (
    "Wer eine Nachrichtenseite öffnet, sieht zuerst einen Kasten. Verlage holen dort die Einwilligung in Cookies und Werbung ein. Das Gericht in Beispielheim hat nun entschieden, dass „Alle ablehnen“ ebenso leicht zu finden sein muss wie „Alle akzeptieren“. Geklagt hatte ein Verein, der sich für Datenschutz einsetzt. Die Zustimmung sei nicht freiwillig, wenn der Knopf zum Ablehnen auf der zweiten Ebene liege, sagte die Richterin. Der Verlag hatte argumentiert, Leser könnten die Einwilligung jederzeit widerrufen. Er prüft eine Berufung. Nach Zahlen des Branchenverbands stimmen neun von zehn Besuchern zu, ohne zu lesen. Ein Pur-Abo schließt nur ein kleiner Teil ab.",
    "Immer mehr Zeitungen verlangen Geld für ihre Texte. Nach einer Erhebung des Verbands steht inzwischen mehr als die Hälfte der Artikel hinter einer Bezahlschranke. Das Digitalabo kostet im Mittel zwölf Euro im Monat, viele Häuser locken mit einem Probemonat. „Ohne Abo gibt es keinen Lokaljournalismus“, sagte die Vorsitzende. Kritiker halten dagegen, dass sich viele Menschen mehrere Abonnements nicht leisten können. In Skandinavien zahlt jeder Dritte für Nachrichten im Netz, hierzulande jeder Siebte. Die Verlage wollen nun ein gemeinsames Angebot prüfen.",
)  # fmt: skip


def _whole() -> Iterator[Shape]:
    for number, (title, paragraphs) in enumerate(articles()):
        html = _paragraphs(paragraphs)
        yield Shape("whole entry", an_entry(title, html), False)
        yield Shape("whole page", a_page(title, html), False)
        yield Shape(
            "whole page, sold", a_page(title, html, head=_LOCKED[0].replace("%s", title.replace('"', ""))), False
        )
        yield Shape("whole page under", a_page(title, html + _UNDER[number % len(_UNDER)]), False)
        yield Shape("whole entry under", an_entry(title, html + _UNDER[number % len(_UNDER)]), False, fresh=True)
        yield Shape("br page", a_page(title, "<br><br>".join(paragraphs)), False, fresh=True)
        yield Shape(
            "table page",
            a_page(title, html, around="<table><tr><td>Menü</td><td><h1>{title}</h1>{body}</td></tr></table>"),
            False,
            fresh=True,
        )
        yield Shape("with a video", a_page(title, "<video src=a.mp4></video>" + html), False, fresh=True)
    for items, fresh in ((_ITEMS, False), (_FRESH_ITEMS, True)):
        for item in items:
            yield Shape("item", an_entry("Ein Vorfall in Beispielheim", f"<p>{item}</p>"), False, fresh)
            yield Shape("item page", a_page("Ein Vorfall in Beispielheim", f"<p>{item}</p>"), False, fresh)
    for flashes, fresh in ((_FLASHES, False), (_FRESH_FLASHES, True)):
        for title, line in flashes:
            yield Shape("flash", an_entry(title, f"<p>{line}</p>"), False, fresh)
    for text in _ABOUT:
        yield Shape("about walls", an_entry("Streit um die Schranke", f"<p>{text}</p>"), False)
        yield Shape("about walls, page", a_page("Streit um die Schranke", f"<p>{text}</p>"), False, fresh=True)


def shapes() -> list[Shape]:
    """All shapes, stubs and whole texts."""
    return [*_teasers(), *_consent(), *_paywalls(), *_media(), *_whole()]
