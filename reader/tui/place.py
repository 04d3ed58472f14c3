"""Where the reader stands in a list of stories that was read again. Pure."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence


def kept_place(
    chosen: int, before: Sequence[int], ids: array[int], story: Collection[int], *, stays: bool
) -> tuple[array[int], int]:
    """The list, and the index at which the reader goes on.

    ``chosen`` is the article that is open, ``before`` the list that was shown, ``ids`` the one that comes, ``story``
    the articles that tell the same as the chosen one. Where that one is not listed any more, the row of its story
    stands for it; else it is put back between its neighbours if it ``stays`` (it was read just now), else the next
    row takes its place.
    """
    if chosen in ids:
        return ids, ids.index(chosen)
    row = next((index for index, article_id in enumerate(ids) if article_id in story), None)
    if row is not None:
        return ids, row
    listed = set(ids)
    behind = before[before.index(chosen) + 1 :] if chosen in before else ()
    following = next((article_id for article_id in behind if article_id in listed), None)
    place = len(ids) if following is None else ids.index(following)
    if stays:
        ids = ids[:place] + array("q", [chosen]) + ids[place:]
    return ids, max(0, min(place, len(ids) - 1))
