"""What may not stand in the list of key points."""

from __future__ import annotations

import pytest

from reader.analysis.deletion import Clause
from reader.analysis.fitness import fault, is_noise, is_subjunctive
from reader.model.span import Span


def a_clause(sentence: str) -> Clause:
    return Clause.of(sentence, Span(0, len(sentence))).trimmed()


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Bad öffnet", "too short"),
        ("Das Geschäft florierte", "too short"),
        ("Die Stadt baut das Bad um und der Rat hat dafür im Mai neun Millionen Euro bewilligt", "too long"),
        ("Wann öffnet das neue Bad?", "question"),
        ("Das Bad öffnet wieder!", "exclamation"),
        ("Die Meisterin nannte das „ein Wunder der Technik", "open quotation"),
        ("Er öffnet das Bad im Mai", "leaning start"),
        ("Heute übernehmen das die Vereine der Stadt", "pronoun"),
        ("Im Hallenbad gelten folgende Regeln", "pronoun"),
        ("Die Meister sind in dem Einsatz vertreten", "pronoun"),
        ("Diese Zahl nennt die Stadt im Bericht", "leaning start"),
        ("Dort baut die Stadt ein Bad", "leaning start"),
        ("Die kamen am Vormittag mit zwei Wagen", "demonstrative start"),
        ("Fallen die Züge aus, hilft ein Bus", "verb first"),
        ("Der Rat stimmte für das", "open end"),
        ("Ein Unterschied zum See ist dieser", "open end"),
        ("Brandt richten, hat im Mai den Umbau verschoben", "half coordination"),
        ("Die Streiks sollen zunächst bis Freitag", "open end"),
        ("Unter den Gästen sollen sich auch schwer kranke", "open end"),
        ("Wir öffnen das Bad im Mai", "first person"),
        ("Der Rat lobt uns im Bericht", "first person"),
        ("Das Bad erwartet Sie im Mai", "address"),
        ("Die Behörde hatte ihn im Mai gewarnt", "pronoun"),
        ("Die Polizei erfuhr davon lange nichts", "pronoun"),
        ("Im Mai hat es den Plan verworfen", "pronoun"),
        ("Die Stadt hält die anderen Teile", "pronoun"),
        ("Wenige Tage später öffnete das Bad im Ort", "leaning start"),
        ("Die Meisterin verkündete ein halbes Jahr später den Rücktritt", "pronoun"),
        ("Im dritten Schritt wird das Formular ausgefüllt", "leaning start"),
        ("Brandt allerdings hat sich etwas vorgenommen", "leaning start"),
        ("Lediglich das Dach fällt besonders auf", "leaning start"),
        ("Die Bäder wären dann nicht mehr sicher", "pronoun"),
        ("Bei solchen Beispielen fehlen dem Rat die Worte", "pronoun"),
        ("Zuwächse konnte die Stadt auch bei anderen Bädern beobachten", "pronoun"),
        ("Der Rat bescheinigte dem Bad eine ‚komfortable Lage", "open quotation"),
        ("Der Rat sprach damals von einem Wunder", "pronoun"),
        ("Nach damaligen Aussagen war das Bad fertig", "pronoun"),
        ("Das Aus der Bäder macht ihr Angst", "pronoun"),
        ("Das Bad wechselte in der Zeit mehrfach den Namen", "pronoun"),
        ("Viele können das Thema so beiseite schieben", "pronoun"),
        ("Im Nachbarort zeigte sich ein gänzlich anderer Plan", "pronoun"),
        ("Ein Jahr zuvor hatte das Bad noch Verlust gemacht", "leaning start"),
        ("An der dritten scheitert der Umbau im Ort", "leaning start"),
        ("In ihren Augen kostet der Umbau zu viel", "leaning start"),
        ("Bei anderen Bädern fehlt das Geld", "leaning start"),
        ("Drei jedoch blieben bis zum Abend im Becken", "leaning start"),
        ("Schon damals fehlte der Stadt das Geld", "leaning start"),
        ("Das habe die Prüfung im Mai gezeigt", "demonstrative start"),
        ("Der Umbau jährt sich an dem Tag zum zweiten Mal", "pronoun"),
        ("Die Stadt ist entsprechend sauer auf die Firma", "pronoun"),
        ("Besonders eine Halle muss leiden", "leaning start"),
        ("Die Stadt Musterstadt ist eine ihrer Stützen", "pronoun"),
        ("Offener redet der Betriebsrat im Bad", "leaning start"),
        ("Im Mai rollte derselbe Bagger durch den Ort", "pronoun"),
        ("Im Mai verurteilte das Gericht beide zu Haft", "pronoun"),
        ("Der Rat kam im Mai zu einem anderen Ergebnis", "pronoun"),
        ("Die Stadt lud am nächsten Tag zum Fest", "pronoun"),
        ("Der Umbau war da bereits fertig", "pronoun"),
        ("Im Bad ist das vollkommen verständlich", "pronoun"),
        ("Das neue Amt widersprach", "too short"),
        ("Eine Nachricht vom Händler, nüchtern formuliert: Unbekannte kopierten Daten", "no verb"),
        ("Der Rat antwortet knapp: „Nein“", "answer"),
        ("Einen großen Teil in mit Geld besicherte Anleihen", "no verb"),
        ("Sowohl die Stadt und der Rat stimmten zu", "half coordination"),
        ("Die Stadt hat zwar ein Bad gebaut", "half coordination"),
        ("Ein Bad, das der Rat loben kann", "no verb"),
        ("Kein Bad ohne Geld", "no verb"),
        ("Gemessen an der installierten Leistung und dem Preis", "no verb"),
        ("Zum anderen zeigen die Bäder Verluste", "leaning start"),
        ("Auf Nachfrage nennt die Stadt hierfür keinen Grund", "pronoun"),
        ("Im Winter ist deren Arbeit im Bad wichtig", "pronoun"),
        ("Jetzt wurde ihre Halle entdeckt", "pronoun"),
        ("Die Meisterin führte mit ihr einen Streit", "pronoun"),
        ("Bei vielen könnte das Bad eine Rolle spielen", "leaning start"),
        ("Beiden wirft die Stadt vor, zu lärmen", "leaning start"),
        ("Ansonsten fährt die Stadt mit der Bahn", "leaning start"),
        ("Debatten in Gang bringen", "no verb"),
        ("Der Streit entstand im Bad zwischen denen", "open end"),
        ("Das Dach kostet die Stadt 1,6 Mill", "open end"),
        ("Das alles braucht im Rat mehr Mut", "leaning start"),
        ("Andere Bäder haben ihre Technik erneuert", "leaning start"),
        ("Etwas höher lag die Zahl der Gäste", "leaning start"),
        ("Manche verschaffen dem Bad mehr Gäste", "leaning start"),
        ("Viele werden im Nachbarort behandelt, auch Kinder", "leaning start"),
        ("Von denen hat die Stadt noch nicht genug", "leaning start"),
        ("In der Folge sind viele Becken leer", "leaning start"),
        ("In der zweiten Phase wollte der Rat bauen", "leaning start"),
        ("Der Minister äußerte sich im Rat ähnlich", "pronoun"),
        ("Das Bad hatte der 44-Jährige im Mai verlassen", "pronoun"),
        ("Die Becken im Ort sind keine derart tiefen", "pronoun"),
        ("Einige Sätze im Entwurf sind also noch offen", "pronoun"),
        ("Die Meisterin sagt, das sei im Winter möglich", "pronoun"),
        ("Das alte Hallenbad ist mehr, viel mehr", "pronoun"),
        ("Aktuell liegt es beim Rat zur Prüfung", "pronoun"),
    ],
)
def test_each_fault_is_named(sentence: str, name: str) -> None:
    assert fault(a_clause(sentence)) == name


@pytest.mark.parametrize(
    "sentence",
    [
        "Stadt baut das Bad um",
        "Brandt hat davor gewarnt, Schwimmer hohen Wellen auszusetzen",
        "Die Länder bringen das Paket auf den Weg",
        "Beide Vereine zahlen 500 Euro",
        "Sowohl die Stadt als auch der Rat stimmten zu",
        "Die Stadt hat zwar ein Bad, aber keinen See",
        "Der neue Umbau kostet neun Millionen Euro",
        "Es gibt neue Pläne für das Bad",
        "In der Stadt gibt es neue Pläne",
        "Nach Angaben der Stadt öffnet das Bad im Mai",
        "Im Bericht ist davon die Rede, dass das Dach tropft",
        "Das Bad öffnet drei Jahre später als geplant",
        "Am dritten Tag scheitert der Umbau",
        "In der Stadt kostet der Umbau viel Geld",
        "Drei Bagger blieben bis zum Abend",
        "Schon im Mai fehlte der Stadt das Geld",
        "Eine Spritze hilft im Mai",
        "Die Stadt feiert an dem Tag, der ihr gehört",
        "Die Stadt baut dem Plan entsprechend ein Bad",
        "Die Firmen installierten Pumpen im Bad",
        "Die Stadt lobt die Vereine, deren Arbeit zählt",
        "Brandt verliert ihre Halle",
        "Im Mai verlor die Meisterin ihre Halle",
        "Die Meisterin führte mit ihrer Stadt einen Streit",
        "Bei vielen Vereinen könnte das Bad eine Rolle spielen",
        "Besonders die Halle aus Holz leidet",
        "Die Stadt lobt eine Stütze ihrer Bäder",
        "Größer als das Bad ist der neue See",
        "Beide Bäder schließen im Mai",
        "Der Rat kam zu einem anderen Ergebnis als die Stadt",
        "Die Stadt lädt am nächsten Montag zum Fest",
        "Die Stadt öffnet das Bad wieder",
        "Die Meisterin antwortete auf die Klage der Gäste",
    ],
)
def test_a_sound_point_has_none(sentence: str) -> None:
    assert fault(a_clause(sentence)) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Lesen Sie auch unseren Bericht zum Bad.",
        "Mehr zum Thema finden Leser im Archiv.",
        "Foto: Die Meisterin im alten Bad",
        "Hier geht es zum Newsletter.",
        "Jetzt bestellen und sparen!",
        "Das Gespräch führte Ilse Brandt.",
        "Übersetzung veröffentlicht am 30. April",
        "Die Kommentare der User geben nicht die Meinung der Redaktion wieder.",
    ],
)
def test_what_sells_guides_or_credits_is_noise(sentence: str) -> None:
    assert is_noise(sentence)


@pytest.mark.parametrize("sentence", ["Mehr als die Hälfte der Gäste kam.", "Die Anzeigenblätter melden Verluste."])
def test_what_tells_is_no_noise(sentence: str) -> None:
    assert not is_noise(sentence)


def test_a_speaker_before_the_point_owns_its_first_person() -> None:
    assert fault(a_clause("Wir öffnen das Bad im Mai"), spoken=True) is None


def test_a_heading_needs_no_finite_verb_but_must_tell_something() -> None:
    assert fault(a_clause("Umbau für neun Millionen beschlossen"), heading=True) is None
    assert fault(a_clause("Bad und freie Vereine"), heading=True) == "bare heading"
    assert fault(a_clause("Drei Bäder, verwandelt in Seen"), heading=True) == "bare heading"
    assert fault(a_clause("4. Brandt: Den Verein loben"), heading=True) == "bare heading"
    assert fault(a_clause("Deutsch in der siebten Klasse der Schule"), heading=True) == "bare heading"


@pytest.mark.parametrize(
    "sentence",
    ["Das Dach sei undicht", "Die Vereine hätten gewarnt", "Die Gäste seien weg", "Der Rat würde den Plan ändern"],
)
def test_reported_speech_is_known_by_its_mood(sentence: str) -> None:
    assert is_subjunctive(a_clause(sentence).words)


def test_reported_speech_is_known_by_a_verb_at_the_end() -> None:
    assert is_subjunctive(a_clause("Niemand verlangt, dass der Rat den Plan zurückziehe").words)


def test_the_indicative_is_not_reported() -> None:
    assert not is_subjunctive(a_clause("Das Dach ist undicht").words)
    assert not is_subjunctive(a_clause("Brandt äußerte große Sorge über die Stelle").words)


def test_a_verb_before_its_object_clause_is_one() -> None:
    assert fault(a_clause("Die Forscher fordern, dass der Rat den Plan ändert")) is None


def test_time_adverbs_of_their_own_are_no_leaning_start() -> None:
    assert fault(a_clause("Insgesamt sollen im Bad tausend Gäste schwimmen")) is None


@pytest.mark.parametrize(
    ("line", "is_bare"),
    [
        ("Bereits 2021 Ersatz für gesperrte Halle", True),
        ("Die neue Halle: Leben am Wasser", True),
        ("Rat überwacht Bäder und weist Plätze aus", False),
        ("Drei Becken wegen Rissen gesperrt", False),
    ],
)
def test_a_subheading_needs_a_verb_of_its_own(line: str, is_bare: bool) -> None:
    assert (fault(a_clause(line), heading=True) == "bare heading") is is_bare


@pytest.mark.parametrize(
    "sentence",
    [
        "Kurz vor den Ferien öffnete das neue Bad am See.",
        "Als Reaktion auf die Klage ändert die Stadt die Satzung.",
        "Das im Aufbau befindliche Netz hat den Test bestanden.",
        "Der eigentlich harmlose Rauch liegt schwer über der Straße.",
        "Die Länder stellen den Betrieb des Hafens ein.",
        "Die Polizei ermittelt, der Staatsschutz ist eingeschaltet.",
        "Asien, der Nahe Osten und Afrika sind von den Kürzungen betroffen.",
        "Forscher sind nicht von der Kürzung ausgenommen.",
        "Die Küste wird vom Sturm und dessen Ausläufern getroffen.",
        "Die 26-jährige Angreiferin Ilse Brandt trifft aus der Ferne.",
        "Brandt selbst will im Mai nach Bern reisen.",
        "Andere Gäste als Brandt lobten das Bad.",
        "Im Mai gründeten die beiden Forscher Brandt und Kern eine Firma.",
        "Rat und Vereine haben sich doch noch geeinigt.",
    ],
)
def test_what_only_looks_faulty_stands(sentence: str) -> None:
    assert fault(a_clause(sentence)) is None


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Kurz danach öffnete das neue Bad am See", "leaning start"),
        ("Als Arzt sehe der Minister die andere Seite", "leaning start"),
        ("Das beschreibt genau das alte Bild", "demonstrative start"),
        ("Die verfügt über drei neue Wagen", "demonstrative start"),
        ("Schärfer äußerte sich der Rat in Bern", "leaning start"),
        ("Der Rat berät über ein", "open end"),
        ("Zu überzeugen ist der Rat der Stadt", "leaning start"),
        ("Andere Gäste lobten das Bad als Wunder der Technik", "leaning start"),
        ("Ein weiterer Unfall ereignete sich in Musterstadt", "leaning start"),
        ("Im Februar gründeten die beiden Forscher eine Firma", "pronoun"),
        ("Die Bäder sind jedoch ein wichtiges Thema im Rat", "leaning start"),
        ("Das inmitten großer Veränderungen in der Stadt", "demonstrative start"),
        ("Für die Stadt macht das alles keinen Sinn", "pronoun"),
        ("Das Gerät selbst ist drei Zoll groß", "pronoun"),
        ("Die 26-jährige Angreiferin trifft aus der Ferne", "pronoun"),
        ("Vieles fehlt dem Rat der Stadt", "pronoun"),
        ("Ein Teil der Schuld jedoch liegt beim Rat", "leaning start"),
        ("Für den Rat läuft doch alles gut", "aside"),
        ("Das Bad braucht zum Beispiel neue Pumpen", "example"),
        ("Das Gas ist zum einen sehr leicht entzündlich", "half coordination"),
        ("Für die von Brandt angekündigte Reform", "no verb"),
    ],
)
def test_what_leans_is_still_found(sentence: str, name: str) -> None:
    assert fault(a_clause(sentence)) == name
