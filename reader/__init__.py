"""Lesart, the German news reader for the terminal that shows who says so."""

__version__ = "0.1.0"
