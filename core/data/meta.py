"""What is known of a field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import sqlalchemy as sa

from plugin_api.context import Text
from plugin_api.models import Choice
from plugin_api.models.choices import Choices
from plugin_api.models.fields import Kind, OnDelete

Default = Callable[[], Any]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, weakref_slot=True)
class FieldMeta:
    """A field, a plugin's or one that the company has added."""

    name: str
    """As in views, REST and imports: a reference without ``_id``."""
    attribute: str
    """As on the class: ``account_id``; of a custom field its name."""
    type: sa.types.TypeEngine[Any]
    """What SQL holds."""
    label: Text
    kind: Kind
    help: Text = ""
    offered: Choices = ()
    target: str | None = None
    on_delete: OnDelete | Literal["empty"] = "restrict"
    required: bool = False
    """A value is asked for, though there may be a default."""
    nullable: bool = True
    """Whether records may be without a value all the same."""
    readonly: bool = False
    masked: bool = False
    """Whether the actor sees only a part of its text."""
    unique: bool = False
    default: Default | None = None
    """Tells what a new record starts with; None where there is nothing."""
    has_default: bool = False
    """Whether a new record gets a value where none is given."""
    scale: int = 0
    """Decimal places of ``decimal`` and ``percent``."""
    currency_field: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    narrow: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None
    """Most characters of a text; None when there is no limit."""
    is_currency: bool = False
    """Whether the text is an ISO 4217 code."""
    custom: int | None = None
    """The id of a custom field."""
    section: str = ""
    """Of a custom field: where it stands in forms; empty where the company does not say."""
    searchable: bool = False
    """Of a custom field: whether the search of a list looks into it."""
    indexed: bool = False
    """Of a custom field: whether its values are kept beside the records as well."""
    filled: bool = False
    """Whether all of them are, so that a list may ask there."""

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The values of a choice."""
        return self.offered() if callable(self.offered) else self.offered
