"""What a text is said to be when no feed has to do with it."""

from __future__ import annotations

import pytest

from reader import i18n
from reader.model.analysis import Completeness
from reader.words import completeness_text


@pytest.mark.parametrize("completeness", list(Completeness))
def test_only_what_came_from_a_feed_is_said_to_come_from_one(completeness: Completeness) -> None:
    i18n.install("en")
    assert "feed" not in completeness_text(completeness, from_feed=False).lower()
    assert bool(completeness_text(completeness, from_feed=False)) == bool(completeness_text(completeness))
