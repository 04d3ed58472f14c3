"""A keyring that lives in memory, or one that takes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import keyring
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring


class MemoryKeyring(KeyringBackend):
    """What is kept in it is in ``kept``: (service, account) to password."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


def no_keyring() -> KeyringBackend:
    """What keyring takes where the system offers nothing."""
    return Keyring()  # type: ignore[no-untyped-call]


@contextmanager
def using(backend: KeyringBackend) -> Iterator[None]:
    """This keyring for the duration of a test."""
    before = keyring.get_keyring()
    keyring.set_keyring(backend)
    try:
        yield
    finally:
        keyring.set_keyring(before)
