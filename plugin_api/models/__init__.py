"""Bases, column functions and types of which models are made."""

from plugin_api.models.base import Base, CompanyModel, SharedModel, model_of, table_of
from plugin_api.models.fields import (
    Choice,
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
from plugin_api.models.types import JSON, RowId, ScaledDecimal, UTCDateTime

__all__ = [
    "JSON",
    "Base",
    "Choice",
    "CompanyModel",
    "FieldInfo",
    "RowId",
    "ScaledDecimal",
    "SharedModel",
    "UTCDateTime",
    "boolean",
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
