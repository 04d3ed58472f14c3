"""Where configuration, data and caches live."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders of one installation of the reader's state."""

    config: Path
    data: Path
    cache: Path
    exports: Path

    @property
    def config_file(self) -> Path:
        """The one configuration file."""
        return self.config / "lesart.toml"

    @property
    def database(self) -> Path:
        """The store."""
        return self.data / "lesart.db"


def resolve(home: str | None = None, environ: Mapping[str, str] = os.environ) -> Paths:
    """The platform's folders, or all of them under ``home`` (``--home``) or ``LESART_HOME``."""
    chosen = home or environ.get("LESART_HOME")
    if chosen:
        root = Path(chosen).expanduser().absolute()
        return Paths(root / "config", root / "data", root / "cache", root / "exports")
    dirs = platformdirs.PlatformDirs("lesart", appauthor=False)
    documents = Path(platformdirs.user_documents_dir())
    return Paths(Path(dirs.user_config_dir), Path(dirs.user_data_dir), Path(dirs.user_cache_dir), documents / "Lesart")
