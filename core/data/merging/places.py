"""Where records name others: references, fields of the company's own, and what is said of any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from core.custom import metas
from core.data.fields import column_of, own_fields
from core.data.meta import FieldMeta
from core.data.shapes import shape_of
from core.host import services
from core.hosting.enabled import enabled_set
from plugin_api.context import Text, current_company, gettext
from plugin_api.models import CompanyModel

CHUNK = 500


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A field that names records of a model; ``about`` is the column beside it that names the
    model, where it may be any."""

    model: Any
    attribute: str
    meta: FieldMeta | None = None
    about: str = ""

    @property
    def key(self) -> str:
        """Names it in what is kept of a merge: ``crm.Contact.account_id``."""
        return f"{self.model.model_key()}.{self.attribute}"

    @property
    def label(self) -> Text:
        """What is there, in words."""
        if self.model.plugin_id() not in enabled_set(current_company()):
            return gettext("records of a plugin that is switched off")
        return self.model.__label_plural__ or self.model.__name__

    @property
    def column(self) -> Any:
        """What holds the number."""
        if self.meta is not None and self.meta.custom is not None:
            return column_of(self.model, self.meta)
        return getattr(self.model, self.attribute)

    @property
    def is_custom(self) -> bool:
        """Whether the company has added the field."""
        return self.meta is not None and self.meta.custom is not None

    def names(self, model_key: str, ids: Sequence[int]) -> sa.ColumnElement[bool]:
        """A condition: rows that name one of some records."""
        named = self.column.in_(ids)
        return sa.and_(getattr(self.model, self.about) == model_key, named) if self.about else named

    def unique(self) -> list[tuple[str, ...]]:
        """What of such a row may be there only once."""
        return [group for group in shape_of(self.model).unique if self.attribute in group]


def places_of(model_key: str) -> list[Place]:
    """Every field of every plugin, on or off, that may name a record of a model."""
    models = services().registry.models
    found: list[Place] = []
    for model in models.values():
        if not issubclass(model, CompanyModel):
            continue
        for meta in own_fields(model).values():
            if meta.target == model_key:
                found.append(Place(model, meta.attribute, meta))
        if model.__about__ is not None:
            about, number = model.__about__
            found.append(Place(model, number, about=about))
    for key, meta in metas.pointing_to(model_key):
        if key in models:
            found.append(Place(models[key], meta.name, meta))
    return found


def place_of(model_key: str, key: str) -> Place | None:
    """The place of a key; None where it is no more."""
    return next((place for place in places_of(model_key) if place.key == key), None)
