"""A wish to end from outside reaches the work as a cancellation, not as an exception in whichever task is running."""

from __future__ import annotations

import asyncio
import os
import signal

import pytest

from reader.cli import signals


async def _busy(seen: list[str]) -> None:
    """Two pieces of work, of which the one that is running is told to end."""

    async def work(*, told: bool) -> None:
        try:
            if told:
                os.kill(os.getpid(), signal.SIGTERM)
            await asyncio.sleep(60)
        except BaseException as error:
            seen.append(type(error).__name__)
            raise

    await asyncio.gather(work(told=False), work(told=True))


@pytest.mark.skipif(os.name == "nt", reason="no such signals here")
def test_work_is_cancelled_and_the_status_says_by_what() -> None:
    seen: list[str] = []
    with pytest.raises(SystemExit) as ended, signals.heeded():
        asyncio.run(_busy(seen))
    assert ended.value.code == 128 + signal.SIGTERM
    assert seen == ["CancelledError", "CancelledError"]
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
