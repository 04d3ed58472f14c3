"""The store: one SQLite file. The only place that knows SQL.

``Store.read`` and ``Store.write`` run the functions of its modules on a connection; callers combine them
into one transaction by passing a function of their own. Its modules are loaded when they are first named
(``store.listing``): a refresh has its requests under way before it needs most of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from reader.store.connection import Connection, Store, open_store

if TYPE_CHECKING:
    from reader.store import analyses, articles, feeds, listing

__all__ = ["Connection", "Store", "analyses", "articles", "feeds", "listing", "open_store"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
