"""How the time of a piece of work grows with its input, so that a test need not know how fast the machine is."""

from __future__ import annotations

import time
from collections.abc import Callable

TRIES = 3


def growth(make: Callable[[int], object], work: Callable[..., object], size: int, factor: int) -> float:
    """Processor time for ``factor * size`` as a multiple of that for ``size``; each the best of some tries."""
    return _seconds(work, make(factor * size)) / _seconds(work, make(size))


def _seconds(work: Callable[..., object], material: object) -> float:
    best = float("inf")
    for _ in range(TRIES):
        start = time.process_time()
        work(material)
        best = min(best, time.process_time() - start)
    return max(best, 1e-6)
