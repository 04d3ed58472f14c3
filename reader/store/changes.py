"""Whether anybody has written to the store."""

from __future__ import annotations

import sqlite3


def version(connection: sqlite3.Connection) -> int:
    """A number that is another one once another connection, of this program or a second one, has written.

    Only to be compared with what the same connection gave before (https://sqlite.org/pragma.html#pragma_data_version).
    """
    (number,) = connection.execute("PRAGMA data_version").fetchone()
    return int(number)
