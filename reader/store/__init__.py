"""The store: one SQLite file. The only place that knows SQL.

``Store.read`` and ``Store.write`` run the functions of its modules on a connection; callers combine them
into one transaction by passing a function of their own.
"""

from reader.store.connection import Connection, Store, open_store

__all__ = ["Connection", "Store", "open_store"]
