"""The same story told once: strict, incremental, bounded in time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.analysis.profiles import is_ordinary, is_recurring, profile
from reader.analysis.stories import DAY, LONGEST, Stories, Telling

NOON = 1_790_000_000.0


def stories_of(*titles: str, hours: float = 1, outlet: str = "") -> list[int]:
    """The story of each title, told one after the other."""
    found = Stories()
    return [
        found.add(Telling(id=n, title=title, published=NOON + n * hours * 3600, outlet=outlet or f"Blatt {n}"))
        for n, title in enumerate(titles)
    ]


SAME = [
    ("Rheinfähre Nackenheim nach Kollision gesperrt", "Kollision auf dem Rhein: Fähre in Nackenheim beschädigt"),
    ("Pumpenbauer Hartwig verkauft Gießerei an Finanzinvestor", "Finanzinvestor übernimmt Gießerei von Hartwig"),
    ("Zuckerfabrik Osterfelde schließt nach 140 Jahren", "Aus für die Zuckerfabrik in Osterfelde"),
    ("Wisbrücke: Stadtrat vertagt Gutachten", "Gutachten zur Wisbrücke: Althaus weist Kritik des Stadtrats zurück"),
    ("Kletterhalle statt Kino: Filmfest Marental verliert Saal", "Filmfest Marental sucht nach Kündigung neues Kino"),
]
DIFFERENT = [
    ("Polizei warnt vor Betrug am Telefon", "Polizei sucht Zeugen nach Unfall"),
    ("Regierung plant neues Gesetz gegen Gewalt", "Opposition kritisiert Pläne der Regierung"),
    ("Stadtwerke Marental erhöhen die Preise", "Marental feiert sein Stadtfest im Regen"),
    ("Deutschland gewinnt in Spanien", "Spanien und Deutschland streiten über Energie"),
    ("Acht Verletzte bei Brand in Osterfelde", "Osterfelde bekommt ein neues Schwimmbad"),
    ("Zahl der Woche: 17 Prozent", "17 Prozent mehr Fahrgäste im Sommer"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_headlines_of_one_event_are_one_story(one: str, other: str) -> None:
    assert stories_of(one, other) == [0, 0]
    assert stories_of(other, one) == [0, 0]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_headlines_that_share_common_words_stay_apart(one: str, other: str) -> None:
    assert stories_of(one, other) == [0, 1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Norwegische Fähre vor Wistal gestrandet", "Norwegen schickt Schlepper zur Fähre nach Wistal"),
        ("Kundgebung in Osterfelde aufgelöst", "Polizei beendet Demo in Osterfelde"),
        ("U21 verliert in Marental", "Marental jubelt: U21 geschlagen"),
    ],
)
def test_countries_peoples_and_exchangeable_words_are_one(one: str, other: str) -> None:
    assert stories_of(one, other) == [0, 0]


def test_two_standing_subjects_make_no_story() -> None:
    assert stories_of("Konzern meldet gute Zahlen für den Herbst", "Börse hofft auf Zinsen, Konzern zögert") == [0, 1]


def test_a_compound_that_two_tellings_hold_is_enough() -> None:
    tellings = ["Brückeneinsturz in Osterfelde", "Osterfelde nach dem Brückeneinsturz unter Schock"]
    assert stories_of(*tellings, "Wie es zum Brückeneinsturz kam") == [0, 0, 0]
    assert stories_of(tellings[0], "Wie es zum Brückeneinsturz kam") == [0, 1]


def test_a_name_that_a_story_is_mostly_told_with_is_enough() -> None:
    often = [f"Pumpenbauer Hartwig verkauft Gießerei ({name})" for name in "ABCDE"]
    assert stories_of(*often, "Hartwig im Glück") == [0] * 6
    assert stories_of(*often[:2], "Hartwig im Glück") == [0, 0, 2]


def test_an_identical_title_is_the_same_story() -> None:
    assert stories_of("Lesen und sonst nichts", "Lesen und sonst nichts") == [0, 0]


def test_a_story_takes_its_number_from_its_first_telling() -> None:
    found = stories_of("Regen am Abend", *SAME[0], SAME[0][1])
    assert found == [0, 1, 1, 1]


def test_two_days_of_silence_end_a_story() -> None:
    assert stories_of(*SAME[0], hours=47) == [0, 0]
    assert stories_of(*SAME[0], hours=49) == [0, 1]


def test_a_story_is_never_longer_than_four_days() -> None:
    found = stories_of(*[SAME[0][n % 2] for n in range(12)], hours=24)
    spans = {story: [n for n, one in enumerate(found) if one == story] for story in found}
    assert all((numbers[-1] - numbers[0]) * DAY <= LONGEST for numbers in spans.values())
    assert found[4] == 0
    assert found[5] != 0


@pytest.mark.parametrize(
    "title",
    [
        "Die Nacht kompakt",
        "Tagesschau in 100 Sekunden",
        "Nachrichten am 15. November",
        "Horoskop: Das sagen die Sterne",
        "Lottozahlen vom Samstag",
        "Das Wetter in Hessen: Regen",
        "Liveticker: Marental gegen Osterfelde",
        "+++ Newsticker zur Wahl +++",
        "Newsletter: Der Morgen in Marental",
        "Dax schließt im Plus",
        "Steuern • Hochwasser • Olympia",
    ],
)
def test_formats_are_kept_out(title: str) -> None:
    assert is_recurring(title)
    assert stories_of(title, title) == [0, 1]


@pytest.mark.parametrize(
    "title", [SAME[0][0], "Hochwasser: Wetterdienst hebt Warnung auf", "Lotto-Gewinner baut Schule", "Tag der Arbeit"]
)
def test_news_about_such_things_is_no_format(title: str) -> None:
    assert not is_recurring(title)


def test_a_title_that_an_outlet_has_day_after_day_is_a_format() -> None:
    found = stories_of(*[f"Rezept Nummer {n} aus Omas Kladde" for n in range(5)], hours=24, outlet="Wistalbote")
    assert found[2:] == [2, 3, 4]


def test_what_was_told_apart_stays_apart() -> None:
    found = Stories()
    first, second = (Telling(id=n, title=title, published=NOON) for n, title in enumerate(SAME[0]))
    found.add(first)
    assert found.add(second, apart_from=[0]) == 1


def test_stories_that_are_known_are_gone_on_with() -> None:
    found = Stories()
    found.put(Telling(id=7, title=SAME[0][0], published=NOON), 3)
    assert found.add(Telling(id=8, title=SAME[0][1], published=NOON)) == 3


def test_one_wrong_date_ends_no_story() -> None:
    found = Stories()
    found.add(Telling(id=0, title=SAME[0][0], published=NOON))
    for number in range(1, 400):
        far = NOON + 9_000 * DAY if number % 50 == 1 else NOON
        found.add(Telling(id=number, title=f"Meldung {number} {number * 7919}", published=far))
    assert found.add(Telling(id=999, title=SAME[0][1], published=NOON)) == 0


def test_memory_is_bounded_by_what_is_alive() -> None:
    found = Stories()
    for number in range(5_000):
        found.add(Telling(id=number, title=f"Wort{number} Satz{number * 31}", published=NOON + number * 3600))
    assert len(found) < 800


def test_a_text_can_show_what_two_titles_do_not() -> None:
    lead = "Das Filmfest von Marental muss sich nach 38 Jahren ein neues Haus suchen: Das Kino Luna hat gekündigt. "
    other = "Die Betreiber des Kinos Luna haben dem Filmfest Marental gekündigt, in den Saal kommt eine Kletterhalle. "
    found = Stories()
    assert found.add(Telling(id=0, title="Vorhang zu", published=NOON, lead=lead)) == 0
    assert found.add(Telling(id=1, title="Klettern statt Kino", published=NOON, lead=other)) == 0


def test_parts_of_a_compound_count_as_one_word() -> None:
    seen = profile("Raketeneinschlag")
    assert len(seen.weights) == 3
    assert set(seen.words.values()) == {0}


@pytest.mark.parametrize("word", ["Zwischenergebnisse", "Regierung", "Stahlbrücke"])
def test_words_of_everyday_news_are_ordinary(word: str) -> None:
    assert is_ordinary(word)


@pytest.mark.parametrize("word", ["Marental", "Hartwig", "Wistalbote"])
def test_names_are_not_ordinary(word: str) -> None:
    assert not is_ordinary(word)


WORDS = "Brücke Gießerei Marental Osterfelde Kollision Fähre Stadtrat Kletterhalle Zuckerfabrik fordert schließt neue".split()
TITLES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)


@given(st.lists(st.tuples(TITLES, st.integers(0, 15 * DAY)), max_size=40))
def test_no_story_exceeds_its_days_and_the_same_input_gives_the_same_stories(items: list[tuple[str, int]]) -> None:
    def run() -> list[int]:
        found = Stories()
        return [
            found.add(Telling(id=n, title=title, published=NOON + at, outlet=str(n % 3)))
            for n, (title, at) in enumerate(items)
        ]

    first = run()
    assert first == run()
    for story in set(first):
        times = [at for (_, at), one in zip(items, first, strict=True) if one == story]
        assert max(times) - min(times) <= LONGEST
        assert story == min(n for n, one in enumerate(first) if one == story)


@given(st.permutations([title for pair in SAME for title in pair]))
def test_the_order_of_arrival_changes_no_clear_story(titles: list[str]) -> None:
    found = dict(zip(titles, stories_of(*titles, hours=0.1), strict=True))
    assert all(found[one] == found[other] for one, other in SAME)
    assert len(set(found.values())) == len(SAME)
