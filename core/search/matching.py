"""Words as conditions on the index: each is one range of it, on both databases."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from core.search.index import hides, number_of, shape_of
from core.search.models import SearchToken
from core.search.tokens import Word, words_of
from plugin_api.models import Base

_OTHER: Any = aliased(SearchToken)
"""Another word of the same record."""


def begins(token: Any, word: Word) -> sa.ColumnElement[bool]:
    """A token of the index begins with a word."""
    return sa.and_(token.token >= word.text, token.token < word.after)


def found(model: Any, text: str) -> list[sa.ColumnElement[bool]]:
    """What a record of the model fulfils that the index knows by all words of a text.

    Nothing when the index cannot tell. ``model`` may be an alias.
    """
    words = words_of(text)
    searched = sa.inspect(model).mapper.class_
    if not words or shape_of(searched) is None or hides(searched):
        return []
    number = number_of(model)
    ranges = (
        sa.select(SearchToken.record_id).where(
            SearchToken.model == number,
            SearchToken.kind.in_(word.kinds),
            begins(SearchToken, word),
        )
        for word in words
    )
    return [sa.and_(*(model.id.in_(each) for each in ranges))]


def also(model: type[Base], words: Iterable[Word]) -> list[sa.ColumnElement[bool]]:
    """Conditions beside a row of the index: its record has these words as well."""
    return [
        sa.select(sa.literal_column("1"))
        .where(
            _OTHER.model == number_of(model),
            _OTHER.record_id == SearchToken.record_id,
            _OTHER.kind.in_(word.kinds),
            begins(_OTHER, word),
        )
        .correlate(SearchToken)
        .exists()
        for word in words
    ]
