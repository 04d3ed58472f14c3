"""What servers and feeds say about when to ask again."""

from __future__ import annotations

import pytest

from reader.feeds.schedule import Rhythm, fresh_seconds, rhythm
from tests.loopback import item, rss

DATE = "Mon, 23 Nov 2026 10:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"Cache-Control": "max-age=600"}, 600),
        ({"Cache-Control": "public, Max-Age = 600, must-revalidate", "Age": "100"}, 500),
        ({"Cache-Control": "s-maxage=600"}, 0),
        ({"Cache-Control": "max-age=600", "Age": "700"}, 0),
        ({"Cache-Control": "no-cache, max-age=600"}, 0),
        ({"Cache-Control": "max-age=-1"}, 0),
        ({"Cache-Control": "max-age=99999999999999999999"}, 366 * 86_400),
        ({"Expires": "Mon, 23 Nov 2026 11:00:00 GMT", "Date": DATE}, 3600),
        ({"Expires": "Mon, 23 Nov 2026 11:00:00 GMT"}, 0),
        ({"Expires": "0", "Date": DATE}, 0),
        ({"Expires": "Mon, 23 Nov 2020 11:00:00 GMT", "Date": DATE}, 0),
        ({"Cache-Control": "max-age=60", "Expires": "Mon, 23 Nov 2026 11:00:00 GMT", "Date": DATE}, 60),
    ],
)
def test_headers_say_how_long_an_answer_is_good(headers: dict[str, str], seconds: int) -> None:
    assert fresh_seconds(headers) == seconds


@pytest.mark.parametrize(
    ("channel", "expected"),
    [
        ("", Rhythm()),
        ("<ttl>30</ttl>", Rhythm(1800)),
        ("<ttl> 1440 </ttl>", Rhythm(86_400)),
        ("<ttl>bald</ttl>", Rhythm()),
        ("<skipHours><hour>0</hour><hour> 23 </hour><hour>24</hour></skipHours>", Rhythm(0, 1 | 1 << 23)),
        ("<skipHours>" + "".join(f"<hour>{n}</hour>" for n in range(24)) + "</skipHours>", Rhythm()),
        ("<skipDays><day>Saturday</day><day> sunday </day><day>Sonnabend</day></skipDays>", Rhythm(0, 0, 0b1100000)),
        (
            "<skipDays>"
            + "".join(f"<day>{name}day</day>" for name in "Mon Tues Wednes Thurs Fri Satur Sun".split())
            + "</skipDays>",
            Rhythm(),
        ),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", Rhythm(1800)),
        ("<sy:updatePeriod> Daily </sy:updatePeriod>", Rhythm(86_400)),
        ("<sy:updateFrequency>4</sy:updateFrequency>", Rhythm(21_600)),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", Rhythm(3600)),
        ("<sy:updatePeriod>sometimes</sy:updatePeriod>", Rhythm()),
        ("<ttl>60</ttl><sy:updatePeriod>daily</sy:updatePeriod>", Rhythm(86_400)),
    ],
)
def test_a_channel_says_its_rhythm(channel: str, expected: Rhythm) -> None:
    assert rhythm(rss(channel, item(1))) == expected


def test_what_an_entry_says_is_not_the_channel_s() -> None:
    assert rhythm(rss(item(1, text="<![CDATA[<ttl>30</ttl>]]>"))) == Rhythm()


def test_nothing_is_read_from_other_documents() -> None:
    assert rhythm(b"") == rhythm(b'{"items": []}') == rhythm(b"<skipHours>" * 50_000) == Rhythm()
