"""What a company calls things, in the language of whoever reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import get_locale
from flask_babel.speaklater import LazyString

from plugin_api.context import Text


def text_of(row: Mapping[str, Any], name: str) -> Text:
    """``label`` of a row, by ``label_en`` and ``label_zh`` where they are given."""
    said = {code: row[f"{name}_{code}"] for code in ("en", "zh") if row[f"{name}_{code}"]}
    usual = row.get(name) or ""
    return LazyString(_said, said, usual) if said else usual


def _said(said: Mapping[str, str], usual: str) -> str:
    locale = get_locale()
    return said.get(locale.language if locale else "", usual)
