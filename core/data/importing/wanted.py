"""Texts by which a map chooses rows."""

from __future__ import annotations

import re
from collections.abc import Collection

ANY = "*"
"""Stands for any characters, none too."""


class Texts:
    """What a cell may say: ``"C*"`` for all that begins with a C. ``text in texts`` asks."""

    def __init__(self, texts: Collection[str]) -> None:
        self._exact = frozenset(texts)
        forms = [
            ".*".join(re.escape(part) for part in text.split(ANY)) for text in texts if ANY in text
        ]
        self._form = re.compile("|".join(forms), re.DOTALL) if forms else None

    def __contains__(self, text: str) -> bool:
        if text in self._exact:
            return True
        return self._form is not None and self._form.fullmatch(text) is not None
