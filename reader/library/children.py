"""How child processes of the reader are started."""

from __future__ import annotations

import sys
from pathlib import Path

import reader

_CODE = """
import runpy, sys
if {root!r} not in sys.path:
    sys.path.insert(0, {root!r})
runpy.run_module({module!r}, run_name="__main__")
"""


def command(module: str) -> list[str]:
    """The command line that runs a module of this very package.

    Not ``-m``: that one looks into the current folder first, where a file of the same name may lie in wait.
    """
    root = str(Path(reader.__file__).resolve().parent.parent)
    return [sys.executable, "-P", "-c", _CODE.format(root=root, module=module)]
