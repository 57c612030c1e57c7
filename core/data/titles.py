"""What records are sorted by when they are sorted by name: as a directory sorts them.

The key is kept in a column of its own, so that both databases sort alike and by an index:
Chinese by how it is read, character by character, among Latin letters without case and accents.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Mapper

from core.search.pinyin import HAN, readings
from plugin_api.models import CompanyModel
from plugin_api.models.base import TITLE_KEY, TITLE_LENGTH

_RUN = re.compile(f"[{HAN}]+")


def key_of(title: str | None) -> str:
    """What a title is sorted by, at most 200 characters; empty for none.

    ``张伟`` is ``zhang 张 wei 伟``: by syllable, then by character.
    """
    text = unicodedata.normalize("NFKC", title or "").strip().casefold()
    if not text.isascii():
        text = _RUN.sub(_read, text)
        bare = (c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
        text = " ".join("".join(bare).split())
    return text[:TITLE_LENGTH]


def key_column(entity: Any) -> sa.ColumnElement[Any] | None:
    """The column that sorts a model or an alias of it by title; None where titles are no texts.

    It is empty where the title is.
    """
    mapper = sa.inspect(entity).mapper
    if TITLE_KEY not in mapper.columns:
        return None
    column: sa.ColumnElement[Any] = getattr(entity, TITLE_KEY)
    if not _title_of(mapper).nullable:
        return column
    # The empty text stands in the statement: PostgreSQL takes two parameters for two expressions.
    return sa.func.nullif(column, sa.literal_column("''"), type_=column.type)


def by_title(entity: Any) -> sa.ColumnElement[Any]:
    """For ORDER BY: a model or an alias of it by title."""
    key = key_column(entity)
    if key is not None:
        return key
    title: sa.ColumnElement[Any] = getattr(entity, sa.inspect(entity).mapper.class_.__title__)
    return title


def install() -> None:
    """Have every write of a record keep its key current."""
    for moment, listener in (("before_insert", _made), ("before_update", _changed)):
        if not event.contains(CompanyModel, moment, listener):
            event.listen(CompanyModel, moment, listener, propagate=True)


def _read(run: re.Match[str]) -> str:
    # The last reading is that of a surname where a name may begin with one.
    pairs = zip(readings(run[0])[-1], run[0], strict=True)
    return "".join(f" {syllable} {character}" for syllable, character in pairs) + " "


def _title_of(mapper: Mapper[Any]) -> sa.Column[Any]:
    column: sa.Column[Any] = mapper.columns[mapper.class_.__title__]
    return column


def _made(mapper: Mapper[Any], connection: Any, record: Any) -> None:
    if TITLE_KEY in mapper.columns:
        _keep(record)


def _changed(mapper: Mapper[Any], connection: Any, record: Any) -> None:
    if TITLE_KEY in mapper.columns and record.__title__ in sa.inspect(record).committed_state:
        _keep(record)


def _keep(record: Any) -> None:
    title = getattr(record, record.__title__)
    # What the database computes is not known here.
    setattr(record, TITLE_KEY, key_of(title if isinstance(title, str) else None))
