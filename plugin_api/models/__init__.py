"""Bases, column functions and types of which models are made."""

from plugin_api.models.base import Base, CompanyModel, SharedModel, model_of, table_of
from plugin_api.models.choices import Choice
from plugin_api.models.fields import (
    FieldInfo,
    boolean,
    choice,
    currency,
    date,
    decimal,
    instant,
    integer,
    json,
    longtext,
    money,
    percent,
    reference,
    text,
)
from plugin_api.models.measured import measure
from plugin_api.models.numbers import Numbers, as_it_is, by_key
from plugin_api.models.types import JSON, RowId, ScaledDecimal, UTCDateTime

__all__ = [
    "JSON",
    "Base",
    "Choice",
    "CompanyModel",
    "FieldInfo",
    "Numbers",
    "RowId",
    "ScaledDecimal",
    "SharedModel",
    "UTCDateTime",
    "as_it_is",
    "boolean",
    "by_key",
    "choice",
    "currency",
    "date",
    "decimal",
    "instant",
    "integer",
    "json",
    "longtext",
    "measure",
    "model_of",
    "money",
    "percent",
    "reference",
    "table_of",
    "text",
]
