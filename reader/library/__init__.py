"""The library: the one API behind both shells. Importing it loads neither network, parser nor analysis."""

from reader.library.library import Library
from reader.library.report import FeedResult, Progress, RefreshReport

__all__ = ["FeedResult", "Library", "Progress", "RefreshReport"]
