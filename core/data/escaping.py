"""Texts in files that spreadsheets open.

A cell that begins like a formula would be run by the program that opens the file. Such a text
is written with an apostrophe before it; the import takes that apostrophe away again, so what
was exported comes back as it was.
"""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_ESCAPED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d[\d.,]*%?")


def escape(text: str) -> str:
    """A text that no spreadsheet runs. A plain number stays one: ``-5``."""
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def unescape(text: str) -> str:
    """The text that :func:`escape` was given."""
    return text[1:] if _ESCAPED.match(text) else text
